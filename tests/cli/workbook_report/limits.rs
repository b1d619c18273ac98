//! What no cell and no sheet holds.

use super::{Book, csv_rows};
use crate::workbench::Workbench;

#[test]
fn hostile_names_come_back_as_text() {
    // As long as the reader takes, and longer than a cell: there such a letter counts twice.
    let long = "\u{1F600}".repeat(32_767);
    let too_long = "长".repeat(40_000);
    let names = [
        "=1+1",
        "@SUM(A1)",
        "+49 30",
        "-2+3",
        "<script>alert(1)</script>",
        "<r><t>x</t></r>",
        "_x0041_ & co",
        "'quoted",
        "{=1}",
        &long,
    ];
    let quoted = |name: &str| format!("\"{}\"", name.replace('"', "\"\""));
    let parties = (0..)
        .zip(names)
        .map(|(at, name)| format!("p{at},{},,,CN,1,\n", quoted(name)));
    let parties: String = parties.collect();
    let relationships =
        (0..names.len()).map(|at| format!("=R{at},bank,p{at},,=cmd|' /C calc'!A0,,,yes,user\n"));
    let bench = Workbench::new()
        .parties(&format!(
            "{parties}ctl,A\u{1}B\u{B}C\u{FFFE},,,CN,1,\nendless,{too_long},,,CN,1,\n"
        ))
        .relationships(&format!(
            "{}=R99,bank,ctl,,,,,yes,user\n",
            relationships.collect::<String>()
        ));
    let run = bench.run("analyze register -o out --write workbook,findings,exposure");
    run.exit(0).says("cell-too-long");
    let mut book = Book::open(&bench.path("out/report.xlsx"));
    let parties = book.words("Parties");
    let cut = format!("{}…", "\u{1F600}".repeat(16_383));
    for name in names {
        // What the writer would take for marked up text of its own has a blank behind it.
        let told = match name {
            _ if name == long => &cut,
            "<r><t>x</t></r>" => "<r><t>x</t></r> ",
            _ => name,
        };
        assert!(parties.lines().any(|line| line == told), "no {told:.40}");
    }
    assert!(book.words("Clauses").contains("=cmd|' /C calc'!A0"));
    let table = |name: &str| csv_rows(&bench.path(&format!("out/{name}.csv"))).len();
    assert_eq!(book.table("Parties").len(), table("exposure"));
    assert_eq!(book.table("Findings").len(), table("findings"));
}

#[test]
fn what_no_sheet_holds_is_told() {
    let parties: String = (0..10_100)
        .map(|n| format!("p{n},Party {n},,,CN,50,\n"))
        .collect();
    let relationships: String = (0..10_100)
        .map(|n| format!("S{n},bank,p{n},,,,,yes,user\n"))
        .collect();
    let bench = Workbench::new()
        .parties(&parties)
        .relationships(&relationships);
    bench
        .run("analyze register -o out --write workbook --quiet")
        .exit(0);
    let mut book = Book::open(&bench.path("out/report.xlsx"));
    assert_eq!(book.table("Findings").len(), 20_000);
    let told = "Findings holds the first 20,000 rows and leaves out";
    for sheet in ["Summary", "Findings"] {
        assert!(book.words(sheet).contains(told), "{sheet}");
    }
    for at in 1..=book.names().len() {
        let links = book
            .part(&format!("xl/worksheets/sheet{at}.xml"))
            .matches("<hyperlink ")
            .count();
        assert!(links <= 65_530, "{links}");
    }
}
