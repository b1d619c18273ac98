//! Rows with faults: each is told with its place, and no other row is lost.

use super::workbench::{Run, Workbench};

#[test]
fn ids_that_repeat() {
    let bench = Workbench::new()
        .parties("host,Cloud Host,云主机,,CN,40,\nguard,Other Guard,,core,DE,5,\n")
        .relationships("R1,bank,host,,C-1,2024-01-01,2027-01-01,yes,user\nR2,bank,guard,,,,,no,\n");
    bench
        .analyze()
        .says("note[repeated-row] parties.csv:5: the row repeats row 3 (`host`)")
        .says("error[duplicate-id] parties.csv:6: the id `guard` is taken by row 4")
        .says("note[repeated-row] relationships.csv:4: the row repeats row 2 (`R1`)")
        .says("error[duplicate-id] relationships.csv:5: the id `R2` is taken by row 3");
    bench.run("check register").exit(1).prints("1 set aside");
}

#[test]
fn rows_that_name_nobody_are_set_aside() {
    let bench = Workbench::new()
        .parties(",Nameless,,core,,,\nunknown,Someone,,,,,\nNONE,No one,,,,,\n")
        .relationships("R3,,host,,,,,,\nR4,bank,Unknown,,,,,,\nR5,,,,,,,,\n");
    bench
        .analyze()
        .says("error[party-without-id] parties.csv:5")
        .says("error[party-without-id] parties.csv:7")
        .says("relationships.csv:4 customer: a relationship without customer")
        .says("relationships.csv:5 supplier: a relationship without supplier");
    bench.run("check register").exit(1).prints("3 set aside");
}

#[test]
fn a_party_that_no_row_lists_is_implied() {
    let bench = Workbench::new().relationships("R3,bank,ghost,,,,,yes,user\n");
    let run = bench.analyze();
    run.says(
        "warning[unknown-party] relationships.csv:4 supplier: no row of parties has the id `ghost`",
    )
    .prints("1 implied party");
    assert!(
        bench
            .read("out/findings.csv")
            .contains("ghost,ghost,vetting,applies,1,R3")
    );
}

#[test]
fn supply_to_oneself_stands() {
    let bench = Workbench::new().relationships("R3,bank,bank,,,,,yes,user\n");
    bench
        .analyze()
        .says("note[self-supply] relationships.csv:4: `bank` supplies itself");
    assert!(bench.read("out/clauses.csv").contains("R3,bank,bank"));
    bench.run("check register").exit(0);
}

#[test]
fn supports_that_names_nothing_or_anothers_delivery() {
    let bench = Workbench::new().relationships(
        "R3,host,guard,R9,,,,yes,user\nR4,host,guard,R2,,,,yes,user\nR5,host,guard,guard;R1;none,,,,yes,user\n",
    );
    bench
        .analyze()
        .says("warning[unknown-support] relationships.csv:4 supports: `supports` names `R9`")
        .says("warning[foreign-support] relationships.csv:5 supports: `supports` names `R2`, which is no delivery of `host`")
        .says("relationships.csv:6 supports: `supports` names `guard`, which is no delivery of `host`")
        .says("relationships.csv:6 supports: `supports` names `none`");
}

#[test]
fn dates_that_are_none() {
    let bench = Workbench::new().relationships(
        "R3,bank,host,,,32/12/2025,2025-02-30,yes,user\nR4,bank,host,,,2025-06-01,2025-05-31,yes,user\n\
         R5,bank,host,,,0000-01-01,9999-12-31,yes,user\nR6,bank,host,,,10000-01-01,-001-01-01,yes,user\n",
    );
    let run = bench.analyze();
    run.says("warning[bad-date] relationships.csv:4 starts: `32/12/2025` is not a date")
        .says("warning[bad-date] relationships.csv:4 ends: `2025-02-30` is not a date")
        .says("warning[ends-before-starts] relationships.csv:5: it ends (2025-05-31) before it starts (2025-06-01)")
        .says("relationships.csv:7 starts: `10000-01-01` is not a date")
        .never_says("relationships.csv:6");
    let clauses = bench.read("out/clauses.csv");
    for (id, active) in [("R3,", true), ("R4,", false), ("R5,", true), ("R6,", true)] {
        assert_eq!(clauses.contains(&format!("\n{id}")), active, "{id}");
    }
}

#[test]
fn words_outside_their_vocabulary_count_as_unknown() {
    let bench = Workbench::new()
        .parties("p1,P1,,Coree,Atlantis,many,soon\np2,P2,,core;plain,CN;none,1e5,\n")
        .relationships("R3,bank,p1,,,,,maybe,usr;remote\nR4,bank,p2,,,,,yes,all\n");
    bench
        .analyze()
        .says("warning[unknown-value] parties.csv:5 rank: `Coree` is not a value of `rank`")
        .says("Valid: core, maybe, plain. Did you mean `core`?")
        .says("warning[bad-country] parties.csv:5 country: `Atlantis`")
        .says("warning[bad-number] parties.csv:5 staff: `many`")
        .says("warning[bad-number] parties.csv:6 staff: `1e5`")
        .says("warning[bad-date] parties.csv:5 founded: `soon`")
        .says("warning[several-values] parties.csv:6 rank: `core;plain`")
        .says("warning[word-in-list] parties.csv:6 country: `none`")
        .says("warning[bad-yes-no] relationships.csv:4 serves: `maybe`")
        .says("warning[unknown-value] relationships.csv:4 access: `usr`")
        .says("relationships.csv:5 access: `all`");
    let findings = bench.read("out/findings.csv");
    assert!(findings.contains("p1,P1,vetting,unconfirmed,1,R3"));
    assert!(findings.contains("p2,P2,vetting,unconfirmed,1,R4"));
}

#[test]
fn rows_with_too_many_or_too_few_cells() {
    let bench = Workbench::new()
        .parties("p1,P1\np2,P2,,,,,,extra,more\np3,P3,,plain,CN,1,,,,\n")
        .relationships("R3,bank,p1\nR4,bank,p2,,,,,yes,user,,surplus\n");
    bench
        .analyze()
        .says("warning[ragged-row] parties.csv:5: the number of cells is 2, in the heading 7")
        .says("warning[ragged-row] parties.csv:6: the number of cells is 9, in the heading 7")
        .never_says("parties.csv:7")
        .says("warning[ragged-row] relationships.csv:4: the number of cells is 3, in the heading 9")
        .says(
            "warning[ragged-row] relationships.csv:5: the number of cells is 11, in the heading 9",
        );
    assert!(
        bench
            .read("out/findings.csv")
            .contains("p2,P2,vetting,applies,1,R4")
    );
}

#[test]
fn numbers_of_any_size() {
    let nines = "9".repeat(400);
    let bench = Workbench::new()
        .parties(&format!(
            "p1,P1,,,,{nines},\np2,P2,,,,1{},\np3,P3,,,,-0.0,\n",
            "0".repeat(300)
        ))
        .relationships("R3,bank,p1,,,,,,\nR4,bank,p2,,,,,,\nR5,bank,p3,,,,,,\n");
    bench
        .analyze()
        .says("warning[bad-number] parties.csv:5 staff: `9999");
    let findings = bench.read("out/findings.csv");
    assert!(findings.contains("p1,P1,notice,unconfirmed,1,R3"));
    assert!(findings.contains("p2,P2,notice,applies,1,R4"));
    assert!(!findings.contains("p3,P3,notice"));
}

#[test]
fn ids_of_any_characters() {
    let ids = [
        "🏦",
        "بنك",
        "a \"b\" c",
        "two\nlines",
        "a/b\\c",
        "<b>&|`*",
        "\u{202E}evil",
        "e\u{301}",
        "$(id)",
    ];
    let cell = |id: &str| format!("\"{}\"", id.replace('"', "\"\""));
    let rows = ids.map(|id| format!("{},Someone,,,CN,50,\n", cell(id)));
    let links = ids.map(|id| format!(",bank,{},,,,,yes,user\n", cell(id)));
    let bench = Workbench::new()
        .parties(&rows.concat())
        .relationships(&links.concat());
    bench.run("analyze register -o out").exit(0);
    bench.analyze().never_says("unknown-party");
    for id in ids {
        let mut command = bench.command();
        command.args(["explain", "register", id, "--policy", "policy.toml"]);
        command.args(["--as-of", "2026-01-01"]);
        Run::of(&mut command).exit(0).prints("2 obligations");
    }
}

#[test]
fn ids_that_are_words_of_the_format() {
    let bench = Workbench::new()
        .parties("all,All Ltd,,,CN,50,\nrow 5,Row Five,,,CN,50,\nsupplier,S,,,CN,50,\n")
        .relationships("all,bank,all,,,,,yes,user\nrow 5,bank,row 5,,,,,yes,user\n,bank,supplier,,,,,yes,user\nR7,all,guard,all,,,,yes,user\n");
    bench
        .analyze()
        .says("warning[row-like-id] relationships.csv:5 id: the id `row 5`")
        .says("warning[row-like-id] parties.csv:6 id: the id `row 5`");
    let findings = bench.read("out/findings.csv");
    assert!(findings.contains("all,All Ltd,vetting,applies,1,all,"));
    assert!(findings.contains("supplier,S,vetting,applies,1,row 6,"));
}

#[test]
fn a_register_in_which_nothing_starts() {
    let mapping = "[[table]]\nof = \"relationships\"\nfile = \"links.csv\"\n";
    let bench = Workbench::empty()
        .with("register/links.csv", "customer,supplier\nbank,host\n")
        .with("register/register.toml", mapping);
    bench.run("check register").exit(0);
}
