//! The facts that carry a step, in the words of the pack, with the places of their cells.

use super::Explanation;
use super::tree::Branch;
use crate::flow::Flow;
use crate::lang::say;
use crate::policy::{Role, TestId, Truth};
use crate::register::{RelationshipId, Scope};
use crate::report::condition::fact_title;
use crate::report::words::cell_words;

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
            Role::Supplier | Role::Party | Role::Screened => {
                Some(register.relationships.supplier(step))
            }
        };
        let (cell, place) = match party {
            None => {
                let column = register.relationships.fact(position);
                let cell = cell_words(fact, column.get(step.index()), lang);
                (cell, self.view.place_of_relationship(step, name))
            }
            Some(party) => {
                let column = register.parties.fact(position);
                let cell = cell_words(fact, column.get(party.index()), lang);
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
}
