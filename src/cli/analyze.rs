//! `ciiflow analyze`: the main job.

use std::collections::BTreeSet;
use std::io;

use anyhow::{Context, Result};
use ciiflow::assess::{Assessment, tell_operators};
use ciiflow::chart;
use ciiflow::diagnostic::{Code, Diagnostics, Fault};
use ciiflow::flow::Flow;
use ciiflow::lang::{Lang, say};
use ciiflow::report::html::{self, Picture};
use ciiflow::report::markdown::{self, Beside};
use ciiflow::report::{json, questions, screening, tables, terminal, workbook};
use ciiflow::view::View;

use super::answered::answered;
use super::args::{Analyze, Output};
use super::input::{self, Input};
use super::output::Directory;
use super::timings::Timings;
use super::{Outcome, paint, print, tell};

/// Reads, walks, holds against the evidence, writes, and sums up.
pub(super) fn run(args: &Analyze, lang: Lang) -> Result<Outcome> {
    let timings = Timings::start(&args.common, lang);
    let directory = Directory::asked(args.output.as_deref(), &args.common, lang)?;
    let mut input = input::read(&args.register, &args.common, lang)?;
    timings.done("reading");
    let day = input::day(args.as_of);
    let worklist = input::screen(args.screen, &mut input, day, lang)?;
    let focus = input.focus(args.focus.as_deref(), lang)?;
    let Input {
        policy,
        mut reading,
        name,
        ..
    } = input;
    let mut diagnostics = std::mem::take(&mut reading.diagnostics);
    let progress = input::spinner(&args.common, say!(lang, "walking", "推导中"));
    let told = |stage: &'static str| timings.done(stage);
    let flow = Flow::observed(&reading.register, &policy, day, &told);
    let assessment = Assessment::observed(&flow, &told);
    let assessment = input::screened(assessment, worklist);
    assessment.tell_evidence(&mut diagnostics);
    tell_operators(flow.register, &policy, &mut diagnostics);
    timings.done("evidence");
    let assessment = match focus {
        Some(party) => assessment.focused(party),
        None => assessment,
    };
    progress.finish_and_clear();
    input::tell_faults(&diagnostics, &args.common, lang);
    input::refuse_faults(&diagnostics, &args.common, lang)?;
    let mut view = View::new(&assessment, &reading, &diagnostics, name, lang);
    view.answered = answered(&view, args.screen)?;
    timings.done("view");
    if let Some(directory) = directory {
        let progress = input::spinner(&args.common, say!(lang, "writing", "写入中"));
        let written = write(&view, args, directory, &timings)?;
        progress.finish_and_clear();
        written.finish(args.common.quiet)?;
    }
    print(&terminal::summary(&view, paint(&io::stdout())))?;
    timings.done("summary");
    Ok(pass(&view, args))
}

/// Says of each rule whether it lets the run pass.
fn pass(view: &View, args: &Analyze) -> Outcome {
    let mut outcome = Outcome::Done;
    for &gate in &args.fail_on {
        let (name, count) = (gate.as_str(), view.gate(gate));
        if count > 0 {
            outcome = Outcome::Closed;
        }
        tell(&say!(
            view.lang,
            "--fail-on {name}: {count}\n",
            "--fail-on {name}：{count}\n"
        ));
    }
    outcome
}

fn write(
    view: &View,
    args: &Analyze,
    mut directory: Directory,
    timings: &Timings,
) -> Result<Directory> {
    let wanted = |output| args.write.contains(&output);
    if wanted(Output::Findings) {
        directory.write("findings.csv", |out| tables::findings(view, out))?;
        timings.done("findings.csv");
    }
    if wanted(Output::Clauses) {
        directory.write("clauses.csv", |out| tables::clauses(view, out))?;
        timings.done("clauses.csv");
    }
    if wanted(Output::Exposure) {
        directory.write("exposure.csv", |out| tables::exposure(view, out))?;
        timings.done("exposure.csv");
    }
    if wanted(Output::Questions) {
        directory.write("questions.csv", |out| questions::table(view, out))?;
        timings.done("questions.csv");
    }
    let screens = view.assessment.flow.policy.screening.is_some();
    if wanted(Output::Screening) && screens {
        directory.write("screening.csv", |out| screening::screening(view, out))?;
        timings.done("screening.csv");
    }
    if wanted(Output::Json) {
        directory.write("assessment.json", |out| json::assessment(view, out))?;
        timings.done("assessment.json");
    }
    if wanted(Output::RegisterIssues) {
        directory.write("register-issues.csv", |out| {
            tables::register_issues(view, out)
        })?;
        timings.done("register-issues.csv");
    }
    if wanted(Output::Sarif) {
        let folder = input::folder(&args.register, &args.common);
        directory.write("ciiflow.sarif", |out| {
            json::sarif(view, &args.fail_on, &folder, out)
        })?;
        timings.done("ciiflow.sarif");
    }
    let pictures = match wanted(Output::Charts) || wanted(Output::Html) {
        true => draw(view)?,
        false => Vec::new(),
    };
    if wanted(Output::Workbook) {
        directory.write("report.xlsx", |out| workbook::workbook(view, out))?;
        timings.done("report.xlsx");
    }
    if wanted(Output::Charts) {
        write_charts(view, args, &pictures, &mut directory)?;
        timings.done("charts");
    }
    if wanted(Output::Html) {
        let page = html::page(view, &pictures);
        directory.write("report.html", |out| out.write_all(page.as_bytes()))?;
        timings.done("report.html");
    }
    // The report comes last, because it names what stands beside it.
    if wanted(Output::Report) {
        let report = markdown::report(view, Beside(directory.names()));
        directory.write("report.md", |out| out.write_all(report.as_bytes()))?;
        timings.done("report.md");
    }
    Ok(directory)
}

/// Draws every picture.
fn draw(view: &View) -> Result<Vec<Picture>> {
    let drawn = [
        ("exposure", chart::chains::svg(&view.exposure_chart())),
        ("heatmap", chart::heatmap::svg(&view.heatmap_chart())),
        ("evidence", chart::evidence::svg(&view.evidence_chart())),
        ("timeline", chart::timeline::svg(&view.timeline_chart())),
    ];
    let drawn = drawn.into_iter().map(|(name, svg)| {
        let svg = svg.with_context(|| failed(name, view.lang))?;
        Ok(Picture { name, svg })
    });
    drawn.collect()
}

fn failed(name: &str, lang: Lang) -> String {
    say!(lang, "the {name} chart", "图表 {name}")
}

/// Writes each picture as SVG and PNG.
fn write_charts(
    view: &View,
    args: &Analyze,
    pictures: &[Picture],
    directory: &mut Directory,
) -> Result<()> {
    let mut missing = BTreeSet::new();
    for Picture { name, svg } in pictures {
        let png = chart::png(svg).with_context(|| failed(name, view.lang))?;
        missing.extend(chart::missing_glyphs(svg));
        directory.write(&format!("charts/{name}.svg"), |out| {
            out.write_all(svg.as_bytes())
        })?;
        directory.write(&format!("charts/{name}.png"), |out| out.write_all(&png))?;
    }
    if !args.common.quiet {
        tell_missing_glyphs(&missing, view.lang);
    }
    Ok(())
}

/// Tells the characters that the pictures show as blanks. It is their fault, not the register's, so no file has it.
fn tell_missing_glyphs(missing: &BTreeSet<char>, lang: Lang) {
    if missing.is_empty() {
        return;
    }
    let missing: Vec<String> = missing
        .iter()
        .map(|c| c.escape_unicode().to_string())
        .collect();
    let mut diagnostics = Diagnostics::default();
    let file = diagnostics.file("charts");
    let fault = Fault::new(Code::MissingGlyph, file).text(missing.join(" "));
    diagnostics.add(fault, 0);
    tell(&terminal::faults(&diagnostics, lang, paint(&io::stderr())));
}
