//! The answer in five lines, and the counts behind it.

use super::super::answer::answer_words;
use super::super::form::Form;
use super::super::words::{binding_word, capitalized, status_meaning, status_word};
use super::{Beside, escaped, heading, readers, returned, table_head, table_row};
use crate::flow::Status;
use crate::lang::say;
use crate::view::{Summary, View};

/// Title, the answer in five lines, findings by status and binding, where each reader goes on, and the pack's notice.
pub(super) fn answer(view: &View, beside: Beside, out: &mut String) {
    let lang = view.lang;
    let flow = view.assessment.flow;
    let register = escaped(&view.register_name);
    heading(
        out,
        1,
        &say!(
            lang,
            "Flow-through obligations: {register}",
            "供应链传导义务：{register}"
        ),
    );
    let (pack, version, day) = (
        escaped(flow.policy.title.get(lang)),
        escaped(&flow.policy.version),
        flow.as_of,
    );
    *out += &say!(
        lang,
        "{pack}, version {version}, as of {day}.\n",
        "{pack}，版本 {version}，截至 {day}。\n"
    );
    heading(out, 2, &say!(lang, "The answer", "结论"));
    let lines = answer_words(view, Form::Markdown);
    for (line, number) in lines.iter().zip(1..) {
        *out += &format!("{number}. {line}\n");
    }
    out.push('\n');
    counts(view, out);
    returned::note(view, out);
    readers::readers(view, beside, out);
    let shows = say!(
        lang,
        "Who passes obligations on to whom, by tier",
        "义务逐层传导路径"
    );
    beside.picture("exposure", &shows, out);
    if let Some(notice) = &flow.policy.notice {
        *out += &format!("\n> {}\n", escaped(notice.get(lang)));
    }
}

/// Findings by status and binding.
fn counts(view: &View, out: &mut String) {
    let lang = view.lang;
    let mut head = vec![say!(lang, "Status", "状态"), say!(lang, "Findings", "结论")];
    head.push(say!(lang, "No full evidence", "无完整有效证据"));
    let shown = view.summary.bindings_found();
    head.extend(
        shown
            .iter()
            .map(|&binding| capitalized(binding_word(Summary::BINDINGS[binding], lang))),
    );
    table_head(out, &head);
    for status in Status::ALL {
        let counts = view.summary.findings[status as usize];
        let (word, meaning) = (status_word(status, lang), status_meaning(status, lang));
        let mut row = vec![say!(lang, "**{word}**: {meaning}", "**{word}**：{meaning}")];
        row.push(view.summary.of_status(status).to_string());
        row.push(view.summary.open[status as usize].to_string());
        row.extend(shown.iter().map(|&binding| counts[binding].to_string()));
        table_row(out, &row);
    }
}
