//! Screening: whom to ask whether they are operators, in every output, and what `--screen` makes of it.

use super::workbench::Workbench;

/// The pack of these tests, with a screening.
const SCREENING: &str = r#"
[instrument.rules]
title = { en = "House rules", zh = "内部规定" }
pillar = "Rules"

[screening]
notice = { en = "Ask, and conclude nothing.", zh = "仅供询问。" }
among = { country = { within = ["CN"] } }
as = "maybe"
takes = [["staff", "supplier"]]

[screening.expects]
of = ["core"]
stated = ["founded"]
when = { country = { within = ["CN"] } }

[[screening.factor]]
id = "staff"
title = { en = "Many people", zh = "人员众多" }
when = { staff = { at_least = 100 } }
why = { en = "Size matters.", zh = "规模重要。" }
basis = [{ instrument = "rules", article = "9", checked = "none", reading = true }]

[[screening.factor]]
id = "supplier"
title = { en = "Supplier of a core party", zh = "核心主体的供应商" }
link = { supplies = ["core"] }

[[screening.factor]]
id = "buyer"
title = { en = "Customer of a core party", zh = "核心主体的客户" }
link = { supplied_by = ["core"] }

[[screening.factor]]
id = "child"
title = { en = "Owned by a core party", zh = "由核心主体所有" }
link = { owned_by = ["core"] }

[[screening.factor]]
id = "parent"
title = { en = "Owner of a core party", zh = "核心主体的所有者" }
link = { owns = ["core"] }

[[screening.callout]]
id = "abroad"
title = { en = "Owned from outside", zh = "由境外主体所有" }
when = { country = { within = ["CN"] } }
owner = { country = { outside = ["CN"] } }
basis = [{ instrument = "rules", checked = "none" }]
"#;

const HEAD: &str = "id,name,owner,rank,country,staff,founded\n\
                    bank,Bank,holding,core,CN,900,1990-01-01\n";

fn bench(parties: &str, relationships: &str) -> Workbench {
    let pack = format!("{}{SCREENING}", include_str!("policy.toml"));
    Workbench::new()
        .with("policy.toml", pack)
        .with("register/parties.csv", format!("{HEAD}{parties}"))
        .with(
            "register/relationships.csv",
            format!("id,customer,supplier,supports,serves,access,ends\n{relationships}"),
        )
}

/// Party, what was found, whether it holds, the cells and whether the party is proposed, for each row.
fn rows(bench: &Workbench, options: &str) -> Vec<String> {
    bench
        .run(&format!(
            "analyze register -q -o out --write screening{options}"
        ))
        .exit(0);
    let mut reader = csv::Reader::from_reader(
        bench
            .read("out/screening.csv")
            .trim_start_matches('\u{FEFF}')
            .to_owned()
            .leak()
            .as_bytes(),
    );
    let rows = reader.records().map(|row| {
        let row = row.expect("the file is CSV");
        [0, 2, 4, 5, 6, 7].map(|at| row[at].to_owned()).join("|")
    });
    rows.collect()
}

#[test]
fn factors_hold_are_open_or_are_left_out() {
    for (parties, relationships, expected) in [
        // What holds and what is open; a known status is never looked at, nor a party outside.
        (
            "a,A,,,CN,100,\nb,B,,,CN,99,\nc,C,,plain,CN,500,\nd,D,,,DE,500,\n",
            "",
            vec!["a|blank|staff|yes|staff=100|no"],
        ),
        // A cell that is not understood is as unknown as a blank one.
        (
            "a,A,,by phone,CN,lots,\n",
            "R1,bank,a,none,,,\n",
            vec![
                "a|unreadable|staff|open|staff=?|no",
                "a|unreadable|supplier|yes|bank (R1)|no",
            ],
        ),
        // Two factors of a set make a proposal; who has more factors stands first.
        (
            "a,A,,,CN,100,\nb,B,,,CN,200,\n",
            "R1,bank,b,none,,,\nR2,bank,b,none,,,\n",
            vec![
                "b|blank|staff|yes|staff=200|yes",
                "b|blank|supplier|yes|bank (R1)|yes",
                "a|blank|staff|yes|staff=100|no",
            ],
        ),
        // Relationships that have ended link nobody, and a customer of unknown status leaves the link open.
        (
            "a,A,,,CN,100,\nb,B,,,CN,,\n",
            "R1,bank,a,none,,,2025-01-01\nR2,b,a,none,,,\n",
            vec![
                "a|blank|staff|yes|staff=100|no",
                "a|blank|supplier|open|b (R2)|no",
            ],
        ),
        // Every kind of link.
        (
            "a,A,,,CN,1,\nb,B,bank,,CN,1,\nholding,H,,,CN,1,\n",
            "R1,a,bank,none,,,\n",
            vec![
                "a|blank|buyer|yes|bank (R1)|no",
                "b|blank|child|yes|bank|no",
                "holding|blank|parent|yes|bank|no",
            ],
        ),
        // What is called out, whatever the status but that of an operator; the owner may be open.
        (
            "a,A,out,plain,CN,1,\nb,B,open,,CN,1,\nc,C,out,core,CN,1,2000-01-01\nd,D,out,,DE,1,\nout,O,,plain,DE,1,\nopen,P,,plain,,1,\n",
            "",
            vec![
                "a|plain|abroad|yes|owner=out|no",
                "b||abroad|open|owner=open|no",
            ],
        ),
    ] {
        assert_eq!(rows(&bench(parties, relationships), ""), expected);
    }
}

#[test]
fn screen_takes_the_proposed_for_possible_operators_and_marks_them() {
    let bench = bench(
        "a,A,,by phone,CN,100,\nb,B,,,,1,\nhost,Host,,plain,CN,50,\n",
        "R1,bank,a,none,yes,user,\nR2,a,host,none,yes,user,\n",
    );
    let findings = |options: &str| {
        let run = bench.run(&format!("analyze register -q -o out{options}"));
        run.exit(0);
        (bench.read("out/findings.csv"), run)
    };
    let (before, run) = findings("");
    run.prints("1 party of unknown status to ask whether they are operators: A\n");
    let (after, run) = findings(" --screen");
    run.prints("Screened: rank=maybe (1 party of unknown status)\n");
    let new: Vec<&str> = after.lines().filter(|row| !before.contains(row)).collect();
    assert_eq!(
        new,
        [
            "host,Host,vetting,conditional,1,R2,a,1,statute,missing,,1",
            "host,Host,notice,conditional,1,R2,a,1,practice,missing,,1",
        ]
    );
    assert!(before.lines().all(|row| after.contains(row)), "{after}");
    let report = bench.read("out/report.md");
    for words in [
        "**Screened**: `rank=maybe` for 1 party of unknown status",
        "**A** (a), status unreadable\n  - Holds: Many people (staff = 100)\n  - Holds: Supplier of a core party (Bank (R1))\n  - In this report: maybe; by screening only\n",
        "A (maybe; by screening only) → (R2) Host",
        "> Ask, and conclude nothing.",
        "- **Many people**: Size matters.\n  House rules art. 9 (not checked) (the pack's reading)\n",
        "1 party of unknown status was passed over",
    ] {
        assert!(report.contains(words), "no `{words}` in:\n{report}");
    }
    let json: serde_json::Value = serde_json::from_str(&bench.read("out/assessment.json")).unwrap();
    assert_eq!(json["assumptions"][0]["assumption"], "rank=maybe");
    assert_eq!(json["assumptions"][0]["reason"], "--screen");
    assert_eq!(json["screening"]["in_walk"], true);
    assert_eq!(json["screening"]["candidates"][0]["status"], "unreadable");
    let picture = bench.read("out/charts/exposure.svg");
    assert!(picture.contains("maybe; by screening only"));

    bench
        .run("explain register host vetting --screen")
        .exit(0)
        .prints("A  rank = maybe; by screening only");
    bench
        .run("explain register host vetting")
        .exit(0)
        .prints("No chain brings");
    bench
        .run("what-if register --remove R2")
        .exit(0)
        .prints("No finding, clause or evidence changes.");
    bench
        .run("what-if register --screen --remove R2")
        .exit(0)
        .prints("note: screened: rank=maybe (1 party of unknown status)\n")
        .prints("conditional       2      0");
    bench
        .run("diff register register --screen")
        .exit(0)
        .prints("note: screened: rank=maybe (1 party of unknown status)\nNothing changes.");
    bench
        .run("analyze register -q --screen --lang zh")
        .exit(0)
        .prints("筛查：rank=maybe（1 个主体，状态未知）");
}

#[test]
fn with_a_focus_only_those_above_it_are_listed() {
    let bench = bench(
        "a,A,,,CN,100,\nb,B,,,CN,100,\n",
        "R1,a,host,none,yes,user,\n",
    );
    let parties = |options: &str| {
        let rows = rows(&bench, options);
        let parties = rows.iter().map(|row| row.split('|').next().unwrap());
        let mut parties: Vec<&str> = parties.collect();
        parties.dedup();
        parties.join(" ")
    };
    assert_eq!(parties(""), "a b");
    assert_eq!(parties(" --focus host"), "a");
    assert_eq!(parties(" --focus b"), "b");
}

#[test]
fn operators_that_are_not_as_the_pack_expects_are_told() {
    let bench = bench(
        "blank,X,,core,,1,\nabroad,Y,,core,DE,1,1990-01-01\nmay,Z,,maybe,DE,1,\n",
        "",
    );
    let run = bench.run("check register");
    run.exit(1)
        .prints("note[unstated-fact] parties.csv:3: its status is `core`, but nothing is in founded")
        .prints("warning[unexpected-operator] parties.csv:4: its status is `core`, and country is not what the pack expects then");
    assert_eq!(run.out.matches("unstated-fact").count(), 1, "{}", run.out);
    assert_eq!(
        run.out.matches("unexpected-operator").count(),
        1,
        "{}",
        run.out
    );
    bench
        .run("check register --lang zh")
        .exit(1)
        .prints("状态为“core”，但 founded 为空");
}

#[test]
fn a_pack_without_screening_lists_nobody() {
    let bench = Workbench::new();
    bench.run("analyze register -q -o out").exit(0);
    assert!(!bench.path("out/screening.csv").exists());
    let json: serde_json::Value = serde_json::from_str(&bench.read("out/assessment.json")).unwrap();
    assert!(json.get("screening").is_none());
    bench
        .run("analyze register --screen -o none")
        .exit(2)
        .says("--screen: the pack `house` has no screening");
    assert!(bench.files("none").is_empty());
    bench
        .run("explain register host --screen --lang zh")
        .exit(2)
        .says("--screen：规则包“house”没有筛查规则");
}
