//! The facts that carry a step, in the words of the pack, with the places of their cells.

use super::Explanation;
use super::tree::Branch;
use crate::flow::Flow;
use crate::lang::say;
use crate::policy::{Fact, Role, TestId, Truth};
use crate::register::{RelationshipId, Scope, Value};
use crate::report::condition::{fact_title, value_label};

impl Explanation<'_> {
    /// The facts that carry the step, each with the place of its cell: those of every obligation that passes.
    pub(super) fn facts(&self, branch: &Branch, step: RelationshipId) -> Vec<String> {
        let flow = self.flow();
        let mut tests: Vec<TestId> = Vec::new();
        for finding in &branch.passing {
            let obligation = &flow.policy.obligations[usize::from(finding.obligation)];
            let rule = if branch.tier == 1 {
                &obligation.direct
            } else {
                &obligation.onward
            };
            if let Some(rule) = rule {
                rule.when.each_test(&mut |test| tests.push(test));
            }
        }
        let mut facts: Vec<String> = Vec::new();
        for test in tests {
            let told = self.fact(step, test, flow.test(step, test));
            facts.extend(told.filter(|fact| !facts.contains(fact)));
        }
        if branch.tier > 1 {
            facts.push(self.supports(step));
        }
        facts
    }

    /// A fact that a test looks at, unless the test fails and so carries nothing.
    fn fact(&self, step: RelationshipId, test: TestId, truth: Truth) -> Option<String> {
        let lang = self.view.lang;
        let register = self.flow().register;
        let policy = self.flow().policy;
        let test = &policy.tests[usize::from(test.0)];
        let fact = policy.fact(test.fact);
        let name = &fact.name;
        let position = usize::from(test.fact.0);
        let party = match test.role {
            Role::Relationship => None,
            Role::Customer => Some(register.relationships.customer(step)),
            Role::Supplier | Role::Party => Some(register.relationships.supplier(step)),
        };
        let (cell, place) = match party {
            None => {
                let column = register.relationships.fact(position);
                let cell = self.cell(fact, column.get(step.index()));
                (cell, self.view.place_of_relationship(step, name))
            }
            Some(party) => {
                let column = register.parties.fact(position);
                let cell = self.cell(fact, column.get(party.index()));
                (cell, self.view.place_of_party(party, name))
            }
        };
        let place = place.map_or(String::new(), |place| format!("  {place}"));
        let who = party.map_or(String::new(), |party| {
            let name = self.view.name(party);
            say!(lang, "{name}: ", "{name}：")
        });
        let title = fact_title(fact, lang);
        match (truth, cell) {
            (Truth::False, _) => None,
            (Truth::True, Some(cell)) => Some(format!("{who}{title} = {cell}{place}")),
            (_, Some(cell)) => Some(say!(
                lang,
                "{who}{title} = {cell}, not enough to tell{place}",
                "{who}{title} = {cell}，不足以判断{place}"
            )),
            (_, None) => Some(say!(
                lang,
                "{who}{title}: not known{place}",
                "{who}{title}：未知{place}"
            )),
        }
    }

    fn supports(&self, step: RelationshipId) -> String {
        let lang = self.view.lang;
        let Flow { register, .. } = self.flow();
        let place = self.view.place_of_relationship(step, "supports");
        let place = place.map_or(String::new(), |place| format!("  {place}"));
        match register.relationships.supports(step) {
            Scope::All => format!("supports = all{place}"),
            Scope::None => format!("supports = none{place}"),
            Scope::Unknown => say!(lang, "supports: not known{place}", "supports：未知{place}"),
            Scope::Named(list) => {
                let relationships = list
                    .relationships
                    .iter()
                    .map(|&named| self.view.label(named));
                let parties = list
                    .parties
                    .iter()
                    .map(|&party| self.view.id(party).to_owned());
                let mut names: Vec<String> = relationships.chain(parties).collect();
                if !list.complete {
                    names.push("?".to_owned());
                }
                format!("supports = {}{place}", names.join("; "))
            }
        }
    }

    /// What a cell of a fact says; none where it says nothing that is understood.
    ///
    /// Values are called as the pack labels them. Their ids stand beside, because whoever mends a cell writes those.
    pub(super) fn cell(&self, fact: &Fact, value: &Value) -> Option<String> {
        let lang = self.view.lang;
        let text = match value {
            Value::Blank | Value::Unreadable => return None,
            Value::Items { known, complete } => {
                let words = known.iter().map(|&item| {
                    let (word, label) = (
                        &fact.values[usize::from(item)].word,
                        value_label(fact, item, lang),
                    );
                    match label == word {
                        true => word.clone(),
                        false => say!(lang, "{label} ({word})", "{label}（{word}）"),
                    }
                });
                self.listed(words.collect(), *complete)
            }
            Value::Countries { known, complete } => {
                self.listed(known.iter().map(ToString::to_string).collect(), *complete)
            }
            Value::Flag(true) => say!(lang, "yes", "是"),
            Value::Flag(false) => say!(lang, "no", "否"),
            Value::Number(number) => number.to_string(),
            Value::Date(date) => date.to_string(),
            Value::Text(text) => text.to_string(),
        };
        Some(text)
    }

    /// A list, with a mark where something in the cell was not understood.
    fn listed(&self, mut words: Vec<String>, complete: bool) -> String {
        let lang = self.view.lang;
        if !complete {
            words.push("?".to_owned());
        }
        match words.is_empty() {
            true => say!(lang, "none", "无（none）"),
            false => words.join(&say!(lang, "; ", "；")),
        }
    }
}
