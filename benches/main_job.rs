//! How long the main job takes on the real contract register, stage by stage: `cargo bench --bench main_job`.

use std::path::Path;

use ciiflow::assess::Assessment;
use ciiflow::flow::Flow;
use ciiflow::lang::Lang;
use ciiflow::policy::Policy;
use ciiflow::read::{self, Reading};
use ciiflow::report::{json, markdown, tables};
use ciiflow::view::View;
use ciiflow::{chart, diagnostic::Diagnostics};
use divan::{Bencher, black_box};
use jiff::civil::Date;

const REGISTER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/canada-contracts");
const AS_OF: Date = Date::constant(2020, 1, 1);

fn main() {
    divan::main();
}

fn policy() -> Policy {
    let source = std::fs::read_to_string(format!("{REGISTER}/policy.toml"));
    Policy::parse(&source.expect("the sample has its pack"), "policy.toml")
        .expect("the pack is valid")
}

fn reading(policy: &Policy) -> Reading {
    read::read(Path::new(REGISTER), policy, &[]).expect("the sample can be read")
}

#[divan::bench]
fn read_register(bencher: Bencher) {
    let policy = policy();
    bencher.bench(|| black_box(reading(&policy)));
}

#[divan::bench]
fn walk(bencher: Bencher) {
    let policy = policy();
    let reading = reading(&policy);
    bencher.bench(|| {
        let flow = Flow::new(&reading.register, &policy, AS_OF);
        black_box(Assessment::new(&flow).findings.len())
    });
}

/// Everything that `analyze -o` does, but for the disk.
#[divan::bench(sample_count = 20)]
fn analyze(bencher: Bencher) {
    bencher.bench(|| {
        let policy = policy();
        let reading = reading(&policy);
        let flow = Flow::new(&reading.register, &policy, AS_OF);
        let assessment = Assessment::new(&flow);
        let diagnostics: Diagnostics = reading.diagnostics.clone();
        let view = View::new(
            &assessment,
            &reading,
            &diagnostics,
            "canada-contracts".into(),
            Lang::En,
        );
        let mut out = Vec::new();
        tables::findings(&view, &mut out).expect("memory takes every row");
        tables::clauses(&view, &mut out).expect("memory takes every row");
        tables::exposure(&view, &mut out).expect("memory takes every row");
        tables::register_issues(&view, &mut out).expect("memory takes every row");
        json::assessment(&view, &mut out).expect("memory takes every row");
        let pictures = [
            chart::chains::svg(&view.exposure_chart()),
            chart::heatmap::svg(&view.heatmap_chart()),
            chart::evidence::svg(&view.evidence_chart()),
            chart::timeline::svg(&view.timeline_chart()),
        ];
        for svg in pictures {
            let svg = svg.expect("the chart is drawn");
            out.extend(chart::png(&svg).expect("the chart is rendered"));
        }
        black_box((markdown::report(&view, markdown::Beside::default()), out))
    });
}
