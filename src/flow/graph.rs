//! The active relationships as a compressed graph: from customers into suppliers.
//!
//! Nodes are the parties, and past them one node for each delivery that some `supports` cell names: a relationship, or
//! all deliveries from one party to another. A relationship leads from its customer, and from the deliveries that it
//! names, to its supplier and to the deliveries that it is; each such pair of nodes is an edge. An edge by which nothing
//! can ever pass is left out.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use jiff::civil::Date;
use rayon::prelude::*;

use super::deliveries::Deliveries;
use super::rows::{Rows, Sources};
use crate::register::{PartyId, Register, RelationshipId, Relationships, Scope};

/// Relationships that one task looks at.
const RUN: u32 = 1 << 16;

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
    /// The active relationships out of each party and into each party, which few ask for.
    supplies: OnceLock<Rows<RelationshipId>>,
    supplied: OnceLock<Rows<RelationshipId>>,
    /// Whether any active relationship leads out of each party.
    customers: OnceLock<Vec<bool>>,
}

impl<'r> Graph<'r> {
    /// The graph of the relationships that are active on a day; `outcome` gives that of the rules for each, `passes` tells
    /// whether anything can ever pass from a node by a code.
    pub(super) fn new(
        register: &'r Register,
        day: Date,
        outcome: impl Fn(RelationshipId) -> u32 + Sync,
        passes: impl Fn(Node, Code) -> bool + Sync,
    ) -> Graph<'r> {
        let relationships = &register.relationships;
        let parties = register.parties.len();
        let is_active = relationships.active_on(day);
        let mut graph = Graph {
            relationships,
            day,
            parties,
            active: runs(relationships.len())
                .map(|run| run.filter(|&relationship| is_active(relationship)).count())
                .sum(),
            deliveries: Deliveries::new(relationships, parties),
            out_of: Rows::default(),
            into: Rows::default(),
            supplies: OnceLock::new(),
            supplied: OnceLock::new(),
            customers: OnceLock::new(),
        };
        let edges = Edges {
            graph: &graph,
            is_active,
            outcome,
            passes,
        };
        let turn = |&(to, edge): &(Node, EdgeIn)| {
            let code = edge.code;
            (edge.from, EdgeOut { to, code })
        };
        let (into, out_of) = Rows::and_turned(graph.nodes(), &edges, turn);
        (graph.into, graph.out_of) = (into, out_of);
        graph
    }

    /// How many nodes there are.
    pub(super) fn nodes(&self) -> usize {
        self.parties + self.deliveries.count()
    }

    /// Whose each node is: the party's own, or that of the supplier who delivers.
    pub(super) fn owners(&self) -> Vec<PartyId> {
        let mut owners: Vec<PartyId> = self.parties().collect();
        owners.append(&mut self.deliveries.suppliers(self.relationships));
        owners
    }

    /// How many relationships are active.
    pub(super) fn active(&self) -> usize {
        self.active
    }

    /// Every party.
    pub(super) fn parties(&self) -> impl ExactSizeIterator<Item = PartyId> + use<> {
        (0..self.parties).map(|party| PartyId(party as u32))
    }

    /// The active relationships by one of their parties, in register order.
    fn by_party(&self, party_of: &[PartyId]) -> Rows<RelationshipId> {
        let is_active = self.relationships.active_on(self.day);
        Rows::new(self.parties, &ByParty(party_of, is_active))
    }

    /// The active relationships out of a customer, in register order.
    pub(super) fn supplies_to(&self, customer: PartyId) -> &[RelationshipId] {
        let supplies = || self.by_party(self.relationships.customers());
        self.supplies.get_or_init(supplies).get(customer.0)
    }

    /// The active relationships into a supplier, in register order.
    pub(super) fn supplied_by(&self, supplier: PartyId) -> &[RelationshipId] {
        let supplied = || self.by_party(self.relationships.suppliers());
        self.supplied.get_or_init(supplied).get(supplier.0)
    }

    /// Whether any active relationship leads out of a customer.
    pub(super) fn is_supplied(&self, customer: PartyId) -> bool {
        let all = self.customers.get_or_init(|| {
            let marks = std::iter::repeat_with(AtomicBool::default);
            let marks: Vec<AtomicBool> = marks.take(self.parties).collect();
            let is_active = self.relationships.active_on(self.day);
            let customers = self.relationships.customers().par_iter().enumerate();
            customers.for_each(|(relationship, customer)| {
                let mark = &marks[customer.index()];
                if !mark.load(Relaxed) && is_active(RelationshipId(relationship as u32)) {
                    mark.store(true, Relaxed);
                }
            });
            marks.into_iter().map(AtomicBool::into_inner).collect()
        });
        all[customer.index()]
    }

    /// The relationships into a supplier that may carry anything, in register order.
    pub(super) fn passing_into(
        &self,
        supplier: PartyId,
    ) -> impl Iterator<Item = RelationshipId> + '_ {
        let edges = self.into.get(supplier.0);
        let relationships = edges.chunk_by(|a, b| a.relationship == b.relationship);
        relationships.map(|edges| edges[0].relationship)
    }

    /// The outcome of the rules for a relationship; none if it is not active or can carry nothing.
    pub(super) fn outcome(&self, relationship: RelationshipId) -> Option<u32> {
        let supplier = self.relationships.supplier(relationship);
        let edges = self.into.get(supplier.0);
        let at = edges.partition_point(|edge| edge.relationship < relationship);
        let edge = edges.get(at)?;
        (edge.relationship == relationship).then(|| edge.code.outcome())
    }

    /// The nodes that a relationship leads to: its supplier, and the deliveries that it is where they are named.
    pub(super) fn targets(&self, relationship: RelationshipId) -> [Option<Node>; 3] {
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

/// So many relationships in runs to be shared out.
pub(super) fn runs(
    count: usize,
) -> impl IndexedParallelIterator<Item = impl Iterator<Item = RelationshipId>> {
    let count = count as u32;
    let runs = (0..count.div_ceil(RUN)).into_par_iter();
    runs.map(move |run| (run * RUN..count.min((run + 1) * RUN)).map(RelationshipId))
}

/// What edges are made of: each is given by the node that it leads to.
struct Edges<'a, 'r, A, O, P> {
    graph: &'a Graph<'r>,
    is_active: A,
    outcome: O,
    passes: P,
}

impl<A, O, P> Sources<EdgeIn> for Edges<'_, '_, A, O, P>
where
    A: Fn(RelationshipId) -> bool + Sync,
    O: Fn(RelationshipId) -> u32 + Sync,
    P: Fn(Node, Code) -> bool + Sync,
{
    fn count(&self) -> usize {
        self.graph.relationships.len()
    }

    fn each(&self, source: usize, mut visit: impl FnMut(u32, EdgeIn)) {
        let relationship = RelationshipId(source as u32);
        if !(self.is_active)(relationship) {
            return;
        }
        let outcome = (self.outcome)(relationship);
        let targets = self.graph.targets(relationship);
        self.graph.each_source(relationship, |from, takes| {
            let code = Code::new(outcome, takes);
            if !(self.passes)(from, code) {
                return;
            }
            let edge = EdgeIn {
                from,
                code,
                relationship,
            };
            let targets = targets.into_iter().flatten();
            targets.for_each(|to| visit(to, edge));
        });
    }
}

/// Active relationships by one of their parties.
struct ByParty<'r, A>(&'r [PartyId], A);

impl<A: Fn(RelationshipId) -> bool + Sync> Sources<RelationshipId> for ByParty<'_, A> {
    fn count(&self) -> usize {
        self.0.len()
    }

    fn each(&self, source: usize, mut visit: impl FnMut(u32, RelationshipId)) {
        let relationship = RelationshipId(source as u32);
        if (self.1)(relationship) {
            visit(self.0[source].0, relationship);
        }
    }
}
