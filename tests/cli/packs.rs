//! Packs with faults: each is shown with its line, column and caret.

use super::workbench::Workbench;

const GOOD: &str = include_str!("policy.toml");

#[track_caller]
fn refused(pack: impl AsRef<[u8]>) -> String {
    let bench = Workbench::new().with("policy.toml", pack);
    let run = bench.run("analyze register -o out");
    run.exit(2);
    bench.nothing_written();
    for command in ["check", "show"] {
        let other = bench.run(&format!("policy {command} policy.toml"));
        other.exit(2);
        assert_eq!(
            (other.err.as_str(), other.out.as_str()),
            (run.err.as_str(), "")
        );
    }
    run.err.clone()
}

#[test]
fn a_fault_is_shown_with_line_column_and_caret() {
    let told = refused(GOOD.replace(
        "[\"user\", \"remote\"] }\nduty",
        "[\"usr\", \"remote\"] }\nduty",
    ));
    let line = GOOD
        .lines()
        .position(|line| line.starts_with("when = { serves"))
        .unwrap()
        + 1;
    let text = GOOD.lines().nth(line - 1).unwrap();
    let column = text.find("\"user\"").unwrap() + 1;
    assert!(
        told.contains(&format!("policy.toml:{line}:{column}")),
        "{told}"
    );
    assert!(told.contains("^^^^^"), "{told}");
    assert!(told.contains("usr") && told.contains("user"), "{told}");
}

#[test]
fn every_fault_is_shown_at_once() {
    let pack = GOOD
        .replace("id = \"house\"\n", "")
        .replace("fact = \"rank\"", "fact = \"rang\"")
        .replace("serves = true, access", "serves = \"true\", acess")
        .replace("binding = \"practice\"", "binding = \"custom\"");
    let told = refused(pack);
    for word in ["id", "rang", "acess", "custom"] {
        assert!(told.contains(word), "no {word} in {told}");
    }
    assert!(told.matches("error[").count() >= 5, "{told}");
}

#[test]
fn a_pack_that_is_no_toml_or_no_text() {
    assert!(refused("[pack\nid = 1\n").contains("policy.toml:1:"));
    assert!(refused("").contains("policy.toml"));
    assert!(refused(b"\xFF\xFE").contains("`policy.toml` is not UTF-8 text"));
    assert!(refused("a = [".repeat(20_000)).contains("policy.toml"));
    assert!(refused("[[obligation]]\n".repeat(100)).contains("error["));
}

#[test]
fn a_pack_that_is_not_there() {
    let bench = Workbench::new();
    for (pack, words) in [
        (
            "nothing.toml",
            "`nothing.toml` is neither a file nor an embedded pack (cn-cii)",
        ),
        ("cn-ci", "neither a file nor an embedded pack (cn-cii)"),
        ("register", "`register` cannot be read"),
    ] {
        bench
            .run(&format!("analyze register --policy {pack}"))
            .exit(2)
            .says(words);
        bench
            .run(&format!("policy show {pack}"))
            .exit(2)
            .says(words);
    }
}

#[test]
fn good_packs_are_listed_shown_and_checked() {
    let bench = Workbench::new();
    bench.run("policy list").exit(0).prints("cn-cii  2026.11");
    bench
        .run("policy list --lang zh")
        .exit(0)
        .prints("关键信息基础设施");
    bench
        .run("policy check policy.toml")
        .exit(0)
        .prints("2 obligations, no fault");
    bench
        .run("policy show policy.toml")
        .exit(0)
        .prints("Vetting of staff");
    bench.run("policy show").exit(0).prints("CSL");
    bench
        .run("policy show --lang zh")
        .exit(0)
        .prints("网络安全法");
}
