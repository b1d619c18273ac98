//! What packs say of letters: what they need, and their faults.

use ciiflow::lang::Lang;
use ciiflow::policy::{AskedOf, Policy};

use crate::PRELUDE;
use crate::cases::added;

#[test]
fn letters() {
    let source = format!(
        "{PRELUDE}[letter]\nwithhold = [\"critical\", \"users\"]\n\
         [[letter.notice]]\ntext = {{ en = \"Always\" }}\n\
         [[letter.notice]]\nwhen = {{ country = {{ within = [\"CN\"] }} }}\ntext = {{ en = \"There\" }}\n\
         basis = [{{ instrument = \"csl\", checked = \"none\" }}]\nreview = true\n\
         [[obligation]]\nid = \"o\"\ntitle = {{ en = \"O\" }}\n[obligation.direct]\nwhen = {{}}\nclause = {{ en = \"Agreed\" }}\n\
         evidence = {{ accepts = [{{ en = \"A\" }}, {{ en = \"B\", asked_of = \"operator\" }}] }}\n\
         [obligation.onward]\nwhen = {{}}\n"
    );
    let policy = Policy::parse(&source, "good.toml")
        .unwrap_or_else(|faults| panic!("{}", faults.render(Lang::En, false)));
    let withheld = policy.letter.withhold.iter();
    let withheld: Vec<&str> = withheld.map(|fact| &*policy.fact(*fact).name).collect();
    assert_eq!(withheld, ["critical", "users"]);
    let reviewed: Vec<bool> = policy
        .letter
        .notices
        .iter()
        .map(|notice| notice.review)
        .collect();
    assert_eq!(reviewed, [false, true]);
    let onward = policy.obligations[0].onward.as_ref().expect("it has one");
    assert_eq!(
        onward.clause.as_ref().map(|clause| clause.get(Lang::En)),
        Some("Agreed")
    );
    let asked: Vec<AskedOf> = onward
        .evidence
        .accepts
        .iter()
        .map(|accepted| accepted.asked_of)
        .collect();
    assert_eq!(asked, [AskedOf::Supplier, AskedOf::Operator]);
    for (marked, codes) in [
        (
            "[letter]\nwithhold = [¶\"crticial\"]",
            ["unknown-fact"].as_slice(),
        ),
        ("[letter]\nwithhold = ¶\"critical\"", &["wrong-type"]),
        ("[letter]\n¶withold = []", &["unknown-key"]),
        (
            "¶[[letter.notice]]\n¶warn = true",
            &["missing-key", "unknown-key"],
        ),
        (
            "[[letter.notice]]\ntext = { en = \"Told\" }\nwhen = { ¶critical = true }\nreview = ¶\"yes\"",
            &["misplaced-fact", "wrong-type"],
        ),
        (
            "[[letter.notice]]\ntext = { en = \"Told\" }\nwhen = { ¶supplier = {} }\nbasis = [{ instrument = ¶\"lwa\" }]",
            &["misplaced-party", "unknown-instrument"],
        ),
        (
            "[[obligation]]\nid = \"o\"\ntitle = { en = \"O\" }\nown = { when = {}, clause = ¶\"Agreed\", evidence = { accepts = [{ en = \"A\", asked_of = ¶\"them\" }] } }",
            &["wrong-type", "unknown-word"],
        ),
    ] {
        added(marked, codes);
    }
}
