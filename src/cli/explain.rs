//! `ciiflow explain`: why a party owes what it owes.

use std::io;

use anyhow::{Result, bail};
use ciiflow::assess::Assessment;
use ciiflow::diagnostic::did_you_mean;
use ciiflow::flow::Flow;
use ciiflow::lang::{Lang, say};
use ciiflow::register::{Parties, PartyId};
use ciiflow::report::explain;
use ciiflow::view::View;

use super::args::Explain;
use super::input::{self, Input};
use super::timings::Timings;
use super::{Outcome, paint, print};

/// Prints the chains of one party.
pub(super) fn run(args: &Explain, lang: Lang) -> Result<Outcome> {
    let timings = Timings::start(&args.common, lang);
    let Input {
        policy,
        reading,
        name,
    } = input::read(&args.register, &args.common, lang)?;
    timings.done("reading");
    let told = |stage: &'static str| timings.done(stage);
    if args.common.strict {
        input::tell_faults(&reading.diagnostics, &args.common, lang);
    }
    input::refuse_faults(&reading.diagnostics, &args.common, lang)?;
    let party = find(&reading.register.parties, &args.party, lang)?;
    let obligation = match &args.obligation {
        None => None,
        Some(id) => {
            let ids = || {
                policy
                    .obligations
                    .iter()
                    .map(|obligation| obligation.id.as_str())
            };
            let Some(position) = ids().position(|candidate| candidate == id) else {
                let (pack, hint) = (&policy.id, did_you_mean(id, ids(), lang));
                bail!(say!(
                    lang,
                    "the pack `{pack}` has no obligation `{id}`{hint}",
                    "规则包“{pack}”没有义务“{id}”{hint}"
                ));
            };
            Some(position as u8)
        }
    };
    let flow = Flow::observed(&reading.register, &policy, input::day(args.as_of), &told);
    let assessment = Assessment::observed(&flow, &told);
    let view = View::new(&assessment, &reading, &reading.diagnostics, name, lang);
    print(&explain::explain(
        &view,
        party,
        obligation,
        paint(&io::stdout()),
    ))?;
    timings.done("report");
    Ok(Outcome::Done)
}

/// The party with this id, else the only one with this name.
fn find(parties: &Parties, wanted: &str, lang: Lang) -> Result<PartyId> {
    if let Some(party) = parties.find(wanted) {
        return Ok(party);
    }
    let is_called = |party: &PartyId| {
        parties.name(*party) == wanted || parties.local_name(*party) == Some(wanted)
    };
    let named: Vec<PartyId> = parties.iter().filter(is_called).collect();
    match named.as_slice() {
        [party] => Ok(*party),
        [] => {
            let names = parties
                .iter()
                .flat_map(|party| [parties.id(party), parties.name(party)]);
            let hint = did_you_mean(wanted, names, lang);
            bail!(say!(
                lang,
                "no party has the id or name `{wanted}`{hint}",
                "没有标识或名称为“{wanted}”的主体{hint}"
            ))
        }
        several => {
            let ids: Vec<_> = several.iter().map(|&party| parties.id(party)).collect();
            let ids = ids.join(&say!(lang, ", ", "、"));
            bail!(say!(
                lang,
                "several parties are called `{wanted}`: {ids}",
                "名称为“{wanted}”的主体有多个：{ids}"
            ))
        }
    }
}
