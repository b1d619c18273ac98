//! What suppliers answered: what was taken from which file, and what is no longer there because of it.

use super::super::form::Form;
use super::super::returned::{
    along_words, besides, caution, own_word_sentence, removed_title, removed_words, title,
};
use super::super::words::{binding_word, status_word};
use super::next;
use super::{Beside, escaped, heading, section, table_head, table_row};
use crate::lang::say;
use crate::read::{Answers, AnswersFile};
use crate::view::{Answered, View};

/// Findings that the table lists.
const MOST: usize = 200;

/// A sentence near the head of the report, so that nobody takes a supplier's word for what is known.
pub(super) fn note(view: &View, out: &mut String) {
    let lang = view.lang;
    let Some(answers) = &view.reading.answers else {
        return;
    };
    let facts = lang.count(answers.fact_count(), "fact", "facts", "项事实");
    let documents = lang.count(answers.document_count(), "document", "documents", "份文件");
    *out += &say!(
        lang,
        "\n**On the suppliers' own word**: {facts} and {documents} come from answers that nobody has checked; see [what suppliers answered](#answers).\n",
        "\n**供应商自行申报**：{facts}和 {documents}来自未经核实的答复，见[供应商的答复](#answers)。\n"
    );
}

/// The files, what they removed, and what else they changed.
pub(super) fn answers(view: &View, beside: Beside, out: &mut String) {
    let lang = view.lang;
    let Some(answers) = &view.reading.answers else {
        return;
    };
    section(out, 2, "answers", &title(lang));
    *out += &format!("{}\n\n", caution(lang));
    files(view, answers, out);
    if let Some(answered) = &view.answered {
        removed(view, answered, beside, out);
    }
    let others = view.answered.as_ref();
    let others = others.and_then(|answered| besides(answered, lang));
    for sentence in others.into_iter().chain(own_word_sentence(view)) {
        *out += &format!("\n{sentence}\n");
    }
}

fn files(view: &View, answers: &Answers, out: &mut String) {
    let lang = view.lang;
    let head = [
        say!(lang, "File", "文件"),
        say!(lang, "Filled in", "已填写"),
        say!(lang, "Facts taken", "采用的事实"),
        say!(lang, "Documents taken", "采用的文件"),
        say!(lang, "Known already", "台账已载"),
        say!(lang, "Not taken", "未采用"),
    ];
    table_head(out, &head);
    for file in &answers.files {
        let counts = [
            file.answered,
            file.facts,
            file.documents,
            file.known,
            file.refused(),
        ];
        let mut cells: Vec<String> = counts.iter().map(ToString::to_string).collect();
        if file.digest.is_none() {
            cells.fill(String::new());
            cells[0] = say!(lang, "cannot be read", "无法读取");
        } else if !file.is_form {
            cells.fill(String::new());
            cells[0] = say!(lang, "no form in it", "其中没有答复表");
        }
        cells.insert(0, escaped(&file.file));
        table_row(out, &cells);
    }
    let is_told = |file: &AnswersFile| file.refused() > 0 || file.digest.is_none();
    if answers.files.iter().any(is_told) {
        *out += &say!(
            lang,
            "\nWhy an answer was not taken stands under [faults](#faults).\n",
            "\n未采用的原因见[台账问题](#faults)。\n"
        );
    }
}

fn removed(view: &View, answered: &Answered, beside: Beside, out: &mut String) {
    let lang = view.lang;
    heading(out, 3, &removed_title(lang));
    *out += &format!("{}\n", removed_words(answered, lang));
    if answered.removed.is_empty() {
        return;
    }
    out.push('\n');
    let head = [
        say!(lang, "Party", "主体"),
        say!(lang, "Obligation", "义务"),
        say!(lang, "It was", "原状态"),
        say!(lang, "Binding", "约束力"),
        say!(lang, "Answers on its chain", "链条上的答复"),
    ];
    table_head(out, &head);
    for removed in answered.removed.iter().take(MOST) {
        let tier = removed.tier;
        let status = status_word(removed.status, lang);
        let row = [
            escaped(view.name(removed.party)),
            next::title(view, removed.obligation),
            say!(lang, "{status}, tier {tier}", "{status}，第 {tier} 层"),
            binding_word(removed.binding, lang).to_owned(),
            along_words(view, removed, Form::Markdown),
        ];
        table_row(out, &row);
    }
    if let Some(rest) = answered.removed.len().checked_sub(MOST + 1) {
        let (rest, whole) = (rest + 1, beside.whole("assessment.json", lang));
        *out += &say!(
            lang,
            "\nAnd {rest} more{whole}.\n",
            "\n另有 {rest} 项{whole}。\n"
        );
    }
}
