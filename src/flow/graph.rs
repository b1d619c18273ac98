//! The active relationships as a compressed graph: from customers into suppliers.
//!
//! Nodes are the parties, and past them one node for each delivery that some `supports` cell names: a relationship, or
//! all deliveries from one party to another. A relationship leads from its customer, and from the deliveries that it
//! names, to its supplier and to the deliveries that it is; each such pair of nodes is an edge.

use std::sync::OnceLock;

use jiff::civil::Date;
use rayon::prelude::*;

use super::deliveries::Deliveries;
use super::rows::{Rows, Sources};
use crate::register::{PartyId, Register, RelationshipId, Relationships, Scope};

/// A party, or a delivery that some `supports` cell names.
pub(super) type Node = u32;

/// What an edge lets pass: the outcome of the rules for its relationship, and how that may take from the edge's source.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Code(u32);

/// How a relationship may take from one of its sources.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Takes {
    /// Its customer, all of whose deliveries it supports.
    All,
    /// Its customer, whose deliveries it may support.
    Perhaps,
    /// Its customer, none of whose deliveries it supports by that: only what the customer starts itself.
    Start,
    /// A delivery that it names.
    Named,
}

impl Code {
    fn new(outcome: u32, takes: Takes) -> Code {
        Code(outcome << 2 | takes as u32)
    }

    /// The position in a table that has an entry for each outcome and way of taking, in the order of [`Code::each`].
    pub(super) fn index(self) -> usize {
        self.0 as usize
    }

    /// The outcome of the rules.
    pub(super) fn outcome(self) -> u32 {
        self.0 >> 2
    }

    /// Every way of taking for each of so many outcomes.
    pub(super) fn each(outcomes: u32) -> impl Iterator<Item = (u32, Takes)> {
        let ways = [Takes::All, Takes::Perhaps, Takes::Start, Takes::Named];
        (0..outcomes).flat_map(move |outcome| ways.map(|takes| (outcome, takes)))
    }
}

/// An edge, as the node that it leads to sees it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct EdgeIn {
    pub(super) from: Node,
    pub(super) code: Code,
    pub(super) relationship: RelationshipId,
}

/// An edge, as the node that it leads from sees it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct EdgeOut {
    pub(super) to: Node,
    pub(super) code: Code,
}

/// The active part of a register as a graph.
pub(super) struct Graph<'r> {
    pub(super) relationships: &'r Relationships,
    day: Date,
    parties: usize,
    active: usize,
    deliveries: Deliveries,
    /// The edges out of each node.
    pub(super) out_of: Rows<EdgeOut>,
    /// The edges into each node, in register order.
    pub(super) into: Rows<EdgeIn>,
    /// The active relationships out of each party, which few ask for.
    supplies: OnceLock<Rows<RelationshipId>>,
}

impl<'r> Graph<'r> {
    /// The graph of the relationships that are active on a day; `outcome` gives that of the rules for each.
    pub(super) fn new(
        register: &'r Register,
        day: Date,
        outcome: &(impl Fn(RelationshipId) -> u32 + Sync),
    ) -> Graph<'r> {
        let relationships = &register.relationships;
        let parties = register.parties.len();
        let is_active = relationships.active_on(day);
        let mut graph = Graph {
            relationships,
            day,
            parties,
            active: (0..relationships.len() as u32)
                .into_par_iter()
                .filter(|&relationship| is_active(RelationshipId(relationship)))
                .count(),
            deliveries: Deliveries::new(relationships, parties),
            out_of: Rows::default(),
            into: Rows::default(),
            supplies: OnceLock::new(),
        };
        let edges = Edges {
            graph: &graph,
            is_active,
            outcome,
        };
        let (into, out_of) = (
            Rows::new(graph.nodes(), &Into(&edges)),
            Rows::new(graph.nodes(), &OutOf(&edges)),
        );
        (graph.into, graph.out_of) = (into, out_of);
        graph
    }

    /// How many nodes there are.
    pub(super) fn nodes(&self) -> usize {
        self.parties + self.deliveries.count()
    }

    /// How many relationships are active.
    pub(super) fn active(&self) -> usize {
        self.active
    }

    /// Every party.
    pub(super) fn parties(&self) -> impl ExactSizeIterator<Item = PartyId> + use<> {
        (0..self.parties).map(|party| PartyId(party as u32))
    }

    fn is_party(&self, node: Node) -> bool {
        (node as usize) < self.parties
    }

    /// The active relationships out of a customer, in register order.
    pub(super) fn supplies_to(&self, customer: PartyId) -> &[RelationshipId] {
        let supplies = self.supplies.get_or_init(|| {
            let is_active = self.relationships.active_on(self.day);
            let customers = ByCustomer(self.relationships, is_active);
            Rows::new(self.parties, &customers)
        });
        supplies.get(customer.0)
    }

    /// Whether any active relationship leads out of a customer.
    pub(super) fn is_supplied(&self, customer: PartyId) -> bool {
        !self.out_of.get(customer.0).is_empty()
    }

    /// The active relationships into a supplier, in register order.
    pub(super) fn supplied_by(
        &self,
        supplier: PartyId,
    ) -> impl Iterator<Item = RelationshipId> + '_ {
        let edges = self.into.get(supplier.0).iter();
        let from_customers = edges.filter(|edge| self.is_party(edge.from));
        from_customers.map(|edge| edge.relationship)
    }

    /// The outcome of the rules for a relationship; none if it is not active.
    pub(super) fn outcome(&self, relationship: RelationshipId) -> Option<u32> {
        let supplier = self.relationships.supplier(relationship);
        let edges = self.into.get(supplier.0);
        let at = edges.partition_point(|edge| edge.relationship < relationship);
        let edge = edges.get(at)?;
        (edge.relationship == relationship).then(|| edge.code.outcome())
    }

    /// The nodes that a relationship leads to: its supplier, and the deliveries that it is where they are named.
    fn targets(&self, relationship: RelationshipId) -> [Option<Node>; 3] {
        let supplier = self.relationships.supplier(relationship);
        if self.deliveries.count() == 0 {
            return [Some(supplier.0), None, None];
        }
        let customer = self.relationships.customer(relationship);
        [
            Some(supplier.0),
            self.deliveries.one(relationship),
            self.deliveries.pair(supplier, customer),
        ]
    }

    /// The nodes that a relationship leads from, and how it takes from each; first its customer.
    pub(super) fn each_source(
        &self,
        relationship: RelationshipId,
        mut visit: impl FnMut(Node, Takes),
    ) {
        let customer = self.relationships.customer(relationship);
        let scope = self.relationships.supports(relationship);
        let takes = match scope {
            Scope::All => Takes::All,
            Scope::None => Takes::Start,
            Scope::Named(list) if list.complete => Takes::Start,
            Scope::Unknown | Scope::Named(_) => Takes::Perhaps,
        };
        visit(customer.0, takes);
        if let Scope::Named(list) = scope {
            let ones = list.relationships.iter();
            let ones = ones.filter_map(|&named| self.deliveries.one(named));
            let pairs = list.parties.iter();
            let pairs = pairs.filter_map(|&party| self.deliveries.pair(customer, party));
            ones.chain(pairs).for_each(|node| visit(node, Takes::Named));
        }
    }
}

/// What edges are made of.
struct Edges<'a, 'r, A, O> {
    graph: &'a Graph<'r>,
    is_active: A,
    outcome: O,
}

impl<A: Fn(RelationshipId) -> bool, O: Fn(RelationshipId) -> u32> Edges<'_, '_, A, O> {
    /// The edges of a relationship, each as it is seen from its two ends.
    fn each(&self, relationship: usize, mut visit: impl FnMut(EdgeIn, EdgeOut)) {
        let relationship = RelationshipId(relationship as u32);
        if !(self.is_active)(relationship) {
            return;
        }
        let outcome = (self.outcome)(relationship);
        let targets = self.graph.targets(relationship);
        self.graph.each_source(relationship, |from, takes| {
            let code = Code::new(outcome, takes);
            for to in targets.into_iter().flatten() {
                let seen_from_end = EdgeIn {
                    from,
                    code,
                    relationship,
                };
                visit(seen_from_end, EdgeOut { to, code });
            }
        });
    }
}

/// Edges by the node that they lead to.
struct Into<E>(E);

impl<A, O> Sources<EdgeIn> for Into<&Edges<'_, '_, A, O>>
where
    A: Fn(RelationshipId) -> bool + Sync,
    O: Fn(RelationshipId) -> u32 + Sync,
{
    fn count(&self) -> usize {
        self.0.graph.relationships.len()
    }

    fn each(&self, source: usize, mut visit: impl FnMut(u32, EdgeIn)) {
        self.0
            .each(source, |edge, EdgeOut { to, .. }| visit(to, edge));
    }
}

/// Edges by the node that they lead from.
struct OutOf<E>(E);

impl<A, O> Sources<EdgeOut> for OutOf<&Edges<'_, '_, A, O>>
where
    A: Fn(RelationshipId) -> bool + Sync,
    O: Fn(RelationshipId) -> u32 + Sync,
{
    fn count(&self) -> usize {
        self.0.graph.relationships.len()
    }

    fn each(&self, source: usize, mut visit: impl FnMut(u32, EdgeOut)) {
        self.0
            .each(source, |EdgeIn { from, .. }, edge| visit(from, edge));
    }
}

/// Active relationships by customer.
struct ByCustomer<'r, A>(&'r Relationships, A);

impl<A: Fn(RelationshipId) -> bool + Sync> Sources<RelationshipId> for ByCustomer<'_, A> {
    fn count(&self) -> usize {
        self.0.len()
    }

    fn each(&self, source: usize, mut visit: impl FnMut(u32, RelationshipId)) {
        let relationship = RelationshipId(source as u32);
        if (self.1)(relationship) {
            visit(self.0.customer(relationship).0, relationship);
        }
    }
}
