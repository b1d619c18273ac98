//! Text that is damaged: quotes that never close, bytes that are no text, cells of any length.

use super::workbench::{PARTIES, RELATIONSHIPS, Workbench};

#[test]
fn a_quote_that_never_closes_costs_no_other_row() {
    let tails = [
        // At the end of the file, in the last cell and in an earlier one.
        "R3,bank,host,,\"C-3,,,yes,user",
        "R3,bank,host,,\"C-3,,,yes,user\n",
        "R3,bank,host,,,,,yes,\"user\n",
        // With good rows after it, some with quotes of their own.
        "R3,bank,host,,\"C-3,,,yes,user\nR4,bank,host,,C-4,,,yes,user\n",
        "R3,bank,host,,\"C-3,,,yes,user\nR4,bank,host,,\"C 4\",,,yes,user\n",
        "R3,bank,host,,\"C-3,,,yes,user\n\"R4\",\"bank\",\"host\",\"\",\"C 4\",\"\",\"\",\"yes\",\"user\"\n",
        "R3,bank,host,,\"C-3,,,yes,user\r\nR4,bank,host,,\"C, 4\",,,yes,user\r\n",
    ];
    for tail in tails {
        let bench = Workbench::new().relationships(tail);
        let run = bench.analyze();
        run.says("warning[unclosed-quote] relationships.csv:4");
        let fourth = bench.read("out/clauses.csv").contains("R4,bank,host");
        assert_eq!(fourth, tail.contains("R4"), "{tail}");
    }
}

#[test]
fn several_quotes_that_never_close() {
    let rows: String = (3..40)
        .map(|n| match n % 3 {
            0 => format!("R{n},bank,host,,\"C-{n},,,yes,user\n"),
            1 => format!("R{n},bank,host,,\"C-{n}\",,,yes,user\n"),
            _ => format!("R{n},bank,host,,C-{n},,,yes,user\n"),
        })
        .collect();
    let bench = Workbench::new().relationships(&rows);
    bench.analyze().says("and 10 more of unclosed-quote");
    let clauses = bench.read("out/clauses.csv");
    for n in (3..40).filter(|n| n % 3 != 0) {
        assert!(clauses.contains(&format!("R{n},bank,host")), "R{n}");
    }
}

#[test]
fn line_breaks_inside_quotes_are_no_fault() {
    let bench = Workbench::new().relationships(
        "R3,bank,host,,\"C-3\nannex \"\"A\"\"\",,,yes,user\nR4,bank,nobody,,,,,yes,user\n",
    );
    bench
        .analyze()
        .never_says("unclosed-quote")
        .says("relationships.csv:5 supplier");
}

#[test]
fn an_unclosed_quote_in_the_heading() {
    let bench = Workbench::new().with(
        "register/parties.csv",
        PARTIES.replace("founded", "\"founded"),
    );
    bench.analyze().says("unclosed-quote");
}

#[test]
fn nul_and_control_characters_are_shown() {
    let bench = Workbench::new()
        .parties("p\u{0}1,Name \u{1B}[31mred,,,CN,1,\n")
        .relationships("R3,bank,host,,\0,,,yes,user\n");
    let run = bench.analyze();
    run.says("warning[control-character] parties.csv:5 id: `p�1`")
        .says("parties.csv:5 name: `Name �[31mred`")
        .says("relationships.csv:4 contract")
        .never_says("\u{1B}");
    assert!(
        !bench
            .read("out/register-issues.csv")
            .contains(['\0', '\u{1B}'])
    );
}

#[test]
fn a_file_of_nul_bytes_is_no_table() {
    for size in [1, 3, 4096, 100_001] {
        let bench = Workbench::new().with("register/parties.csv", vec![0; size]);
        bench.run("analyze register -o out").exit(2);
        bench.nothing_written();
    }
}

#[test]
fn bytes_that_are_no_text_are_told() {
    let mut parties = PARTIES
        .replace("host,Cloud Host,", "host,Cloud Host,云")
        .into_bytes();
    parties.extend(b"p1,Caf\xE9,,,CN,1,\np2,\xFF\xFE\xC0,,,CN,1,\n");
    let bench = Workbench::new().with("register/parties.csv", parties);
    bench
        .analyze()
        .says("warning[undecodable-bytes] parties.csv:5 name: `Caf�` has bytes that are no UTF-8 text")
        .says("parties.csv:6 name")
        .never_says("parties.csv:3");
}

/// Large files are read in parts, on the guess that they are UTF-8 throughout.
#[test]
fn a_large_file_is_told_by_its_last_byte_too() {
    let long = "云主机公司 ".repeat(100);
    let rows = |row: usize| format!("q{row},{long},,,CN,,\n");
    let many: String = (0..4000).map(rows).collect();
    let table = format!("{PARTIES}{many}");
    let row = table.lines().count() + 1;
    assert!(table.len() > 1 << 22);
    for (end, code) in [
        (&b"p1,Caf\xE9,,,CN,1,\n"[..], "undecodable-bytes"),
        (b"p1,Caf\x07,,,CN,1,\n", "control-character"),
    ] {
        let bytes = [table.as_bytes(), end].concat();
        let bench = Workbench::new().with("register/parties.csv", bytes);
        bench
            .analyze()
            .says(&format!("warning[{code}] parties.csv:{row} name: `Caf�`"))
            .never_says(&format!("parties.csv:{}", row - 1));
    }
}

#[test]
fn random_bytes_are_no_table() {
    let mut state = 1_u32;
    let noise: Vec<u8> = std::iter::repeat_with(|| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    })
    .take(200_000)
    .collect();
    let bench = Workbench::new().with("register/parties.csv", noise);
    bench.run("analyze register -o out").exit(2);
    bench.nothing_written();
}

#[test]
fn a_cell_of_ten_megabytes_counts_as_unknown() {
    let long = "x".repeat(10 << 20);
    let bench = Workbench::new()
        .parties(&format!("p1,{long},,,CN,1,\n"))
        .relationships(&format!(
            "R3,bank,host,{long},{long},,,yes,user\nR4,bank,host,,C-4,,,yes,{long}\n"
        ));
    let run = bench.analyze();
    run.says("warning[cell-too-long] parties.csv:5 name: the cell has 10485760 characters")
        .says("relationships.csv:4 supports: the cell has 10485760 characters")
        .says("relationships.csv:4 contract: the cell has 10485760 characters")
        .says("relationships.csv:5 access: the cell has 10485760 characters")
        .never_says("unknown-support");
    assert!(run.err.len() < 4000);
    assert!(bench.read("out/clauses.csv").len() < 4000);
    assert!(bench.read("out/clauses.csv").contains(
        "
R3,bank,host,,vetting,applies"
    ));
}

#[test]
fn the_longest_cell_is_counted_in_characters() {
    let bench = Workbench::new()
        .parties(&format!("p1,{},,,CN,1,\n", "云".repeat(32_767)))
        .relationships(&format!(
            "R3,bank,host,,{},,,yes,user\n",
            "云".repeat(32_768)
        ));
    bench
        .analyze()
        .says("relationships.csv:4 contract: the cell has 32768 characters")
        .never_says("parties.csv:5");
}

#[test]
fn an_id_of_ten_megabytes_is_no_id() {
    let long = "x".repeat(10 << 20);
    let bench = Workbench::new()
        .parties(&format!("{long},Long,,,CN,1,\n"))
        .relationships(&format!("R3,bank,{long},,,,,yes,user\n"));
    let run = bench.analyze();
    run.says("error[party-without-id] parties.csv:5")
        .says("error[missing-party] relationships.csv:4");
}

#[test]
fn line_ends_of_every_kind() {
    for end in ["\r\n", "\r", "\n\n", "\r\n\r\n"] {
        let bench = Workbench::new()
            .with("register/parties.csv", PARTIES.replace('\n', end))
            .with(
                "register/relationships.csv",
                RELATIONSHIPS.trim_end().replace('\n', end),
            );
        bench.analyze();
    }
}
