//! `--redact`: results that name nobody, and say the same.

mod leaks;

use std::collections::BTreeMap;

use super::workbench::{Run, Workbench, program};

/// The sample, copied so that it can be changed, and the embedded pack.
pub(super) fn sample() -> Workbench {
    let bench = Workbench::empty();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/cloud-partner");
    ["parties.csv", "relationships.csv", "evidence.csv"]
        .into_iter()
        .fold(bench, |bench, name| {
            let content = std::fs::read(format!("{folder}/{name}")).expect("the sample is there");
            bench.with(&format!("sample/{name}"), content)
        })
}

/// Rows of a CSV file after its headings.
pub(super) fn rows(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text.trim_start_matches('\u{FEFF}').as_bytes());
    let records = reader.records().map(|record| record.expect("it is CSV"));
    records
        .map(|record| record.iter().map(str::to_owned).collect())
        .collect()
}

/// What each pseudonym of a key stands for: the id, or the first name under `Party P001`.
fn meanings(key: &str) -> BTreeMap<String, String> {
    let mut meanings = BTreeMap::new();
    for row in rows(key).into_iter().skip(1) {
        let (kind, pseudonym, was) = (&row[0], &row[1], &row[2]);
        let called = match kind.as_str() {
            "name" => format!("Party {pseudonym}"),
            _ => pseudonym.clone(),
        };
        meanings.entry(called).or_insert_with(|| was.clone());
    }
    meanings
}

/// The table with every pseudonym read back, sorted.
fn read_back(table: &str, key: &str) -> Vec<Vec<String>> {
    let meanings = meanings(key);
    let word = |word: &str| meanings.get(word).cloned().unwrap_or(word.to_owned());
    let cell = |cell: &String| match meanings.get(cell) {
        Some(name) => name.clone(),
        None => {
            let words: Vec<String> = cell
                .split_inclusive([' ', ';'])
                .map(|part| {
                    let name = part.trim_end_matches([' ', ';']);
                    format!("{}{}", word(name), &part[name.len()..])
                })
                .collect();
            words.concat()
        }
    };
    let mut table = rows(table);
    for row in &mut table {
        *row = row.iter().map(cell).collect();
    }
    table.sort();
    table
}

#[test]
fn the_key_reads_the_same_findings_back() {
    let pack = "--policy cn-cii --as-of 2026-11-01";
    let bench = sample();
    for (command, files) in [
        (
            "analyze sample --write findings,clauses",
            ["findings.csv", "clauses.csv"],
        ),
        (
            "what-if sample --set bank-luming.cii_status=not-designated --replace yunzhouqiao=newcomer",
            ["changes.csv", "clause-changes.csv"],
        ),
    ] {
        bench.run(&format!("{command} {pack} -o plain")).exit(0);
        let run = format!("{command} {pack} --redact=key.csv");
        bench.run(&format!("{run} -o first")).exit(0);
        let key = bench.read("key.csv");
        bench.run(&format!("{run} -o second")).exit(0);
        assert_eq!(bench.read("key.csv"), key);
        for file in files {
            let table = bench.read(&format!("first/{file}"));
            assert_eq!(table, bench.read(&format!("second/{file}")));
            let mut plain = rows(&bench.read(&format!("plain/{file}")));
            plain.sort();
            assert!(plain.len() > 10, "{plain:?}");
            let back = read_back(&table, &key);
            let other = back.iter().zip(&plain).find(|(back, plain)| back != plain);
            assert_eq!(other, None, "{command}: {file}");
            assert_eq!(back.len(), plain.len());
        }
    }
}

#[test]
fn what_convert_writes_is_the_same_register() {
    let bench = sample();
    let pack = "--policy cn-cii --as-of 2026-11-01";
    bench
        .run("convert sample --policy cn-cii --redact -o shared")
        .exit(0);
    for (register, out) in [("sample --redact", "redacted"), ("shared", "again")] {
        let run = format!("analyze {register} {pack} --write findings,clauses,exposure -o {out}");
        bench.run(&run).exit(0);
    }
    for file in ["findings.csv", "clauses.csv", "exposure.csv"] {
        let [redacted, again] =
            ["redacted", "again"].map(|out| bench.read(&format!("{out}/{file}")));
        assert_eq!(redacted, again, "{file}");
    }
}

#[test]
fn pseudonyms_stay_from_one_version_to_the_next() {
    let bench = Workbench::new();
    bench
        .run("convert register -o shared --redact=keys.csv")
        .exit(0)
        .says("keep it to yourself");
    let bench = bench
        .with(
            "register/parties.csv",
            "id,name,rank\nP004,Fourth Party,core\nguard,Day Guard,plain\nbank,Riverside Bank,core\n",
        )
        .with(
            "register/relationships.csv",
            "id,customer,supplier,supports,contract\nR9,P004,guard,,C-2\nR2,bank,guard,,C-9\n",
        );
    bench
        .run("convert register -o shared --redact=keys.csv --lang zh")
        .exit(0)
        .says("请勿外传");
    // No pseudonym is what another party is really called.
    assert!(
        bench
            .read("shared/parties.csv")
            .ends_with("P005,主体 P005,core\nP003,主体 P003,plain\nP001,主体 P001,core\n")
    );
    assert!(
        bench
            .read("shared/relationships.csv")
            .ends_with("R003,P005,P003,,C002\nR002,P001,P003,,C003\n")
    );
    let keys = bench.read("keys.csv");
    for row in [
        "party,P003,guard\nname,P003,Night Guard\nname,P003,Day Guard\n",
        "party,P002,host\n",
        "relationship,R001,R1\n",
        "contract,C001,C-1\n",
    ] {
        assert!(keys.contains(row), "{row}: {keys}");
    }
}

#[test]
fn a_file_that_is_no_key_is_left_alone() {
    for (content, complaint) in [
        ("id,name\n", "is no file of pseudonyms"),
        ("", "is no file of pseudonyms"),
        (
            "kind,pseudonym,was\nparty,P001\n",
            "row 2: it does not have three cells",
        ),
        (
            "kind,pseudonym,was\nfriend,P001,x\n",
            "row 2: `friend` is no kind",
        ),
        ("kind,pseudonym,was\nparty,,x\n", "row 2: a cell is blank"),
        (
            "kind,pseudonym,was\nname,P001,x\n",
            "row 2: no party before it",
        ),
        (
            "kind,pseudonym,was\nparty,P001,x\nparty,P001,y\n",
            "row 3: `P001` or what it stands for is there already",
        ),
    ] {
        let bench = Workbench::new().with("keys.csv", content);
        let run = bench.run("analyze register -o out --redact=keys.csv");
        run.exit(2).says(complaint);
        assert_eq!(bench.read("keys.csv"), content);
        bench.nothing_written();
    }
}

#[test]
fn what_would_tell_the_names_is_refused() {
    let bench = Workbench::new();
    for command in ["analyze", "ask", "check", "convert"] {
        let run = format!("{command} register -o out --redact=out/keys.csv");
        bench.run(&run).exit(2).says("put it elsewhere");
        bench.nothing_written();
    }
    bench.run("analyze register -o kept --write json").exit(0);
    let run = "diff kept/assessment.json register --redact -o out";
    bench.run(run).exit(2).says("with the names in it");
    bench.nothing_written();
}

#[test]
fn parties_are_asked_for_by_name_id_or_pseudonym() {
    let bench = Workbench::new();
    let explain = |party: &str| {
        let mut command = program(&bench.path(""));
        command.args(["explain", "register", party, "--redact"]);
        command.args(["--policy", "policy.toml", "--as-of", "2026-01-01"]);
        Run::of(&mut command)
    };
    let by_id = explain("guard");
    by_id.exit(0).prints("Party P003").prints("R002 · C002");
    for party in ["Night Guard", "night GUARD", "P003"] {
        assert_eq!(explain(party).out, by_id.out, "{party}");
    }
    explain("P004")
        .exit(2)
        .says("no party has the id or name `P004`");
    let run = "what-if register --redact --remove R7";
    bench
        .run(run)
        .exit(2)
        .says("no relationship is called `R7`");
}
