//! `--fail-on`: rules that end a run with exit 1.

use super::workbench::Workbench;

/// A waiver of what the guard owes.
const WAIVED: &str = "party,obligation,relationship,shows,document,issued,expires,status,owner,reason\n\
    guard,vetting,,duty,Exception,2025-10-01,2026-10-01,waived,Head of security,Watched by us\n";

#[test]
fn each_rule_counts_what_it_names() {
    for (rules, counts, code) in [
        ("open", vec![4], 1),
        ("open-statute", vec![1], 1),
        ("expired", vec![0], 0),
        ("gap", vec![3], 1),
        ("unconfirmed", vec![0], 0),
        ("unclear-customer", vec![1], 1),
        ("register-error", vec![0], 0),
        ("register-warning", vec![0], 0),
        ("expired,unconfirmed", vec![0, 0], 0),
        ("expired,open-statute", vec![0, 1], 1),
    ] {
        for (lang, colon) in [("en", ": "), ("zh", "：")] {
            let bench = Workbench::new();
            let command = format!("analyze register --fail-on {rules} --lang {lang}");
            let run = bench.run(&command);
            run.exit(code);
            for (rule, count) in rules.split(',').zip(&counts) {
                run.says(&format!("--fail-on {rule}{colon}{count}\n"));
            }
        }
    }
}

#[test]
fn an_exception_is_a_waiver_and_faults_close_their_gate() {
    let bench = Workbench::new()
        .with("register/evidence.csv", WAIVED)
        .relationships("R3,host,,,,,,,\n");
    let run = bench.run("analyze register -o out --fail-on open,register-error --write findings");
    run.exit(1)
        .says("--fail-on open: 3\n")
        .says("--fail-on register-error: 1\n");
    assert!(
        !bench.read("out/findings.csv").is_empty(),
        "results are written all the same"
    );
    bench
        .run("analyze register --fail-on opne")
        .exit(2)
        .says("opne");
}
