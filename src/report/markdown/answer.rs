//! The answer in five lines, and the counts behind it.

use super::super::words::{
    binding_word, capitalized, listed, open_words, standing_note, status_meaning, status_word,
};
use super::{Beside, answers, escaped, heading, readers, table_head, table_row};
use crate::assess::Proof;
use crate::flow::Status;
use crate::lang::say;
use crate::view::{Summary, View};

/// Parties that a line of the answer names.
const MOST: usize = 3;

/// Title, the answer in five lines, findings by status and binding, where each reader goes on, and the pack's notice.
pub(super) fn answer(view: &View, beside: Beside, out: &mut String) {
    let lang = view.lang;
    let flow = view.assessment.flow;
    let register = escaped(&view.register_name);
    heading(
        out,
        1,
        &say!(
            lang,
            "Flow-through obligations: {register}",
            "供应链传导义务：{register}"
        ),
    );
    let (pack, version, day) = (
        escaped(flow.policy.title.get(lang)),
        escaped(&flow.policy.version),
        flow.as_of,
    );
    *out += &say!(
        lang,
        "{pack}, version {version}, as of {day}.\n",
        "{pack}，版本 {version}，截至 {day}。\n"
    );
    heading(out, 2, &say!(lang, "The answer", "结论"));
    let lines = [
        reach(view),
        owed(view),
        uncertain(view),
        concern(view),
        silent(view),
    ];
    for (line, number) in lines.iter().zip(1..) {
        *out += &format!("{number}. {line}\n");
    }
    out.push('\n');
    counts(view, out);
    answers::note(view, out);
    readers::readers(view, beside, out);
    let shows = say!(
        lang,
        "Who passes obligations on to whom, by tier",
        "义务逐层传导路径"
    );
    beside.picture("exposure", &shows, out);
    if let Some(notice) = &flow.policy.notice {
        *out += &format!("\n> {}\n", escaped(notice.get(lang)));
    }
}

fn reach(view: &View) -> String {
    let lang = view.lang;
    let Summary {
        partners,
        tiers,
        parties,
        relationships,
        active,
        ..
    } = view.summary;
    let operators = view.summary.operators_words(lang);
    let partners = lang.count(partners, "partner", "partners", "家合作方");
    let tiers = lang.count(tiers as usize, "tier", "tiers", "层");
    let [applies, conditional, unconfirmed] = view.summary.partners_by_status;
    let notes = standing_words(view);
    let parties = lang.count(parties, "party", "parties", "个主体");
    let relationships = lang.count(relationships, "relationship", "relationships", "条关系");
    say!(
        lang,
        "Obligations of {operators} reach {partners} over {tiers}: {applies} with something that applies, {conditional} only conditionally, {unconfirmed} only unconfirmed.{notes} The register has {parties} and {relationships} ({active} active).",
        "{operators}的义务传导至 {partners}，共 {tiers}：{applies} 家有适用的义务，{conditional} 家仅附条件，{unconfirmed} 家仅待确认。{notes}台账有 {parties}、{relationships}（有效 {active} 条）。"
    )
}

/// The operators that are so on weaker ground than others, each with that ground.
fn standing_words(view: &View) -> String {
    let lang = view.lang;
    let parties = view.assessment.flow.register.parties.iter();
    let noted = parties.filter_map(|party| {
        let (name, note) = (
            escaped(view.name(party)),
            escaped(standing_note(view, party)?),
        );
        Some(say!(lang, "{name} ({note})", "{name}（{note}）"))
    });
    let noted: Vec<String> = noted.collect();
    if noted.is_empty() {
        return String::new();
    }
    let noted = listed(noted.into_iter(), MOST, lang);
    say!(
        lang,
        " Among the operators: {noted}.",
        "运营者中：{noted}。"
    )
}

/// What applies: by binding, and how much of it is shown.
fn owed(view: &View) -> String {
    let lang = view.lang;
    let counts = view.summary.findings[Status::Applies as usize];
    let parts = (0..6).filter(|&binding| counts[binding] > 0);
    let parts = parts.map(|binding| {
        let count = counts[binding];
        let word = binding_word(Summary::BINDINGS[binding], lang);
        say!(lang, "{count} {word}", "{word} {count} 项")
    });
    let parts = listed(parts.collect::<Vec<_>>().into_iter(), 6, lang);
    let (all, open) = (
        view.summary.of_status(Status::Applies),
        view.summary.open[Status::Applies as usize],
    );
    if all == 0 {
        return say!(
            lang,
            "No finding applies for certain.",
            "没有确定适用的结论。"
        );
    }
    let applies = lang.count(all, "finding applies", "findings apply", "项结论适用");
    let shown = match (open, all) {
        (0, _) => say!(
            lang,
            "evidence in force covers all of this",
            "均有完整有效证据"
        ),
        (1, 1) => say!(
            lang,
            "the evidence in force for it is missing or does not cover all of it",
            "没有有效证据，或有效证据不完整"
        ),
        _ if open == all => say!(
            lang,
            "for none of them is the evidence in force complete",
            "均没有有效证据，或有效证据不完整"
        ),
        _ => say!(
            lang,
            "for {open} of them the evidence in force is missing or does not cover all of it",
            "其中 {open} 项没有有效证据，或有效证据不完整"
        ),
    };
    say!(
        lang,
        "{applies} ({parts}); {shown}.",
        "{applies}（{parts}），{shown}。"
    )
}

/// What is not certain, and what lapses.
fn uncertain(view: &View) -> String {
    let lang = view.lang;
    let conditional = view.summary.of_status(Status::Conditional);
    let unconfirmed = view.summary.of_status(Status::Unconfirmed);
    let columns = view
        .hinges()
        .chunk_by(|a, b| a.missing == b.missing)
        .count();
    let columns = lang.count(columns, "column", "columns", "列");
    let proven = view.assessment.proven.iter();
    let expiring = proven
        .filter(|proven| proven.proof == Proof::Expiring)
        .count();
    let hang = match unconfirmed {
        0 => String::new(),
        _ => say!(
            lang,
            ", because cells of {columns} are blank or unreadable",
            "，取决于 {columns}中空白或无法识别的单元格"
        ),
    };
    let lapse = match expiring {
        0 => String::new(),
        _ => {
            let findings = lang.count(expiring, "finding", "findings", "项");
            say!(
                lang,
                "; the evidence of {findings} lapses within 90 days",
                "；{findings}的证据将在 90 天内到期"
            )
        }
    };
    let conditional = match conditional {
        0 => say!(
            lang,
            "Nothing depends on a possible operator",
            "没有结论取决于可能的运营者"
        ),
        _ => say!(
            lang,
            "{conditional} more would apply if a possible operator turns out to be one",
            "若可能的运营者被确认，另有 {conditional} 项适用"
        ),
    };
    say!(
        lang,
        "{conditional}; {unconfirmed} are unconfirmed{hang}{lapse}.",
        "{conditional}；{unconfirmed} 项待确认{hang}{lapse}。"
    )
}

/// Whom it concerns most, operators aside.
fn concern(view: &View) -> String {
    let lang = view.lang;
    let partners = view.concerns().iter().filter(|concern| {
        view.assessment.flow.operator(concern.party).is_none() && concern.open.total() > 0
    });
    let told = partners.take(MOST).map(|concern| {
        let (name, open) = (escaped(view.name(concern.party)), open_words(concern, lang));
        say!(lang, "{name} ({open})", "{name}（{open}）")
    });
    let told: Vec<String> = told.collect();
    match told.is_empty() {
        true => say!(
            lang,
            "No partner has anything open.",
            "没有合作方存在未决事项。"
        ),
        false => {
            let names = told.join(&say!(lang, "; ", "；"));
            say!(
                lang,
                "Partners of most concern: {names}.",
                "最需关注的合作方：{names}。"
            )
        }
    }
}

/// Customers about whom silence is no all-clear.
fn silent(view: &View) -> String {
    let lang = view.lang;
    let count = view.unclear_customers().len();
    let taken = view.assessment.taken().len();
    if count == 0 && taken > 0 {
        let parties = lang.count(taken, "party", "parties", "个主体");
        return say!(
            lang,
            "**No all-clear**: the status of {parties} is unknown and was taken [from the screening](#screening).",
            "**不等于没有义务**：{parties}的状态未知，按[筛查结果](#screening)处理。"
        );
    }
    if count == 0 {
        return say!(
            lang,
            "The status of every customer is given.",
            "所有客户的状态均已给出。"
        );
    }
    let names = view
        .unclear_customers()
        .iter()
        .map(|&party| escaped(view.name(party)));
    let names = listed(names, MOST, lang);
    let customers = lang.count(count, "customer starts", "customers start", "家客户");
    say!(
        lang,
        "**No all-clear**: {customers} nothing here, because the status is blank or unreadable: {names}.",
        "**不等于没有义务**：{customers}的状态为空或无法识别，此处不发起任何义务：{names}。"
    )
}

/// Findings by status and binding.
fn counts(view: &View, out: &mut String) {
    let lang = view.lang;
    let mut head = vec![say!(lang, "Status", "状态"), say!(lang, "Findings", "结论")];
    head.push(say!(lang, "No full evidence", "无完整有效证据"));
    let shown: Vec<usize> = (0..6)
        .filter(|&binding| {
            view.summary
                .findings
                .iter()
                .any(|counts| counts[binding] > 0)
        })
        .collect();
    head.extend(
        shown
            .iter()
            .map(|&binding| capitalized(binding_word(Summary::BINDINGS[binding], lang))),
    );
    table_head(out, &head);
    for status in Status::ALL {
        let counts = view.summary.findings[status as usize];
        let (word, meaning) = (status_word(status, lang), status_meaning(status, lang));
        let mut row = vec![say!(lang, "**{word}**: {meaning}", "**{word}**：{meaning}")];
        row.push(view.summary.of_status(status).to_string());
        row.push(view.summary.open[status as usize].to_string());
        row.extend(shown.iter().map(|&binding| counts[binding].to_string()));
        table_row(out, &row);
    }
}
