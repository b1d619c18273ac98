//! The deliveries that some `supports` cell names: single relationships, and all from one party to another.

use hashbrown::HashMap;
use rayon::prelude::*;

use super::graph::{Node, runs};
use crate::register::{PartyId, RelationshipId, Relationships, Scope};

/// Pairs of supplier and customer.
type Pairs = Vec<(PartyId, PartyId)>;

/// Which relationships and which pairs of parties are named, each with a node of its own past the parties.
#[derive(Debug, Default)]
pub(super) struct Deliveries {
    /// The first node that is no party.
    first: Node,
    ones: Numbered,
    /// Nodes of pairs (supplier, customer).
    pairs: HashMap<(PartyId, PartyId), Node>,
    /// The suppliers of pairs, because most parties are none and need not be looked up with each customer.
    suppliers: Numbered,
}

impl Deliveries {
    /// Collects what the relationships name.
    pub(super) fn new(relationships: &Relationships, parties: usize) -> Deliveries {
        let names = |run| {
            let (mut ones, mut pairs) = (Vec::new(), Pairs::new());
            for relationship in run {
                if let Scope::Named(list) = relationships.supports(relationship) {
                    let customer = relationships.customer(relationship);
                    ones.extend(list.relationships.iter().map(|named| named.0));
                    pairs.extend(list.parties.iter().map(|&party| (customer, party)));
                }
            }
            (ones, pairs)
        };
        let named: Vec<(Vec<u32>, Pairs)> = runs(relationships.len()).map(names).collect();
        let ones = named.iter().flat_map(|(ones, _)| ones.iter().copied());
        let ones = Numbered::new(relationships.len(), ones);
        let mut pairs: Pairs = named.into_iter().flat_map(|(_, pairs)| pairs).collect();
        pairs.par_sort_unstable();
        pairs.dedup();
        let suppliers = pairs.iter().map(|(supplier, _)| supplier.0);
        let suppliers = Numbered::new(parties, suppliers);
        let first_pair = (parties + ones.count()) as Node;
        Deliveries {
            first: parties as Node,
            pairs: pairs.into_iter().zip(first_pair..).collect(),
            ones,
            suppliers,
        }
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.ones.count() + self.pairs.len()
    }

    /// Whose each of them is, in the order of their nodes.
    pub(super) fn suppliers(&self, relationships: &Relationships) -> Vec<PartyId> {
        let mut suppliers = vec![PartyId(0); self.count()];
        let named = relationships.iter().zip(relationships.suppliers());
        for (relationship, &supplier) in named {
            if let Some(node) = self.one(relationship) {
                suppliers[(node - self.first) as usize] = supplier;
            }
        }
        self.pairs.iter().for_each(|(&(supplier, _), &node)| {
            suppliers[(node - self.first) as usize] = supplier;
        });
        suppliers
    }

    /// The node of a relationship, if it is named.
    pub(super) fn one(&self, relationship: RelationshipId) -> Option<Node> {
        Some(self.first + self.ones.number(relationship.0)?)
    }

    /// The node of all deliveries from a supplier to a customer, if they are named.
    pub(super) fn pair(&self, supplier: PartyId, customer: PartyId) -> Option<Node> {
        self.suppliers.number(supplier.0)?;
        self.pairs.get(&(supplier, customer)).copied()
    }
}

/// Some of the numbers below a bound, themselves numbered in rising order.
#[derive(Debug, Default)]
struct Numbered {
    /// For each 64 numbers which are in, and how many come before.
    words: Vec<(u64, u32)>,
}

impl Numbered {
    fn new(bound: usize, numbers: impl Iterator<Item = u32>) -> Numbered {
        let mut words = vec![(0_u64, 0_u32); bound.div_ceil(64)];
        for number in numbers {
            words[number as usize / 64].0 |= 1 << (number % 64);
        }
        let mut before = 0;
        for (word, start) in &mut words {
            *start = before;
            before += word.count_ones();
        }
        Numbered { words }
    }

    fn count(&self) -> usize {
        let last = self.words.last();
        last.map_or(0, |(word, before)| (before + word.count_ones()) as usize)
    }

    fn number(&self, of: u32) -> Option<u32> {
        let (word, before) = self.words.get(of as usize / 64)?;
        let bit = of % 64;
        (word >> bit & 1 == 1).then(|| before + (word & ((1 << bit) - 1)).count_ones())
    }
}

#[cfg(test)]
mod tests {
    use super::Numbered;

    #[test]
    fn what_is_in_is_numbered() {
        let numbered = Numbered::new(200, [199, 0, 63, 64, 63].into_iter());
        let numbers = [0, 1, 63, 64, 198, 199, 200].map(|of| numbered.number(of));
        assert_eq!(
            numbers,
            [Some(0), None, Some(1), Some(2), None, Some(3), None]
        );
        assert_eq!(numbered.count(), 4);
        assert_eq!(Numbered::default().count(), 0);
    }
}
