//! What suppliers answered: what was taken from which file, and what is no longer there because of it.

use super::super::answers::{along, other_changes, own_word};
use super::super::words::{binding_word, capitalized, status_word};
use super::next::title;
use super::{Beside, escaped, heading, section, table_head, table_row};
use crate::lang::say;
use crate::read::{Answers, AnswersFile};
use crate::view::{Answered, Removed, View};

/// Findings that the table lists.
const MOST: usize = 200;
/// Answers that it names of each.
const MOST_ANSWERS: usize = 6;

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
    let title = say!(lang, "What suppliers answered", "供应商的答复");
    section(out, 2, "answers", &title);
    *out += &say!(
        lang,
        "Suppliers answered for themselves, and nobody has checked what they say. It was taken only where the register leaves something open; where the two differ, the register stands.\n\n",
        "以下由供应商自行答复，未经核实，且仅用于台账未载明之处；两者不一致的，以台账为准。\n\n"
    );
    files(view, answers, out);
    if let Some(answered) = &view.answered {
        removed(view, answered, beside, out);
        if let Some(others) = other_changes(answered, lang) {
            *out += &say!(
                lang,
                "\nBesides, because of the answers: {others}.\n",
                "\n此外，因答复：{others}。\n"
            );
        }
    }
    if let Some(words) = own_word(view) {
        let words = capitalized(&words);
        *out += &say!(
            lang,
            "\n{words}; each is marked so wherever it is named.\n",
            "\n{words}；凡提及之处均已标明。\n"
        );
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
    heading(out, 3, &say!(lang, "Removed by answers", "因答复而消失"));
    if answered.removed.is_empty() {
        *out += &say!(
            lang,
            "No finding is gone because of an answer.\n",
            "没有结论因答复而消失。\n"
        );
        return;
    }
    *out += &say!(
        lang,
        "Without the answers these findings would stand. That they do not rests on the suppliers' own word.\n\n",
        "若无这些答复，以下结论仍然成立；其消失仅以供应商自行申报为据。\n\n"
    );
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
            title(view, removed.obligation),
            say!(lang, "{status}, tier {tier}", "{status}，第 {tier} 层"),
            binding_word(removed.binding, lang).to_owned(),
            answers_words(view, removed),
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

/// The answers along the chain of a removed finding, with what they say and where.
fn answers_words(view: &View, removed: &Removed) -> String {
    let lang = view.lang;
    let named = along(view, removed).take(MOST_ANSWERS).map(|answer| {
        let (key, cell) = (
            escaped(&view.answer_key(answer)),
            escaped(&view.answered_cell(answer)),
        );
        let place = escaped(&answer.place);
        say!(
            lang,
            "{key} = {cell} ({place})",
            "{key} = {cell}（{place}）"
        )
    });
    let named = named.collect::<Vec<_>>().join(&say!(lang, "; ", "；"));
    match removed.answers.len() > MOST_ANSWERS {
        true => named + " …",
        false => named,
    }
}
