//! The pictures tell what the view tells: their counts are its counts, in small registers and in large ones.

use std::fmt::Write as _;
use std::path::Path;

use ciiflow::assess::Assessment;
use ciiflow::chart;
use ciiflow::flow::{Flow, Status};
use ciiflow::lang::Lang;
use ciiflow::policy::{Policy, packs};
use ciiflow::read;
use ciiflow::view::{EvidenceRow, Lapses, Proof, Shows, View};

/// Reads a register under the embedded pack and shows it in both languages.
fn with_views(register: &Path, day: &str, check: impl Fn(&View<'_>)) {
    let (id, source) = packs::embedded()[0];
    let policy = Policy::parse(source, id).expect("an embedded pack is valid");
    let reading = read::read(register, &policy, &[]).expect("the register is read");
    let day = day.parse().expect("the day is a date");
    let flow = Flow::new(&reading.register, &policy, day);
    let assessment = Assessment::new(&flow);
    for lang in [Lang::En, Lang::Zh] {
        let name = "a register".to_owned();
        let view = View::new(&assessment, &reading, &reading.diagnostics, name, lang);
        check(&view);
    }
}

fn sample() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/cloud-partner")
}

const DAY: &str = "2026-11-01";

/// So many parties under a few operators, most with evidence that lapses on some day of the year after [`DAY`].
fn large(parties: usize) -> tempfile::TempDir {
    let directory = tempfile::tempdir().expect("a directory is made");
    let mut party_rows = "id,name,country,sector,cii_status\n".to_owned();
    let mut relationships =
        "id,customer,supplier,supports,kind,serves_cii,access,data\n".to_owned();
    let mut evidence = "party,obligation,relationship,shows,issued,expires,status\n".to_owned();
    for party in 0..parties {
        let status = if party < 10 {
            "designated"
        } else {
            "not-designated"
        };
        writeln!(party_rows, "p{party},Party {party},CN,banking,{status}").expect("text grows");
        if party < 10 {
            continue;
        }
        let customer = if party < 100 { party % 10 } else { party / 10 };
        writeln!(
            relationships,
            "r{party},p{customer},p{party},all,cloud-hosting,yes,privileged,personal"
        )
        .expect("text grows");
        let (month, day) = (party % 12 + 1, party % 28 + 1);
        let shows = if party % 3 == 0 { "clause" } else { "duty" };
        writeln!(
            evidence,
            "p{party},security-agreement,,{shows},2026-01-01,2027-{month:02}-{day:02},accepted"
        )
        .expect("text grows");
    }
    let files = [
        ("parties.csv", party_rows),
        ("relationships.csv", relationships),
        ("evidence.csv", evidence),
    ];
    for (file, rows) in files {
        std::fs::write(directory.path().join(file), rows).expect("the file is written");
    }
    directory
}

#[test]
fn the_heatmap_shows_every_finding_of_its_parties() {
    with_views(&sample(), DAY, |view| {
        let heatmap = view.heatmap_chart();
        assert_eq!(heatmap.rows.len() + heatmap.hidden, view.concerns().len());
        let cells = heatmap
            .rows
            .iter()
            .flat_map(|row| row.cells.iter().flatten());
        for status in Status::ALL {
            let shown = cells.clone().filter(|cell| cell.status == status);
            assert_eq!(shown.count(), view.summary.of_status(status));
        }
        let applies: usize = heatmap.rows.iter().map(|row| row.applies).sum();
        let open: usize = heatmap.rows.iter().map(|row| row.open).sum();
        assert_eq!(applies, view.summary.of_status(Status::Applies));
        assert_eq!(open, view.summary.open[Status::Applies as usize]);
        assert!(
            heatmap.title.contains(&format!("{open} ")),
            "{}",
            heatmap.title
        );
        assert!(
            heatmap.title.contains(&format!("{applies} ")),
            "{}",
            heatmap.title
        );
        assert!(
            heatmap
                .rows
                .iter()
                .all(|row| row.cells.len() == heatmap.obligations.len())
        );
        for (row, concern) in heatmap.rows.iter().zip(view.concerns()) {
            assert_eq!(row.name, view.name(concern.party));
            assert_eq!(row.cells.iter().flatten().count(), concern.findings);
        }
    });
}

#[test]
fn the_exposure_chart_counts_each_status_apart() {
    with_views(&sample(), DAY, |view| {
        let exposure = view.exposure_chart();
        assert_eq!(exposure.hidden, 0);
        for status in Status::ALL {
            let nodes = exposure.nodes.iter();
            let shown: usize = nodes.map(|node| node.obligations[status as usize]).sum();
            assert_eq!(shown, view.summary.of_status(status));
        }
        let svg = chart::chains::svg(&exposure).expect("the exposure chart is drawn");
        let called = match view.lang {
            Lang::En => [
                "Declared: on the operator&apos;s own word",
                "Potential: may be designated",
            ],
            Lang::Zh => ["自行声明：以运营者告知为准", "潜在：可能被认定"],
        };
        for label in called {
            let plain = svg.replace("&#39;", "&apos;").replace('\'', "&apos;");
            assert!(plain.contains(label), "{label}");
        }
    });
}

#[test]
fn the_picture_of_evidence_shows_every_finding_that_applies() {
    with_views(&sample(), DAY, |view| {
        let chart = view.evidence_chart();
        let applies = view
            .assessment
            .iter()
            .filter(|(finding, _)| finding.status == Status::Applies);
        let applies: Vec<_> = applies.collect();
        for proof in Proof::ALL {
            let shown: usize = chart.rows.iter().map(|row| row.of(proof)).sum();
            let found = applies.iter().filter(|(_, proven)| proven.proof == proof);
            assert_eq!(shown, found.count(), "{proof:?}");
        }
        for tier in 0..EvidenceRow::TIERS {
            let shown: usize = chart.rows.iter().flat_map(|row| row.tiers[tier]).sum();
            let found = applies
                .iter()
                .filter(|(finding, _)| (finding.tier as usize).min(EvidenceRow::TIERS - 1) == tier);
            assert_eq!(shown, found.count(), "tier {tier}");
        }
        let in_force: usize = chart.rows.iter().map(EvidenceRow::in_force).sum();
        assert_eq!(
            in_force + view.summary.open[Status::Applies as usize],
            applies.len()
        );
        assert_eq!(chart.unsure + applies.len(), view.assessment.findings.len());
    });
}

/// The last days that the rows of findings and clauses give, to the end of the timeline.
fn last_days(view: &View<'_>, until: &str) -> [Vec<String>; 2] {
    let findings = (0..view.assessment.findings.len()).map(|at| view.finding(at).expires);
    let clauses = (0..view.assessment.clauses().len()).map(|at| view.clause(at).expires);
    let lapses = |last: Option<jiff::civil::Date>| {
        let last = last.map(|last| last.to_string());
        last.filter(|last| last.as_str() <= until)
    };
    let mut days = [
        findings.filter_map(lapses).collect::<Vec<_>>(),
        clauses.filter_map(lapses).collect(),
    ];
    days.iter_mut().for_each(|days| days.sort());
    days
}

#[test]
fn the_timeline_shows_every_last_day_of_the_year() {
    with_views(&sample(), DAY, |view| {
        let timeline = view.timeline_chart();
        let Lapses::Parties(rows) = &timeline.lapses else {
            panic!("few parties have a row each")
        };
        let expected = last_days(view, &timeline.until.to_string());
        for (shows, expected) in [Shows::Duty, Shows::Clause].into_iter().zip(&expected) {
            let lapses = rows.iter().flat_map(|row| &row.lapses);
            let mut shown: Vec<String> = lapses
                .filter(|lapse| lapse.shows == shows)
                .flat_map(|lapse| vec![lapse.day.to_string(); lapse.count])
                .collect();
            shown.sort();
            assert_eq!(&shown, expected);
        }
        let count = expected.iter().flatten().count();
        let first = expected.iter().flatten().min().expect("something lapses");
        assert!(
            timeline.title.contains(&format!("{count} ")),
            "{}",
            timeline.title
        );
        assert!(timeline.title.contains(first), "{}", timeline.title);
        let firsts = rows.iter().map(|row| row.lapses[0].day);
        assert!(firsts.is_sorted());
    });
}

#[test]
fn five_thousand_parties_show_the_top_and_say_so() {
    let directory = large(5_000);
    with_views(directory.path(), DAY, |view| {
        let heatmap = view.heatmap_chart();
        assert_eq!(heatmap.rows.len(), 40);
        assert_eq!(heatmap.hidden, view.concerns().len() - 40);
        let svg = chart::heatmap::svg(&heatmap).expect("the heatmap is drawn");
        let all = view.concerns().len();
        let all = format!("{},{:03}", all / 1_000, all % 1_000);
        assert!(svg.contains(&all) && all.as_str() > "4,500", "{all}");

        let timeline = view.timeline_chart();
        let Lapses::Months { months, parties } = &timeline.lapses else {
            panic!("so many parties are shown by month")
        };
        let [duties, clauses] = last_days(view, &timeline.until.to_string());
        let sums = |count: fn(&ciiflow::view::MonthOfLapses) -> usize| -> usize {
            months.iter().map(count).sum()
        };
        assert_eq!(sums(|month| month.duties), duties.len());
        assert_eq!(sums(|month| month.clauses), clauses.len());
        assert!(*parties > 4_000);
        chart::timeline::svg(&timeline).expect("the timeline is drawn");
        chart::evidence::svg(&view.evidence_chart()).expect("the picture of evidence is drawn");
    });
}

#[test]
fn a_register_without_evidence_does_not_read_as_an_all_clear() {
    let directory = large(60);
    std::fs::remove_file(directory.path().join("evidence.csv")).expect("the file is removed");
    with_views(directory.path(), DAY, |view| {
        let timeline = view.timeline_chart();
        let expected = match view.lang {
            Lang::En => "No evidence is in force, so none lapses by 2027-11-01",
            Lang::Zh => "没有有效证据，因此至 2027-11-01 也无证据到期",
        };
        assert_eq!(timeline.title, expected);
        let required = view.assessment.findings.len() + view.assessment.clauses().len();
        assert_eq!(timeline.unproven, required);
    });
}
