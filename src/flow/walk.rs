//! The walk itself: every obligation at every grade together, a level at a time; a level is a tier.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use rayon::prelude::*;

use super::graph::{Graph, Node};
use super::rules::Rules;
use super::{Grades, and, or, without};
use crate::register::{PartyId, RelationshipId};

/// Relationships that one task looks at.
const BATCH: usize = 4096;

/// What first reaches a node at a tier.
#[derive(Debug, Clone, Copy)]
pub(super) struct Arrival {
    pub(super) node: Node,
    pub(super) tier: u32,
    /// The obligations that reach the node at this tier and at no lesser one, at each grade.
    pub(super) new: Grades,
}

/// Every arrival, by tier and then by node.
#[derive(Debug, Default)]
pub(super) struct Arrivals {
    all: Vec<Arrival>,
    /// For each node where its arrivals start in `by_node`, and at the end how many there are.
    starts: Vec<u32>,
    by_node: Vec<u32>,
}

impl Arrivals {
    fn new(all: Vec<Arrival>, nodes: usize) -> Arrivals {
        let mut starts = vec![0_u32; nodes + 1];
        for arrival in &all {
            starts[arrival.node as usize + 1] += 1;
        }
        for node in 0..nodes {
            starts[node + 1] += starts[node];
        }
        let mut next = starts.clone();
        let mut by_node = vec![0; all.len()];
        for (position, arrival) in all.iter().enumerate() {
            let slot = &mut next[arrival.node as usize];
            by_node[*slot as usize] = position as u32;
            *slot += 1;
        }
        Arrivals {
            all,
            starts,
            by_node,
        }
    }

    /// Every arrival, by tier and then by node.
    pub(super) fn all(&self) -> &[Arrival] {
        &self.all
    }

    /// The arrivals at a node by rising tier, each with its position.
    pub(super) fn at(&self, node: Node) -> impl Iterator<Item = (usize, &Arrival)> {
        let range = self.starts[node as usize] as usize..self.starts[node as usize + 1] as usize;
        self.by_node[range]
            .iter()
            .map(|&position| (position as usize, &self.all[position as usize]))
    }

    /// The arrival at a node at a tier, with its position.
    pub(super) fn at_tier(&self, node: Node, tier: u32) -> Option<(usize, &Arrival)> {
        self.at(node).find(|(_, arrival)| arrival.tier == tier)
    }

    /// What reaches a node first at a tier.
    pub(super) fn new_at(&self, node: Node, tier: u32) -> Grades {
        self.at_tier(node, tier)
            .map_or([0; 3], |(_, arrival)| arrival.new)
    }
}

/// What a relationship carries at a tier, given what reached its sources one tier before.
pub(super) fn carried_at(
    graph: &Graph,
    rules: &Rules,
    arrivals: &Arrivals,
    relationship: RelationshipId,
    tier: u32,
) -> Grades {
    if tier == 1 {
        let customer = graph.relationships.customer(relationship);
        return and(rules.starts(customer), rules.direct(relationship));
    }
    let reaching = rules.reaching(tier);
    let rule = and(rules.onward(relationship), [reaching; 3]);
    if rule == [0; 3] {
        return rule;
    }
    let sources = graph.sources(relationship);
    let reached = sources.iter().fold([0; 3], |reached, (node, takes)| {
        or(reached, and(arrivals.new_at(node, tier - 1), takes))
    });
    and(reached, rule)
}

/// Walks from every operator until nothing new is reached.
pub(super) fn walk(graph: &Graph, rules: &Rules) -> Arrivals {
    let mut seen = vec![[0; 3]; graph.nodes()];
    let level = Level::new(graph.nodes());
    let mut all = Vec::new();
    let operators: Vec<(Node, Grades)> = (0..graph.nodes() as Node)
        .map_while(|node| graph.party(node))
        .map(|party| (party.0, rules.starts(party)))
        .filter(|(_, starts)| *starts != [0; 3])
        .collect();
    let mut tier = 1;
    let mut touched = level.spread(graph, &operators, |_, relationship| {
        rules.direct(relationship)
    });
    while !touched.is_empty() {
        let mut frontier = Vec::new();
        for node in touched {
            let new = without(level.take(node), seen[node as usize]);
            if new != [0; 3] {
                seen[node as usize] = or(seen[node as usize], new);
                all.push(Arrival { node, tier, new });
                frontier.push((node, new));
            }
        }
        tier += 1;
        let reaching = [rules.reaching(tier); 3];
        touched = level.spread(graph, &frontier, |node, relationship| {
            and(
                and(rules.onward(relationship), reaching),
                graph.takes(relationship, node),
            )
        });
    }
    Arrivals::new(all, graph.nodes())
}

/// What reaches each node at the tier that is being walked; any thread may add to it, in any order.
struct Level {
    reached: Vec<[AtomicU64; 3]>,
    touched: Vec<AtomicBool>,
}

impl Level {
    fn new(nodes: usize) -> Level {
        let reached = std::iter::repeat_with(Default::default)
            .take(nodes)
            .collect();
        let touched = std::iter::repeat_with(AtomicBool::default)
            .take(nodes)
            .collect();
        Level { reached, touched }
    }

    /// Carries what stands at the frontier one step on and gives the nodes touched, in order.
    fn spread(
        &self,
        graph: &Graph,
        frontier: &[(Node, Grades)],
        rule: impl Fn(Node, RelationshipId) -> Grades + Sync,
    ) -> Vec<Node> {
        let step =
            |touched: Vec<Node>, node: Node, from: Grades, relationships: &[RelationshipId]| {
                let carry = |mut touched, &relationship: &RelationshipId| {
                    let carried = and(from, rule(node, relationship));
                    if carried != [0; 3] {
                        self.deliver(graph, relationship, carried, &mut touched);
                    }
                    touched
                };
                relationships.iter().fold(touched, carry)
            };
        let touched = frontier
            .par_iter()
            .fold(Vec::new, |touched, &(node, from)| {
                let relationships = graph.leads_on(node);
                if relationships.len() <= BATCH {
                    return step(touched, node, from, relationships);
                }
                // A node with very many relationships is shared out too.
                let batches = relationships.par_chunks(BATCH);
                let mut parts: Vec<Vec<Node>> = batches
                    .map(|batch| step(Vec::new(), node, from, batch))
                    .collect();
                parts.push(touched);
                parts.concat()
            });
        let mut touched = touched.reduce(Vec::new, |mut a, mut b| {
            a.append(&mut b);
            a
        });
        touched.par_sort_unstable();
        touched
    }

    fn deliver(
        &self,
        graph: &Graph,
        relationship: RelationshipId,
        carried: Grades,
        touched: &mut Vec<Node>,
    ) {
        let PartyId(supplier) = graph.relationships.supplier(relationship);
        let [one, pair] = graph.delivered(relationship);
        for node in [Some(supplier), one, pair].into_iter().flatten() {
            for (reached, carried) in self.reached[node as usize].iter().zip(carried) {
                if carried != 0 {
                    reached.fetch_or(carried, Ordering::Relaxed);
                }
            }
            if !self.touched[node as usize].swap(true, Ordering::Relaxed) {
                touched.push(node);
            }
        }
    }

    /// What reached a node, leaving it untouched.
    fn take(&self, node: Node) -> Grades {
        self.touched[node as usize].store(false, Ordering::Relaxed);
        let reached = &self.reached[node as usize];
        [0, 1, 2].map(|grade: usize| reached[grade].swap(0, Ordering::Relaxed))
    }
}
