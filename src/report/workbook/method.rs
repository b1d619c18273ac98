//! The last sheet: how it was found, what the law says, and what it was made from.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::super::binding::binding_words;
use super::super::markdown::law::{bindings, met, method_words, steps_met, who_words};
use super::super::reading::{columns, form, holds_word, rows};
use super::super::returned::taken_words;
use super::super::screening::cited;
use super::super::words::{status_meaning, status_word};
use super::page::Page;
use super::sheet::MOST_ROWS;
use super::{Name, Writing};
use crate::flow::{Status, StepKind};
use crate::lang::{Lang, grouped, say};
use crate::policy::Step;
use crate::read::FileDigest;
use crate::view::View;

pub(super) fn sheet(writing: &Writing) -> Result<Worksheet, XlsxError> {
    let (view, lang) = (writing.view, writing.lang);
    let mut page = Page::new(writing.sheet(Name::Method)?, &writing.style)?;
    page.title(&say!(lang, "Method, law and inputs", "方法、依据与输入"))?;
    page.section(&say!(lang, "How it was found", "推导方法"))?;
    for paragraph in method_words(lang) {
        page.line(&paragraph)?;
    }
    for status in Status::ALL {
        page.entry(
            status_word(status, lang),
            None,
            status_meaning(status, lang),
        )?;
    }
    law(view, &mut page)?;
    inputs(view, &mut page)?;
    limits(writing, &mut page)?;
    let policy = view.assessment.flow.policy;
    let screening = policy.screening.as_ref();
    let screening = screening.and_then(|screening| screening.notice.as_ref());
    for notice in policy.notice.iter().chain(screening) {
        page.notice(notice.get(lang))?;
    }
    page.note(&made_by(lang))?;
    Ok(page.finish())
}

/// The obligations that have findings: whom each step binds and how, and what it stands on.
fn law(view: &View, page: &mut Page) -> Result<(), XlsxError> {
    let lang = view.lang;
    page.section(&say!(
        lang,
        "The obligations and their basis",
        "义务及其依据"
    ))?;
    let met = met(view);
    for (position, obligation) in (0..).zip(&view.assessment.flow.policy.obligations) {
        for (kind, step) in steps_met(obligation, position, &met) {
            let text = step_words(view, kind, step);
            page.entry(obligation.title.get(lang), None, &text)?;
        }
    }
    Ok(())
}

fn step_words(view: &View, kind: StepKind, step: &Step) -> String {
    let lang = view.lang;
    let bindings = bindings(step).into_iter();
    let bindings: Vec<&str> = bindings
        .map(|binding| binding_words(binding, lang))
        .collect();
    let bindings = bindings.join(&say!(lang, " or ", "或"));
    let duty = step.duty.as_ref().map(|duty| duty.get(lang));
    let parts = [
        who_words(kind, lang),
        bindings,
        duty.unwrap_or_default().to_owned(),
    ];
    let told: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let told = told.join(&say!(lang, " · ", " · "));
    let basis = cited(view, &step.basis);
    match basis.is_empty() {
        true => told,
        false => format!("{told}\n{basis}"),
    }
}

/// The pack and the files by their digests, and what was assumed.
fn inputs(view: &View, page: &mut Page) -> Result<(), XlsxError> {
    let lang = view.lang;
    page.section(&say!(lang, "Inputs and assumptions", "输入与假设"))?;
    let policy = view.assessment.flow.policy;
    let (id, version, digest) = (&policy.id, &policy.version, &policy.digest);
    let pack = say!(lang, "policy pack {id} {version}", "规则包 {id} {version}");
    page.entry(&pack, None, &format!("SHA-256 {digest}"))?;
    for table in &view.reading.tables {
        let (holds, rows, form) = (
            holds_word(table.holds, lang),
            rows(table, lang),
            form(table, lang).replace('`', ""),
        );
        let read = columns(&table.columns, lang);
        let text = say!(
            lang,
            "{holds}: {rows}; {form}. Read: {read}.",
            "{holds}：{rows}；{form}。已读取：{read}。"
        );
        page.entry(&table.file, None, &digested(text, table.digest.get()))?;
    }
    let answers = view.reading.answers.iter();
    for file in answers.flat_map(|answers| &answers.files) {
        let (name, taken) = (&file.file, taken_words(file, lang));
        let name = say!(lang, "answers: {name}", "答复：{name}");
        let digest = file.digest.as_ref().map_or("", FileDigest::get);
        page.entry(&name, None, &digested(taken, digest))?;
    }
    for line in assumptions(view) {
        page.line(&line)?;
    }
    Ok(())
}

/// What is said of a file, with its digest where that is not withheld.
fn digested(text: String, digest: &str) -> String {
    match digest.is_empty() {
        true => text,
        false => format!("{text}\nSHA-256 {digest}"),
    }
}

/// What was taken for known and is not, or that nothing was.
pub(super) fn assumptions(view: &View) -> Vec<String> {
    let lang = view.lang;
    let mut lines = Vec::new();
    if let Some((screened, parties)) = view.screened_words() {
        let parties = lang.count(parties, "party", "parties", "个主体");
        lines.push(say!(
            lang,
            "Screened: {screened} for {parties} of unknown status, because of --screen.",
            "筛查：因使用 --screen，将 {parties}（状态未知）视为 {screened}。"
        ));
    }
    for (assumption, filled) in &view.reading.assumptions {
        let (summary, reason) = (assumption.summary(), &assumption.reason);
        let cells = lang.count(*filled, "blank cell", "blank cells", "个空白单元格");
        lines.push(say!(
            lang,
            "Assumed: {summary} ({cells}), because: {reason}",
            "假设：{summary}（{cells}），理由：{reason}"
        ));
    }
    if view.reading.assumptions.is_empty() {
        lines.push(say!(
            lang,
            "No blank cell was filled by assumption.",
            "没有以假设填补空白单元格。"
        ));
    }
    lines
}

fn limits(writing: &Writing, page: &mut Page) -> Result<(), XlsxError> {
    let (lang, most) = (writing.lang, grouped(MOST_ROWS));
    page.section(&say!(lang, "Limits", "限制"))?;
    page.line(&say!(
        lang,
        "A sheet holds at most {most} rows, a cell at most 32,767 characters (what is cut ends in “…”); the CSV files and assessment.json hold everything. Links lead to rows as they were written: once a sheet is sorted, another row may stand there.",
        "每张工作表最多 {most} 行，每个单元格最多 32,767 个字符（被截断的以“…”结尾）；CSV 文件和 assessment.json 包含全部内容。链接指向写出时的行：工作表排序后，该处可能是另一行。"
    ))?;
    page.line(&say!(
        lang,
        "It believes what the register says, and reads no contract or document.",
        "以台账所载为准，不读取合同或文件。"
    ))
}

/// Who made it.
pub(super) fn made_by(lang: Lang) -> String {
    let version = env!("CARGO_PKG_VERSION");
    say!(
        lang,
        "Made by ciiflow {version}. Not legal advice.",
        "由 ciiflow {version} 生成。不构成法律意见。"
    )
}
