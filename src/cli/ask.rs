//! `ciiflow ask`: what to ask first, whom, and what each answer would change.

use std::io;

use anyhow::Result;
use ciiflow::assess::Assessment;
use ciiflow::flow::Flow;
use ciiflow::lang::{Lang, say};
use ciiflow::report::questions;
use ciiflow::view::View;

use super::args::Ask;
use super::input::{self, Input};
use super::output::Directory;
use super::timings::Timings;
use super::{Outcome, paint, print};

/// Reads, walks, and walks again with each answer in place.
pub(super) fn run(args: &Ask, lang: Lang) -> Result<Outcome> {
    let timings = Timings::start(&args.common, lang);
    let directory = Directory::asked(args.output.as_deref(), &args.common, lang)?;
    let input = input::read_and_tell(&args.register, &args.common, lang)?;
    timings.done("reading");
    let focus = input.focus(args.focus.as_deref(), lang)?;
    let Input {
        policy,
        reading,
        name,
        ..
    } = input;
    let progress = input::spinner(&args.common, say!(lang, "asking", "测算中"));
    let told = |stage: &'static str| timings.done(stage);
    let flow = Flow::observed(&reading.register, &policy, input::day(args.as_of), &told);
    let assessment = Assessment::observed(&flow, &told);
    let assessment = match focus {
        Some(party) => assessment.focused(party),
        None => assessment,
    };
    let view = View::new(&assessment, &reading, &reading.diagnostics, name, lang);
    view.questions();
    progress.finish_and_clear();
    timings.done("questions");
    if let Some(mut directory) = directory {
        directory.write("questions.csv", |out| questions::table(&view, out))?;
        let page = questions::markdown(&view);
        directory.write("questions.md", |out| out.write_all(page.as_bytes()))?;
        directory.finish(args.common.quiet)?;
    }
    print(&questions::summary(&view, paint(&io::stdout())))?;
    Ok(Outcome::Done)
}
