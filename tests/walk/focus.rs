//! What concerns one party: a naive search beside it, and small registers that can be seen through.

use std::collections::BTreeSet;

use ciiflow::assess::Assessment;
use ciiflow::flow::Flow;
use ciiflow::register::PartyId;
use proptest::prelude::*;

use crate::generate::{Ids, example};
use crate::laws::config;
use crate::model::{Row, walk, walk_plainly};
use crate::naive::Naive;
use crate::odd::{operator, row};

/// The findings and clauses that concern a party, each as party or label with obligation and status.
fn concerning(flow: &Flow, party: PartyId) -> [BTreeSet<[String; 3]>; 2] {
    let assessment = Assessment::new(flow).focused(party);
    let entry = |who: &str, obligation: u8, status: &str| {
        let id = &flow.policy.obligations[usize::from(obligation)].id;
        [who, id, status].map(str::to_owned)
    };
    let findings = assessment.findings.iter().map(|finding| {
        let id = flow.register.parties.id(finding.party);
        entry(id, finding.obligation, finding.status.as_str())
    });
    let clauses = assessment.clauses().iter().map(|(clause, _)| {
        let label = flow.register.relationships.label(clause.relationship);
        entry(&label, clause.obligation, clause.status.as_str())
    });
    [findings.collect(), clauses.collect()]
}

proptest! {
    #![proptest_config(config(4))]

    #[test]
    fn what_concerns_a_party_equals_a_naive_search(example in example(Ids::Mixed)) {
        let naive = Naive::new(&example.cells, &example.obligations);
        walk(&example.cells, &example.obligations, |flow| {
            for party in flow.register.parties.iter() {
                let id = flow.register.parties.id(party);
                let [findings, clauses] = naive.focus(id);
                let [found, carried] = concerning(flow, party);
                prop_assert_eq!(&findings, &found, "findings of {}", id);
                prop_assert_eq!(&clauses, &carried, "clauses of {}", id);
            }
            Ok(())
        })?;
    }

    /// What starts at the only operator concerns it, all of it; and what concerns anyone is a finding.
    #[test]
    fn everything_concerns_an_operator_that_is_alone(example in example(Ids::Mixed)) {
        walk(&example.cells, &example.obligations, |flow| {
            let whole = Assessment::new(flow);
            let operators = flow.register.parties.iter().filter(|&party| flow.operator(party).is_some());
            let operators: Vec<PartyId> = operators.collect();
            for party in flow.register.parties.iter() {
                let focused = Assessment::new(flow).focused(party);
                prop_assert!(focused.findings.iter().all(|finding| whole.findings.contains(finding)));
                prop_assert!(focused.clauses().iter().all(|clause| whole.clauses().contains(clause)));
                if operators == [party] {
                    prop_assert_eq!(&focused.findings, &whole.findings);
                    prop_assert_eq!(focused.clauses(), whole.clauses());
                }
            }
            Ok(())
        })?;
    }
}

/// Who is reached with one party in focus, and by which relationships, under one obligation that only `supports` and a
/// bound of tiers limit.
fn look(tiers: Option<u32>, rows: Vec<Row>, party: &str) -> (String, String) {
    walk_plainly(tiers, vec![operator("bank")], rows, |flow| {
        let focus = flow.register.parties.find(party).unwrap();
        let told = concerning(flow, focus).map(|entries| {
            let told = entries
                .iter()
                .map(|[who, _, status]| match status.as_str() {
                    "applies" => who.clone(),
                    status => format!("{who} {status}"),
                });
            told.collect::<Vec<_>>().join(", ")
        });
        let [findings, clauses] = told;
        (findings, clauses)
    })
}

#[test]
fn what_goes_on_from_a_party() {
    let diamond = || {
        vec![
            row("bank", "left", ""),
            row("bank", "right", ""),
            row("left", "maker", "all"),
            row("right", "maker", "all"),
            row("maker", "mine", "all"),
            row("right", "cleaner", "none"),
        ]
    };
    let circle = || {
        vec![
            row("bank", "a", ""),
            row("a", "b", "all"),
            row("b", "a", "all"),
            row("bank", "c", ""),
            row("b", "d", "all"),
        ]
    };
    let named = || {
        vec![
            row("bank", "host", ""),
            row("shop", "host", ""),
            row("host", "guard", "R1"),
            row("host", "cook", "R2"),
            row("guard", "school", ""),
        ]
    };
    let chosen = || {
        vec![
            row("bank", "host", ""),
            row("bank", "other", ""),
            row("host", "guard", "all"),
            row("other", "guard", "all"),
            row("guard", "school", "R3"),
            row("guard", "tailor", "R4"),
        ]
    };
    for (tiers, rows, focus, findings, clauses) in [
        // The chain that is shown runs by the left; the walk by the right counts as well.
        (None, diamond(), "right", "maker, mine, right", "R2, R4, R5"),
        (None, diamond(), "maker", "maker, mine", "R3, R4, R5"),
        (None, diamond(), "cleaner", "", ""),
        (
            None,
            diamond(),
            "bank",
            "left, maker, mine, right",
            "R1, R2, R3, R4, R5",
        ),
        // A walk by the right that is as long as the bound allows, and one that is too long.
        (
            Some(3),
            diamond(),
            "right",
            "maker, mine, right",
            "R2, R4, R5",
        ),
        (Some(2), diamond(), "right", "maker, right", "R2, R4"),
        // What comes round a circle has gone through each of it.
        (None, circle(), "b", "a, b, d", "R2, R3, R5"),
        (None, circle(), "a", "a, b, d", "R1, R2, R3, R5"),
        (None, circle(), "c", "c", "R4"),
        (None, circle(), "d", "d", "R5"),
        // Only what supports the right delivery, and what may support it.
        (
            None,
            named(),
            "host",
            "guard, host, school unconfirmed",
            "R1, R3, R5 unconfirmed",
        ),
        (
            None,
            named(),
            "guard",
            "guard, school unconfirmed",
            "R3, R5 unconfirmed",
        ),
        (None, named(), "shop", "", ""),
        // The guard delivers to the school what the host asked for, to the tailor what the other did.
        (None, chosen(), "host", "guard, host, school", "R1, R3, R5"),
        (
            None,
            chosen(),
            "other",
            "guard, other, tailor",
            "R2, R4, R6",
        ),
    ] {
        let (found, carried) = look(tiers, rows, focus);
        assert_eq!(
            (found.as_str(), carried.as_str()),
            (findings, clauses),
            "{focus}, {tiers:?}"
        );
    }
}
