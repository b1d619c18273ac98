//! Workbooks as nobody should save them: locked, damaged, or made to take all the memory there is.

use std::io::{Cursor, Write};

use super::workbench::{PARTIES, RELATIONSHIPS};
use super::workbooks::{archive, bench_with, book, ods, ods_row, raw, sheet, texts};

/// A compound file, as old Office programs and locked workbooks are, with these streams.
fn compound(streams: &[(&str, &[u8])]) -> Vec<u8> {
    let mut file =
        cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("a workbook can be made");
    for (name, content) in streams {
        let mut stream = file.create_stream(name).expect("a workbook can be made");
        stream.write_all(content).expect("a workbook can be made");
    }
    file.flush().expect("a workbook can be made");
    file.into_inner().into_inner()
}

/// Records of Excel's old format.
fn records(records: &[(u16, &[u8])]) -> Vec<u8> {
    let record = |(kind, data): &(u16, &[u8])| {
        let length = u16::try_from(data.len()).expect("a workbook can be made");
        [&kind.to_le_bytes()[..], &length.to_le_bytes(), data].concat()
    };
    records.iter().flat_map(record).collect()
}

const BOF: (u16, &[u8]) = (0x0809, &[0, 6, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);

#[test]
fn bad_workbooks_are_refused_in_both_languages() {
    let good = book([
        sheet("Parties", PARTIES, 0),
        sheet("Relationships", RELATIONSHIPS, 0),
    ]);
    let bomb = archive(&[("content.xml", &"<x/>".repeat(40_000_000))]);
    assert!(bomb.len() < 1 << 20);
    let wide = "<table:table-row table:number-rows-repeated=\"1000000\"><table:table-cell table:number-columns-repeated=\"16000\" office:value=\"1\"/></table:table-row>";
    let far = [
        "<table:table-row table:number-rows-repeated=\"1000000\"><table:table-cell/></table:table-row>",
        "<table:table-row><table:table-cell table:number-columns-repeated=\"16000\"/><table:table-cell office:value=\"1\"/></table:table-row>",
    ];
    let far = format!("{}{}", ods_row(&["a"]), far.concat());
    let locked = compound(&[("/EncryptedPackage", b"?"), ("/EncryptionInfo", b"?")]);
    let file_pass = records(&[BOF, (0x002F, &[1, 0, 1, 0, 1, 0]), (0x000A, &[])]);
    let number = |row: u16, column: u16| {
        let place = [row.to_le_bytes(), column.to_le_bytes()].concat();
        [place.as_slice(), &[0; 10]].concat()
    };
    let bound = |at: u8| [&[at, 0, 0, 0, 0, 0, 1, 0, b'S'][..]].concat();
    let head = records(&[BOF, (0x0085, &bound(0)), (0x000A, &[])]).len() as u8;
    let spread = records(&[
        BOF,
        (0x0085, &bound(head)),
        (0x000A, &[]),
        BOF,
        (0x0203, &number(0, 0)),
        (0x0203, &number(u16::MAX, u16::MAX)),
        (0x000A, &[]),
    ]);
    let columns = |text: &'static str| [("A", "customer"), ("B", text)];
    let backwards = raw(&format!(
        "{}{}",
        texts(9, &columns("supplier")),
        texts(2, &columns("b"))
    ));
    let outside = raw(&texts(4_000_000_000, &columns("supplier")));
    let no_links = book([sheet("Parties", PARTIES, 0)]);
    let cases: [(&str, &str, Vec<u8>); 16] = [
        ("nothing", "broken-workbook", vec![]),
        ("words", "broken-workbook", b"id,name\n".to_vec()),
        ("half", "broken-workbook", good[..good.len() / 2].to_vec()),
        ("other zip", "broken-workbook", archive(&[("a.txt", "a")])),
        (
            "bad xml",
            "broken-workbook",
            raw("<row r=\"1\"><c r=\"A1\""),
        ),
        ("backwards", "broken-workbook", backwards),
        ("outside", "broken-workbook", outside),
        ("old zip bomb", "broken-workbook", compound(&[])),
        ("bomb", "workbook-too-large", bomb),
        ("wide", "workbook-too-large", ods("关系", wide)),
        ("far", "workbook-too-large", ods("关系", &far)),
        (
            "spread",
            "workbook-too-large",
            compound(&[("/Workbook", &spread)]),
        ),
        ("locked", "locked-workbook", locked),
        (
            "old and locked",
            "locked-workbook",
            compound(&[("/Workbook", &file_pass)]),
        ),
        ("no relationships", "missing-sheet", no_links),
        ("blank", "missing-sheet", raw("")),
    ];
    for (name, code, bytes) in cases {
        let bench = bench_with(&bytes);
        for (lang, words) in [("en", "error["), ("zh", "错误[")] {
            let run = bench.run(&format!("analyze book.xlsx -o out --lang {lang}"));
            assert!(run.err.contains(code), "{name}: {}", run.err);
            run.exit(2).says(words).says("book.xlsx");
        }
        bench.nothing_written();
    }
}

#[test]
fn empty_rows_by_the_million_cost_nothing() {
    let blank: String = (4..200_000)
        .map(|row| format!("<row r=\"{row}\"><c r=\"A{row}\" s=\"1\"/></row>"))
        .collect();
    let rows = [
        texts(1, &[("A", "customer"), ("B", "supplier"), ("C", "id")]),
        texts(3, &[("A", "bank"), ("B", "host"), ("C", "R1")]),
        blank,
        texts(
            1_048_576,
            &[("A", "bank"), ("B", "host"), ("C", "R2"), ("XFD", "x")],
        ),
    ];
    let bench = bench_with(&raw(&rows.concat()));
    let run = bench.run("check book.xlsx");
    run.exit(1)
        .prints("relationships, 2 rows")
        .prints("warning[ragged-row] book.xlsx!S:1048576");
}

#[test]
fn damage_anywhere_ends_in_words() {
    let good = book([
        sheet("Parties", PARTIES, 0),
        sheet("Relationships", RELATIONSHIPS, 0),
    ]);
    let bench = bench_with(&good);
    for step in 0..60 {
        let mut bytes = good.clone();
        let at = step * good.len() / 60;
        bytes[at] ^= 0x55;
        std::fs::write(bench.path("book.xlsx"), bytes).expect("a workbook can be made");
        // It neither panics nor is killed, whatever it finds.
        bench.run("check book.xlsx");
    }
}
