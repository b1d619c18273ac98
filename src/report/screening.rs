//! What screening found, in words: factors, links and callouts of parties, for tables and for the report.

use std::io::{self, Write};

use super::canonical::fact_cell;
use super::citation::citation;
use super::paint::Paint;
use super::tables::rows;
use super::words::{cell_words, filled, listed_of};
use crate::assess::{CalledOut, Candidate, FactorFound, Linked};
use crate::lang::say;
use crate::policy::{Citation, FactId, Screening, Truth};
use crate::register::PartyId;
use crate::view::View;
use crate::view::screening::{holds_word, unknown_word};

/// A row of `screening.csv`.
pub(super) enum Row<'v> {
    Factor(&'v Candidate, &'v FactorFound),
    Callout(&'v CalledOut),
}

/// Writes `screening.csv`: a row for each factor that holds or is open, then one for each callout.
pub fn screening(view: &View, out: &mut (dyn Write + Send)) -> io::Result<()> {
    let headings = "party,name,status,finds,id,holds,cell,proposed,basis";
    let Some(screening) = &view.assessment.flow.policy.screening else {
        return rows(out, headings, 0, |_| (), |(), _| ());
    };
    let all = found(view);
    let yes_no = |yes: bool| if yes { "yes" } else { "no" };
    rows(
        out,
        headings,
        all.len(),
        |at| &all[at],
        |row, cells| {
            let party = match row {
                Row::Factor(candidate, _) => candidate.party,
                Row::Callout(out) => out.party,
            };
            let name = view.assessment.flow.register.parties.name(party);
            cells.text(view.id(party)).text(name);
            let proposed = yes_no(view.assessment.worklist().proposes(party));
            match row {
                Row::Factor(candidate, found) => {
                    let factor = &screening.factors[usize::from(found.factor)];
                    cells.plain(unknown_word(candidate)).plain("factor");
                    cells.plain(&factor.id).plain(holds_word(found.holds));
                    cells.text(&found_cells(view, candidate.party, found));
                    cells.plain(proposed).text(&cited(view, &factor.basis));
                }
                Row::Callout(out) => {
                    let callout = &screening.callouts[usize::from(out.callout)];
                    let status = view.status_word(out.party).unwrap_or_default();
                    cells.plain(status).plain("callout");
                    cells.plain(&callout.id).plain(holds_word(out.holds));
                    cells.text(&format!("owner={}", view.id(out.owner)));
                    cells.plain(proposed).text(&cited(view, &callout.basis));
                }
            }
        },
    )
}

/// Each factor that holds or is open, then each callout.
pub(super) fn found<'v>(view: &'v View) -> Vec<Row<'v>> {
    let candidates = view.assessment.candidates();
    let factors = candidates.flat_map(|candidate| {
        let factors = candidate.factors.iter();
        factors.map(move |found| Row::Factor(candidate, found))
    });
    let callouts = view.assessment.called_out().map(Row::Callout);
    factors.chain(callouts).collect()
}

/// The cells that make a factor hold, or that would tell: `sector=banking`, `supplies=bank (R1)`.
fn found_cells(view: &View, party: PartyId, found: &FactorFound) -> String {
    let flow = view.assessment.flow;
    let facts = found.facts.iter().map(|&fact| {
        let column = flow.register.parties.fact(usize::from(fact.0));
        let fact = flow.policy.fact(fact);
        let cell = fact_cell(fact, column.get(party.index()));
        format!("{}={cell}", fact.name)
    });
    let linked = found.linked.map(|linked| {
        let other = view.id(linked.other);
        match linked.relationship {
            Some(relationship) => format!("{other} ({})", view.label(relationship)),
            None => other.to_owned(),
        }
    });
    facts.chain(linked).collect::<Vec<_>>().join("; ")
}

/// Whom to ask whether they are operators: the first so many names, for the summary.
pub(super) fn worklist(view: &View, most: usize, paint: Paint) -> String {
    let lang = view.lang;
    let candidates = || view.assessment.candidates();
    let count = candidates().count();
    if count == 0 {
        return String::new();
    }
    let parties = lang.count(count, "party", "parties", "个主体");
    let head = say!(
        lang,
        "{parties} of unknown status to ask whether they are operators",
        "状态未知、应询问是否为运营者的 {parties}"
    );
    let first = candidates().take(most);
    let first: Vec<String> = first
        .map(|candidate| view.name(candidate.party).to_owned())
        .collect();
    let names = listed_of(first.into_iter(), count, lang);
    let tail = say!(
        lang,
        "a worklist, no verdict; report.md and screening.csv say why",
        "仅为工作清单，并非结论；理由见 report.md 和 screening.csv"
    );
    let (head, tail) = (paint.bold(&head), paint.dim(&tail));
    say!(
        lang,
        "\n{head}: {names}\n  {tail}\n",
        "\n{head}：{names}\n  {tail}\n"
    )
}

/// That the screening was applied, and to how many; empty where it was not.
pub(super) fn screened_line(view: &View) -> String {
    let lang = view.lang;
    let Some((screened, parties)) = view.screened_words() else {
        return String::new();
    };
    let parties = lang.count(parties, "party", "parties", "个主体");
    say!(
        lang,
        "Screened: {screened} ({parties} of unknown status)\n",
        "筛查：{screened}（{parties}，状态未知）\n"
    )
}

/// What something stands on, with the marks of each citation.
pub(super) fn cited(view: &View, basis: &[Citation]) -> String {
    let (policy, day) = (view.assessment.flow.policy, view.assessment.flow.as_of);
    let cited = basis
        .iter()
        .map(|cited| citation(policy, cited, view.lang, day));
    let cited: Vec<String> = cited.collect();
    cited.join(&say!(view.lang, "; ", "；"))
}

/// A factor with what makes it hold, or with the questions that would tell.
pub(super) fn factor_words(
    view: &View,
    screening: &Screening,
    party: PartyId,
    found: &FactorFound,
) -> String {
    let lang = view.lang;
    let title = screening.factors[usize::from(found.factor)].title.get(lang);
    let facts = found.facts.iter().map(|&fact| match found.holds {
        Truth::True => value_words(view, party, fact),
        _ => question(view, party, fact),
    });
    let linked = found.linked.map(|linked| linked_words(view, linked));
    let shown: Vec<String> = facts.chain(linked).collect();
    let shown = shown.join(&say!(lang, "; ", "；"));
    match found.holds {
        Truth::True => say!(lang, "{title} ({shown})", "{title}（{shown}）"),
        _ => say!(lang, "{title}: {shown}", "{title}：{shown}"),
    }
}

fn value_words(view: &View, party: PartyId, fact: FactId) -> String {
    let flow = view.assessment.flow;
    let column = flow.register.parties.fact(usize::from(fact.0));
    let fact = flow.policy.fact(fact);
    let says = cell_words(fact, column.get(party.index()), view.lang);
    format!("{} = {}", fact.name, says.unwrap_or_default())
}

/// The pack's question about a fact of a party, else the name of the fact.
pub(super) fn question(view: &View, party: PartyId, fact: FactId) -> String {
    let fact = view.assessment.flow.policy.fact(fact);
    match &fact.question {
        Some(question) => filled(question.get(view.lang), "{party}", view.name(party)),
        None => fact.name.clone(),
    }
}

fn linked_words(view: &View, linked: Linked) -> String {
    let lang = view.lang;
    let name = view.name(linked.other);
    let by = linked.relationship.map_or(String::new(), |relationship| {
        let label = view.label(relationship);
        say!(lang, " ({label})", "（{label}）")
    });
    let more = match linked.count - 1 {
        0 => String::new(),
        more => say!(lang, " and {more} more", "，另有 {more} 项"),
    };
    match linked.holds {
        Truth::True => format!("{name}{by}{more}"),
        _ => say!(
            lang,
            "the status of {name}{by}{more} is not known",
            "{name}{by}{more}的状态未知"
        ),
    }
}
