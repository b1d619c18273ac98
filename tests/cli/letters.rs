//! `letter`: what reaches a supplier by its own contracts, and nothing of anybody else.

mod form;
mod offered;
mod privacy;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

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
