//! What letters must not tell.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use ciiflow::lang::Lang;
use ciiflow::policy::{AskedOf, Policy};

use super::{Files, REVIEWED, keys, letters};
use crate::workbench::{Run, program};

/// A row of a table, by its headings.
type Row = BTreeMap<String, String>;

/// A cell; blank where the table has no such column.
fn cell(row: &Row, column: &str) -> String {
    row.get(column).cloned().unwrap_or_default()
}

fn rows(table: &Path) -> Vec<Row> {
    let text = std::fs::read_to_string(table).expect("it was written");
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let rows = reader.deserialize().map(|row| row.expect("it is CSV"));
    rows.collect()
}

/// The words of a text, with what ids and references have inside them.
fn words(text: &str) -> BTreeSet<&str> {
    let is_inside = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    text.split(|c| !is_inside(c)).collect()
}

/// A sample, the pack it is read under, the day, and which of its customers write.
struct Sample {
    name: &'static str,
    pack: &'static str,
    day: &'static str,
    writes: fn(&str) -> bool,
}

/// Between two parties, what nobody else may be told.
#[test]
fn no_letter_tells_of_anybody_but_its_sender_and_recipient() {
    let samples = [
        Sample {
            name: "cloud-partner",
            pack: include_str!("../../../src/policy/packs/cn-cii.toml"),
            day: "2026-11-01",
            writes: |_| true,
        },
        Sample {
            name: "canada-contracts",
            pack: include_str!("../../../samples/canada-contracts/policy.toml"),
            day: "2020-01-01",
            // All of them would take minutes.
            writes: |id| id == "Canada Border Services Agency",
        },
    ];
    for sample in samples {
        let (written, asked) = check(&sample);
        assert!(written > 5, "{}: {written} letters", sample.name);
        assert!(asked > 5, "{}: {asked} rows to fill in", sample.name);
    }
}

/// Writes the letters of a sample and looks for what they must not say; gives how many there are, and their rows.
fn check(sample: &Sample) -> (usize, usize) {
    let policy = Policy::parse(sample.pack, sample.name).expect("the pack is good");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let out = tempfile::tempdir().expect("a temporary directory can be made");
    let run = |arguments: &[&str], to: &Path| {
        let mut command = program(&root);
        command.args(arguments).arg("--quiet").arg("-o").arg(to);
        Run::of(&mut command)
    };
    let canonical = out.path().join("canonical");
    run(&["convert", sample.name], &canonical).exit(0);
    let mut parties = rows(&canonical.join("parties.csv"));
    let relationships = rows(&canonical.join("relationships.csv"));
    parties.extend(implied(&parties, &relationships));
    let customers: BTreeSet<&str> = relationships.iter().map(|row| &*row["customer"]).collect();
    let (mut written, mut asked) = (0, 0);
    for sender in customers.into_iter().filter(|id| (sample.writes)(id)) {
        let to = out.path().join("letters-of").join(format!("{written}"));
        let arguments = [
            &["letter", sample.name, "--all", "--from", sender][..],
            &["--in", "both", "--as-of", sample.day],
            &REVIEWED,
        ];
        run(&arguments.concat(), &to);
        let suppliers: BTreeSet<&str> = relationships
            .iter()
            .filter(|row| row["customer"] == sender)
            .map(|row| &*row["supplier"])
            .collect();
        let found = letters(&to);
        written += found.len();
        for files in found.values() {
            let page = files.plain_page();
            let is_named = |party: &&Row| {
                let begins = format!("# Request to {} about what it delivers", party["name"]);
                suppliers.contains(&*party["id"]) && page.starts_with(&begins)
            };
            let recipient = parties
                .iter()
                .find(is_named)
                .expect("it names its recipient");
            let ends = [sender, &recipient["id"]];
            asked += checked(files, ends, &parties, &relationships, &policy);
        }
    }
    (written, asked)
}

/// The parties that only relationships name.
fn implied(parties: &[Row], relationships: &[Row]) -> Vec<Row> {
    let listed: BTreeSet<&str> = parties.iter().map(|row| &*row["id"]).collect();
    let ends = relationships.iter();
    let ends = ends.flat_map(|row| ["customer", "supplier"].map(|end| row[end].clone()));
    let implied: BTreeSet<String> = ends.filter(|id| !listed.contains(&**id)).collect();
    let row = |id: String| {
        let cells = [
            ("id", id.clone()),
            ("name", id),
            ("local_name", String::new()),
        ];
        cells.map(|(column, cell)| (column.to_owned(), cell)).into()
    };
    implied.into_iter().map(row).collect()
}

/// Looks through one letter; gives how many rows it has to be filled in.
fn checked(
    files: &Files,
    ends: [&str; 2],
    parties: &[Row],
    relationships: &[Row],
    policy: &Policy,
) -> usize {
    let text = files.all();
    let names = |party: &Row| {
        let names = ["name", "local_name", "id"].map(|column| cell(party, column));
        names.into_iter().filter(|name| !name.is_empty())
    };
    let is_end = |party: &&Row| ends.contains(&&*party["id"]);
    let mut own: Vec<String> = parties.iter().filter(is_end).flat_map(names).collect();
    own.sort_by_key(|name| std::cmp::Reverse(name.len()));
    let masked = own
        .iter()
        .fold(text.clone(), |text, name| text.replace(&**name, "…"));
    let shown = policy_words(policy);
    let masked_words: BTreeSet<&str> = masked.split(|c: char| !c.is_ascii_alphanumeric()).collect();
    for other in parties
        .iter()
        .filter(|party| !is_end(party))
        .flat_map(names)
    {
        // A party may be called like a word of the pack.
        // Most names are told apart by their first word.
        let first = other.split(|c: char| !c.is_ascii_alphanumeric()).next();
        if other.is_ascii() && first.is_some_and(|first| !masked_words.contains(first)) {
            continue;
        }
        let is_told = masked.contains(&other) && !shown.contains(&other);
        assert!(!is_told, "{ends:?} are told of {other}:\n{masked}");
    }
    let between = |row: &Row| row["customer"] == ends[0] && row["supplier"] == ends[1];
    let (own, others): (Vec<_>, Vec<_>) = relationships.iter().partition(|row| between(row));
    let references = |rows: &[&Row]| -> BTreeSet<String> {
        let cells = rows
            .iter()
            .flat_map(|row| ["id", "contract"].map(|column| cell(row, column)));
        cells.filter(|cell| !cell.is_empty()).collect()
    };
    let own = references(&own);
    let told = words(&text);
    for reference in references(&others).difference(&own) {
        assert!(
            !told.contains(reference.as_str()),
            "{ends:?} are told of {reference}"
        );
    }
    let origin = policy.fact(policy.origin.fact);
    for label in origin
        .values
        .iter()
        .filter_map(|value| value.label.as_ref())
    {
        for lang in [Lang::En, Lang::Zh] {
            let label = label.get(lang);
            assert!(
                !masked.contains(label),
                "{ends:?} are told of “{label}”:\n{text}"
            );
        }
    }
    for word in ["national security", "国家安全", "designat", "认定状态"] {
        assert!(
            !masked.contains(word),
            "{ends:?} are told of {word}:\n{text}"
        );
    }
    let keys = keys(&files.table);
    for key in keys.iter().filter(|key| !key.contains('/')) {
        let (_, name) = key.rsplit_once('.').expect("a question is of a fact");
        let fact = policy.facts.iter().position(|fact| fact.name == name);
        let fact = &policy.facts[fact.expect("of one that there is")];
        assert_eq!(fact.asked_of, Some(AskedOf::Supplier), "{key}");
    }
    keys.len()
}

/// All that a pack says of its obligations.
fn policy_words(policy: &Policy) -> String {
    let steps = policy.obligations.iter().flat_map(|obligation| {
        [&obligation.direct, &obligation.onward]
            .into_iter()
            .flatten()
    });
    let texts = steps.flat_map(|step| {
        let accepted = step.evidence.accepts.iter().map(|accepted| &accepted.text);
        step.duty.iter().chain(&step.clause).chain(accepted)
    });
    let titles = policy
        .obligations
        .iter()
        .map(|obligation| &obligation.title);
    let all = texts.chain(titles).chain([&policy.title]);
    let all = all.flat_map(|text| [Lang::En, Lang::Zh].map(|lang| text.get(lang).to_owned()));
    all.collect()
}
