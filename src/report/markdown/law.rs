//! Method and law: what the obligations ask and stand on, and what this result was made from.

use std::collections::BTreeSet;

use super::super::binding::binding_words;
use super::super::citation::citation;
use super::super::words::{status_meaning, status_word};
use super::{escaped, heading, section, table_head, table_row};
use crate::assess::EXPIRING_DAYS;
use crate::flow::{Status, StepKind};
use crate::lang::{Lang, say};
use crate::policy::{Binding, Checked, Obligation, Step};
use crate::view::View;

/// What it was made from.
pub(super) fn made_from(view: &View, out: &mut String) {
    inputs(view, out);
    super::read::read(view, out);
    made_by(view, out);
}

/// How far the citations printed here were checked.
pub(super) struct Citations {
    pub(super) official: usize,
    pub(super) secondary: usize,
    pub(super) unchecked: usize,
}

impl Citations {
    pub(super) fn of(view: &View) -> Citations {
        let met = met(view);
        let obligations = (0..).zip(&view.assessment.flow.policy.obligations);
        let steps = obligations.flat_map(|(at, obligation)| steps_met(obligation, at, &met));
        let of_stakes = view.assessment.flow.policy.stakes.iter();
        let of_stakes =
            of_stakes.filter(|stake| met.contains(&(stake.obligation, StepKind::Own as u8)));
        let basis = steps.flat_map(|(_, step)| &step.basis);
        let basis: Vec<Checked> = basis
            .chain(of_stakes.flat_map(|stake| &stake.basis))
            .map(|citation| citation.checked)
            .collect();
        let count = |wanted| basis.iter().filter(|checked| **checked == wanted).count();
        Citations {
            official: count(Checked::Official),
            secondary: count(Checked::Secondary),
            unchecked: count(Checked::None),
        }
    }
}

/// The steps that findings stand on, each with the position of its obligation.
pub(in super::super) fn met(view: &View) -> BTreeSet<(u8, u8)> {
    let findings = view.assessment.findings.iter();
    findings
        .map(|finding| (finding.obligation, StepKind::of_tier(finding.tier) as u8))
        .collect()
}

pub(in super::super) fn steps_met<'p>(
    obligation: &'p Obligation,
    position: u8,
    met: &BTreeSet<(u8, u8)>,
) -> Vec<(StepKind, &'p Step)> {
    let steps = [
        (StepKind::Own, &obligation.own),
        (StepKind::Direct, &obligation.direct),
        (StepKind::Onward, &obligation.onward),
    ];
    steps
        .into_iter()
        .filter(|(kind, _)| met.contains(&(position, *kind as u8)))
        .filter_map(|(kind, step)| Some((kind, step.as_ref()?)))
        .collect()
}

/// Every obligation that has a finding: the duties of the steps met, and their basis.
pub(super) fn obligations(view: &View, out: &mut String) {
    let lang = view.lang;
    let title = say!(lang, "The obligations and their basis", "义务及其依据");
    section(out, 2, "law", &title);
    let met = met(view);
    for (position, obligation) in (0_u8..).zip(&view.assessment.flow.policy.obligations) {
        let steps = steps_met(obligation, position, &met);
        if steps.is_empty() {
            continue;
        }
        let (title, id) = (escaped(obligation.title.get(lang)), &obligation.id);
        heading(out, 3, &say!(lang, "{title} (`{id}`)", "{title}（`{id}`）"));
        for (kind, step) in steps {
            *out += &step_words(view, kind, step);
        }
    }
}

pub(in super::super) fn who_words(kind: StepKind, lang: Lang) -> String {
    match kind {
        StepKind::Own => say!(lang, "the operator itself", "运营者自身"),
        StepKind::Direct => say!(lang, "its direct suppliers", "直接供应商"),
        StepKind::Onward => say!(lang, "suppliers further on", "更下层供应商"),
    }
}

/// One step: whom it binds and how, the duty where the pack words it, and the basis.
fn step_words(view: &View, kind: StepKind, step: &Step) -> String {
    let lang = view.lang;
    let policy = view.assessment.flow.policy;
    let who = who_words(kind, lang);
    let bindings = bindings(step).into_iter();
    let bindings: Vec<_> = bindings
        .map(|binding| binding_words(binding, lang))
        .collect();
    let bindings = match bindings.is_empty() {
        true => String::new(),
        false => {
            let bindings = bindings.join(&say!(lang, " or ", "或"));
            say!(lang, ", {bindings}", "，{bindings}")
        }
    };
    let duty = step.duty.as_ref().map(|duty| escaped(duty.get(lang)));
    let duty = duty.map_or(String::new(), |duty| say!(lang, ": {duty}", "：{duty}"));
    let mut out = format!("- **{who}**{bindings}{duty}\n");
    let basis: Vec<String> = step
        .basis
        .iter()
        .map(|basis| escaped(&citation(policy, basis, lang, view.assessment.flow.as_of)))
        .collect();
    if !basis.is_empty() {
        out += &format!("  {}\n", basis.join(&say!(lang, "; ", "；")));
    }
    out
}

/// The bindings that a step can have, in pack order.
pub(in super::super) fn bindings(step: &Step) -> Vec<Binding> {
    let mut bindings = Vec::new();
    for rule in &step.binding {
        if !bindings.contains(&rule.is) {
            bindings.push(rule.is);
        }
    }
    bindings
}

/// How it was found.
pub(super) fn method(view: &View, out: &mut String) {
    let lang = view.lang;
    section(out, 2, "method", &say!(lang, "Method", "方法"));
    for paragraph in method_words(lang) {
        *out += &format!("{paragraph}\n\n");
    }
    for status in Status::ALL {
        let (word, meaning) = (status_word(status, lang), status_meaning(status, lang));
        *out += &say!(
            lang,
            "- **{word}**: {meaning}.\n",
            "- **{word}**：{meaning}。\n"
        );
    }
}

/// How obligations travel, and what evidence in force is.
pub(in super::super) fn method_words(lang: Lang) -> [String; 2] {
    [
        say!(
            lang,
            "An obligation starts at an operator, passes to a direct supplier where the rule for the first step holds, and from there to further suppliers where the rule for later steps holds and the relationship supports the delivery that brought it. Facts that the register does not give are unknown, never no.",
            "义务自运营者发起；首步规则成立时传至直接供应商；此后在后续规则成立、且该关系支撑带来义务的交付时，继续传至更下层供应商。台账未给出的事实一律视为未知，绝不视为“否”。"
        ),
        say!(
            lang,
            "Evidence is in force if a document shows it (met, expiring within {EXPIRING_DAYS} days, undated) or it is waived; it is not if only some relationships are covered (partly), or it is expired or missing. A chain of clauses breaks at the first contract on it whose clause is not in force.",
            "有文件证明（已具备、{EXPIRING_DAYS} 天内即将到期、未注日期）或已豁免的，为有效证据；仅覆盖部分关系（部分具备）、已过期或缺失的，不属于完整有效证据。链上第一份没有有效条款证据的合同，即条款链断点。"
        ),
    ]
}

/// The pack and the files by their digests, and what was assumed.
fn inputs(view: &View, out: &mut String) {
    let lang = view.lang;
    let flow = view.assessment.flow;
    let title = say!(lang, "Inputs and assumptions", "输入与假设");
    section(out, 2, "inputs", &title);
    table_head(out, &[say!(lang, "Input", "输入"), "SHA-256".to_owned()]);
    let (id, version) = (escaped(&flow.policy.id), escaped(&flow.policy.version));
    table_row(
        out,
        &[
            say!(lang, "policy pack {id} {version}", "规则包 {id} {version}"),
            flow.policy.digest.clone(),
        ],
    );
    for table in &view.reading.tables {
        table_row(out, &[escaped(&table.file), table.digest.get().to_owned()]);
    }
    let answers = view
        .reading
        .answers
        .iter()
        .flat_map(|answers| &answers.files);
    for file in answers {
        let digest = file.digest.as_ref().map_or("", |digest| digest.get());
        let name = escaped(&file.file);
        let name = say!(lang, "answers: {name}", "答复：{name}");
        table_row(out, &[name, digest.to_owned()]);
    }
    out.push('\n');
    if view.reading.assumptions.is_empty() {
        *out += &say!(
            lang,
            "No blank cell was filled by assumption.\n",
            "没有以假设填补空白单元格。\n"
        );
    }
    if let Some((screened, parties)) = view.screened_words() {
        let parties = lang.count(parties, "party", "parties", "个主体");
        *out += &say!(
            lang,
            "- **Screened**: `{screened}` for {parties} of unknown status, because of `--screen`: see [who may be an operator](#screening)\n",
            "- **筛查**：因使用 `--screen`，将 {parties}（状态未知）视为 `{screened}`，见[哪些主体可能是运营者](#screening)\n"
        );
    }
    for (assumption, filled) in &view.reading.assumptions {
        let (summary, reason) = (escaped(&assumption.summary()), escaped(&assumption.reason));
        let cells = lang.count(*filled, "blank cell", "blank cells", "个空白单元格");
        *out += &say!(
            lang,
            "- **Assumed**: {summary} ({cells}), because: {reason}\n",
            "- **假设**：{summary}（{cells}），理由：{reason}\n"
        );
    }
}

/// Who made it.
fn made_by(view: &View, out: &mut String) {
    let lang = view.lang;
    let version = env!("CARGO_PKG_VERSION");
    *out += &say!(
        lang,
        "\nMade by ciiflow {version}. Not legal advice.\n",
        "\n由 ciiflow {version} 生成。不构成法律意见。\n"
    );
}
