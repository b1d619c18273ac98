//! Nothing of a register but its facts reaches a result.

use std::io::Read as _;
use std::path::Path;

use super::super::workbench::{RELATIONSHIPS, Run, Workbench, program};
use super::super::workbooks::{book, sheet};
use super::{rows, sample};

const DAY: &str = "2026-11-01";
const ALL: &str =
    "findings,clauses,exposure,questions,screening,register-issues,json,report,html,workbook,sarif";

/// Runs every command that writes results of a register, and gives all that they wrote and printed.
fn results(
    bench: &Workbench,
    register: &str,
    out: &str,
    options: &[&str],
) -> Vec<(String, String)> {
    let commands = ["analyze", "ask", "check", "convert", "diff"];
    let found = results_of(bench, &commands, register, out, options);
    let names: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
    assert!(found.len() > 15, "{names:?}: {}", found[0].1);
    found
}

/// The same of some commands.
fn results_of(
    bench: &Workbench,
    commands: &[&str],
    register: &str,
    out: &str,
    options: &[&str],
) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for &command in commands {
        let second = (command == "diff").then_some(register);
        let has_day = command != "convert";
        let folder = format!("{out}/{command}");
        let mut program = program(&bench.path(""));
        program.args([command, register]).args(second);
        program.args(["-o", &folder]).args(options);
        if has_day {
            program.args(["--as-of", DAY]);
        }
        if command == "analyze" {
            program.args(["--write", ALL]);
        }
        let run = Run::of(&mut program);
        found.push((format!("{command}: printed"), run.out + &run.err));
        for path in bench.files(&folder) {
            let text = match path.extension().is_some_and(|ending| ending == "xlsx") {
                true => unzipped(&path),
                false => std::fs::read_to_string(&path).expect("a result can be read"),
            };
            let name = path.strip_prefix(bench.path("")).expect("it is in there");
            found.push((name.display().to_string(), text));
        }
    }
    found
}

/// All that stands in the files of an archive.
fn unzipped(path: &Path) -> String {
    let file = std::fs::File::open(path).expect("it is there");
    let mut archive = zip::ZipArchive::new(file).expect("it is an archive");
    let mut text = String::new();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).expect("it is there");
        part.read_to_string(&mut text).expect("it is text");
    }
    text
}

/// Columns of the canonical form that name something.
const NAMING: [&str; 13] = [
    "id",
    "name",
    "local_name",
    "customer",
    "supplier",
    "contract",
    "document",
    "owner",
    "reason",
    "regulator",
    "notice",
    "item",
    "party",
];

/// What a register says that nobody is to learn.
fn secrets(bench: &Workbench, register: &str, pack: &[&str]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for command in ["convert", "check"] {
        let mut program = program(&bench.path(""));
        program
            .args([command, register, "-o", "open", "-q"])
            .args(pack);
        Run::of(&mut program);
    }
    for path in bench.files("open") {
        if path.extension().is_none_or(|ending| ending != "csv") {
            continue;
        }
        let table = rows(&std::fs::read_to_string(&path).expect("it is text"));
        let headings = table.first().cloned().unwrap_or_default();
        let is_issues = path.ends_with("register-issues.csv");
        for row in table.iter().skip(1) {
            for (heading, cell) in headings.iter().zip(row) {
                let names = match is_issues {
                    true => ["text", "column", "file"].contains(&heading.as_str()),
                    false => NAMING.contains(&heading.as_str()),
                };
                if names {
                    found.extend([cell.clone()]);
                    // A text that was too long is cut.
                    found.extend(cell.strip_suffix('…').map(str::to_owned));
                }
            }
        }
    }
    for file in bench.files(register) {
        let name = file.file_name().expect("a file has a name");
        found.push(name.to_string_lossy().into_owned());
    }
    found.push(register.to_owned());
    found.sort();
    found.dedup();
    // Numbers, days and rows are facts, which stay, and everybody's register has files of these names.
    let is_fact = |text: &str| {
        let is_row = text.starts_with("row ");
        let is_number = text.len() < 8 && text.parse::<f64>().is_ok();
        is_row || is_number || text.parse::<jiff::civil::Date>().is_ok()
    };
    let usual = [
        "parties.csv",
        "relationships.csv",
        "evidence.csv",
        "register.toml",
    ];
    // What a heading means in the canonical form is told.
    let is_canonical = |text: &str| {
        text.bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte == b'_')
    };
    found.retain(|text| text.chars().count() > 3 && !is_fact(text));
    found.retain(|text| !usual.contains(&text.as_str()));
    found.retain(|text| !text.contains('_') || !is_canonical(text));
    found
}

/// All that stands in the results of a register that names nobody.
fn usual_words(options: &[&str]) -> String {
    let bench = Workbench::empty()
        .with("neutral/parties.csv", "id,name\nx1,X1\nx2,X2\n")
        .with(
            "neutral/relationships.csv",
            "customer,supplier,id\nx1,x2,x3\n",
        );
    let results = results(&bench, "neutral", "out", options);
    results.into_iter().map(|(_, text)| text).collect()
}

/// Asserts that no secret of the register stands in any result, other than words that stand in the results of any
/// register under the pack.
#[track_caller]
fn check(bench: &Workbench, register: &str, pack: &[&str], langs: &[&str]) {
    let secrets = secrets(bench, register, pack);
    assert!(secrets.len() > 2, "{secrets:?}");
    // Of a large register, some from everywhere.
    let step = secrets.len().div_ceil(400);
    for lang in langs {
        let options = [pack, &["--lang", lang]].concat();
        let words = usual_words(&options);
        let options = [&options[..], &["--redact=key.csv"]].concat();
        let results = results(bench, register, &format!("shared-{lang}"), &options);
        let has_names = bench.read("key.csv").lines().count() > 3;
        assert!(has_names, "there is nothing to redact");
        let secrets = secrets.iter().step_by(step);
        for secret in secrets.filter(|secret| !words.contains(secret.as_str())) {
            for (name, text) in &results {
                if let Some(at) = text.find(secret.as_str()) {
                    let before: Vec<char> = text[..at].chars().rev().take(60).collect();
                    let before: String = before.into_iter().rev().collect();
                    let after: String = text[at..].chars().take(60).collect();
                    panic!("{register}, {name}: `{secret}` in …{before}{after}…");
                }
            }
        }
    }
}

/// A copy of a directory of this repository, without its pack.
fn copied(mut bench: Workbench, from: &str, to: &str) -> Workbench {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(from);
    let entries = std::fs::read_dir(&folder).expect("the directory is there");
    for entry in entries {
        let path = entry.expect("a directory can be listed").path();
        let name = path.file_name().expect("it has a name").to_string_lossy();
        let (from, to) = (format!("{from}/{name}"), format!("{to}/{name}"));
        bench = match path.is_dir() {
            true => copied(bench, &from, &to),
            false => bench.with(&to, std::fs::read(&path).expect("it can be read")),
        };
    }
    bench
}

#[test]
fn nothing_of_the_sample_is_told() {
    check(&sample(), "sample", &["--policy", "cn-cii"], &["en", "zh"]);
}

#[test]
fn nothing_of_contracts_of_canada_is_told() {
    let bench = copied(Workbench::empty(), "samples/canada-contracts", "gc-buyers");
    let pack = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/samples/canada-contracts/policy.toml"
    );
    check(&bench, "gc-buyers", &["--policy", pack], &["en"]);
}

#[test]
fn nothing_of_registers_in_known_formats_is_told() {
    for format in [
        "bods",
        "coupa",
        "dora-roi",
        "follow-the-money",
        "gleif-and-contracts",
        "nist-scrm",
        "ocds-flat",
        "usaspending-subawards",
    ] {
        let bench = copied(Workbench::empty(), "tests/formats/gleif", "gleif");
        let bench = copied(bench, &format!("tests/formats/{format}"), "vendored");
        check(&bench, "vendored", &[], &["zh"]);
    }
}

/// Flat tables with names for ids, in a workbook and in GB18030, with faults of every kind that quotes a cell.
#[test]
fn nothing_of_a_messy_register_is_told() {
    let contracts = "Buyer Co,Vendor Co,Ref no,Kind of thing,Where kept,Began,Worth,Money,Secret column\n\
        Harbourlight Bank,Mirthful Hosting Ltd,HB-2024-77,cloud-hosting,CN,2024-01-01,12000,CNY,whisper\n\
        Harbourlight Bank,Mirthful Hosting Limited,HB-2024-78,wondrous thing,Atlantis,2024-13-41,many,Doubloons,\n\
        \"Mirthful Hosting, Ltd\",Quietstone Guards,QS/9001,none;all,CN; Lemuria,soon,1.2.3,Guilders,murmur\n\
        Quietstone Guards,,QS/9002,,,,,,\n\
        Quietston Guards,=Formula Traders,QS/9003,it-services,DE,03/04/2024,,,\n\
        Harbourlight Bank,Mirthful Hosting Ltd,HB-2024-77,cloud-hosting,CN,2024-01-01,12000,CNY,whisper\n\
        江畔银行 Riverbank Holdings,云津科技有限公司,,cloud-hosting,CN,2024-01-01,,,\n";
    let people = "称谓,类别,状态\n江畔银行,Bankish,Designated-ish\nHarbourlight Bank,banking,designated\nHarbourlight Bank,energy,declared\n";
    let mapping = "[[table]]\nof = \"relationships\"\nfile = \"Vendorama 2026.xlsx\"\nsheet = \"Dealings\"\n\
        columns = { customer = \"Buyer Co\", supplier = \"Vendor Co\", contract = \"Ref no\", kind = \"Kind of thing\", data_location = \"Where kept\", \
        starts = \"Began\", amount = \"Worth\", currency = \"Money\" }\n\
        [[table]]\nof = \"parties\"\nfile = \"客户名录.csv\"\nencoding = \"gb18030\"\n\
        columns = { name = \"称谓\", sector = \"类别\", cii_status = \"状态\" }\n\
        [[assume]]\nof = \"relationship\"\nwhere = { customer = \"Quietstone Guards\" }\nset = { serves_cii = \"yes\" }\nreason = \"Agnes of Purchasing said so\"\n\
        [[assume]]\nof = \"party\"\nwhere = { name = \"Nobody Incorporated\" }\nset = { country = \"CN\" }\nreason = \"hearsay\"\n\
        [[same]]\nparty = \"Harbourlight Bank\"\nnames = [\"Harborlight Savings\"]\n";
    let (people, _, _) = encoding_rs::GB18030.encode(people);
    let bench = Workbench::empty()
        .with("vendored/register.toml", mapping)
        .with(
            "vendored/Vendorama 2026.xlsx",
            book([
                sheet("Dealings", contracts, 0),
                sheet("Scribbles", "a,b\nc,d\n", 0),
            ]),
        )
        .with("vendored/客户名录.csv", people);
    check(&bench, "vendored", &[], &["en", "zh"]);
    let issues = bench.read("open/register-issues.csv");
    for code in [
        "unknown-value",
        "bad-country",
        "bad-date",
        "ambiguous-date",
        "bad-number",
        "word-in-list",
        "missing-party",
        "unused-column",
        "formula-id",
        "merged-spelling",
        "similar-names",
        "idle-same",
        "duplicate-id",
    ] {
        assert!(issues.contains(code), "no {code}: {issues}");
    }
    let shared = bench.read("shared-en/analyze/assessment.json");
    for secret in [
        "Agnes",
        "hearsay",
        "Scribbles",
        "Dealings",
        "Nobody",
        "Secret column",
    ] {
        assert!(!shared.contains(secret), "{secret}");
    }
}

/// Two registers that say the same of other parties: whoever gets the results cannot tell them apart.
#[test]
fn registers_that_differ_in_names_only_give_the_same_bytes() {
    let bench = sample();
    // Backwards, so that what is sorted by names is sorted otherwise.
    let turned = |cell: &str| match cell.to_lowercase().as_str() {
        "" | "all" | "none" | "unknown" => cell.to_owned(),
        _ => cell.chars().rev().collect(),
    };
    let mut other = Workbench::empty();
    for name in ["parties.csv", "relationships.csv", "evidence.csv"] {
        let table = rows(&bench.read(&format!("sample/{name}")));
        let headings = table[0].clone();
        let mut out = csv::Writer::from_writer(Vec::new());
        out.write_record(&headings).expect("memory takes it");
        for row in &table[1..] {
            let cells = headings
                .iter()
                .zip(row)
                .map(|(heading, cell)| match heading.as_str() {
                    "supports" => {
                        let names: Vec<String> =
                            cell.split(';').map(|name| turned(name.trim())).collect();
                        names.join(";")
                    }
                    "relationship" => turned(cell),
                    heading if NAMING.contains(&heading) => turned(cell),
                    _ => cell.clone(),
                });
            out.write_record(cells).expect("memory takes it");
        }
        other = other.with(
            &format!("elsewhere/{name}"),
            out.into_inner().expect("memory takes it"),
        );
    }
    for lang in ["en", "zh"] {
        let options = ["--policy", "cn-cii", "--lang", lang, "--redact"];
        let one = results(&bench, "sample", "out", &options);
        let two = results(&other, "elsewhere", "out", &options);
        for ((name, one), (_, two)) in one.iter().zip(&two) {
            assert!(one == two, "{name} differs");
        }
        assert_eq!(one.len(), two.len());
    }
}

#[test]
fn nothing_of_answers_is_told() {
    let form = "key,question,choices,answer,document,issued,expires\n\
        R30.access,,,badgering,,,\n\
        R30.data_location,,,DE,,,\n\
        R11.access,,,physical,,,\n\
        Nobody Ltd.access,,,user,,,\n\
        halvoro/background-check/duty,,,,Pledge of the night desk,2026-09-01,\n\
        halvoro/no-such-duty/duty,,,,Another pledge,soon,\n";
    let bench = sample().with("Halvoro reply.csv", form);
    for lang in ["en", "zh"] {
        let options = [
            "--policy",
            "cn-cii",
            "--lang",
            lang,
            "--answers",
            "Halvoro reply.csv",
            "--redact",
        ];
        let results: Vec<_> = results_of(
            &bench,
            &["analyze", "ask", "check", "convert"],
            "sample",
            &format!("out-{lang}"),
            &options,
        );
        for (name, text) in &results {
            for secret in [
                "Halvoro",
                "halvoro",
                "Nobody",
                "badgering",
                "pledge",
                "Pledge",
                "no-such",
            ] {
                assert!(!text.contains(secret), "{name} tells {secret}");
            }
        }
        let json = results
            .iter()
            .find(|(name, _)| name.ends_with("assessment.json"));
        let json = &json.expect("it was written").1;
        let taken = if lang == "en" { "answers-1" } else { "答复1" };
        assert!(json.contains(taken), "{taken} is not told");
    }
}

/// The name of one file of answers may begin with that of another.
#[test]
fn an_answer_is_told_of_the_file_that_it_is_in() {
    let bench = Workbench::new()
        .with(
            "register/relationships.csv",
            RELATIONSHIPS.replace("yes,remote", "yes,"),
        )
        .with("a.csv", "key,answer\nR2.access,\n")
        .with("a.csv.md", "Key|Answer\n---|---\nR2.access|remote\n");
    let run = bench.run("explain register guard --answers a.csv --answers a.csv.md --redact");
    run.exit(0).prints("answers-2:3 Answer (self-declared)");
}
