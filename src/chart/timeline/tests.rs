use std::borrow::Cow;

use jiff::ToSpan;
use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::*;
use crate::chart::png;
use crate::chart::testing::{HOSTILE, check_hostile, check_texts, texts};
use crate::view::{Lapse, MonthOfLapses, TimelineRow};

fn chart(day: Date, lapses: Lapses<'_>) -> TimelineChart<'_> {
    TimelineChart {
        title: "Some evidence lapses".to_owned(),
        subtitle: "A register".to_owned(),
        day,
        soon: day.saturating_add(90.days()),
        until: day.saturating_add(12.months()),
        lapses,
        unproven: 0,
        lang: Lang::En,
    }
}

/// A party whose evidence lapses so many days after the day, clauses on odd ones.
fn row<'a>(name: &'a str, day: Date, after: &[(i32, usize)]) -> TimelineRow<'a> {
    let mut after = after.to_vec();
    after.sort_unstable();
    let lapse = |(days, count): (i32, usize)| Lapse {
        day: day.saturating_add(days.days()),
        shows: if days % 2 == 0 {
            Shows::Duty
        } else {
            Shows::Clause
        },
        count,
    };
    TimelineRow {
        name: Cow::Borrowed(name),
        lapses: after.into_iter().map(lapse).collect(),
    }
}

const DAY: Date = date(2026, 11, 1);

#[test]
fn the_same_chart_gives_the_same_bytes() {
    let rows = vec![row("One", DAY, &[(0, 1), (1, 12), (2, 3), (365, 1)])];
    let chart = chart(DAY, Lapses::Parties(rows));
    let first = svg(&chart).unwrap();
    assert_eq!(first, svg(&chart).unwrap());
    assert_eq!(png(&first).unwrap(), png(&first).unwrap());
}

#[test]
fn hostile_names_stay_text() {
    let rows = HOSTILE.map(|name| row(name, DAY, &[(20, 1)]));
    check_hostile(&svg(&chart(DAY, Lapses::Parties(rows.to_vec()))).unwrap());
}

#[test]
fn a_chart_without_lapses_says_so() {
    let mut empty = chart(DAY, Lapses::Parties(vec![]));
    empty.unproven = 12_345;
    let english = texts(&svg(&empty).unwrap());
    for expected in [
        "No evidence in force has its last day from 2026-11-01 to 2027-11-01.",
        "Not in the picture: 12,345 findings and clauses that have no evidence in force to lapse.",
    ] {
        assert!(english.iter().any(|text| text == expected), "{english:?}");
    }
    empty.lang = Lang::Zh;
    assert!(png(&svg(&empty).unwrap()).is_ok());
}

#[test]
fn marks_of_a_row_keep_apart() {
    let close: Vec<(i32, usize)> = (0..30).map(|days| (days, 1_000)).collect();
    let rows = vec![row("One", DAY, &close)];
    let chart = chart(DAY, Lapses::Parties(rows.clone()));
    let plan = parties::Plan::new(&chart, &rows);
    let row = &plan.rows[0];
    for (index, one) in row.marks.iter().enumerate() {
        assert!(one.rect.y >= 0.0 && one.rect.y + one.rect.height <= row.height);
        for other in &row.marks[..index] {
            let beside = one.rect.x >= other.rect.x + other.rect.width
                || other.rect.x >= one.rect.x + one.rect.width;
            assert!(beside || one.rect.y != other.rect.y);
        }
    }
    check_texts(&svg(&chart).unwrap());
}

#[test]
fn months_are_counted_below_their_bars() {
    let months: Vec<MonthOfLapses> = (0..12)
        .map(|month| MonthOfLapses {
            from: DAY.saturating_add(month.months()),
            duties: 1_000 + month as usize,
            clauses: if month == 3 {
                0
            } else {
                20_000 + month as usize
            },
        })
        .collect();
    let lapses = Lapses::Months {
        months,
        parties: 4_000,
    };
    let svg = svg(&chart(DAY, lapses)).unwrap();
    check_texts(&svg);
    let texts = texts(&svg);
    for expected in [
        "1,000", "1,011", "20,000", "20,011", "–", "Nov 2026", "Jan 2027",
    ] {
        assert!(
            texts.iter().any(|text| text == expected),
            "{expected} in {texts:?}"
        );
    }
    assert!(texts.iter().any(|text| text.contains("4,000 parties")));
}

#[test]
fn months_that_begin_within_the_calendar_month_are_named_by_their_day() {
    let day = date(2024, 8, 31);
    let rows = vec![row("One", day, &[(20, 1)])];
    let texts = texts(&svg(&chart(day, Lapses::Parties(rows))).unwrap());
    for expected in ["31 Aug", "30 Sep", "28 Feb", "31 Jul"] {
        assert!(
            texts.iter().any(|text| text == expected),
            "{expected} in {texts:?}"
        );
    }
}

#[test]
fn the_end_of_time_is_drawn() {
    let rows = vec![row("One", Date::MAX, &[(0, 1)])];
    let svg = svg(&chart(Date::MAX, Lapses::Parties(rows))).unwrap();
    assert!(texts(&svg).contains(&"One".to_owned()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn any_chart_is_drawn_without_overlap(
        rows in prop::collection::vec(("[ a-zA-Z中文公司,.&<-]{0,60}", prop::collection::vec((0..=365_i32, 1..50_000_usize), 1..40)), 1..30),
        after in 0..400_i32,
        chinese in any::<bool>(),
    ) {
        let day = DAY.saturating_add(after.days());
        let rows = rows.iter().map(|(name, after)| row(name, day, after));
        let mut chart = chart(day, Lapses::Parties(rows.collect()));
        chart.lang = if chinese { Lang::Zh } else { Lang::En };
        check_texts(&svg(&chart).expect("a chart is drawn"));
    }
}
