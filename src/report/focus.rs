//! What concerns the party in focus, in few sentences that reports and the terminal share.

use super::words::{binding_word, listed, missing_word};
use crate::flow::Status;
use crate::lang::{Lang, say};
use crate::register::PartyId;
use crate::view::{Asked, Carrying, Focus, Summary, View};

/// Names that one sentence lists.
const MOST: usize = 5;

/// What reaches it, what it passes on, what it lacks, and what is not known.
pub(super) fn focus_words(view: &View, focus: &Focus) -> [String; 4] {
    [
        reaches(view, focus),
        passes(view, focus),
        lacks(view, focus),
        unknown(view, focus),
    ]
}

/// Who is to be asked.
pub(super) fn asked_words(view: &View, asked: &Asked) -> String {
    let lang = view.lang;
    match asked {
        Asked::Parties(parties) => names(view, parties),
        Asked::Operator => say!(lang, "the operator", "运营者"),
        Asked::Us => say!(lang, "who keeps the register", "台账管理者"),
    }
}

fn names(view: &View, parties: &[PartyId]) -> String {
    let names = parties.iter().map(|&party| view.name(party).to_owned());
    listed(names, MOST, view.lang)
}

/// Each once, in the order in which they come.
fn distinct(parties: impl Iterator<Item = PartyId>) -> Vec<PartyId> {
    let mut seen = std::collections::BTreeSet::new();
    parties.filter(|party| seen.insert(*party)).collect()
}

fn reaches(view: &View, focus: &Focus) -> String {
    let lang = view.lang;
    let name = view.name(focus.party);
    let assessment = view.assessment;
    let own = &assessment.findings[assessment.findings_of(focus.party)];
    if own.is_empty() {
        return say!(
            lang,
            "Nothing reaches {name} that the register tells of.",
            "{name}：就台账所载，没有义务传导至此。"
        );
    }
    let of = |status| own.iter().filter(move |finding| finding.status == status);
    let bindings = Summary::BINDINGS.iter().filter_map(|&binding| {
        let applying = of(Status::Applies).filter(|finding| finding.binding == binding);
        let count = Some(applying.count()).filter(|&count| count > 0)?;
        let word = binding_word(binding, lang);
        Some(say!(lang, "{count} {word}", "{word} {count} 项"))
    });
    let bindings: Vec<String> = bindings.collect();
    let bindings = match bindings.is_empty() {
        true => String::new(),
        false => {
            let bindings = listed(bindings.into_iter(), 6, lang);
            say!(lang, " ({bindings})", "（{bindings}）")
        }
    };
    let [applies, conditional, unconfirmed] = Status::ALL.map(|status| of(status).count());
    let count = lang.count(
        own.len(),
        "obligation reaches",
        "obligations reach",
        "项义务",
    );
    let relationships = &assessment.flow.register.relationships;
    let customers = focus.above.iter();
    let customers = distinct(customers.map(|at| relationships.customer(at.relationship)));
    let operators = distinct(focus.reaching.iter().map(|group| group.operator));
    let through = match customers.is_empty() {
        true => String::new(),
        false => {
            let customers = names(view, &customers);
            say!(lang, ", through {customers}", "，经由：{customers}")
        }
    };
    let operators = names(view, &operators);
    say!(
        lang,
        "{count} {name}: {applies} for certain{bindings}, {conditional} conditionally, {unconfirmed} unconfirmed{through}; the chains shown start at {operators}.",
        "{name}：{count}传导至此，适用 {applies} 项{bindings}，附条件 {conditional} 项，待确认 {unconfirmed} 项{through}；所示链条的发起方：{operators}。"
    )
}

fn passes(view: &View, focus: &Focus) -> String {
    let lang = view.lang;
    if focus.below.is_empty() {
        return say!(
            lang,
            "It has nothing to pass on: none of its contracts with suppliers has to carry a clause.",
            "无需向下传递：其与供应商的合同均无需载有条款。"
        );
    }
    let relationships = &view.assessment.flow.register.relationships;
    let suppliers = focus.below.iter();
    let suppliers = distinct(suppliers.map(|at| relationships.supplier(at.relationship)));
    let suppliers = names(view, &suppliers);
    let contracts = lang.count(focus.below.len(), "contract", "contracts", "份合同");
    let [applies, conditional, unconfirmed] = Status::ALL.map(|status| {
        let clauses = focus.below.iter().flat_map(|contract| &contract.clauses);
        let is_such = |&&at: &&usize| view.assessment.clauses()[at].0.status == status;
        clauses.filter(is_such).count()
    });
    let further = focus
        .beyond
        .iter()
        .filter(|beyond| !beyond.is_supplier)
        .count();
    let further = match further {
        0 => String::new(),
        _ => {
            let parties = lang.count(further, "party", "parties", "个主体");
            say!(
                lang,
                " From there it goes on to {parties} further down.",
                "由此再传导至更下层的 {parties}。"
            )
        }
    };
    say!(
        lang,
        "It passes clauses on in {contracts}, with {suppliers}: {applies} for certain, {conditional} conditionally, {unconfirmed} unconfirmed.{further}",
        "其在 {contracts}中向下传递条款（供应商：{suppliers}）：适用 {applies} 项，附条件 {conditional} 项，待确认 {unconfirmed} 项。{further}"
    )
}

fn lacks(view: &View, focus: &Focus) -> String {
    let lang = view.lang;
    let assessment = view.assessment;
    let own = assessment.iter_in(assessment.findings_of(focus.party));
    let open = own
        .filter(|(finding, proven)| finding.status == Status::Applies && !proven.proof.in_force());
    let parts = [
        (
            open.count(),
            say!(
                lang,
                "full evidence for {{count}} of what applies to it",
                "适用义务中 {{count}} 项的完整有效证据"
            ),
        ),
        (
            wanting(view, &focus.above),
            say!(
                lang,
                "{{count}} clauses of contracts with customers",
                "与客户的合同中的 {{count}} 项条款"
            ),
        ),
        (
            wanting(view, &focus.below),
            say!(
                lang,
                "{{count}} clauses of contracts with suppliers",
                "与供应商的合同中的 {{count}} 项条款"
            ),
        ),
    ];
    let parts = parts.into_iter().filter(|(count, _)| *count > 0);
    let parts: Vec<String> = parts
        .map(|(count, words)| words.replace("{count}", &count.to_string()))
        .collect();
    if parts.is_empty() {
        return say!(
            lang,
            "It lacks nothing of what applies for certain.",
            "就确定适用的义务而言，无所缺。"
        );
    }
    let parts = listed(parts.into_iter(), MOST, lang);
    say!(lang, "It lacks {parts}.", "尚缺：{parts}。")
}

/// How many clauses apply and are not in force.
fn wanting(view: &View, contracts: &[Carrying]) -> usize {
    let clauses = contracts.iter().flat_map(|contract| &contract.clauses);
    let is_wanting = |&&at: &&usize| {
        let (clause, proven) = view.assessment.clauses()[at];
        clause.status == Status::Applies && !proven.proof.in_force()
    };
    clauses.filter(is_wanting).count()
}

fn unknown(view: &View, focus: &Focus) -> String {
    let lang = view.lang;
    let hang = match focus.hinges.is_empty() {
        true => say!(
            lang,
            "None of its findings rests on an unknown fact.",
            "其结论均不取决于未知事实。"
        ),
        false => {
            let columns = focus.hinges.chunk_by(|a, b| a.missing == b.missing);
            let policy = view.assessment.flow.policy;
            let columns = columns.map(|column| missing_word(column[0].missing, policy, lang));
            let columns = listed(columns.collect::<Vec<_>>().into_iter(), MOST, lang);
            say!(
                lang,
                "What is unconfirmed rests on: {columns}.",
                "待确认的结论取决于：{columns}。"
            )
        }
    };
    match view.unclear_customers() {
        [] => hang,
        unclear => {
            let names = names(view, unclear);
            let space = if lang == Lang::En { " " } else { "" };
            let told = say!(
                lang,
                "No all-clear: where a status is blank or unreadable nothing starts here, as at {names}.",
                "不等于没有义务：状态为空或无法识别的主体在此不发起任何义务，即：{names}。"
            );
            format!("{hang}{space}{told}")
        }
    }
}
