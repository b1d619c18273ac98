//! Chains in words, which reports share.

use super::form::Form;
use super::words::standing_note;
use crate::lang::say;
use crate::register::{PartyId, RelationshipId};
use crate::view::View;

/// Steps of a chain that are shown at either end of a longer one.
const MOST_STEPS: usize = 6;

/// “Bank → (R1) Host → (R2) Subcontractor”; a long chain is cut in the middle, with a count. An operator that is one on
/// weaker ground than others is marked where the chain starts.
pub(super) fn chain_words(
    view: &View,
    party: PartyId,
    chain: &[RelationshipId],
    form: Form,
) -> String {
    let lang = view.lang;
    let relationships = &view.assessment.flow.register.relationships;
    let operator = chain
        .first()
        .map_or(party, |first| relationships.customer(*first));
    let note = standing_note(view, operator).map(|note| form.text(note));
    let note = note.map_or(String::new(), |note| say!(lang, " ({note})", "（{note}）"));
    if chain.is_empty() {
        return say!(
            lang,
            "borne as the operator itself{note}",
            "作为运营者自身承担{note}"
        );
    }
    let step = |relationship: &RelationshipId| {
        let label = form.text(&relationships.label(*relationship));
        let supplier = form.text(view.name(relationships.supplier(*relationship)));
        say!(lang, " → ({label}) {supplier}", " → （{label}）{supplier}")
    };
    let start = form.text(view.name(operator));
    let steps: Vec<String> = if chain.len() <= 2 * MOST_STEPS {
        chain.iter().map(step).collect()
    } else {
        let left_out = chain.len() - 2 * MOST_STEPS;
        let rest = lang.count(left_out, "more step", "more steps", "步");
        let cut = say!(lang, " → … {rest} …", " → …… 另有 {rest} ……");
        let (head, tail) = (&chain[..MOST_STEPS], &chain[chain.len() - MOST_STEPS..]);
        head.iter()
            .map(step)
            .chain([cut])
            .chain(tail.iter().map(step))
            .collect()
    };
    format!("{start}{note}{}", steps.concat())
}
