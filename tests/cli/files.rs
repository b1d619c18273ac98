//! Files that are missing, empty, or not what they should be.

use super::workbench::{PARTIES, RELATIONSHIPS, Workbench};
use super::workbooks::{book, sheet};

#[test]
fn a_good_register_is_done() {
    let bench = Workbench::new();
    assert_eq!(bench.analyze().err.lines().count(), 3, "the files written");
    bench.run("check register").exit(0);
}

#[test]
fn a_missing_register_is_named() {
    let bench = Workbench::empty();
    for command in [
        "analyze nowhere -o out",
        "check nowhere",
        "explain nowhere bank",
    ] {
        bench.run(command).exit(2).says("`nowhere` is not there");
    }
    bench.nothing_written();
}

#[test]
fn a_directory_without_tables_names_both() {
    let bench = Workbench::empty().with("register/readme.txt", "");
    let run = bench.run("analyze register -o out");
    run.exit(2)
        .says("error[missing-file] parties.csv")
        .says("error[missing-file] relationships.csv");
    bench.nothing_written();
}

#[test]
fn each_missing_table_is_named() {
    for name in ["parties.csv", "relationships.csv"] {
        let bench = Workbench::new().without(&format!("register/{name}"));
        let run = bench.run("analyze register -o out");
        run.exit(2).says(&format!("error[missing-file] {name}"));
        bench.nothing_written();
    }
}

#[test]
fn a_file_that_is_no_register_says_what_one_is() {
    let bench = Workbench::new();
    let run = bench.run("analyze register/parties.csv -o out");
    run.exit(2).says("is not a register: give a directory");
    bench.nothing_written();
}

#[test]
fn a_directory_in_the_place_of_a_table_is_unreadable() {
    let bench = Workbench::new()
        .without("register/parties.csv")
        .with("register/parties.csv/x", "");
    let run = bench.run("analyze register -o out");
    run.exit(2).says("error[unreadable-file] parties.csv");
    bench.nothing_written();
}

#[test]
fn an_empty_file_has_no_heading() {
    for content in ["", "\n\n", "\u{FEFF}", ",,,\n"] {
        for name in ["parties.csv", "relationships.csv", "evidence.csv"] {
            let bench = Workbench::new().with(&format!("register/{name}"), content);
            let run = bench.run("analyze register -o out");
            run.exit(2).says(&format!("error[empty-file] {name}"));
            bench.nothing_written();
        }
    }
}

#[test]
fn a_table_without_rows_is_a_warning() {
    let bench = Workbench::new().with("register/relationships.csv", "customer,supplier\n");
    let run = bench.run("analyze register -o out");
    run.exit(0).says("warning[empty-table] relationships.csv");
    assert_eq!(
        bench.read("out/clauses.csv").lines().count(),
        1,
        "the heading"
    );
    bench.run("check register").exit(1);
    let evidence = Workbench::new().with("register/evidence.csv", "party,obligation\n");
    evidence.analyze().says("warning[empty-table] evidence.csv");
}

#[test]
fn every_missing_column_is_told_with_those_that_are_there() {
    let bench = Workbench::new()
        .with("register/parties.csv", "ident,title\nbank,Bank\n")
        .with("register/relationships.csv", "kunde,lieferant\nbank,host\n")
        .with("register/evidence.csv", "partei\nbank\n");
    let run = bench.run("analyze register -o out");
    run.exit(2)
        .says("relationships.csv customer: the table has no column `customer`")
        .says("relationships.csv supplier: the table has no column `supplier`")
        .says("The table has: kunde, lieferant. `ciiflow init FILE`");
    bench.nothing_written();
    let one = Workbench::new().with("register/relationships.csv", "customer\nbank\n");
    one.run("analyze register -o out")
        .exit(2)
        .says("no column `supplier`");
}

#[test]
fn columns_come_in_any_order_and_spelling() {
    let turned = |table: &str| -> String {
        let rows = table.lines().map(|line| {
            let mut cells: Vec<&str> = line.split(',').collect();
            cells.reverse();
            cells.join(",") + "\n"
        });
        rows.collect()
    };
    let parties = turned(PARTIES).replace("local_name", " Local-NAME ");
    let relationships = turned(RELATIONSHIPS).replace("customer", "CUSTOMER");
    let bench = Workbench::new()
        .with("register/parties.csv", parties)
        .with("register/relationships.csv", relationships);
    bench.analyze().never_says("note");
}

#[test]
fn two_thousand_columns_are_one_note() {
    let extra: String = (0..2000).map(|n| format!(",x{n}")).collect();
    let parties = PARTIES
        .replace("founded\n", &format!("founded{extra}\n"))
        .replace('\u{FEFF}', "");
    let bench = Workbench::new().with("register/parties.csv", parties);
    let run = bench.run("analyze register -o out --write findings");
    run.exit(0)
        .says("nothing reads x0, x1, x10")
        .says("and 1990 more\n");
    assert!(
        bench
            .read("out/findings.csv")
            .contains("guard,Night Guard,vetting")
    );
}

#[test]
fn a_heading_that_stands_twice_is_read_once() {
    let with = |heading: &str| {
        let lines = PARTIES.lines().enumerate();
        let lines =
            lines.map(|(n, line)| format!("{line},{}\n", if n == 0 { heading } else { "plain" }));
        lines.collect::<String>()
    };
    let expected = Workbench::new();
    expected.analyze();
    let expected = expected.read("out/findings.csv");
    let parties = with("Rank");
    let links = sheet("Relationships", RELATIONSHIPS, 0);
    for (name, bench) in [
        ("parties.csv:1", Workbench::new().with("register/parties.csv", &parties)),
        (
            "b.xlsx!Parties:H1",
            Workbench::empty().with("register/b.xlsx", book([sheet("Parties", &parties, 0), links])).with(
                "register/register.toml",
                "[[table]]\nof = \"parties\"\nfile = \"b.xlsx\"\nsheet = \"Parties\"\n[[table]]\nof = \"relationships\"\nfile = \"b.xlsx\"\nsheet = \"Relationships\"\n",
            ),
        ),
    ] {
        bench.analyze().says(&format!(
            "warning[duplicate-heading] {name} Rank: the heading `Rank` stands twice: over columns D and H"
        )).says("Only column D is read");
        assert_eq!(bench.read("out/findings.csv"), expected, "{name}");
    }
}

#[test]
fn a_second_row_of_headings_is_no_party() {
    let second = [
        ("编号,名称,本地名称,Rank,,,\n", "编号, 名称, 本地名称"),
        (
            "id,name,local_name,rank,country,staff,founded\n",
            "id, name, local_name",
        ),
    ];
    let expected = Workbench::new();
    expected.analyze();
    let expected = expected.read("out/findings.csv");
    for (row, cells) in second {
        let [parties, links] = [
            (PARTIES, row),
            (RELATIONSHIPS, "关系编号,客户,供应商,,,,,,\n"),
        ]
        .map(|(table, row)| {
            let (heading, rows) = table.split_once('\n').expect("there is a heading");
            format!("{heading}\n{row}{rows}")
        });
        let files = Workbench::new()
            .with("register/parties.csv", &parties)
            .with("register/relationships.csv", &links);
        let sheets = book([
            sheet("Parties", &parties, 2),
            sheet("Relationships", &links, 0),
        ]);
        let sheets = Workbench::empty().with("book.xlsx", sheets);
        for (bench, register, [parties, links]) in [
            (files, "register", ["parties.csv:2", "relationships.csv:2"]),
            (
                sheets,
                "book.xlsx",
                ["book.xlsx!Parties:4", "book.xlsx!Relationships:2"],
            ),
        ] {
            let run = bench.run(&format!("analyze {register} -o out --write findings"));
            run.exit(0)
                .says(&format!(
                    "note[second-heading] {parties}: a second row of headings: {cells}"
                ))
                .says(&format!(
                    "note[second-heading] {links}: a second row of headings: 关系编号, 客户, 供应商"
                ))
                .never_says("warning")
                .never_says("error");
            assert_eq!(bench.read("out/findings.csv"), expected, "{register}");
            let run = bench.run(&format!("check {register} --lang zh"));
            run.exit(0)
                .prints("第二行表头：关系编号、客户、供应商")
                .prints("不作为数据");
        }
    }
}

#[test]
fn a_row_that_may_be_of_headings_is_read() {
    let (heading, rows) = RELATIONSHIPS.split_once('\n').expect("there is a heading");
    let bench = Workbench::new().with(
        "register/relationships.csv",
        format!("{heading}\n,client,vendor,,,,,,\n{rows}"),
    );
    bench.analyze().says("warning[heading-like-row] relationships.csv:2: the row has headings for cells: client, vendor")
        .says("no row of parties has the id `client`");
}
