//! The rows of the page: what its tables and its graph are made of.

use super::super::binding::binding_words;
use super::super::citation::citation;
use super::super::condition::fact_title;
use super::super::words::{binding_word, proof_word, status_meaning, status_word};
use super::rows::Rows;
use super::words;
use crate::flow::{Status, StepKind};
use crate::lang::{Lang, say};
use crate::policy::{Fact, Kind, Obligation, Step, Subject};
use crate::view::{MOST_FAULTS, Page, PageObligation, PageStep, Proof, Summary, View, Word};

/// The rows as JSON in which no character ends the element around it.
pub(super) fn json(view: &View) -> String {
    let json = serde_json::to_string(&page(view)).expect("the page's rows have only texts as keys");
    json.replace('<', "\\u003c")
}

fn page<'v>(view: &'v View<'v>) -> Page<'v> {
    let lang = view.lang;
    let policy = view.assessment.flow.policy;
    let facts: Vec<_> = policy.facts_of(Subject::Party).collect();
    let mut rows = Rows::new(view);
    let findings = rows.findings();
    let clauses = rows.clauses();
    let questions = rows.questions();
    let mut faults = view.issues();
    if faults.len() > MOST_FAULTS {
        let all = faults.len();
        rows.left_out.push(("faults", say!(
            lang,
            "Faults of the register: the first {MOST_FAULTS} of {all}; the rest stand in register-issues.csv.",
            "台账问题：仅列前 {MOST_FAULTS} 处，共 {all} 处；其余见 register-issues.csv。"
        )));
        faults.truncate(MOST_FAULTS);
    }
    let is_country = |fact: &Fact| fact.kind == Kind::Countries;
    Page {
        lang: match lang {
            Lang::En => "en",
            Lang::Zh => "zh",
        },
        register: &view.register_name,
        day: view.assessment.flow.as_of.to_string(),
        words: words::all(lang),
        statuses: statuses(lang),
        proofs: proofs(lang),
        bindings: bindings(lang),
        country: facts.iter().position(|(_, fact)| is_country(fact)),
        facts: facts
            .iter()
            .map(|(_, fact)| fact_title(fact, lang).to_owned())
            .collect(),
        obligations: policy
            .obligations
            .iter()
            .map(|it| obligation(view, it))
            .collect(),
        findings,
        clauses,
        questions,
        faults,
        chains: rows.chains.all,
        sentences: rows.sentences.all,
        left_out: rows.left_out,
        relationships: rows.parties.relationships(),
        parties: rows.parties.rows(),
    }
}

fn statuses(lang: Lang) -> Vec<Word> {
    let word = |status: Status| Word {
        id: status.as_str(),
        word: status_word(status, lang),
        means: status_meaning(status, lang),
    };
    Status::ALL.into_iter().map(word).collect()
}

fn proofs(lang: Lang) -> Vec<Word> {
    let word = |proof: Proof| Word {
        id: proof.as_str(),
        word: proof_word(proof, lang),
        means: "",
    };
    Proof::ALL.into_iter().map(word).collect()
}

fn bindings(lang: Lang) -> Vec<Word> {
    let word = |binding| Word {
        id: binding_word(binding, Lang::En),
        word: binding_word(binding, lang),
        means: binding.map_or("", |binding| binding_words(binding, lang)),
    };
    Summary::BINDINGS.into_iter().map(word).collect()
}

fn obligation(view: &View, obligation: &Obligation) -> PageObligation {
    let steps = [StepKind::Own, StepKind::Direct, StepKind::Onward];
    PageObligation {
        id: obligation.id.clone(),
        title: obligation.title.get(view.lang).to_owned(),
        steps: steps.map(|kind| obligation.step(kind as u32).map(|asked| step(view, asked))),
    }
}

fn step(view: &View, step: &Step) -> PageStep {
    let (lang, flow) = (view.lang, view.assessment.flow);
    let basis = step.basis.iter();
    let accepts = step.evidence.accepts.iter();
    PageStep {
        duty: step.duty.as_ref().map(|duty| duty.get(lang).to_owned()),
        basis: basis
            .map(|it| citation(flow.policy, it, lang, flow.as_of))
            .collect(),
        accepts: accepts
            .map(|accepted| accepted.text.get(lang).to_owned())
            .collect(),
    }
}
