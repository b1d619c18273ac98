//! What `analyze` and `check` print at the end: a summary that a person can act on, and the faults of the register.

use unicode_width::UnicodeWidthStr;

use super::focus::focus_words;
use super::paint::{Paint, padded};
use super::returned::{removed, taken_lines};
use super::screening::{screened_line, worklist};
use super::words::{binding_word, listed, listed_of, missing_word, open_words, status_word};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::flow::Status;
use crate::lang::{Lang, say};
use crate::view::{Summary, View};

/// Parties, columns and the like that one list of the summary shows.
const MOST: usize = 5;
/// Parties of a column that are shown.
const MOST_PARTIES: usize = 3;
/// Rows of one kind of fault that are shown.
const MOST_ROWS: usize = 3;

/// The summary of an assessment.
pub fn summary(view: &View, paint: Paint) -> String {
    let lang = view.lang;
    let flow = view.assessment.flow;
    let (pack, version, day) = (
        flow.policy.title.get(lang),
        &flow.policy.version,
        flow.as_of,
    );
    let title = say!(
        lang,
        "{pack}, version {version}, as of {day}",
        "{pack}，版本 {version}，截至 {day}"
    );
    let mut out = paint.bold(&title) + "\n";
    let Summary {
        parties,
        relationships,
        active,
        ..
    } = view.summary;
    let register = &view.register_name;
    let parties = lang.count(parties, "party", "parties", "个主体");
    let relationships = lang.count(relationships, "relationship", "relationships", "条关系");
    let operators = view.summary.operators_words(lang);
    out += &say!(
        lang,
        "{register}: {parties}, {relationships} ({active} active), {operators}\n",
        "{register}：{parties}，{relationships}（有效 {active} 条），{operators}\n"
    );
    for (assumption, filled) in &view.reading.assumptions {
        let (assumed, cells) = (
            assumption.summary(),
            lang.count(*filled, "cell", "cells", "个单元格"),
        );
        out += &say!(
            lang,
            "Assumed: {assumed} ({cells})\n",
            "假设：{assumed}（{cells}）\n"
        );
    }
    out += &taken_lines(view.reading.answers.as_ref(), lang);
    out += &screened_line(view);
    if let Some(focus) = view.focus() {
        let name = paint.bold(view.name(focus.party));
        out += &say!(lang, "Only what concerns {name}:\n\n", "仅涉及：{name}\n\n");
        for line in focus_words(view, &focus) {
            out += &format!("  {line}\n");
        }
    }
    out += "\n";
    out += &counts(view, paint);
    out += &removed(view, paint);
    // Each of these goes over the whole register, on its own.
    let ((concerns, unclear), ((hinges, left_out), worklist)) = rayon::join(
        || rayon::join(|| concerns(view, paint), || unclear(view, paint)),
        || {
            let others = || rayon::join(|| hinges(view, paint), || left_out(view, paint));
            rayon::join(others, || worklist(view, MOST, paint))
        },
    );
    [out, concerns, unclear, worklist, hinges, left_out].concat()
}

/// What of a register is not in any result: rows, and customers about whom it says nothing.
pub fn silence(view: &View, paint: Paint) -> String {
    unclear(view, paint) + &left_out(view, paint)
}

/// Findings by status and binding.
fn counts(view: &View, paint: Paint) -> String {
    let lang = view.lang;
    let shown = view.summary.bindings_found();
    let mut head = vec![String::new(), say!(lang, "findings", "结论")];
    head.push(say!(lang, "no full evidence", "无完整有效证据"));
    let words = shown
        .iter()
        .map(|&binding| binding_word(Summary::BINDINGS[binding], lang));
    head.extend(words.map(str::to_owned));
    let mut rows = vec![head];
    for status in Status::ALL {
        let counts = view.summary.findings[status as usize];
        let mut row = vec![
            status_word(status, lang).to_owned(),
            view.summary.of_status(status).to_string(),
        ];
        row.push(view.summary.open[status as usize].to_string());
        row.extend(shown.iter().map(|&binding| counts[binding].to_string()));
        rows.push(row);
    }
    let columns = rows[0].len();
    let width = |column: usize| {
        rows.iter()
            .map(|row| row[column].width())
            .max()
            .unwrap_or(0)
    };
    let mut out = String::new();
    for (position, row) in rows.iter().enumerate() {
        let cells = (0..columns).map(|column| match column {
            0 => padded(&row[0], width(0)),
            _ => format!(
                "{}{}",
                " ".repeat(width(column) - row[column].width()),
                row[column]
            ),
        });
        let line = cells.collect::<Vec<_>>().join("  ");
        let line = line.trim_end();
        out += &if position == 0 {
            paint.dim(line)
        } else {
            line.to_owned()
        };
        out += "\n";
    }
    out
}

/// The parties of most concern.
fn concerns(view: &View, paint: Paint) -> String {
    let lang = view.lang;
    let (first, open) = view.most_open(MOST);
    if open == 0 {
        return String::new();
    }
    let mut out = format!(
        "\n{}\n",
        paint.bold(&say!(
            lang,
            "Of most concern (no full evidence in force)",
            "最需关注（无完整有效证据）"
        ))
    );
    for concern in &first {
        let (name, id) = (view.name(concern.party), view.id(concern.party));
        let words = open_words(concern, lang);
        let who = if name == id {
            name.to_owned()
        } else {
            say!(lang, "{name} ({id})", "{name}（{id}）")
        };
        out += &say!(lang, "  {who}: {words}\n", "  {who}：{words}\n");
    }
    if open > MOST {
        let rest = open - MOST;
        let rest = lang.count(rest, "more party", "more parties", "个主体");
        out += &paint.dim(&say!(lang, "  and {rest}\n", "  另有 {rest}\n"));
    }
    out
}

/// Customers about whom silence is no all-clear.
fn unclear(view: &View, paint: Paint) -> String {
    let lang = view.lang;
    let count = view.unclear_customers().len();
    if count == 0 {
        return String::new();
    }
    let policy = view.assessment.flow.policy;
    let column = &policy.fact(policy.origin.fact).name;
    let head = match lang {
        Lang::En => format!(
            "{} with blank or unreadable `{column}`",
            lang.count(count, "customer", "customers", "")
        ),
        Lang::Zh => format!("`{column}` 为空或无法识别的客户 {count} 家"),
    };
    let names = listed(
        view.unclear_customers()
            .iter()
            .map(|&party| view.name(party).to_owned()),
        MOST,
        lang,
    );
    let tail = match (count, lang) {
        (1, Lang::En) => "it starts nothing here, which is no all-clear",
        (_, Lang::En) => "they start nothing here, which is no all-clear",
        (_, Lang::Zh) => "此处不发起任何义务，但这不等于没有义务",
    };
    let (head, tail) = (paint.bold(&head), paint.dim(tail));
    say!(
        lang,
        "\n{head}: {names}\n  {tail}\n",
        "\n{head}：{names}\n  {tail}\n"
    )
}

/// What the unconfirmed findings rest on.
fn hinges(view: &View, paint: Paint) -> String {
    let lang = view.lang;
    let columns = view.hinge_columns(MOST_PARTIES);
    if columns.is_empty() {
        return String::new();
    }
    let head = match (view.summary.of_status(Status::Unconfirmed), lang) {
        (1, Lang::En) => "The only unconfirmed finding rests on".to_owned(),
        (count, Lang::En) => format!("The {count} unconfirmed findings rest on"),
        (count, Lang::Zh) => format!("{count} 项待确认结论取决于"),
    };
    let mut out = format!("\n{}\n", paint.bold(&head));
    for column in columns.iter().take(MOST) {
        let what = missing_word(column.missing, view.assessment.flow.policy, lang);
        let first = column
            .first
            .iter()
            .map(|&party| view.name(party).to_owned());
        let names = listed_of(first, column.parties, lang);
        let findings = column.findings;
        let findings = lang.count(findings, "finding", "findings", "项结论");
        out += &say!(
            lang,
            "  {what}: {findings}, at {names}\n",
            "  {what}：{findings}，涉及：{names}\n"
        );
    }
    if columns.len() > MOST {
        let rest = columns.len() - MOST;
        let rest = lang.count(rest, "more column", "more columns", "列");
        out += &paint.dim(&say!(lang, "  and {rest}\n", "  另有 {rest}\n"));
    }
    out
}

/// What of the register is not in the result.
fn left_out(view: &View, paint: Paint) -> String {
    let lang = view.lang;
    let Summary {
        set_aside, implied, ..
    } = view.summary;
    let parts = [
        (
            set_aside,
            lang.count(set_aside, "row set aside", "rows set aside", "行被搁置"),
        ),
        (
            implied,
            lang.count(implied, "implied party", "implied parties", "个隐含主体"),
        ),
        (
            view.summary.inactive(),
            lang.count(
                view.summary.inactive(),
                "relationship not active",
                "relationships not active",
                "条关系未生效或已结束",
            ),
        ),
        (
            view.loops().len(),
            lang.count(
                view.loops().len(),
                "supply loop",
                "supply loops",
                "个循环供应",
            ),
        ),
    ];
    let parts: Vec<String> = parts
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(_, words)| words)
        .collect();
    if parts.is_empty() {
        return String::new();
    }
    let head = paint.bold(&say!(lang, "Also", "此外"));
    let parts = parts.join(&say!(lang, ", ", "、"));
    say!(lang, "\n{head}: {parts}\n", "\n{head}：{parts}\n")
}

/// The faults of a register: of each kind a few rows and a count.
pub fn faults(diagnostics: &Diagnostics, lang: Lang, paint: Paint) -> String {
    let mut out = String::new();
    for group in diagnostics.groups() {
        if group[0].fault.code == Code::UnusedColumn {
            out += &unused_columns(&group, lang, paint);
            continue;
        }
        for diagnostic in group.iter().take(MOST_ROWS) {
            out += &fault(diagnostic, lang, paint);
        }
        if let Some(rest) = group.len().checked_sub(MOST_ROWS).filter(|&rest| rest > 0) {
            let code = group[0].fault.code.as_str();
            let line = say!(
                lang,
                "  and {rest} more of {code}\n",
                "  另有 {rest} 处 {code}\n"
            );
            out += &paint.dim(&line);
        }
    }
    out
}

/// The columns of a file that nothing reads, in one line.
fn unused_columns(group: &[Diagnostic], lang: Lang, paint: Paint) -> String {
    let columns = group
        .iter()
        .map(|diagnostic| diagnostic.fault.column.clone());
    let columns = listed(columns, 2 * MOST, lang);
    let head = say!(lang, "note[unused-column]", "提示[unused-column]");
    let head = paint.colored(anstyle::AnsiColor::Blue, &head);
    let file = group[0].file;
    say!(
        lang,
        "{head} {file}: nothing reads {columns}\n",
        "{head} {file}：以下列未被使用：{columns}\n"
    )
}

fn fault(diagnostic: &Diagnostic, lang: Lang, paint: Paint) -> String {
    use anstyle::AnsiColor::{Blue, Red, Yellow};
    let Diagnostic { file, fault, .. } = diagnostic;
    let severity = fault.code.severity();
    let (color, word) = match severity {
        Severity::Error => (Red, say!(lang, "error", "错误")),
        Severity::Warning => (Yellow, say!(lang, "warning", "警告")),
        Severity::Note => (Blue, say!(lang, "note", "提示")),
    };
    let head = paint.colored(color, &format!("{word}[{}]", fault.code.as_str()));
    let place = match (diagnostic.reference().as_str(), fault.column.as_str()) {
        ("", "") => (*file).to_owned(),
        ("", column) => format!("{file} {column}"),
        (cell, "") => format!("{file}:{cell}"),
        (cell, column) => format!("{file}:{cell} {column}"),
    };
    let message = fault.message(lang);
    let help = match fault.help(lang) {
        help if help.is_empty() => String::new(),
        help => format!("\n  {}", paint.dim(&help.replace('\n', "\n  "))),
    };
    say!(
        lang,
        "{head} {place}: {message}{help}\n",
        "{head} {place}：{message}{help}\n"
    )
}
