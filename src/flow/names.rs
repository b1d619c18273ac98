//! Sets of operators' names, at most 64 each, held once however many parties have the same.

use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable};

use super::Origins;
use crate::register::PartyId;

/// A set of names, by its position among all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct SetId(u32);

impl SetId {
    /// No name.
    pub(super) const EMPTY: SetId = SetId(0);
    /// More than 64 names, which are forgotten.
    pub(super) const MORE: SetId = SetId(1);
}

/// Every set of names that came up.
pub(super) struct Names {
    /// The names of all sets, end to end, each set's rising.
    names: Vec<PartyId>,
    /// Where the names of each set end.
    ends: Vec<usize>,
    known: HashTable<u32>,
    hasher: DefaultHashBuilder,
    scratch: Vec<PartyId>,
}

impl Names {
    pub(super) fn new() -> Names {
        Names {
            names: Vec::new(),
            ends: vec![0, 0],
            known: HashTable::new(),
            hasher: DefaultHashBuilder::default(),
            scratch: Vec::new(),
        }
    }

    /// The names of a set; none are known of [`SetId::MORE`].
    pub(super) fn get(&self, set: SetId) -> &[PartyId] {
        of(&self.names, &self.ends, set.0)
    }

    /// The set of one name.
    pub(super) fn one(&mut self, name: PartyId) -> SetId {
        self.scratch.clear();
        self.scratch.push(name);
        self.enter()
    }

    /// The names that are in either set.
    pub(super) fn union(&mut self, a: SetId, b: SetId) -> SetId {
        match (a, b) {
            _ if a == b => a,
            (SetId::MORE, _) | (_, SetId::MORE) => SetId::MORE,
            (SetId::EMPTY, other) | (other, SetId::EMPTY) => other,
            _ => {
                let (a_names, b_names) = (
                    of(&self.names, &self.ends, a.0),
                    of(&self.names, &self.ends, b.0),
                );
                merge(a_names, b_names, &mut self.scratch);
                match self.scratch.len() {
                    same if same == a_names.len() => a,
                    same if same == b_names.len() => b,
                    many if many > usize::from(Origins::MOST) => SetId::MORE,
                    _ => self.enter(),
                }
            }
        }
    }

    /// The names of one set that are not in another.
    pub(super) fn without(&mut self, set: SetId, known: SetId) -> SetId {
        match (set, known) {
            _ if set == known => SetId::EMPTY,
            (_, SetId::MORE) => SetId::EMPTY,
            (SetId::MORE, _) | (_, SetId::EMPTY) => set,
            _ => {
                let known = of(&self.names, &self.ends, known.0);
                let names = of(&self.names, &self.ends, set.0).iter().copied();
                self.scratch.clear();
                let new = names.filter(|name| known.binary_search(name).is_err());
                self.scratch.extend(new);
                if self.scratch.is_empty() {
                    SetId::EMPTY
                } else {
                    self.enter()
                }
            }
        }
    }

    /// How many names a set has: 65 stands for more than 64.
    pub(super) fn count(&self, set: SetId) -> u8 {
        match set {
            SetId::MORE => Origins::MOST + 1,
            _ => self.get(set).len() as u8,
        }
    }

    /// The set of the names in `scratch`, which are not none.
    fn enter(&mut self) -> SetId {
        let Names {
            names,
            ends,
            known,
            hasher,
            scratch,
        } = self;
        let hash_of = |names: &[PartyId]| hasher.hash_one(names);
        let hash = hash_of(scratch);
        let found = known.find(hash, |&set| of(names, ends, set) == scratch.as_slice());
        if let Some(&set) = found {
            return SetId(set);
        }
        let set = ends.len() as u32;
        names.extend_from_slice(scratch);
        ends.push(names.len());
        known.insert_unique(hash, set, |&set| hash_of(of(names, ends, set)));
        SetId(set)
    }
}

fn of<'n>(names: &'n [PartyId], ends: &[usize], set: u32) -> &'n [PartyId] {
    let set = set as usize;
    let start = set.checked_sub(1).map_or(0, |before| ends[before]);
    &names[start..ends[set]]
}

/// Merges two rising lists, until there are more than any set holds.
fn merge(mut a: &[PartyId], mut b: &[PartyId], into: &mut Vec<PartyId>) {
    into.clear();
    while let (Some(x), Some(y)) = (a.first(), b.first()) {
        if into.len() > usize::from(Origins::MOST) {
            return;
        }
        into.push(*x.min(y));
        let (steps_a, steps_b) = (usize::from(x <= y), usize::from(y <= x));
        (a, b) = (&a[steps_a..], &b[steps_b..]);
    }
    into.extend_from_slice(a);
    into.extend_from_slice(b);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_counted_to_64() {
        let mut names = Names::new();
        let mut all = SetId::EMPTY;
        for party in 0..64 {
            let one = names.one(PartyId(party * 7 % 64));
            all = names.union(all, one);
            assert_eq!(names.union(one, all), all);
            assert_eq!(names.count(all), party as u8 + 1);
        }
        let one = names.one(PartyId(64));
        assert_eq!(names.union(all, one), SetId::MORE);
        assert_eq!(names.count(SetId::MORE), 65);
    }

    #[test]
    fn equal_sets_are_one() {
        let mut names = Names::new();
        let [a, b, c] = [1, 2, 3].map(|party| names.one(PartyId(party)));
        let (ab, bc) = (names.union(a, b), names.union(b, c));
        assert_eq!(names.union(ab, c), names.union(a, bc));
        assert_eq!(names.without(ab, b), a);
        assert_eq!(names.without(ab, ab), SetId::EMPTY);
        assert_eq!(names.without(ab, SetId::EMPTY), ab);
        assert_eq!(names.without(SetId::MORE, ab), SetId::MORE);
        assert_eq!(names.without(ab, SetId::MORE), SetId::EMPTY);
        assert_eq!(names.union(ab, SetId::MORE), SetId::MORE);
    }
}
