//! What shows a finding, in words: its documents and waivers, and where the clauses above it break.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::words::{listed, proof_word};
use crate::assess::{Gap, Proof, Requirement};
use crate::lang::say;
use crate::register::{Dated, EvidenceStatus};
use crate::view::View;

/// Documents that the words for one finding name.
const MOST: usize = 4;
/// Relationships that the words for one document name.
const MOST_LABELS: usize = 6;

/// The state of a finding's evidence with the documents that decide it; where relationships differ, each state with its
/// relationships, what lacks first.
pub(super) fn evidence_words(view: &View, position: usize) -> String {
    let lang = view.lang;
    let requirements = view.assessment.requirements(position);
    let mut groups: BTreeMap<_, (Requirement, Vec<String>)> = BTreeMap::new();
    for requirement in requirements {
        let row = requirement
            .document
            .map(|document| (document.place.table, document.place.row));
        let group = groups.entry((Reverse(requirement.proof), row));
        let (_, labels) = group.or_insert_with(|| (requirement, Vec::new()));
        labels.extend(requirement.relationship.map(|at| view.label(at)));
    }
    if let (1, Some((requirement, _))) = (groups.len(), groups.values().next()) {
        return state_words(view, requirement);
    }
    let count = groups.len();
    let told = groups.values().take(MOST).map(|(requirement, labels)| {
        let labels = listed(labels.iter().cloned(), MOST_LABELS, lang);
        let state = proof_word(requirement.proof, lang);
        let document = document_words(view, requirement);
        match document.is_empty() {
            true => say!(lang, "{state} for {labels}", "{state}：{labels}"),
            false => say!(
                lang,
                "{state} for {labels} ({document})",
                "{state}：{labels}（{document}）"
            ),
        }
    });
    let told = told.collect::<Vec<_>>().join(&say!(lang, "; ", "；"));
    let rest = match count.saturating_sub(MOST) {
        0 => String::new(),
        rest => say!(lang, "; and {rest} more documents", "；另有 {rest} 份文件"),
    };
    match view.assessment.proven[position].proof {
        Proof::Partly => {
            let partly = proof_word(Proof::Partly, lang);
            say!(lang, "{partly}: {told}{rest}", "{partly}，其中{told}{rest}")
        }
        _ => told + &rest,
    }
}

/// Where the clauses of a finding's chain break, and what is wrong there; empty where they hold.
pub(super) fn gap_words(view: &View, position: usize) -> String {
    let lang = view.lang;
    let Some(Gap {
        position: step,
        relationship,
    }) = view.assessment.gap(position)
    else {
        return String::new();
    };
    let obligation = view.assessment.findings[position].obligation;
    let clause = state_words(view, &view.assessment.clause(relationship, obligation));
    let label = view.label(relationship);
    say!(
        lang,
        "; the chain of clauses breaks at step {step} ({label}): clause {clause}",
        "；条款链断于第 {step} 步（{label}）：条款{clause}"
    )
}

fn state_words(view: &View, requirement: &Requirement) -> String {
    let lang = view.lang;
    let state = proof_word(requirement.proof, lang);
    let document = document_words(view, requirement);
    match document.is_empty() {
        true => state.to_owned(),
        false => say!(lang, "{state} ({document})", "{state}（{document}）"),
    }
}

/// The document, who answers for it if it is a waiver, and its dates; empty where there is none.
fn document_words(view: &View, requirement: &Requirement) -> String {
    let lang = view.lang;
    let Some(document) = requirement.document else {
        return String::new();
    };
    let mut parts = Vec::new();
    let (name, owner, reason) = (&document.document, &document.owner, &document.reason);
    parts.push(match name.is_empty() {
        true => say!(lang, "document not named", "文件未注明名称"),
        false => say!(lang, "“{name}”", "“{name}”"),
    });
    if document.status == Some(EvidenceStatus::Waived) {
        parts.push(say!(
            lang,
            "waived by {owner} because “{reason}”",
            "豁免人：{owner}，理由：“{reason}”"
        ));
    }
    if document.is_self_declared() {
        parts.push(say!(lang, "self-declared", "自行申报"));
    }
    if let Dated::On(issued) = document.issued {
        parts.push(say!(lang, "issued {issued}", "{issued} 出具"));
    }
    if let Some(last) = requirement.last {
        parts.push(match requirement.proof {
            Proof::Expired => say!(lang, "ended {last}", "已于 {last} 到期"),
            _ => say!(lang, "to {last}", "有效期至 {last}"),
        });
    }
    parts.join(&say!(lang, ", ", "，"))
}
