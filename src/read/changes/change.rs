//! Making changes one by one, on an edited copy of the register.

use std::collections::BTreeSet;

use csv_core::{ReadFieldResult, Reader};
use jiff::ToSpan;
use jiff::civil::Date;

use super::super::cells::Reads;
use super::Changed;
use crate::diagnostic::did_you_mean;
use crate::lang::{Text, both, say};
use crate::policy::{Policy, Subject};
use crate::register::{Edit, NewScope, PartyId, RelationshipId, SupportsFault, Value};

/// Changes being made.
pub(super) struct Change<'p> {
    pub(super) edit: Edit,
    pub(super) policy: &'p Policy,
    pub(super) day: Date,
    pub(super) made: Vec<Changed>,
}

impl Change<'_> {
    fn note(&mut self, stated: String, means: Text) {
        self.made.push(Changed { stated, means });
    }

    fn party(&self, id: &str) -> Result<PartyId, Text> {
        let parties = &self.edit.register().parties;
        parties.find(id).ok_or_else(|| {
            let ids = || parties.iter().map(|party| parties.id(party));
            Text::said(|lang| {
                let hint = did_you_mean(id, ids(), lang);
                say!(
                    lang,
                    "no party is called `{id}`{hint}",
                    "没有主体“{id}”{hint}"
                )
            })
        })
    }

    fn relationship(&self, id: &str) -> Result<RelationshipId, Text> {
        let found = self.edit.register().relationships.find(id);
        found.ok_or_else(|| both!("no relationship is called `{id}`", "没有关系“{id}”"))
    }

    pub(super) fn set(&mut self, text: &str) -> Result<(), Text> {
        let Some((who, column, cell)) = target(self.policy, text) else {
            return Err(both!(
                "`{text}` is not PARTY.FACT=VALUE or RELATIONSHIP.FACT=VALUE with a fact of the pack",
                "“{text}”不是 主体.事实=值 或 关系.事实=值，或其中没有规则包的事实"
            ));
        };
        let is_party = |subject| subject == Subject::Party;
        let fact = self.policy.facts.iter().find(|fact| fact.name == column);
        match fact.map(|fact| is_party(fact.subject)) {
            Some(true) => {
                let party = self.party(who)?;
                let (fact, value) = self.value(Subject::Party, column, cell)?;
                self.edit.set_party_fact(party, fact, value);
            }
            Some(false) | None => {
                let relationship = self.relationship(who)?;
                self.set_cell(relationship, column, cell)?;
            }
        }
        let means = both!("{who}: {column} is {cell}", "{who}：{column} 为 {cell}");
        self.note(format!("--set {text}"), means);
        Ok(())
    }

    fn set_cell(&mut self, at: RelationshipId, column: &str, cell: &str) -> Result<(), Text> {
        match column {
            "supports" => {
                let scope = self.scope(at, cell)?;
                self.edit.set_supports(at, scope);
            }
            "starts" | "ends" => {
                let reads = Reads::Date {
                    format: None,
                    is_end: column == "ends",
                };
                let day = read(&reads, column, cell)?.date();
                let mut days = self.days(at);
                days[usize::from(column == "ends")] = day;
                self.edit.set_days(at, days);
            }
            _ => {
                let (fact, value) = self.value(Subject::Relationship, column, cell)?;
                self.edit.set_fact(at, fact, value);
            }
        }
        Ok(())
    }

    fn days(&self, at: RelationshipId) -> [Option<Date>; 2] {
        let relationships = &self.edit.register().relationships;
        let mut days = [None, None];
        for (name, column) in relationships.fixed_columns() {
            match name {
                "starts" => days[0] = column.get(at.index()).date(),
                "ends" => days[1] = column.get(at.index()).date(),
                _ => {}
            }
        }
        days
    }

    /// The fact's position, and what the cell says of it.
    fn value(&self, of: Subject, name: &str, cell: &str) -> Result<(usize, Value), Text> {
        let mut facts = self.policy.facts.iter().enumerate();
        let found = facts.find(|(_, fact)| fact.name == name);
        let (position, fact) = found
            .ok_or_else(|| both!("the pack has no fact `{name}`", "规则包没有事实“{name}”"))?;
        if fact.subject != of {
            return Err(match fact.subject {
                Subject::Party => both!(
                    "`{name}` is a fact of parties: --set PARTY.{name}={cell}",
                    "“{name}”是主体的事实：请用 --set 主体.{name}={cell}"
                ),
                Subject::Relationship => both!(
                    "`{name}` is a fact of relationships: --set RELATIONSHIP.{name}={cell}",
                    "“{name}”是关系的事实：请用 --set 关系.{name}={cell}"
                ),
            });
        }
        Ok((position, read(&Reads::fact(fact, false, None), name, cell)?))
    }

    fn scope(&self, at: RelationshipId, cell: &str) -> Result<NewScope, Text> {
        let register = self.edit.register();
        let (scope, faults) = register.scope(at, cell);
        match faults.first() {
            None => Ok(scope),
            Some(SupportsFault { name, .. }) => {
                let customer = register.parties.id(register.relationships.customer(at));
                Err(both!(
                    "`{name}` is no delivery of `{customer}`",
                    "“{name}”不是“{customer}”的交付"
                ))
            }
        }
    }

    pub(super) fn remove(&mut self, id: &str) -> Result<(), Text> {
        let relationship = self.relationship(id)?;
        self.end(relationship);
        let means = both!("the relationship {id} has ended", "关系 {id} 已终止");
        self.note(format!("--remove {id}"), means);
        Ok(())
    }

    /// Lets a relationship end before the day.
    fn end(&mut self, relationship: RelationshipId) {
        let [starts, _] = self.days(relationship);
        let eve = self.day.checked_sub(1.day()).unwrap_or(self.day);
        self.edit.set_days(relationship, [starts, Some(eve)]);
    }

    pub(super) fn replace(&mut self, text: &str) -> Result<(), Text> {
        let (old, new) = pair(text)?;
        let party = self.party(old)?;
        let other = self.edit.party(new);
        let suppliers = self.edit.register().relationships.suppliers();
        let at = (0..)
            .zip(suppliers)
            .filter(|(_, supplier)| **supplier == party);
        let at: Vec<RelationshipId> = at.map(|(at, _)| RelationshipId(at)).collect();
        let count = at.len();
        at.into_iter()
            .for_each(|at| self.edit.set_supplier(at, other));
        let means = both!(
            "{new} delivers what {old} did (relationships: {count})",
            "{new} 接替 {old} 的供应，共 {count} 条关系"
        );
        self.note(format!("--replace {text}"), means);
        Ok(())
    }

    pub(super) fn add(&mut self, text: &str) -> Result<(), Text> {
        let record = record(text).unwrap_or_default();
        let cells: Option<Vec<(&str, &str)>> = record
            .iter()
            .map(|cell| {
                let (column, cell) = cell.split_once('=')?;
                Some((column.trim(), cell.trim()))
            })
            .collect();
        let cells = cells.unwrap_or_default();
        let mut seen = BTreeSet::new();
        if let Some((column, _)) = cells.iter().find(|(column, _)| !seen.insert(*column)) {
            return Err(both!(
                "`{text}` says `{column}` twice",
                "“{text}”中“{column}”出现两次"
            ));
        }
        let cell = |name: &str| {
            let found = cells.iter().find(|(column, _)| *column == name);
            found.map(|(_, cell)| *cell).filter(|cell| !cell.is_empty())
        };
        let (Some(customer), Some(supplier)) = (cell("customer"), cell("supplier")) else {
            return Err(both!(
                "`{text}` is not customer=…,supplier=…,FACT=VALUE,…",
                "“{text}”不是 customer=…,supplier=…,事实=值,…"
            ));
        };
        let relationships = &self.edit.register().relationships;
        if let Some(id) = cell("id").filter(|id| relationships.find(id).is_some()) {
            return Err(both!(
                "there is a relationship `{id}` already",
                "已有关系“{id}”"
            ));
        }
        let count = relationships.len();
        let id = cell("id").map_or_else(|| format!("added {}", count + 1), str::to_owned);
        let ends = [customer, supplier].map(|id| self.edit.party(id));
        let at = self.edit.relationship(&id, ends[0], ends[1]);
        for (column, cell) in &cells {
            if !["customer", "supplier", "id"].contains(column) {
                self.set_cell(at, column, cell)?;
            }
        }
        let means = both!(
            "{supplier} delivers to {customer}",
            "{supplier} 向 {customer} 供应"
        );
        self.note(format!("--add {text}"), means);
        Ok(())
    }

    /// Designation stays with the party that was notified, whoever owns it.
    pub(super) fn acquire(&mut self, text: &str) -> Result<(), Text> {
        let (buyer, bought) = pair(text)?;
        let party = self.party(bought)?;
        let owner = self.edit.party(buyer);
        self.edit.set_owner(party, Some(owner));
        let means = both!(
            "{buyer} owns {bought}; whether {bought} is an operator stays as it is, and does not pass to {buyer} (this tool's reading)",
            "{buyer} 持有 {bought}；{bought} 是否为运营者不变，也不因此及于 {buyer}（本工具的解读）"
        );
        self.note(format!("--acquire {text}"), means);
        Ok(())
    }

    /// What a party was designated for is for its department to settle anew.
    pub(super) fn dissolve(&mut self, id: &str) -> Result<(), Text> {
        let party = self.party(id)?;
        let origin = usize::from(self.policy.origin.fact.0);
        self.edit.set_party_fact(party, origin, Value::Blank);
        let means = both!(
            "{id} is dissolved; whether anybody is an operator in its place is for the department to settle, so it is not known (this tool's reading)",
            "{id} 解散；由谁承担其运营者身份须由保护工作部门处理，因此视为未知（本工具的解读）"
        );
        self.note(format!("--dissolve {id}"), means);
        Ok(())
    }
}

/// `WHO.COLUMN=CELL`: who, the column and the cell; a name may have dots and signs in it too.
pub(super) fn target<'t>(policy: &Policy, text: &'t str) -> Option<(&'t str, &'t str, &'t str)> {
    let facts = policy.facts.iter().map(|fact| fact.name.as_str());
    let columns = facts.chain(["supports", "starts", "ends"]);
    let found = columns.filter_map(|column| {
        let at = text.rfind(&format!(".{column}="))?;
        let name = &text[at + 1..at + 1 + column.len()];
        Some((at, (&text[..at], name, &text[at + column.len() + 2..])))
    });
    let last = found.max_by_key(|(at, _)| *at);
    last.map(|(_, target)| target)
}

fn read(reads: &Reads, column: &str, cell: &str) -> Result<Value, Text> {
    let mut faults = Vec::new();
    let value = reads.read(cell, &mut faults);
    match faults.is_empty() {
        true => Ok(value),
        false => Err(both!(
            "`{cell}` is no value of `{column}`",
            "“{cell}”不是“{column}”的可选值"
        )),
    }
}

/// The cells of one record of CSV, so that one with a comma in it can be quoted.
pub(super) fn record(text: &str) -> Option<Vec<String>> {
    let mut reader = Reader::new();
    let mut cells = Vec::new();
    let (mut rest, mut cell, mut length) = (text.as_bytes(), vec![0; text.len() + 1], 0);
    loop {
        let (found, read, written) = reader.read_field(rest, &mut cell[length..]);
        rest = &rest[read..];
        length += written;
        match found {
            // The next call has nothing to read, which ends the cell.
            ReadFieldResult::InputEmpty => {}
            ReadFieldResult::Field { record_end } => {
                cells.push(String::from_utf8(cell[..length].to_vec()).ok()?);
                length = 0;
                if record_end {
                    return rest.is_empty().then_some(cells);
                }
            }
            ReadFieldResult::OutputFull | ReadFieldResult::End => return None,
        }
    }
}

/// The two sides of `A=B`.
pub(super) fn pair(text: &str) -> Result<(&str, &str), Text> {
    let pair = text.split_once('=').map(|(a, b)| (a.trim(), b.trim()));
    let whole = pair.filter(|(a, b)| !a.is_empty() && !b.is_empty());
    whole.ok_or_else(|| both!("`{text}` is not A=B", "“{text}”不是 A=B 的形式"))
}
