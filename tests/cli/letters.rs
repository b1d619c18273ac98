//! `letter`: what reaches a supplier by its own contracts, and nothing of anybody else.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use ciiflow::lang::Lang;
use ciiflow::policy::{AskedOf, Policy};

use super::workbench::{Run, Workbench, program};

const REVIEWED: [&str; 2] = ["--reviewed-by", "R. Reviewer"];

/// The text of a document of a word processor, which has to be well-formed in every part.
fn document(bytes: &[u8]) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("it is an archive");
    let mut text = String::new();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).expect("it is there");
        let mut xml = String::new();
        part.read_to_string(&mut xml).expect("it is text");
        let mut reader = quick_xml::Reader::from_str(&xml);
        reader.config_mut().check_end_names = true;
        let mut depth = 0_i32;
        loop {
            use quick_xml::events::Event;
            match reader.read_event().expect("it is well-formed") {
                Event::Start(_) => depth += 1,
                Event::End(end) => {
                    depth -= 1;
                    if end.name().as_ref() == "w:p" {
                        text.push('\n');
                    }
                }
                Event::Text(part) => text += &*part,
                Event::GeneralRef(name) => {
                    text +=
                        quick_xml::escape::resolve_predefined_entity(&name).expect("it is known");
                }
                Event::Eof => break,
                _ => {}
            }
        }
        assert_eq!(depth, 0);
    }
    text
}

/// What the three files of a letter say.
struct Files {
    page: String,
    document: String,
    table: String,
}

impl Files {
    /// The page without the signs that keep text from being markup.
    fn plain_page(&self) -> String {
        let page = self.page.replace('\\', "");
        let page = page.replace("&lt;", "<").replace("&gt;", ">");
        page.replace("&amp;", "&")
    }

    fn all(&self) -> String {
        [&self.plain_page(), &*self.document, &self.table].concat()
    }
}

/// Every letter below a directory, by the name of its files.
fn letters(out: &Path) -> BTreeMap<String, Files> {
    let Ok(entries) = std::fs::read_dir(out.join("letters")) else {
        return BTreeMap::new();
    };
    let paths = entries.map(|entry| entry.expect("it can be listed").path());
    let pages = paths.filter(|path| path.extension().is_some_and(|ending| ending == "md"));
    let letters = pages.map(|page| {
        let read =
            |ending: &str| std::fs::read(page.with_extension(ending)).expect("it was written");
        let text = |ending: &str| String::from_utf8(read(ending)).expect("it is UTF-8");
        let stem = page.file_stem().expect("it has a name").to_string_lossy();
        let files = Files {
            page: text("md"),
            document: document(&read("docx")),
            table: text("csv"),
        };
        (stem.into_owned(), files)
    });
    letters.collect()
}

/// The keys of a table to fill in.
fn keys(table: &str) -> Vec<String> {
    let table = table.trim_start_matches('\u{feff}');
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let rows = reader.records().map(|row| row.expect("it is CSV"));
    rows.map(|row| row[0].to_owned()).collect()
}

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
            pack: include_str!("../../src/policy/packs/cn-cii.toml"),
            day: "2026-11-01",
            writes: |_| true,
        },
        Sample {
            name: "canada-contracts",
            pack: include_str!("../../samples/canada-contracts/policy.toml"),
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

/// A bank that is an operator, its host, and what the host buys, under the embedded pack.
const PARTIES: &str = "id,name,local_name,country,cii_status\n\
    bank,Harbour Bank,海港银行,CN,designated\n\
    host,Cloud Host,云主机,SG,\n\
    maker,Chip Maker,芯片商,CN,\n\
    nobody,Nobody Knows,,,\n\
    abroad,Far Away,,DE,\n";
const HEAD: &str = "id,customer,supplier,supports,contract,kind,serves_cii,access,access_location,data,data_location,national_security,product_category,cryptography,catalogued\n";

fn bench(rows: &str) -> Workbench {
    Workbench::empty()
        .with("register/parties.csv", PARTIES)
        .with("register/relationships.csv", format!("{HEAD}{rows}"))
}

#[track_caller]
fn letter(bench: &Workbench, arguments: &str) -> Run {
    bench.run(&format!(
        "letter register -o out --policy cn-cii {arguments}"
    ))
}

/// What of a contract is unknown, that a rule looks at, and the supplier can tell.
#[test]
fn the_form_asks_for_what_is_open_and_the_supplier_can_tell() {
    let known = "SG,personal,CN,no,none-of-these,no,no";
    for (row, expected) in [
        (format!("R1,bank,host,,C,other,yes,remote,{known}"), &[][..]),
        (
            format!("R1,bank,host,,C,other,yes,,{known}"),
            &["R1.access"],
        ),
        // In words that the register does not have, and in part.
        (
            format!("R1,bank,host,,C,other,yes,telepathy,{known}"),
            &["R1.access"],
        ),
        (
            "R1,bank,host,,C,other,yes,remote,CN,personal,CN;Pool 3,no,none-of-these,no,no"
                .to_owned(),
            &["R1.data_location"],
        ),
        // No rule looks at access where the contract does not serve the critical systems.
        (format!("R1,bank,host,,C,other,no,,{known}"), &[]),
        // Whose contract has no id is called by its row.
        (
            format!(",bank,host,,C,other,yes,,{known}"),
            &["row 2.access"],
        ),
        // Asked of the customer, or of the operator: what data it gets, what it delivers, whether that matters to anybody.
        (
            "R1,bank,host,,C,,,remote,CN,,CN,,cloud-service,no,no".to_owned(),
            &[],
        ),
        (
            "R1,bank,host,,C,cloud-hosting,yes,none,none,none,none,yes,,,".to_owned(),
            &["R1.product_category", "R1.cryptography"],
        ),
    ] {
        let bench = bench(&format!("{row}\n"));
        letter(&bench, "host --from bank").exit(0);
        let keys = keys(&bench.read("out/letters/host.csv"));
        let asked: Vec<&str> = keys
            .iter()
            .map(String::as_str)
            .filter(|key| !key.contains('/'))
            .collect();
        assert_eq!(asked, expected, "{row}");
        let page = bench.read("out/letters/host.md");
        let is_form = page.contains("| Key | Question | Possible answers | Answer |");
        assert_eq!(is_form, !expected.is_empty(), "{page}");
    }
}

/// A document that shows something for another customer is not told of, and shows nothing here.
#[test]
fn documents_are_told_by_their_days_and_only_those_of_the_contracts_with_the_sender() {
    let rows = "R1,bank,host,,C-1,operations-maintenance,yes,remote,CN,none,none,no,none-of-these,no,no\n\
        R2,abroad,host,,C-2,operations-maintenance,yes,remote,CN,none,none,no,none-of-these,no,no\n";
    let on_file = "R1/background-check/clause";
    for (evidence, says, is_asked) in [
        (
            "host,background-check,R1,clause,Deed for Far Away,2025-01-01,,accepted",
            "On file, issued 2025-01-01",
            false,
        ),
        (
            "host,background-check,R1,clause,Deed,2025-01-01,2025-12-01,accepted",
            "ended 2025-12-01; please renew",
            true,
        ),
        (
            "host,background-check,R1,clause,Deed,2025-01-01,2026-02-01,accepted",
            "to 2026-02-01; please renew",
            true,
        ),
        (
            "host,background-check,R2,clause,Deed,2025-01-01,,accepted",
            "",
            true,
        ),
        (
            "host,background-check,R1,clause,Deed,2025-01-01,,draft",
            "",
            true,
        ),
    ] {
        let bench = bench(rows).with(
            "register/evidence.csv",
            format!(
                "party,obligation,relationship,shows,document,issued,expires,status\n{evidence}\n"
            ),
        );
        letter(&bench, "host --from bank").exit(0);
        let page = bench.read("out/letters/host.md");
        assert!(
            page.contains(says) && !page.contains("Deed"),
            "{evidence}:\n{page}"
        );
        assert_eq!(page.contains("2025-01-01"), !says.is_empty(), "{evidence}");
        let keys = keys(&bench.read("out/letters/host.csv"));
        assert_eq!(keys.contains(&on_file.to_owned()), is_asked, "{evidence}");
    }
    // The same for what shows the duty: it serves all contracts with the sender, and no other.
    for (relationship, is_asked) in [("", false), ("R1", false), ("R2", true)] {
        let evidence =
            format!("host,background-check,{relationship},duty,Deed,2025-12-01,,accepted");
        let bench = bench(rows).with(
            "register/evidence.csv",
            format!(
                "party,obligation,relationship,shows,document,issued,expires,status\n{evidence}\n"
            ),
        );
        letter(&bench, "host --from bank").exit(0);
        let keys = keys(&bench.read("out/letters/host.csv"));
        assert_eq!(
            keys.contains(&"host/background-check/duty".to_owned()),
            is_asked,
            "{evidence}"
        );
    }
}

/// What the pack wants reviewed is not written before, and unknown is never no.
#[test]
fn letters_that_need_a_review_are_refused_without() {
    let row = |supplier: &str| {
        format!(
            "R-{supplier},bank,{supplier},,C,network-service,yes,remote,CN,personal,CN,no,none-of-these,no,no\n"
        )
    };
    for (supplier, is_reviewed) in [
        ("host", false),
        ("maker", true),
        ("nobody", true),
        ("abroad", false),
    ] {
        let bench = bench(&row(supplier));
        let run = letter(&bench, supplier);
        if !is_reviewed {
            run.exit(0);
            let page = bench.read(&format!("out/letters/{supplier}.md"));
            assert!(!page.contains("834"), "{page}");
            continue;
        }
        run.exit(2)
            .says("--reviewed-by")
            .says(&format!("({supplier})"));
        bench.nothing_written();
        letter(&bench, &format!("{supplier} --lang zh"))
            .exit(2)
            .says("须经复核");
        letter(&bench, &format!("{supplier} --reviewed-by Reviewer")).exit(0);
        for ending in ["md", "csv"] {
            let letter = bench.read(&format!("out/letters/{supplier}.{ending}"));
            assert!(!letter.contains("Reviewer"), "{letter}");
        }
        let page = bench.read(&format!("out/letters/{supplier}.md"));
        assert!(
            page.contains("Order 834") && page.contains("(secondary source)"),
            "{page}"
        );
        assert!(
            bench
                .read("out/letters.md")
                .contains("Reviewed by Reviewer")
        );
    }
    // One that needs it holds all of them back.
    let bench = bench(&(row("host") + &row("maker")));
    letter(&bench, "--all")
        .exit(2)
        .says("Chip Maker (maker)")
        .never_says("Cloud Host");
    bench.nothing_written();
}

/// Who writes to whom, and what is said where nobody can.
#[test]
fn senders_and_recipients() {
    let facts = "network-service,yes,remote,CN,personal,CN,no,none-of-these,no,no";
    let bench = bench(&format!(
        "R1,bank,host,,C,{facts}\nR2,bank,abroad,,C,{facts}\nR3,host,abroad,R1,C,{facts}\n\
         R4,abroad,maker,,C,other,no,none,none,none,none,no,none-of-these,no,no\nR5,host,host,all,C,{facts}\n"
    ));
    for (arguments, code, says, writes) in [
        ("host", 0, "", &["host"][..]),
        ("host bank", 2, "`bank` has no customer", &[]),
        (
            "abroad",
            2,
            "--from PARTY in whose name the letter is written (bank, host)",
            &[],
        ),
        ("abroad --from host", 0, "", &["abroad"]),
        ("abroad host --from bank", 0, "", &["abroad", "host"]),
        ("host host", 0, "", &["host"]),
        (
            "host --from abroad",
            2,
            "`host` delivers nothing to `abroad` on 2026-01-01; its customers are: bank",
            &[],
        ),
        (
            "maker",
            2,
            "nothing reaches it through its contracts with Far Away",
            &[],
        ),
        ("maker host", 0, "", &["host"]),
        ("nobdy", 2, "did you mean `nobody`?", &[]),
        ("--all", 2, "--from PARTY", &[]),
        ("--all --from bank", 0, "", &["abroad", "host"]),
        ("--all --from maker", 2, "`maker` has no supplier", &[]),
        ("--all host", 2, "cannot be used with", &[]),
        ("--from bank", 2, "required", &[]),
        (
            "host --by 2025-12-31",
            2,
            "before the day of the letters",
            &[],
        ),
        ("host --reviewed-by=", 2, "write a name", &[]),
    ] {
        let _ = std::fs::remove_dir_all(bench.path("out"));
        letter(&bench, arguments).exit(code).says(says);
        let found: Vec<String> = letters(&bench.path("out")).into_keys().collect();
        assert_eq!(found, writes, "{arguments}");
        assert_eq!(
            bench.path("out/letters.md").exists(),
            code == 0,
            "{arguments}"
        );
    }
    letter(&bench, "maker host")
        .exit(0)
        .prints("Chip Maker: no letter");
    assert!(
        bench
            .read("out/letters.md")
            .contains("Chip Maker (maker): nothing reaches it")
    );
}

/// Ids and names that are markup, formulas, paths or devices.
#[test]
fn whatever_a_party_is_called_its_letter_is_safe() {
    let long = "x".repeat(300);
    let ids = [
        "../x",
        "CON",
        "a/b",
        "a:b",
        "Host",
        "host",
        "=1+1",
        "<b>|`",
        &long,
        "云 主机",
        "..",
        "a\u{1}b",
    ];
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let name = "<script>alert(1)</script> | ](x) & \"Co\" \u{1}\n**bold**";
    let mut parties = String::from("id,name,country,cii_status\nbank,Bank,CN,designated\n");
    let mut relationships = String::from("id,customer,supplier,contract,kind,serves_cii,access\n");
    for (number, id) in ids.iter().enumerate() {
        parties += &format!("{},{},DE,\n", quoted(id), quoted(name));
        relationships += &format!(
            "{},bank,{},{},network-service,yes,\n",
            quoted(&format!("=R|{number}")),
            quoted(id),
            quoted("</w:t>&")
        );
    }
    let bench = Workbench::empty()
        .with("register/parties.csv", parties)
        .with("register/relationships.csv", relationships);
    letter(&bench, "--all --from bank --in both").exit(0);
    let files = bench.files("out");
    assert_eq!(files.len(), 3 * ids.len() + 1, "{files:?}");
    let folder = bench.path("out/letters");
    let is_inside = |file: &&PathBuf| file.parent() == Some(&*folder);
    assert_eq!(files.iter().filter(is_inside).count(), 3 * ids.len());
    let told: BTreeSet<String> = files
        .iter()
        .map(|file| file.to_string_lossy().to_lowercase())
        .collect();
    assert_eq!(
        told.len(),
        files.len(),
        "two names are one where capitals do not count"
    );
    for file in &files {
        let bytes = std::fs::read(file).expect("it can be read");
        match file.extension().and_then(|ending| ending.to_str()) {
            Some("docx") => assert!(document(&bytes).contains("<script>alert(1)</script>")),
            Some("csv") => {
                let keys = keys(&String::from_utf8_lossy(&bytes));
                assert!(
                    keys.len() > 1 && keys.iter().all(|key| !key.starts_with('=')),
                    "{keys:?}"
                );
            }
            _ => {
                let page = String::from_utf8(bytes).expect("it is UTF-8");
                assert!(
                    !page.contains("<script>") && !page.contains("</w:t>"),
                    "{page}"
                );
                let rows = page
                    .lines()
                    .filter(|line| line.starts_with("| '") || line.starts_with("| ="));
                let columns = |row: &str| row.replace("\\|", "").matches('|').count();
                assert!(
                    rows.map(columns).all(|count| count == 5 || count == 6),
                    "{page}"
                );
            }
        }
    }
}

#[test]
fn the_same_register_gives_the_same_bytes() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let out = tempfile::tempdir().expect("a temporary directory can be made");
    let all = |threads: &str| -> Vec<(PathBuf, Vec<u8>)> {
        let to = out.path().join(threads);
        let mut command = program(&samples);
        command.args(["letter", "cloud-partner", "--all", "--from", "yunzhouqiao"]);
        command.args([
            "--as-of",
            "2026-11-01",
            "--in",
            "both",
            "--threads",
            threads,
            "-o",
        ]);
        Run::of(command.arg(&to).args(REVIEWED)).exit(0);
        let files = std::fs::read_dir(to.join("letters")).expect("it is there");
        let mut files: Vec<_> = files
            .map(|file| file.expect("it can be listed").path())
            .map(|path| {
                (
                    PathBuf::from(path.file_name().expect("a name")),
                    std::fs::read(&path).expect("it can be read"),
                )
            })
            .collect();
        files.sort();
        files
    };
    let one = all("1");
    assert!(one.len() > 20 && one == all("3"));
}

#[test]
fn a_letter_as_people_read_it() {
    let facts = "network-service,yes,,,personal,SG,no,none-of-these,no,no";
    let bench = bench(&format!("R1,bank,host,,C-1,{facts}\n")).with(
        "register/evidence.csv",
        "party,obligation,relationship,shows,document,issued,expires,status\n\
         host,security-agreement,R1,clause,Deed,2025-01-01,,accepted\n\
         host,data-handling,R1,duty,Record,2024-01-01,,accepted\n",
    );
    for language in ["en", "zh", "both"] {
        let run = letter(&bench, &format!("host --in {language} --lang zh"));
        run.exit(0).prints("海港银行 致 云主机");
        let (page, table) = (
            bench.read("out/letters/host.md"),
            bench.read("out/letters/host.csv"),
        );
        insta::assert_snapshot!(format!("letter_{language}"), format!("{page}\n{table}"));
        let document =
            document(&std::fs::read(bench.path("out/letters/host.docx")).expect("it was written"));
        for line in ["R1.access", "R1/data-handling/duty"] {
            assert!(document.contains(line), "{document}");
        }
    }
    insta::assert_snapshot!("letters_index", bench.read("out/letters.md"));
}

/// What may be asked, and what has to be told, stands in the pack.
#[test]
fn the_pack_says_what_is_asked_and_told() {
    let house = include_str!("policy.toml")
        .replace("asked_of = \"customer\"", "asked_of = \"supplier\"")
        .replace(
            "type = \"countries\"",
            "type = \"countries\"\nasked_of = \"supplier\"",
        )
        + "\n[[obligation]]\nid = \"rank-check\"\ntitle = { en = \"Rank\" }\n\
           [obligation.direct]\nwhen = { supplier = { rank = \"plain\" } }\n";
    let notice =
        "[[letter.notice]]\nwhen = { staff = { at_least = 100 } }\ntext = { en = \"Be told.\" }\n";
    for (letter, asked, is_told, code) in [
        ("", &["R3.access", "dish.country"][..], false, 0),
        (
            "[letter]\nwithhold = [\"access\"]\n",
            &["dish.country"],
            false,
            0,
        ),
        (
            "[letter]\nwithhold = [\"access\", \"country\"]\n",
            &[],
            false,
            0,
        ),
        (notice, &["R3.access", "dish.country"], true, 0),
        (
            &notice.replace("100 ", "5 "),
            &["R3.access", "dish.country"],
            true,
            0,
        ),
        (&notice.replace("text", "review = true\ntext"), &[], true, 2),
        (
            "[[letter.notice]]\ntext = { en = \"Be told.\" }\n",
            &["R3.access", "dish.country"],
            true,
            0,
        ),
    ] {
        // Of the dish nothing is known, so a notice about its staff is told.
        let bench = Workbench::new()
            .with("policy.toml", format!("{house}{letter}"))
            .parties("dish,Dish,,,,,\n")
            .relationships("R3,bank,dish,,C-3,,,yes,\n");
        bench
            .run("letter register dish --from bank -o out")
            .exit(code);
        if code != 0 {
            bench.nothing_written();
            continue;
        }
        let keys = keys(&bench.read("out/letters/dish.csv"));
        let questions: Vec<&String> = keys.iter().filter(|key| !key.contains('/')).collect();
        assert_eq!(questions, asked, "{letter}");
        assert_eq!(
            bench.read("out/letters/dish.md").contains("Be told."),
            is_told,
            "{letter}"
        );
    }
    // Of a party of which it is known that it does not hold, it is not told.
    let bench = Workbench::new().with("policy.toml", format!("{house}{notice}"));
    bench.run("letter register host -o out").exit(0);
    assert!(!bench.read("out/letters/host.md").contains("Be told."));
}
