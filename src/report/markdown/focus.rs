//! The answer for one party: what reaches it and through whom, what it passes on and to whom, and what it lacks.

use super::super::focus::{asked_words, focus_words};
use super::super::words::{by_binding, listed, status_word};
use super::next::{doings, question, title};
use super::{Beside, clauses, escaped, heading, returned, section, table_head, table_row};
use crate::assess::EXPIRING_DAYS;
use crate::flow::{Origins, Status};
use crate::lang::say;
use crate::register::PartyId;
use crate::view::{Beyond, Carrying, Focus, Reaching, View};

/// Entries of each list.
const MOST: usize = 25;
/// Titles and names that one entry lists.
const MOST_NAMES: usize = 12;

/// Title, the answer in four lines, then what it rests on.
pub(super) fn answer(view: &View, focus: &Focus, beside: Beside, out: &mut String) {
    let lang = view.lang;
    let flow = view.assessment.flow;
    let (name, register) = (
        escaped(view.name(focus.party)),
        escaped(&view.register_name),
    );
    let head = say!(
        lang,
        "What reaches {name}, and what it passes on: {register}",
        "{name}：传导至此的义务及其向下传递（{register}）"
    );
    heading(out, 1, &head);
    let (pack, version, day) = (
        escaped(flow.policy.title.get(lang)),
        escaped(&flow.policy.version),
        flow.as_of,
    );
    *out += &say!(
        lang,
        "{pack}, version {version}, as of {day}. Everything below concerns this party only.\n",
        "{pack}，版本 {version}，截至 {day}。以下内容仅涉及该主体。\n"
    );
    heading(out, 2, &say!(lang, "The answer", "结论"));
    for (line, number) in focus_words(view, focus).iter().zip(1..) {
        *out += &format!("{number}. {}\n", escaped(line));
    }
    returned::note(view, out);
    let shows = say!(lang, "The chains that concern it", "与其有关的链条");
    beside.picture("exposure", &shows, out);
    if let Some(notice) = &flow.policy.notice {
        *out += &format!("\n> {}\n", escaped(notice.get(lang)));
    }
    reaching(view, focus, out);
    passing(view, focus, beside, out);
    lacking(view, focus, out);
}

fn reaching(view: &View, focus: &Focus, out: &mut String) {
    let lang = view.lang;
    section(
        out,
        2,
        "reaches",
        &say!(lang, "What reaches it", "传导至该主体的义务"),
    );
    if focus.reaching.is_empty() {
        *out += &say!(
            lang,
            "No chain brings an obligation here.\n",
            "没有链条将义务传导至此。\n"
        );
    }
    for group in focus.reaching.iter().take(MOST) {
        *out += &group_words(view, group);
    }
    if focus.reaching.len() > MOST {
        let rest = focus.reaching.len() - MOST;
        *out += &say!(lang, "- and {rest} more.\n", "- 另有 {rest} 项。\n");
    }
    let unclear = view.unclear_customers();
    if !unclear.is_empty() {
        let names = unclear.iter().map(|&party| escaped(view.name(party)));
        let names = listed(names, MOST_NAMES, lang);
        *out += &say!(
            lang,
            "\n**No all-clear**: the status of these parties is blank or unreadable, so they start nothing here; from each of them something could reach it: {names}.\n",
            "\n**不等于没有义务**：以下主体的状态为空或无法识别，此处不发起任何义务，但其义务可能传导至此：{names}。\n"
        );
    }
    if let Some(number) = view
        .concerns()
        .iter()
        .position(|concern| concern.party == focus.party)
    {
        let number = number + 1;
        *out += &say!(
            lang,
            "\nEach with its chain, duty and evidence: [its dossier](#party-{number}).\n",
            "\n逐项的链条、义务和证据见[该主体](#party-{number})。\n"
        );
    }
}

/// One customer and operator: by status what it hands on, and who else does.
fn group_words(view: &View, group: &Reaching) -> String {
    let lang = view.lang;
    let operator = escaped(view.name(group.operator));
    let count = group.findings.len();
    let count = lang.count(count, "finding", "findings", "项结论");
    let mut out = match group.customer {
        None => say!(
            lang,
            "- **Borne as an operator itself** ({count})\n",
            "- **作为运营者自身承担**（{count}）\n"
        ),
        Some(customer) if customer == group.operator => say!(
            lang,
            "- **Through {operator}**, an operator, directly ({count})\n",
            "- **经由：{operator}**（运营者，直接客户；{count}）\n"
        ),
        Some(customer) => {
            let customer = escaped(view.name(customer));
            say!(
                lang,
                "- **Through {customer}**, from the operator {operator} ({count})\n",
                "- **经由：{customer}**，发起的运营者：{operator}（{count}）\n"
            )
        }
    };
    for status in Status::ALL {
        let of_status = |&&at: &&usize| view.assessment.findings[at].status == status;
        let items: Vec<_> = group.findings.iter().filter(of_status).collect();
        if items.is_empty() {
            continue;
        }
        let items = items.iter().map(|&&at| {
            let finding = &view.assessment.findings[at];
            (finding.binding, title_of(view, at))
        });
        let items: Vec<_> = items.collect();
        let word = status_word(status, lang);
        let titles = match status {
            Status::Applies => by_binding(&items, MOST_NAMES, lang),
            _ => listed(items.into_iter().map(|(_, title)| title), MOST_NAMES, lang),
        };
        out += &say!(lang, "  - {word}: {titles}\n", "  - {word}：{titles}\n");
    }
    let others = others(view, group);
    if !others.is_empty() {
        let names = others.iter().map(|&party| escaped(view.name(party)));
        let names = listed(names, MOST_NAMES, lang);
        out += &say!(
            lang,
            "  - some of it comes through other customers as well: {names}\n",
            "  - 其中部分亦经由其他客户传导：{names}\n"
        );
    }
    out
}

/// What a finding is about, and from how many operators it comes where it is more than one.
fn title_of(view: &View, at: usize) -> String {
    let lang = view.lang;
    let finding = &view.assessment.findings[at];
    let title = title(view, finding.obligation);
    match finding.origins {
        None | Some(Origins::Exactly(0 | 1)) => title,
        Some(origins) => say!(
            lang,
            "{title} (from {origins} operators)",
            "{title}（来自 {origins} 家运营者）"
        ),
    }
}

/// The other customers whose contracts bring any of it.
fn others(view: &View, group: &Reaching) -> Vec<PartyId> {
    let bringing = group
        .findings
        .iter()
        .flat_map(|&at| view.customers_bringing(at));
    let mut others: Vec<PartyId> = bringing
        .filter(|&other| Some(other) != group.customer)
        .collect();
    others.sort_unstable_by_key(|&party| view.id(party));
    others.dedup();
    others
}

fn passing(view: &View, focus: &Focus, beside: Beside, out: &mut String) {
    let lang = view.lang;
    section(
        out,
        2,
        "passes",
        &say!(lang, "What it passes on", "需向下传递的内容"),
    );
    if focus.below.is_empty() {
        *out += &say!(
            lang,
            "No contract with a supplier has to carry a clause.\n",
            "没有与供应商的合同需要载有条款。\n"
        );
        return;
    }
    *out += &say!(
        lang,
        "Clauses that its contracts with its own suppliers have to carry.\n\n",
        "其与自身供应商的合同应载有的条款。\n\n"
    );
    contracts(view, &focus.below, beside, out);
    if focus.beyond.is_empty() {
        return;
    }
    let head = say!(lang, "Whom that reaches", "由此触及的主体");
    heading(out, 3, &head);
    *out += &say!(
        lang,
        "Findings that some walk through this party brings; the chain that is shown of one can be another.\n\n",
        "经由该主体的路径所带来的结论；所显示的链条可能是另一条。\n\n"
    );
    let head = [
        say!(lang, "Party", "主体"),
        say!(lang, "Position", "位置"),
        status_word(Status::Applies, lang).to_owned(),
        status_word(Status::Conditional, lang).to_owned(),
        status_word(Status::Unconfirmed, lang).to_owned(),
        say!(lang, "no full evidence", "无完整有效证据"),
    ];
    table_head(out, &head);
    for beyond in focus.beyond.iter().take(2 * MOST) {
        table_row(out, &beyond_row(view, beyond));
    }
    if focus.beyond.len() > 2 * MOST {
        let rest = focus.beyond.len() - 2 * MOST;
        let whole = beside.whole("exposure.csv", lang);
        let rest = lang.count(rest, "more party", "more parties", "个主体");
        *out += &say!(lang, "\nAnd {rest}{whole}.\n", "\n另有 {rest}{whole}。\n");
    }
}

fn beyond_row(view: &View, beyond: &Beyond) -> [String; 6] {
    let lang = view.lang;
    let position = match beyond.is_supplier {
        true => say!(lang, "its supplier", "其供应商"),
        false => say!(lang, "further down", "更下层"),
    };
    let [applies, conditional, unconfirmed] = beyond.findings.map(|count| count.to_string());
    [
        escaped(view.name(beyond.party)),
        position,
        applies,
        conditional,
        unconfirmed,
        beyond.open.to_string(),
    ]
}

fn contracts(view: &View, contracts: &[Carrying], beside: Beside, out: &mut String) {
    let all = view.assessment.clauses();
    let rows = contracts.iter().map(|contract| {
        let clauses = contract.clauses.iter().map(|&at| all[at]);
        clauses.collect::<Vec<_>>()
    });
    let rows: Vec<_> = rows.collect();
    let rows: Vec<_> = rows.iter().map(Vec::as_slice).collect();
    clauses::table(view, &rows, beside, out);
}

fn lacking(view: &View, focus: &Focus, out: &mut String) {
    let lang = view.lang;
    section(out, 2, "lacks", &say!(lang, "What it lacks", "尚缺的内容"));
    let start = out.len();
    evidence(view, focus, out);
    let above = say!(
        lang,
        "Clauses of contracts with its customers",
        "与客户的合同中尚缺的条款"
    );
    wanting(view, &focus.above, &above, out);
    let below = say!(
        lang,
        "Clauses of contracts with its suppliers",
        "与供应商的合同中尚缺的条款"
    );
    wanting(view, &focus.below, &below, out);
    if !focus.hinges.is_empty() {
        let head = say!(
            lang,
            "Facts on which its unconfirmed findings rest, and whom to ask",
            "其待确认结论所取决的事实及应询问的对象"
        );
        heading(out, 3, &head);
        for hinge in focus.hinges.iter().take(MOST) {
            let who = escaped(&asked_words(view, &view.asked(hinge)));
            let question = question(view, hinge);
            let question = question.trim_start_matches([' ', '-']).trim_end();
            *out += &say!(
                lang,
                "- ask {who}: {question}\n",
                "- 询问对象：{who}；{question}\n"
            );
        }
        if focus.hinges.len() > MOST {
            let rest = focus.hinges.len() - MOST;
            *out += &say!(lang, "- and {rest} more.\n", "- 另有 {rest} 项。\n");
        }
    }
    if out.len() == start {
        *out += &say!(lang, "Nothing.\n", "无。\n");
    }
}

/// Its own evidence: to get, to renew, to complete.
fn evidence(view: &View, focus: &Focus, out: &mut String) {
    let lang = view.lang;
    let wanted = view.evidence_to_get();
    let wanted = wanted.iter().find(|wanted| wanted.party == focus.party);
    let mut told = wanted.map_or(String::new(), |wanted| doings(view, wanted));
    let lapsing = view.evidence_to_renew();
    if let Some(own) = lapsing.iter().find(|own| own.party == focus.party) {
        let titles = own.obligations.iter().map(|(at, last)| {
            let title = title(view, *at);
            say!(lang, "{title} (ends {last})", "{title}（{last} 到期）")
        });
        let titles = listed(titles, MOST_NAMES, lang);
        told += &say!(
            lang,
            "  - renew within {EXPIRING_DAYS} days: {titles}\n",
            "  - {EXPIRING_DAYS} 天内更新：{titles}\n"
        );
    }
    if told.is_empty() {
        return;
    }
    let head = say!(
        lang,
        "Its own evidence, for what applies",
        "自身证据（就适用的义务而言）"
    );
    heading(out, 3, &head);
    told.lines()
        .for_each(|line| *out += &format!("{}\n", line.trim_start()));
}

/// The clauses that apply and are not in force, contract by contract.
fn wanting(view: &View, contracts: &[Carrying], head: &str, out: &mut String) {
    let lang = view.lang;
    let all = view.assessment.clauses();
    let told = contracts.iter().filter_map(|contract| {
        let clauses = contract.clauses.iter().map(|&at| &all[at]);
        let wanted = clauses.filter(|(clause, proven)| {
            clause.status == Status::Applies && !proven.proof.in_force()
        });
        let items = wanted.map(|(clause, proven)| {
            let title = clauses::wanted_title(view, clause.obligation, proven.proof);
            (clause.binding, title)
        });
        let items: Vec<_> = Some(items.collect::<Vec<_>>()).filter(|items| !items.is_empty())?;
        let titles = by_binding(&items, MOST_NAMES, lang);
        let (contract, ends) = (
            clauses::contract_words(view, contract.relationship),
            clauses::ends_words(view, contract.relationship),
        );
        Some(say!(
            lang,
            "- **{contract}**, {ends}: {titles}\n",
            "- **{contract}**，{ends}：{titles}\n"
        ))
    });
    let told: Vec<String> = told.collect();
    if told.is_empty() {
        return;
    }
    heading(out, 3, head);
    told.iter().take(MOST).for_each(|line| *out += line);
    if told.len() > MOST {
        let rest = told.len() - MOST;
        *out += &say!(lang, "- and {rest} more.\n", "- 另有 {rest} 项。\n");
    }
}
