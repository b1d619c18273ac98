//! Registers that are workbooks, as spreadsheet programs save them.

use std::io::{Cursor, Write};

use rust_xlsxwriter::{Format, Formula, Workbook, Worksheet};
use zip::write::{SimpleFileOptions, ZipWriter};

use super::workbench::{PARTIES, RELATIONSHIPS, Run, Workbench};

/// A sheet with a table as a person would have typed it: dates are dates, numbers are numbers.
pub(crate) fn sheet(name: &str, table: &str, first_row: u32) -> Worksheet {
    let day = Format::new().set_num_format("yyyy/m/d");
    let mut sheet = Worksheet::new();
    sheet.set_name(name).expect("a workbook can be made");
    for (row, line) in (first_row..).zip(table.lines()) {
        let mut cells = csv::ReaderBuilder::new();
        let mut cells = cells.has_headers(false).from_reader(line.as_bytes());
        let cells = cells.records().next();
        let cells = cells.map(|cells| cells.expect("the table is sound"));
        for (column, cell) in (0..).zip(cells.iter().flatten()) {
            let days = cell.parse::<jiff::civil::Date>().ok().map(|date| {
                let first = jiff::civil::date(1899, 12, 30);
                f64::from(
                    first
                        .until(date)
                        .expect("a workbook can be made")
                        .get_days(),
                )
            });
            let written = match (days, cell.parse::<f64>()) {
                _ if cell.is_empty() => continue,
                (Some(days), _) => sheet.write_number_with_format(row, column, days, &day),
                (_, Ok(number)) => sheet.write_number(row, column, number),
                (_, Err(_)) => sheet.write_string(row, column, cell),
            };
            written.expect("a workbook can be made");
        }
    }
    sheet
}

pub(crate) fn book(sheets: impl IntoIterator<Item = Worksheet>) -> Vec<u8> {
    let mut book = Workbook::new();
    for sheet in sheets {
        book.push_worksheet(sheet);
    }
    book.save_to_buffer().expect("a workbook can be made")
}

/// A zip archive with these parts.
pub(crate) fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default())
            .expect("a workbook can be made");
        zip.write_all(content.as_bytes())
            .expect("a workbook can be made");
    }
    zip.finish().expect("a workbook can be made").into_inner()
}

/// A workbook whose only sheet has this XML for its rows.
pub(crate) fn raw(rows: &str) -> Vec<u8> {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const LINKS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
    let link = |kind: &str, target: &str| {
        format!(
            "<Relationships xmlns=\"{PACKAGE}\"><Relationship Id=\"r1\" Type=\"{LINKS}/{kind}\" Target=\"{target}\"/></Relationships>"
        )
    };
    archive(&[
        ("_rels/.rels", &link("officeDocument", "xl/workbook.xml")),
        (
            "xl/_rels/workbook.xml.rels",
            &link("worksheet", "worksheets/sheet1.xml"),
        ),
        (
            "xl/workbook.xml",
            &format!(
                "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{LINKS}\"><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/worksheets/sheet1.xml",
            &format!("<worksheet xmlns=\"{MAIN}\"><sheetData>{rows}</sheetData></worksheet>"),
        ),
    ])
}

/// Cells of text in a row of such a sheet.
pub(crate) fn texts(row: u32, cells: &[(&str, &str)]) -> String {
    let cell = |(column, text): &(&str, &str)| {
        format!("<c r=\"{column}{row}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
    };
    let cells: String = cells.iter().map(cell).collect();
    format!("<row r=\"{row}\">{cells}</row>")
}

/// An OpenDocument spreadsheet whose only table is called so and has this XML for its rows.
pub(crate) fn ods(name: &str, rows: &str) -> Vec<u8> {
    let names = ["office", "table", "text"]
        .map(|part| format!("xmlns:{part}=\"urn:oasis:names:tc:opendocument:xmlns:{part}:1.0\""));
    let names = names.join(" ");
    let content = format!(
        "<office:document-content {names}><office:body><office:spreadsheet><table:table table:name=\"{name}\">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    );
    archive(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", "<manifest:manifest/>"),
        ("content.xml", &content),
    ])
}

/// Cells of text in a row of such a table.
pub(crate) fn ods_row(cells: &[&str]) -> String {
    let cell = |text: &&str| {
        format!(
            "<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>"
        )
    };
    let cells: String = cells.iter().map(cell).collect();
    format!("<table:table-row>{cells}</table:table-row>")
}

const RESULTS: [&str; 3] = ["out/findings.csv", "out/clauses.csv", "out/exposure.csv"];

#[track_caller]
fn analyze(bench: &Workbench, register: &str) -> Run {
    let run = bench.run(&format!(
        "analyze {register} -o out --write findings,clauses,exposure,register-issues,json"
    ));
    run.exit(0).never_says("error[");
    run
}

#[test]
fn a_workbook_gives_the_bytes_that_its_tables_give() {
    let bench = Workbench::new();
    analyze(&bench, "register").never_says("warning");
    let expected = RESULTS.map(|name| bench.read(name));
    for (names, titles) in [
        (["Parties", "Relationships"], 0),
        (["Vendor list", "CONTRACTS"], 0),
        (["供应商清单", "合同台账"], 3),
        (["Sheet1", "Sheet2"], 10),
    ] {
        let mut sheets = [
            sheet(names[0], PARTIES, titles),
            sheet(names[1], RELATIONSHIPS, titles),
        ];
        if titles > 0 {
            for sheet in &mut sheets {
                sheet
                    .write_string(0, 0, "供应商台账（2026 年度）")
                    .expect("a workbook can be made");
                sheet
                    .write_string(1, 3, "填表人：采购部")
                    .expect("a workbook can be made");
            }
        }
        // The order of sheets does not matter.
        sheets.reverse();
        let bench = bench_with(&book(sheets));
        analyze(&bench, "book.xlsx").never_says("warning");
        assert_eq!(RESULTS.map(|name| bench.read(name)), expected, "{names:?}");
        let run = bench.run("check book.xlsx");
        run.exit(0)
            .prints(&format!("book.xlsx!{}: parties, 3 rows", names[0]));
        run.prints("(xlsx)");
    }
}

pub(crate) fn bench_with(bytes: &[u8]) -> Workbench {
    Workbench::empty().with("book.xlsx", bytes)
}

#[test]
fn a_mapping_names_sheets_and_headings() {
    let links = RELATIONSHIPS
        .replace("customer,supplier", "客户,供应商名称")
        .replace("starts,ends", "起始日期,终止日期");
    let cover = sheet("说明", "第一行\n", 0);
    let parties = sheet("供应商", &PARTIES.replace("name,", "名称,"), 2);
    let mut hidden = sheet("往年合同", &links, 1);
    hidden.set_hidden(true);
    let mapping = "
[[table]]
of = \"parties\"
file = \"book.xlsx\"
columns = { name = \"名称\" }
[[table]]
of = \"relationships\"
file = \"book.xlsx\"
sheet = \"往年合同\"
date_format = \"%d.%m.%Y\"
[table.columns]
customer = \"客户\"
supplier = \"供应商名称\"
starts = \"起始日期\"
ends = \"终止日期\"
";
    let bench = Workbench::new();
    analyze(&bench, "register");
    let expected = RESULTS.map(|name| bench.read(name));
    let bench = Workbench::empty()
        .with("register/book.xlsx", book([cover, parties, hidden]))
        .with("register/register.toml", mapping);
    analyze(&bench, "register").never_says("warning");
    assert_eq!(RESULTS.map(|name| bench.read(name)), expected);

    let bench = bench.with(
        "register/register.toml",
        mapping.replace("\"往年合同\"", "\"新合同\""),
    );
    let run = bench.run("check register --lang zh");
    run.exit(2)
        .says("其中没有工作表或文件“新合同”")
        .says("说明、供应商、往年合同");
}

#[test]
fn one_flat_sheet_is_a_register() {
    let flat = "customer,supplier,serves,access,supplier.country,customer.rank\n江岸银行,云主机 公司,yes,user,CN,core\n云主机公司,守夜人,yes,remote,DE,\n";
    let bench = bench_with(&book([sheet("供应商", flat, 0)]));
    analyze(&bench, "book.xlsx").never_says("warning");
    let from_book = bench.read(RESULTS[0]);
    let mapping = "[[table]]\nof = \"relationships\"\nfile = \"flat.csv\"\n";
    let bench = Workbench::empty()
        .with("register/flat.csv", flat)
        .with("register/register.toml", mapping);
    analyze(&bench, "register");
    assert_eq!(from_book, bench.read(RESULTS[0]));
    assert_eq!(from_book.matches(",vetting,").count(), 2);
}

#[test]
fn cells_say_what_a_spreadsheet_shows() {
    let mut links = sheet("Contracts", RELATIONSHIPS, 1);
    links
        .write_string(0, 0, "Contracts of 2026")
        .expect("a workbook can be made");
    let ids = [
        (4, "R3", "host"),
        (5, "R4", "host"),
        (6, "R5", ""),
        (7, "R6", "host"),
    ];
    for (row, id, supplier) in ids {
        links
            .write_string(row, 0, id)
            .expect("a workbook can be made");
        links
            .write_string(row, 1, "bank")
            .expect("a workbook can be made");
        links
            .write_string(row, 2, supplier)
            .expect("a workbook can be made");
    }
    let error = Formula::new("=NA()").set_result("#N/A");
    links
        .write_formula(4, 7, error.clone())
        .expect("a workbook can be made");
    links
        .write_string(5, 6, "soon")
        .expect("a workbook can be made");
    links
        .write_formula(6, 2, error)
        .expect("a workbook can be made");
    links
        .write_boolean(7, 7, true)
        .expect("a workbook can be made");
    let joined = Formula::new("=\"us\"&\"er\"").set_result("user");
    links
        .write_formula(7, 8, joined)
        .expect("a workbook can be made");
    let bench = bench_with(&book([sheet("Parties", PARTIES, 0), links]));
    let run = bench.run("check book.xlsx --assume serves=yes");
    run.exit(1)
        .prints(
            "warning[error-cell] book.xlsx!Contracts:H5 serves: the cell holds the error `#N/A`",
        )
        .prints("warning[bad-date] book.xlsx!Contracts:G6 ends: `soon` is not a date")
        .prints("error[missing-party] book.xlsx!Contracts:C7 supplier")
        .prints("warning[error-cell] book.xlsx!Contracts:C7 supplier")
        .prints("1 set aside (xlsx)");
    let run = bench.run("check book.xlsx --lang zh");
    run.exit(1).prints("单元格为错误值“#N/A”");
    let run = bench.run(
        "analyze book.xlsx -o out --assume serves=yes --write findings,clauses,register-issues",
    );
    run.exit(0);
    let clauses = bench.read("out/clauses.csv");
    let of = |id: &str| {
        let row = clauses
            .lines()
            .find(|line| line.starts_with(&format!("{id},")));
        row.unwrap_or_default().to_owned()
    };
    // What is an error is not blank: the assumption leaves it alone.
    assert!(of("R3").contains("unconfirmed"), "{clauses}");
    assert!(of("R6").contains("applies"), "{clauses}");
    assert!(
        bench
            .read("out/register-issues.csv")
            .contains("book.xlsx!Contracts,5,serves,warning,error-cell,#N/A")
    );
}

#[test]
fn sheets_that_are_not_read_are_named() {
    let mut hidden = sheet("Old contracts", RELATIONSHIPS, 0);
    hidden.set_hidden(true);
    let bench = bench_with(&book([
        sheet("Notes", "Who to ask\n", 0),
        sheet("Parties", PARTIES, 0),
        sheet("Relationships", RELATIONSHIPS, 0),
        hidden,
        sheet("Sheet5", "", 0),
    ]));
    let run = bench.run("check book.xlsx");
    run.exit(0)
        .prints("note[unknown-sheet] book.xlsx: the sheet `Notes` is not read")
        .prints("note[hidden-sheet] book.xlsx: the sheet `Old contracts` is hidden")
        .prints("0 errors, 0 warnings, 2 notes");
    assert!(!run.out.contains("Sheet5"), "{}", run.out);
    let run = bench.run("check book.xlsx --lang zh");
    run.exit(0)
        .prints("未读取工作表“Notes”")
        .prints("工作表“Old contracts”已隐藏");
}

#[test]
fn an_opendocument_spreadsheet_is_read() {
    let rows: String = [
        "<table:table-row table:number-rows-repeated=\"2\"><table:table-cell table:number-columns-repeated=\"1024\"/></table:table-row>".to_owned(),
        ods_row(&["id", "customer", "supplier", "serves", "access", "starts"]),
        "<table:table-row><table:table-cell office:value-type=\"string\"><text:p>R1</text:p></table:table-cell><table:table-cell office:value-type=\"string\" table:number-columns-repeated=\"2\"><text:p>bank</text:p></table:table-cell><table:table-cell office:value-type=\"boolean\" office:boolean-value=\"true\"><text:p>TRUE</text:p></table:table-cell><table:table-cell office:value-type=\"string\"><text:p>#N/A</text:p></table:table-cell><table:table-cell office:value-type=\"date\" office:date-value=\"2027-01-01\"><text:p>01.01.27</text:p></table:table-cell></table:table-row>".to_owned(),
        "<table:table-row table:number-rows-repeated=\"1048573\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>".to_owned(),
    ].concat();
    let bench = Workbench::empty().with("book.ods", ods("关系", &rows));
    let run = bench.run("check book.ods");
    run.exit(1)
        .prints("note[self-supply] book.ods!关系:4")
        .prints("warning[error-cell] book.ods!关系:E4 access")
        .prints("relationships, 1 row, 0 set aside (ods)");
}
