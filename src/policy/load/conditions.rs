//! Conditions: tables whose keys are facts, `all`, `any`, `not`, `supplier` and `customer`.

use std::collections::HashMap;

use super::Loader;
use super::node::{Entry, Node, Word};
use super::vocabulary::country;
use crate::country::Country;
use crate::lang::{Text, both};
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
    /// A party that is screened, its owner, or who gets a letter.
    Screened,
}

impl Scope {
    fn role(self) -> Role {
        match self {
            Scope::Party => Role::Party,
            Scope::Relationship => Role::Relationship,
            Scope::Supplier => Role::Supplier,
            Scope::Customer => Role::Customer,
            Scope::Screened => Role::Screened,
        }
    }

    fn subject(self) -> Subject {
        match self {
            Scope::Relationship => Subject::Relationship,
            Scope::Party | Scope::Supplier | Scope::Customer | Scope::Screened => Subject::Party,
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
                    let message = both!(
                        "`{}` stands only in conditions on relationships",
                        "“{}”只能出现在针对关系的条件中",
                        key.text
                    );
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
                .push_with_help(Code::MisplacedFact, name.place, message, help);
            return None;
        }
        let check = self.check(fact, kind, name, node)?;
        let id = self.tests.intern(Test {
            role: scope.role(),
            fact,
            check,
        });
        if id.is_none() {
            let message = both!(
                "a pack makes at most 65535 distinct tests",
                "一个规则包最多有 65535 个不同的检验"
            );
            self.faults.push(Code::TooMany, name.place, message);
        }
        id
    }

    fn check(&mut self, fact: FactId, kind: Kind, name: Word<'a>, node: Node<'a>) -> Option<Check> {
        match kind {
            Kind::Set | Kind::Choice => self.check_values(fact, node),
            Kind::YesNo => match node.value.as_bool() {
                Some(value) => Some(Check::Is(value)),
                None => self.wrong_test(
                    node,
                    both!(
                        "a yes-no fact is tested for `true` or `false`",
                        "是非型事实只能检验 true 或 false"
                    ),
                ),
            },
            Kind::Countries => self.check_countries(node),
            Kind::Number => self.check_range(node),
            Kind::Text | Kind::Date => {
                let message = both!(
                    "`{}` is only carried, so no rule can test it",
                    "“{}”仅作记载，规则不能检验它",
                    name.text
                );
                self.faults.push(Code::UntestableFact, name.place, message);
                None
            }
        }
    }

    fn wrong_test<T>(&mut self, node: Node<'a>, message: Text) -> Option<T> {
        self.faults.push(Code::WrongTest, node.place, message);
        None
    }

    fn empty_list<T>(&mut self, node: Node<'a>) -> Option<T> {
        self.faults.push(
            Code::EmptyList,
            node.place,
            both!("a test needs something to test for", "检验需要有检验的内容"),
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
                both!(
                    "a set or choice is tested for a value or a list of values",
                    "多选或单选型事实应检验一个值或一列值"
                ),
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
        let form = || {
            both!(
                "a countries fact is tested with either `{{ outside = [\"CN\"] }}` or `{{ within = [\"CN\"] }}`",
                "国家型事实应以“{{ outside = [\"CN\"] }}”或“{{ within = [\"CN\"] }}”检验"
            )
        };
        if !node.value.is_table() {
            return self.wrong_test(node, form());
        }
        let table = node.table(&mut self.faults)?;
        table.keys(&["outside", "within"], &mut self.faults);
        let (list, check): (_, fn(Vec<Country>) -> Check) =
            match (table.get("outside"), table.get("within")) {
                (Some(list), None) => (list, Check::Outside),
                (None, Some(list)) => (list, Check::Within),
                _ => return self.wrong_test(node, form()),
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
        let form = || {
            both!(
                "a number is tested with `{{ at_least = 1 }}`, `{{ below = 100 }}` or both",
                "数值应以“{{ at_least = 1 }}”和/或“{{ below = 100 }}”检验"
            )
        };
        if !node.value.is_table() {
            return self.wrong_test(node, form());
        }
        let table = node.table(&mut self.faults)?;
        table.keys(&["at_least", "below"], &mut self.faults);
        let mut bound = |key| match table.get(key) {
            None => Some(None),
            Some(node) => match node.number() {
                Some(number) => Some(Some(number)),
                None => self.wrong_test(
                    node,
                    both!(
                        "the bound of a number is a plain number",
                        "数值的界限应为普通数字"
                    ),
                ),
            },
        };
        let (at_least, below) = (bound("at_least"), bound("below"));
        let (at_least, below) = (at_least?, below?);
        if at_least.is_none() && below.is_none() {
            return self.wrong_test(node, form());
        }
        Some(Check::Range { at_least, below })
    }
}

fn misplaced(name: Word<'_>, subject: Subject, scope: Scope) -> (Text, Text) {
    let fact = name.text;
    match (subject, scope) {
        (Subject::Party, _) => (
            both!(
                "`{fact}` is a fact of a party, and this condition looks at a relationship",
                "“{fact}”是主体的事实，而该条件针对关系"
            ),
            both!(
                "put it into `supplier = {{ … }}` or `customer = {{ … }}`",
                "请放入“supplier = {{ … }}”或“customer = {{ … }}”"
            ),
        ),
        (Subject::Relationship, Scope::Party | Scope::Screened) => (
            both!(
                "`{fact}` is a fact of a relationship, and this condition looks at a party alone",
                "“{fact}”是关系的事实，而该条件只针对主体"
            ),
            both!("test a fact of the party", "请检验主体的事实"),
        ),
        (Subject::Relationship, _) => (
            both!(
                "`{fact}` is a fact of the relationship, not of its supplier or customer",
                "“{fact}”是关系的事实，不是其供应商或客户的事实"
            ),
            both!(
                "put it outside `supplier` and `customer`",
                "请放在 supplier 和 customer 之外"
            ),
        ),
    }
}
