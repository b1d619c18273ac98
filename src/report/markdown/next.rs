//! What to do next, each with how much it settles.

use super::super::words::{by_binding, listed, missing_word};
use super::{escaped, heading};
use crate::assess::Missing;
use crate::lang::{Lang, say};
use crate::view::View;

/// Entries of each list.
const MOST: usize = 10;
/// Obligations that one entry names.
const MOST_NAMES: usize = 6;

/// Evidence to get, clauses to agree, questions to ask.
pub(super) fn next(view: &View, out: &mut String) {
    let lang = view.lang;
    heading(out, 2, &say!(lang, "What to do next", "下一步"));
    let start = out.len();
    evidence(view, out);
    clauses(view, out);
    questions(view, out);
    if out.len() == start {
        *out += &say!(lang, "Nothing is open.\n", "没有未决事项。\n");
    }
}

fn titles(view: &View, obligations: &[u8]) -> String {
    let policy = view.assessment.flow.policy;
    let titles = obligations
        .iter()
        .map(|&at| escaped(policy.obligations[usize::from(at)].title.get(view.lang)));
    listed(titles, MOST_NAMES, view.lang)
}

fn evidence(view: &View, out: &mut String) {
    let lang = view.lang;
    let wanted = view.evidence_to_get();
    if wanted.is_empty() {
        return;
    }
    heading(out, 3, &say!(lang, "Evidence to get", "应取得的证据"));
    for wanted in wanted.iter().take(MOST) {
        let (name, count) = (escaped(view.name(wanted.party)), wanted.obligations.len());
        let titles = titles(view, &wanted.obligations);
        let findings = lang.count(count, "finding", "findings", "项结论");
        let statute = match (wanted.statute, lang) {
            (0, _) => String::new(),
            (statute, Lang::En) => format!(", {statute} by statute"),
            (statute, Lang::Zh) => format!("，其中法定 {statute} 项"),
        };
        *out += &say!(
            lang,
            "- **{name}** (shows {findings}{statute}): {titles}\n",
            "- **{name}**（可证明 {findings}{statute}）：{titles}\n"
        );
    }
    rest(wanted.len(), "findings.csv", lang, out);
}

fn clauses(view: &View, out: &mut String) {
    let lang = view.lang;
    let wanted = view.clauses_to_agree();
    if wanted.is_empty() {
        return;
    }
    heading(
        out,
        3,
        &say!(lang, "Clauses to get into contracts", "应写入合同的条款"),
    );
    let relationships = &view.assessment.flow.register.relationships;
    for wanted in wanted.iter().take(MOST) {
        let label = escaped(&view.label(wanted.relationship));
        let contract = relationships
            .contract(wanted.relationship)
            .map_or(String::new(), |contract| {
                format!(" · {}", escaped(contract))
            });
        let ends = [
            relationships.customer(wanted.relationship),
            relationships.supplier(wanted.relationship),
        ];
        let [customer, supplier] = ends.map(|party| escaped(view.name(party)));
        let clauses = lang.count(wanted.obligations.len(), "clause", "clauses", "项条款");
        let chains = lang.count(wanted.findings, "chain", "chains", "条链");
        let policy = view.assessment.flow.policy;
        let items = wanted.obligations.iter().map(|(obligation, binding)| {
            let title = policy.obligations[usize::from(*obligation)].title.get(lang);
            (*binding, escaped(title))
        });
        let titles = by_binding(&items.collect::<Vec<_>>(), MOST_NAMES, lang);
        *out += &say!(
            lang,
            "- **{label}{contract}**, {customer} with {supplier} ({clauses}; {chains} hold no further than here): {titles}\n",
            "- **{label}{contract}**，{customer}与{supplier}（{clauses}；{chains}在此中断）：{titles}\n"
        );
    }
    rest(wanted.len(), "clauses.csv", lang, out);
}

fn questions(view: &View, out: &mut String) {
    let lang = view.lang;
    if view.unclear_customers.is_empty() && view.hinges.is_empty() {
        return;
    }
    heading(out, 3, &say!(lang, "Questions to ask", "应询问的问题"));
    let policy = view.assessment.flow.policy;
    let origin = policy.fact(policy.origin.fact);
    for &customer in view.unclear_customers.iter().take(MOST) {
        let name = escaped(view.name(customer));
        let suppliers = view.assessment.flow.supplies_to(customer).count();
        let suppliers = lang.count(suppliers, "relationship", "relationships", "条关系");
        let question = origin
            .question
            .as_ref()
            .map_or(&*origin.name, |question| question.get(lang));
        let question = escaped(&question.replace("{party}", view.name(customer)));
        *out += &say!(
            lang,
            "- **{name}** (decides whether anything starts along {suppliers}): {question}\n",
            "- **{name}**（决定其 {suppliers}上是否发起义务）：{question}\n"
        );
    }
    let mut hinges: Vec<_> = view.hinges.iter().collect();
    hinges.sort_by_key(|hinge| std::cmp::Reverse(hinge.findings));
    for hinge in hinges.iter().take(MOST) {
        let name = escaped(view.name(hinge.party));
        let what = missing_word(hinge.missing, policy, lang);
        let findings = lang.count(
            hinge.findings,
            "unconfirmed finding",
            "unconfirmed findings",
            "项待确认结论",
        );
        let labels = hinge
            .relationships
            .iter()
            .map(|&relationship| escaped(&view.label(relationship)));
        let labels = match labels.len() {
            0 => String::new(),
            _ => format!(" ({})", listed(labels, MOST_NAMES, lang)),
        };
        let question = match hinge.missing {
            Missing::Supports => say!(
                lang,
                "Which deliveries of {{customer}} does {{relationship}} support?",
                "{{relationship}} 支撑 {{customer}} 的哪些交付？"
            ),
            Missing::Relationship(fact) | Missing::Party(fact) => {
                let question = policy.fact(fact).question.as_ref();
                question.map_or(String::new(), |text| text.get(lang).to_owned())
            }
        };
        let question = filled(view, hinge, &question);
        *out += &say!(
            lang,
            "- **{name}**{labels}: {what} (could settle {findings}). {question}\n",
            "- **{name}**{labels}：{what}（可确定 {findings}）。{question}\n"
        );
    }
    let total = view.unclear_customers.len().min(MOST) + view.hinges.len();
    if view.unclear_customers.len() > MOST || total > 2 * MOST {
        *out += &say!(
            lang,
            "- and more: see “What is not known”.\n",
            "- 其余见“未知事项”。\n"
        );
    }
}

/// The pack's question with names in the places of its blanks.
fn filled(view: &View, hinge: &crate::assess::Hinge, question: &str) -> String {
    let relationships = &view.assessment.flow.register.relationships;
    let mut text = question.replace("{party}", view.name(hinge.party));
    if let Some(&relationship) = hinge.relationships.first() {
        text = text
            .replace(
                "{customer}",
                view.name(relationships.customer(relationship)),
            )
            .replace(
                "{supplier}",
                view.name(relationships.supplier(relationship)),
            )
            .replace("{relationship}", &view.label(relationship));
    }
    escaped(&text)
}

/// A list that was cut says so.
fn rest(count: usize, file: &str, lang: Lang, out: &mut String) {
    if count > MOST {
        let rest = count - MOST;
        *out += &say!(
            lang,
            "- and {rest} more, all in `{file}`.\n",
            "- 另有 {rest} 项，全部见 `{file}`。\n"
        );
    }
}
