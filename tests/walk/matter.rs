//! Who matters: a naive search beside it, and small registers that can be seen through.

use std::collections::BTreeSet;

use ciiflow::flow::{Behind, Flow, SharedSupplier, Status};
use ciiflow::register::PartyId;
use proptest::prelude::*;

use crate::generate::{Ids, example};
use crate::laws::config;
use crate::model::{Row, walk, walk_plainly};
use crate::naive::Naive;
use crate::odd::{operator, row};

/// Who would lose which obligation at which status if a party delivered nothing, by what the flow says.
fn behind(flow: &Flow, party: PartyId) -> BTreeSet<[String; 3]> {
    let gatekeepers = flow.gatekeepers();
    assert!(gatekeepers.unsettled.is_empty());
    let Some(gatekeeper) = gatekeepers.get(party) else {
        return BTreeSet::new();
    };
    let mut lost = BTreeSet::new();
    let mut told = 0;
    for (obligation, status, parties) in gatekeepers.holds(gatekeeper) {
        told += parties.len();
        let id = &flow.policy.obligations[usize::from(obligation)].id;
        for &other in parties {
            let other = flow.register.parties.id(other);
            lost.insert([other, id, status.as_str()].map(str::to_owned));
        }
    }
    assert_eq!(told, lost.len(), "nobody is told twice");
    let parties: BTreeSet<&String> = lost.iter().map(|[party, ..]| party).collect();
    assert_eq!(gatekeeper.behind, Behind::Exactly(parties.len()));
    assert_eq!(gatekeepers.behind(gatekeeper).len(), parties.len());
    lost
}

proptest! {
    #![proptest_config(config(1))]

    #[test]
    fn who_is_behind_a_gatekeeper_equals_a_naive_search(example in example(Ids::Mixed)) {
        let naive = Naive::new(&example.cells, &example.obligations);
        walk(&example.cells, &example.obligations, |flow| {
            for party in flow.register.parties.iter() {
                let id = flow.register.parties.id(party);
                prop_assert_eq!(naive.behind(id), behind(flow, party), "behind {}", id);
            }
            Ok(())
        })?;
    }

    #[test]
    fn who_is_shared_equals_a_naive_search(example in example(Ids::Mixed)) {
        let naive = Naive::new(&example.cells, &example.obligations);
        walk(&example.cells, &example.obligations, |flow| {
            let shared = flow.shared_suppliers();
            for party in flow.register.parties.iter() {
                let found = shared.iter().find(|one| one.party == party);
                let (operators, obligations) = naive.depending(flow.register.parties.id(party));
                let expected = (operators.len() > 1).then_some((operators, obligations));
                prop_assert_eq!(found.map(|found| told(flow, found)), expected);
            }
            let counts = |one: &SharedSupplier| (one.operators.count, one.potential.count);
            prop_assert!(shared.is_sorted_by(|a, b| counts(a) >= counts(b)));
            Ok(())
        })?;
    }
}

/// The operators that share a supplier, each with its status, and the obligations that they bring to it.
fn told(flow: &Flow, shared: &SharedSupplier) -> (BTreeSet<[String; 2]>, BTreeSet<String>) {
    let kinds = [
        (&shared.operators, Status::Applies),
        (&shared.potential, Status::Conditional),
    ];
    let operators = kinds.into_iter().flat_map(|(operators, status)| {
        assert_eq!(
            operators.count.to_string(),
            operators.names.len().to_string()
        );
        operators.names.iter().map(move |&operator| {
            assert_eq!(flow.operator(operator), Some(status));
            [flow.register.parties.id(operator), status.as_str()].map(str::to_owned)
        })
    });
    let obligations = flow.policy.obligations.iter().enumerate();
    let brought = obligations.filter(|(at, _)| shared.obligations >> at & 1 == 1);
    let ids = brought.map(|(_, obligation)| obligation.id.clone());
    (operators.collect(), ids.collect())
}

/// “host: guard, cook; guard: cook”: gatekeepers in their order, each with who is behind it.
fn gates(flow: &Flow) -> String {
    let gatekeepers = flow.gatekeepers();
    let id = |party: PartyId| flow.register.parties.id(party);
    let told = gatekeepers.all.iter().map(|gatekeeper| {
        let holds = gatekeepers.holds(gatekeeper).map(|(_, status, parties)| {
            let mut ids: Vec<&str> = parties.iter().map(|&party| id(party)).collect();
            ids.sort_unstable();
            match status {
                Status::Applies => ids.join(", "),
                status => format!("{} {}", ids.join(", "), status.as_str()),
            }
        });
        let holds: Vec<String> = holds.collect();
        format!("{}: {}", id(gatekeeper.party), holds.join(", "))
    });
    told.collect::<Vec<_>>().join("; ")
}

#[test]
fn every_walk_runs_through_a_gatekeeper() {
    let two = || vec![operator("bank"), operator("grid")];
    let maybe = || {
        let mut party = operator("maybe");
        party.facts[0] = "potential".to_owned();
        vec![operator("bank"), party]
    };
    let detour = || {
        vec![
            row("bank", "a", ""),
            row("a", "b", "all"),
            row("b", "c", "all"),
            row("bank", "d", ""),
            row("d", "e", "all"),
            row("e", "f", "all"),
            row("f", "c", "all"),
        ]
    };
    let divided = |by: [&str; 2]| {
        vec![
            row("bank", "host", ""),
            row("grid", "host", ""),
            row("host", "guard", by[0]),
            row("host", "guard", by[1]),
            row("guard", "cook", "all"),
        ]
    };
    for (what, tiers, parties, rows, expected) in [
        (
            "a chain",
            None,
            two(),
            vec![
                row("bank", "a", ""),
                row("a", "b", "all"),
                row("b", "c", "all"),
            ],
            "a: b, c; b: c",
        ),
        (
            "both sides of a diamond",
            None,
            two(),
            vec![
                row("bank", "left", ""),
                row("bank", "right", ""),
                row("left", "maker", "all"),
                row("right", "maker", "all"),
                row("maker", "mine", "all"),
            ],
            "maker: mine",
        ),
        // Neither delivery of the host is on every walk; the host is.
        (
            "a party at two deliveries",
            None,
            two(),
            divided(["R1", "R2"]),
            "host: cook, guard; guard: cook",
        ),
        (
            "one way past it",
            None,
            two(),
            [divided(["R1", "R2"]), vec![row("bank", "guard", "")]].concat(),
            "guard: cook",
        ),
        (
            "a party at its deliveries to others",
            None,
            two(),
            divided(["bank", "grid"]),
            "host: cook, guard; guard: cook",
        ),
        // Where deliveries are not known to be helped, nothing applies behind them.
        ("what is unconfirmed", None, two(), divided(["", ""]), ""),
        // An operator starts, and no walk of its own runs through it.
        (
            "an operator that supplies another",
            None,
            two(),
            vec![
                row("bank", "grid", ""),
                row("grid", "a", "all"),
                row("a", "b", "all"),
            ],
            "a: b",
        ),
        (
            "an operator that starts nothing of the kind itself",
            None,
            maybe(),
            vec![row("bank", "maybe", ""), row("maybe", "a", "all")],
            "maybe: a",
        ),
        (
            "what is conditional",
            None,
            maybe(),
            vec![
                row("maybe", "a", ""),
                row("a", "b", "all"),
                row("bank", "c", ""),
                row("c", "a", "none"),
            ],
            "a: b conditional",
        ),
        ("a longer way", None, two(), detour(), "d: e, f; a: b; e: f"),
        (
            "a longer way than the bound",
            Some(3),
            two(),
            detour(),
            "a: b, c; d: e, f; b: c; e: f",
        ),
        (
            "a bound that cuts both",
            Some(2),
            two(),
            detour(),
            "a: b; d: e",
        ),
        (
            "a circle",
            None,
            two(),
            vec![
                row("bank", "a", ""),
                row("a", "b", "all"),
                row("b", "a", "all"),
                row("b", "c", "all"),
            ],
            "a: b, c; b: c",
        ),
    ] {
        let found = walk_plainly(tiers, parties, rows, gates);
        assert_eq!(found, expected, "{what}");
    }
}

/// Chains of parties each of which delivers two things to the next: every one is on all walks, at two deliveries.
fn twofold(length: usize) -> Vec<Row> {
    let names: Vec<String> = (0..=length).map(|at| format!("p{at}")).collect();
    let mut rows = vec![row("bank", &*names[0], ""), row("bank", &*names[0], "")];
    for pair in names.windows(2) {
        for before in [rows.len() - 1, rows.len()] {
            rows.push(row(&*pair[0], &*pair[1], &format!("R{before}")));
        }
    }
    rows
}

#[test]
fn long_chains_that_divide_are_settled_as_far_as_promised() {
    let counts = |length| {
        walk_plainly(None, vec![operator("bank")], twofold(length), |flow| {
            let gatekeepers = flow.gatekeepers();
            for gatekeeper in &gatekeepers.all {
                let at: usize = flow.register.parties.id(gatekeeper.party)[1..]
                    .parse()
                    .unwrap();
                assert_eq!(gatekeeper.behind, Behind::Exactly(length - at));
            }
            [gatekeepers.all.len(), gatekeepers.unsettled.len()]
        })
    };
    assert_eq!(counts(60), [60, 0]);
    let [settled, unsettled] = counts(1000);
    assert!(settled >= 64 && unsettled > 0, "{settled}, {unsettled}");
    assert_eq!(settled + unsettled, 1000);
}

#[test]
fn more_than_64_operators_are_not_named() {
    let banks = || (0..65).map(|at| format!("bank{at}"));
    let rows = banks().map(|bank| row(bank, "hub", ""));
    let rows = rows.chain((0..64).map(|at| row(format!("bank{at}"), "shop", "")));
    walk_plainly(
        None,
        banks().map(operator).collect(),
        rows.collect(),
        |flow| {
            let told = flow.shared_suppliers().into_iter().map(|shared| {
                let id = flow.register.parties.id(shared.party).to_owned();
                (
                    id,
                    shared.operators.count.to_string(),
                    shared.operators.names.len(),
                )
            });
            let expected = [("hub", "64+", 0), ("shop", "64", 64)];
            let expected =
                expected.map(|(id, count, names)| (id.to_owned(), count.to_owned(), names));
            assert_eq!(told.collect::<Vec<_>>(), expected);
        },
    );
}
