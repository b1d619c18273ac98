//! What differs between two assessments as a report: the counts, the clauses, the evidence, the register, and every
//! party with what changed for it.

use super::{counts, nothing, register_change_words, turn_word};
use crate::assess::{ProofTurn, Turn};
use crate::lang::{Lang, say};
use crate::report::markdown::escaped;
use crate::report::words::{binding_word, proof_word, status_word};
use crate::view::{Along, Compared, DeltaView, ProofSide, Side};

/// Lines that a part of the report has at most.
const MOST: usize = 500;

/// The report of a comparison.
pub fn markdown(view: &DeltaView) -> String {
    let lang = view.lang;
    let mut out = format!("# {}\n\n", say!(lang, "What changes", "变化"));
    for change in view.changes {
        let (stated, means) = (escaped(&change.stated), escaped(change.means.get(lang)));
        out += &format!("- **{stated}** {means}\n");
    }
    if view.changes.is_empty() {
        let [before, after] = [view.before, view.after].map(|side| head(&side, lang));
        out += &say!(
            lang,
            "- before: {before}\n- after: {after}\n",
            "- 之前：{before}\n- 之后：{after}\n"
        );
    }
    for note in view.notes() {
        let text = escaped(note.text.get(lang));
        out += &say!(lang, "- note: {text}\n", "- 提示：{text}\n");
    }
    match view.is_empty() {
        true => out += &format!("\n{}\n", nothing(view)),
        false => out += &format!("\n```text\n{}```\n", counts(view)),
    }
    out += &clauses(view);
    out += &evidence(view);
    out += &register(view);
    out + &findings(view)
}

/// What one side is.
fn head(side: &Compared, lang: Lang) -> String {
    let (register, day) = (escaped(side.register()), side.as_of());
    let [pack, version, _] = side.policy().map(escaped);
    say!(
        lang,
        "{register}, {day}, {pack} {version}",
        "{register}，{day}，{pack} {version}"
    )
}

/// A part with its lines, and how many it leaves out; nothing where there are none.
fn part(
    heading: &str,
    count: usize,
    lines: impl Iterator<Item = String>,
    file: &str,
    lang: Lang,
) -> String {
    if count == 0 {
        return String::new();
    }
    let mut out = format!("\n## {heading}\n\n");
    lines.take(MOST).for_each(|line| out += &line);
    let rest = count.saturating_sub(MOST);
    if rest > 0 {
        out += &say!(
            lang,
            "- and {rest} more in `{file}`\n",
            "- 另有 {rest} 项，见 `{file}`\n"
        );
    }
    out
}

/// Clauses that are new, that hold otherwise, and that fall away.
fn clauses(view: &DeltaView) -> String {
    let lang = view.lang;
    let mut out = String::new();
    for (turns, heading) in [
        (&[Turn::Enters][..], say!(lang, "New clauses", "新增的条款")),
        (
            &[Turn::Strengthens, Turn::Weakens],
            say!(
                lang,
                "Clauses whose status or binding changes",
                "状态或约束力变化的条款"
            ),
        ),
        (
            &[Turn::Leaves],
            say!(lang, "Clauses that fall away", "不再成立的条款"),
        ),
    ] {
        let changes = view.clauses.turns.iter();
        let changes = changes.filter(|change| turns.contains(&change.turn));
        let lines = changes.clone().map(|change| {
            let row = view.clause(change);
            let relationship = escaped(&row.relationship);
            let [customer, supplier] =
                [row.customer, row.supplier].map(|id| escaped(view.called(id, id)));
            let contract = row.contract.map_or(String::new(), |contract| {
                let contract = escaped(contract);
                say!(lang, ", contract {contract}", "，合同 {contract}")
            });
            let obligation = titled(view, row.obligation);
            let states = states(&row.before, &row.after, lang);
            let chain = chain(row.chain.as_deref(), lang);
            let along = along(&row.changed_along_chain, lang);
            say!(
                lang,
                "- {relationship} ({supplier} to {customer}{contract}): {obligation}, {states}{chain}{along}\n",
                "- {relationship}（供应商：{supplier}，客户：{customer}{contract}）：{obligation}，{states}{chain}{along}\n"
            )
        });
        let count = changes.clone().count();
        out += &part(&heading, count, lines, "clause-changes.csv", lang);
    }
    out
}

/// Evidence that lapsed, and evidence that was gained.
fn evidence(view: &DeltaView) -> String {
    let lang = view.lang;
    let mut out = String::new();
    for (turn, heading) in [
        (
            ProofTurn::Lapses,
            say!(lang, "Evidence no longer in force", "不再有效的证据"),
        ),
        (
            ProofTurn::Gained,
            say!(lang, "Evidence newly in force", "新近有效的证据"),
        ),
    ] {
        let rows = (0..view.evidence_len()).map(|at| view.evidence(at));
        let rows = rows.filter(|row| row.change == turn.as_str());
        let lines = rows.map(|row| {
            let party = named(view, row.party, lang);
            let obligation = titled(view, row.obligation);
            let of = match &row.relationship {
                Some(relationship) => {
                    let relationship = escaped(relationship);
                    say!(lang, "clause of {relationship}", "{relationship} 的条款")
                }
                None => say!(lang, "duty", "履行"),
            };
            let [before, after] = [row.before, row.after].map(|side| proven(side, lang));
            say!(
                lang,
                "- {party}: {obligation}, {of}: {before} → {after}\n",
                "- {party}：{obligation}，{of}：{before} → {after}\n"
            )
        });
        let count = view.evidence_count(turn);
        out += &part(&heading, count, lines, "evidence-changes.csv", lang);
    }
    out
}

/// A party by its name, and its id where that is another word.
fn named(view: &DeltaView, id: &str, lang: Lang) -> String {
    let (name, id) = (escaped(view.called(id, id)), escaped(id));
    match name == id {
        true => id,
        false => say!(lang, "{name} ({id})", "{name}（{id}）"),
    }
}

/// An obligation by its title, and its id.
fn titled(view: &DeltaView, id: &str) -> String {
    match view.title(id) {
        Some(title) => {
            let title = escaped(title);
            say!(view.lang, "{title} (`{id}`)", "{title}（`{id}`）")
        }
        None => format!("`{id}`"),
    }
}

fn proven(side: ProofSide, lang: Lang) -> String {
    let word = proof_word(side.evidence, lang);
    match side.expires {
        Some(day) => say!(lang, "{word} (until {day})", "{word}（至 {day}）"),
        None => word.to_owned(),
    }
}

/// Rows that come and go, and cells that differ.
fn register(view: &DeltaView) -> String {
    let lang = view.lang;
    let lines = (0..view.register.len()).map(|at| {
        let row = view.register_change(at);
        let words = escaped(&register_change_words(&row, lang));
        let who = match (row.name, row.customer.zip(row.supplier)) {
            (_, Some((customer, supplier))) => {
                let [customer, supplier] =
                    [customer, supplier].map(|id| escaped(view.called(id, id)));
                say!(
                    lang,
                    " ({supplier} to {customer})",
                    "（供应商：{supplier}，客户：{customer}）"
                )
            }
            (Some(name), None) => {
                let name = escaped(view.called(&row.id, name));
                say!(lang, " ({name})", "（{name}）")
            }
            (None, None) => String::new(),
        };
        format!("- {words}{who}\n")
    });
    let heading = say!(lang, "What differs in the register", "台账的变化");
    part(
        &heading,
        view.register.len(),
        lines,
        "register-changes.csv",
        lang,
    )
}

/// Every party with what changed for it, and the chain of each change.
fn findings(view: &DeltaView) -> String {
    let lang = view.lang;
    let mut party = "";
    let lines = view.findings.turns.iter().map(|change| {
        let row = view.finding(change);
        let mut line = String::new();
        if row.party != party {
            line += if party.is_empty() { "" } else { "\n" };
            party = row.party;
            let (name, id) = (escaped(view.called(party, row.name)), escaped(party));
            line += &say!(lang, "### {name} ({id})\n\n", "### {name}（{id}）\n\n");
        }
        let turn = turn_word(change.turn, lang);
        let obligation = titled(view, row.obligation);
        let states = states(&row.before, &row.after, lang);
        let chain = chain(row.chain.as_deref(), lang);
        let along = along(&row.changed_along_chain, lang);
        line + &say!(
            lang,
            "- {turn}: {obligation}, {states}{chain}{along}\n",
            "- {turn}：{obligation}，{states}{chain}{along}\n"
        )
    });
    let heading = say!(lang, "Parties", "主体");
    let count = view.findings.turns.len();
    part(&heading, count, lines, "changes.csv", lang)
}

/// What it was and what it is.
fn states(before: &Option<Side>, after: &Option<Side>, lang: Lang) -> String {
    let [before, after] = [before, after].map(|side| match side {
        Some(side) => in_words(side, lang),
        None => "–".to_owned(),
    });
    format!("{before} → {after}")
}

fn in_words(side: &Side, lang: Lang) -> String {
    let (status, tier) = (status_word(side.status, lang), side.tier);
    let binding = binding_word(side.binding, lang);
    say!(
        lang,
        "{status} (tier {tier}, {binding})",
        "{status}（第 {tier} 层，{binding}）"
    )
}

fn chain(chain: Option<&[String]>, lang: Lang) -> String {
    let chain = escaped(&chain.unwrap_or_default().join(" → "));
    match chain.is_empty() {
        true => chain,
        false => say!(lang, "; by {chain}", "；经由 {chain}"),
    }
}

/// What differs along the chain; one thing alone is the cause.
fn along(along: &Along, lang: Lang) -> String {
    let words = along.first.iter();
    let words = words.map(|row| escaped(&register_change_words(row, lang)));
    let mut words: Vec<String> = words.collect();
    let rest = along.count - words.len();
    if rest > 0 {
        words.push(say!(lang, "and {rest} more", "另有 {rest} 处"));
    }
    let words = words.join(&say!(lang, "; ", "；"));
    match along.count {
        0 => words,
        1 => say!(lang, "; because: {words}", "；原因：{words}"),
        _ => say!(
            lang,
            "; changed along its chain: {words}",
            "；链条上的变化：{words}"
        ),
    }
}
