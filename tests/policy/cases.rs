//! Small packs with faults, each kind of table in a test of its own.

use super::{OBLIGATION, PRELUDE, check};
use ciiflow::policy::Policy;

/// Something after the prelude.
#[track_caller]
pub(super) fn added(marked: &str, codes: &[&str]) {
    check(&format!("{PRELUDE}{marked}\n"), codes);
}

/// Lines of an obligation that has its id and title.
#[track_caller]
fn obligation(marked: &str, codes: &[&str]) {
    added(&format!("{OBLIGATION}{marked}"), codes);
}

/// The condition of a direct step.
#[track_caller]
fn direct(condition: &str, codes: &[&str]) {
    obligation(&format!("direct = {{ when = {condition} }}"), codes);
}

#[test]
fn the_top_of_a_pack() {
    check("¶¶", &["missing-key", "missing-key"]);
    check("[pack]\nid = ¶}\n", &["syntax"]);
    let header =
        "¶¶¶[pack]\n¶ident = 1\n¶name = \"x\"\n[origin]\nfact = ¶\"f\"\napplies = []\n[¶orgin]\n";
    let missing = ["missing-key"; 3];
    check(
        header,
        &[
            &missing[..],
            &["unknown-key", "unknown-key", "unknown-fact", "unknown-key"],
        ]
        .concat(),
    );
    let types = "pack = { id = ¶\"No Id\", version = ¶1.0, title = ¶\"Case\", notice = ¶{ zh = \"无\" } }\norigin = ¶1\n";
    check(
        types,
        &[
            "invalid-name",
            "wrong-type",
            "wrong-type",
            "missing-key",
            "wrong-type",
        ],
    );
    let blank = "pack = { id = ¶\"\", version = ¶\" \", title = { en = ¶\"\", zh = ¶\"\", ¶fr = \"\" } }\norigin = ¶[]\n";
    check(
        blank,
        &[
            "invalid-name",
            "empty-text",
            "empty-text",
            "empty-text",
            "unknown-key",
            "wrong-type",
        ],
    );
}

#[test]
fn who_starts_obligations() {
    let origin = |origin: &str, facts: &str| {
        format!(
            "[pack]\nid = \"c\"\nversion = \"1\"\ntitle = {{ en = \"C\" }}\n[origin]\n{origin}\n{facts}\n"
        )
    };
    let choice = "[fact.s]\nof = \"party\"\ntype = \"choice\"\nvalues = [\"a\", \"b\"]";
    let of = |of: &str, kind: &str| format!("[fact.s]\nof = \"{of}\"\ntype = \"{kind}\"");
    check(
        &origin("fact = ¶\"t\"\napplies = [\"a\"]", choice),
        &["unknown-fact"],
    );
    check(
        &origin(
            "fact = \"s\"\napplies = [\"a\", ¶\"c\"]\nconditional = [¶\"a\", ¶\"d\"]",
            choice,
        ),
        &["unknown-value", "origin-overlap", "unknown-value"],
    );
    check(
        &origin("fact = ¶\"s\"\napplies = [\"a\"]", &of("party", "yes-no")),
        &["unfit-origin"],
    );
    check(
        &origin(
            "fact = ¶\"s\"\napplies = [\"a\"]",
            &choice.replace("party", "relationship"),
        ),
        &["unfit-origin"],
    );
    check(
        &origin("fact = ¶1\napplies = ¶\"a\"\n¶if = 1", choice),
        &["wrong-type", "wrong-type", "unknown-key"],
    );
}

#[test]
fn facts() {
    added("[fact]\nx = ¶1\ny = ¶[]", &["wrong-type", "wrong-type"]);
    added(
        "[fact.x]\nof = ¶\"vendor\"\ntype = ¶\"sets\"\n¶valeus = []",
        &["unknown-word", "unknown-word", "unknown-key"],
    );
    added("¶¶[fact.x]", &["missing-key", "missing-key"]);
    added(
        "[fact.¶\"Data Flow\"]\nof = \"party\"\ntype = \"text\"",
        &["invalid-name"],
    );
    for name in [
        "local-name",
        "supplier",
        "all",
        "not",
        "criticality",
        "shows",
        "reason",
    ] {
        added(
            &format!("[fact.¶{name}]\nof = \"party\"\ntype = \"text\""),
            &["reserved-name"],
        );
    }
    added(
        "[fact.¶¶Owner]\nof = \"party\"\ntype = \"text\"",
        &["invalid-name", "reserved-name"],
    );
    added(
        "¶[fact.x]\nof = \"party\"\ntype = \"set\"",
        &["missing-key"],
    );
    added(
        "[fact.x]\nof = \"party\"\ntype = \"set\"\nvalues = ¶[]",
        &["empty-list"],
    );
    added(
        "[fact.x]\nof = \"party\"\ntype = \"yes-no\"\n¶values = [\"a\"]\n¶synonyms = { a = [\"b\"] }",
        &["unfitting-key", "unfitting-key"],
    );
    let set = |rest: &str| format!("[fact.x]\nof = \"party\"\ntype = \"set\"\nvalues = {rest}");
    added(
        &set("[\"a\", ¶\"NONE\", ¶\"unknown\", ¶\"All\", ¶\"A\", ¶\"\", ¶1]"),
        &[
            "reserved-value",
            "reserved-value",
            "reserved-value",
            "duplicate-value",
            "empty-text",
            "wrong-type",
        ],
    );
    added(
        &set("[\"a\", \"b\"]\nlabels = { en = { a = \"A\", ¶c = \"C\" }, ¶fr = {} }"),
        &["unknown-value", "unknown-key"],
    );
    added(
        &set("[\"a\", \"b\"]\nheadings = [¶1, ¶\"\"]\ntitle = ¶{ }"),
        &["wrong-type", "empty-text", "missing-key"],
    );
}

#[test]
fn headings_belong_to_one_fact() {
    let facts = |subject: &str| {
        format!(
            "[fact.data-flow]\nof = \"party\"\ntype = \"text\"\nheadings = [\"Flow\", \"Data Flow\", ¶\"KIND_\"]\n\
             [fact.¶data_flow]\nof = \"{subject}\"\ntype = \"text\"\nheadings = [\"x\", ¶\"flow\", ¶\"Users\"]"
        )
    };
    let one_table = facts("party").replace("¶\"KIND_\"", "\"Kind\"");
    let ambiguous = "ambiguous-heading";
    added(&one_table, &[ambiguous, ambiguous, ambiguous]);
    let two_tables = facts("relationship")
        .replace('¶', "")
        .replace("\"KIND_\"", "¶\"Country\"");
    added(&two_tables, &[ambiguous]);
}

#[test]
fn synonyms_and_authorities() {
    let set = |rest: &str| {
        format!("[fact.x]\nof = \"party\"\ntype = \"set\"\nvalues = [\"a\", \"b\"]\n{rest}")
    };
    added(
        &set("synonyms = { a = [\"一\", \"A\", ¶\"B\", ¶\"None\"], b = [¶\"一\"], ¶c = [\"三\"] }"),
        &[
            "ambiguous-synonym",
            "reserved-value",
            "ambiguous-synonym",
            "unknown-value",
        ],
    );
    added(
        "[fact.x]\nof = \"party\"\ntype = \"choice\"\nvalues = [\"a\"]\nsynonyms = { a = [\"none\", ¶\"Unknown\"] }",
        &["reserved-value"],
    );
    let countries = "[fact.x]\nof = \"party\"\ntype = \"countries\"\n";
    added(
        &format!(
            "{countries}synonyms = {{ CN = [\"PRC\", ¶\"us\"], ¶cn = [\"x\"], ¶XX = [\"y\"], HK = [¶\"prc\"] }}"
        ),
        &[
            "ambiguous-synonym",
            "unknown-country",
            "unknown-country",
            "ambiguous-synonym",
        ],
    );
    added(
        &set(
            "authorities = { a = { title = { en = \"M\" }, checked = ¶\"secondary\" }, ¶c = ¶{ source = \"s\" } }",
        ),
        &["missing-source", "unknown-value", "missing-key"],
    );
}

#[test]
fn questions() {
    let asked = |question: &str| {
        format!("[fact.x]\nof = \"party\"\ntype = \"text\"\nquestion = {{ en = {question} }}")
    };
    added(
        &format!(
            "{}\nasked_of = ¶\"them\"",
            asked("\"Is {customer} at {relationship} with {operator}?\"")
        ),
        &["unknown-word"],
    );
    added(
        &asked("¶\"Is {party} a {thing}?\""),
        &["unknown-placeholder"],
    );
    added(
        &asked("¶\"Is {supplier a thing?\""),
        &["unknown-placeholder"],
    );
    added(
        &asked("¶¶\"Is {} 90%}?\""),
        &["unknown-placeholder", "unknown-placeholder"],
    );
}

#[test]
fn instruments() {
    added(
        "¶¶[instrument.x]\n¶short = 1",
        &["missing-key", "missing-key", "unknown-key"],
    );
    let dates = "in_force = ¶\"2026-01-01\"\nrenumbered = ¶2026-01-01T00:00:00Z";
    added(
        &format!("[instrument.x]\ntitle = {{ en = \"X\" }}\npillar = ¶\"\"\n{dates}"),
        &["empty-text", "wrong-type", "wrong-type"],
    );
    added("[[¶instrument]]", &["syntax"]);
}

#[test]
fn obligations() {
    added("¶[obligation]", &["wrong-type"]);
    added(
        "¶¶¶[[obligation]]\n¶name = \"x\"",
        &["missing-key", "missing-key", "no-step", "unknown-key"],
    );
    obligation(
        "own = { when = {} }\n[[obligation]]\nid = ¶\"o\"\ntitle = { en = \"P\" }\nown = { when = {} }",
        &["duplicate-obligation"],
    );
    obligation("¶onward = { when = {} }", &["onward-without-direct"]);
    obligation(
        "own = { when = {} }\n¶onward = { when = {} }",
        &["onward-without-direct"],
    );
    obligation(
        "own = ¶{ ¶where = {} }\ntiers = ¶0",
        &["missing-key", "unknown-key", "out-of-range"],
    );
    obligation("own = { when = {} }\ntiers = ¶-1", &["out-of-range"]);
    obligation("own = { when = {} }\ntiers = ¶1.5", &["wrong-type"]);
    obligation("own = { when = ¶true }", &["wrong-type"]);
    obligation(
        "own = { when = {} }\norigin = { ¶kind = \"staffing\", ¶supplier = {} }",
        &["misplaced-fact", "misplaced-party"],
    );
    obligation(
        "[obligation.own]\nwhen = { ¶customer = { country = { within = [\"CN\"] } } }",
        &["misplaced-party"],
    );

    let many = |count: usize| {
        let one = |number: usize| {
            format!(
                "[[obligation]]\nid = \"o{number}\"\ntitle = {{ en = \"O\" }}\nown.when = {{}}\n"
            )
        };
        (0..count).map(one).collect::<String>()
    };
    assert!(Policy::parse(&format!("{PRELUDE}{}", many(64)), "pack.toml").is_ok());
    added(
        &many(65).replace(
            "[[obligation]]\nid = \"o64\"",
            "¶[[obligation]]\nid = \"o64\"",
        ),
        &["too-many"],
    );
}

#[test]
fn what_a_step_says() {
    let own = |rest: &str| format!("[obligation.own]\nwhen = {{}}\n{rest}");
    obligation(
        &own("duty = ¶\"do it\"\nbinding = ¶\"law\""),
        &["wrong-type", "unknown-word"],
    );
    obligation(&own("binding = ¶[]"), &["empty-list"]);
    obligation(&own("binding = ¶true"), &["wrong-type"]);
    obligation(
        &own("binding = [¶{ when = {} }, { is = ¶\"undetermined\", ¶if = 1 }, ¶\"contract\"]"),
        &["missing-key", "unknown-word", "unknown-key", "wrong-type"],
    );
    obligation(
        &own("binding = [{ when = { ¶critical = true }, is = \"statute\" }]"),
        &["misplaced-fact"],
    );
    obligation(
        &own("basis = [{ instrument = ¶\"cls\", reading = ¶1 }, ¶{ article = ¶36 }]"),
        &[
            "unknown-instrument",
            "wrong-type",
            "missing-key",
            "wrong-type",
        ],
    );
    obligation(
        &own(
            "basis = [{ instrument = \"csl\", checked = ¶\"secondary\" }, { instrument = \"csl\", checked = ¶\"yes\" }]",
        ),
        &["missing-source", "unknown-word"],
    );
    obligation(
        &own(
            "evidence = { per = ¶\"contract\", valid_months = ¶0, accepts = [¶\"a report\"], ¶months = 1 }",
        ),
        &["unknown-word", "out-of-range", "wrong-type", "unknown-key"],
    );
}

#[test]
fn conditions() {
    direct("{ ¶knid = \"staffing\" }", &["unknown-fact"]);
    direct(
        "{ kind = [\"staffing\", ¶\"cloud\"], not = { kind = ¶\"Staffing\" } }",
        &["unknown-value", "unknown-value"],
    );
    direct(
        "{ all = ¶{}, any = [¶1], not = ¶[] }",
        &["wrong-type", "wrong-type", "wrong-type"],
    );
    direct("{ ¶country = { within = [\"CN\"] } }", &["misplaced-fact"]);
    direct(
        "{ supplier = { ¶critical = true, any = [{ ¶customer = {} }] } }",
        &["misplaced-fact", "misplaced-party"],
    );
    direct("{ supplier = ¶true }", &["wrong-type"]);
}

#[test]
fn tests_that_do_not_fit_their_type() {
    direct("{ kind = ¶true }", &["wrong-test"]);
    direct("{ kind = ¶[\"staffing\", 1] }", &["wrong-test"]);
    direct("{ kind = ¶[] }", &["empty-list"]);
    direct("{ critical = ¶\"yes\" }", &["wrong-test"]);
    direct("{ data_location = ¶[\"CN\"] }", &["wrong-test"]);
    direct("{ data_location = ¶{} }", &["wrong-test"]);
    direct(
        "{ data_location = ¶{ within = [\"CN\"], outside = [\"HK\"] } }",
        &["wrong-test"],
    );
    direct("{ data_location = { within = ¶[] } }", &["empty-list"]);
    direct(
        "{ data_location = { outside = [¶\"cn\", ¶\"UK\", ¶1] } }",
        &["unknown-country", "unknown-country", "wrong-type"],
    );
    direct(
        "{ data_location = ¶{ ¶inside = [\"CN\"] } }",
        &["wrong-test", "unknown-key"],
    );
    direct("{ supplier = { users = ¶5 } }", &["wrong-test"]);
    direct("{ supplier = { users = ¶{} } }", &["wrong-test"]);
    direct(
        "{ supplier = { users = { at_least = ¶\"5\", below = ¶nan } } }",
        &["wrong-test", "wrong-test"],
    );
    direct(
        "{ supplier = { ¶regulator = \"x\", ¶since = 2026-01-01 } }",
        &["untestable-fact", "untestable-fact"],
    );
}

#[test]
fn days_that_no_calendar_has() {
    added(
        "[instrument.x]\ntitle = { en = \"X\" }\npillar = \"X\"\nin_force = ¶2026-02-30",
        &["syntax"],
    );
}
