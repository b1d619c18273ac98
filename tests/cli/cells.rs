//! Cells as real registers write them, and what is told where they may mean two things.

use super::workbench::Workbench;

#[test]
fn one_day_in_many_forms_decides_alike() {
    // On 2026-01-01 the first has ended and the others have not.
    let ends = [
        ("2025-12-31T00:00:00Z", false),
        ("2025年12月31日", false),
        ("2025/12/31 0:00", false),
        ("20251231", false),
        ("31-Dec-2025", false),
        ("31/12/2025", false),
        ("２０２５－１２－３１", false),
        ("2026/1/1", true),
        ("1 Jan 2026", true),
        ("1/1/2026", true),
        ("31.12.9999", true),
        ("n/a", true),
        ("—", true),
    ];
    let rows: String = (10..)
        .zip(ends)
        .map(|(n, (cell, _))| format!("R{n},bank,host,,,,{cell},是,ｕｓｅｒ；远程\n"))
        .collect();
    let bench = Workbench::new().relationships(&rows);
    bench.analyze().never_says("warning");
    let clauses = bench.read("out/clauses.csv");
    for (n, (cell, active)) in (10..).zip(ends) {
        assert_eq!(clauses.contains(&format!("\nR{n},")), active, "{cell}");
    }
}

#[test]
fn a_day_that_may_be_two_is_told_and_mended_by_its_format() {
    let row = "R3,bank,host,,,01/02/2026,,yes,user\n";
    let bench = Workbench::new().relationships(row);
    bench
        .analyze()
        .says("warning[ambiguous-date] relationships.csv:4 starts: `01/02/2026` is ambiguous")
        .says("Set `date_format` in register.toml");
    assert!(bench.read("out/clauses.csv").contains("\nR3,"));
    bench
        .run("analyze register -o out2 --lang zh")
        .exit(0)
        .says("有歧义")
        .says("date_format");
    let heading = "id,customer,supplier,supports,contract,starts,ends,serves,access\n";
    for (format, active) in [("%d/%m/%Y", false), ("%m/%d/%Y", false)] {
        let bench = Workbench::new()
            .with("register/relationships.csv", format!("{heading}{row}"))
            .with(
                "register/register.toml",
                format!(
                    "[[table]]\nof = \"parties\"\nfile = \"parties.csv\"\n[[table]]\nof = \"relationships\"\n\
                     file = \"relationships.csv\"\ndate_format = \"{format}\"\n"
                ),
            );
        let run = bench.run("analyze register -o out");
        run.exit(0).never_says("ambiguous");
        assert_eq!(bench.read("out/clauses.csv").contains("\nR3,"), active);
    }
}

#[test]
fn a_number_that_may_be_two_is_told() {
    let bench = Workbench::new()
        .parties(
            "p1,P1,,,中华人民共和国,\"1,20\",\np2,P2,,,840,1.2万,\np3,P3,,,P.R. China,\"1,200人\",\n",
        )
        .relationships("R3,bank,p1,,,,,x,user\nR4,bank,p2,,,,,√,user\n");
    bench
        .analyze()
        .says("warning[bad-number] parties.csv:5 staff: `1,20` is not a number")
        .says("warning[bad-number] parties.csv:7 staff: `1,200人`")
        .says("warning[bad-yes-no] relationships.csv:4 serves: `x`")
        .never_says("parties.csv:6")
        .never_says("bad-country");
    let findings = bench.read("out/findings.csv");
    assert!(
        findings.contains("p1,P1,notice,unconfirmed,1,R3"),
        "{findings}"
    );
    assert!(findings.contains("p2,P2,notice,applies,1,R4"), "{findings}");
    // A cross that may be a tick is unknown, and a tick is yes.
    assert!(
        findings.contains("p1,P1,vetting,unconfirmed,1,R3"),
        "{findings}"
    );
    assert!(
        findings.contains("p2,P2,vetting,applies,1,R4"),
        "{findings}"
    );
}

#[test]
fn mistyped_codes_of_parties_are_told_and_kept() {
    let bench = Workbench::new()
        .parties(
            "91350100M000100Y43,Right,,,CN,5,\n91350100M000100Y44,Wrong,,,CN,5,\n\
             p1,HWUPKR0MPOU8FGXBT395,,,US,5,\np2,HWUPKR0MPOU8FGXBT394,,,US,5,\n",
        )
        .relationships(
            "R3,bank,91350100M000100Y44,,,,,yes,user\n\
             HWUPKR0MPOU8FGXBT395,bank,91350100M000100Y45,,,,,yes,user\n",
        );
    let run = bench.analyze();
    run.says("warning[bad-checksum] parties.csv:6 id: `91350100M000100Y44` is written like a code of GB 32100-2015")
        .says("warning[bad-checksum] parties.csv:7 name: `HWUPKR0MPOU8FGXBT395` is written like a code of ISO 17442 (LEI)")
        .says("warning[bad-checksum] relationships.csv:5 supplier: `91350100M000100Y45`")
        .never_says("`91350100M000100Y43`")
        .never_says("`HWUPKR0MPOU8FGXBT394`");
    // The id of a relationship is no party's.
    assert_eq!(run.err.matches("warning[bad-checksum]").count(), 3);
    let findings = bench.read("out/findings.csv");
    assert!(
        findings.contains("91350100M000100Y44,Wrong,vetting,applies,1,R3"),
        "{findings}"
    );
}

#[test]
fn rows_that_say_nothing_of_a_party_contradict_none() {
    let bench = Workbench::new().with(
        "register/relationships.csv",
        "id,customer,supplier,supplier.staff,supplier.country,serves,access\n\
         R1,bank,cloud,n/a,不适用,yes,user\n\
         R2,bank,cloud,100,CN,yes,user\n",
    );
    bench
        .run("analyze register -o out")
        .exit(0)
        .never_says("conflicting-fact")
        .never_says("bad-country");
    let findings = bench.read("out/findings.csv");
    assert!(
        findings.contains("cloud,cloud,notice,applies,1,R1"),
        "{findings}"
    );
}
