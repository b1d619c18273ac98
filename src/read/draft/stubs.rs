//! What a draft says of facts that no column gives.

use std::collections::HashSet;

use super::says::comma;
use super::tables::Plan;
use super::toml_text::{key, plain, quoted};
use super::write::{US, Writer};
use crate::lang::say;
use crate::policy::{Fact, Policy, Subject};
use crate::read::mapping::Holds;
use crate::register::{PartyId, Register, Scope};

/// Parties that an example names.
const FEW: usize = 3;

/// What a register gives, and whom examples name.
pub(super) struct Given {
    /// Names of facts.
    facts: HashSet<String>,
    supports: bool,
    /// The customers with the most rows.
    customers: Vec<String>,
}

impl Given {
    /// What tables give that were looked at.
    pub(super) fn by_plans(plans: &[Plan], policy: &Policy) -> Given {
        let given = policy.facts.iter().filter(|fact| is_given(plans, fact));
        let mut supports = plans
            .iter()
            .map(|plan| plan.columns.find("supports").is_some());
        Given {
            facts: given.map(|fact| fact.name.clone()).collect(),
            supports: supports.any(|is_given| is_given),
            customers: customers(plans),
        }
    }

    /// What a register gives that was read.
    pub(super) fn by_register(register: &Register, policy: &Policy) -> Given {
        let (parties, relationships) = (&register.parties, &register.relationships);
        let facts = (0..).zip(&policy.facts);
        let given = facts.filter(|(position, fact)| match fact.subject {
            Subject::Party => !parties.fact(*position).is_blank(),
            Subject::Relationship => !relationships.fact(*position).is_blank(),
        });
        let mut rows = vec![0_usize; parties.len()];
        for customer in relationships.customers() {
            rows[customer.index()] += 1;
        }
        let mut customers: Vec<PartyId> = parties.iter().collect();
        customers.retain(|party| rows[party.index()] > 0);
        customers.sort_by_key(|party| std::cmp::Reverse(rows[party.index()]));
        let customers = customers.into_iter().take(FEW);
        let mut scopes = relationships.iter().map(|at| relationships.supports(at));
        Given {
            facts: given.map(|(_, fact)| fact.name.clone()).collect(),
            supports: scopes.any(|scope| !matches!(scope, Scope::Unknown)),
            customers: customers
                .map(|party| parties.id(party).to_owned())
                .collect(),
        }
    }
}

impl Writer<'_> {
    /// Examples of assumptions for what no column gives.
    pub(super) fn stubs(&mut self, given: &Given) {
        let lang = self.lang;
        let customers = &given.customers;
        let origin = self.policy.fact(self.policy.origin.fact);
        if !given.facts.contains(&origin.name) {
            let (name, called) = (&origin.name, called(origin, self));
            self.line("");
            self.comment(&say!(
                lang,
                "No column gives `{name}` ({called}), and obligations start where it says that a party is an operator. Say of whom it is so:",
                "没有给出“{name}”（{called}）的列，而义务从其标明的运营者开始。请指明哪些主体是："
            ));
            let words = self.policy.origin.applies.iter();
            let mut words = words.map(|value| origin.values[usize::from(*value)].word.as_str());
            let word = words.next().unwrap_or_default();
            self.stub("party", "id", customers, name, word);
            let all: Vec<String> = origin
                .values
                .iter()
                .map(|value| format!("{} ({})", value.word, value.called(lang)))
                .collect();
            let all = all.join("; ");
            self.comment(&say!(lang, "one of: {all}", "可选：{all}"));
            self.unsure.push(say!(
                lang,
                "no column gives {name}, so nothing says who is an operator",
                "没有给出 {name} 的列，看不出谁是运营者"
            ));
        }
        if !given.supports {
            self.line("");
            self.comment(&say!(
                lang,
                "No column gives `supports`, so what passes from a customer on to its suppliers stays unconfirmed. Where it is known:",
                "没有给出“supports”的列，因此从客户向其供应商传导的内容均为待确认。若已知："
            ));
            self.stub("relationship", "customer", customers, "supports", "all");
        }
        let missing = self.policy.facts.iter();
        let is_missing =
            |fact: &&Fact| !given.facts.contains(&fact.name) && fact.name != origin.name;
        let missing = missing.filter(is_missing);
        let missing: Vec<String> = missing
            .map(|fact| format!("{} ({})", fact.name, called(fact, self)))
            .collect();
        if !missing.is_empty() {
            let missing = missing.join(comma(lang));
            self.line("");
            self.comment(&say!(
                lang,
                "Other facts of the pack that no column gives, and that are unknown: {missing}",
                "规则包中没有列给出、因而未知的其他事实：{missing}"
            ));
        }
    }

    fn stub(&mut self, of: &str, column: &str, parties: &[String], set: &str, word: &str) {
        let parties: Vec<String> = parties.iter().map(|party| quoted(party)).collect();
        let parties = parties.join(", ");
        let why = say!(self.lang, "how this is known", "依据");
        self.line("# [[assume]]");
        self.line(&format!("# of = \"{of}\""));
        self.line(&format!("# where = {{ {column} = [{parties}] }}"));
        self.line(&format!("# set = {{ {} = {} }}", key(set), quoted(word)));
        self.line(&format!("# reason = {}", quoted(&why)));
    }
}

fn called(fact: &Fact, writer: &Writer) -> String {
    let title = fact.title.as_ref();
    plain(title.map_or(fact.name.as_str(), |title| title.get(writer.lang)))
}

/// Whether some column gives a fact.
fn is_given(plans: &[Plan], fact: &Fact) -> bool {
    plans.iter().any(|plan| match (plan.holds(), fact.subject) {
        (Some(Holds::Relationships), Subject::Party) => {
            ["customer", "supplier"].iter().any(|side| {
                plan.columns
                    .find(&format!("{side}.{}", fact.name))
                    .is_some()
            })
        }
        (Some(_), _) => plan.columns.find(&fact.name).is_some(),
        (None, _) => false,
    })
}

/// The customers with the most rows.
fn customers(plans: &[Plan]) -> Vec<String> {
    let links = plans
        .iter()
        .filter(|plan| plan.holds() == Some(Holds::Relationships));
    let mut customers: Vec<String> = Vec::new();
    for plan in links {
        match plan.column("customer") {
            Some(column) => customers.extend(column.examples(FEW).map(str::to_owned)),
            None => customers.push(US.to_owned()),
        }
    }
    customers.truncate(FEW);
    customers
}
