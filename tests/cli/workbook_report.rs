//! `report.xlsx`, read back as a spreadsheet would.

mod limits;
mod returned;
mod rows;

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::path::Path;

use calamine::{Data, Reader, Xlsx};

use super::workbench::{Run, Workbench, program};

const EN: [&str; 8] = [
    "Summary",
    "Findings",
    "Clauses",
    "Parties",
    "Questions",
    "Screening",
    "Register issues",
    "Method",
];
const ZH: [&str; 8] = [
    "摘要",
    "结论",
    "条款",
    "主体",
    "问题",
    "筛查",
    "台账问题",
    "方法",
];

/// A workbook that was written: its sheets and its parts.
struct Book {
    sheets: Xlsx<Cursor<Vec<u8>>>,
    parts: BTreeMap<String, String>,
}

/// The rows of a table, each cell by its heading.
type Rows = Vec<BTreeMap<String, Data>>;

impl Book {
    /// Opens it, which finds every part well formed and no formula in any.
    #[track_caller]
    fn open(path: &Path) -> Book {
        let bytes = std::fs::read(path).expect("it is written");
        let mut archive =
            zip::ZipArchive::new(Cursor::new(bytes.clone())).expect("it is an archive");
        let mut parts = BTreeMap::new();
        for at in 0..archive.len() {
            let mut part = archive.by_index(at).expect("it is whole");
            let mut text = String::new();
            part.read_to_string(&mut text).expect("parts are UTF-8");
            let name = part.name().expect("it is UTF-8").into_owned();
            check_xml(&name, &text);
            parts.insert(name, text);
        }
        let sheets = Xlsx::new(Cursor::new(bytes)).expect("it opens");
        Book { sheets, parts }
    }

    fn names(&self) -> Vec<String> {
        self.sheets.sheet_names().to_vec()
    }

    /// Every cell of a sheet.
    #[track_caller]
    fn cells(&mut self, sheet: &str) -> Vec<Vec<Data>> {
        let range = self.sheets.worksheet_range(sheet);
        let range = range.unwrap_or_else(|error| panic!("{sheet}: {error}"));
        range.rows().map(<[Data]>::to_vec).collect()
    }

    /// The table of a sheet, without what stands below it.
    #[track_caller]
    fn table(&mut self, sheet: &str) -> Rows {
        let cells = self.cells(sheet);
        let headings: Vec<String> = cells[0].iter().map(text).collect();
        assert!(
            headings.iter().all(|heading| !heading.is_empty()),
            "{headings:?}"
        );
        let is_said = |row: &&Vec<Data>| row.iter().any(|cell| *cell != Data::Empty);
        let rows = cells[1..].iter().take_while(is_said);
        let named = rows.map(|row| headings.iter().cloned().zip(row.iter().cloned()).collect());
        named.collect()
    }

    /// All texts of a sheet, one a line.
    fn words(&mut self, sheet: &str) -> String {
        let cells = self.cells(sheet).into_iter().flatten();
        let texts: Vec<String> = cells.map(|cell| text(&cell)).collect();
        texts.join("\n")
    }

    fn part(&self, name: &str) -> &str {
        &self.parts[name]
    }
}

/// Asserts that a part is sound XML, in which nothing is calculated.
#[track_caller]
fn check_xml(name: &str, text: &str) {
    let mut reader = quick_xml::Reader::from_str(text);
    loop {
        match reader.read_event() {
            Ok(quick_xml::events::Event::Eof) => break,
            Ok(quick_xml::events::Event::Start(start) | quick_xml::events::Event::Empty(start)) => {
                assert_ne!(start.name().as_ref(), "f", "{name} has a formula");
            }
            Ok(_) => {}
            Err(error) => panic!("{name}: {error}"),
        }
    }
    let is_sound = |c: char| c >= ' ' || matches!(c, '\t' | '\n' | '\r');
    assert!(
        text.chars().all(is_sound),
        "{name} has what XML cannot hold"
    );
}

fn text(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::String(text) => text.clone(),
        Data::Float(number) => number.to_string(),
        Data::DateTime(day) => {
            let days = day.as_f64() as i64;
            let first = jiff::civil::date(1899, 12, 30);
            let day = first.checked_add(jiff::Span::new().days(days));
            day.expect("it is a day").to_string()
        }
        other => panic!("a cell holds {other:?}"),
    }
}

/// The rows of a CSV file that was written beside, without guards.
fn csv_rows(path: &Path) -> Vec<BTreeMap<String, String>> {
    let bytes = std::fs::read(path).expect("it is written");
    let bytes = bytes
        .strip_prefix("\u{FEFF}".as_bytes())
        .expect("it has a mark");
    let mut reader = csv::Reader::from_reader(bytes);
    let headings = reader.headers().expect("it has headings").clone();
    let rows = reader.records().map(|row| {
        let row = row.expect("it is sound");
        let cells = row
            .iter()
            .map(|cell| cell.strip_prefix('\'').unwrap_or(cell).to_owned());
        headings.iter().map(str::to_owned).zip(cells).collect()
    });
    rows.collect()
}

/// Runs `analyze` on a sample, and opens what it writes beside the tables.
#[track_caller]
fn sample(name: &str, day: &str, lang: &str, more: &[&str]) -> (tempfile::TempDir, Book) {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let out = tempfile::tempdir().expect("a temporary directory can be made");
    let mut command = program(&samples);
    command.args(["analyze", name, "--as-of", day, "--lang", lang, "--quiet"]);
    command.args([
        "--write",
        "findings,clauses,exposure,questions,register-issues,workbook",
    ]);
    command.args(more).arg("-o").arg(out.path());
    Run::of(&mut command).exit(0);
    let book = Book::open(&out.path().join("report.xlsx"));
    (out, book)
}

#[test]
fn links_lead_to_the_rows_that_they_name() {
    let bench = Workbench::new();
    bench
        .run("analyze register -o out --write workbook")
        .exit(0);
    let mut book = Book::open(&bench.path("out/report.xlsx"));
    let [findings, parties] = ["Findings", "Parties"].map(|sheet| book.cells(sheet));
    let row_of = |reference: &str| {
        reference
            .trim_start_matches(char::is_alphabetic)
            .parse::<usize>()
            .expect("a cell")
            - 1
    };
    for (part, from, to, sheet) in [
        ("xl/worksheets/sheet2.xml", &findings, &parties, "Parties"),
        ("xl/worksheets/sheet4.xml", &parties, &findings, "Findings"),
    ] {
        let links: Vec<&str> = book.part(part).split("<hyperlink ").skip(1).collect();
        assert!(links.len() >= 3, "{links:?}");
        for link in links {
            let [at, to_cell] = ["ref=\"", "location=\""].map(|key| {
                let (_, rest) = link.split_once(key).expect("a link has both ends");
                rest.split('"').next().unwrap_or_default()
            });
            let target = to_cell
                .strip_prefix(&format!("'{sheet}'!"))
                .expect("it leads there");
            let (from, to) = (&from[row_of(at)], &to[row_of(target)]);
            // The party is told in the second column of both; a chain's operator leads to its own row.
            let names: Vec<String> = from.iter().map(text).collect();
            assert!(names.contains(&text(&to[1])), "{at} leads to {target}");
        }
    }
}

#[test]
fn tables_can_be_filtered_and_printed() {
    let bench = Workbench::new();
    bench
        .run("analyze register -o out --write workbook")
        .exit(0);
    let mut book = Book::open(&bench.path("out/report.xlsx"));
    book.sheets.load_tables().expect("there are tables");
    let names = [
        "Findings",
        "Clauses",
        "Parties",
        "Questions",
        "RegisterIssues",
    ];
    assert_eq!(book.sheets.table_names(), names.iter().collect::<Vec<_>>());
    for (at, name) in (1..).zip(names) {
        let table = book.part(&format!("xl/tables/table{at}.xml"));
        assert!(
            table.contains("<autoFilter ") && table.contains(name),
            "{table}"
        );
        let sheet = book.part(&format!("xl/worksheets/sheet{}.xml", at + 1));
        for needed in [
            "state=\"frozen\"",
            "paperSize=\"9\"",
            "orientation=\"landscape\"",
            "fitToPage",
            "<headerFooter>",
        ] {
            assert!(sheet.contains(needed), "{name} has no {needed}");
        }
    }
    let properties = book.part("docProps/core.xml");
    assert!(properties.contains("<dc:creator>ciiflow</dc:creator>"));
    assert!(properties.contains("2026-01-01T00:00:00Z"), "{properties}");
    let workbook = book.part("xl/workbook.xml");
    assert_eq!(workbook.matches("_xlnm.Print_Titles").count(), names.len());
}

#[test]
fn the_same_bytes_at_any_time_and_on_any_threads() {
    let bench = Workbench::new();
    let written = [("a", 1), ("b", 1), ("c", 2)].map(|(out, threads)| {
        let run = bench.run(&format!(
            "analyze register -o {out} --write workbook --threads {threads}"
        ));
        run.exit(0);
        std::fs::read(bench.path(&format!("{out}/report.xlsx"))).expect("it is written")
    });
    assert!(written[0] == written[1] && written[0] == written[2]);
}

#[test]
fn a_register_without_findings_or_faults() {
    for (lang, sheets, told) in [
        (
            "en",
            EN,
            [
                "No finding applies for certain.",
                "There is no finding.",
                "No party carries an obligation.",
                "Everything was understood.",
            ],
        ),
        (
            "zh",
            ZH,
            [
                "没有确定适用的结论。",
                "没有结论。",
                "没有主体承担义务。",
                "台账内容均已识别。",
            ],
        ),
    ] {
        let bench = Workbench::empty()
            .with(
                "register/parties.csv",
                "id,name,rank\nshop,Shop,plain\nmall,Mall,plain\n",
            )
            .with(
                "register/relationships.csv",
                "id,customer,supplier\nR1,shop,mall\n",
            );
        bench
            .run(&format!(
                "analyze register -o out --write workbook --lang {lang}"
            ))
            .exit(0);
        let mut book = Book::open(&bench.path("out/report.xlsx"));
        let [summary, findings, _, parties, _, _, issues, _] = sheets;
        for (sheet, told) in [summary, findings, parties, issues].into_iter().zip(told) {
            let words = book.words(sheet);
            assert!(words.lines().any(|line| line == told), "{sheet}: {words}");
        }
    }
}

#[test]
fn a_party_in_focus() {
    let (out, mut book) = sample(
        "cloud-partner",
        "2026-11-01",
        "en",
        &["--focus", "ostrevind"],
    );
    let summary = book.words("Summary");
    assert!(
        summary
            .starts_with("What reaches Ostrevind Software, and what it passes on: cloud-partner\n")
    );
    for (sheet, file) in [
        ("Findings", "findings"),
        ("Clauses", "clauses"),
        ("Parties", "exposure"),
    ] {
        let rows = csv_rows(&out.path().join(format!("{file}.csv")));
        assert_eq!(book.table(sheet).len(), rows.len(), "{sheet}");
    }
}
