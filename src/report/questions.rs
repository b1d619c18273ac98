//! What to ask, and whom: a summary for the terminal, a table for spreadsheets, a page to work from.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use super::markdown::escaped;
use super::paint::{Paint, padded};
use super::returned::taken_lines;
use super::tables::rows;
use super::words::{capitalized, listed};
use crate::lang::{Lang, say};
use crate::policy::AskedOf;
use crate::view::{AnswerRow, QuestionGroup, QuestionRow, View};

/// Groups that the summary shows.
const MOST_GROUPS: usize = 12;
/// Questions of a group that it names.
const MOST_NAMED: usize = 6;

/// The questions to put first with all their answers, then whom to ask.
pub fn summary(view: &View, paint: Paint) -> String {
    let lang = view.lang;
    let flow = view.assessment.flow;
    let (register, day) = (&view.register_name, flow.as_of);
    let title = say!(
        lang,
        "Questions about {register}, as of {day}",
        "{register} 的问题，截至 {day}"
    );
    let mut out = paint.bold(&title) + "\n" + &counted(view) + "\n";
    out += &taken_lines(view.reading.answers.as_ref(), lang);
    let questions = view.questions();
    if !questions.first.is_empty() {
        let head = say!(
            lang,
            "Ask first, in this order: each settles the most of what the earlier ones leave open",
            "优先询问（依次排列，每个问题均解决前面问题所余事项中的最大部分）"
        );
        out += &format!("\n{}\n", paint.bold(&head));
    }
    for (place, &at) in (1..).zip(&questions.first) {
        let row = view.question(at);
        let (head, text) = (question_head(view, &row, str::to_owned), &row.question);
        out += &format!("{place:>3}. {}\n     {text}\n", paint.bold(&head));
        out += &answers(&row, lang, paint);
    }
    let groups = view.question_groups();
    if !groups.is_empty() {
        let head = say!(lang, "Whom to ask", "询问对象");
        out += &format!("\n{}\n", paint.bold(&head));
    }
    for group in groups.iter().take(MOST_GROUPS) {
        let (who, named) = (group_words(view, group), named(view, group));
        out += &say!(lang, "  {who}: {named}\n", "  {who}：{named}\n");
    }
    if groups.len() > MOST_GROUPS {
        let rest = groups.len() - MOST_GROUPS;
        out += &say!(lang, "  and {rest} more\n", "  另有 {rest} 个对象\n");
    }
    match &flow.policy.notice {
        Some(notice) => out + "\n" + &paint.dim(notice.get(lang)) + "\n",
        None => out,
    }
}

/// How many questions there are, and what is not among them.
pub(super) fn counted(view: &View) -> String {
    let lang = view.lang;
    let questions = view.questions();
    if questions.is_too_large {
        return too_large(lang);
    }
    let count = lang.count(
        questions.all.len(),
        "question whose answer would change a finding",
        "questions whose answers would change findings",
        "个问题的答复会改变结论",
    );
    let mut out = count;
    if questions.idle > 0 {
        let idle = lang.count(
            questions.idle,
            "unknown cell would change nothing by itself",
            "unknown cells would change nothing by themselves",
            "个未知单元格单独改变不了任何结论",
        );
        out += &say!(lang, "; {idle}", "；{idle}");
    }
    if questions.left > 0 {
        let left = lang.count(
            questions.left,
            "more unknown cell was not looked at, because the register is large",
            "more unknown cells were not looked at, because the register is large",
            "个未知单元格因台账较大而未逐一测算",
        );
        out += &say!(lang, "; {left}", "；{left}");
    }
    out
}

/// That no answer was tried.
pub(super) fn too_large(lang: Lang) -> String {
    say!(
        lang,
        "the register is too large to try answers one by one",
        "台账过大，未逐一测算各答复的影响"
    )
}

/// Whom to ask about what, and how much rests on it; `shown` writes text of the register.
pub(super) fn question_head(
    view: &View,
    row: &QuestionRow,
    shown: impl Fn(&str) -> String,
) -> String {
    let lang = view.lang;
    let (who, about, column) = (shown(who_words(view, row)), shown(&row.about), row.column);
    let findings = lang.count(row.findings, "finding", "findings", "项结论");
    let beyond = match row.beyond {
        Some(beyond) if beyond < row.findings => say!(
            lang,
            ", {beyond} beyond those above",
            "，其中 {beyond} 项不在以上问题之内"
        ),
        _ => String::new(),
    };
    say!(
        lang,
        "{who}: `{column}` of {about} ({findings}{beyond})",
        "{who}：{about} 的 `{column}`（{findings}{beyond}）"
    )
}

/// Who can answer, by name.
pub(super) fn who_words<'v>(view: &'v View, row: &QuestionRow<'v>) -> &'v str {
    match row.who {
        Some(id) => match view.assessment.flow.register.parties.find(id) {
            Some(party) => view.name(party),
            None => id,
        },
        None => match view.lang {
            Lang::En => "ourselves",
            Lang::Zh => "本单位",
        },
    }
}

/// Each answer with what it changes, in two columns.
fn answers(row: &QuestionRow, lang: Lang, paint: Paint) -> String {
    let width = row.answers.iter().map(|answer| answer.label.width()).max();
    let width = width.unwrap_or(0).min(48);
    let told = row.answers.iter().map(|answer| {
        let label = padded(&answer.label, width);
        format!("       {label}  {}\n", paint.bold(&changes(answer, lang)))
    });
    told.collect()
}

/// What an answer changes.
pub(super) fn changes(answer: &AnswerRow, lang: Lang) -> String {
    let parts = [
        lang.count(answer.applies, "would apply", "would apply", "项变为适用"),
        lang.count(
            answer.conditional,
            "would be conditional",
            "would be conditional",
            "项变为附条件",
        ),
        lang.count(
            answer.unconfirmed,
            "would be unconfirmed",
            "would be unconfirmed",
            "项变为待确认",
        ),
        lang.count(
            answer.vanish,
            "would fall away",
            "would fall away",
            "项不再成立",
        ),
    ];
    let counts = [
        answer.applies,
        answer.conditional,
        answer.unconfirmed,
        answer.vanish,
    ];
    let told = parts
        .into_iter()
        .zip(counts)
        .filter(|(_, count)| *count > 0);
    let told: Vec<String> = told.map(|(words, _)| words).collect();
    match told.is_empty() {
        true => say!(lang, "nothing would change", "不变"),
        false => told.join(&say!(lang, ", ", "，")),
    }
}

/// As what somebody is asked.
pub(super) fn role_word(asked_of: AskedOf, lang: Lang) -> &'static str {
    match (asked_of, lang) {
        (AskedOf::Supplier, Lang::En) => "supplier",
        (AskedOf::Supplier, Lang::Zh) => "供应商",
        (AskedOf::Customer, Lang::En) => "customer",
        (AskedOf::Customer, Lang::Zh) => "客户",
        (AskedOf::Operator, Lang::En) => "operator",
        (AskedOf::Operator, Lang::Zh) => "运营者",
        (AskedOf::Us, Lang::En) => "ourselves",
        (AskedOf::Us, Lang::Zh) => "本单位",
    }
}

/// Whom a group of questions goes to.
fn group_words(view: &View, group: &QuestionGroup) -> String {
    let lang = view.lang;
    let name = group.who.map(|party| view.name(party));
    let role = role_word(group.asked_of, lang);
    match (name, group.authorities.is_empty()) {
        (_, false) => {
            let authorities = group.authorities.join(&say!(lang, "; ", "；"));
            say!(
                lang,
                "each {role} itself, in a sector under {authorities}",
                "各{role}本身（主管部门：{authorities}）"
            )
        }
        (Some(name), true) => say!(lang, "{name} ({role})", "{name}（{role}）"),
        (None, true) => role.to_owned(),
    }
}

/// The first questions of a group in short.
fn named(view: &View, group: &QuestionGroup) -> String {
    let lang = view.lang;
    let named = group.questions.iter().map(|&at| {
        let row = view.question(at);
        let (about, column, findings) = (&row.about, row.column, row.findings);
        say!(
            lang,
            "{about} `{column}` ({findings})",
            "{about} `{column}`（{findings} 项）"
        )
    });
    listed(named, MOST_NAMED, lang)
}

/// The questions to put first, as a numbered list for a report.
pub(super) fn first(view: &View) -> String {
    let questions = view.questions();
    let told = (1..).zip(&questions.first).map(|(place, &at)| {
        let row = view.question(at);
        format!("{place}. {}", entry(view, &row))
    });
    told.collect()
}

/// A question with its answers as an entry of a list, without the mark of the list.
fn entry(view: &View, row: &QuestionRow) -> String {
    let lang = view.lang;
    let (head, text) = (question_head(view, row, escaped), escaped(&row.question));
    let mut out = format!("**{head}** {text}\n");
    for answer in &row.answers {
        let (label, changes) = (escaped(&answer.label), changes(answer, lang));
        out += &say!(
            lang,
            "   - {label}: {changes}\n",
            "   - {label}：{changes}\n"
        );
    }
    out
}

/// Every question by whom to ask, as a page.
pub fn markdown(view: &View) -> String {
    let lang = view.lang;
    let (register, day) = (escaped(&view.register_name), view.assessment.flow.as_of);
    let title = say!(
        lang,
        "Questions about {register}, as of {day}",
        "{register} 的问题，截至 {day}"
    );
    let mut out = format!("# {title}\n\n{}\n", counted(view));
    for line in taken_lines(view.reading.answers.as_ref(), lang).lines() {
        out += &format!("\n{}\n", escaped(line));
    }
    let head = say!(lang, "Ask first", "优先询问");
    out += &format!("\n## {head}\n\n");
    for (place, &at) in (1..).zip(&view.questions().first) {
        let head = question_head(view, &view.question(at), escaped);
        out += &format!("{place}. {head}\n");
    }
    for group in view.question_groups() {
        let head = capitalized(&group_words(view, &group));
        out += &format!("\n## {}\n\n", escaped(&head));
        for (place, &at) in (1..).zip(&group.questions) {
            out += &format!("{place}. {}", entry(view, &view.question(at)));
        }
    }
    match &view.assessment.flow.policy.notice {
        Some(notice) => format!("{out}\n---\n\n{}\n", escaped(notice.get(lang))),
        None => out,
    }
}

/// Writes `questions.csv`: an answer a row.
pub fn table(view: &View, out: &mut (dyn Write + Send)) -> io::Result<()> {
    let headings = "rank,first,ask,who,authority,about,column,question,findings,answer,meaning,what_if,applies,conditional,unconfirmed,vanish";
    let all = 0..view.questions().all.len();
    let answers: Vec<(QuestionRow, AnswerRow)> = all
        .flat_map(|at| {
            let row = view.question(at);
            let answers = row.answers.clone().into_iter();
            answers.map(move |answer| (row.clone(), answer))
        })
        .collect();
    let look = |position: usize| &answers[position];
    rows(
        out,
        headings,
        answers.len(),
        look,
        |(row, answer), cells| {
            cells
                .number(row.rank)
                .option(row.first)
                .plain(row.ask)
                .text(row.who.unwrap_or_default())
                .text(&row.authorities.join("; "))
                .text(&row.about)
                .text(row.column)
                .text(&row.question)
                .number(row.findings)
                .text(&answer.answer)
                .text(&answer.label);
            let what_if = answer.what_if.as_ref().map(ToString::to_string);
            cells
                .text(&what_if.unwrap_or_default())
                .number(answer.applies)
                .number(answer.conditional)
                .number(answer.unconfirmed)
                .number(answer.vanish);
        },
    )
}
