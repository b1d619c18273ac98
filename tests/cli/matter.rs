//! Who matters, in `report.md` and `assessment.json`.

use serde_json::{Value, json};

use super::workbench::Workbench;

/// The parties of the workbench with owners: `bank` and `host` own each other, `guard` stands below, `lone` alone.
const OWNED: &str = "\
id,name,local_name,owner,rank,country,staff,founded
bank,Riverside Bank,江岸银行,host,core,CN,9000,1990-04-01
host,Cloud Host,云主机,bank,,CN,40,
guard,Night Guard,,agency,plain,DE,5,
agency,Agency,,holding,plain,DE,5,
holding,Holding | <b>,,holding,plain,DE,5,
lone,Lone,,nobody,plain,DE,5,
";

fn document(bench: &Workbench, arguments: &str) -> Value {
    let run = bench.run(&format!("analyze register -o out {arguments}"));
    run.exit(0);
    serde_json::from_str(&bench.read("out/assessment.json")).expect("it is JSON")
}

#[test]
fn groups_follow_owners_to_the_last_and_round() {
    let bench = Workbench::new()
        .with("register/parties.csv", OWNED)
        .relationships("R3,bank,agency,all,C-3,,,yes,user\n");
    let told = document(&bench, "--write json");
    let groups = told["groups"].as_array().expect("it is a list");
    let members = |group: &Value| {
        (
            group["owner"].clone(),
            group["members"].clone(),
            group["operators"].clone(),
        )
    };
    let mut found: Vec<_> = groups.iter().map(members).collect();
    found.sort_by_key(|(owner, ..)| owner.to_string());
    // `nobody` owns one party, and nothing comes to either.
    let expected = [
        (json!("bank"), json!(["bank", "host"]), json!(["bank"])),
        (
            json!("holding"),
            json!(["agency", "guard", "holding"]),
            json!([]),
        ),
    ];
    assert_eq!(found, expected);
    let findings = told["findings"].as_array().expect("it is a list");
    for group in groups {
        let is_in = |finding: &&Value| {
            let members = group["members"].as_array().expect("it is a list");
            members.contains(&finding["party"]) && finding["status"] == "applies"
        };
        let applying: Vec<&Value> = findings.iter().filter(is_in).collect();
        let by = |binding: &str| {
            applying
                .iter()
                .filter(|finding| finding["binding"] == binding)
                .count()
        };
        let applies = &group["applies"];
        assert_eq!(applies["findings"], applying.len(), "{group}");
        assert_eq!(applies["statute"], by("statute"), "{group}");
        assert_eq!(applies["contract"], by("contract"), "{group}");
        assert!(
            applies["not_in_force"].as_u64() <= applies["findings"].as_u64(),
            "{group}"
        );
        let has = |id: &Value| applying.iter().any(|finding| finding["obligation"] == *id);
        assert!(
            group["obligations"]
                .as_array()
                .expect("it is a list")
                .iter()
                .all(has),
            "{group}"
        );
    }
}

#[test]
fn a_long_way_to_the_owner_ends() {
    let parties = (0..20_000).map(|at| format!("p{at},P,p{}\n", at + 1));
    let parties: String = parties.collect();
    let bench = Workbench::new()
        .with("register/parties.csv", format!("id,name,owner\n{parties}"))
        .with("register/relationships.csv", "customer,supplier\np0,p1\n");
    let told = document(&bench, "--write json");
    // No one of them is an operator or has a finding.
    assert_eq!(told["groups"], json!([]));
    assert_eq!(told["gatekeepers"], json!([]));
}

#[test]
fn the_report_says_who_matters() {
    for (lang, heading, words) in [
        ("en", "## Who matters", "| Cloud Host | 1 | Night Guard |"),
        ("zh", "## 关键主体", "| 云主机 | 1 | Night Guard |"),
    ] {
        let bench = Workbench::new()
            .with("register/parties.csv", OWNED)
            .relationships("R3,bank,agency,all,C-3,,,yes,user\n");
        let report = |arguments: &str| {
            bench
                .run(&format!(
                    "analyze register -o out --write report --lang {lang} {arguments}"
                ))
                .exit(0);
            bench.read("out/report.md")
        };
        let whole = report("--quiet");
        assert!(whole.contains(heading) && whole.contains(words), "{whole}");
        assert!(
            whole.contains("Holding \\| &lt;b&gt;"),
            "names are escaped: {whole}"
        );
        // It would be about other parties than the one in focus.
        assert!(!report("--focus guard").contains(heading));
    }
}
