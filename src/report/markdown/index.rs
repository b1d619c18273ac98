//! The index of parties: each in one line, before any of them is told at length.

use super::super::words::{listed, proof_word, standing_note};
use super::{Beside, escaped, table_head, table_row};
use crate::assess::Concern;
use crate::lang::{Lang, say};
use crate::view::{Overview, Owed, View};

/// Parties that the index shows.
const MOST: usize = 50;
/// Places of one party at which chains break.
const MOST_BREAKS: usize = 2;

/// A heading, and what stands under it.
type Column = (String, fn(&Overview) -> Owed);

/// A table of the parties in the order of concern; the first `told` of them link to where they are told at length.
pub(super) fn index(view: &View, told: usize, beside: Beside, out: &mut String) {
    let lang = view.lang;
    let shown = view.concerns().iter().take(MOST);
    let rows: Vec<(&Concern, Overview)> = shown
        .map(|concern| (concern, view.overview(concern)))
        .collect();
    // What no party owes takes no column.
    let columns: Vec<Column> = columns(lang)
        .into_iter()
        .filter(|(_, owed)| rows.iter().any(|(_, overview)| owed(overview).all > 0))
        .collect();
    *out += &say!(
        lang,
        "\nFindings of each party; in brackets those without full evidence in force. The last two columns count only what applies.\n\n",
        "\n各主体的结论数；括号内为无完整有效证据的项数。最后两列仅就适用的义务而言。\n\n"
    );
    let mut head = vec![say!(lang, "No.", "序号"), say!(lang, "Party", "主体")];
    head.extend(columns.iter().map(|(title, _)| title.clone()));
    head.push(say!(lang, "Weakest evidence", "最弱证据"));
    head.push(say!(lang, "Chains of clauses break at", "条款链断点"));
    table_head(out, &head);
    for ((concern, overview), number) in rows.iter().zip(1..) {
        let name = escaped(view.name(concern.party));
        let note = standing_note(view, concern.party).map(escaped);
        let note = note.map_or(String::new(), |note| say!(lang, " ({note})", "（{note}）"));
        let mut row = vec![number.to_string()];
        row.push(match number <= told {
            true => format!("[{name}](#party-{number}){note}"),
            false => format!("{name}{note}"),
        });
        let counts = columns
            .iter()
            .map(|(_, owed)| count_words(owed(overview), lang));
        row.extend(counts);
        let worst = overview.worst.map(|proof| proof_word(proof, lang));
        row.push(worst.unwrap_or_default().to_owned());
        row.push(break_words(view, overview));
        table_row(out, &row);
    }
    if view.concerns().len() > MOST {
        let (rest, whole) = (
            view.concerns().len() - MOST,
            beside.whole("exposure.csv", lang),
        );
        let rest = lang.count(rest, "more party", "more parties", "个主体");
        *out += &say!(lang, "\nAnd {rest}{whole}.\n", "\n另有 {rest}{whole}。\n");
    }
}

fn columns(lang: Lang) -> Vec<Column> {
    vec![
        (say!(lang, "By statute", "法定"), |owed| owed.statute),
        (say!(lang, "To be agreed", "待约定"), |owed| {
            owed.contract
        }),
        (say!(lang, "Recommended", "建议"), |owed| owed.recommended),
        (
            say!(lang, "Binding undetermined", "约束力未定"),
            |owed| owed.undetermined,
        ),
        (say!(lang, "Conditional", "附条件"), |owed| {
            owed.conditional
        }),
        (say!(lang, "Unconfirmed", "待确认"), |owed| {
            owed.unconfirmed
        }),
    ]
}

fn count_words(owed: Owed, lang: Lang) -> String {
    let Owed { all, open } = owed;
    match (all, open) {
        (0, _) => String::new(),
        (_, 0) => all.to_string(),
        _ => say!(lang, "{all} ({open})", "{all}（{open}）"),
    }
}

/// “R23 (12), R16 (2)”: the contracts whose clauses are wanting, and for how many findings.
fn break_words(view: &View, overview: &Overview) -> String {
    let lang = view.lang;
    let breaks = overview.breaks.iter().map(|&(relationship, count)| {
        let label = escaped(&view.label(relationship));
        say!(lang, "{label} ({count})", "{label}（{count}）")
    });
    listed(breaks, MOST_BREAKS, lang)
}
