//! `ciiflow letter`: what a company asks of its own suppliers, a letter for each.

use std::collections::BTreeMap;

use anyhow::{Result, bail};
use ciiflow::assess::{Assessment, Notices};
use ciiflow::flow::Flow;
use ciiflow::lang::{Lang, say};
use ciiflow::register::{PartyId, RelationshipId};
use ciiflow::report::letter::{Index, Sheet, file_names, index, summary};
use ciiflow::view::{Letter as Written, View};
use jiff::ToSpan;
use jiff::civil::Date;

use super::args::{Letter, LetterLanguage};
use super::input::{self, Input};
use super::output::Directory;
use super::timings::Timings;
use super::{Outcome, party, print};

/// Days within which an answer is asked for where nothing else is said.
const DAYS_TO_ANSWER: i32 = 30;

/// A supplier with its contracts with the sender.
type Addressed = (PartyId, Vec<RelationshipId>);

/// Reads, walks, and writes the letters.
pub(super) fn run(args: &Letter, lang: Lang) -> Result<Outcome> {
    if args.common.redact.is_some() {
        bail!(say!(
            lang,
            "--redact: a letter names its recipient and its contracts",
            "--redact：信函须写明收件方及其合同"
        ));
    }
    let timings = Timings::start(&args.common, lang);
    let day = input::day(args.as_of);
    let by = answer_by(args, day, lang)?;
    let mut directory = Directory::open(&args.output, lang)?;
    let Input {
        policy,
        reading,
        name,
        ..
    } = input::read_and_tell(&args.register, &args.common, lang)?;
    timings.done("reading");
    let told = |stage: &'static str| timings.done(stage);
    let flow = Flow::observed(&reading.register, &policy, day, &told);
    let addressed = addressed(args, &flow, lang)?;
    let assessment = Assessment::observed(&flow, &told);
    let [english, chinese] = [Lang::En, Lang::Zh].map(|lang| {
        let faults = &reading.diagnostics;
        View::new(&assessment, &reading, faults, name.clone(), lang)
    });
    let own = match lang {
        Lang::En => &english,
        Lang::Zh => &chinese,
    };
    let views = match args.written_in {
        None => vec![own],
        Some(LetterLanguage::En) => vec![&english],
        Some(LetterLanguage::Zh) => vec![&chinese],
        Some(LetterLanguage::Both) => vec![&english, &chinese],
    };
    let (letters, left_out) = letters(own, &addressed);
    refuse_unreviewed(args, own, &letters)?;
    let names = file_names(letters.iter().map(|letter| own.id(letter.recipient)));
    let told = Index {
        letters: letters
            .iter()
            .zip(names.iter().map(String::as_str))
            .collect(),
        left_out,
        reviewed_by: args.reviewed_by.as_deref(),
        by,
    };
    if told.letters.is_empty() {
        bail!("{}", summary(own, &told).trim_end());
    }
    write(&mut directory, &views, &told)?;
    let page = index(own, &told);
    directory.write("letters.md", |out| out.write_all(page.as_bytes()))?;
    directory.finish(args.common.quiet)?;
    timings.done("letters");
    print(&summary(own, &told))?;
    Ok(Outcome::Done)
}

/// The letters, and those who get none, each with the sender.
fn letters<'v>(
    view: &View<'v>,
    addressed: &[Addressed],
) -> (Vec<Written<'v>>, Vec<(PartyId, PartyId)>) {
    let flow = view.assessment.flow;
    let notices = Notices::new(flow);
    let (mut letters, mut left_out) = (Vec::new(), Vec::new());
    for (recipient, contracts) in addressed {
        match view.letter(contracts, &notices) {
            Some(letter) => letters.push(letter),
            None => {
                let sender = flow.register.relationships.customer(contracts[0]);
                left_out.push((*recipient, sender));
            }
        }
    }
    (letters, left_out)
}

/// Each letter as a page, as a document, and as a table to fill in.
fn write(directory: &mut Directory, views: &[&View], told: &Index) -> Result<()> {
    for (letter, name) in &told.letters {
        let sheet = Sheet::new(views, letter, told.by);
        let path = |ending: &str| format!("letters/{name}.{ending}");
        directory.write(&path("md"), |out| {
            out.write_all(sheet.markdown().as_bytes())
        })?;
        directory.write(&path("docx"), |out| out.write_all(&sheet.docx()))?;
        directory.write(&path("csv"), |out| sheet.csv(out))?;
    }
    Ok(())
}

/// The day by which an answer is asked for.
fn answer_by(args: &Letter, day: Date, lang: Lang) -> Result<Date> {
    let by = args
        .by
        .unwrap_or_else(|| day.saturating_add(DAYS_TO_ANSWER.days()));
    if by < day {
        bail!(say!(
            lang,
            "--by {by} is before the day of the letters, {day}",
            "--by {by} 早于函件日期 {day}"
        ));
    }
    Ok(by)
}

fn addressed(args: &Letter, flow: &Flow, lang: Lang) -> Result<Vec<Addressed>> {
    let find = |wanted: &str| party::find(&flow.register.parties, wanted, lang);
    let from = args.from.as_deref().map(find).transpose()?;
    if args.all {
        let sender = match from {
            Some(sender) => sender,
            None => only_customer(flow, lang)?,
        };
        return suppliers(flow, sender, lang);
    }
    let mut addressed: Vec<Addressed> = Vec::new();
    for wanted in &args.party {
        let recipient = find(wanted)?;
        if addressed.iter().all(|(other, _)| *other != recipient) {
            let contracts = contracts(flow, recipient, from, lang)?;
            addressed.push((recipient, contracts));
        }
    }
    Ok(addressed)
}

/// The customer of every active relationship of the register.
fn only_customer(flow: &Flow, lang: Lang) -> Result<PartyId> {
    let relationships = &flow.register.relationships;
    let active = relationships.active_on(flow.as_of);
    let mut active = relationships.iter().filter(|&at| active(at));
    let first = active.next().map(|at| relationships.customer(at));
    match first {
        Some(first) if active.all(|at| relationships.customer(at) == first) => Ok(first),
        _ => bail!(say!(
            lang,
            "--all: say with --from PARTY in whose name the letters are written; the register has not one customer only",
            "--all：请用 --from 主体 指明发函方；台账中的客户不止一个，或没有客户"
        )),
    }
}

/// Every supplier of a customer, by id, with their contracts.
fn suppliers(flow: &Flow, sender: PartyId, lang: Lang) -> Result<Vec<Addressed>> {
    let register = flow.register;
    let mut by_id: BTreeMap<&str, Addressed> = BTreeMap::new();
    for at in flow.supplies_to(sender) {
        let supplier = register.relationships.supplier(at);
        let entry = by_id.entry(register.parties.id(supplier));
        let (_, contracts) = entry.or_insert_with(|| (supplier, Vec::new()));
        contracts.push(at);
    }
    by_id.remove(register.parties.id(sender));
    if by_id.is_empty() {
        let id = register.parties.id(sender);
        let day = flow.as_of;
        bail!(say!(
            lang,
            "`{id}` has no supplier on {day}",
            "“{id}”在 {day} 没有供应商"
        ));
    }
    Ok(by_id.into_values().collect())
}

/// The contracts of a supplier with the sender, or with its only customer.
fn contracts(
    flow: &Flow,
    recipient: PartyId,
    from: Option<PartyId>,
    lang: Lang,
) -> Result<Vec<RelationshipId>> {
    let register = flow.register;
    let id = |party| register.parties.id(party);
    let (to, day) = (id(recipient), flow.as_of);
    let mut by_customer: BTreeMap<&str, Vec<RelationshipId>> = BTreeMap::new();
    for at in flow.supplied_by(recipient) {
        let customer = register.relationships.customer(at);
        if customer != recipient {
            by_customer.entry(id(customer)).or_default().push(at);
        }
    }
    let candidates = by_customer.keys().copied().collect::<Vec<_>>();
    let candidates = candidates.join(&say!(lang, ", ", "、"));
    let found = match from {
        Some(sender) => by_customer.remove(id(sender)),
        None if by_customer.len() < 2 => by_customer.into_values().next(),
        None => bail!(say!(
            lang,
            "`{to}` has several customers: say with --from PARTY in whose name the letter is written ({candidates})",
            "“{to}”有多个客户：请用 --from 主体 指明发函方（{candidates}）"
        )),
    };
    match (found, from) {
        (Some(found), _) => Ok(found),
        (None, None) => bail!(say!(
            lang,
            "`{to}` has no customer on {day}, so nobody writes to it",
            "“{to}”在 {day} 没有客户，无人可向其发函"
        )),
        (None, Some(sender)) => {
            let from = id(sender);
            let hint = match candidates.is_empty() {
                true => String::new(),
                false => say!(
                    lang,
                    "; its customers are: {candidates}",
                    "；其客户为：{candidates}"
                ),
            };
            bail!(say!(
                lang,
                "`{to}` delivers nothing to `{from}` on {day}{hint}",
                "“{to}”在 {day} 未向“{from}”供应{hint}"
            ))
        }
    }
}

/// Letters that need a review are written only if somebody stands for it.
fn refuse_unreviewed(args: &Letter, view: &View, letters: &[Written]) -> Result<()> {
    if args.reviewed_by.is_some() {
        return Ok(());
    }
    let lang = view.lang;
    let unreviewed = letters.iter().filter(|letter| letter.needs_review());
    let unreviewed = unreviewed.map(|letter| {
        let (name, id) = (view.name(letter.recipient), view.id(letter.recipient));
        say!(lang, "{name} ({id})", "{name}（{id}）")
    });
    let unreviewed: Vec<String> = unreviewed.collect();
    if unreviewed.is_empty() {
        return Ok(());
    }
    let names = unreviewed.join(&say!(lang, ", ", "、"));
    bail!(say!(
        lang,
        "by the pack, letters to these are written only after a review: {names}. Say with --reviewed-by NAME who did it; nothing was written",
        "按规则包的要求，致以下主体的函件须经复核后方可生成：{names}。请用 --reviewed-by 姓名 注明复核人；未写出任何文件"
    ))
}
