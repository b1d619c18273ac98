//! `ciiflow explain`: why a party owes what it owes.

use std::io;

use anyhow::{Result, bail};
use ciiflow::assess::Assessment;
use ciiflow::diagnostic::did_you_mean;
use ciiflow::flow::Flow;
use ciiflow::lang::{Lang, say};
use ciiflow::report::explain;
use ciiflow::view::View;

use super::args::Explain;
use super::input::{self, Input};
use super::timings::Timings;
use super::{Outcome, paint, print};

/// Prints the chains of one party.
pub(super) fn run(args: &Explain, lang: Lang) -> Result<Outcome> {
    let timings = Timings::start(&args.common, lang);
    let mut input = input::read(&args.register, &args.common, lang)?;
    timings.done("reading");
    let day = input::day(args.as_of);
    let worklist = input::screen(args.screen, &mut input, day, lang)?;
    let told = |stage: &'static str| timings.done(stage);
    if args.common.strict {
        input::tell_faults(&input.reading.diagnostics, &args.common, lang);
    }
    input::refuse_faults(&input.reading.diagnostics, &args.common, lang)?;
    let party = input.party(&args.party, lang)?;
    let Input {
        policy,
        reading,
        name,
        ..
    } = input;
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
    let flow = Flow::observed(&reading.register, &policy, day, &told);
    let assessment = Assessment::observed(&flow, &told);
    let assessment = input::screened(assessment, worklist);
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
