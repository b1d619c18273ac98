//! How the report is set: Chinese punctuation in Chinese sentences, one space between Chinese and Latin letters, and
//! links that lead somewhere.

use std::collections::BTreeSet;

use ciiflow::lang::Lang;
use ciiflow::report::markdown::{self, Beside};
use ciiflow::report::paint::Paint;
use ciiflow::report::terminal;
use ciiflow::view::View;

use super::{CANADA_DAY, DAY, Sample};

/// Stands where a text of somebody else stood.
const OTHERS: char = '\u{FFFC}';

fn is_chinese(c: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&c)
}

/// Everything that the register itself says and the report repeats, and what laws are called.
fn others_texts(view: &View) -> Vec<String> {
    let register = view.assessment.flow.register;
    let mut texts = BTreeSet::new();
    for party in register.parties.iter() {
        let local = register.parties.local_name(party).unwrap_or_default();
        texts.extend([
            register.parties.name(party),
            register.parties.id(party),
            local,
        ]);
    }
    for document in &register.evidence {
        texts.extend([&*document.document, &*document.owner, &*document.reason]);
    }
    let instruments = &view.assessment.flow.policy.instruments;
    texts.extend(
        instruments
            .iter()
            .map(|instrument| instrument.title.get(Lang::Zh)),
    );
    // What has only one script in it, and no bracket or colon, cannot break a rule inside itself; it stays, so that its
    // edges are looked at.
    let mixed = |text: &&str| text.contains(is_chinese) && !text.chars().all(is_chinese);
    let punctuated = |text: &&str| text.contains([':', '(', ')', ',', ';']);
    let mut texts: Vec<String> = texts
        .into_iter()
        .filter(|text| mixed(text) || punctuated(text))
        .map(|text| text.replace('&', "&amp;").replace('!', "\\!"))
        .collect();
    texts.sort_by_key(|text| std::cmp::Reverse(text.len()));
    texts
}

/// The lines that are our own prose: no faults, which quote the register, no notice of the pack, no targets of links.
fn prose(report: &str, texts: &[String]) -> Vec<String> {
    let own = report
        .lines()
        .filter(|line| !line.starts_with("    ") && !line.starts_with("> "));
    let told = own.map(|line| {
        let mut line = without_targets(line);
        for text in texts {
            if line.contains(text.as_str()) {
                line = line.replace(text.as_str(), &OTHERS.to_string());
            }
        }
        line
    });
    told.collect()
}

/// The line as it is seen, with the words of links and without where they lead.
fn without_targets(line: &str) -> String {
    let mut parts = line.split("](");
    let mut seen = parts.next().unwrap().to_owned();
    for part in parts {
        seen.push(']');
        seen += part.split_once(')').unwrap().1;
    }
    seen
}

/// Pairs of neighbours in a line.
fn neighbours(line: &str) -> impl Iterator<Item = (char, char)> {
    line.chars().zip(line.chars().skip(1))
}

#[track_caller]
fn hold_typography(lines: &[String]) {
    for line in lines {
        for (a, b) in neighbours(line) {
            let half_width = |c: char| matches!(c, ':' | '(' | ')' | ',' | ';' | '?' | '!');
            let mixes = is_chinese(a) && half_width(b) || half_width(a) && is_chinese(b);
            assert!(!mixes, "half-width punctuation at `{a}{b}`: {line}");
        }
        // Laws and their articles are cited as one word: 第834号, 第36条.
        let words = line.split(['第', '条', '号']).collect::<Vec<_>>();
        for (a, b) in words.iter().flat_map(|word| neighbours(word)) {
            let close = is_chinese(a) && b.is_ascii_alphanumeric()
                || a.is_ascii_alphanumeric() && is_chinese(b);
            assert!(!close, "no space at `{a}{b}`: {line}");
        }
        for (a, b) in neighbours(line) {
            let full_width = |c: char| matches!(c, '，' | '。' | '：' | '；' | '、' | '？');
            assert!(!(full_width(a) && b == ' '), "a space after `{a}`: {line}");
            assert!(!(full_width(b) && a == ' '), "a space before `{b}`: {line}");
        }
        assert!(!line.ends_with(' '), "a blank at the end: {line}");
    }
}

#[test]
fn chinese_reports_are_set_as_chinese() {
    for (sample, day) in [
        (Sample::cloud_partner(), DAY),
        (Sample::canada(), CANADA_DAY),
    ] {
        sample.look_in(Lang::Zh, day, |view| {
            let texts = others_texts(view);
            let report = markdown::report(view, Beside::default());
            hold_typography(&prose(&report, &texts));
            let summary = terminal::summary(view, Paint::default());
            // Tables of the terminal are set apart by blanks.
            hold_typography(&prose(&summary.replace("  ", "\n"), &texts));
        });
    }
}

#[test]
fn links_of_a_report_lead_somewhere() {
    let names = ["findings.csv", "charts/heatmap.png"].map(str::to_owned);
    for (sample, day) in [
        (Sample::cloud_partner(), DAY),
        (Sample::canada(), CANADA_DAY),
    ] {
        for lang in [Lang::En, Lang::Zh] {
            sample.look_in(lang, day, |view| {
                let report = markdown::report(view, Beside(&names));
                let mut files = BTreeSet::new();
                for link in report.split("](").skip(1) {
                    let target = link.split(')').next().unwrap();
                    match target.strip_prefix('#') {
                        Some(anchor) => {
                            let anchor = format!("<a id=\"{anchor}\"></a>");
                            assert_eq!(report.matches(&anchor).count(), 1, "{target}");
                        }
                        None => {
                            files.insert(target);
                        }
                    }
                }
                assert!(
                    files
                        .iter()
                        .eq(["charts/heatmap.png", "findings.csv"].iter()),
                    "{files:?}"
                );
                assert!(
                    !report.contains("clauses.csv"),
                    "a file that is not there is named"
                );
            });
        }
    }
}

#[test]
fn chains_of_operators_on_weaker_ground_are_marked() {
    Sample::cloud_partner().look(DAY, |view| {
        let report = markdown::report(view, Beside::default());
        let starts = |name: &str| {
            let starts = report
                .lines()
                .filter_map(|line| line.split_once("): ")?.1.strip_prefix(name));
            starts
                .filter(|rest| rest.contains(" → (R"))
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        let marked = |name: &str, mark: &str| {
            let starts = starts(name);
            assert!(!starts.is_empty(), "{name}");
            assert!(
                starts.iter().all(|rest| rest.starts_with(mark)),
                "{starts:?}"
            );
        };
        marked(
            "Songxi Regional Hospitals",
            " (Declared: on the operator's own word) →",
        );
        marked(
            "Beiluo Intercity Rail",
            " (Potential: may be designated, no notification known) →",
        );
        marked("Luming Riverside Bank", " →");
    });
}

#[test]
fn evidence_is_named() {
    Sample::cloud_partner().look(DAY, |view| {
        let report = markdown::report(view, Beside::default());
        for words in [
            "evidence met (“MLPS evaluation report 2026”, issued 2026-06-25, to 2027-06-25).",
            "evidence expired (“Training record 2025”, issued 2025-09-10, ended 2026-09-10).",
            "evidence waived (“Exemption claimed for support sessions”, waived by Data protection lead, Yunzhouqiao because “",
            "evidence partly: missing for R02, R03; met for R01 (“Processing record 2026”, issued 2026-06-15, to 2027-12-31).",
            "breaks at step 3 (R28): clause expired (“CV-MSA-2023, data annex”, issued 2023-09-01, ended 2026-08-31).",
            "breaks at step 1 (R35): clause missing.",
            "  - renew what has expired: Commercial cryptography, Due diligence before outsourcing\n",
            "Data handling within the operator's limits (expired: renew)",
        ] {
            assert!(report.contains(words), "{words}");
        }
    });
}
