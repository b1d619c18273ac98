//! Whatever was read, written in the canonical form, reads the same again.

use super::workbench::Workbench;

/// Asserts that the register and what `convert` makes of it give the same results, and gives what it wrote.
#[track_caller]
fn round_trip(bench: &Workbench, register: &str) -> [String; 2] {
    bench
        .run(&format!("convert {register} -o canonical"))
        .exit(0);
    let results = |register: &str, out: &str| {
        bench
            .run(&format!(
                "analyze {register} -o {out} --write findings,clauses,exposure"
            ))
            .exit(0);
        ["findings.csv", "clauses.csv", "exposure.csv"]
            .map(|name| bench.read(&format!("{out}/{name}")))
    };
    assert_eq!(results("canonical", "out-again"), results(register, "out"));
    let files = ["parties.csv", "relationships.csv"];
    let written = files.map(|name| bench.read(&format!("canonical/{name}")));
    bench.run("convert canonical -o twice").exit(0);
    let again = files.map(|name| bench.read(&format!("twice/{name}")));
    assert_eq!(again, written, "written twice, it is the same");
    written
}

#[test]
fn what_was_not_understood_stays_unknown() {
    let bench = Workbench::new()
        .parties("p1,Odd,,plain,XX; DE,many,2020-13-01\np2,=Sum,,,,,\np1,Odd again,,,,,\n")
        .relationships(
            "R3,guard,p1,R2; R9,,,,maybe,remote; beam\n,guard,p2,none,,2025-01-01,,no,none\n,p2,nobody,row 5,,,,,\n",
        )
        .with(
            "register/evidence.csv",
            "party,obligation,relationship,shows,document,issued,expires,status\n\
             host,vetting,R1,duty,Statement,2025-10-01,2026-10-01,accepted\n\
             guard,vetting,R9,sign,Annex,soon,,draft\n",
        );
    let [parties, relationships] = round_trip(&bench, "register");
    assert!(parties.contains("p1,Odd,,plain,DE; ?,?,?"), "{parties}");
    assert!(!parties.contains("nobody"), "it is implied again");
    assert!(
        relationships.contains("R3,guard,p1,R2; ?,"),
        "{relationships}"
    );
    assert!(
        relationships.contains(",p2,nobody,row 5,"),
        "{relationships}"
    );
    let evidence = bench.read("canonical/evidence.csv");
    assert!(
        evidence.contains("guard,vetting,?,?,Annex,?,,draft"),
        "{evidence}"
    );
}

#[test]
fn rows_that_move_keep_their_names() {
    let bench = Workbench::new()
        .relationships(",guard,,all,,,,,\n,guard,host,row 4; row 6,,,,,\n,host,guard,all,,,,,\n")
        .without("register/parties.csv")
        .with(
            "register/parties.csv",
            "id,name,rank\nbank,Riverside Bank,core\nhost,Cloud Host,\nguard,Night Guard,plain\n",
        );
    let [_, relationships] = round_trip(&bench, "register");
    assert!(
        relationships.contains("row 5,guard,host,"),
        "{relationships}"
    );
}

#[test]
fn a_flat_table_under_assumptions_becomes_parties_and_relationships() {
    let mapping = "[[table]]\nof = \"relationships\"\nfile = \"flat.csv\"\n\
        columns.customer = \"buyer\"\ncolumns.supplier = \"seller\"\n";
    let bench = Workbench::empty()
        .with("register/register.toml", mapping)
        .with(
            "register/flat.csv",
            "buyer,seller,customer.rank,access\n\"Bank, Riverside\",Cloud Host,core,user\nCloud Host,Night Guard,,\n",
        );
    let run = bench.run("convert register -o canonical --assume serves=yes --lang zh");
    run.exit(0)
        .prints("3 个主体，2 条关系，0 份文件")
        .prints("serves");
    let parties = bench.read("canonical/parties.csv");
    assert!(
        parties.contains("\"Bank, Riverside\",\"Bank, Riverside\",core"),
        "{parties}"
    );
    let relationships = bench.read("canonical/relationships.csv");
    assert_eq!(relationships.matches(",yes").count(), 2, "{relationships}");
    round_trip(&bench, "register");
}

#[test]
fn names_in_two_scripts_stay_apart() {
    let bench = Workbench::new().parties(
        "p1,中国银行 / Bank of China,,core,CN,,\n\
         p2,Bank of China 中国银行,中行,,CN,,\n\
         Yangquan Coal (阳泉煤业),,,,CN,,\n\
         p3,IBM 中国有限公司,,,CN,,\n",
    );
    let [parties, _] = round_trip(&bench, "register");
    for row in [
        "p1,Bank of China,中国银行,",
        "p2,Bank of China 中国银行,中行,",
        "Yangquan Coal (阳泉煤业),Yangquan Coal,阳泉煤业,",
        "p3,IBM 中国有限公司,,",
    ] {
        assert!(parties.contains(row), "{parties}");
    }
}

#[test]
fn the_register_is_not_written_over() {
    let bench = Workbench::new().with("register/register.toml", "");
    let before = bench.read("register/parties.csv");
    for command in [
        "convert register -o register",
        "convert register/register.toml -o ./register/../register",
    ] {
        bench.run(command).exit(2).says("holds the register itself");
    }
    bench
        .run("convert register -o register --lang zh")
        .exit(2)
        .says("是台账所在目录");
    assert_eq!(bench.read("register/parties.csv"), before);
}
