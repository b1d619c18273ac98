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

/// What is wrong with the register is told, so that no question is no all-clear.
#[test]
fn a_row_that_is_set_aside_is_told() {
    let bench = Workbench::new().relationships("R3,bank,,,C-3,,,yes,\n");
    bench
        .run("ask register")
        .exit(0)
        .says("error[missing-party] relationships.csv:4 supplier");
    bench
        .run("ask register --quiet")
        .exit(0)
        .never_says("missing-party");
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

/// Ids that a command line could take for something else: what an answer promises is what its option gives, or there is
/// none.
#[test]
fn what_an_answer_promises_comes_with_awkward_ids_too() {
    let bench = Workbench::empty()
        .with(
            "register/parties.csv",
            "id,name,owner,country,cii_status\n\
             \"a,b\",A,\"o=\"\"1\"\"\",CN,designated\n\
             x.data=core,X,,CN,\n\
             \"o=\"\"1\"\"\",O,,CN,\n\
             all,All,,CN,\nc,C,,CN,\n",
        )
        .with(
            "register/relationships.csv",
            "id,customer,supplier,supports,kind,serves_cii,access,data\n\
             R;1,\"a,b\",x.data=core,,data-processing,yes,none,personal\n\
             all,\"a,b\",x.data=core,,cloud-hosting,yes,remote,personal\n\
             R3,\"a,b\",x.data=core,,network-service,yes,remote,core\n\
             row 6,x.data=core,c,,cloud-hosting,yes,remote,personal\n\
             ,x.data=core,all,,cloud-hosting,yes,,\n\
             R.kind=x,x.data=core,all,,,yes,,\n",
        );
    let pack = ["--policy", "cn-cii", "--as-of", "2026-01-01"];
    let mut ask = bench.command();
    Run::of(ask.args(["ask", "register", "-o", "out"]).args(pack)).exit(0);
    let table = bench.read("out/questions.csv");
    let mut reader = csv::Reader::from_reader(table.trim_start_matches('\u{feff}').as_bytes());
    let headings = reader.headers().expect("it has headings").clone();
    let (mut tried, mut without) = (0, Vec::new());
    for row in reader.records() {
        let row = row.expect("it is CSV");
        let cell = |name: &str| {
            let at = headings.iter().position(|heading| heading == name);
            &row[at.expect("there is such a column")]
        };
        let Some((option, change)) = cell("what_if").split_once(' ') else {
            without.push(format!(
                "{} {} {}",
                cell("about"),
                cell("column"),
                cell("answer")
            ));
            continue;
        };
        let mut command = bench.command();
        command
            .args(["what-if", "register", "-o", "delta"])
            .args(pack);
        Run::of(command.arg(format!("--{option}={change}"))).exit(0);
        let delta: serde_json::Value =
            serde_json::from_str(&bench.read("delta/changes.json")).expect("it is JSON");
        let findings = delta["findings"].as_array().expect("it is a list").iter();
        let status = |side: &serde_json::Value| side["status"].as_str().map(str::to_owned);
        let turned: Vec<_> = findings
            .filter(|change| status(&change["before"]) != status(&change["after"]))
            .map(|change| status(&change["after"]).unwrap_or_else(|| "vanish".to_owned()))
            .collect();
        for column in ["applies", "conditional", "unconfirmed", "vanish"] {
            let count = turned.iter().filter(|after| *after == column).count();
            assert_eq!(count.to_string(), cell(column), "{column} of {change}");
        }
        tried += 1;
    }
    assert!(tried > 20, "{table}");
    // No option can name these: `row 6` is the id of another row, `;` divides a list, and `all` is every delivery.
    without.retain(|row| !row.ends_with(" no"));
    without.sort();
    let expected = [
        "row 6 supports R;1",
        "row 6 supports R;1",
        "row 6 supports all",
        "row 6 supports none",
    ];
    assert_eq!(without, expected, "{table}");
}
