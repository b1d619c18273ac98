//! One register as different programs save it.

use super::workbench::{PARTIES, RELATIONSHIPS, Workbench};
use super::workbooks::{book, sheet};
use encoding_rs::{Encoding, GB18030, UTF_8, WINDOWS_1252};

/// Names that every encoding here has, but for the Chinese ones.
const LATIN: &str = "café,Société Générale d'Énergie,,,FR,50,\nmüller,Müller & Söhne,,,DE,50,\n";
const LATIN_LINKS: &str = "R3,bank,café,,Vertrag Ä,,,yes,user\nR4,bank,müller,,,,,yes,remote\n";
const CHINESE: &str = "云河,云河数据（上海）有限公司,云河,,CN,50,\n龙门,龙门銀行,,核心,CN,50,\n";
const CHINESE_LINKS: &str = "R3,bank,云河,,合同三,,,是,远程\nR4,龙门,云河,,,,,yes,user\n";

fn utf16(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
    let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
    units.flat_map(order).collect()
}

fn legacy(text: &str, encoding: &'static Encoding) -> Vec<u8> {
    let (bytes, _, lossy) = encoding.encode(text);
    assert!(!lossy, "{} has every character", encoding.name());
    bytes.into_owned()
}

/// The results for a register whose tables were saved by `save`.
fn results(parties: &str, relationships: &str, save: &dyn Fn(&str) -> Vec<u8>) -> [String; 2] {
    let bench = Workbench::new()
        .with(
            "register/parties.csv",
            save(
                &format!("{PARTIES}{parties}")
                    .replace("江岸银行", "")
                    .replace("云主机", ""),
            ),
        )
        .with(
            "register/relationships.csv",
            save(&format!("{RELATIONSHIPS}{relationships}")),
        );
    bench.analyze().never_says("warning");
    ["out/findings.csv", "out/clauses.csv"].map(|name| bench.read(name))
}

#[test]
fn the_same_register_in_every_encoding() {
    type Save = fn(&str) -> Vec<u8>;
    let unicode: [(&str, Save); 4] = [
        ("UTF-8", |text| text.into()),
        ("UTF-8 with a mark", |text| format!("\u{FEFF}{text}").into()),
        ("UTF-16LE", |text| utf16(text, u16::to_le_bytes)),
        ("UTF-16BE", |text| utf16(text, u16::to_be_bytes)),
    ];
    let latin: (&str, Save) = ("Windows-1252", |text| legacy(text, WINDOWS_1252));
    let chinese: (&str, Save) = ("GB18030", |text| legacy(text, GB18030));
    for (parties, links, encodings) in [
        (LATIN, LATIN_LINKS, [unicode.as_slice(), &[latin]].concat()),
        (
            CHINESE,
            CHINESE_LINKS,
            [unicode.as_slice(), &[chinese]].concat(),
        ),
    ] {
        let expected = results(parties, links, &encodings[0].1);
        assert_eq!(
            expected[0].matches(",vetting,").count(),
            if parties == LATIN { 4 } else { 3 }
        );
        for (name, save) in encodings {
            assert_eq!(results(parties, links, &save), expected, "{name}");
        }
    }
}

/// How a program saves a table.
#[derive(Clone, Copy)]
struct Form {
    name: &'static str,
    delimiter: char,
    line_end: &'static str,
    /// Numbers are written 7.160,69.
    decimal_comma: bool,
    save: fn(&str) -> Vec<u8>,
}

const CANONICAL: Form = Form {
    name: "UTF-8",
    delimiter: ',',
    line_end: "\n",
    decimal_comma: false,
    save: |text| text.into(),
};

impl Form {
    fn write(&self, table: &str) -> Vec<u8> {
        let mut rows = csv::ReaderBuilder::new();
        let mut rows = rows.has_headers(false).from_reader(table.as_bytes());
        let rows: Vec<csv::StringRecord> = rows
            .records()
            .map(|row| row.expect("the table is sound"))
            .collect();
        let is_number = |column: usize| ["amount", "staff", "users"].contains(&&rows[0][column]);
        let mut out = csv::WriterBuilder::new();
        let mut out = out.delimiter(self.delimiter as u8).from_writer(Vec::new());
        for row in &rows {
            let cells = row
                .iter()
                .enumerate()
                .map(|(column, cell)| match cell.parse::<u64>() {
                    Ok(number) if self.decimal_comma && is_number(column) => {
                        format!("{},00", grouped(number))
                    }
                    _ => cell.to_owned(),
                });
            out.write_record(cells).expect("memory takes every row");
        }
        let text = String::from_utf8(out.into_inner().expect("memory takes every row"));
        let text = text.expect("the table is text");
        (self.save)(&text.replace('\n', self.line_end))
    }
}

/// The number in groups of three with points.
fn grouped(number: u64) -> String {
    match number {
        0..1000 => number.to_string(),
        _ => format!("{}.{:03}", grouped(number / 1000), number % 1000),
    }
}

/// Files of a canonical register, by name.
type Tables = Vec<(&'static str, String)>;

#[test]
fn the_same_register_in_every_form() {
    let gb: fn(&str) -> Vec<u8> = |text| legacy(text, GB18030);
    let decimals = Form {
        name: "semicolons and decimal commas",
        delimiter: ';',
        decimal_comma: true,
        ..CANONICAL
    };
    let forms = [
        Form {
            name: "GB18030",
            save: gb,
            ..CANONICAL
        },
        Form {
            name: "UTF-16LE",
            save: |text| utf16(text, u16::to_le_bytes),
            ..CANONICAL
        },
        Form {
            name: "UTF-16BE",
            save: |text| utf16(text, u16::to_be_bytes),
            ..CANONICAL
        },
        Form {
            name: "UTF-8 with a mark",
            save: |text| format!("\u{FEFF}{text}").into(),
            ..CANONICAL
        },
        Form {
            name: "semicolons",
            delimiter: ';',
            ..CANONICAL
        },
        Form {
            name: "tabs",
            delimiter: '\t',
            ..CANONICAL
        },
        Form {
            name: "pipes",
            delimiter: '|',
            ..CANONICAL
        },
        Form {
            name: "CRLF",
            line_end: "\r\n",
            ..CANONICAL
        },
        Form {
            name: "CR",
            line_end: "\r",
            ..CANONICAL
        },
        Form {
            name: "Chinese Excel",
            delimiter: '\t',
            line_end: "\r\n",
            save: gb,
            ..CANONICAL
        },
        Form {
            name: "GB18030 with pipes",
            delimiter: '|',
            save: gb,
            ..CANONICAL
        },
        decimals,
    ];
    let sample = |name: &str| {
        let path = format!(
            "{}/samples/cloud-partner/{name}",
            env!("CARGO_MANIFEST_DIR")
        );
        std::fs::read_to_string(path).expect("the sample is there")
    };
    let own = vec![
        ("parties.csv", format!("{PARTIES}{CHINESE}")),
        (
            "relationships.csv",
            format!("{RELATIONSHIPS}{CHINESE_LINKS}"),
        ),
    ];
    let partner =
        ["parties.csv", "relationships.csv", "evidence.csv"].map(|name| (name, sample(name)));
    for (policy, tables) in [("policy.toml", own), ("cn-cii", partner.into())] {
        let expected = in_form(&CANONICAL, &tables, policy);
        // More than the heading and what starts by itself.
        assert!(
            expected[0].lines().count() > 3 && expected[1].lines().count() > 1,
            "{expected:?}"
        );
        for form in &forms {
            let name = form.name;
            assert_eq!(
                in_form(form, &tables, policy),
                expected,
                "{name} under {policy}"
            );
        }
        let sheets = tables
            .iter()
            .map(|(name, table)| sheet(name.trim_end_matches(".csv"), table, 0));
        let bench = Workbench::empty().with("register.xlsx", book(sheets));
        assert_eq!(
            found(&bench, "register.xlsx", policy),
            expected,
            "xlsx under {policy}"
        );
    }
}

/// The results for a register whose tables stand in such a form.
fn in_form(form: &Form, tables: &Tables, policy: &str) -> [String; 3] {
    let mut bench = Workbench::empty();
    let mut mapping = String::new();
    for (name, table) in tables {
        bench = bench.with(&format!("register/{name}"), form.write(table));
        let of = name.trim_end_matches(".csv");
        mapping += &format!("[[table]]\nof = \"{of}\"\nfile = \"{name}\"\ndecimal_comma = true\n");
    }
    if form.decimal_comma {
        bench = bench.with("register/register.toml", mapping);
    }
    found(&bench, "register", policy)
}

/// Findings, clauses, and the codes of what was not understood.
fn found(bench: &Workbench, register: &str, policy: &str) -> [String; 3] {
    let run = bench.run(&format!(
        "analyze {register} -o out --write findings,clauses --policy {policy}"
    ));
    run.exit(0);
    let told = run.err.lines().filter_map(|line| line.split_once("] "));
    let told: Vec<&str> = told.map(|(code, _)| code).collect();
    let [findings, clauses] = ["out/findings.csv", "out/clauses.csv"].map(|name| bench.read(name));
    [findings, clauses, told.join("\n")]
}

#[test]
fn names_that_hold_other_delimiters() {
    let bench = Workbench::new()
        .parties("p1,\"A, B; C|D\tE\",,,CN,50,\n")
        .relationships("R3,bank,p1,,,,,,\n");
    bench.analyze().never_says("ragged");
    assert!(
        bench
            .read("out/findings.csv")
            .contains("p1,\"A, B; C|D\tE\",notice")
    );
}

/// Rows of other exports, pasted into a file.
#[test]
fn rows_in_another_encoding_are_told_and_read() {
    let chinese = "p1,云河数据（上海）有限公司,云河,,CN,50,\n";
    let western = "p1,Müller & Söhne,,,DE,50,\n";
    let [first, second] = ["甲方,江岸银行,,,CN,5,\n", "乙方,云主机公司,,,CN,5,\n"];
    let around = |save: &dyn Fn(&str) -> Vec<u8>, row: Vec<u8>| {
        let before = save(&format!("{PARTIES}{first}{second}"));
        let after = save("p2,\"守夜人\n（上海）\",,,CN,5,\n");
        [before, row, after].concat()
    };
    let utf8 = |text: &str| text.as_bytes().to_vec();
    let gb = |text: &str| legacy(text, GB18030);
    let latin = |text: &str| legacy(text, WINDOWS_1252);
    for (file, row, told, name) in [
        (
            &utf8 as &dyn Fn(&str) -> Vec<u8>,
            gb(chinese),
            "gb18030",
            "云河",
        ),
        (&utf8, latin(western), "windows-1252", "Müller"),
        (&gb, utf8(chinese), "UTF-8", "云河"),
        (&gb, utf8(western), "UTF-8", "Müller"),
        (&gb, latin(western), "windows-1252", "Müller"),
    ] {
        let bench = Workbench::new()
            .with("register/parties.csv", around(file, row))
            .relationships("R3,bank,p1,,,,,yes,user\nR4,bank,p2,,,,,yes,user\n");
        let run = bench.analyze();
        run.says(&format!(
            "warning[mixed-encodings] parties.csv:7 name: the row is in {told}, unlike its file: `{name}"
        ));
        assert_eq!(run.err.matches("warning[").count(), 1, "{}", run.err);
        let findings = bench.read("out/findings.csv");
        assert!(findings.contains(&format!("p1,{name}")), "{findings}");
        assert!(findings.contains("p2,\"守夜人\n（上海）\",vetting"));
        let run = bench.run("check register --lang zh");
        run.exit(1).prints("与文件不同");
    }
}

#[test]
fn a_file_of_two_tables_tells_a_row_once() {
    let mapping = "[[table]]\nof = \"relationships\"\nfile = \"flat.csv\"\n\
        [[table]]\nof = \"parties\"\nfile = \"flat.csv\"\ncolumns = { name = \"supplier\" }\n";
    let rows = "customer,supplier\n江岸银行,云主机公司\n江岸银行,守夜人公司\n";
    let flat = [rows.into(), legacy("江岸银行,供应商甲\n", GB18030)].concat();
    let bench = Workbench::empty()
        .with("register/flat.csv", flat)
        .with("register/register.toml", mapping);
    let run = bench.run("check register");
    run.exit(1);
    assert_eq!(
        run.out.matches("warning[mixed-encodings]").count(),
        1,
        "{}",
        run.out
    );
}

/// A character that was cut off costs its own cell, wherever it stands.
#[test]
fn characters_that_were_cut_off() {
    let rows = "甲方,江岸银行,,,CN,5,\n乙方,云主机公司,,,CN,5,\n";
    for (encoding, delimiter) in [
        (GB18030, ","),
        (GB18030, ";"),
        (GB18030, "|"),
        (UTF_8, ","),
        (UTF_8, "|"),
    ] {
        let save = |text: &str| legacy(&text.replace(',', delimiter), encoding);
        let cut = |text: &str| {
            let mut bytes = save(text);
            bytes.pop();
            bytes
        };
        let parties = [
            save(&format!("{PARTIES}{rows}p1,")),
            cut("守夜人公司"),
            save(",,,CN,5,\np2,云,"),
            cut("云河"),
            save(",core,CN,5,\np3,Name,"),
            save("\""),
            cut("云河"),
            save("\",core,CN,5,"),
            cut("云河"),
            save("\np4,Last,,,CN,5,"),
            cut("云河"),
        ];
        let bench = Workbench::new()
            .with("register/parties.csv", parties.concat())
            .relationships("R3,bank,p1,,,,,yes,user\nR4,bank,p4,,,,,yes,user\n");
        let run = bench.analyze();
        let name = encoding.name();
        for (row, column, text) in [
            (7, "name", "守夜人公"),
            (8, "local_name", "云"),
            (9, "local_name", "云"),
            (9, "founded", "云"),
            (10, "founded", "云"),
        ] {
            run.says(&format!("undecodable-bytes] parties.csv:{row} {column}: `{text}�` has bytes that are no {name} text"));
        }
        run.never_says("ragged")
            .never_says("unclosed")
            .never_says("duplicate");
        let findings = bench.read("out/findings.csv");
        assert!(findings.contains("p1,守夜人公�,vetting") && findings.contains("p4,Last,vetting"));
    }
}
