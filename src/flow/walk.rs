//! The walk itself: a group of obligations at every grade together, a level at a time; a level is a tier.
//!
//! A level goes in two steps. First what stands at the frontier is pushed along the edges out of it, which finds the
//! nodes that something new reaches. Then each of these looks at the edges into it, in register order, and so finds for
//! everything new the first relationship that carries it there. Where the frontier is wide, the first step is left out
//! and every node looks.

use std::sync::atomic::{AtomicU32, AtomicU64, Ordering::Relaxed};

use rayon::prelude::*;

use super::chain::{Lead, Leads, NO_LEAD};
use super::graph::{EdgeIn, Graph, Node};
use super::rows::{Rows, Sources};
use super::rules::Rules;
use super::word::{self, Word, bits, rank};

/// Edges that make a task of their own worth while.
const TASK: usize = 1 << 13;
/// Tasks that put arrivals at their nodes.
const TASKS: usize = 1 << 8;
/// Edges into a node that are all looked at before any is looked at closely.
const SHORT: usize = 64;
/// A frontier is wide if every so many-th edge leads out of it.
const WIDE: usize = 3;

/// What first reaches a node at a tier.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Arrival {
    /// What reaches the node at this tier and not before.
    pub(super) new: Word,
    pub(super) tier: u32,
    /// Where the leads of this arrival start: one for each bit.
    pub(super) first_lead: u32,
}

/// A walked group of obligations.
pub(super) struct Walk {
    /// The arrivals at each node by rising tier.
    pub(super) arrivals: Rows<Arrival>,
    pub(super) leads: Leads,
    /// What edges carry as a first step, for each code.
    pub(super) direct: Vec<Word>,
    /// What edges carry as a later step, for each code.
    pub(super) onward: Vec<Word>,
    /// What may travel as far as each tier.
    reaching: Vec<Word>,
}

impl Walk {
    /// Walks from every operator until nothing new is reached.
    pub(super) fn new(graph: &Graph, rules: &Rules, group: usize) -> Walk {
        let mut walker = Walker::new(graph, rules, group);
        let mut level = walker.start();
        while !level.frontier.is_empty() {
            let found = walker.step(&level);
            level = walker.enter(level, found);
        }
        let arrivals = Rows::new(graph.nodes(), &walker.arrivals);
        Walk {
            arrivals,
            leads: walker.leads,
            direct: walker.direct,
            onward: walker.onward,
            reaching: (0..=level.tier)
                .map(|tier| rules.reaching_word(tier, group))
                .collect(),
        }
    }

    /// What of an arrival may travel a step more.
    pub(super) fn goes_on(&self, arrival: &Arrival) -> Word {
        let reaching = self.reaching.get(arrival.tier as usize + 1);
        arrival.new & reaching.copied().unwrap_or(0)
    }
}

/// Every arrival, level after level.
#[derive(Default)]
struct Found(Vec<Arrived>);

/// What arrives at some nodes at one tier.
struct Arrived {
    tier: u32,
    /// Where the leads of the first of them start; those of the others follow.
    first_lead: u32,
    arrivals: Vec<(Node, Word)>,
}

impl Sources<Arrival> for Found {
    fn count(&self) -> usize {
        self.0.len()
    }

    fn batch(&self) -> usize {
        // Some give many, and a chain of many tiers has many that give one.
        self.0.len().div_ceil(TASKS).max(1)
    }

    fn each(&self, source: usize, mut visit: impl FnMut(u32, Arrival)) {
        let Arrived {
            tier,
            mut first_lead,
            ref arrivals,
        } = self.0[source];
        for &(node, new) in arrivals {
            let arrival = Arrival {
                new,
                tier,
                first_lead,
            };
            visit(node, arrival);
            first_lead += new.count_ones();
        }
    }
}

/// A level about to be walked.
struct Level {
    /// The tier that it reaches.
    tier: u32,
    frontier: Vec<Node>,
}

/// A level's findings, from some of the nodes.
#[derive(Default)]
struct Batch {
    arrivals: Vec<(Node, Word)>,
    leads: Vec<Lead>,
}

struct Walker<'g, 'r> {
    graph: &'g Graph<'r>,
    rules: &'g Rules,
    group: usize,
    direct: Vec<Word>,
    onward: Vec<Word>,
    /// What reached each node before the level that is being walked.
    seen: Vec<AtomicU64>,
    /// The same, and what reached it in this level; any thread may add to it, in any order.
    reached: Vec<AtomicU64>,
    /// What is new at each node of the frontier: apart from where its leads start, so that more of it stays near.
    standing: Vec<AtomicU64>,
    /// Where the leads of what is new at a node start.
    first_lead: Vec<AtomicU32>,
    arrivals: Found,
    leads: Leads,
}

impl<'g, 'r> Walker<'g, 'r> {
    fn new(graph: &'g Graph<'r>, rules: &'g Rules, group: usize) -> Walker<'g, 'r> {
        let words = || -> Vec<AtomicU64> {
            let words = std::iter::repeat_with(AtomicU64::default);
            words.take(graph.nodes()).collect()
        };
        let first_lead = std::iter::repeat_with(AtomicU32::default);
        Walker {
            graph,
            rules,
            group,
            direct: rules.direct_words(group),
            onward: rules.onward_words(group),
            seen: words(),
            reached: words(),
            standing: words(),
            first_lead: first_lead.take(graph.nodes()).collect(),
            arrivals: Found::default(),
            leads: Leads::default(),
        }
    }

    /// The first level: at its frontier stand the operators with what they start.
    fn start(&self) -> Level {
        let starts = |party| word::pack(self.rules.starts(party), self.group);
        let operators = self.graph.parties().map(|party| (party.0, starts(party)));
        let operators = operators.filter(|&(_, starts)| starts != 0);
        let stand = |(node, starts): (Node, Word)| {
            self.standing[node as usize].store(starts, Relaxed);
            node
        };
        Level {
            tier: 1,
            frontier: operators.map(stand).collect(),
        }
    }

    /// What edges carry at a tier, and what may travel as far.
    fn rule(&self, tier: u32) -> (&[Word], Word) {
        let table = if tier == 1 {
            &self.direct
        } else {
            &self.onward
        };
        (table, self.rules.reaching_word(tier, self.group))
    }

    /// Walks a level.
    fn step(&self, level: &Level) -> Vec<Batch> {
        let (_, reaching) = self.rule(level.tier);
        let out_of = |&node: &Node| self.graph.out_of.range(node).len();
        let edges: usize = level.frontier.iter().map(out_of).sum();
        if edges > self.graph.out_of.all().len() / WIDE {
            let runs = self.graph.into.runs(TASK).into_par_iter();
            let look = |run: std::ops::Range<Node>| {
                let wanted = |node: Node| reaching & !self.seen[node as usize].load(Relaxed);
                self.gather(run, level.tier, wanted)
            };
            return runs.map(look).collect();
        }
        let touched = self.push(level, edges);
        let wanted = |node: Node| {
            let seen = self.seen[node as usize].load(Relaxed);
            self.reached[node as usize].load(Relaxed) & !seen
        };
        if edges < TASK {
            return vec![self.gather(touched.into_iter(), level.tier, wanted)];
        }
        let batches = touched.par_chunks(TASK / 32);
        batches
            .map(|batch| self.gather(batch.iter().copied(), level.tier, wanted))
            .collect()
    }

    /// Pushes what stands at the frontier along so many edges, and gives the nodes that something new reaches, in order.
    fn push(&self, level: &Level, edges: usize) -> Vec<Node> {
        let (table, reaching) = self.rule(level.tier);
        let push = |mut touched: Vec<Node>, (node, start, end): (Node, usize, usize)| {
            let new = self.standing[node as usize].load(Relaxed) & reaching;
            for edge in &self.graph.out_of.all()[start..end] {
                let reached = &self.reached[edge.to as usize];
                let carried = new & table[edge.code.index()] & !reached.load(Relaxed);
                if carried == 0 {
                    continue;
                }
                let before = reached.fetch_or(carried, Relaxed);
                if before == self.seen[edge.to as usize].load(Relaxed) && carried & !before != 0 {
                    touched.push(edge.to);
                }
            }
            touched
        };
        // A node with very many edges is shared out too.
        let pieces = level.frontier.iter().flat_map(|&node| {
            let range = self.graph.out_of.range(node);
            let cuts = range.clone().step_by(TASK);
            cuts.map(move |start| (node, start, range.end.min(start + TASK)))
        });
        let mut touched = if edges < TASK {
            pieces.fold(Vec::new(), push)
        } else {
            let pieces: Vec<(Node, usize, usize)> = pieces.collect();
            let parts = pieces.into_par_iter().fold(Vec::new, push);
            parts.collect::<Vec<Vec<Node>>>().concat()
        };
        touched.par_sort_unstable();
        touched
    }

    /// Looks at the edges into nodes for what of it is wanted there.
    fn gather(
        &self,
        nodes: impl Iterator<Item = Node>,
        tier: u32,
        wanted: impl Fn(Node) -> Word,
    ) -> Batch {
        let (table, _) = self.rule(tier);
        let mut batch = Batch::default();
        let mut slots = [Slot::default(); 64];
        for node in nodes {
            let mut wanted = wanted(node);
            if wanted == 0 {
                continue;
            }
            let edges = self.graph.into.get(node);
            if edges.len() <= SHORT {
                // Without a branch, so that the processor can wait for all sources at once.
                let carried = |edge: &EdgeIn| {
                    self.standing[edge.from as usize].load(Relaxed) & table[edge.code.index()]
                };
                wanted &= edges.iter().fold(0, |all, edge| all | carried(edge));
                if wanted == 0 {
                    continue;
                }
            }
            let (mut new, mut current) = (0, None);
            for (at, edge) in self.graph.into.range(node).zip(edges) {
                if wanted & !new == 0 && current != Some(edge.relationship) {
                    break;
                }
                let from = self.standing[edge.from as usize].load(Relaxed);
                let carried = from & table[edge.code.index()] & wanted;
                if carried == 0 {
                    continue;
                }
                if current != Some(edge.relationship) {
                    // What an earlier relationship carries here is no longer looked for.
                    wanted &= !new;
                    current = Some(edge.relationship);
                }
                for bit in bits(carried & wanted) {
                    let before = match tier {
                        1 => NO_LEAD,
                        _ => self.first_lead[edge.from as usize].load(Relaxed) + rank(from, bit),
                    };
                    let slot = &mut slots[bit as usize];
                    // Of several sources of one relationship that counts whose own step is the first in the register.
                    if new >> bit & 1 == 0 || self.step_of(before) < self.step_of(slot.before) {
                        *slot = Slot {
                            edge: at as u32,
                            before,
                        };
                    }
                    new |= 1 << bit;
                }
            }
            if new != 0 {
                batch.arrivals.push((node, new));
                self.lead(new, &slots, &mut batch.leads);
            }
        }
        batch
    }

    /// The position in the register of the step that a lead is.
    fn step_of(&self, lead: u32) -> Option<u32> {
        let lead = self.leads.get(lead)?;
        let edge = self.graph.into.all().get(lead.edge as usize)?;
        Some(edge.relationship.0)
    }

    /// Makes leads of what was found for what is new at a node.
    fn lead(&self, new: Word, slots: &[Slot; 64], leads: &mut Vec<Lead>) {
        let edges = self.graph.into.all();
        for bit in bits(new) {
            let Slot { edge, before } = slots[bit as usize];
            let via = |edge: u32| edges[edge as usize].relationship;
            // What comes by the same relationship at the next stronger grade too rests on nothing unknown.
            let stronger = word::stronger(bit).filter(|stronger| new >> stronger & 1 == 1);
            let is_known = stronger.is_some_and(|bit| via(slots[bit as usize].edge) == via(edge));
            leads.push(Lead {
                edge,
                before,
                operator: edges[edge as usize].from,
                what: Lead::what(word::meaning(bit, self.group), is_known),
            });
        }
    }

    /// Takes in what a level found, and makes it the next frontier.
    fn enter(&mut self, level: Level, found: Vec<Batch>) -> Level {
        for node in level.frontier {
            self.standing[node as usize].store(0, Relaxed);
        }
        let mut first_lead = self.leads.len();
        let first_leads = found.iter().map(|batch| {
            let first = first_lead;
            first_lead += batch.leads.len() as u32;
            first
        });
        let first_leads: Vec<u32> = first_leads.collect();
        let enter = |(batch, first): (&Batch, &u32)| self.enter_batch(batch, *first);
        if found.len() == 1 {
            found.iter().zip(&first_leads).for_each(enter);
        } else {
            found.par_iter().zip(&first_leads).for_each(enter);
        }
        let arrivals = found.iter().flat_map(|batch| &batch.arrivals);
        let frontier = arrivals.map(|&(node, _)| node).collect();
        let mut leads = Vec::with_capacity(found.len());
        for (batch, first_lead) in found.into_iter().zip(first_leads) {
            self.arrivals.0.push(Arrived {
                tier: level.tier,
                first_lead,
                arrivals: batch.arrivals,
            });
            leads.push(batch.leads);
        }
        self.leads.append_level(leads);
        Level {
            tier: level.tier + 1,
            frontier,
        }
    }

    /// Puts what a batch found at its nodes.
    fn enter_batch(&self, batch: &Batch, mut first_lead: u32) {
        for &(node, new) in &batch.arrivals {
            let at = node as usize;
            let seen = self.seen[at].load(Relaxed) | new;
            self.seen[at].store(seen, Relaxed);
            self.reached[at].store(seen, Relaxed);
            self.standing[at].store(new, Relaxed);
            self.first_lead[at].store(first_lead, Relaxed);
            first_lead += new.count_ones();
        }
    }
}

/// By which edge something comes to a node, and the lead before it.
#[derive(Clone, Copy, Default)]
struct Slot {
    edge: u32,
    before: u32,
}
