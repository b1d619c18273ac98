//! The first sheet: the answer, what to do next, and where everything else stands.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::super::answer::answer_words;
use super::super::focus::focus_words;
use super::super::form::Form;
use super::super::questions::question_head;
use super::super::returned;
use super::super::words::{
    binding_word, capitalized, listed, open_words, status_meaning, status_word,
};
use super::page::Page;
use super::{Name, Writing, method};
use crate::assess::EXPIRING_DAYS;
use crate::diagnostic::Severity;
use crate::flow::Status;
use crate::lang::say;
use crate::view::Summary;
use crate::view::palette::tone;
use crate::view::{Proof, View};

/// Parties of most concern, and names that one sentence lists.
const MOST_PARTIES: usize = 10;
const MOST_NAMES: usize = 4;

pub(super) fn sheet(writing: &Writing) -> Result<Worksheet, XlsxError> {
    let (view, lang) = (writing.view, writing.lang);
    let mut page = Page::new(writing.sheet(Name::Summary)?, &writing.style)?;
    let policy = view.assessment.flow.policy;
    let (pack, version, day) = (
        policy.title.get(lang),
        &policy.version,
        view.assessment.flow.as_of,
    );
    page.title(&title(view))?;
    page.note(&say!(
        lang,
        "{pack}, version {version}, as of {day}.",
        "{pack}，版本 {version}，截至 {day}。"
    ))?;
    page.section(&say!(lang, "The answer", "结论摘要"))?;
    match view.focus() {
        Some(focus) => {
            for line in focus_words(view, &focus) {
                page.line(&line)?;
            }
        }
        None => {
            for line in answer_words(view, Form::Plain) {
                page.line(&line)?;
            }
        }
    }
    page.section(&say!(
        lang,
        "Findings by status and binding",
        "按状态和约束力统计的结论"
    ))?;
    counts(writing, &mut page)?;
    answers(writing, &mut page)?;
    next(writing, &mut page)?;
    concerns(writing, &mut page)?;
    page.section(&say!(lang, "The sheets", "各工作表"))?;
    sheets(writing, &mut page)?;
    page.section(&say!(lang, "Assumptions", "假设"))?;
    for line in method::assumptions(view) {
        page.line(&line)?;
    }
    if let Some(notice) = &policy.notice {
        page.notice(notice.get(lang))?;
    }
    page.note(&method::made_by(lang))?;
    Ok(page.finish())
}

fn title(view: &View) -> String {
    let (lang, register) = (view.lang, &view.register_name);
    match view.assessment.focus() {
        Some(focus) => {
            let name = view.name(focus.party);
            say!(
                lang,
                "What reaches {name}, and what it passes on: {register}",
                "{name}：传导至此的义务及其向下传递（{register}）"
            )
        }
        None => say!(
            lang,
            "Flow-through obligations: {register}",
            "供应链传导义务：{register}"
        ),
    }
}

fn counts(writing: &Writing, page: &mut Page) -> Result<(), XlsxError> {
    let (lang, summary) = (writing.lang, &writing.view.summary);
    let shown = summary.bindings_found();
    let bindings = shown
        .iter()
        .map(|&at| capitalized(binding_word(Summary::BINDINGS[at], lang)));
    let headings = [
        say!(lang, "Status", "状态"),
        say!(lang, "Findings", "结论"),
        say!(lang, "No full evidence", "无完整有效证据"),
    ];
    page.headings(&headings.into_iter().chain(bindings).collect::<Vec<_>>())?;
    for status in Status::ALL {
        let by_binding = summary.findings[status as usize];
        let counts = [summary.of_status(status), summary.open[status as usize]];
        let by_binding = shown.iter().map(|&at| by_binding[at]);
        let counts: Vec<usize> = counts.into_iter().chain(by_binding).collect();
        let (word, meaning) = (status_word(status, lang), status_meaning(status, lang));
        let what = say!(lang, "{word}: {meaning}", "{word}：{meaning}");
        let look = writing.style.toned(tone(status, Proof::Met));
        page.counts(&what, &look, &counts)?;
    }
    Ok(())
}

/// What suppliers answered: what was taken from which file, and what is gone because of it.
fn answers(writing: &Writing, page: &mut Page) -> Result<(), XlsxError> {
    let (view, lang) = (writing.view, writing.lang);
    let Some(answers) = &view.reading.answers else {
        return Ok(());
    };
    page.section(&returned::title(lang))?;
    page.line(&returned::caution(lang))?;
    for (file, taken) in returned::taken(&answers.files, lang) {
        page.entry(&file, None, &taken)?;
    }
    if let Some(answered) = &view.answered {
        let count = answered.removed.len();
        let place = (count > 0).then(|| writing.place(Name::Removed, 0));
        let words = returned::removed_words(answered, lang);
        let findings = lang.count(count, "finding", "findings", "项结论");
        let words = match count {
            0 => words,
            _ => say!(lang, "{findings}. {words}", "{findings}。{words}"),
        };
        page.entry(&returned::removed_title(lang), place, &words)?;
        if let Some(others) = returned::besides(answered, lang) {
            page.line(&others)?;
        }
    }
    match returned::own_word_sentence(view) {
        Some(words) => page.line(&words),
        None => Ok(()),
    }
}

/// What to do next, each with the sheet to work from.
fn next(writing: &Writing, page: &mut Page) -> Result<(), XlsxError> {
    let (view, lang) = (writing.view, writing.lang);
    page.section(&say!(lang, "What to do next", "下一步"))?;
    let tasks = [
        (Name::Findings, evidence(view)),
        (Name::Findings, lapsing(view)),
        (Name::Clauses, clauses(view)),
        (Name::Questions, questions(view)),
        (Name::Screening, candidates(view)),
        (Name::Issues, faults(view)),
    ];
    let mut is_any = false;
    for (name, task) in tasks {
        if let Some(task) = task {
            is_any = true;
            let place = writing.place(name, 0);
            page.entry(name.word(lang), Some(place), &task)?;
        }
    }
    match is_any {
        true => Ok(()),
        false => page.line(&say!(lang, "Nothing is open.", "没有未决事项。")),
    }
}

fn evidence(view: &View) -> Option<String> {
    let lang = view.lang;
    let wanted = Some(view.evidence_to_get()).filter(|wanted| !wanted.is_empty())?;
    let findings = wanted.iter().map(|wanted| wanted.obligations.len()).sum();
    let findings = lang.count(findings, "finding", "findings", "项结论");
    let parties = lang.count(wanted.len(), "party", "parties", "个主体");
    let names = wanted
        .iter()
        .map(|wanted| view.name(wanted.party).to_owned());
    let names = listed(names, MOST_NAMES, lang);
    Some(say!(
        lang,
        "Get, renew or complete the evidence for {findings} at {parties}: {names}.",
        "取得、更新或补齐 {findings}的证据，涉及 {parties}：{names}。"
    ))
}

fn lapsing(view: &View) -> Option<String> {
    let lang = view.lang;
    let wanted = Some(view.evidence_to_renew()).filter(|wanted| !wanted.is_empty())?;
    let names = wanted
        .iter()
        .map(|wanted| view.name(wanted.party).to_owned());
    let names = listed(names, MOST_NAMES, lang);
    Some(say!(
        lang,
        "Renew the evidence that ends within {EXPIRING_DAYS} days: {names}.",
        "更新 {EXPIRING_DAYS} 天内到期的证据：{names}。"
    ))
}

fn clauses(view: &View) -> Option<String> {
    let lang = view.lang;
    let wanted = Some(view.clauses_to_agree()).filter(|wanted| !wanted.is_empty())?;
    let clauses = wanted.iter().map(|wanted| wanted.clauses.len()).sum();
    let clauses = lang.count(clauses, "clause", "clauses", "项条款");
    let contracts = lang.count(wanted.len(), "contract", "contracts", "份合同");
    let first = wanted.iter().map(|wanted| view.label(wanted.relationship));
    let first = listed(first, MOST_NAMES, lang);
    Some(say!(
        lang,
        "Agree or renew {clauses} in {contracts}, first where the most chains break: {first}.",
        "在 {contracts}中约定或续签 {clauses}，中断链条最多者在前：{first}。"
    ))
}

fn questions(view: &View) -> Option<String> {
    let lang = view.lang;
    let questions = view.questions();
    let first = *questions.first.first()?;
    let all = lang.count(questions.all.len(), "question", "questions", "个问题");
    let first = question_head(view, &view.question(first), str::to_owned).replace('`', "");
    Some(say!(
        lang,
        "Ask {all} whose answers would change findings. First: {first}.",
        "询问 {all}，其答复会改变结论。首先：{first}。"
    ))
}

fn candidates(view: &View) -> Option<String> {
    let lang = view.lang;
    let candidates: Vec<_> = view.assessment.candidates().collect();
    if candidates.is_empty() {
        return None;
    }
    let parties = lang.count(candidates.len(), "party", "parties", "个主体");
    let names = candidates.iter().map(|of| view.name(of.party).to_owned());
    let names = listed(names, MOST_NAMES, lang);
    Some(say!(
        lang,
        "Ask {parties} of unknown status whether they are operators (a worklist, no verdict): {names}.",
        "询问 {parties}（状态未知）是否为运营者（仅为工作清单，并非结论）：{names}。"
    ))
}

fn faults(view: &View) -> Option<String> {
    let lang = view.lang;
    let count = |severity| view.diagnostics.count(severity);
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    if errors + warnings == 0 {
        return None;
    }
    let counts = [
        (errors, lang.count(errors, "error", "errors", "处错误")),
        (
            warnings,
            lang.count(warnings, "warning", "warnings", "处警告"),
        ),
    ];
    let counts = counts.into_iter().filter(|(count, _)| *count > 0);
    let counts: Vec<String> = counts.map(|(_, words)| words).collect();
    let counts = listed(counts.into_iter(), 2, lang);
    Some(say!(
        lang,
        "Mend the register ({counts}): what was not understood counts as unknown.",
        "修正台账（{counts}）：未能识别的内容均视为未知。"
    ))
}

/// The parties of most concern, each leading to its row.
fn concerns(writing: &Writing, page: &mut Page) -> Result<(), XlsxError> {
    let (view, lang) = (writing.view, writing.lang);
    let (first, all) = view.most_open(MOST_PARTIES);
    if first.is_empty() {
        return Ok(());
    }
    let head = say!(
        lang,
        "Of most concern: no full evidence in force",
        "最需关注：无完整有效证据"
    );
    page.section(&head)?;
    for concern in &first {
        let place = writing.party(concern.party);
        page.entry(view.name(concern.party), place, &open_words(concern, lang))?;
    }
    if let Some(rest) = all.checked_sub(first.len()).filter(|&rest| rest > 0) {
        let rest = lang.count(rest, "more party", "more parties", "个主体");
        let (sheet, parties) = (Name::Parties.word(lang), rest);
        page.note(&say!(
            lang,
            "And {parties}, on the sheet {sheet}.",
            "另有 {parties}，见“{sheet}”。"
        ))?;
    }
    Ok(())
}

/// Every other sheet, with what it holds and what it leaves out.
fn sheets(writing: &Writing, page: &mut Page) -> Result<(), XlsxError> {
    let (view, lang) = (writing.view, writing.lang);
    let screens = view.assessment.flow.policy.screening.is_some();
    let assessment = view.assessment;
    let issues = [Severity::Error, Severity::Warning, Severity::Note];
    let issues = issues.map(|severity| view.diagnostics.count(severity));
    let rows = [
        (Name::Findings, assessment.findings.len()),
        (Name::Clauses, assessment.clauses().len()),
        (Name::Parties, view.concerns().len()),
        (Name::Questions, view.questions().all.len()),
        (Name::Screening, super::screening::rows(view)),
        (Name::Removed, super::removed::rows(view)),
        (Name::Issues, issues.iter().sum()),
    ];
    for (name, rows) in rows {
        if name == Name::Screening && !screens || name == Name::Removed && rows == 0 {
            continue;
        }
        let (holds, count) = (holds(writing, name), lang.count(rows, "row", "rows", "行"));
        let cut = writing.cut(name, rows).unwrap_or_default();
        let space = if cut.is_empty() { "" } else { " " };
        let text = say!(
            lang,
            "{holds} ({count}).{space}{cut}",
            "{holds}（{count}）。{cut}"
        );
        let place = writing.place(name, 0);
        page.entry(name.word(lang), Some(place), &text)?;
    }
    let place = writing.place(Name::Method, 0);
    let text = say!(
        lang,
        "How it was found, the law with a mark on each citation, inputs by their digests, limits.",
        "推导方法、逐条标注核对情况的法律依据、输入文件摘要和限制。"
    );
    page.entry(Name::Method.word(lang), Some(place), &text)
}

fn holds(writing: &Writing, name: Name) -> String {
    let lang = writing.lang;
    match name {
        Name::Findings => say!(
            lang,
            "What each party owes: how sure, by which chain, what shows it; the party of most concern first",
            "各主体承担的义务：确定程度、所经链条和证据；最需关注的主体在前"
        ),
        Name::Clauses => say!(
            lang,
            "What each contract has to carry, who can agree it, and whether it does",
            "各合同应载有的条款、约定方以及是否已载有"
        ),
        Name::Parties => say!(
            lang,
            "The parties that have findings, with counts and what the register says of them",
            "承担义务的主体、统计及台账所载的事实"
        ),
        Name::Questions => say!(
            lang,
            "What to ask, whom, and what each answer would change",
            "应询问的内容、对象及各答复的影响"
        ),
        Name::Screening => say!(
            lang,
            "Whom to ask whether they are operators, and why",
            "应询问是否为运营者的主体及理由"
        ),
        Name::Removed => say!(
            lang,
            "The findings that would stand without the suppliers' answers, and which answers those are",
            "若无供应商答复仍然成立的结论，以及相关答复"
        ),
        _ => say!(
            lang,
            "Everything in the register that was not understood",
            "台账中未能识别的全部内容"
        ),
    }
}
