//! `ciiflow analyze`: the main job.

use std::collections::BTreeSet;
use std::io;

use anyhow::{Context, Result};
use ciiflow::assess::Assessment;
use ciiflow::chart;
use ciiflow::diagnostic::{Code, Diagnostics, Fault};
use ciiflow::flow::Flow;
use ciiflow::report::markdown::{self, Beside};
use ciiflow::report::{json, tables, terminal};
use ciiflow::view::{ExposureChart, View};

use super::args::{Analyze, Output};
use super::input::{self, Input};
use super::output::Directory;
use super::{Outcome, paint, print, tell};

/// Reads, walks, holds against the evidence, writes, and sums up.
pub(super) fn run(args: &Analyze) -> Result<Outcome> {
    let directory = args.output.as_deref().map(Directory::open).transpose()?;
    let progress = input::spinner(&args.common, "reading");
    let Input {
        policy,
        reading,
        name,
        lang,
    } = input::read(&args.register, &args.common)?;
    progress.set_message("walking");
    let flow = Flow::new(&reading.register, &policy, input::day(args.as_of));
    let assessment = Assessment::new(&flow);
    let mut diagnostics = reading.diagnostics.clone();
    assessment.tell_evidence(&mut diagnostics);
    progress.finish_and_clear();
    input::tell_faults(&diagnostics, &args.common);
    input::refuse_faults(&diagnostics, &args.common)?;
    let view = View::new(&assessment, &reading, &diagnostics, name, lang);
    if let Some(directory) = directory {
        let progress = input::spinner(&args.common, "writing");
        let written = write(&view, args, directory)?;
        progress.finish_and_clear();
        if !args.common.quiet {
            written
                .iter()
                .for_each(|path| tell(&format!("{}\n", path.display())));
        }
    }
    print(&terminal::summary(&view, paint(&io::stdout())))?;
    Ok(Outcome::Done)
}

fn write(view: &View, args: &Analyze, mut directory: Directory) -> Result<Vec<std::path::PathBuf>> {
    let wanted = |output| args.write.contains(&output);
    if wanted(Output::Findings) {
        directory.write("findings.csv", |out| tables::findings(view, out))?;
    }
    if wanted(Output::Clauses) {
        directory.write("clauses.csv", |out| tables::clauses(view, out))?;
    }
    if wanted(Output::Exposure) {
        directory.write("exposure.csv", |out| tables::exposure(view, out))?;
    }
    if wanted(Output::Json) {
        directory.write("assessment.json", |out| json::assessment(view, out))?;
    }
    if wanted(Output::RegisterIssues) {
        directory.write("register-issues.csv", |out| {
            tables::register_issues(view, out)
        })?;
    }
    if wanted(Output::Charts) {
        let exposure = view.exposure_chart();
        if !args.common.quiet {
            tell_missing_glyphs(&exposure);
        }
        let pictures = [
            ("exposure", chart::chains::svg(&exposure)),
            ("heatmap", chart::heatmap::svg(&view.heatmap_chart())),
            ("evidence", chart::evidence::svg(&view.evidence_chart())),
            ("timeline", chart::timeline::svg(&view.timeline_chart())),
        ];
        for (name, svg) in pictures {
            let svg = svg.with_context(|| format!("the {name} chart"))?;
            let png = chart::png(&svg).with_context(|| format!("the {name} chart"))?;
            directory.write(&format!("charts/{name}.svg"), |out| {
                out.write_all(svg.as_bytes())
            })?;
            directory.write(&format!("charts/{name}.png"), |out| out.write_all(&png))?;
        }
    }
    // The report comes last, because it names what stands beside it.
    if wanted(Output::Report) {
        let report = markdown::report(view, Beside(directory.names()));
        directory.write("report.md", |out| out.write_all(report.as_bytes()))?;
    }
    directory.finish()
}

/// Tells the characters of names that the picture cannot draw.
fn tell_missing_glyphs(exposure: &ExposureChart) {
    let missing: BTreeSet<char> = exposure
        .nodes
        .iter()
        .flat_map(|node| chart::missing_glyphs(&node.name))
        .collect();
    if missing.is_empty() {
        return;
    }
    let mut diagnostics = Diagnostics::default();
    let file = diagnostics.file("charts/exposure.png");
    let missing: Vec<String> = missing
        .iter()
        .map(|c| c.escape_unicode().to_string())
        .collect();
    diagnostics.add(
        Fault::new(Code::MissingGlyph, file).text(missing.join(" ")),
        0,
    );
    tell(&terminal::faults(
        &diagnostics,
        exposure.lang,
        paint(&io::stderr()),
    ));
}
