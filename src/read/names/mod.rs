//! Parties that registers give by name alone: one party per name after normalising.

mod alike;
mod core;
mod letters;
mod same;
mod scripts;
mod shared;

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;

use crate::diagnostic::{Code, Diagnostics, Fault, FileId};
use crate::lang::Text;
use crate::register::Builder;

pub(super) use same::Entry as SameEntry;
pub(super) use shared::tell as tell_shared;

use same::Same;

/// A name as it is compared: compatibility forms, case, width, spaces and punctuation set aside.
pub fn normal_name(name: &str) -> String {
    let letters: String = name
        .nfkc()
        .flat_map(char::to_lowercase)
        .filter(|c| c.is_alphanumeric())
        .collect();
    if letters.is_empty() {
        name.trim().to_owned()
    } else {
        letters
    }
}

/// Gives parties the two names that one cell holds in two scripts, where they have no local name.
pub(super) fn split_scripts(builder: &mut Builder) {
    builder.split_names(scripts::split);
}

/// A cell that holds a name: the number of its column, and its row.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cell {
    pub(super) column: usize,
    pub(super) row: u32,
}

/// A party that was met by name.
#[derive(Debug)]
struct Party {
    id: String,
    first: Cell,
}

/// The ids of parties by name.
#[derive(Debug, Default)]
pub(super) struct Names {
    same: Same,
    /// The columns that names stand in.
    columns: Vec<(FileId, String)>,
    /// In the order in which they were met.
    parties: Vec<Party>,
    /// Spellings met, with the party that they stand for.
    spellings: HashMap<String, u32>,
    /// The same by normal name.
    normal: HashMap<String, u32>,
    /// Spellings that are not the id of their party, in the order in which they were met.
    merged: Vec<(String, u32, Cell)>,
    /// How many spellings `[[same]]` took for the id of their party.
    said: usize,
}

impl Names {
    /// With what `[[same]]` says.
    ///
    /// # Errors
    ///
    /// A sentence that says where it contradicts itself.
    pub(super) fn new(same: &[SameEntry]) -> Result<Names, Text> {
        Ok(Names {
            same: Same::new(same)?,
            ..Names::default()
        })
    }

    /// The number of a column that names are about to be met in.
    pub(super) fn column(&mut self, file: FileId, heading: &str) -> usize {
        self.columns.push((file, heading.to_owned()));
        self.columns.len() - 1
    }

    /// The id of the party that is called so: the first spelling of its name that was met, or what `[[same]]` says.
    pub(super) fn id(&mut self, name: &str, cell: Cell) -> &str {
        let party = match self.spellings.get(name) {
            Some(&party) => party,
            None => self.meet(name, cell),
        };
        &self.parties[party as usize].id
    }

    fn meet(&mut self, name: &str, cell: Cell) -> u32 {
        let normal = normal_name(name);
        let said = self.same.party(&normal);
        let (id, normal) = match said {
            Some((id, normal)) => (id.as_str(), normal.clone()),
            None => (name, normal),
        };
        let next = self.parties.len() as u32;
        let party = *self.normal.entry(normal).or_insert(next);
        if party == next {
            let id = id.to_owned();
            self.parties.push(Party { id, first: cell });
        }
        let is_id = self.parties[party as usize].id == name;
        match said {
            Some(_) => self.said += usize::from(!is_id),
            None if !is_id => self.merged.push((name.to_owned(), party, cell)),
            None => {}
        }
        self.spellings.insert(name.to_owned(), party);
        party
    }

    /// The id of the party that is called so, if one was met.
    pub(super) fn find(&self, name: &str) -> Option<&str> {
        let by_normal = || {
            let normal = normal_name(name);
            let said = self.same.party(&normal).map(|(_, normal)| normal);
            self.normal.get(said.unwrap_or(&normal))
        };
        let party = self.spellings.get(name).or_else(by_normal)?;
        Some(&self.parties[*party as usize].id)
    }

    /// How many spellings `[[same]]` took for another.
    pub(super) fn said(&self) -> usize {
        self.said
    }

    /// Has owners and `supports` name parties by their ids, as far as these were met in another spelling.
    pub(super) fn resolve(&self, builder: &mut Builder) {
        let id = |name: &str| self.find(name).filter(|id| *id != name);
        builder.owner.rewrite(|name| id(name).map(str::to_owned));
        let mut supports = std::mem::take(&mut builder.fixed[Builder::SUPPORTS]);
        supports.rewrite(|cell| {
            // An id with such a sign cannot stand in a list.
            let fits = |id: &&str| !id.contains([';', '|']);
            let words = ["all", "none", "unknown"];
            let is_other = |name: &str| {
                let is_word = words.iter().any(|word| name.eq_ignore_ascii_case(word));
                is_word || builder.has_relationship(name)
            };
            let named = |name: &str| id(name).filter(fits).filter(|_| !is_other(name));
            let items = cell.split([';', '|']).map(str::trim);
            let items: Vec<&str> = items.map(|name| named(name).unwrap_or(name)).collect();
            Some(items.join(";")).filter(|written| written != cell)
        });
        builder.fixed[Builder::SUPPORTS] = supports;
    }

    /// Tells spellings that were taken for one party, and parties whose names are nearly the same.
    pub(super) fn tell(&self, by_name: bool, builder: &Builder, diagnostics: &mut Diagnostics) {
        let fault = |code, cell: Cell| {
            let (file, heading) = &self.columns[cell.column];
            Fault::new(code, *file).column(heading)
        };
        for (spelling, party, cell) in &self.merged {
            let id = &self.parties[*party as usize].id;
            let fault = fault(Code::MergedSpelling, *cell).text(spelling);
            diagnostics.add(fault.other(id), cell.row);
        }
        if !by_name {
            return;
        }
        let faces = alike::faces(self.parties.iter().map(|party| party.id.as_str()), builder);
        for (party, (first, likeness)) in alike::candidates(&faces) {
            let [party, first] = [party, first].map(|party| &self.parties[party]);
            let fault = fault(Code::SimilarNames, party.first);
            diagnostics.add(fault.alike(&party.id, &first.id, likeness), party.first.row);
        }
    }

    /// Tells the names of `[[same]]` that no cell has; where parties have ids, that it does nothing.
    pub(super) fn tell_idle(&self, by_name: bool, diagnostics: &mut Diagnostics) {
        if self.same.is_empty() {
            return;
        }
        let file = diagnostics.file("register.toml");
        let fault = || Fault::new(Code::IdleSame, file);
        match by_name {
            true => {
                let unused = self.same.unused();
                unused.for_each(|name| diagnostics.add(fault().text(name), 0));
            }
            false => diagnostics.add(fault(), 0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CELL: Cell = Cell { column: 0, row: 2 };

    #[test]
    fn spellings_of_one_name_are_one_party() {
        let mut names = Names::default();
        let first = "Yunhe Cloud Co., Ltd.";
        for spelling in [
            first,
            "YUNHE CLOUD CO LTD",
            "Ｙｕｎｈｅ　Cloud Co.,Ltd",
            "yunhe-cloud co. ltd",
            "YUNHE CLOUD CO LTD",
        ] {
            assert_eq!(names.id(spelling, CELL), first);
        }
        assert_eq!(names.merged.len(), 3, "each spelling once");
        assert_eq!(names.id("云河云（集团）", CELL), "云河云（集团）");
        assert_eq!(names.id("云河云(集团)", CELL), "云河云（集团）");
        assert_eq!(names.id("***", CELL), "***");
        assert_eq!(names.id("###", CELL), "###");
        assert_eq!(names.find("yunhe cloud CO LTD!"), Some(first));
        assert_eq!(names.find("yunhe"), None);
    }

    #[test]
    fn same_gives_the_id_whatever_is_met_first() {
        let entry = "party = \"Yunhe Cloud Co., Ltd.\"\nnames = [\"云河云\", \"Yunhe Cloud\"]";
        let mut names = Names::new(&[toml::from_str(entry).unwrap()]).unwrap();
        let id = "Yunhe Cloud Co., Ltd.";
        for name in ["YUNHE CLOUD", "云河云", "yunhe cloud co ltd", id] {
            assert_eq!(names.id(name, CELL), id, "{name}");
        }
        assert_eq!((names.said(), names.merged.len()), (3, 0));
        assert_eq!(names.find("Yunhe-Cloud"), Some(id));
    }
}
