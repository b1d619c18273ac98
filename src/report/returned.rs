//! Answers of suppliers in words that reports and the terminal share: what was taken, and what that changes.

use super::form::Form;
use super::paint::Paint;
use super::words::{capitalized, listed};
use crate::assess::Turn;
use crate::lang::{Lang, say};
use crate::read::{AnsweredFact, Answers, AnswersFile};
use crate::register::PartyId;
use crate::view::{Answered, Removed, View};

/// Files that a summary names.
const MOST_FILES: usize = 8;
/// Parties that the summary names.
const MOST: usize = 5;
/// Answers that it names of each.
const MOST_ANSWERS: usize = 4;
/// Answers that are told with what they say, of each finding.
const MOST_ALONG: usize = 6;

/// What the section or the sheet of all this is called.
pub(super) fn title(lang: Lang) -> String {
    say!(lang, "What suppliers answered", "供应商的答复")
}

/// Whose word it is, and how far it was taken.
pub(super) fn caution(lang: Lang) -> String {
    say!(
        lang,
        "Suppliers answered for themselves, and nobody has checked what they say. It was taken only where the register leaves something open; where the two differ, the register stands.",
        "以下由供应商自行答复，未经核实，且仅用于台账未载明之处；两者不一致的，以台账为准。"
    )
}

/// What was taken from each file, a line each for the first of them.
pub(super) fn taken_lines(answers: Option<&Answers>, lang: Lang) -> String {
    let files = answers.map_or(&[][..], |answers| &answers.files);
    let lines = taken(files, lang).into_iter().map(|(name, taken)| {
        say!(
            lang,
            "Answered: {name}: {taken}\n",
            "答复：{name}：{taken}\n"
        )
    });
    lines.collect()
}

/// What was taken from each of the first files, by its name, and from the rest together.
pub(super) fn taken(files: &[AnswersFile], lang: Lang) -> Vec<(String, String)> {
    let first = files.iter().take(MOST_FILES);
    let first = first.map(|file| (file.file.clone(), taken_words(file, lang)));
    let mut all: Vec<(String, String)> = first.collect();
    if let Some(rest) = files.get(MOST_FILES..).filter(|rest| !rest.is_empty()) {
        let facts: usize = rest.iter().map(|file| file.facts).sum();
        let documents: usize = rest.iter().map(|file| file.documents).sum();
        let taken = counted(facts, documents, lang);
        let rest = lang.count(rest.len(), "more file", "more files", "个文件");
        all.push((say!(lang, "and {rest}", "另有 {rest}"), taken));
    }
    all
}

/// How much was taken, and on whose word.
fn counted(facts: usize, documents: usize, lang: Lang) -> String {
    if facts + documents == 0 {
        return say!(lang, "nothing taken", "没有采用任何答复");
    }
    let facts = lang.count(facts, "fact", "facts", "项事实");
    let documents = lang.count(documents, "document", "documents", "份文件");
    say!(
        lang,
        "{facts} and {documents}, on the suppliers' own word",
        "{facts}、{documents}，均为供应商自行申报"
    )
}

/// What was taken from a file, and what was not.
pub(super) fn taken_words(file: &AnswersFile, lang: Lang) -> String {
    if file.digest.is_none() {
        return say!(lang, "cannot be read", "无法读取");
    }
    if !file.is_form {
        return say!(lang, "no form in it", "其中没有答复表");
    }
    let rest = [
        (
            file.known,
            lang.count(file.known, "known already", "known already", "项台账已载"),
        ),
        (
            file.refused(),
            lang.count(file.refused(), "not taken", "not taken", "项未采用"),
        ),
    ];
    let rest = rest.into_iter().filter(|(count, _)| *count > 0);
    let rest: Vec<String> = rest.map(|(_, words)| words).collect();
    let rest = match rest.is_empty() {
        true => String::new(),
        false => {
            let rest = rest.join(&say!(lang, ", ", "、"));
            say!(lang, " ({rest})", "（另有 {rest}）")
        }
    };
    counted(file.facts, file.documents, lang) + &rest
}

/// What the findings are called that are gone because of answers.
pub(super) fn removed_title(lang: Lang) -> String {
    say!(lang, "Removed by answers", "因答复而消失")
}

/// What it means that findings are gone, or that none is.
pub(super) fn removed_words(answered: &Answered, lang: Lang) -> String {
    match answered.removed.is_empty() {
        true => say!(
            lang,
            "No finding is gone because of an answer.",
            "没有结论因答复而消失。"
        ),
        false => say!(
            lang,
            "Without the answers these findings would stand. That they do not rests on the suppliers' own word.",
            "若无这些答复，以下结论仍然成立；其消失仅以供应商自行申报为据。"
        ),
    }
}

/// The answers along the chain of a removed finding, with what they say and where.
pub(super) fn along_words(view: &View, removed: &Removed, form: Form) -> String {
    let lang = view.lang;
    let named = along(view, removed).take(MOST_ALONG).map(|answer| {
        let (key, cell) = (view.answer_key(answer), view.answered_cell(answer));
        let (key, cell, place) = (form.text(&key), form.text(&cell), form.text(&answer.place));
        say!(
            lang,
            "{key} = {cell} ({place})",
            "{key} = {cell}（{place}）"
        )
    });
    let named = named.collect::<Vec<_>>().join(&say!(lang, "; ", "；"));
    match removed.answers.len() > MOST_ALONG {
        true => named + " …",
        false => named,
    }
}

/// The answers along the chain of a removed finding.
fn along<'v>(view: &'v View, removed: &'v Removed) -> impl Iterator<Item = &'v AnsweredFact> {
    let facts = view.reading.answers.as_ref();
    let facts = facts.map_or(&[][..], Answers::facts);
    removed.answers.iter().map(|&at| &facts[at])
}

/// What answers removed, by party, and what else they changed; empty where none were compared.
pub(super) fn removed(view: &View, paint: Paint) -> String {
    let lang = view.lang;
    let Some(answered) = &view.answered else {
        return own_word_line(view);
    };
    let count = answered.removed.len();
    let count = lang.count(count, "finding", "findings", "项结论");
    let head = say!(
        lang,
        "Removed by answers, on the suppliers' own word: {count}",
        "因答复而消失（以供应商自行申报为据）：{count}"
    );
    let mut out = format!("\n{}\n", paint.bold(&head));
    let mut parties: Vec<(PartyId, &[Removed])> = answered
        .removed
        .chunk_by(|a, b| a.party == b.party)
        .map(|removed| (removed[0].party, removed))
        .collect();
    parties.sort_by_key(|(_, removed)| std::cmp::Reverse(removed.len()));
    for (party, removed) in parties.iter().take(MOST) {
        out += &party_line(view, *party, removed);
    }
    if parties.len() > MOST {
        let rest = parties.len() - MOST;
        let rest = lang.count(rest, "more party", "more parties", "个主体");
        out += &paint.dim(&say!(lang, "  and {rest}\n", "  另有 {rest}\n"));
    }
    if let Some(others) = other_changes(answered, lang) {
        out += &say!(lang, "  besides: {others}\n", "  此外：{others}\n");
    }
    out + &own_word_line(view)
}

fn party_line(view: &View, party: PartyId, removed: &[Removed]) -> String {
    let lang = view.lang;
    let (name, count) = (view.name(party), removed.len());
    let mut keys: Vec<String> = Vec::new();
    for answer in removed.iter().flat_map(|removed| along(view, removed)) {
        let key = view.answer_key(answer);
        if !keys.contains(&key) {
            keys.push(key);
        }
        // Of those that are not named only the number is told, and hardly any chain has so many.
        if keys.len() > 4 * MOST_ANSWERS {
            break;
        }
    }
    let keys = match keys.is_empty() {
        true => String::new(),
        false => {
            let keys = listed(keys.into_iter(), MOST_ANSWERS, lang);
            say!(lang, " ({keys})", "（{keys}）")
        }
    };
    say!(
        lang,
        "  {name}: {count}{keys}\n",
        "  {name}：{count} 项{keys}\n"
    )
}

/// What answers change beside what they remove; none where that is nothing.
fn other_changes(answered: &Answered, lang: Lang) -> Option<String> {
    let [enter, strengthen, weaken] =
        [Turn::Enters, Turn::Strengthens, Turn::Weakens].map(|turn| answered.count(turn));
    let gained = answered.gained;
    let parts = [
        (
            strengthen,
            lang.count(
                strengthen,
                "finding is surer or binds more",
                "findings are surer or bind more",
                "项结论更确定或约束力更强",
            ),
        ),
        (
            weaken,
            lang.count(
                weaken,
                "finding is less sure or binds less",
                "findings are less sure or bind less",
                "项结论更不确定或约束力更弱",
            ),
        ),
        (
            enter,
            lang.count(enter, "new finding", "new findings", "项新增结论"),
        ),
        (
            gained,
            lang.count(
                gained,
                "finding has evidence that it lacked",
                "findings have evidence that they lacked",
                "项结论补上了所缺证据",
            ),
        ),
    ];
    let parts = parts.into_iter().filter(|(count, _)| *count > 0);
    let parts: Vec<String> = parts.map(|(_, words)| words).collect();
    let all = parts.join(&say!(lang, "; ", "；"));
    Some(all).filter(|all| !all.is_empty())
}

/// The same as a sentence.
pub(super) fn besides(answered: &Answered, lang: Lang) -> Option<String> {
    let others = other_changes(answered, lang)?;
    Some(say!(
        lang,
        "Besides, because of the answers: {others}.",
        "此外，因答复：{others}。"
    ))
}

/// How much evidence nobody but the party itself vouches for; none where that is nothing.
fn own_word(view: &View) -> Option<String> {
    let lang = view.lang;
    let [findings, clauses] = view.self_declared();
    let findings_words = lang.count(findings, "finding", "findings", "项结论");
    let clauses_words = lang.count(clauses, "clause", "clauses", "项条款");
    let whose = match (findings, clauses) {
        (0, 0) => return None,
        (_, 0) => findings_words,
        (0, _) => clauses_words,
        _ => say!(
            lang,
            "{findings_words} and {clauses_words}",
            "{findings_words}和 {clauses_words}"
        ),
    };
    Some(say!(
        lang,
        "evidence of {whose} rests on self-declared documents alone",
        "{whose}的有效证据仅为自行申报的文件"
    ))
}

/// The same as a sentence.
pub(super) fn own_word_sentence(view: &View) -> Option<String> {
    let words = capitalized(&own_word(view)?);
    Some(say!(
        view.lang,
        "{words}; each is marked so wherever it is named.",
        "{words}；凡提及之处均已标明。"
    ))
}

fn own_word_line(view: &View) -> String {
    match own_word(view) {
        None => String::new(),
        Some(words) => {
            let words = capitalized(&words);
            format!("\n{words}\n")
        }
    }
}
