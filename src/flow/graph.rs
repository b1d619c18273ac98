//! The active relationships as a compressed graph: from customers into suppliers.
//!
//! Nodes are the parties, and past them one node for each delivery that some `supports` cell names: a relationship, or
//! all deliveries from one party to another. A relationship that carries something tells it to its supplier's node and
//! to the nodes of the deliveries that it is.

use std::collections::HashMap;

use jiff::civil::Date;
use petgraph::Direction;
use petgraph::visit::{
    GraphBase, IntoNeighbors, IntoNeighborsDirected, IntoNodeIdentifiers, Visitable,
};

use crate::register::{PartyId, Register, RelationshipId, Relationships, Scope};

/// A party, or a delivery that some `supports` cell names.
pub(super) type Node = u32;

/// Lists of relationships by node, end to end.
#[derive(Debug, Default)]
struct Rows {
    starts: Vec<u32>,
    items: Vec<RelationshipId>,
}

impl Rows {
    /// Groups pairs by their first part, keeping their order.
    fn new(nodes: usize, pairs: impl Iterator<Item = (Node, RelationshipId)> + Clone) -> Rows {
        let mut starts = vec![0_u32; nodes + 1];
        for (node, _) in pairs.clone() {
            starts[node as usize + 1] += 1;
        }
        for node in 0..nodes {
            starts[node + 1] += starts[node];
        }
        let mut next = starts.clone();
        let mut items = vec![RelationshipId(0); starts[nodes] as usize];
        for (node, relationship) in pairs {
            let slot = &mut next[node as usize];
            items[*slot as usize] = relationship;
            *slot += 1;
        }
        Rows { starts, items }
    }

    fn get(&self, node: Node) -> &[RelationshipId] {
        let node = node as usize;
        match self.starts.get(node..node + 2) {
            Some(&[start, end]) => &self.items[start as usize..end as usize],
            _ => &[],
        }
    }
}

/// The active part of a register as a graph.
pub(super) struct Graph<'r> {
    pub(super) relationships: &'r Relationships,
    parties: usize,
    out_of: Rows,
    into: Rows,
    /// Nodes of relationships and of pairs (supplier, customer) that are named.
    named: HashMap<Delivery, Node>,
    /// For each named node, past the parties, the relationships that name it.
    supporters: Rows,
    /// For each named node, past the parties, the relationships that it stands for.
    members: Rows,
}

/// A delivery as `supports` cells name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Delivery {
    One(RelationshipId),
    Pair(PartyId, PartyId),
}

impl<'r> Graph<'r> {
    /// The graph of the relationships that are active on a day.
    pub(super) fn new(register: &'r Register, day: Date) -> Graph<'r> {
        let relationships = &register.relationships;
        let parties = register.parties.len();
        let active: Vec<RelationshipId> = relationships
            .iter()
            .filter(|&relationship| relationships.is_active(relationship, day))
            .collect();
        let by = |end: fn(&Relationships, RelationshipId) -> PartyId| {
            active
                .iter()
                .map(move |&relationship| (end(relationships, relationship).0, relationship))
        };
        let mut graph = Graph {
            relationships,
            parties,
            out_of: Rows::new(parties, by(Relationships::customer)),
            into: Rows::new(parties, by(Relationships::supplier)),
            named: HashMap::new(),
            supporters: Rows::default(),
            members: Rows::default(),
        };
        graph.name_deliveries(&active);
        graph
    }

    fn name_deliveries(&mut self, active: &[RelationshipId]) {
        let mut supporters = Vec::new();
        for &relationship in active {
            let Scope::Named(list) = self.relationships.supports(relationship) else {
                continue;
            };
            for delivery in deliveries(self.relationships, relationship, list) {
                let next = (self.parties + self.named.len()) as Node;
                let node = *self.named.entry(delivery).or_insert(next);
                supporters.push((node - self.parties as Node, relationship));
            }
        }
        let mut members = Vec::new();
        if !self.named.is_empty() {
            for &relationship in active {
                let nodes = self.delivered(relationship);
                let nodes = nodes.into_iter().flatten();
                members.extend(nodes.map(|node| (node - self.parties as Node, relationship)));
            }
        }
        self.supporters = Rows::new(self.named.len(), supporters.iter().copied());
        self.members = Rows::new(self.named.len(), members.iter().copied());
    }

    /// How many nodes there are.
    pub(super) fn nodes(&self) -> usize {
        self.parties + self.named.len()
    }

    /// How many relationships are active.
    pub(super) fn active(&self) -> usize {
        self.out_of.items.len()
    }

    /// The party that a node is, if it is one.
    pub(super) fn party(&self, node: Node) -> Option<PartyId> {
        ((node as usize) < self.parties).then_some(PartyId(node))
    }

    /// The active relationships out of a customer, in register order.
    pub(super) fn out_of(&self, customer: PartyId) -> &[RelationshipId] {
        self.out_of.get(customer.0)
    }

    /// The active relationships into a supplier, in register order.
    pub(super) fn supplied_by(&self, supplier: PartyId) -> &[RelationshipId] {
        self.into.get(supplier.0)
    }

    /// The relationships that may carry on what reaches a node: out of a party, or naming a delivery.
    pub(super) fn leads_on(&self, node: Node) -> &[RelationshipId] {
        match self.party(node) {
            Some(party) => self.out_of(party),
            None => self.supporters.get(node - self.parties as Node),
        }
    }

    /// The relationships that can reach a node, in register order: into a party, or those that a delivery is.
    pub(super) fn leads_to(&self, node: Node) -> &[RelationshipId] {
        match self.party(node) {
            Some(party) => self.supplied_by(party),
            None => self.members.get(node - self.parties as Node),
        }
    }

    /// The nodes of the deliveries that a relationship is.
    pub(super) fn delivered(&self, relationship: RelationshipId) -> [Option<Node>; 2] {
        if self.named.is_empty() {
            return [None; 2];
        }
        let (supplier, customer) = (
            self.relationships.supplier(relationship),
            self.relationships.customer(relationship),
        );
        let pair = Delivery::Pair(supplier, customer);
        [Delivery::One(relationship), pair].map(|delivery| self.named.get(&delivery).copied())
    }

    /// From where a relationship can carry something on.
    pub(super) fn sources(&self, relationship: RelationshipId) -> Sources {
        let customer = self.relationships.customer(relationship).0;
        match self.relationships.supports(relationship) {
            Scope::All => Sources {
                whole: Some((customer, [u64::MAX; 3])),
                named: Vec::new(),
            },
            Scope::Unknown => Sources {
                whole: Some((customer, ONLY_UNCONFIRMED)),
                named: Vec::new(),
            },
            Scope::None => Sources {
                whole: None,
                named: Vec::new(),
            },
            Scope::Named(list) => {
                let deliveries = deliveries(self.relationships, relationship, list);
                let named = deliveries.filter_map(|delivery| self.named.get(&delivery).copied());
                let whole = (!list.complete).then_some((customer, ONLY_UNCONFIRMED));
                Sources {
                    whole,
                    named: named.collect(),
                }
            }
        }
    }

    /// What a relationship may take from a node, at each grade.
    pub(super) fn takes(&self, relationship: RelationshipId, from: Node) -> super::Grades {
        if self.party(from).is_none() {
            return [u64::MAX; 3];
        }
        match self.relationships.supports(relationship) {
            Scope::All => [u64::MAX; 3],
            Scope::None => [0; 3],
            Scope::Named(list) if list.complete => [0; 3],
            Scope::Unknown | Scope::Named(_) => ONLY_UNCONFIRMED,
        }
    }
}

/// A relation to all deliveries of a customer that is not known to hold.
const ONLY_UNCONFIRMED: super::Grades = [0, 0, u64::MAX];

/// From where a relationship can carry something on.
#[derive(Debug)]
pub(super) struct Sources {
    /// Its customer, and what may come from any delivery of that customer at each grade.
    pub(super) whole: Option<(Node, super::Grades)>,
    /// Nodes of the deliveries that it names.
    pub(super) named: Vec<Node>,
}

impl Sources {
    /// Every node with what may come from it.
    pub(super) fn iter(&self) -> impl Iterator<Item = (Node, super::Grades)> + '_ {
        let named = self.named.iter().map(|&node| (node, [u64::MAX; 3]));
        named.chain(self.whole)
    }
}

fn deliveries<'l>(
    relationships: &Relationships,
    relationship: RelationshipId,
    list: &'l crate::register::SupportList,
) -> impl Iterator<Item = Delivery> + use<'l> {
    let customer = relationships.customer(relationship);
    let pairs = list
        .parties
        .iter()
        .map(move |&party| Delivery::Pair(customer, party));
    list.relationships
        .iter()
        .map(|&named| Delivery::One(named))
        .chain(pairs)
}

/// Which nodes a petgraph algorithm has seen.
type Seen = <petgraph::csr::Csr as Visitable>::Map;

impl GraphBase for Graph<'_> {
    type NodeId = Node;
    type EdgeId = RelationshipId;
}

impl Visitable for Graph<'_> {
    type Map = Seen;

    fn visit_map(&self) -> Seen {
        Seen::with_capacity(self.parties)
    }

    fn reset_map(&self, map: &mut Seen) {
        map.clear();
        map.grow(self.parties);
    }
}

impl IntoNodeIdentifiers for &Graph<'_> {
    type NodeIdentifiers = std::ops::Range<Node>;

    fn node_identifiers(self) -> Self::NodeIdentifiers {
        0..self.parties as Node
    }
}

impl<'a> IntoNeighbors for &'a Graph<'_> {
    type Neighbors = Neighbors<'a>;

    fn neighbors(self, node: Node) -> Neighbors<'a> {
        self.neighbors_directed(node, Direction::Outgoing)
    }
}

impl<'a> IntoNeighborsDirected for &'a Graph<'_> {
    type NeighborsDirected = Neighbors<'a>;

    fn neighbors_directed(self, node: Node, direction: Direction) -> Neighbors<'a> {
        match direction {
            Direction::Outgoing => Neighbors {
                relationships: self.out_of(PartyId(node)).iter(),
                other_end: self.relationships.suppliers(),
            },
            Direction::Incoming => Neighbors {
                relationships: self.supplied_by(PartyId(node)).iter(),
                other_end: self.relationships.customers(),
            },
        }
    }
}

/// The parties at the other ends of a party's relationships.
pub(super) struct Neighbors<'a> {
    relationships: std::slice::Iter<'a, RelationshipId>,
    other_end: &'a [PartyId],
}

impl Iterator for Neighbors<'_> {
    type Item = Node;

    fn next(&mut self) -> Option<Node> {
        self.relationships
            .next()
            .map(|relationship| self.other_end[relationship.index()].0)
    }
}
