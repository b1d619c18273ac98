//! `--fail-on`: rules that end a run with exit 1, and the log of them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

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

/// What has to stand in a log by its schema, as far as we use it; and that rules and places are what they name.
fn check_log(bench: &Workbench, name: &str) -> Value {
    let log: Value = serde_json::from_str(&bench.read(name)).expect("it is JSON");
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let driver = &run["tool"]["driver"];
    assert_eq!(driver["name"], "ciiflow");
    let rules = driver["rules"].as_array().expect("rules");
    let mut ids = BTreeSet::new();
    for rule in rules {
        for text in ["shortDescription", "fullDescription", "help"] {
            assert!(
                rule[text]["text"]
                    .as_str()
                    .is_some_and(|text| !text.is_empty())
            );
        }
        assert!(ids.insert(rule["id"].as_str()), "{rule}");
    }
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    for result in run["results"].as_array().expect("results") {
        let rule = &rules[result["ruleIndex"].as_u64().expect("an index") as usize];
        assert_eq!(rule["id"], result["ruleId"]);
        assert!(["error", "warning", "note"].contains(&result["level"].as_str().expect("a level")));
        assert!(
            result["message"]["text"]
                .as_str()
                .is_some_and(|text| !text.is_empty())
        );
        *counts
            .entry(result["ruleId"].as_str().expect("an id").to_owned())
            .or_default() += 1;
        for location in result["locations"].as_array().expect("locations") {
            let place = &location["physicalLocation"];
            let uri = place["artifactLocation"]["uri"].as_str().expect("a file");
            let text = bench.read(uri);
            if let Some(line) = place["region"]["startLine"].as_u64() {
                assert!(
                    (1..=text.lines().count() as u64).contains(&line),
                    "{result}"
                );
            }
        }
    }
    for (rule, total) in run["properties"]["totals"].as_object().expect("totals") {
        let total = total.as_u64().expect("a count");
        let listed = counts.get(rule).copied().unwrap_or_default();
        assert_eq!(listed, total.min(1000), "{rule}");
    }
    log
}

#[test]
fn a_log_has_the_faults_and_what_closes_a_gate() {
    let bench = Workbench::new().relationships("R3,host,,,,,,,\n");
    let command = "analyze register -o out --write sarif --fail-on open-statute,gap,unclear-customer,register-error";
    bench.run(command).exit(1);
    let log = check_log(&bench, "out/ciiflow.sarif");
    let found = |rule: &str| -> Vec<(String, String, u64)> {
        let results = log["runs"][0]["results"]
            .as_array()
            .expect("results")
            .iter();
        let results = results.filter(|result| result["ruleId"] == rule);
        let told = results.map(|result| {
            let place = &result["locations"][0]["physicalLocation"];
            let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            let line = place["region"]["startLine"].as_u64().unwrap_or_default();
            (
                text(&result["message"]["text"]),
                text(&place["artifactLocation"]["uri"]),
                line,
            )
        });
        told.collect()
    };
    let relationships = "register/relationships.csv".to_owned();
    let [(text, file, line)] = &found("missing-party")[..] else {
        panic!("{log}")
    };
    assert!(text.starts_with("supplier: "), "{text}");
    assert_eq!((file, *line), (&relationships, 4));
    assert_eq!(
        found("open-statute"),
        [(
            "Cloud Host (host): Vetting of staff (vetting), applies at tier 1, evidence missing, by R1".to_owned(),
            relationships,
            2
        )]
    );
    assert_eq!(found("gap").len(), 3);
    assert_eq!(found("unclear-customer")[0].1, "register/parties.csv");
    bench.run(&format!("{command} --threads 1")).exit(1);
    assert_eq!(log, check_log(&bench, "out/ciiflow.sarif"));
    for lang in ["en", "zh"] {
        bench
            .run(&format!("check register -o {lang} --lang {lang}"))
            .exit(1);
        check_log(&bench, &format!("{lang}/ciiflow.sarif"));
    }
}

#[test]
fn a_log_lists_so_many_and_counts_all() {
    let rows: String = (0..1200)
        .map(|row| format!("S{row},bank,,,,,,,\n"))
        .collect();
    let bench = Workbench::new().relationships(&rows);
    bench.run("check register -o out").exit(1);
    let log = check_log(&bench, "out/ciiflow.sarif");
    assert_eq!(
        log["runs"][0]["properties"]["totals"]["missing-party"],
        1200
    );
    let told = &log["runs"][0]["invocations"][0]["toolExecutionNotifications"];
    assert_eq!(
        told[0]["message"]["text"],
        "missing-party: 1000 of 1200 results are listed"
    );
}
