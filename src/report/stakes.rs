//! What statutes set for an operator's own duty, in words: as ranges, never added up, of nobody but the operator.

use super::citation::citation;
use super::words::listed;
use crate::flow::Status;
use crate::lang::{Lang, say};
use crate::policy::{Citation, Stake, StakeKind};
use crate::view::{PurchaseRow, StakeRow, View};

/// Purchases that are named.
const MOST: usize = 6;

/// A line for each stake of the finding at a position.
pub(super) fn lines(view: &View, at: usize) -> Vec<String> {
    let finding = &view.assessment.findings[at];
    let stakes = view.assessment.stakes(finding);
    let rows = view.stakes_of(at);
    let lines = stakes.zip(&rows).map(|(stake, row)| {
        let line = stake_words(stake, &cited(view, &stake.basis), view.lang);
        let line = line + &purchases(row, view.lang);
        if_it_applies(finding.status, &line, view.lang)
    });
    lines.collect()
}

/// Something said of a finding that may not apply.
pub(super) fn if_it_applies(status: Status, line: &str, lang: Lang) -> String {
    match status {
        Status::Applies => line.to_owned(),
        _ => say!(lang, "If it applies: {line}", "若适用：{line}"),
    }
}

/// Where something stands, with the marks of each citation.
pub(super) fn cited(view: &View, basis: &[Citation]) -> String {
    let flow = view.assessment.flow;
    let places = basis
        .iter()
        .map(|basis| citation(flow.policy, basis, view.lang, flow.as_of));
    let places: Vec<String> = places.collect();
    places.join(&say!(view.lang, "; ", "；"))
}

/// What a statute sets, on whom, and where it stands.
pub(super) fn stake_words(stake: &Stake, cited: &str, lang: Lang) -> String {
    let breach = stake.breach.as_ref().map(|breach| breach.get(lang));
    let head = match (stake.kind, breach) {
        (StakeKind::Clock, _) => say!(lang, "Time limit: ", "时限："),
        (StakeKind::Penalty, None) => say!(lang, "Range of the penalty: ", "处罚幅度："),
        (StakeKind::Penalty, Some(breach)) => say!(
            lang,
            "Range of the penalty for {breach}: ",
            "处罚幅度：{breach}，"
        ),
    };
    let set = set_words(stake, lang);
    say!(lang, "{head}{set} {cited}", "{head}{set}{cited}")
}

/// What a statute sets, and on whom.
pub(super) fn set_words(stake: &Stake, lang: Lang) -> String {
    let text = stake.text.get(lang);
    match stake.liable.as_ref().map(|liable| liable.get(lang)) {
        None => text.to_owned(),
        Some(who) => say!(lang, "{text} Liable: {who}.", "{text}责任主体：{who}。"),
    }
}

/// The range by each purchase, one by one.
pub(super) fn purchases(row: &StakeRow, lang: Lang) -> String {
    if row.purchases.is_empty() && row.purchases_without_amount == 0 {
        return String::new();
    }
    let named = row.purchases.iter().map(|purchase| range(purchase, lang));
    let mut told = Vec::new();
    if named.len() > 0 {
        told.push(listed(named, MOST, lang));
    }
    if row.purchases_without_amount > 0 {
        told.push(lang.count(
            row.purchases_without_amount,
            "purchase has no usable amount in the register",
            "purchases have no usable amount in the register",
            "项采购在台账中没有可用金额",
        ));
    }
    let told = told.join(&say!(lang, "; ", "；"));
    say!(
        lang,
        ". By the amounts of the register, each by itself: {told}",
        "。按台账金额逐项列示：{told}"
    )
}

fn range(purchase: &PurchaseRow, lang: Lang) -> String {
    let (relationship, currency) = (
        &purchase.relationship,
        purchase.currency.unwrap_or_default(),
    );
    let [from, to] = [purchase.from, purchase.to].map(grouped);
    let space = if currency.is_empty() { "" } else { " " };
    say!(
        lang,
        "{relationship} {currency}{space}{from} to {to}",
        "{relationship} {currency}{space}{from} 至 {to}"
    )
}

/// A number with its thousands set apart.
fn grouped(number: f64) -> String {
    let text = format!("{number:.2}");
    let (whole, rest) = text.split_once('.').unwrap_or((&text, ""));
    let (sign, digits) = match whole.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", whole),
    };
    let mut out = sign.to_owned();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    match rest {
        "00" | "" => out,
        rest => format!("{out}.{rest}"),
    }
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn thousands_stand_apart() {
        let told = [0.0, 999.0, 1000.0, 48_000_000.0, 1234.5, -98_765.0].map(grouped);
        let expected = ["0", "999", "1,000", "48,000,000", "1,234.50", "-98,765"];
        assert_eq!(told, expected);
    }
}
