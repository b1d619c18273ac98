//! What to do next, each with how much it settles.

use super::super::words::{by_binding, filled, listed, missing_word};
use super::clauses::{contract_words, ends_words, wanted_title};
use super::{Beside, escaped, heading, section};
use crate::assess::{EXPIRING_DAYS, Hinge, Missing, Proof};
use crate::lang::{Lang, say};
use crate::view::{EvidenceToGet, View};

/// Entries of each list.
const MOST: usize = 10;
/// Parties whose question of one column is put.
const MOST_ASKED: usize = 3;
/// Names that one entry lists.
const MOST_NAMES: usize = 6;

/// Evidence to get, clauses to agree, questions to ask.
pub(super) fn next(view: &View, beside: Beside, out: &mut String) {
    let lang = view.lang;
    section(out, 2, "next", &say!(lang, "What to do next", "下一步"));
    let start = out.len();
    evidence(view, beside, out);
    lapsing(view, beside, out);
    clauses(view, beside, out);
    questions(view, out);
    if out.len() == start {
        *out += &say!(lang, "Nothing is open.\n", "没有未决事项。\n");
    }
}

pub(super) fn title(view: &View, obligation: u8) -> String {
    let obligation = &view.assessment.flow.policy.obligations[usize::from(obligation)];
    escaped(obligation.title.get(view.lang))
}

fn evidence(view: &View, beside: Beside, out: &mut String) {
    let lang = view.lang;
    let wanted = view.evidence_to_get();
    if wanted.is_empty() {
        return;
    }
    let heading = say!(
        lang,
        "Evidence to get, renew or complete",
        "应取得、更新或补齐的证据"
    );
    section(out, 3, "evidence", &heading);
    for wanted in wanted.iter().take(MOST) {
        let (name, count) = (escaped(view.name(wanted.party)), wanted.obligations.len());
        let findings = lang.count(count, "finding", "findings", "项结论");
        let statute = match (wanted.statute, lang) {
            (0, _) => String::new(),
            (statute, Lang::En) => format!(", {statute} by statute"),
            (statute, Lang::Zh) => format!("，其中法定 {statute} 项"),
        };
        let doings = doings(view, wanted);
        *out += &say!(
            lang,
            "- **{name}** (settles {findings}{statute})\n{doings}",
            "- **{name}**（可证明 {findings}{statute}）\n{doings}"
        );
    }
    rest(wanted.len(), "findings.csv", lang, beside, out);
}

/// What there is to do about the evidence of one party, by whether it was ever there.
pub(super) fn doings(view: &View, wanted: &EvidenceToGet) -> String {
    let lang = view.lang;
    let kinds = [
        (Proof::Missing, say!(lang, "get", "取得")),
        (
            Proof::Expired,
            say!(lang, "renew what has expired", "更新已过期的"),
        ),
        (
            Proof::Partly,
            say!(
                lang,
                "complete what covers only some relationships",
                "补齐仅覆盖部分关系的"
            ),
        ),
    ];
    let told = kinds.into_iter().filter_map(|(kind, word)| {
        let of_kind = wanted.obligations.iter();
        let of_kind = of_kind.filter(|(_, proof)| *proof == kind);
        let titles: Vec<String> = of_kind.map(|(at, _)| title(view, *at)).collect();
        let titles = Some(titles).filter(|titles| !titles.is_empty())?;
        let titles = listed(titles.into_iter(), MOST_NAMES, lang);
        Some(say!(
            lang,
            "  - {word}: {titles}\n",
            "  - {word}：{titles}\n"
        ))
    });
    told.collect()
}

/// What is in force and will not be for long.
fn lapsing(view: &View, beside: Beside, out: &mut String) {
    let lang = view.lang;
    let wanted = view.evidence_to_renew();
    if !wanted.is_empty() {
        let head = say!(
            lang,
            "Evidence to renew within {EXPIRING_DAYS} days",
            "{EXPIRING_DAYS} 天内应更新的证据"
        );
        heading(out, 3, &head);
        for wanted in wanted.iter().take(MOST) {
            let name = escaped(view.name(wanted.party));
            let titles = wanted.obligations.iter().map(|(at, last)| {
                let title = title(view, *at);
                say!(lang, "{title} (ends {last})", "{title}（{last} 到期）")
            });
            let titles = listed(titles, MOST_NAMES, lang);
            *out += &say!(lang, "- **{name}**: {titles}\n", "- **{name}**：{titles}\n");
        }
        rest(wanted.len(), "findings.csv", lang, beside, out);
    }
    let shows = say!(
        lang,
        "Evidence that lapses within a year, by month",
        "一年内到期的证据（按月）"
    );
    beside.picture("timeline", &shows, out);
}

fn clauses(view: &View, beside: Beside, out: &mut String) {
    let lang = view.lang;
    let wanted = view.clauses_to_agree();
    if wanted.is_empty() {
        return;
    }
    let title = say!(lang, "Clauses to agree or renew", "应约定或续签的合同条款");
    section(out, 3, "agree", &title);
    *out += &say!(
        lang,
        "Who can agree them: the customer, named first, with its supplier.\n\n",
        "条款由箭头前的客户与其供应商约定。\n\n"
    );
    for wanted in wanted.iter().take(MOST) {
        let (contract, ends) = (
            contract_words(view, wanted.relationship),
            ends_words(view, wanted.relationship),
        );
        let clauses = lang.count(wanted.clauses.len(), "clause", "clauses", "项条款");
        let settles = match wanted.findings {
            0 => String::new(),
            count => {
                let chains = lang.count(count, "chain breaks", "chains break", "条链");
                say!(lang, "; {chains} here", "；{chains}在此中断")
            }
        };
        let items = wanted.clauses.iter();
        let items = items.map(|clause| {
            let title = wanted_title(view, clause.obligation, clause.proof);
            (clause.binding, title)
        });
        let titles = by_binding(&items.collect::<Vec<_>>(), MOST_NAMES, lang);
        *out += &say!(
            lang,
            "- **{contract}**, {ends} ({clauses}{settles}): {titles}\n",
            "- **{contract}**，{ends}（{clauses}{settles}）：{titles}\n"
        );
    }
    rest(wanted.len(), "clauses.csv", lang, beside, out);
}

fn questions(view: &View, out: &mut String) {
    let lang = view.lang;
    if view.unclear_customers().is_empty() && view.hinges().is_empty() {
        return;
    }
    let title = say!(lang, "Questions to ask", "应询问的问题");
    section(out, 3, "ask", &title);
    customers(view, out);
    let columns: Vec<&[Hinge]> = view
        .hinges()
        .chunk_by(|a, b| a.missing == b.missing)
        .collect();
    for column in columns.iter().take(MOST) {
        *out += &column_words(view, column);
    }
    if columns.len() > MOST {
        let rest = lang.count(columns.len() - MOST, "more column", "more columns", "列");
        *out += &say!(
            lang,
            "- and {rest}: see [what is not known](#unknown).\n",
            "- 另有 {rest}，见[未知事项](#unknown)。\n"
        );
    }
}

/// One unknown column: what it could settle, and the question to each supplier, cut with a count.
fn column_words(view: &View, column: &[Hinge]) -> String {
    let lang = view.lang;
    let what = missing_word(column[0].missing, view.assessment.flow.policy, lang);
    let settles = column.iter().map(|hinge| hinge.findings).sum();
    let settles = settles_words(settles, lang);
    let mut out = say!(
        lang,
        "- **{what}** (could settle {settles})\n",
        "- **{what}**（可确定 {settles}）\n"
    );
    for hinge in column.iter().take(MOST_ASKED) {
        out += &question(view, hinge);
    }
    if column.len() > MOST_ASKED {
        let rest = lang.count(
            column.len() - MOST_ASKED,
            "more party",
            "more parties",
            "个主体",
        );
        out += &say!(
            lang,
            "  - and {rest}: see [what is not known](#unknown).\n",
            "  - 另有 {rest}，见[未知事项](#unknown)。\n"
        );
    }
    out
}

fn settles_words(findings: usize, lang: Lang) -> String {
    lang.count(
        findings,
        "unconfirmed finding",
        "unconfirmed findings",
        "项待确认结论",
    )
}

/// The one question to all customers whose status is blank; who supplies the most comes first.
fn customers(view: &View, out: &mut String) {
    let lang = view.lang;
    let policy = view.assessment.flow.policy;
    let fact = policy.fact(policy.origin.fact);
    let supplied = |&customer: &_| view.assessment.flow.supplies_to(customer).count();
    let mut customers = view.unclear_customers().to_vec();
    customers.sort_by_cached_key(|customer| std::cmp::Reverse(supplied(customer)));
    let who = match customers.as_slice() {
        [] => return,
        [only] => view.name(*only).to_owned(),
        _ => say!(lang, "this customer", "该客户"),
    };
    let names = customers.iter().map(|customer| {
        let name = escaped(view.name(*customer));
        let count = lang.count(
            supplied(customer),
            "relationship",
            "relationships",
            "条关系",
        );
        say!(lang, "{name} ({count})", "{name}（{count}）")
    });
    let names = listed(names, MOST, lang);
    let question = fact.question.as_ref().map(|text| text.get(lang));
    let question = question.map_or(String::new(), |text| {
        let text = escaped(&filled(text, "{party}", &who));
        say!(lang, " {text}", "{text}")
    });
    let column = &fact.name;
    *out += &say!(
        lang,
        "- **Each customer whose `{column}` is blank or unreadable**, which decides whether anything starts along its relationships: {names}.{question}\n",
        "- **`{column}` 为空或无法识别的每家客户**，其答复决定相应关系是否发起义务：{names}。{question}\n"
    );
}

/// One unknown column at one party: what it could settle, and the pack's question.
pub(super) fn question(view: &View, hinge: &Hinge) -> String {
    let lang = view.lang;
    let name = escaped(view.name(hinge.party));
    let findings = hinge.findings;
    let labels = hinge
        .relationships
        .iter()
        .map(|&relationship| escaped(&view.label(relationship)));
    let labels = match labels.len() {
        0 => String::new(),
        _ => {
            let labels = listed(labels, MOST_NAMES, lang);
            say!(lang, " ({labels})", "（{labels}）")
        }
    };
    let question = match hinge.missing {
        Missing::Supports => say!(
            lang,
            "Which deliveries of {{customer}} does {{relationship}} support?",
            "{{relationship}}支撑{{customer}}的哪些交付？"
        ),
        Missing::Relationship(fact) | Missing::Party(fact) => {
            let question = view.assessment.flow.policy.fact(fact).question.as_ref();
            question.map_or(String::new(), |text| text.get(lang).to_owned())
        }
    };
    let question = named(view, hinge, &question);
    let question = match question.is_empty() {
        true => String::new(),
        false => say!(lang, ": {question}", "：{question}"),
    };
    say!(
        lang,
        "  - {name}{labels}, could settle {findings}{question}\n",
        "  - {name}{labels}，可确定 {findings} 项{question}\n"
    )
}

/// The pack's question with names in the places of its blanks.
fn named(view: &View, hinge: &Hinge, question: &str) -> String {
    let relationships = &view.assessment.flow.register.relationships;
    let mut text = filled(question, "{party}", view.name(hinge.party));
    if let Some(&relationship) = hinge.relationships.first() {
        let [customer, supplier] = [
            relationships.customer(relationship),
            relationships.supplier(relationship),
        ]
        .map(|party| view.name(party));
        text = filled(&text, "{customer}", customer);
        text = filled(&text, "{supplier}", supplier);
        text = filled(&text, "{relationship}", &view.label(relationship));
    }
    escaped(&text)
}

/// A list that was cut says so.
fn rest(count: usize, file: &str, lang: Lang, beside: Beside, out: &mut String) {
    if count > MOST {
        let (rest, whole) = (count - MOST, beside.whole(file, lang));
        *out += &say!(
            lang,
            "- and {rest} more{whole}.\n",
            "- 另有 {rest} 项{whole}。\n"
        );
    }
}
