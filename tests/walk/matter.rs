//! Who matters: a naive search beside it, and small registers that can be seen through.

use std::collections::BTreeSet;

use ciiflow::flow::{Behind, Flow, SharedSupplier, Status};
use ciiflow::register::PartyId;
use proptest::prelude::*;

use crate::generate::{Ids, example};
use crate::laws::config;
use crate::model::walk;
use crate::naive::Naive;

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
