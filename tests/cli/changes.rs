//! `what-if` and `diff`: what enters, leaves, strengthens and weakens.

use super::workbench::{PARTIES, RELATIONSHIPS, Workbench};

/// The lines of a result file after its headings.
fn rows(bench: &Workbench, name: &str) -> Vec<String> {
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
                "leaves,bank,Riverside Bank,notice,applies,0,standard,,,,bank,",
                "leaves,guard,Night Guard,vetting,applies,2,contract,,,,bank,R1 > R2",
                "leaves,host,Cloud Host,vetting,applies,1,statute,,,,bank,R1",
                "leaves,host,Cloud Host,notice,applies,1,practice,,,,bank,R1",
            ],
        ),
        (
            "--remove R2",
            vec!["leaves,guard,Night Guard,vetting,applies,2,contract,,,,bank,R1 > R2"],
        ),
        (
            "--set R2.supports=unknown",
            vec![
                "weakens,guard,Night Guard,vetting,applies,2,contract,unconfirmed,2,contract,bank,R1 > R2",
            ],
        ),
        (
            "--set R1.ends=2025-12-31",
            vec![
                "leaves,guard,Night Guard,vetting,applies,2,contract,,,,bank,R1 > R2",
                "leaves,host,Cloud Host,vetting,applies,1,statute,,,,bank,R1",
                "leaves,host,Cloud Host,notice,applies,1,practice,,,,bank,R1",
            ],
        ),
        (
            "--replace guard=watch",
            vec![
                "leaves,guard,Night Guard,vetting,applies,2,contract,,,,bank,R1 > R2",
                "enters,watch,watch,vetting,,,,applies,2,undetermined,bank,R1 > R2",
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
        ("--changes none.toml", "none.toml"),
    ] {
        let bench = Workbench::new();
        let command = format!("what-if register {changes} -o out");
        let command = command.replace("  ", " ");
        bench.run(&command).exit(2).says(words);
        bench.nothing_written();
    }
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
        for name in ["out/changes.csv", "out/clause-changes.csv"] {
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
