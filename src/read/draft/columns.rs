//! Which column of a table is which: by its heading, and by what its cells say.

use std::collections::HashSet;

use super::evidence::{Fit, fit, reads_of};
use super::headings::{Candidate, Taken, Words};
use super::sample::{Column, Sample};
use crate::policy::Policy;
use crate::read::cells::Reads;
use crate::read::fields::normal_heading;
use crate::read::mapping::{Holds, canonical_columns};

/// A column of the register, and the column of the table that it is taken from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Choice {
    pub(super) canonical: String,
    /// The position in the table.
    pub(super) position: usize,
    pub(super) by_id: bool,
    /// Why it is not sure; none where it is.
    pub(super) doubt: Option<Doubt>,
}

/// Why a column may be another one than it looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Doubt {
    /// Its heading says only partly so.
    Heading,
    /// Its heading does not say whether the customer or the supplier is meant.
    Side,
    /// Hardly any of its cells can be read as such.
    Cells,
    /// Its cells repeat, and ids must not.
    Repeats,
    /// Another column fits as well.
    Other,
    /// The other tables name parties otherwise.
    Join,
}

/// The columns of a table, sorted out.
#[derive(Debug, Default)]
pub(super) struct Columns {
    /// Those that are read.
    pub(super) live: Vec<Choice>,
    /// Those that may be meant.
    pub(super) doubtful: Vec<Choice>,
}

impl Columns {
    pub(super) fn find(&self, canonical: &str) -> Option<&Choice> {
        self.live
            .iter()
            .find(|choice| choice.canonical == canonical)
    }

    /// Whether a column is read and there is no doubt of it.
    pub(super) fn is_sure(&self, canonical: &str) -> bool {
        self.find(canonical)
            .is_some_and(|choice| choice.doubt.is_none())
    }

    /// How many columns are sure.
    pub(super) fn sure(&self) -> usize {
        let sure = self.live.iter().filter(|choice| choice.doubt.is_none());
        sure.count()
    }

    /// Reads a column from another position, or not at all.
    pub(super) fn put(&mut self, canonical: &str, choice: Option<Choice>) {
        let before = self
            .live
            .iter()
            .position(|live| live.canonical == canonical);
        let at = before.unwrap_or(self.live.len());
        if let Some(before) = before {
            let left = self.live.remove(before);
            let doubt = Some(Doubt::Join);
            self.doubtful.push(Choice { doubt, ..left });
        }
        if let Some(choice) = choice {
            self.doubtful.retain(|doubtful| {
                (doubtful.position, &doubtful.canonical) != (choice.position, &choice.canonical)
            });
            self.live.insert(at, choice);
        }
    }
}

/// Sorts out the columns of a table that is taken for this.
pub(super) fn choose(sample: &Sample, taken: Taken, words: &Words, policy: &Policy) -> Columns {
    let mut chooser = Chooser {
        sample,
        taken,
        policy,
        used: vec![false; sample.columns.len()],
        columns: Columns::default(),
    };
    let named = sample.columns.iter().enumerate();
    let named = named.filter(|(_, column)| column.can_be_named());
    let found: Vec<(usize, Candidate)> = named
        .flat_map(|(position, column)| {
            let candidates = words.candidates(&column.heading, taken);
            candidates
                .into_iter()
                .map(move |candidate| (position, candidate))
        })
        .collect();
    let canonical = canonical_columns(taken.holds, policy);
    for column in &canonical {
        chooser.take_whole(column, &found);
    }
    for column in &canonical {
        chooser.take_partial(column, &found);
    }
    chooser.columns
}

struct Chooser<'s> {
    sample: &'s Sample,
    taken: Taken,
    policy: &'s Policy,
    /// Columns of the table that are taken.
    used: Vec<bool>,
    columns: Columns,
}

impl Chooser<'_> {
    /// The candidates for a column that are free, the best first.
    fn free<'f>(
        &self,
        column: &str,
        found: &'f [(usize, Candidate)],
    ) -> Vec<&'f (usize, Candidate)> {
        let free = found
            .iter()
            .filter(|(position, candidate)| candidate.column == column && !self.used[*position]);
        let mut free: Vec<_> = free.collect();
        free.sort_by_key(|(position, candidate)| (candidate.by_id, candidate.rank, *position));
        // One heading may say the same in several ways.
        let mut met = HashSet::new();
        free.retain(|(position, _)| met.insert(*position));
        free
    }

    /// Takes the column whose heading says that it is this one, and nothing else.
    fn take_whole(&mut self, column: &str, found: &[(usize, Candidate)]) {
        let is_sure = |candidate: &Candidate| candidate.is_whole && !candidate.is_sideless;
        for (position, candidate) in self.free(column, found) {
            if !is_sure(candidate) {
                continue;
            }
            let position = *position;
            let doubt = match self.columns.find(column) {
                Some(_) => Some(Doubt::Other),
                None => self.doubt_of_cells(column, position),
            };
            self.used[position] = true;
            let choice = Choice {
                canonical: column.to_owned(),
                position,
                by_id: candidate.by_id,
                doubt,
            };
            self.sort_in(choice);
        }
    }

    /// Takes the column whose heading says in part that it is this one, if nothing better is there.
    fn take_partial(&mut self, column: &str, found: &[(usize, Candidate)]) {
        let is_needed = self.is_needed(column);
        for (position, candidate) in self.free(column, found) {
            let position = *position;
            if self.columns.find(column).is_some() {
                continue;
            }
            let reads = reads_of(column, self.taken.holds, self.policy);
            let fit = reads.map_or(Fit::Open, |reads| {
                // Any dates, numbers or yes and no would do, but not any countries or words of the pack.
                let tells = matches!(reads, Reads::Words { .. } | Reads::Countries(_));
                match fit(&reads, &self.sample.columns[position]) {
                    Fit::Confirmed if !tells => Fit::Open,
                    fit => fit,
                }
            });
            let doubt = match fit {
                Fit::Denied if !is_needed => continue,
                Fit::Confirmed if !candidate.is_sideless => None,
                _ if candidate.is_sideless => Some(Doubt::Side),
                _ => Some(Doubt::Heading),
            };
            self.used[position] = true;
            let choice = Choice {
                canonical: column.to_owned(),
                position,
                by_id: candidate.by_id,
                doubt,
            };
            match is_needed {
                true => self.columns.live.push(choice),
                false => self.sort_in(choice),
            }
        }
    }

    /// Whether the table cannot be read without the column.
    fn is_needed(&self, column: &str) -> bool {
        self.taken.needed().any(|needed| needed == column)
    }

    fn sort_in(&mut self, choice: Choice) {
        let heading = &self.sample.columns[choice.position].heading;
        // Its own name is read whether a mapping says so or not.
        let is_own_name = normal_heading(heading) == normal_heading(&choice.canonical);
        let is_first = self.columns.find(&choice.canonical).is_none();
        let is_read = match choice.doubt {
            None => true,
            Some(Doubt::Cells) => is_own_name || self.is_needed(&choice.canonical),
            Some(_) => false,
        };
        match is_first && is_read {
            true => self.columns.live.push(choice),
            false => self.columns.doubtful.push(choice),
        }
    }

    /// What the cells have against a column whose heading leaves no doubt.
    fn doubt_of_cells(&self, column: &str, position: usize) -> Option<Doubt> {
        let cells = &self.sample.columns[position];
        let is_id = column == "id" && self.taken.holds != Holds::Evidence;
        if is_id && repeats(cells, self.sample.rows, self.taken.holds) {
            return Some(Doubt::Repeats);
        }
        if is_name(self.taken.holds, column) {
            return is_numbers(cells).then_some(Doubt::Cells);
        }
        let reads = reads_of(column, self.taken.holds, self.policy)?;
        // Words that a pack lacks are to be given, and deny nothing.
        let may_deny = !matches!(reads, Reads::Words { .. });
        (may_deny && fit(&reads, cells) == Fit::Denied).then_some(Doubt::Cells)
    }
}

fn is_name(holds: Holds, column: &str) -> bool {
    holds == Holds::Parties && column == "name"
}

/// Whether a column of names has none.
fn is_numbers(column: &Column) -> bool {
    let reads = Reads::Number {
        decimal_comma: false,
    };
    fit(&reads, column) == Fit::Confirmed
}

/// Whether rows would be lost if the column were the id: the rows of one id but the first are set aside, and so are parties without.
fn repeats(column: &Column, rows: usize, holds: Holds) -> bool {
    let different = column.cells.len();
    match holds {
        Holds::Relationships => different < column.filled,
        _ => different * 10 < rows * 9,
    }
}
