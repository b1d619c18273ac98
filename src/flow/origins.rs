//! How many operators reach each party on their own.
//!
//! The operators of one obligation walk together, a level at a time, each carrying its name: a node passes on only what
//! is new to it. Past 64 names a node forgets them and passes on that there are more, so that nothing is quadratic.

use std::collections::HashMap;

use rayon::prelude::*;

use super::graph::{Graph, Node};
use super::rules::Rules;
use super::walk::Arrivals;
use super::{Finding, Flow, Status};
use crate::register::PartyId;

/// How many operators reach a party, exact to 64.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origins {
    /// So many, 64 at most.
    Exactly(u8),
    /// More than 64.
    More,
}

impl Origins {
    /// Most operators that are counted one by one.
    pub const MOST: u8 = 64;
}

impl std::fmt::Display for Origins {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Origins::Exactly(count) => write!(f, "{count}"),
            Origins::More => write!(f, "{}+", Origins::MOST),
        }
    }
}

/// The operators known to reach a node.
#[derive(Debug, Clone)]
enum Names {
    /// These, rising; 64 at most.
    These(Vec<PartyId>),
    /// More than 64.
    More,
}

impl Default for Names {
    fn default() -> Self {
        Names::These(Vec::new())
    }
}

impl Names {
    /// Adds names and gives those that are new; none if nothing is.
    fn add(&mut self, more: &Names) -> Option<Names> {
        let Names::These(known) = self else {
            return None;
        };
        let Names::These(more) = more else {
            *self = Names::More;
            return Some(Names::More);
        };
        let new: Vec<PartyId> = more
            .iter()
            .copied()
            .filter(|name| known.binary_search(name).is_err())
            .collect();
        if new.is_empty() {
            return None;
        }
        if known.len() + new.len() > usize::from(Origins::MOST) {
            *self = Names::More;
            return Some(Names::More);
        }
        known.extend_from_slice(&new);
        known.sort_unstable();
        Some(Names::These(new))
    }

    fn count(&self) -> Origins {
        match self {
            Names::These(names) => Origins::Exactly(names.len() as u8),
            Names::More => Origins::More,
        }
    }
}

/// The counts for every party, obligation and grade that is not unconfirmed.
#[derive(Debug, Default)]
pub(super) struct OriginCounts {
    /// By obligation, then by grade.
    counts: Vec<[HashMap<Node, Names>; 2]>,
}

impl OriginCounts {
    /// Counts the operators behind everything that arrives at the first two grades.
    pub(super) fn new(graph: &Graph, rules: &Rules, arrivals: &Arrivals) -> OriginCounts {
        let reached = arrivals
            .all()
            .iter()
            .fold(0, |set, arrival| set | arrival.new[1]);
        let count = |obligation: u8| {
            let count = |status| match reached >> obligation & 1 {
                1 => walk(graph, rules, obligation, status),
                _ => HashMap::new(),
            };
            [count(Status::Applies), count(Status::Conditional)]
        };
        OriginCounts {
            counts: (0..rules.obligations())
                .into_par_iter()
                .map(count)
                .collect(),
        }
    }
}

impl Flow<'_> {
    /// The operators whose own walk reaches the finding's party at its status.
    pub(super) fn origins(&self, finding: &Finding, owns: bool) -> Option<Origins> {
        if finding.status == Status::Unconfirmed {
            return None;
        }
        let counts = &self.origins.counts[usize::from(finding.obligation)][finding.status.grade()];
        let reached = counts.get(&finding.party.0);
        let mut names = reached.cloned().unwrap_or_default();
        if owns {
            names.add(&Names::These(vec![finding.party]));
        }
        Some(names.count())
    }
}

/// The operators of a status that reach each node by what is known to hold.
///
/// At `conditional` only potential operators walk: whatever a sure one reaches so is `applies`.
fn walk(graph: &Graph, rules: &Rules, obligation: u8, status: Status) -> HashMap<Node, Names> {
    let has = |set: u64| set >> obligation & 1 == 1;
    let most = rules.most_tiers(obligation).unwrap_or(u32::MAX);
    let mut names: HashMap<Node, Names> = HashMap::new();
    let mut frontier: Vec<(Node, Names)> = (0..graph.nodes() as Node)
        .map_while(|node| graph.party(node))
        .filter(|&party| rules.operator(party) == Some(status) && has(rules.starts(party)[1]))
        .map(|party| (party.0, Names::These(vec![party])))
        .collect();
    let mut tier = 0;
    while !frontier.is_empty() && tier < most {
        tier += 1;
        let mut next: HashMap<Node, Names> = HashMap::new();
        for (node, new) in &frontier {
            for &relationship in graph.leads_on(*node) {
                let carries = match tier {
                    1 => has(rules.direct(relationship)[0]),
                    _ => has(rules.onward(relationship)[0] & graph.takes(relationship, *node)[0]),
                };
                if !carries {
                    continue;
                }
                let supplier = graph.relationships.supplier(relationship).0;
                let [one, pair] = graph.delivered(relationship);
                for reached in [Some(supplier), one, pair].into_iter().flatten() {
                    if let Some(new) = names.entry(reached).or_default().add(new) {
                        merge(next.entry(reached).or_default(), new);
                    }
                }
            }
        }
        frontier = next.into_iter().collect();
    }
    names
}

/// Adds what is new to a node to what else is new to it at the same tier.
fn merge(into: &mut Names, new: Names) {
    match (&mut *into, new) {
        (Names::These(all), Names::These(new)) => all.extend(new),
        _ => *into = Names::More,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_counted_to_64() {
        let mut names = Names::default();
        for party in 0..64 {
            assert!(names.add(&Names::These(vec![PartyId(party)])).is_some());
            assert!(names.add(&Names::These(vec![PartyId(party)])).is_none());
        }
        assert_eq!(names.count().to_string(), "64");
        assert!(matches!(
            names.add(&Names::These(vec![PartyId(64)])),
            Some(Names::More)
        ));
        assert_eq!(names.count().to_string(), "64+");
        assert!(names.add(&Names::More).is_none());
    }
}
