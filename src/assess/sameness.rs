//! Which parties and relationships of two registers are the same.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::register::{PartyId, Register, RelationshipId};

/// How relationships of two assessments are known to be the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sameness {
    /// By their position: of one register, in part thought otherwise.
    Position,
    /// By their ids; without one by customer, supplier, contract and their order among those: rows may have moved.
    Content,
}

/// What a relationship is known by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RelationshipKey<'a> {
    /// Its id, or what stands for it.
    Id(Cow<'a, str>),
    /// Without one, what it is.
    Content {
        /// The customer's id.
        customer: &'a str,
        /// The supplier's id.
        supplier: &'a str,
        /// The contract's reference.
        contract: &'a str,
        /// Its place among those that share all of this, from 1.
        ordinal: u32,
    },
}

impl<'a> RelationshipKey<'a> {
    /// What a relationship of a register is known by.
    pub fn of(
        register: &'a Register,
        relationship: RelationshipId,
        ordinals: &Ordinals,
    ) -> RelationshipKey<'a> {
        let relationships = &register.relationships;
        let id = |party| register.parties.id(party);
        match ordinals.get(relationship) {
            None => RelationshipKey::Id(relationships.label(relationship)),
            Some(ordinal) => RelationshipKey::Content {
                customer: id(relationships.customer(relationship)),
                supplier: id(relationships.supplier(relationship)),
                contract: relationships.contract(relationship).unwrap_or_default(),
                ordinal,
            },
        }
    }
}

/// For relationships without ids their place among those of the same customer, supplier and contract.
#[derive(Debug, Clone, Default)]
pub struct Ordinals(Vec<u32>);

impl Ordinals {
    /// Counts them, in register order.
    pub fn new(register: &Register) -> Ordinals {
        let relationships = &register.relationships;
        if relationships.iter().all(|at| relationships.has_id(at)) {
            return Ordinals::default();
        }
        let mut met: HashMap<(PartyId, PartyId, Option<&str>), u32> = HashMap::new();
        let mut ordinal = |at| {
            if relationships.has_id(at) {
                return 0;
            }
            let ends = (relationships.customer(at), relationships.supplier(at));
            let count = met.entry((ends.0, ends.1, relationships.contract(at)));
            let count = count.or_default();
            *count += 1;
            *count
        };
        Ordinals(relationships.iter().map(&mut ordinal).collect())
    }

    /// The place of a relationship, from 1; none if it has an id.
    pub fn get(&self, relationship: RelationshipId) -> Option<u32> {
        let ordinal = self.0.get(relationship.index()).copied();
        ordinal.filter(|ordinal| *ordinal > 0)
    }
}

/// For the parties and relationships of a register those that they are in another.
#[derive(Debug)]
pub struct Matching {
    parties: Vec<Option<PartyId>>,
    relationships: Vec<Option<RelationshipId>>,
}

impl Matching {
    /// Finds them: parties by their ids.
    pub fn new(before: &Register, after: &Register, sameness: Sameness) -> Matching {
        let find = |party| after.parties.find(before.parties.id(party));
        let relationships = match sameness {
            Sameness::Position => {
                let there = |at: &RelationshipId| at.index() < after.relationships.len();
                let all = before.relationships.iter();
                all.map(|at| Some(at).filter(there)).collect()
            }
            Sameness::Content => same_content(before, after),
        };
        Matching {
            parties: before.parties.iter().map(find).collect(),
            relationships,
        }
    }

    /// The party that a party of the first register is in the second.
    pub fn party(&self, before: PartyId) -> Option<PartyId> {
        self.parties.get(before.index()).copied().flatten()
    }

    /// The relationship that a relationship of the first register is in the second.
    pub fn relationship(&self, before: RelationshipId) -> Option<RelationshipId> {
        self.relationships.get(before.index()).copied().flatten()
    }

    /// Whether each party and each relationship of the second register is in the first.
    pub(super) fn known_after(&self, after: &Register) -> (Vec<bool>, Vec<bool>) {
        let mut parties = vec![false; after.parties.len()];
        let mut relationships = vec![false; after.relationships.len()];
        let found = self.parties.iter().flatten();
        found.for_each(|party| parties[party.index()] = true);
        let found = self.relationships.iter().flatten();
        found.for_each(|relationship| relationships[relationship.index()] = true);
        (parties, relationships)
    }
}

fn same_content(before: &Register, after: &Register) -> Vec<Option<RelationshipId>> {
    let [ordinals, others] = [before, after].map(Ordinals::new);
    let keyed = after
        .relationships
        .iter()
        .map(|at| (RelationshipKey::of(after, at, &others), at));
    let keyed: HashMap<RelationshipKey, RelationshipId> = keyed.collect();
    let all = before.relationships.iter();
    let find = |at| {
        keyed
            .get(&RelationshipKey::of(before, at, &ordinals))
            .copied()
    };
    all.map(find).collect()
}
