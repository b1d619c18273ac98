//! What letters ask to be filled in.

use super::{bench, keys, letter};
use crate::workbench::Workbench;

/// What of a contract is unknown, that a rule looks at, and the supplier can tell.
#[test]
fn the_form_asks_for_what_is_open_and_the_supplier_can_tell() {
    let known = "SG,personal,CN,no,none-of-these,no,no";
    for (row, expected) in [
        (format!("R1,bank,host,,C,other,yes,remote,{known}"), &[][..]),
        (
            format!("R1,bank,host,,C,other,yes,,{known}"),
            &["R1.access"],
        ),
        // In words that the register does not have, and in part.
        (
            format!("R1,bank,host,,C,other,yes,telepathy,{known}"),
            &["R1.access"],
        ),
        (
            "R1,bank,host,,C,other,yes,remote,CN,personal,CN;Pool 3,no,none-of-these,no,no"
                .to_owned(),
            &["R1.data_location"],
        ),
        // No rule looks at access where the contract does not serve the critical systems.
        (format!("R1,bank,host,,C,other,no,,{known}"), &[]),
        // Whose contract has no id is called by its row.
        (
            format!(",bank,host,,C,other,yes,,{known}"),
            &["row 2.access"],
        ),
        // Asked of the customer, or of the operator: what data it gets, what it delivers, whether that matters to anybody.
        (
            "R1,bank,host,,C,,,remote,CN,,CN,,cloud-service,no,no".to_owned(),
            &[],
        ),
        (
            "R1,bank,host,,C,cloud-hosting,yes,none,none,none,none,yes,,,".to_owned(),
            &["R1.product_category", "R1.cryptography"],
        ),
    ] {
        let bench = bench(&format!("{row}\n"));
        letter(&bench, "host --from bank").exit(0);
        let keys = keys(&bench.read("out/letters/host.csv"));
        let asked: Vec<&str> = keys
            .iter()
            .map(String::as_str)
            .filter(|key| !key.contains('/'))
            .collect();
        assert_eq!(asked, expected, "{row}");
        let page = bench.read("out/letters/host.md");
        let is_form = page.contains("| Key | Question | Possible answers | Answer |");
        assert_eq!(is_form, !expected.is_empty(), "{page}");
    }
}

/// A document that shows something for another customer is not told of, and shows nothing here.
#[test]
fn documents_are_told_by_their_days_and_only_those_of_the_contracts_with_the_sender() {
    let rows = "R1,bank,host,,C-1,operations-maintenance,yes,remote,CN,none,none,no,none-of-these,no,no\n\
        R2,abroad,host,,C-2,operations-maintenance,yes,remote,CN,none,none,no,none-of-these,no,no\n";
    let on_file = "R1/background-check/clause";
    for (evidence, says, is_asked) in [
        (
            "host,background-check,R1,clause,Deed for Far Away,2025-01-01,,accepted",
            "On file, issued 2025-01-01",
            false,
        ),
        (
            "host,background-check,R1,clause,Deed,2025-01-01,2025-12-01,accepted",
            "ended 2025-12-01; please renew",
            true,
        ),
        (
            "host,background-check,R1,clause,Deed,2025-01-01,2026-02-01,accepted",
            "to 2026-02-01; please renew",
            true,
        ),
        (
            "host,background-check,R2,clause,Deed,2025-01-01,,accepted",
            "",
            true,
        ),
        (
            "host,background-check,R1,clause,Deed,2025-01-01,,draft",
            "",
            true,
        ),
    ] {
        let bench = bench(rows).with(
            "register/evidence.csv",
            format!(
                "party,obligation,relationship,shows,document,issued,expires,status\n{evidence}\n"
            ),
        );
        letter(&bench, "host --from bank").exit(0);
        let page = bench.read("out/letters/host.md");
        assert!(
            page.contains(says) && !page.contains("Deed"),
            "{evidence}:\n{page}"
        );
        assert_eq!(page.contains("2025-01-01"), !says.is_empty(), "{evidence}");
        let keys = keys(&bench.read("out/letters/host.csv"));
        assert_eq!(keys.contains(&on_file.to_owned()), is_asked, "{evidence}");
    }
    // The same for what shows the duty: it serves all contracts with the sender, and no other.
    for (relationship, is_asked) in [("", false), ("R1", false), ("R2", true)] {
        let evidence =
            format!("host,background-check,{relationship},duty,Deed,2025-12-01,,accepted");
        let bench = bench(rows).with(
            "register/evidence.csv",
            format!(
                "party,obligation,relationship,shows,document,issued,expires,status\n{evidence}\n"
            ),
        );
        letter(&bench, "host --from bank").exit(0);
        let keys = keys(&bench.read("out/letters/host.csv"));
        assert_eq!(
            keys.contains(&"host/background-check/duty".to_owned()),
            is_asked,
            "{evidence}"
        );
    }
}

/// What may be asked, and what has to be told, stands in the pack.
#[test]
fn the_pack_says_what_is_asked_and_told() {
    let house = include_str!("../policy.toml")
        .replace("asked_of = \"customer\"", "asked_of = \"supplier\"")
        .replace(
            "type = \"countries\"",
            "type = \"countries\"\nasked_of = \"supplier\"",
        )
        + "\n[[obligation]]\nid = \"rank-check\"\ntitle = { en = \"Rank\" }\n\
           [obligation.direct]\nwhen = { supplier = { rank = \"plain\" } }\n";
    let notice =
        "[[letter.notice]]\nwhen = { staff = { at_least = 100 } }\ntext = { en = \"Be told.\" }\n";
    for (letter, asked, is_told, code) in [
        ("", &["R3.access", "dish.country"][..], false, 0),
        (
            "[letter]\nwithhold = [\"access\"]\n",
            &["dish.country"],
            false,
            0,
        ),
        (
            "[letter]\nwithhold = [\"access\", \"country\"]\n",
            &[],
            false,
            0,
        ),
        (notice, &["R3.access", "dish.country"], true, 0),
        (
            &notice.replace("100 ", "5 "),
            &["R3.access", "dish.country"],
            true,
            0,
        ),
        (&notice.replace("text", "review = true\ntext"), &[], true, 2),
        (
            "[[letter.notice]]\ntext = { en = \"Be told.\" }\n",
            &["R3.access", "dish.country"],
            true,
            0,
        ),
    ] {
        // Of the dish nothing is known, so a notice about its staff is told.
        let bench = Workbench::new()
            .with("policy.toml", format!("{house}{letter}"))
            .parties("dish,Dish,,,,,\n")
            .relationships("R3,bank,dish,,C-3,,,yes,\n");
        bench
            .run("letter register dish --from bank -o out")
            .exit(code);
        if code != 0 {
            bench.nothing_written();
            continue;
        }
        let keys = keys(&bench.read("out/letters/dish.csv"));
        let questions: Vec<&String> = keys.iter().filter(|key| !key.contains('/')).collect();
        assert_eq!(questions, asked, "{letter}");
        assert_eq!(
            bench.read("out/letters/dish.md").contains("Be told."),
            is_told,
            "{letter}"
        );
    }
    // Of a party of which it is known that it does not hold, it is not told.
    let bench = Workbench::new().with("policy.toml", format!("{house}{notice}"));
    bench.run("letter register host -o out").exit(0);
    assert!(!bench.read("out/letters/host.md").contains("Be told."));
}
