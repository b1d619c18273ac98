//! Method and law: what the obligations ask and stand on, and what this result was made from.

use std::collections::BTreeSet;

use super::super::binding::binding_words;
use super::super::citation::citation;
use super::super::words::{status_meaning, status_word};
use super::{escaped, heading, table_head, table_row};
use crate::flow::{Status, StepKind};
use crate::lang::say;
use crate::policy::{Binding, Step};
use crate::view::View;

/// What is owed, why, and how it was found.
pub(super) fn law(view: &View, out: &mut String) {
    obligations(view, out);
    method(view, out);
}

/// Every obligation that has a finding: the duties of the steps met, and their basis.
fn obligations(view: &View, out: &mut String) {
    let lang = view.lang;
    let flow = view.assessment.flow;
    heading(
        out,
        2,
        &say!(lang, "The obligations and their basis", "义务及其依据"),
    );
    let met: BTreeSet<(u8, u8)> = view
        .assessment
        .findings
        .iter()
        .map(|finding| (finding.obligation, StepKind::of_tier(finding.tier) as u8))
        .collect();
    for (position, obligation) in (0_u8..).zip(&flow.policy.obligations) {
        let steps = [
            (
                StepKind::Own,
                &obligation.own,
                say!(lang, "the operator itself", "运营者自身"),
            ),
            (
                StepKind::Direct,
                &obligation.direct,
                say!(lang, "its direct suppliers", "直接供应商"),
            ),
            (
                StepKind::Onward,
                &obligation.onward,
                say!(lang, "suppliers further on", "更下层供应商"),
            ),
        ];
        let steps: Vec<(&Step, String)> = steps
            .into_iter()
            .filter(|(kind, _, _)| met.contains(&(position, *kind as u8)))
            .filter_map(|(_, step, who)| Some((step.as_ref()?, who)))
            .collect();
        if steps.is_empty() {
            continue;
        }
        let title = escaped(obligation.title.get(lang));
        heading(out, 4, &format!("{title} (`{}`)", obligation.id));
        for (step, who) in steps {
            let duty = step
                .duty
                .as_ref()
                .map_or(String::new(), |duty| escaped(duty.get(lang)));
            let bindings: Vec<_> = bindings(step)
                .into_iter()
                .map(|binding| binding_words(binding, lang))
                .collect();
            let bindings = match bindings.is_empty() {
                true => String::new(),
                false => format!(" ({})", bindings.join(" / ")),
            };
            *out += &format!("- **{who}**{bindings}: {duty}\n");
            let basis: Vec<String> = step
                .basis
                .iter()
                .map(|basis| escaped(&citation(flow.policy, basis, lang, flow.as_of)))
                .collect();
            if !basis.is_empty() {
                let separator = say!(lang, "; ", "；");
                *out += &format!("  {}\n", basis.join(&separator));
            }
        }
    }
}

/// The bindings that a step can have, in pack order.
fn bindings(step: &Step) -> Vec<Binding> {
    let mut bindings = Vec::new();
    for rule in &step.binding {
        if !bindings.contains(&rule.is) {
            bindings.push(rule.is);
        }
    }
    bindings
}

fn method(view: &View, out: &mut String) {
    let lang = view.lang;
    let flow = view.assessment.flow;
    heading(out, 2, &say!(lang, "Method", "方法"));
    *out += &say!(
        lang,
        "An obligation starts at an operator, passes to a direct supplier where the rule for the first step holds, and from there to further suppliers where the rule for later steps holds and the relationship supports the delivery that brought it. Facts that the register does not give are unknown, never no.\n\n",
        "义务自运营者发起；首步规则成立时传至直接供应商；此后在后续规则成立、且该关系支撑带来义务的交付时，继续传至更下层供应商。台账未给出的事实一律视为未知，绝不视为“否”。\n\n"
    );
    for status in Status::ALL {
        *out += &format!(
            "- **{}**: {}\n",
            status_word(status, lang),
            status_meaning(status, lang)
        );
    }
    for (assumption, filled) in &view.reading.assumptions {
        let (summary, reason) = (escaped(&assumption.summary()), escaped(&assumption.reason));
        *out += &say!(
            lang,
            "- **assumed**: {summary} ({filled} blank cells), because: {reason}\n",
            "- **假设**：{summary}（{filled} 个空白单元格），理由：{reason}\n"
        );
    }
    out.push('\n');
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
        table_row(out, &[escaped(&table.file), table.digest.clone()]);
    }
    let version = env!("CARGO_PKG_VERSION");
    *out += &say!(
        lang,
        "\nMade by ciiflow {version}. Not legal advice.\n",
        "\n由 ciiflow {version} 生成。不构成法律意见。\n"
    );
}
