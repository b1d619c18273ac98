//! Gatekeepers: parties through which every walk of an obligation to some other party runs.
//!
//! A party can stand at several nodes, its own and its deliveries, and obligations may be bound to so many tiers. Where all
//! that an obligation does goes on from one node of a party, at any length, what is behind the party is what the node
//! dominates. Else the party is cut out and what is doubtful is searched anew, which is exact as well. `docs/who-matters.md`
//! has the meaning.

use std::cmp::Reverse;
use std::ops::Range;

use rayon::prelude::*;

use super::cut::Cutter;
use super::dominators::Dominators;
use super::reach::Reach;
use super::sure::{Sure, SureParts};
use super::{Flow, Status};
use crate::register::PartyId;

/// So many times everything that an obligation reaches may be looked at again by cutting parties out of it. No chain of
/// so many tiers or fewer asks for more.
const LOOKS: usize = 64;

/// How many parties are behind a gatekeeper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Behind {
    /// At least so many: by one obligation alone.
    AtLeast(usize),
    /// So many.
    Exactly(usize),
}

impl Behind {
    /// The count, or as much of it as is known.
    pub fn count(self) -> usize {
        match self {
            Behind::AtLeast(count) | Behind::Exactly(count) => count,
        }
    }
}

impl std::fmt::Display for Behind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Behind::AtLeast(count) => write!(f, "{count}+"),
            Behind::Exactly(count) => write!(f, "{count}"),
        }
    }
}

/// A gatekeeper.
#[derive(Debug, Clone)]
pub struct Gatekeeper {
    /// Who.
    pub party: PartyId,
    /// How many parties would no longer surely have some obligation if it delivered nothing.
    pub behind: Behind,
    /// For which obligations it is one, in pack order.
    holds: Vec<Hold>,
}

/// Every gatekeeper.
#[derive(Debug, Default)]
pub struct Gatekeepers {
    /// Those with the most parties behind them first, then by the bytes of the id.
    pub all: Vec<Gatekeeper>,
    /// The parties of which it was not settled, because very long chains divide at them; by the bytes of the id.
    pub unsettled: Vec<PartyId>,
    walked: Vec<Walked>,
}

/// The parties behind a gatekeeper, among those of a walk.
#[derive(Debug, Clone)]
struct Hold {
    walked: usize,
    parties: Range<usize>,
}

/// One obligation at one status.
#[derive(Debug)]
struct Walked {
    obligation: u8,
    status: Status,
    /// The parties behind gatekeepers.
    parties: Vec<PartyId>,
    /// Each gatekeeper, and where those behind it stand among the parties.
    held: Vec<(PartyId, Range<usize>)>,
    unsettled: Vec<PartyId>,
}

impl Gatekeepers {
    /// The gatekeeper that a party is, if it is one.
    pub fn get(&self, party: PartyId) -> Option<&Gatekeeper> {
        self.all.iter().find(|gatekeeper| gatekeeper.party == party)
    }

    /// The parties behind a gatekeeper, in the order of their positions in the register.
    pub fn behind(&self, gatekeeper: &Gatekeeper) -> Vec<PartyId> {
        let parts = gatekeeper.holds.iter().map(|hold| self.parties_of(hold));
        let mut parties = parts.collect::<Vec<_>>().concat();
        parties.sort_unstable();
        parties.dedup();
        parties
    }

    /// For which obligations and at which statuses it is one, in pack order, each with the parties behind it.
    pub fn holds(&self, gatekeeper: &Gatekeeper) -> impl Iterator<Item = (u8, Status, &[PartyId])> {
        gatekeeper.holds.iter().map(|hold| {
            let walked = &self.walked[hold.walked];
            (walked.obligation, walked.status, self.parties_of(hold))
        })
    }

    fn parties_of(&self, hold: &Hold) -> &[PartyId] {
        &self.walked[hold.walked].parties[hold.parties.clone()]
    }

    /// Collects the gatekeepers of all walks, in no order yet.
    fn new(walked: Vec<Walked>) -> Gatekeepers {
        let holds = walked.iter().enumerate().flat_map(|(at, walk)| {
            let held = walk.held.iter();
            held.map(move |(party, parties)| (*party, at, parties.clone()))
        });
        let mut holds: Vec<(PartyId, usize, Range<usize>)> = holds.collect();
        holds.par_sort_unstable_by_key(|&(party, at, _)| (party, at));
        let of_party = holds.chunk_by(|a, b| a.0 == b.0).map(|holds| {
            let most = holds.iter().map(|(_, _, parties)| parties.len()).max();
            let holds = holds.iter().map(|(_, walked, parties)| Hold {
                walked: *walked,
                parties: parties.clone(),
            });
            (most.unwrap_or(0), holds.collect::<Vec<Hold>>())
        });
        let parties = holds.chunk_by(|a, b| a.0 == b.0).map(|holds| holds[0].0);
        let all = parties.zip(of_party).map(|(party, (most, holds))| {
            let is_all = holds.len() == 1;
            let behind = if is_all {
                Behind::Exactly(most)
            } else {
                Behind::AtLeast(most)
            };
            Gatekeeper {
                party,
                behind,
                holds,
            }
        });
        let mut unsettled: Vec<PartyId> = walked
            .iter()
            .flat_map(|walk| walk.unsettled.iter().copied())
            .collect();
        unsettled.sort_unstable();
        unsettled.dedup();
        Gatekeepers {
            all: all.collect(),
            unsettled,
            walked,
        }
    }

    /// Counts the parties behind each, the greatest first, as long as it takes no more looks than so many.
    fn count(&mut self, parties: usize, mut looks: usize) {
        let mut order: Vec<usize> = (0..self.all.len()).collect();
        order.sort_by_key(|&at| Reverse(self.all[at].behind.count()));
        let mut counted_for = vec![usize::MAX; parties];
        for at in order {
            let gatekeeper = &self.all[at];
            if let Behind::Exactly(_) = gatekeeper.behind {
                continue;
            }
            let holds = gatekeeper.holds.iter();
            let needed: usize = holds.clone().map(|hold| hold.parties.len()).sum();
            if needed > looks {
                continue;
            }
            looks -= needed;
            let behind = holds.flat_map(|hold| self.parties_of(hold));
            let is_new = |party: &&PartyId| {
                let last = &mut counted_for[party.index()];
                std::mem::replace(last, at) != at
            };
            let count = behind.filter(is_new).count();
            self.all[at].behind = Behind::Exactly(count);
        }
    }
}

impl Flow<'_> {
    /// The gatekeepers of every obligation, for what applies and for what is conditional.
    pub fn gatekeepers(&self) -> Gatekeepers {
        let parts = SureParts::new(&self.graph, &self.rules, &self.walks);
        let owners = self.graph.owners();
        let obligations = (0..self.rules.obligations()).into_par_iter();
        let walked = obligations.flat_map_iter(|obligation| {
            let sure = parts.of(obligation);
            let statuses = [Status::Applies, Status::Conditional].into_iter();
            let walked = statuses.map(|status| walked(&sure, obligation, status, &owners));
            walked.collect::<Vec<Walked>>()
        });
        let mut gatekeepers = Gatekeepers::new(walked.collect());
        let parties = self.register.parties.len();
        gatekeepers.count(parties, LOOKS * parties);
        let all = &mut gatekeepers.all;
        all.par_sort_by_cached_key(|one| (Reverse(one.behind.count()), self.rank(one.party)));
        gatekeepers
            .unsettled
            .sort_unstable_by_key(|&party| self.rank(party));
        gatekeepers
    }
}

/// The gatekeepers of one obligation at one status.
fn walked(sure: &Sure, obligation: u8, status: Status, owners: &[PartyId]) -> Walked {
    let mut walked = Walked {
        obligation,
        status,
        parties: Vec::new(),
        held: Vec::new(),
        unsettled: Vec::new(),
    };
    let bound = sure.most_tiers();
    // Without a bound no walk at a status runs through what has a stronger one.
    let is_in = |node: &u32| bound.is_some() || sure.status(*node) == Some(status);
    let firsts = sure.starting(status).map(|(_, node)| node).filter(is_in);
    let on = |node| sure.later_steps(node).filter(is_in);
    let most = bound.unwrap_or(u32::MAX);
    let reach = Reach::new(sure.graph.nodes(), firsts, on, most);
    // A walk that meets nothing twice is not longer than there are positions.
    let is_bound = (most as usize) < reach.len();
    let mut leading: Vec<(PartyId, u32)> = reach
        .met()
        .filter(|&(position, _)| !reach.out_of(position).is_empty())
        .map(|(position, node)| (owners[node as usize], position))
        .collect();
    leading.sort_unstable();
    let parties = sure.graph.parties().len();
    let loses = |node: u32| {
        let is_party = (node as usize) < parties;
        is_party && sure.status(node) == Some(status) && !sure.owns(PartyId(node), status)
    };
    let of_party = || leading.chunk_by(|a, b| a.0 == b.0);
    if !is_bound {
        let alone = of_party().filter(|nodes| nodes.len() == 1);
        walked.hold_dominated(&reach, alone.map(|nodes| nodes[0]), loses);
    }
    let divided = of_party().filter(|nodes| is_bound || nodes.len() > 1);
    walked.hold_lost(&reach, most, divided, |party, node| {
        owners[node as usize] != party && loses(node)
    });
    walked
}

impl Walked {
    /// Holds what is behind parties at which an obligation goes on from one position alone: what that dominates.
    fn hold_dominated(
        &mut self,
        reach: &Reach,
        alone: impl Iterator<Item = (PartyId, u32)>,
        loses: impl Fn(u32) -> bool,
    ) {
        let mut alone = alone.peekable();
        if alone.peek().is_none() {
            return;
        }
        let dominators = Dominators::new(reach);
        let mut order = vec![0; reach.len()];
        for (position, _) in reach.met() {
            order[dominators.place(position) as usize] = position;
        }
        // How many parties that can lose the obligation stand before each place.
        let mut before = vec![0; 2];
        for &position in &order[1..] {
            let node = reach.node(position);
            if loses(node) {
                self.parties.push(PartyId(node));
            }
            before.push(self.parties.len());
        }
        for (party, position) in alone {
            let places = dominators.dominated(position);
            let behind = before[places.start as usize + 1]..before[places.end as usize];
            if !behind.is_empty() {
                self.held.push((party, behind));
            }
        }
    }

    /// Holds what is behind parties at which an obligation goes on from several positions, or only so far.
    fn hold_lost<'n>(
        &mut self,
        reach: &Reach,
        most: u32,
        divided: impl Iterator<Item = &'n [(PartyId, u32)]>,
        loses: impl Fn(PartyId, u32) -> bool,
    ) {
        let allowed = LOOKS * (reach.len() + 2 * reach.edges());
        let mut divided = divided.peekable();
        if divided.peek().is_none() {
            return;
        }
        let mut cutter = Cutter::new(reach, most);
        for nodes in divided {
            let party = nodes[0].0;
            if cutter.looks > allowed {
                self.unsettled.push(party);
                continue;
            }
            let start = self.parties.len();
            let lost = cutter.lost(nodes.iter().map(|&(_, position)| position));
            let lost = lost.into_iter().map(|position| reach.node(position));
            let lost = lost.filter(|&node| loses(party, node));
            self.parties.extend(lost.map(PartyId));
            if self.parties.len() > start {
                self.held.push((party, start..self.parties.len()));
            }
        }
    }
}
