//! `diff`: what differs between two registers, or assessments that were kept.

use super::changes::rows;
use super::workbench::{PARTIES, RELATIONSHIPS, Run, Workbench};

/// Cells are compared by the facts of one pack, so another that only calls itself the same is refused.
#[test]
fn packs_of_one_version_that_differ_are_told_apart() {
    let pack = include_str!("policy.toml");
    let mapping = "policy = \"policy.toml\"\n[[table]]\nof = \"parties\"\nfile = \"parties.csv\"\n[[table]]\nof = \"relationships\"\nfile = \"relationships.csv\"\n";
    let bench = Workbench::new()
        .with("register/policy.toml", pack)
        .with("register/register.toml", mapping)
        .with(
            "new/policy.toml",
            pack.replace("House rules", "Other rules"),
        )
        .with("new/parties.csv", PARTIES)
        .with("new/relationships.csv", RELATIONSHIPS)
        .with("new/register.toml", mapping);
    let mut command = bench.command();
    command.args(["diff", "register", "new", "--as-of", "2026-01-01"]);
    let run = Run::of(&mut command);
    run.exit(2).says("under two packs, house 1 (");
    bench.run("analyze register -o old --write json").exit(0);
    bench
        .run("diff old/assessment.json new --policy new/policy.toml")
        .exit(0)
        .prints("under two packs, house 1 (");
}

#[test]
fn a_register_does_not_differ_from_itself() {
    let bench = Workbench::new().relationships("R3,bank,guard,,C-9,,,,\n");
    bench.run("convert register -o canonical").exit(0);
    for other in ["register", "canonical"] {
        bench
            .run(&format!("diff register {other} -o out --threads 2"))
            .exit(0)
            .prints("Nothing changes.");
        for name in [
            "out/changes.csv",
            "out/clause-changes.csv",
            "out/register-changes.csv",
        ] {
            assert_eq!(rows(&bench, name), Vec::<String>::new(), "{other}");
        }
    }
}

#[test]
fn rows_without_ids_are_the_same_wherever_they_stand() {
    let nameless = RELATIONSHIPS
        .replace("R1,bank", ",bank")
        .replace("R2,host,guard,R1", ",host,guard,all");
    let (heading, rest) = nameless.split_once('\n').expect("it has rows");
    let (first, second) = rest.split_once('\n').expect("it has two");
    let moved = format!(
        "{heading}\n\n{}\n{first}\nR7,bank,guard,,C-7,,,,\n",
        second.trim()
    );
    let bench = Workbench::new()
        .with("register/relationships.csv", &nameless)
        .with("new/parties.csv", PARTIES)
        .with("new/relationships.csv", moved);
    bench.run("diff register new -o out").exit(0);
    let changed = rows(&bench, "out/clause-changes.csv");
    assert!(
        changed.iter().all(|row| row.contains(",R7,")),
        "{changed:?}"
    );
    let register = rows(&bench, "out/register-changes.csv");
    assert_eq!(
        register,
        ["comes,relationship,R7,,bank,guard,C-7,,,,,relationships.csv:5 id"]
    );
    // What was kept of it knows the rows as well.
    bench.run("analyze register -o kept --write json").exit(0);
    bench.run("diff kept/assessment.json new -o again").exit(0);
    assert_eq!(
        rows(&bench, "again/clause-changes.csv").len(),
        changed.len()
    );
}

/// Evidence of the bank's suppliers: what host shows lapses, what guard shows is new.
const EVIDENCE: &str =
    "party,obligation,relationship,shows,document,issued,expires,status,owner,reason\n";

#[test]
fn evidence_rows_and_cells_are_told() {
    let bench = Workbench::new()
        .relationships("R3,bank,guard,,C-3,2024-01-01,2025-06-30,no,none-needed\n")
        .with("register/evidence.csv", format!("{EVIDENCE}host,vetting,R1,duty,Statement,2024-12-01,,accepted,,\nhost,vetting,R1,clause,Annex,,2026-06-01,accepted,,\n"))
        .with("new/parties.csv", PARTIES.replace("guard,Night Guard,,plain,DE,5", "guard,Night Guard,,plain,CN,5") + "cook,Cook,,,,,\n")
        .with("new/relationships.csv", RELATIONSHIPS.replace("R2,host,guard,R1,C-2", "R4,host,guard,R1,C-2") + "R3,bank,guard,,C-3,2024-01-01,2025-06-30,no,none-needed\n")
        .with("new/evidence.csv", format!("{EVIDENCE}guard,vetting,R4,duty,Statement,2025-10-01,,accepted,,\nhost,vetting,R1,duty,Statement,2024-12-01,,accepted,,\nhost,vetting,R1,clause,Annex,,2026-06-01,rejected,,\n"));
    bench
        .run("diff register new --old-as-of 2025-06-01 -o out")
        .exit(0)
        .prints("evidence: 2 no longer in force, 1 newly in force")
        .prints("register: 1 party is new, 1 relationship is new, 1 relationship is gone, 1 cell differs, 1 relationship ends by its dates");
    assert_eq!(
        rows(&bench, "out/evidence-changes.csv"),
        [
            "gained,duty,guard,vetting,,,applies,missing,,met,2026-10-01",
            "lapses,duty,host,vetting,,,applies,met,2025-12-01,expired,",
            "lapses,clause,host,vetting,R1,C-1,applies,met,2026-06-01,missing,",
        ]
    );
    assert_eq!(
        rows(&bench, "out/register-changes.csv"),
        [
            "differs,party,guard,Night Guard,,,,country,DE,CN,parties.csv:4 country,parties.csv:4 country",
            "comes,party,cook,Cook,,,,,,,,parties.csv:5 id",
            "goes,relationship,R2,,host,guard,C-2,,,,relationships.csv:3 id,",
            "ends,relationship,R3,,bank,guard,C-3,ends,2025-06-30,2025-06-30,relationships.csv:4 ends,relationships.csv:4 ends",
            "comes,relationship,R4,,host,guard,C-2,,,,,relationships.csv:3 id",
        ]
    );
    // What the guard owes is there on both sides, bound otherwise since it is in another country.
    let changes = rows(&bench, "out/changes.csv");
    let of_guard = changes.iter().find(|row| row.contains(",guard,"));
    let of_guard =
        of_guard.map(|row| row.ends_with("R1 > R4,2,R4 comes; parties.csv:4 country: DE -> CN"));
    assert_eq!(of_guard, Some(true), "{changes:?}");
}

#[test]
fn a_kept_assessment_is_compared_as_its_register_is() {
    let bench = Workbench::new()
        .with(
            "new/parties.csv",
            PARTIES.replace("Night Guard,,plain", "Night Guard,,core"),
        )
        .with(
            "new/relationships.csv",
            RELATIONSHIPS.replace("R2,host,guard,R1", "R2,host,guard,"),
        );
    for register in ["register", "new"] {
        bench
            .run(&format!(
                "analyze {register} -o {register}-kept --write json"
            ))
            .exit(0);
    }
    bench.run("diff register new -o out").exit(0);
    let without_causes = |name: &str| -> Vec<Vec<String>> {
        let mut reader = csv::Reader::from_path(bench.path(name)).expect("it was written");
        let rows = reader.records().map(|row| row.expect("it is CSV"));
        rows.map(|row| row.iter().take(row.len() - 2).map(str::to_owned).collect())
            .collect()
    };
    let kept = ["register-kept/assessment.json", "new-kept/assessment.json"];
    for (old, new) in [(kept[0], "new"), ("register", kept[1]), (kept[0], kept[1])] {
        bench
            .run(&format!("diff {old} {new} -o again"))
            .exit(0)
            .prints("note: assessment.json does not hold the register");
        for name in ["changes.csv", "clause-changes.csv"] {
            let expected = without_causes(&format!("out/{name}"));
            assert!(!expected.is_empty());
            assert_eq!(
                expected,
                without_causes(&format!("again/{name}")),
                "{old} {new}"
            );
        }
    }
    for (old, new) in [("register", kept[0]), (kept[0], kept[0]), (kept[1], "new")] {
        bench
            .run(&format!("diff {old} {new}"))
            .exit(0)
            .prints("Nothing changes.");
    }
}

#[test]
fn what_was_kept_otherwise_is_refused_or_told() {
    let bench = Workbench::new();
    bench.run("analyze register -o kept --write json").exit(0);
    bench
        .run("analyze register -o focus --write json --focus host")
        .exit(0);
    let whole = bench.read("kept/assessment.json");
    let bench = bench
        .with(
            "newer.json",
            whole.replace("\"version\": 1,", "\"version\": 2,"),
        )
        .with("cut.json", &whole[..whole.len() / 2])
        .with("markup.json", whole.replacen("\"vetting\",", "\"<b>\",", 3))
        .with(
            "terminal.json",
            whole.replacen("Night Guard", "\\u001b[31mGuard", 1),
        )
        .with("word.json", whole.replace("\"applies\",", "\"certain\","))
        .with(
            "deep.json",
            format!(
                "{{\"format\": \"ciiflow-assessment\", \"version\": 1, \"x\": {}",
                "[".repeat(100_000)
            ),
        )
        .with(
            "other.json",
            whole.replace("\"version\": \"1\"", "\"version\": \"0\""),
        );
    for (old, english, chinese) in [
        (
            "newer.json",
            "newer.json: it has version 2 of its format",
            "其格式版本为 2",
        ),
        (
            "cut.json",
            "cut.json: it is not a whole assessment.json",
            "不是完整的 assessment.json",
        ),
        (
            "word.json",
            "`certain` is no word for it",
            "不是完整的 assessment.json",
        ),
        (
            "markup.json",
            "`<b>` is nothing that an assessment.json has there",
            "不会出现“<b>”",
        ),
        (
            "terminal.json",
            "`\\u{1b}[31mGuard` is nothing",
            "不会出现“\\u{1b}[31mGuard”",
        ),
        (
            "deep.json",
            "EOF while parsing a list",
            "不是完整的 assessment.json",
        ),
        ("focus/assessment.json", "narrowed to `host`", "限于“host”"),
        ("none.json", "none.json", "none.json"),
    ] {
        bench
            .run(&format!("diff {old} register -o out"))
            .exit(2)
            .says(english);
        bench
            .run(&format!("diff {old} register -o out --lang zh"))
            .exit(2)
            .says(chinese);
        bench.nothing_written();
    }
    bench
        .run("analyze register -o guard --write json --focus guard")
        .exit(0);
    bench
        .run("diff focus/assessment.json guard/assessment.json")
        .exit(2)
        .says("two parties, `host` and `guard`");
    let days = "diff kept/assessment.json register --old-as-of 2025-01-01";
    bench.run(days).exit(2).says("was made on 2026-01-01");
    bench
        .run("diff other.json register")
        .exit(0)
        .prints("under two packs, house 0 and house 1");
}
