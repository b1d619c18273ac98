//! `what-if`: what enters, leaves, strengthens and weakens.

use super::workbench::Workbench;

/// The lines of a result file after its headings.
pub(crate) fn rows(bench: &Workbench, name: &str) -> Vec<String> {
    let text = bench.read(name);
    text.lines().skip(1).map(str::to_owned).collect()
}

#[test]
fn changes_are_told_as_findings_that_enter_and_leave() {
    for (changes, expected) in [
        // Nobody starts anything any more.
        (
            "--set bank.rank=plain",
            vec![
                "leaves,bank,Riverside Bank,notice,applies,0,standard,,,,bank,,1,parties.csv:2 rank: core -> plain",
                "leaves,guard,Night Guard,vetting,applies,2,contract,,,,bank,R1 > R2,1,parties.csv:2 rank: core -> plain",
                "leaves,host,Cloud Host,vetting,applies,1,statute,,,,bank,R1,1,parties.csv:2 rank: core -> plain",
                "leaves,host,Cloud Host,notice,applies,1,practice,,,,bank,R1,1,parties.csv:2 rank: core -> plain",
            ],
        ),
        (
            "--remove R2",
            vec![
                "leaves,guard,Night Guard,vetting,applies,2,contract,,,,bank,R1 > R2,1,relationships.csv:3 ends: open -> 2025-12-31",
            ],
        ),
        (
            "--set R2.supports=unknown",
            vec![
                "weakens,guard,Night Guard,vetting,applies,2,contract,unconfirmed,2,contract,bank,R1 > R2,1,relationships.csv:3 supports: R1 -> unknown",
            ],
        ),
        (
            "--set R1.ends=2025-12-31",
            vec![
                "leaves,guard,Night Guard,vetting,applies,2,contract,,,,bank,R1 > R2,1,relationships.csv:2 ends: 2027-01-01 -> 2025-12-31",
                "leaves,host,Cloud Host,vetting,applies,1,statute,,,,bank,R1,1,relationships.csv:2 ends: 2027-01-01 -> 2025-12-31",
                "leaves,host,Cloud Host,notice,applies,1,practice,,,,bank,R1,1,relationships.csv:2 ends: 2027-01-01 -> 2025-12-31",
            ],
        ),
        (
            "--replace guard=watch",
            vec![
                "leaves,guard,Night Guard,vetting,applies,2,contract,,,,bank,R1 > R2,1,relationships.csv:3 supplier: guard -> watch",
                "enters,watch,watch,vetting,,,,applies,2,undetermined,bank,R1 > R2,2,relationships.csv:3 supplier: guard -> watch; watch comes",
            ],
        ),
        (
            "--add customer=bank,supplier=guard,serves=yes,access=remote,id=R9",
            vec![],
        ),
        ("--acquire host=bank", vec![]),
    ] {
        let bench = Workbench::new();
        bench
            .run(&format!("what-if register {changes} -o out"))
            .exit(0);
        let found = rows(&bench, "out/changes.csv");
        if !changes.starts_with("--add") {
            assert_eq!(found, expected, "{changes}");
            continue;
        }
        // A direct contract brings the supplier nearer, which changes what binds it.
        assert!(found.iter().all(|row| row.contains(",guard,")), "{found:?}");
        assert!(
            rows(&bench, "out/clause-changes.csv")
                .iter()
                .any(|row| row.starts_with("enters,R9,bank,guard,"))
        );
    }
}

#[test]
fn a_file_of_changes_says_the_same_as_options() {
    let bench = Workbench::new().with(
        "changes.toml",
        "set = [\"bank.rank=plain\"]\nremove = [\"R2\"]\n",
    );
    bench
        .run("what-if register --changes changes.toml -o file")
        .exit(0);
    bench
        .run("what-if register --set bank.rank=plain --remove R2 -o options")
        .exit(0);
    for name in [
        "changes.csv",
        "clause-changes.csv",
        "evidence-changes.csv",
        "register-changes.csv",
        "changes.json",
        "changes.md",
    ] {
        assert_eq!(
            bench.read(&format!("file/{name}")),
            bench.read(&format!("options/{name}"))
        );
    }
}

#[test]
fn what_cannot_be_changed_is_refused() {
    for (changes, words) in [
        ("", "no change is given"),
        (
            "--set bnak.rank=plain",
            "no party is called `bnak`; did you mean `bank`?",
        ),
        ("--set bank.rank=royal", "`royal` is no value of `rank`"),
        ("--set bank.colour=red", "is not PARTY.FACT=VALUE"),
        ("--set R9.access=none", "no relationship is called `R9`"),
        ("--remove R9", "no relationship is called `R9`"),
        ("--replace guard", "`guard` is not A=B"),
        ("--add supplier=guard", "is not customer=…,supplier=…"),
        (
            "--add customer=bank,supplier=guard,colour=red",
            "has no fact `colour`",
        ),
        (
            "--add customer=bank,supplier=guard,rank=core",
            "`rank` is a fact of parties: --set PARTY.rank=core",
        ),
        (
            "--add customer=bank,supplier=guard,serves=yes,serves=no",
            "says `serves` twice",
        ),
        (
            "--add customer=bank,customer=host,supplier=guard",
            "says `customer` twice",
        ),
        (
            "--add customer=bank,supplier=guard,id=R1",
            "there is a relationship `R1` already",
        ),
        (
            "--add customer=bank,supplier=guard,serves",
            "is not customer=…",
        ),
        // Neither delivers to the host; the register would tell both as no deliveries.
        ("--set R2.supports=R1;R2", "`R2` is no delivery of `host`"),
        (
            "--set R2.supports=guard",
            "`guard` is no delivery of `host`",
        ),
        ("--changes none.toml", "none.toml"),
        (
            "--replace guard=\u{1b}[31mred",
            "`guard=\\u{1b}[31mred` has a control character in it",
        ),
    ] {
        let bench = Workbench::new();
        let command = format!("what-if register {changes} -o out");
        let command = command.replace("  ", " ");
        bench.run(&command).exit(2).says(words);
        bench.nothing_written();
    }
}

/// A cell of `--add` may be quoted as in CSV, so that an id may have a comma in it.
#[test]
fn an_id_with_a_comma_can_be_added() {
    let bench = Workbench::new();
    let add = "--add \"customer=bank\",\"supplier=a,b=\"\"c\",serves=yes";
    bench.run(&format!("what-if register {add} -o out")).exit(0);
    let register = rows(&bench, "out/register-changes.csv");
    assert!(
        register
            .iter()
            .any(|row| row.starts_with("comes,party,\"a,b=\"\"c\",")),
        "{register:?}"
    );
}

#[test]
fn changes_read_as_a_story_in_both_languages() {
    for lang in ["en", "zh"] {
        let bench = Workbench::new();
        let run = bench.run(&format!("what-if register --set R2.supports=unknown --remove R1 --dissolve bank -o out --lang {lang}"));
        let told = format!("{}---\n{}", run.exit(0).out, bench.read("out/changes.md"));
        insta::assert_snapshot!(format!("changes_{lang}"), told);
    }
}
