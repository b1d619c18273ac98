//! Stakes: what they need, and that only operators' own duties have them.

use ciiflow::lang::Lang;
use ciiflow::policy::{Policy, StakeKind};

use crate::PRELUDE;
use crate::cases::added;

/// An instrument, an obligation that operators bear themselves, one that they do not, and a stake.
fn with_obligations(stake: &str) -> String {
    let before = "[instrument.law]\ntitle = { en = \"Law\" }\npillar = \"Law\"\n\
        [[obligation]]\nid = \"report\"\ntitle = { en = \"Report\" }\nown = { when = {} }\n\
        [[obligation]]\nid = \"vetting\"\ntitle = { en = \"Vetting\" }\ndirect = { when = {} }\n";
    format!("{before}{stake}")
}

#[track_caller]
fn stake(marked: &str, codes: &[&str]) {
    added(&with_obligations(marked), codes);
}

/// A pack without faults.
#[track_caller]
fn good(source: &str) -> Policy {
    let source = format!("{PRELUDE}{source}\n");
    Policy::parse(&source, "good.toml")
        .unwrap_or_else(|faults| panic!("{}", faults.render(Lang::En, false)))
}

#[test]
fn stakes() {
    let start = "[[stake]]\nobligation = \"report\"\ntext = { en = \"Soon\" }\nbasis = [{ instrument = \"law\" }]\n";
    let clock = good(&with_obligations(&format!(
        "{start}kind = \"clock\"\nsince = 2026-01-01"
    )));
    assert_eq!(clock.stakes[0].kind, StakeKind::Clock);
    let keys = "kind = \"penalty\"\nbreach = { en = \"delay\" }\nliable = { en = \"it\" }\ntimes_amount = [1, 10]";
    let penalty = good(&with_obligations(&format!("{start}{keys}")));
    assert_eq!(penalty.stakes[0].times_amount, Some([1, 10]));
    let breach = penalty.stakes[0].breach.as_ref();
    assert_eq!(breach.map(|breach| breach.get(Lang::En)), Some("delay"));
    for (keys, codes) in [
        (
            "¶¶¶¶[[stake]]\n¶fine = 1",
            [
                "missing-key",
                "missing-key",
                "missing-key",
                "missing-key",
                "unknown-key",
            ]
            .as_slice(),
        ),
        (
            "[[stake]]\nobligation = ¶\"vetting\"\nkind = ¶\"fine\"\ntext = { en = \"Soon\" }\nbasis = [{ instrument = ¶\"lwa\" }]",
            &["unknown-obligation", "unknown-word", "unknown-instrument"],
        ),
        (
            "[[stake]]\nobligation = \"report\"\nkind = \"clock\"\ntext = { en = \"Soon\" }\nbasis = ¶[]",
            &["empty-list"],
        ),
    ] {
        stake(keys, codes);
    }
    for (keys, codes) in [
        (
            "kind = \"clock\"\ntimes_amount = ¶[1, 10]",
            ["unfitting-key"].as_slice(),
        ),
        (
            "kind = \"clock\"\nbreach = ¶{ en = \"delay\" }",
            &["unfitting-key"],
        ),
        (
            "kind = \"penalty\"\ntimes_amount = ¶[10, 1]",
            &["out-of-range"],
        ),
        ("kind = \"penalty\"\ntimes_amount = ¶[1]", &["out-of-range"]),
        (
            "kind = \"penalty\"\ntimes_amount = [¶0, 1]",
            &["out-of-range"],
        ),
        ("kind = \"penalty\"\nsince = ¶\"2026\"", &["wrong-type"]),
    ] {
        stake(&format!("{start}{keys}"), codes);
    }
}

/// A question may only leave to be filled in what is known of an owner.
#[test]
fn the_question_of_ownership() {
    let asks = good("[ownership]\nquestion = { en = \"Does {owner} supply {party}?\" }");
    assert!(asks.ownership_question.is_some());
    added(
        "[ownership]\n¶asked = 1\nquestion = { en = ¶\"Does {supplier} supply {party}?\" }",
        &["unknown-key", "unknown-placeholder"],
    );
    added("¶[ownership]", &["missing-key"]);
}
