//! Reading `supports` cells: which deliveries of its customer a relationship helps.

use std::cell::OnceCell;
use std::collections::HashSet;

use hashbrown::HashMap;

use super::{Codes, Column, NewScope, PartyId, Register, RelationshipId, SupportList, Supports};

/// A name in a `supports` cell that was not understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SupportsFault {
    /// Whose cell.
    pub relationship: RelationshipId,
    /// The name.
    pub name: String,
    /// Whether it is a known relationship or party, but no delivery of this customer.
    pub known: bool,
}

/// Reads every `supports` cell: `all`, `none`, blank, or names of relationships, else parties; where a cell is blank, what is
/// known otherwise holds.
pub(super) fn resolve(
    register: &mut Register,
    cells: &Column,
    mut otherwise: HashMap<RelationshipId, SupportList>,
) -> Vec<SupportsFault> {
    let texts = cells.values().iter();
    let lists: Vec<Vec<&str>> = texts
        .map(|value| split_list(value.text().unwrap_or_default()))
        .collect();
    let plain: Vec<Option<Supports>> = lists.iter().map(|words| without_names(words)).collect();
    if plain.contains(&None) {
        register.relationships.ids.make_fast();
    }
    let names = Names::new(register);
    let mut faults = Vec::new();
    let mut known: HashMap<(u32, PartyId), Supports> = HashMap::new();
    let mut supports = Codes::default();
    let mut found = Vec::new();
    for relationship in register.relationships.iter() {
        let code = cells.code(relationship.index());
        if code == 0
            && let Some(list) = otherwise.remove(&relationship)
        {
            found.push(list);
            supports.push(Supports::List((found.len() - 1) as u32).code());
            continue;
        }
        let words = || &lists[code as usize];
        let customer = || register.relationships.customer(relationship);
        let known_scope = || known.get(&(code, customer())).copied();
        let scope = plain[code as usize]
            .or_else(known_scope)
            .unwrap_or_else(|| {
                let before = faults.len();
                found.push(names.resolve(relationship, words(), &mut faults));
                let scope = Supports::List((found.len() - 1) as u32);
                // A faulty cell is read again for every row, so that every row is told.
                if faults.len() == before {
                    known.insert((code, customer()), scope);
                }
                scope
            });
        supports.push(scope.code());
    }
    drop(names);
    register.relationships.supports = supports;
    register.relationships.lists = found;
    faults
}

/// What a cell says that names no delivery.
fn without_names(words: &[&str]) -> Option<Supports> {
    let [word] = words else {
        return words.is_empty().then_some(Supports::Unknown);
    };
    let scopes = [
        ("unknown", Supports::Unknown),
        ("all", Supports::All),
        ("none", Supports::None),
    ];
    let mut scopes = scopes.into_iter();
    scopes.find_map(|(known, scope)| word.eq_ignore_ascii_case(known).then_some(scope))
}

impl Register {
    /// What a `supports` cell of a relationship would say, and the names in it that are not understood.
    pub fn scope(
        &self,
        relationship: RelationshipId,
        cell: &str,
    ) -> (NewScope, Vec<SupportsFault>) {
        let words = split_list(cell);
        let mut faults = Vec::new();
        let scope = match without_names(&words) {
            Some(Supports::All) => NewScope::All,
            Some(Supports::None) => NewScope::None,
            Some(_) => NewScope::Unknown,
            None => {
                let names = Names::new(self);
                NewScope::Named(names.resolve(relationship, &words, &mut faults))
            }
        };
        (scope, faults)
    }
}

/// The items of a list, each once.
fn split_list(cell: &str) -> Vec<&str> {
    let mut seen = HashSet::new();
    let items = cell
        .split([';', '|', '；', '｜'])
        .map(str::trim)
        .filter(|item| !item.is_empty());
    items.filter(|item| seen.insert(*item)).collect()
}

/// What the names in a `supports` cell can mean.
struct Names<'a> {
    register: &'a Register,
    /// Every (supplier, customer) of a relationship; only needed where a cell names a party.
    deliveries: OnceCell<HashSet<(PartyId, PartyId)>>,
}

impl<'a> Names<'a> {
    fn new(register: &'a Register) -> Names<'a> {
        Names {
            register,
            deliveries: OnceCell::new(),
        }
    }

    /// Whether some relationship delivers from `supplier` to `customer`.
    fn delivers(&self, supplier: PartyId, customer: PartyId) -> bool {
        let relationships = &self.register.relationships;
        let pair = |r: RelationshipId| (relationships.supplier(r), relationships.customer(r));
        let deliveries = self
            .deliveries
            .get_or_init(|| relationships.iter().map(pair).collect());
        deliveries.contains(&(supplier, customer))
    }

    /// The deliveries of the relationship's customer that `words` name.
    fn resolve(
        &self,
        relationship: RelationshipId,
        words: &[&str],
        faults: &mut Vec<SupportsFault>,
    ) -> SupportList {
        let Register {
            parties,
            relationships,
            ..
        } = self.register;
        let customer = relationships.customer(relationship);
        let mut list = SupportList {
            complete: true,
            ..SupportList::default()
        };
        for &word in words {
            let reserved = ["all", "none", "unknown"]
                .iter()
                .any(|reserved| word.eq_ignore_ascii_case(reserved));
            let named = relationships.find(word).filter(|_| !reserved);
            let party = parties.find(word).filter(|_| !reserved && named.is_none());
            match (named, party) {
                (Some(named), _) if relationships.supplier(named) == customer => {
                    list.relationships.push(named);
                }
                (None, Some(party)) if self.delivers(customer, party) => {
                    list.parties.push(party);
                }
                _ => {
                    list.complete = false;
                    let known = named.is_some() || party.is_some();
                    faults.push(SupportsFault {
                        relationship,
                        name: word.to_owned(),
                        known,
                    });
                }
            }
        }
        list.relationships.sort_unstable();
        list.parties.sort_unstable();
        list
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Builder, Place, RelationshipRows, Scope, Value};
    use super::*;

    fn register(rows: &[(&str, &str, &str, &str)]) -> (Register, Vec<SupportsFault>) {
        let mut builder = Builder::new(0);
        let mut all = RelationshipRows::default();
        let supports = &mut all.fixed[Builder::SUPPORTS];
        for (code, (_, _, _, text)) in (0..).zip(rows) {
            supports.codes.push(code);
            let column = &mut builder.fixed[Builder::SUPPORTS];
            supports
                .meanings
                .push(column.define(Value::Text((*text).into())));
        }
        for (row, (id, customer, supplier, _)) in (2..).zip(rows) {
            all.push(Place { table: 0, row }, id, [customer, supplier]);
        }
        builder.relationships(all);
        let (register, faults, _) = builder.finish();
        (register, faults)
    }

    #[test]
    fn supports_names_relationships_then_parties() {
        let rows = [
            ("R1", "O", "A", "all"),
            ("", "P", "A", "none"),
            ("R3", "A", "B", "row 3;O;R3; R1;R1"),
        ];
        let (register, faults) = register(&rows);
        let Scope::Named(list) = register.relationships.supports(RelationshipId(2)) else {
            panic!()
        };
        assert_eq!(list.relationships, [RelationshipId(0), RelationshipId(1)]);
        assert_eq!(list.parties, [register.parties.find("O").unwrap()]);
        assert!(!list.complete, "R3 is no delivery of A");
        assert_eq!(
            faults,
            [SupportsFault {
                relationship: RelationshipId(2),
                name: "R3".into(),
                known: true
            }]
        );
    }
}
