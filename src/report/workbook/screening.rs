//! The sheet of screening: whom to ask whether they are operators. A worklist, and no verdict on anybody.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::super::screening::{Row, cited, factor_words, found};
use super::sheet::{Cell, Column, DataSheet, Kind, MOST_ROWS, NAME_WIDTH};
use super::{Name, Writing};
use crate::lang::{Lang, say};
use crate::policy::{Screening, Truth};
use crate::view::View;

/// Columns that stay in sight, and that are printed.
const FROZEN: u16 = 2;
const PRINTED: u16 = 8;

/// The sheet; none where the pack does not screen.
pub(super) fn sheet(writing: &Writing) -> Result<Option<Worksheet>, XlsxError> {
    let (view, lang) = (writing.view, writing.lang);
    let Some(screening) = &view.assessment.flow.policy.screening else {
        return Ok(None);
    };
    let mut sheet = DataSheet::new(
        writing.sheet(Name::Screening)?,
        Name::Screening,
        columns(lang),
        PRINTED,
        &writing.style,
    )?;
    let all = found(view);
    for row in all.iter().take(MOST_ROWS) {
        sheet.row(cells(writing, screening, row))?;
    }
    let note = match all.len() {
        0 => say!(
            lang,
            "Nothing points to an operator among the parties of unknown status.",
            "状态未知的主体中，没有迹象指向运营者。"
        ),
        all => writing.cut(Name::Screening, all).unwrap_or_else(|| {
            say!(
                lang,
                "A worklist, no verdict: it says whom to ask first. It says of no party that it is an operator, and of none that it is not.",
                "以上为工作清单，并非结论：仅提示应优先询问的主体，不认定任何主体是或不是运营者。"
            )
        }),
    };
    let sheet = sheet.finish(FROZEN, Some(note))?;
    Ok(Some(sheet))
}

/// How many rows it has.
pub(super) fn rows(view: &View) -> usize {
    found(view).len()
}

fn columns(lang: Lang) -> Vec<Column> {
    [
        (say!(lang, "Party", "主体"), Kind::Text, NAME_WIDTH),
        (say!(lang, "Status", "状态"), Kind::Text, 18),
        (say!(lang, "Kind", "类别"), Kind::Text, 12),
        (say!(lang, "What points there", "迹象"), Kind::Text, 60),
        (say!(lang, "Holds", "是否成立"), Kind::Text, 10),
        (
            say!(lang, "Proposed by the pack", "规则包是否提示"),
            Kind::Text,
            12,
        ),
        (say!(lang, "Why it counts", "说明"), Kind::Text, 50),
        (say!(lang, "Basis", "依据"), Kind::Text, 40),
        (say!(lang, "Party id", "主体标识"), Kind::Code, 18),
        (say!(lang, "Factor id", "因素标识"), Kind::Code, 20),
    ]
    .map(|(heading, kind, width)| Column::new(heading, kind, width))
    .into()
}

fn cells<'v>(writing: &'v Writing, screening: &'v Screening, row: &Row) -> [Cell<'v>; 10] {
    let (view, lang) = (writing.view, writing.lang);
    let (party, kind, words, holds, why, basis, id) = match row {
        Row::Factor(candidate, found) => {
            let factor = &screening.factors[usize::from(found.factor)];
            (
                candidate.party,
                say!(lang, "factor", "因素"),
                factor_words(view, screening, candidate.party, found),
                found.holds,
                &factor.why,
                &factor.basis,
                &factor.id,
            )
        }
        Row::Callout(out) => {
            let callout = &screening.callouts[usize::from(out.callout)];
            let (title, owner) = (callout.title.get(lang), view.name(out.owner));
            (
                out.party,
                say!(lang, "to look at", "另请关注"),
                say!(
                    lang,
                    "{title} (owned by {owner})",
                    "{title}（所有者：{owner}）"
                ),
                out.holds,
                &callout.why,
                &callout.basis,
                &callout.id,
            )
        }
    };
    let why = why.as_ref().map_or("", |why| why.get(lang));
    let proposed = view.assessment.worklist().proposes(party);
    [
        Cell::leading(view.name(party), writing.party(party)),
        Cell::text(status(writing, row)),
        Cell::text(kind),
        Cell::text(words),
        Cell::text(holds_words(holds, lang)),
        Cell::text(holds_words(Truth::from(proposed), lang)),
        Cell::text(why),
        Cell::text(cited(view, basis)),
        Cell::text(view.id(party)),
        Cell::text(id.as_str()),
    ]
}

/// What the register says of whether the party is an operator.
fn status(writing: &Writing, row: &Row) -> String {
    let (view, lang) = (writing.view, writing.lang);
    match row {
        Row::Factor(candidate, _) if view.is_taken(candidate.party) => {
            view.taken_label().to_owned()
        }
        Row::Factor(candidate, _) if candidate.is_blank => say!(lang, "blank", "空白"),
        Row::Factor(..) => say!(lang, "unreadable", "无法识别"),
        Row::Callout(out) => match view.status_value(out.party) {
            Some(value) => {
                let policy = view.assessment.flow.policy;
                let fact = policy.fact(policy.origin.fact);
                fact.values[usize::from(value)].called(lang).to_owned()
            }
            None => say!(lang, "unknown", "未知"),
        },
    }
}

fn holds_words(holds: Truth, lang: Lang) -> String {
    match holds {
        Truth::True => say!(lang, "yes", "是"),
        Truth::Unknown => say!(lang, "open", "未知"),
        Truth::False => say!(lang, "no", "否"),
    }
}
