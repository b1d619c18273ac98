//! What statutes set for an operator's own duties: clocks with the duty, and each penalty once with the breaches it is for.

use std::ops::Range;

use super::super::stakes::{cited, if_it_applies, purchases, set_words, stake_words};
use super::super::words::capitalized;
use super::escaped;
use crate::flow::Status;
use crate::lang::say;
use crate::policy::{Stake, StakeKind};
use crate::view::View;

/// A penalty, as it stands word for word, and what it is for.
struct Measure<'v> {
    stake: &'v Stake,
    status: Status,
    breaches: Vec<Breach>,
}

/// One duty whose breach a measure is for.
struct Breach {
    words: String,
    cited: String,
    purchases: String,
}

/// The clocks of the finding at a position.
pub(super) fn clocks(view: &View, at: usize) -> String {
    let finding = &view.assessment.findings[at];
    let stakes = view.assessment.stakes(finding);
    let clocks = stakes.filter(|stake| stake.kind == StakeKind::Clock);
    let lines = clocks.map(|stake| {
        let line = stake_words(stake, &cited(view, &stake.basis), view.lang);
        let line = if_it_applies(finding.status, &line, view.lang);
        format!("  - {}\n", escaped(&line))
    });
    lines.collect()
}

/// The penalties of a party's findings.
pub(super) fn penalties(view: &View, findings: Range<usize>, out: &mut String) {
    let lang = view.lang;
    let measures = measures(view, findings);
    if measures.is_empty() {
        return;
    }
    *out += &say!(
        lang,
        "\nPenalties that statutes set for breach of these duties, as ranges; this is no prediction.\n\n",
        "\n违反上述义务的法定处罚幅度（不构成对处罚结果的预测）：\n\n"
    );
    for measure in &measures {
        *out += &measure_words(view, measure);
    }
}

fn measures<'v>(view: &'v View, findings: Range<usize>) -> Vec<Measure<'v>> {
    let lang = view.lang;
    let policy = view.assessment.flow.policy;
    let mut measures: Vec<Measure> = Vec::new();
    for at in findings {
        let finding = &view.assessment.findings[at];
        let title = &policy.obligations[usize::from(finding.obligation)].title;
        let title = title.get(lang);
        let rows = view.stakes_of(at);
        for (stake, row) in view.assessment.stakes(finding).zip(&rows) {
            if stake.kind != StakeKind::Penalty {
                continue;
            }
            let breach = stake.breach.as_ref().map(|breach| breach.get(lang));
            let words = breach.map_or(title.to_owned(), |breach| {
                say!(lang, "{title}: {breach}", "{title}：{breach}")
            });
            let breach = Breach {
                words,
                cited: cited(view, &stake.basis),
                purchases: purchases(row, lang),
            };
            let known = measures.iter_mut().find(|known| {
                known.status == finding.status
                    && set_words(known.stake, lang) == set_words(stake, lang)
            });
            match known {
                Some(known) => known.breaches.push(breach),
                None => measures.push(Measure {
                    stake,
                    status: finding.status,
                    breaches: vec![breach],
                }),
            }
        }
    }
    measures
}

/// A measure with where it stands, then the breaches; each with its own place where the places differ.
fn measure_words(view: &View, measure: &Measure) -> String {
    let lang = view.lang;
    let set = capitalized(&set_words(measure.stake, lang));
    let set = if_it_applies(measure.status, &set, lang);
    let first = &measure.breaches[0].cited;
    let is_shared = measure.breaches.iter().all(|breach| breach.cited == *first);
    let (set, place) = (escaped(&set), escaped(first));
    let mut out = match is_shared {
        true => say!(lang, "- {set} {place}\n", "- {set}{place}\n"),
        false => format!("- {set}\n"),
    };
    for breach in &measure.breaches {
        let [words, place, purchases] =
            [&breach.words, &breach.cited, &breach.purchases].map(|text| escaped(text));
        out += &match is_shared {
            true => format!("  - {words}{purchases}\n"),
            false => say!(
                lang,
                "  - {words}. {place}{purchases}\n",
                "  - {words}。{place}{purchases}\n"
            ),
        };
    }
    out
}
