//! The clauses that a letter proposes, contract by contract.

use super::super::words::owed_words;
use super::Sheet;
use super::page::{Block, Line, Table, Words};
use super::says::{contract_words, status_words};
use crate::lang::say;
use crate::view::{LetterClause, View};

impl Sheet<'_> {
    /// The clauses that the contracts do not have yet; of two languages each has a column.
    pub(super) fn proposed(&mut self) {
        let letter = self.letter;
        if letter.proposed.is_empty() {
            return;
        }
        self.heading(|lang| say!(lang, "Clauses that we propose", "建议约定的条款"));
        self.text(|view| {
            say!(
                view.lang,
                "We propose to agree the following in the contracts. These are drafts and no text of any law; other wording is welcome.",
                "建议在合同中约定以下内容。所列为草案，并非任何法律的条文；欢迎贵方提出其他措辞。"
            )
        });
        let sides = self.views.len() > 1;
        for (contract, clauses) in &letter.proposed {
            let title = self.words(|view| contract_words(view, *contract));
            self.put(Block::Minor(title));
            let rows = clauses.iter().map(|clause| match sides {
                false => cells(self.views[0], clause).into(),
                true => {
                    let side = |view: &&View| cells(view, clause).concat();
                    self.views.iter().map(side).collect()
                }
            });
            let rows = rows.collect();
            let (head, widths) = match sides {
                true => (
                    ["English", "中文"].map(|text| self.label(text, text)),
                    [50, 50],
                ),
                false => (
                    [
                        self.label("Clause on", "条款事项"),
                        self.label("What it would say", "拟约定内容"),
                    ],
                    [32, 68],
                ),
            };
            self.put(Block::Table(Table {
                head: head.into(),
                widths: widths.into(),
                rows,
                fill_from: 2,
            }));
        }
    }
}

/// What a clause is about and how it binds; and what it would say, in one language.
fn cells(view: &View, proposed: &LetterClause) -> [Vec<Line>; 2] {
    let lang = view.lang;
    let words = |text: String| Words(vec![(lang, text)]);
    let clause = &proposed.clause;
    let obligation = &view.assessment.flow.policy.obligations[usize::from(clause.obligation)];
    let (owed, status) = (
        owed_words(clause.status, clause.binding, lang),
        status_words(clause.status, lang),
    );
    let mut on = vec![
        Line::strong(words(obligation.title.get(lang).to_owned())),
        Line::plain(words(say!(lang, "{owed}; {status}", "{owed}；{status}"))),
    ];
    on.extend(proposed.ended.map(|ended| {
        let text = say!(
            lang,
            "to be renewed: it ended {ended}",
            "需续签：已于 {ended} 到期"
        );
        Line::plain(words(text))
    }));
    let step = view.step_of(clause);
    let wording = step.and_then(|step| step.clause.as_ref().or(step.duty.as_ref()));
    let says = match wording {
        Some(wording) => wording.get(lang).to_owned(),
        None => say!(lang, "to be worked out", "有待商定"),
    };
    [on, vec![Line::plain(words(says))]]
}
