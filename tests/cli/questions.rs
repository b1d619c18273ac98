//! `ask`: what it says of the sample, and what it writes.

use std::path::Path;

use super::workbench::{Run, Workbench, program};

#[test]
fn questions_of_the_sample() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    for lang in ["en", "zh"] {
        let out = tempfile::tempdir().expect("a temporary directory can be made");
        let mut command = program(&samples);
        command.args(["ask", "cloud-partner", "--as-of", "2026-11-01"]);
        let run = Run::of(command.args(["--lang", lang, "-o"]).arg(out.path()));
        run.exit(0);
        let page = std::fs::read_to_string(out.path().join("questions.md")).expect("it is written");
        insta::assert_snapshot!(format!("questions_{lang}"), format!("{}\n{page}", run.out));
    }
}

/// Of the workbench: who the guard's customer is to be asked about, and what each answer comes to.
#[test]
fn every_answer_is_a_row() {
    let bench = Workbench::new().relationships("R3,bank,cook,,C-3,,,yes,\n");
    bench.run("ask register -o out").exit(0);
    let table = bench.read("out/questions.csv");
    let answers: Vec<&str> = table.lines().filter(|row| row.contains("R3")).collect();
    assert_eq!(answers.len(), 2, "{table}");
    let alone = bench.run("analyze register -o whole");
    alone.exit(0);
    assert_eq!(table, bench.read("whole/questions.csv"));
}

#[test]
fn with_a_focus_only_what_concerns_it_is_asked() {
    let bench =
        Workbench::new().relationships("R3,bank,cook,,C-3,,,yes,\nR4,bank,maid,,C-4,,,yes,\n");
    bench.run("ask register -o out --focus cook").exit(0);
    let table = bench.read("out/questions.csv");
    assert!(table.contains("R3") && !table.contains("R4"), "{table}");
}

#[test]
fn a_register_that_leaves_nothing_open_has_no_question() {
    let bench = Workbench::new();
    let run = bench.run("ask register --quiet --assume rank=plain");
    run.exit(0).prints("0 questions");
    bench.run("ask nowhere").exit(2).says("nowhere");
}
