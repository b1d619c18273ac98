//! Screening beside the walk: it changes nothing unless it is applied, and then nothing that applies.

use std::collections::BTreeSet;

use ciiflow::assess::Worklist;
use ciiflow::flow::Flow;
use ciiflow::policy::{Policy, Truth};
use ciiflow::register::{PartyId, Register};
use proptest::prelude::*;

use crate::cases::DAY;
use crate::generate::{Ids, example};
use crate::laws::config;
use crate::model::{pack, policy, register};
use crate::rows::{self, CLAUSES, FINDINGS, Rows};

const SCREENING: &str = r#"
[screening]
among = { country = { within = ["CN"] } }
as = "potential"
takes = [["large"], ["listed", "link"]]
[[screening.factor]]
id = "listed"
title = { en = "Listed" }
when = { sector = "bank" }
[[screening.factor]]
id = "large"
title = { en = "Large" }
when = { users = { at_least = 10 } }
[[screening.factor]]
id = "link"
title = { en = "Link" }
link = { supplies = ["designated", "declared"] }
"#;

/// Findings with chains, and clauses.
fn walked(register: &Register, policy: &Policy) -> (Rows, Rows) {
    let flow = Flow::new(register, policy, DAY);
    let with_chain = [FINDINGS, &["chain"]].concat();
    (
        rows::findings(&flow, &with_chain),
        rows::clauses(&flow, CLAUSES),
    )
}

/// The strongest that can be said of a party's supplying an operator: over all pairs of parties and relationships.
fn supplies_an_operator(register: &Register, policy: &Policy, party: PartyId) -> Truth {
    let relationships = &register.relationships;
    let origin = register.parties.fact(usize::from(policy.origin.fact.0));
    let links = relationships.iter().filter(|&at| {
        relationships.is_active(at, DAY)
            && relationships.supplier(at) == party
            && relationships.customer(at) != party
    });
    let truths = links.map(|at| {
        let status = origin.get(relationships.customer(at).index()).only_item();
        status.map_or(Truth::Unknown, |status| {
            policy.origin.applies.contains(&status).into()
        })
    });
    truths.max().unwrap_or(Truth::False)
}

proptest! {
    #![proptest_config(config(2))]

    #[test]
    fn screening_changes_nothing_unless_it_is_applied(example in example(Ids::Mixed)) {
        let plain = policy(&example.obligations);
        let source = pack(&example.obligations) + SCREENING;
        let screens = Policy::parse(&source, "walk.toml").unwrap();
        let register = register(&example.cells, &screens);
        let (findings, clauses) = walked(&register, &plain);
        prop_assert_eq!(&(findings.clone(), clauses.clone()), &walked(&register, &screens));

        let worklist = Worklist::new(&register, &screens, DAY);
        let applied = worklist.applied(register.clone(), &screens);
        let (after, clauses_after) = walked(&applied, &screens);
        let applying = |rows: &Rows| -> BTreeSet<Vec<String>> {
            rows.iter().filter(|row| row[2] == "applies").cloned().collect()
        };
        // A rule that tests the status itself sees what is taken for it.
        let tests_origin = plain.tests.iter().any(|test| test.fact == plain.origin.fact);
        if !tests_origin {
            prop_assert_eq!(applying(&findings), applying(&after));
            prop_assert_eq!(applying(&clauses), applying(&clauses_after));
        }

        // Whatever else is new starts at a party that was proposed, and a cell that says something is never touched.
        let origin = usize::from(screens.origin.fact.0);
        for party in register.parties.iter() {
            let [was, is] = [&register, &applied].map(|of| of.parties.fact(origin).get(party.index()));
            prop_assert_eq!(was != is, worklist.proposes(party));
            prop_assert!(was == is || was.is_unknown());
        }
        for row in after.iter().filter(|row| !tests_origin && !findings.contains(row)) {
            let was = findings.iter().find(|other| other[..2] == row[..2]);
            let operator = register.parties.find(&row[5]).unwrap();
            let only_counts = was.is_some_and(|was| was[2] == row[2] && was[2] == "conditional");
            prop_assert!(worklist.proposes(operator) || only_counts, "{row:?} after {was:?}");
        }
    }

    #[test]
    fn factors_equal_a_naive_search(example in example(Ids::Mixed)) {
        let source = pack(&example.obligations) + SCREENING;
        let screens = Policy::parse(&source, "walk.toml").unwrap();
        let register = register(&example.cells, &screens);
        let worklist = Worklist::new(&register, &screens, DAY);
        let origin = usize::from(screens.origin.fact.0);
        for candidate in &worklist.candidates {
            let status = register.parties.fact(origin).get(candidate.party.index());
            prop_assert!(status.is_unknown());
            let link = candidate.factors.iter().find(|found| found.factor == 2);
            let link = link.map_or(Truth::False, |found| found.holds);
            prop_assert_eq!(link, supplies_an_operator(&register, &screens, candidate.party));
            prop_assert!(candidate.factors.iter().any(|found| found.holds == Truth::True));
        }
        let holding = |at: usize| {
            let factors = worklist.candidates[at].factors.iter();
            factors.filter(|found| found.holds == Truth::True).count()
        };
        for at in 1..worklist.candidates.len() {
            let id = |at: usize| register.parties.id(worklist.candidates[at].party);
            prop_assert!((holding(at), id(at - 1)) < (holding(at - 1), id(at)));
        }
    }
}
