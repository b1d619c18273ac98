//! What a draft says of facts that no column gives.

use super::says::comma;
use super::tables::Plan;
use super::toml_text::{key, plain, quoted};
use super::write::{US, Writer};
use crate::lang::say;
use crate::policy::{Fact, Subject};
use crate::read::mapping::Holds;

/// Parties that an example names.
const FEW: usize = 3;

impl Writer<'_> {
    /// Examples of assumptions for what no column gives.
    pub(super) fn stubs(&mut self, plans: &[Plan]) {
        let lang = self.lang;
        let customers = customers(plans);
        let origin = self.policy.fact(self.policy.origin.fact);
        if !is_given(plans, origin) {
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
            self.stub("party", "id", &customers, name, word);
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
        let is_supported = plans
            .iter()
            .any(|plan| plan.columns.find("supports").is_some());
        if !is_supported {
            self.line("");
            self.comment(&say!(
                lang,
                "No column gives `supports`, so what passes from a customer on to its suppliers stays unconfirmed. Where it is known:",
                "没有给出“supports”的列，因此从客户向其供应商传导的内容均为待确认。若已知："
            ));
            self.stub("relationship", "customer", &customers, "supports", "all");
        }
        let missing = self.policy.facts.iter();
        let missing = missing.filter(|fact| fact.name != origin.name && !is_given(plans, fact));
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
