//! The steps of an obligation: `own`, `direct` and `onward`, with their duty, binding, basis and evidence.

use super::Loader;
use super::conditions::Scope;
use super::facts::ASKED_OF;
use super::faults::Faults;
use super::node::Node;
use super::vocabulary::provenance;
use crate::lang::{Text, both};
use crate::policy::{
    Accepted, AskedOf, Binding, BindingRule, Citation, Condition, EvidenceRule, Per,
    PolicyFaultCode as Code, Step,
};

/// The longest validity in months: the most that a span of calendar months holds comfortably.
const MAX_VALID_MONTHS: u32 = 100_000;

const BINDINGS: [(&str, Binding); 4] = [
    ("statute", Binding::Statute),
    ("contract", Binding::Contract),
    ("standard", Binding::Standard),
    ("practice", Binding::Practice),
];

const PER: [(&str, Per); 2] = [("party", Per::Party), ("relationship", Per::Relationship)];

/// Which step a table describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum StepKind {
    Own,
    Direct,
    Onward,
}

impl StepKind {
    fn scope(self) -> Scope {
        match self {
            StepKind::Own => Scope::Party,
            StepKind::Direct | StepKind::Onward => Scope::Relationship,
        }
    }
}

/// A step as written, where what is left out can still be told from what is empty.
pub(super) struct StepDraft {
    when: Condition,
    duty: Option<Text>,
    clause: Option<Text>,
    binding: Option<Vec<BindingRule>>,
    basis: Option<Vec<Citation>>,
    evidence: Option<EvidenceRule>,
}

impl StepDraft {
    /// The step with what it leaves out taken from `direct`.
    pub(super) fn inheriting(self, direct: Option<&StepDraft>) -> StepDraft {
        let Some(direct) = direct else { return self };
        StepDraft {
            when: self.when,
            duty: self.duty.or_else(|| direct.duty.clone()),
            clause: self.clause.or_else(|| direct.clause.clone()),
            binding: self.binding.or_else(|| direct.binding.clone()),
            basis: self.basis.or_else(|| direct.basis.clone()),
            evidence: self.evidence.or_else(|| direct.evidence.clone()),
        }
    }

    pub(super) fn into_step(self) -> Step {
        Step {
            when: self.when,
            duty: self.duty,
            clause: self.clause,
            binding: self.binding.unwrap_or_default(),
            basis: self.basis.unwrap_or_default(),
            evidence: self.evidence.unwrap_or_default(),
        }
    }
}

impl<'a> Loader<'a> {
    pub(super) fn step(&mut self, node: Node<'a>, kind: StepKind) -> Option<StepDraft> {
        let table = node.table(&mut self.faults)?;
        table.keys(
            &["when", "duty", "clause", "binding", "basis", "evidence"],
            &mut self.faults,
        );
        let when = table
            .require("when", &mut self.faults)
            .map(|node| self.condition(node, kind.scope()));
        let duty = table
            .get("duty")
            .and_then(|node| node.text(&mut self.faults));
        let clause = table
            .get("clause")
            .and_then(|node| node.text(&mut self.faults));
        let binding = table
            .get("binding")
            .map(|node| self.bindings(node, kind.scope()));
        let basis = table.get("basis").map(|node| self.basis(node));
        let evidence = table.get("evidence").and_then(|node| self.evidence(node));
        Some(StepDraft {
            when: when.unwrap_or(Condition::ALWAYS),
            duty,
            clause,
            binding,
            basis,
            evidence,
        })
    }

    fn bindings(&mut self, node: Node<'a>, scope: Scope) -> Vec<BindingRule> {
        if node.value.is_str() {
            let is = node.word(&BINDINGS, &mut self.faults);
            return is
                .map(|is| BindingRule {
                    when: Condition::ALWAYS,
                    is,
                })
                .into_iter()
                .collect();
        }
        if !node.value.is_array() {
            let message = both!(
                "a binding is a word, or a list of `{{ when, is }}`",
                "binding 应为一个词，或由“{{ when, is }}”组成的列表"
            );
            self.faults.push(Code::WrongType, node.place, message);
            return Vec::new();
        }
        let rules = node.list(&mut self.faults);
        if rules.is_empty() {
            let message = both!(
                "a list of bindings needs an entry; leave the key out where nothing binds",
                "binding 列表不能为空；没有约束力时请省略该键"
            );
            self.faults.push(Code::EmptyList, node.place, message);
        }
        rules
            .into_iter()
            .filter_map(|rule| self.binding_rule(rule, scope))
            .collect()
    }

    fn binding_rule(&mut self, node: Node<'a>, scope: Scope) -> Option<BindingRule> {
        let table = node.table(&mut self.faults)?;
        table.keys(&["when", "is"], &mut self.faults);
        let when = table
            .get("when")
            .map_or(Condition::ALWAYS, |node| self.condition(node, scope));
        let is = table
            .require("is", &mut self.faults)
            .and_then(|node| node.word(&BINDINGS, &mut self.faults));
        Some(BindingRule { when, is: is? })
    }

    pub(super) fn basis(&mut self, node: Node<'a>) -> Vec<Citation> {
        node.list(&mut self.faults)
            .into_iter()
            .filter_map(|item| self.citation(item))
            .collect()
    }

    fn citation(&mut self, node: Node<'a>) -> Option<Citation> {
        let table = node.table(&mut self.faults)?;
        table.keys(
            &[
                "instrument",
                "article",
                "formerly",
                "checked",
                "source",
                "reading",
            ],
            &mut self.faults,
        );
        let name = table
            .require("instrument", &mut self.faults)
            .and_then(|node| node.string(&mut self.faults));
        let instrument = name.and_then(|name| {
            let position = self.instrument_positions.get(name.text).copied();
            if position.is_none() {
                let message = both!(
                    "the pack declares no instrument `{}`",
                    "规则包没有声明法律文件“{}”",
                    name.text
                );
                let mut ids: Vec<(u16, &str)> = Vec::new();
                ids.extend(
                    self.instrument_positions
                        .iter()
                        .map(|(id, position)| (*position, *id)),
                );
                ids.sort_unstable();
                let ids = ids.into_iter().map(|(_, id)| id);
                self.faults.push_unlisted(
                    Code::UnknownInstrument,
                    name.place,
                    message,
                    name.text,
                    ids,
                );
            }
            position
        });
        let faults = &mut self.faults;
        let article = table.get("article").and_then(|node| node.filled(faults));
        let formerly = table.get("formerly").and_then(|node| node.filled(faults));
        let (checked, source) = provenance(table, faults);
        let reading = table
            .get("reading")
            .and_then(|node| node.boolean(faults))
            .unwrap_or(false);
        Some(Citation {
            instrument: instrument?,
            article: article.map(|word| word.text.to_owned()),
            formerly: formerly.map(|word| word.text.to_owned()),
            checked,
            source,
            reading,
        })
    }

    fn evidence(&mut self, node: Node<'a>) -> Option<EvidenceRule> {
        let faults = &mut self.faults;
        let table = node.table(faults)?;
        table.keys(&["per", "valid_months", "accepts"], faults);
        let per = table
            .get("per")
            .and_then(|node| node.word(&PER, faults))
            .unwrap_or_default();
        let valid_months = table
            .get("valid_months")
            .and_then(|node| node.count(MAX_VALID_MONTHS, faults));
        let accepts = table
            .get("accepts")
            .map(|node| node.list(faults))
            .unwrap_or_default();
        let accepts = accepts
            .into_iter()
            .filter_map(|item| accepted(item, faults))
            .collect();
        Some(EvidenceRule {
            per,
            valid_months,
            accepts,
        })
    }
}

/// A document that is accepted; it is asked of the bound party unless it says otherwise.
fn accepted(node: Node<'_>, faults: &mut Faults) -> Option<Accepted> {
    let asked_of = node
        .table(faults)?
        .get("asked_of")
        .and_then(|node| node.word(&ASKED_OF, faults));
    Some(Accepted {
        text: node.text_with(&["asked_of"], faults)?,
        asked_of: asked_of.unwrap_or(AskedOf::Supplier),
    })
}
