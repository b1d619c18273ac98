//! What each table holds, and how the tables name the same parties.

use std::collections::HashSet;

use super::columns::{Choice, Columns, Doubt, choose};
use super::evidence::reads_of;
use super::headings::{Side, Taken, Words};
use super::sample::{Column, Sample, name_of};
use crate::policy::{Policy, Subject};
use crate::read::cells::Reads;
use crate::read::mapping::Holds;
use crate::read::names::normal_name;
use crate::read::workbook::names;

/// A table with what it is taken for; nothing where that does not show.
pub(super) struct Plan {
    pub(super) sample: Sample,
    pub(super) taken: Option<Taken>,
    pub(super) columns: Columns,
    /// Which columns name parties, and how many of their cells are known to the tables of parties.
    pub(super) joins: Vec<Join>,
    /// Whether the delimiter has to be written, because the reader would find another.
    pub(super) needs_delimiter: bool,
}

/// How a column that names parties fits the tables of parties.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Join {
    pub(super) canonical: String,
    /// Cells of which the table of parties has the id or name, of so many.
    pub(super) known: usize,
    pub(super) filled: usize,
}

impl Join {
    /// Whether most of it is not among the parties that are listed.
    pub(super) fn is_foreign(&self) -> bool {
        self.known * 2 < self.filled
    }
}

/// How relationships name parties.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Naming {
    /// By the ids of the tables of parties.
    Ids,
    /// By names, and tables of parties have ids that are therefore left out.
    NamesNotIds,
    /// By names.
    Names,
}

/// Takes each table for what its headings say it is and, second, its name.
pub(super) fn plan(samples: Vec<Sample>, words: &Words, policy: &Policy) -> Vec<Plan> {
    let is_alone = samples.len() == 1;
    let taken: Vec<Option<Taken>> = samples
        .iter()
        .map(|sample| take(sample, is_alone, words, policy))
        .collect();
    let has_links = taken
        .iter()
        .flatten()
        .any(|taken| taken.holds == Holds::Relationships);
    let plans = samples.into_iter().zip(taken).map(|(sample, taken)| {
        let taken = taken.map(|taken| match taken.holds {
            // Without relationships there is nothing to read: a list of suppliers is one of whom we buy from.
            Holds::Parties if !has_links => Taken {
                holds: Holds::Relationships,
                only: Some(side_of(&sample, words, policy)),
            },
            _ => taken,
        });
        let columns = taken.map(|taken| choose(&sample, taken, words, policy));
        let columns = columns.unwrap_or_default();
        // What cannot be read is better left to whoever knows it.
        let taken = taken.filter(|taken| taken.needed().all(|end| columns.find(end).is_some()));
        Plan {
            columns,
            sample,
            taken,
            joins: Vec::new(),
            needs_delimiter: false,
        }
    });
    plans.collect()
}

fn take(sample: &Sample, is_alone: bool, words: &Words, policy: &Policy) -> Option<Taken> {
    let columns = |holds| choose(sample, Taken { holds, only: None }, words, policy);
    let of = |holds| Some(Taken { holds, only: None });
    let (links, evidence, parties) = (
        columns(Holds::Relationships),
        columns(Holds::Evidence),
        columns(Holds::Parties),
    );
    let name = match &sample.sheet {
        Some(sheet) => sheet.clone(),
        None => name_of(sample.path.file_stem().unwrap_or_default().as_ref()),
    };
    let by_name = names::recognise(&name, &[]);
    let sides = Side::BOTH.map(|side| (side, links.find(side.column())));
    if links.is_sure("customer") && links.is_sure("supplier") {
        return of(Holds::Relationships);
    }
    if evidence.is_sure("party") && evidence.is_sure("obligation") {
        return of(Holds::Evidence);
    }
    if by_name == Some(Holds::Evidence)
        && evidence.find("party").is_some()
        && evidence.find("obligation").is_some()
    {
        return of(Holds::Evidence);
    }
    let says_link = links.live.iter().any(|choice| is_of_link(choice, policy));
    let is_link = match by_name {
        Some(Holds::Parties) => false,
        Some(Holds::Relationships) => true,
        _ => says_link,
    };
    let [(_, customer), (_, supplier)] = &sides;
    if is_link && customer.is_some() && supplier.is_some() {
        return of(Holds::Relationships);
    }
    let sure = sides
        .iter()
        .find(|(_, choice)| choice.is_some_and(|choice| choice.doubt.is_none()));
    if let Some((side, _)) = sure.filter(|_| is_link) {
        let only = Some(*side);
        let holds = Holds::Relationships;
        return Some(Taken { holds, only });
    }
    if parties.find("name").is_some() {
        let several = parties.sure() >= 2 || by_name == Some(Holds::Parties) || is_alone;
        if several && (parties.is_sure("name") || parties.sure() >= 1) {
            return of(Holds::Parties);
        }
    }
    if customer.is_some() && supplier.is_some() {
        return of(Holds::Relationships);
    }
    let any = sides.iter().find(|(_, choice)| choice.is_some());
    any.filter(|_| is_link || is_alone).map(|(side, _)| Taken {
        holds: Holds::Relationships,
        only: Some(*side),
    })
}

/// Whether a sure column is one that only a relationship has.
fn is_of_link(choice: &Choice, policy: &Policy) -> bool {
    let canonical = choice.canonical.as_str();
    let is_fixed = Holds::Relationships.columns().contains(&canonical)
        && !["customer", "supplier", "id"].contains(&canonical);
    let mut facts = policy.facts_of(Subject::Relationship);
    let mut is_fact = || facts.any(|(_, fact)| fact.name == canonical);
    choice.doubt.is_none() && (is_fixed || is_fact())
}

/// Whose list a table of parties alone is: suppliers, unless it calls them customers.
fn side_of(sample: &Sample, words: &Words, policy: &Policy) -> Side {
    let holds = Holds::Relationships;
    let links = choose(sample, Taken { holds, only: None }, words, policy);
    match links.is_sure("customer") && links.find("supplier").is_none() {
        true => Side::Customer,
        false => Side::Supplier,
    }
}

/// The columns of a kind of table that name parties of other tables.
pub(super) fn ends(holds: Holds) -> &'static [&'static str] {
    match holds {
        Holds::Relationships => &["customer", "supplier"],
        Holds::Evidence => &["party"],
        Holds::Parties | Holds::Ownership => &[],
    }
}

/// The parties that tables of parties list.
#[derive(Default)]
struct Listed {
    ids: HashSet<String>,
    names: HashSet<String>,
}

impl Listed {
    fn of(plans: &[Plan]) -> Listed {
        let mut listed = Listed::default();
        for plan in plans
            .iter()
            .filter(|plan| plan.holds() == Some(Holds::Parties))
        {
            let cells = |canonical| {
                plan.column(canonical)
                    .into_iter()
                    .flat_map(|column| &column.cells)
            };
            listed.ids.extend(cells("id").map(|(cell, _)| cell.clone()));
            listed
                .names
                .extend(cells("name").map(|(cell, _)| normal_name(cell)));
        }
        listed
    }

    /// Cells of a column that are ids, and that are names.
    fn known(&self, column: &Column) -> [usize; 2] {
        let mut known = [0, 0];
        for (cell, count) in &column.cells {
            known[0] += count * usize::from(self.ids.contains(cell));
            known[1] += count * usize::from(self.names.contains(&normal_name(cell)));
        }
        known
    }
}

impl Plan {
    pub(super) fn holds(&self) -> Option<Holds> {
        self.taken.map(|taken| taken.holds)
    }

    /// The file's name and, in a workbook, the sheet's.
    pub(super) fn name(&self) -> String {
        let file = name_of(&self.sample.path);
        match &self.sample.sheet {
            Some(sheet) => format!("{file}!{sheet}"),
            None => file,
        }
    }

    /// The columns whose cells are read in such a way.
    pub(super) fn columns_that(
        &self,
        is: impl Fn(&Reads) -> bool,
        policy: &Policy,
    ) -> Vec<&Column> {
        let holds = self.holds().unwrap_or(Holds::Relationships);
        let live = self.columns.live.iter();
        let live = live.filter(|choice| {
            reads_of(&choice.canonical, holds, policy).is_some_and(|reads| is(&reads))
        });
        live.map(|choice| &self.sample.columns[choice.position])
            .collect()
    }

    /// The column of the table that a canonical one is read from.
    pub(super) fn column(&self, canonical: &str) -> Option<&Column> {
        let choice = self.columns.find(canonical)?;
        self.sample.columns.get(choice.position)
    }

    /// The columns that may name this end, the one that is read first.
    fn for_end(&self, end: &str) -> Vec<Choice> {
        let all = self.columns.live.iter().chain(&self.columns.doubtful);
        all.filter(|choice| choice.canonical == end)
            .cloned()
            .collect()
    }

    /// Whether an end can be named by ids alone: then the other one is the same party only by its id.
    fn has_only_ids(&self) -> bool {
        let mut ends = self.holds().map_or(&[][..], ends).iter();
        ends.any(|end| {
            let choices = self.for_end(end);
            !choices.is_empty() && choices.iter().all(|choice| choice.by_id)
        })
    }

    /// Names an end by the column of which most is known, if anything is.
    fn name_end(&mut self, end: &str, listed: &Listed, naming: Naming) {
        let choices = self.for_end(end);
        let wants_ids = naming == Naming::Ids || self.has_only_ids();
        let known = |choice: &Choice| {
            let [ids, names] = listed.known(&self.sample.columns[choice.position]);
            if naming == Naming::Ids { ids } else { names }
        };
        let fits = |choice: &Choice| (known(choice), choice.by_id == wants_ids);
        // Of equals the first is read.
        let Some(best) = choices.iter().rev().max_by_key(|choice| fits(choice)) else {
            return;
        };
        if choices.first() != Some(best) {
            let is_guess = best.doubt == Some(Doubt::Heading) && known(best) == 0;
            let doubt = is_guess.then_some(Doubt::Heading);
            let best = Choice {
                doubt,
                ..best.clone()
            };
            self.columns.put(end, Some(best));
        }
    }
}

/// Decides how relationships name parties, and reads the columns that do.
pub(super) fn join(plans: &mut [Plan]) -> Naming {
    let listed = Listed::of(plans);
    let has_ids = !listed.ids.is_empty();
    let naming = match has_ids {
        true => naming(plans, &listed),
        false => Naming::Names,
    };
    for plan in plans.iter_mut() {
        match plan.holds() {
            Some(Holds::Parties) if naming != Naming::Ids => plan.columns.put("id", None),
            Some(holds) => {
                for end in ends(holds) {
                    plan.name_end(end, &listed, naming);
                }
            }
            None => {}
        }
    }
    for plan in plans {
        let ends = plan.holds().map_or(&[][..], ends);
        let joins = ends.iter().filter_map(|end| {
            let column = plan.column(end)?;
            let [ids, names] = listed.known(column);
            let known = if naming == Naming::Ids { ids } else { names };
            let (canonical, filled) = (end.to_string(), column.filled);
            Some(Join {
                canonical,
                known,
                filled,
            })
        });
        plan.joins = match listed.names.is_empty() {
            true => Vec::new(),
            false => joins.collect(),
        };
    }
    naming
}

/// Whether what relationships say of parties are ids or names.
fn naming(plans: &[Plan], listed: &Listed) -> Naming {
    let (mut ids, mut names, mut by_id) = (0, 0, false);
    for plan in plans
        .iter()
        .filter(|plan| plan.holds() == Some(Holds::Relationships))
    {
        for end in ends(Holds::Relationships) {
            let choices = plan.for_end(end);
            let known = choices
                .iter()
                .map(|choice| listed.known(&plan.sample.columns[choice.position]));
            let known: Vec<[usize; 2]> = known.collect();
            ids += known.iter().map(|known| known[0]).max().unwrap_or(0);
            names += known.iter().map(|known| known[1]).max().unwrap_or(0);
            by_id |= choices.first().is_some_and(|choice| choice.by_id);
        }
    }
    match (ids, names) {
        (0, 0) if !by_id => Naming::NamesNotIds,
        (ids, names) if ids >= names => Naming::Ids,
        _ => Naming::NamesNotIds,
    }
}
