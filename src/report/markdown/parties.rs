//! The parties of the report, each with what it owes and by which chains.

use super::super::chain::chain_words;
use super::super::condition::{fact_title, value_label};
use super::super::form::Form;
use super::super::proof::{evidence_words, gap_words};
use super::super::words::{criticality_word, open_words, owed_words, status_word};
use super::{Beside, escaped, index, penalties, section};
use crate::assess::Concern;
use crate::flow::{Finding, Status};
use crate::lang::{Lang, say};
use crate::register::{PartyId, RelationshipId};
use crate::view::View;

/// Parties that the report shows.
const MOST: usize = 25;

/// Every party in the order of concern: an index, then each at length, cut with a count.
pub(super) fn parties(view: &View, beside: Beside, out: &mut String) {
    let lang = view.lang;
    section(out, 2, "parties", &say!(lang, "The parties", "各主体"));
    if view.concerns().is_empty() {
        *out += &say!(
            lang,
            "No party carries an obligation.\n",
            "没有主体承担义务。\n"
        );
        return;
    }
    *out += &say!(
        lang,
        "First come the parties with the most findings without full evidence in force: by statute, then to be agreed or undetermined, then recommended, then conditional, then unconfirmed.\n",
        "无完整有效证据的事项最多者在前：先法定，再待约定或约束力未定，再建议，再附条件，最后待确认。\n"
    );
    index::index(view, MOST, beside, out);
    let shows = say!(lang, "Parties by obligations", "主体与义务对照");
    beside.picture("heatmap", &shows, out);
    let shows = say!(
        lang,
        "Where the evidence of each obligation stands, by tier",
        "各项义务的证据状态（按层级）"
    );
    beside.picture("evidence", &shows, out);
    for (position, concern) in view.concerns().iter().take(MOST).enumerate() {
        party(view, position + 1, concern, out);
    }
    if view.concerns().len() > MOST {
        let rest = view.concerns().len() - MOST;
        let rest = lang.count(rest, "more party carries", "more parties carry", "个主体");
        let whole = beside.whole("findings.csv", lang);
        *out += &say!(
            lang,
            "\n{rest} obligations{whole}.\n",
            "\n另有 {rest}承担义务{whole}。\n"
        );
    }
}

fn party(view: &View, number: usize, concern: &Concern, out: &mut String) {
    let lang = view.lang;
    let assessment = view.assessment;
    let parties = &assessment.flow.register.parties;
    let (name, id) = (
        escaped(view.name(concern.party)),
        escaped(view.id(concern.party)),
    );
    let other = match lang {
        Lang::En => parties.local_name(concern.party),
        Lang::Zh => Some(parties.name(concern.party)),
    };
    let other = other.map(escaped).filter(|other| *other != name);
    let other = other.map_or(String::new(), |other| format!(" · {other}"));
    let title = match name == id {
        true => format!("{number}. {name}{other}"),
        false => say!(
            lang,
            "{number}. {name} ({id}){other}",
            "{number}. {name}（{id}）{other}"
        ),
    };
    section(out, 3, &format!("party-{number}"), &title);
    let open = open_words(concern, lang);
    *out += &say!(
        lang,
        "Without full evidence in force: {open}.",
        "无完整有效证据：{open}。"
    );
    if let Some(criticality) = concern.criticality {
        let word = criticality_word(criticality, lang);
        *out += &say!(
            lang,
            " Highest criticality: {word}.",
            "最高重要程度：{word}。"
        );
    }
    if view.assessment.flow.operator(concern.party).is_some() {
        let standing = standing(view, concern.party);
        *out += &say!(lang, " {standing}.", "{standing}。");
    }
    *out += "\n\n";
    let range = assessment.findings_of(concern.party);
    let (mut chains, mut lines) = (Vec::<(Status, Vec<RelationshipId>)>::new(), Vec::new());
    for position in range.clone() {
        let finding = &assessment.findings[position];
        let chain = (finding.status, assessment.flow.chain(finding));
        let at = chains
            .iter()
            .position(|known| *known == chain)
            .unwrap_or_else(|| {
                chains.push(chain);
                chains.len() - 1
            });
        lines.push(line(view, position, finding, at));
    }
    for (position, (status, chain)) in chains.iter().enumerate() {
        let letter = letters(position);
        let status = status_word(*status, lang);
        let chain = chain_words(view, concern.party, chain, Form::Markdown);
        *out += &say!(
            lang,
            "- **{letter}** ({status}): {chain}\n",
            "- **{letter}**（{status}）：{chain}\n"
        );
    }
    out.push('\n');
    lines.iter().for_each(|line| *out += line);
    penalties::penalties(view, range, out);
}

/// As what the register states an operator to be one: “CII status: Declared: on the operator's own word”.
fn standing(view: &View, party: PartyId) -> String {
    let lang = view.lang;
    let flow = view.assessment.flow;
    let origin = flow.policy.origin.fact;
    let fact = flow.policy.fact(origin);
    let item = flow
        .register
        .parties
        .fact(usize::from(origin.0))
        .get(party.index())
        .only_item();
    let title = escaped(fact_title(fact, lang));
    let label = item.map_or("", |item| value_label(fact, item, lang));
    let label = escaped(label);
    say!(lang, "{title}: “{label}”", "{title}：“{label}”")
}

/// One finding: what it is, how sure, owed and proved, by which chain; then the duty.
fn line(view: &View, position: usize, finding: &Finding, chain: usize) -> String {
    let lang = view.lang;
    let policy = view.assessment.flow.policy;
    let obligation = &policy.obligations[usize::from(finding.obligation)];
    let title = escaped(obligation.title.get(lang));
    let status = status_word(finding.status, lang);
    let owed = owed_words(finding.status, finding.binding, lang);
    let evidence = escaped(&evidence_words(view, position));
    let letter = letters(chain);
    let gap = escaped(&gap_words(view, position));
    let duty = obligation
        .step(finding.tier)
        .and_then(|step| step.duty.as_ref());
    let condition = match finding.status {
        Status::Applies => String::new(),
        _ => say!(lang, "If it applies: ", "若适用："),
    };
    let duty = duty.map_or(String::new(), |duty| {
        format!("  {condition}{}\n", escaped(duty.get(lang)))
    });
    let clocks = penalties::clocks(view, position);
    say!(
        lang,
        "- **{title}** ({letter}): {status}, {owed}; evidence {evidence}{gap}.\n{duty}{clocks}",
        "- **{title}**（{letter}）：{status}，{owed}；证据{evidence}{gap}。\n{duty}{clocks}"
    )
}

/// A, B, … Z, AA, AB, …
fn letters(position: usize) -> String {
    let letter = char::from(b'A' + (position % 26) as u8);
    match position / 26 {
        0 => letter.to_string(),
        before => format!("{}{letter}", letters(before - 1)),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn chains_are_lettered() {
        let all = [0, 25, 26, 27, 51, 52].map(super::letters);
        assert_eq!(all, ["A", "Z", "AA", "AB", "AZ", "BA"]);
    }
}
