//! Screenings with faults.

use crate::cases::added;

/// Keys of a screening, and a factor of it.
#[track_caller]
fn screening(keys: &str, factor: &str, codes: &[&str]) {
    let factor =
        format!("[[screening.factor]]\nid = \"big\"\ntitle = {{ en = \"Big\" }}\n{factor}");
    added(&format!("[screening]\n{keys}\n{factor}"), codes);
}

#[test]
fn screenings() {
    let keys = "among = {}\nas = \"potential\"\ntakes = [[\"big\"]]";
    let when = "when = { users = { at_least = 5 } }";
    added(
        "¶¶¶¶[screening]\n¶factors = []",
        &[
            "missing-key",
            "missing-key",
            "missing-key",
            "missing-key",
            "unknown-key",
        ],
    );
    for (keys, codes) in [
        (
            "among = { ¶critical = true }\nas = \"potential\"\ntakes = []",
            ["misplaced-fact"].as_slice(),
        ),
        (
            "among = { ¶supplier = {} }\nas = \"potential\"\ntakes = []",
            &["misplaced-party"],
        ),
        (
            "among = {}\nas = ¶\"designated\"\ntakes = [[\"big\", ¶\"bgi\"], ¶[]]",
            &["unknown-value", "unknown-factor", "empty-list"],
        ),
    ] {
        screening(keys, when, codes);
    }
    for (factor, codes) in [
        ("¶when = {}\nlink = {}", ["unfit-factor"].as_slice()),
        (
            "link = ¶{ supplies = [\"designated\"], owns = [\"designated\"] }",
            &["unfit-factor"],
        ),
        (
            "link = ¶{ ¶sells = [\"designated\"] }",
            &["unfit-factor", "unknown-key"],
        ),
        ("link = { owned_by = [¶\"operator\"] }", &["unknown-value"]),
        ("link = { owns = ¶[] }", &["empty-list"]),
        (
            "when = { ¶regulator = \"x\" }\nbasis = [{ instrument = ¶\"cls\" }]",
            &["untestable-fact", "unknown-instrument"],
        ),
    ] {
        // A factor without its sign is told at its table.
        let marked = match factor.strip_prefix('¶') {
            Some(rest) => format!(
                "[screening]\n{keys}\n¶[[screening.factor]]\nid = \"big\"\ntitle = {{ en = \"Big\" }}\n{rest}"
            ),
            None => format!(
                "[screening]\n{keys}\n[[screening.factor]]\nid = \"big\"\ntitle = {{ en = \"Big\" }}\n{factor}"
            ),
        };
        added(&marked, codes);
    }
    screening(
        keys,
        &format!(
            "{when}\n¶[[screening.callout]]\nid = ¶\"big\"\ntitle = {{ en = \"Again\" }}\nwhen = {{}}"
        ),
        &["missing-key", "duplicate-factor"],
    );
    screening(
        keys,
        &format!(
            "{when}\n[screening.expects]\nof = [¶\"no\"]\nstated = [\"regulator\", ¶\"kind\", ¶\"reg\"]\nwhen = {{ country = ¶true }}"
        ),
        &[
            "unknown-value",
            "misplaced-fact",
            "unknown-fact",
            "wrong-test",
        ],
    );
    let factor = |at: usize| {
        format!("[[screening.factor]]\nid = \"f{at}\"\ntitle = {{ en = \"F\" }}\nwhen = {{}}\n")
    };
    let many: String = (0..65).map(factor).collect();
    let keys = "among = {}\nas = \"potential\"\ntakes = [[\"f64\"]]";
    added(&format!("¶[screening]\n{keys}\n{many}"), &["too-many"]);
}
