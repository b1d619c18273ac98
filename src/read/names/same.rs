//! `[[same]]` of `register.toml`: names that stand for one party.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};

use serde::Deserialize;

use super::normal_name;
use crate::lang::{Text, both};

/// One entry.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::read) struct Entry {
    /// The party's id, as it is to be written.
    party: String,
    /// Other names of it.
    names: Vec<String>,
}

/// Positions of parties by their normal form.
type Positions = HashMap<String, usize>;

/// What all entries say: for each name the party that it stands for.
#[derive(Debug, Default)]
pub(super) struct Same {
    /// Ids with their normal forms.
    parties: Vec<(String, String)>,
    /// For each party the one that it stands for: mostly itself.
    ends: Vec<usize>,
    /// By normal name the party, and the name's number unless only a party is called so.
    names: HashMap<String, (usize, Option<usize>)>,
    /// The names as entries have them, and whether some cell has them.
    written: Vec<(String, AtomicBool)>,
}

impl Same {
    /// Brings the entries together.
    ///
    /// # Errors
    ///
    /// A sentence that says where they contradict each other or are blank.
    pub(super) fn new(entries: &[Entry]) -> Result<Same, Text> {
        let mut same = Same::default();
        let mut positions = HashMap::new();
        for Entry { party, names } in entries {
            if party.trim().is_empty() || names.iter().any(|name| name.trim().is_empty()) {
                return Err(both!(
                    "a [[same]] has a blank name",
                    "[[same]] 中有空白名称"
                ));
            }
            same.add_party(party.trim(), &mut positions)?;
        }
        for Entry { party, names } in entries {
            let party = positions[&normal_name(party)];
            for name in names {
                same.add_name(name.trim(), party)?;
            }
        }
        same.ends = same.follow()?;
        for (party, (_, normal)) in same.parties.iter().enumerate() {
            same.names.entry(normal.clone()).or_insert((party, None));
        }
        Ok(same)
    }

    fn add_party(&mut self, party: &str, positions: &mut Positions) -> Result<(), Text> {
        let normal = normal_name(party);
        let next = self.parties.len();
        let known = *positions.entry(normal.clone()).or_insert(next);
        if known == next {
            self.parties.push((party.to_owned(), normal));
        }
        match &self.parties[known].0 {
            known if known != party => Err(both!(
                "[[same]] writes one party as `{known}` and as `{party}`",
                "[[same]] 将同一主体写作“{known}”和“{party}”"
            )),
            _ => Ok(()),
        }
    }

    fn add_name(&mut self, name: &str, party: usize) -> Result<(), Text> {
        let (id, normal_id) = &self.parties[party];
        let normal = normal_name(name);
        if normal == *normal_id {
            return Ok(());
        }
        let itself = (party, Some(self.written.len()));
        let known = *self.names.entry(normal).or_insert(itself);
        if known.0 != party {
            let other = &self.parties[known.0].0;
            return Err(both!(
                "[[same]] takes `{name}` for `{other}` and for `{id}`",
                "[[same]] 将“{name}”既视为“{other}”又视为“{id}”"
            ));
        }
        if known == itself {
            self.written.push((name.to_owned(), AtomicBool::new(false)));
        }
        Ok(())
    }

    /// For each party the one at the end of its chain: a party may be a name of another.
    fn follow(&self) -> Result<Vec<usize>, Text> {
        let mut ends: Vec<Option<usize>> = vec![None; self.parties.len()];
        for start in 0..self.parties.len() {
            let (mut chain, mut at) = (Vec::new(), start);
            while let (None, Some(&(next, _))) = (ends[at], self.names.get(&self.parties[at].1)) {
                chain.push(at);
                if chain.len() > self.parties.len() {
                    let [one, other] = [at, next].map(|party| &self.parties[party].0);
                    return Err(both!(
                        "[[same]] takes `{one}` for `{other}` and the other way round",
                        "[[same]] 中“{one}”与“{other}”互相指代"
                    ));
                }
                at = next;
            }
            let end = ends[at].unwrap_or(at);
            ends[at] = Some(end);
            chain
                .into_iter()
                .for_each(|passed| ends[passed] = Some(end));
        }
        Ok(ends
            .into_iter()
            .enumerate()
            .map(|(at, end)| end.unwrap_or(at))
            .collect())
    }

    /// Whether there are no entries.
    pub(super) fn is_empty(&self) -> bool {
        self.parties.is_empty()
    }

    /// The id of the party that a normal name stands for, and its normal form; the name counts as met.
    pub(super) fn party(&self, normal: &str) -> Option<&(String, String)> {
        let &(party, number) = self.names.get(normal)?;
        if let Some((_, met)) = number.and_then(|number| self.written.get(number)) {
            met.store(true, Ordering::Relaxed);
        }
        self.parties.get(self.ends[party])
    }

    /// The names that no cell has.
    pub(super) fn unused(&self) -> impl Iterator<Item = &str> {
        let unused = self
            .written
            .iter()
            .filter(|(_, met)| !met.load(Ordering::Relaxed));
        unused.map(|(name, _)| name.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(entries: &[(&str, &[&str])]) -> Result<Same, Text> {
        let entry = |(party, names): &(&str, &[&str])| Entry {
            party: (*party).to_owned(),
            names: names.iter().map(ToString::to_string).collect(),
        };
        Same::new(&entries.iter().map(entry).collect::<Vec<_>>())
    }

    #[test]
    fn names_stand_for_the_party_at_the_end_of_their_chain() {
        let same = same(&[
            ("C", &["D", "d."]),
            ("B", &["C"]),
            ("A", &["B", "a!"]),
            ("A", &["E"]),
            ("F", &[]),
        ])
        .unwrap();
        for (name, party) in [
            ("a", "A"),
            ("b", "A"),
            ("d", "A"),
            ("c", "A"),
            ("e", "A"),
            ("f", "F"),
        ] {
            assert_eq!(same.party(name).unwrap().0, party, "{name}");
        }
        assert_eq!(same.party("g"), None);
        assert_eq!(same.unused().collect::<Vec<_>>(), Vec::<&str>::new());
    }

    #[test]
    fn a_name_that_was_never_asked_for_is_unused() {
        let same = same(&[("A", &["B", "C"])]).unwrap();
        same.party("b");
        assert_eq!(same.unused().collect::<Vec<_>>(), ["C"]);
    }

    #[test]
    fn contradictions_are_refused() {
        for (entries, words) in [
            (
                &[("A", &["C"][..]), ("B", &["c"])][..],
                "takes `c` for `A` and for `B`",
            ),
            (
                &[("A", &["C"]), ("B", &["C"]), ("C", &[])],
                "takes `C` for `A` and for `B`",
            ),
            (&[("A", &["B"]), ("B", &["A"])], "and the other way round"),
            (
                &[("A", &["B"]), ("B", &["C"]), ("C", &["A"])],
                "and the other way round",
            ),
            (
                &[("Yunhe", &[]), ("YUNHE", &[])],
                "as `Yunhe` and as `YUNHE`",
            ),
            (&[(" ", &["A"])], "blank name"),
            (&[("A", &["\t"])], "blank name"),
        ] {
            let fault = same(entries).expect_err(words);
            assert!(fault.en.contains(words), "{}", fault.en);
        }
    }
}
