//! How faults are told: a few of each kind on standard error, all of them in the file.

use super::workbench::Workbench;

fn hundred() -> Workbench {
    let rows: String = (3..103)
        .map(|n| format!("R{n},bank,host,,,soon {n},,yes,user\n"))
        .collect();
    Workbench::new().relationships(&rows)
}

#[test]
fn a_hundred_faults_of_one_kind_are_a_few_and_a_count() {
    let bench = hundred();
    let run = bench.analyze();
    assert_eq!(run.err.matches("warning[bad-date]").count(), 3);
    run.says("and 97 more of bad-date");
    let issues = bench.read("out/register-issues.csv");
    assert_eq!(issues.matches(",warning,bad-date,soon ").count(), 100);
    assert!(issues.contains("relationships.csv,103,starts,warning,bad-date,soon 102,"));
    let run = bench.run("check register -o out2");
    run.exit(1)
        .prints("and 97 more of bad-date")
        .prints("0 errors, 100 warnings, 0 notes");
    assert_eq!(bench.read("out2/register-issues.csv"), issues);
}

#[test]
fn quiet_prints_no_diagnostics() {
    // Pictures have no glyph for the first name.
    let bench = hundred().parties("p1,𒀀,,core,CN,50,\n");
    for command in [
        "analyze register -o out --quiet",
        "check register -o out --quiet",
        "explain register host --quiet",
    ] {
        let run = bench.run(command);
        assert_eq!(run.err, "", "{command}");
        assert!(!run.out.is_empty(), "{command}");
    }
    // What ends a run is told all the same.
    bench
        .run("analyze nowhere --quiet")
        .exit(2)
        .says("`nowhere` is not there");
}

#[test]
fn strict_ends_at_a_warning_and_not_at_a_note() {
    let bench = hundred();
    for command in [
        "analyze register -o out",
        "explain register host",
        "check register",
    ] {
        let run = bench.run(&format!("{command} --strict"));
        run.exit(2)
            .says("--strict: the register has 100 errors and warnings");
        assert!(
            format!("{}{}", run.out, run.err).contains("bad-date"),
            "{command}"
        );
    }
    bench.nothing_written();
    let noted = Workbench::new().relationships("R3,bank,bank,,,,,no,\n");
    noted
        .run("analyze register --strict")
        .exit(0)
        .says("note[self-supply]");
}

#[test]
fn faults_of_evidence_are_told() {
    let bench = Workbench::new().with(
        "register/evidence.csv",
        "party,obligation,relationship,shows,document,issued,expires,status,owner,reason\n\
         host,vetting,,duty,Good,2025-10-01,,accepted,,\n\
         ,vetting,,duty,D1,,,accepted,,\n\
         hos,vetting,,duty,D2,,,accepted,,\n\
         host,veting,,duty,D3,,,accepted,,\n\
         host,vetting,R9,duty,D4,,,accepted,,\n\
         host,vetting,,proof,D5,,,accepted,,\n\
         host,vetting,,duty,D6,,,,,\n\
         host,vetting,,duty,D7,,,fine,,\n\
         host,vetting,,duty,D8,1/2/2025,,accepted,,\n\
         host,vetting,,duty,D9,,2027-01-01,waived,,\n\
         host,vetting,,duty,D10,2026-02-01,,accepted,,\n\
         guard,notice,,duty,D11,,2027-01-01,accepted,,\n",
    );
    let run = bench.run("analyze register -o out");
    run.exit(0);
    for words in [
        "error[evidence-incomplete] evidence.csv:3 party",
        "warning[evidence-party] evidence.csv:4 party: no party has the id `hos`",
        "evidence.csv:5 obligation: the pack has no obligation `veting`",
        "Did you mean `vetting`?",
        "warning[unknown-relationship] evidence.csv:6",
        "evidence.csv:7 shows: `proof`",
        "warning[evidence-without-status] evidence.csv:8",
        "evidence.csv:9 status: `fine`",
        "warning[ambiguous-date] evidence.csv:10 issued: `1/2/2025`",
        "warning[incomplete-waiver] evidence.csv:11: the waiver `D9` lacks owner",
        "note[issued-later] evidence.csv:12",
        "note[unmatched-evidence] evidence.csv:13",
    ] {
        run.says(words);
    }
    let findings = bench.read("out/findings.csv");
    assert!(
        findings.contains("host,Cloud Host,vetting,applies,1,R1,bank,1,statute,met,2026-10-01"),
        "{findings}"
    );
}
