//! `ciiflow check`: read, report every fault, and close the gate at an error or warning.

use std::io;

use anyhow::Result;
use ciiflow::assess::{Assessment, tell_operators};
use ciiflow::flow::Flow;
use ciiflow::lang::{Lang, say};
use ciiflow::report::{self, json, tables, terminal};
use ciiflow::view::View;

use super::args::Check;
use super::input::{self, Input};
use super::output::Directory;
use super::timings::Timings;
use super::{Outcome, paint, print};

/// Reads the register and says what of it was not understood.
pub(super) fn run(args: &Check, lang: Lang) -> Result<Outcome> {
    let timings = Timings::start(&args.common, lang);
    let directory = Directory::asked(args.output.as_deref(), &args.common, lang)?;
    let Input {
        policy,
        mut reading,
        name,
        ..
    } = input::read(&args.register, &args.common, lang)?;
    timings.done("reading");
    let mut diagnostics = std::mem::take(&mut reading.diagnostics);
    let progress = input::spinner(&args.common, say!(lang, "walking", "推导中"));
    let told = |stage: &'static str| timings.done(stage);
    let flow = Flow::observed(&reading.register, &policy, input::day(args.as_of), &told);
    let assessment = Assessment::observed(&flow, &told);
    assessment.tell_evidence(&mut diagnostics);
    tell_operators(flow.register, &policy, &mut diagnostics);
    progress.finish_and_clear();
    let view = View::new(&assessment, &reading, &diagnostics, name, lang);
    if let Some(mut directory) = directory {
        directory.write("register-issues.csv", |out| {
            tables::register_issues(&view, out)
        })?;
        let folder = input::folder(&args.register, &args.common);
        directory.write("ciiflow.sarif", |out| json::sarif(&view, &[], &folder, out))?;
        directory.finish(args.common.quiet)?;
    }
    let paint = paint(&io::stdout());
    print(&terminal::faults(&diagnostics, lang, paint))?;
    print(&report::reading::summary(&view))?;
    print(&terminal::silence(&view, paint))?;
    timings.done("report");
    input::refuse_faults(&diagnostics, &args.common, lang)?;
    Ok(if diagnostics.any_fault() {
        Outcome::Closed
    } else {
        Outcome::Done
    })
}
