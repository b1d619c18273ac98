//! Answers of suppliers in words that reports and the terminal share: what was taken, and what that changes.

use super::paint::Paint;
use super::words::listed;
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

/// What was taken from each file, a line each for the first of them.
pub(super) fn taken_lines(answers: Option<&Answers>, lang: Lang) -> String {
    let files = answers.map_or(&[][..], |answers| &answers.files);
    let lines = files.iter().take(MOST_FILES).map(|file| {
        let (name, taken) = (&file.file, taken_words(file, lang));
        say!(
            lang,
            "Answered: {name}: {taken}\n",
            "答复：{name}：{taken}\n"
        )
    });
    let mut out: String = lines.collect();
    if let Some(rest) = files.get(MOST_FILES..).filter(|rest| !rest.is_empty()) {
        let facts: usize = rest.iter().map(|file| file.facts).sum();
        let documents: usize = rest.iter().map(|file| file.documents).sum();
        let taken = counted(facts, documents, lang);
        let rest = lang.count(rest.len(), "more file", "more files", "个文件");
        out += &say!(
            lang,
            "Answered: and {rest}: {taken}\n",
            "答复：另有 {rest}：{taken}\n"
        );
    }
    out
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
fn taken_words(file: &AnswersFile, lang: Lang) -> String {
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

/// The answers along the chain of a removed finding.
pub(super) fn along<'v>(
    view: &'v View,
    removed: &'v Removed,
) -> impl Iterator<Item = &'v AnsweredFact> {
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
pub(super) fn other_changes(answered: &Answered, lang: Lang) -> Option<String> {
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

/// How much evidence nobody but the party itself vouches for; none where that is nothing.
pub(super) fn own_word(view: &View) -> Option<String> {
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

fn own_word_line(view: &View) -> String {
    match own_word(view) {
        None => String::new(),
        Some(words) => {
            let words = super::words::capitalized(&words);
            format!("\n{words}\n")
        }
    }
}
