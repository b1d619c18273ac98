//! Conditions: tables whose keys are facts, `all`, `any`, `not`, `supplier` and `customer`.

use std::collections::HashMap;

use super::Loader;
use super::node::{Entry, Node, Word};
use super::vocabulary::country;
use crate::country::Country;
use crate::policy::{
    Check, Condition, FactId, Kind, PolicyFaultCode as Code, Role, Subject, Test, TestId,
};

/// The distinct tests of a pack, each with its position.
#[derive(Default)]
pub(super) struct TestTable {
    tests: Vec<Test>,
    of_fact: HashMap<(Role, FactId), Vec<TestId>>,
}

impl TestTable {
    /// The position of `test`, which is added if it is new; none where there is no more room.
    fn intern(&mut self, test: Test) -> Option<TestId> {
        let same = self.of_fact.entry((test.role, test.fact)).or_default();
        if let Some(id) = same.iter().find(|id| self.tests[usize::from(id.0)] == test) {
            return Some(*id);
        }
        let id = TestId(
            u16::try_from(self.tests.len())
                .ok()
                .filter(|&position| position < u16::MAX)?,
        );
        same.push(id);
        self.tests.push(test);
        Some(id)
    }

    pub(super) fn into_tests(self) -> Vec<Test> {
        self.tests
    }
}

/// What a condition looks at, which decides the facts that it may test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    /// A party alone.
    Party,
    /// A relationship, from which both its parties are in reach.
    Relationship,
    /// The supplier of a relationship.
    Supplier,
    /// The customer of a relationship.
    Customer,
}

impl Scope {
    fn role(self) -> Role {
        match self {
            Scope::Party => Role::Party,
            Scope::Relationship => Role::Relationship,
            Scope::Supplier => Role::Supplier,
            Scope::Customer => Role::Customer,
        }
    }

    fn subject(self) -> Subject {
        match self {
            Scope::Relationship => Subject::Relationship,
            Scope::Party | Scope::Supplier | Scope::Customer => Subject::Party,
        }
    }
}

impl<'a> Loader<'a> {
    /// A condition; parts with faults are left out of it.
    pub(super) fn condition(&mut self, node: Node<'a>, scope: Scope) -> Condition {
        let Some(table) = node.table(&mut self.faults) else {
            return Condition::ALWAYS;
        };
        let mut parts: Vec<Condition> = table
            .entries()
            .into_iter()
            .filter_map(|entry| self.part(entry, scope))
            .collect();
        match parts.len() {
            1 => parts.swap_remove(0),
            _ => Condition::All(parts),
        }
    }

    fn part(&mut self, Entry { key, node }: Entry<'a>, scope: Scope) -> Option<Condition> {
        match key.text {
            "all" => Some(Condition::All(self.conditions(node, scope))),
            "any" => Some(Condition::Any(self.conditions(node, scope))),
            "not" => Some(Condition::Not(Box::new(self.condition(node, scope)))),
            "supplier" | "customer" => {
                if scope != Scope::Relationship {
                    let message =
                        format!("`{}` stands only in conditions on relationships", key.text);
                    self.faults.push(Code::MisplacedParty, key.place, message);
                    return None;
                }
                let side = if key.text == "supplier" {
                    Scope::Supplier
                } else {
                    Scope::Customer
                };
                Some(self.condition(node, side))
            }
            _ => self.test(key, node, scope).map(Condition::Test),
        }
    }

    fn conditions(&mut self, node: Node<'a>, scope: Scope) -> Vec<Condition> {
        node.list(&mut self.faults)
            .into_iter()
            .map(|item| self.condition(item, scope))
            .collect()
    }

    fn test(&mut self, name: Word<'a>, node: Node<'a>, scope: Scope) -> Option<TestId> {
        let fact = self.fact_named(name)?;
        let declared = &self.facts[usize::from(fact.0)];
        let (subject, kind) = (declared.subject?, declared.kind?);
        if subject != scope.subject() {
            let (message, help) = misplaced(name, subject, scope);
            self.faults
                .push_with_help(Code::MisplacedFact, name.place, message, help.to_owned());
            return None;
        }
        let check = self.check(fact, kind, name, node)?;
        let id = self.tests.intern(Test {
            role: scope.role(),
            fact,
            check,
        });
        if id.is_none() {
            let message = "a pack makes at most 65535 distinct tests".to_owned();
            self.faults.push(Code::TooMany, name.place, message);
        }
        id
    }

    fn check(&mut self, fact: FactId, kind: Kind, name: Word<'a>, node: Node<'a>) -> Option<Check> {
        match kind {
            Kind::Set | Kind::Choice => self.check_values(fact, node),
            Kind::YesNo => match node.value.as_bool() {
                Some(value) => Some(Check::Is(value)),
                None => self.wrong_test(node, "a yes-no fact is tested for `true` or `false`"),
            },
            Kind::Countries => self.check_countries(node),
            Kind::Number => self.check_range(node),
            Kind::Text | Kind::Date => {
                let message = format!("`{}` is only carried, so no rule can test it", name.text);
                self.faults.push(Code::UntestableFact, name.place, message);
                None
            }
        }
    }

    fn wrong_test<T>(&mut self, node: Node<'a>, message: &str) -> Option<T> {
        self.faults
            .push(Code::WrongTest, node.place, message.to_owned());
        None
    }

    fn empty_list<T>(&mut self, node: Node<'a>) -> Option<T> {
        self.faults.push(
            Code::EmptyList,
            node.place,
            "a test needs something to test for".to_owned(),
        );
        None
    }

    fn check_values(&mut self, fact: FactId, node: Node<'a>) -> Option<Check> {
        let words = if node.value.is_str() {
            node.string(&mut self.faults).into_iter().collect()
        } else if node
            .value
            .as_array()
            .is_some_and(|items| items.iter().all(|item| item.get_ref().is_str()))
        {
            self.words(node)
        } else {
            return self.wrong_test(
                node,
                "a set or choice is tested for a value or a list of values",
            );
        };
        if words.is_empty() {
            return self.empty_list(node);
        }
        let positions = self.values_of(fact, &words);
        (!positions.is_empty()).then_some(Check::HasAny(positions))
    }

    fn words(&mut self, node: Node<'a>) -> Vec<Word<'a>> {
        node.list(&mut self.faults)
            .into_iter()
            .filter_map(|item| item.string(&mut self.faults))
            .collect()
    }

    fn check_countries(&mut self, node: Node<'a>) -> Option<Check> {
        const FORM: &str = "a countries fact is tested with either `{ outside = [\"CN\"] }` or `{ within = [\"CN\"] }`";
        if !node.value.is_table() {
            return self.wrong_test(node, FORM);
        }
        let table = node.table(&mut self.faults)?;
        table.keys(&["outside", "within"], &mut self.faults);
        let (list, check): (_, fn(Vec<Country>) -> Check) =
            match (table.get("outside"), table.get("within")) {
                (Some(list), None) => (list, Check::Outside),
                (None, Some(list)) => (list, Check::Within),
                _ => return self.wrong_test(node, FORM),
            };
        let codes = self.words(list);
        if list.value.as_array().is_some_and(|items| items.is_empty()) {
            return self.empty_list(list);
        }
        let mut countries: Vec<Country> = codes
            .into_iter()
            .filter_map(|code| country(code, &mut self.faults))
            .collect();
        countries.sort_unstable();
        countries.dedup();
        Some(check(countries))
    }

    fn check_range(&mut self, node: Node<'a>) -> Option<Check> {
        const FORM: &str = "a number is tested with `{ at_least = 1 }`, `{ below = 100 }` or both";
        if !node.value.is_table() {
            return self.wrong_test(node, FORM);
        }
        let table = node.table(&mut self.faults)?;
        table.keys(&["at_least", "below"], &mut self.faults);
        let mut bound = |key| match table.get(key) {
            None => Some(None),
            Some(node) => match node.number() {
                Some(number) => Some(Some(number)),
                None => self.wrong_test(node, "the bound of a number is a plain number"),
            },
        };
        let (at_least, below) = (bound("at_least"), bound("below"));
        let (at_least, below) = (at_least?, below?);
        if at_least.is_none() && below.is_none() {
            return self.wrong_test(node, FORM);
        }
        Some(Check::Range { at_least, below })
    }
}

fn misplaced(name: Word<'_>, subject: Subject, scope: Scope) -> (String, &'static str) {
    let fact = name.text;
    match (subject, scope) {
        (Subject::Party, _) => (
            format!("`{fact}` is a fact of a party, and this condition looks at a relationship"),
            "put it into `supplier = { … }` or `customer = { … }`",
        ),
        (Subject::Relationship, Scope::Party) => (
            format!(
                "`{fact}` is a fact of a relationship, and this condition looks at a party alone"
            ),
            "test a fact of the party",
        ),
        (Subject::Relationship, _) => (
            format!("`{fact}` is a fact of the relationship, not of its supplier or customer"),
            "put it outside `supplier` and `customer`",
        ),
    }
}
