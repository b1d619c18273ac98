use proptest::prelude::*;

use super::*;
use crate::chart::png;
use crate::chart::testing::{HOSTILE, check_hostile, check_texts, texts};

fn chart(rows: Vec<EvidenceRow<'_>>) -> EvidenceChart<'_> {
    EvidenceChart {
        title: "Some evidence is missing".to_owned(),
        subtitle: "A register".to_owned(),
        rows,
        unsure: 0,
        lang: Lang::En,
    }
}

/// An obligation with one finding of every state at every tier.
fn row(obligation: &str) -> EvidenceRow<'_> {
    EvidenceRow {
        obligation,
        tiers: [[1; 7]; EvidenceRow::TIERS],
    }
}

#[test]
fn the_same_chart_gives_the_same_bytes() {
    let chart = chart(vec![row("Audit"), row("Training")]);
    let first = svg(&chart).unwrap();
    assert_eq!(first, svg(&chart).unwrap());
    assert_eq!(png(&first).unwrap(), png(&first).unwrap());
}

#[test]
fn hostile_titles_stay_text() {
    check_hostile(&svg(&chart(HOSTILE.map(row).to_vec())).unwrap());
}

#[test]
fn a_chart_without_rows_says_so_and_counts_what_is_left_out() {
    let mut empty = chart(vec![]);
    empty.unsure = 1_234;
    let english = texts(&svg(&empty).unwrap());
    for expected in [
        "No obligation applies for certain to any party.",
        "Not in the picture: 1,234 conditional or unconfirmed.",
    ] {
        assert!(english.iter().any(|text| text == expected), "{english:?}");
    }
    empty.lang = Lang::Zh;
    let chinese = texts(&svg(&empty).unwrap());
    assert!(chinese.contains(&"没有任何义务确定适用于任何一方。".to_owned()));
}

#[test]
fn counts_are_written_into_the_bars() {
    let mut one = row("Audit");
    one.tiers = [[0; 7]; EvidenceRow::TIERS];
    one.tiers[1][Proof::Missing as usize] = 6;
    one.tiers[1][Proof::Expired as usize] = 3;
    one.tiers[3][Proof::Met as usize] = 5;
    let texts = texts(&svg(&chart(vec![one])).unwrap());
    let expected = [
        "Tier 1: 9",
        "Tier 3 and beyond: 5",
        "6",
        "3",
        "9",
        "5",
        "5 of 14",
    ];
    for expected in expected {
        assert!(
            texts.iter().any(|text| text == expected),
            "{expected} in {texts:?}"
        );
    }
    let absent = |words: &str| !texts.iter().any(|text| text.starts_with(words));
    assert!(absent("Operators") && absent("Tier 2"));
    // The only segment of a bar says its length.
    assert_eq!(texts.iter().filter(|text| *text == "5").count(), 1);
}

#[test]
fn every_state_stands_in_a_bar_once() {
    let mut order = ORDER.to_vec();
    order.sort();
    assert_eq!(order, Proof::ALL);
    // What is in force stands last, so that it can be framed together.
    assert!(ORDER.is_sorted_by_key(|proof| proof.in_force()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn any_chart_is_drawn_without_overlap(
        obligations in prop::collection::vec(("[ a-zA-Z中文公司,.&<-]{0,60}", prop::array::uniform4(prop::array::uniform7(0..40_usize)), 0..4_u32), 1..64),
        chinese in any::<bool>(),
    ) {
        let rows = obligations.iter().map(|(title, tiers, power)| EvidenceRow {
            obligation: title,
            tiers: tiers.map(|tier| tier.map(|count| count / 20 * count * 10_usize.pow(*power))),
        });
        let mut chart = chart(rows.collect());
        chart.lang = if chinese { Lang::Zh } else { Lang::En };
        check_texts(&svg(&chart).expect("a chart is drawn"));
    }
}
