//! `analyze --focus`: what concerns one party, in every output.

use std::path::Path;

use super::workbench::{Run, Workbench, program};

/// What the sample says of its overseas supplier.
#[test]
fn focus_on_a_supplier_of_the_sample() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    for (lang, party) in [("en", "ostrevind software"), ("zh", "ostrevind")] {
        let out = tempfile::tempdir().expect("a temporary directory can be made");
        let mut command = program(&samples);
        command.args([
            "analyze",
            "cloud-partner",
            "--as-of",
            "2026-11-01",
            "--quiet",
        ]);
        command.args(["--lang", lang, "--focus", party, "--write", "report", "-o"]);
        let run = Run::of(command.arg(out.path()));
        run.exit(0);
        let report = std::fs::read_to_string(out.path().join("report.md")).expect("it is written");
        let (focus, _) = report
            .split_once("<a id=\"next\"></a>")
            .expect("it goes on");
        insta::assert_snapshot!(format!("focus_{lang}"), format!("{}\n{focus}", run.out));
    }
}

#[test]
fn tables_hold_only_what_concerns_the_party() {
    let bench = Workbench::new()
        .parties("cook,Cook & Sons,,plain,CN,5,\n")
        .relationships("R3,bank,cook,,C-3,,,yes,user\nR4,cook,shop,none,C-4,,,yes,user\n");
    let first_cells = |file: &str, party: &str| {
        let run = bench.run(&format!(
            "analyze register -o {party} --focus {party} --write {file}"
        ));
        run.exit(0);
        let text = bench.read(&format!("{party}/{file}.csv"));
        let rows = text
            .lines()
            .skip(1)
            .map(|row| row.split(',').next().unwrap_or_default());
        let mut cells: Vec<String> = rows.map(str::to_owned).collect();
        cells.dedup();
        cells.join(" ")
    };
    for (party, parties, relationships) in [
        ("host", "guard host", "R1 R2"),
        ("guard", "guard", "R2"),
        ("cook", "cook", "R3"),
        ("shop", "", ""),
        ("bank", "bank cook guard host", "R1 R2 R3"),
    ] {
        assert_eq!(first_cells("findings", party), parties, "{party}");
        assert_eq!(first_cells("exposure", party), parties, "{party}");
        assert_eq!(first_cells("clauses", party), relationships, "{party}");
    }
}

#[test]
fn a_party_that_is_not_there_ends_the_run() {
    let bench = Workbench::new().parties("guard-2,night-guard,,plain,CN,5,\n");
    for (party, lang, told) in [
        (
            "hots",
            "en",
            "no party has the id or name `hots`; did you mean `host`?",
        ),
        (
            "江岸",
            "zh",
            "没有标识或名称为“江岸”的主体；是否为“江岸银行”？",
        ),
        (
            "NIGHT.GUARD",
            "en",
            "several parties are called `NIGHT.GUARD`: guard, guard-2",
        ),
        ("zzz", "en", "no party has the id or name `zzz`\n"),
    ] {
        let run = bench.run(&format!(
            "analyze register -o out --focus {party} --lang {lang}"
        ));
        run.exit(2);
        assert!(run.err.contains(told), "{}", run.err);
        assert!(bench.files("out").is_empty(), "{party}");
    }
    for party in ["night-guard", "cloud.HOST", "云主机"] {
        bench
            .run(&format!("analyze register --focus {party}"))
            .exit(0);
    }
}
