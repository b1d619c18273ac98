//! Who matters: a naive search beside it, and small registers that can be seen through.

use std::collections::BTreeSet;

use ciiflow::flow::{Behind, Flow, Status};
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
}
