use std::borrow::Cow;

use proptest::prelude::*;

use super::*;
use crate::chart::png;
use crate::chart::testing::{HOSTILE, check_hostile, check_texts, texts};
use crate::view::{HeatmapCell, Operator, OperatorKind};

/// A party whose cells take every status and every state of evidence in turn; every fifth one is empty.
fn row(name: &str, index: usize, columns: usize) -> HeatmapRow<'_> {
    let cell = |column: usize| {
        let turn = index + column;
        (!turn.is_multiple_of(5)).then(|| HeatmapCell {
            status: Status::ALL[turn % 3],
            proof: Proof::ALL[turn % 7],
        })
    };
    HeatmapRow {
        name: Cow::Borrowed(name),
        operator: index.is_multiple_of(4).then_some(Operator {
            kind: OperatorKind::Possible,
            label: "potential",
        }),
        cells: (0..columns).map(cell).collect(),
        applies: index * 3,
        open: index,
    }
}

fn chart<'a>(names: &[&'a str], obligations: Vec<&'a str>) -> HeatmapChart<'a> {
    let columns = obligations.len();
    let rows = names.iter().enumerate();
    HeatmapChart {
        title: "Some findings lack evidence".to_owned(),
        subtitle: "A register".to_owned(),
        rows: rows
            .map(|(index, name)| row(name, index, columns))
            .collect(),
        obligations,
        hidden: 0,
        lang: Lang::En,
    }
}

/// As many parties and obligations as a picture can have, all with long names.
fn largest(lang: Lang) -> HeatmapChart<'static> {
    let name = "A company of the register with a very long name indeed 上海数据托管有限公司";
    let mut chart = chart(&[name; 40], vec![name; 64]);
    chart.hidden = 4_960;
    chart.lang = lang;
    chart
}

#[test]
fn the_same_chart_gives_the_same_bytes() {
    let chart = chart(&["One", "Two", "Three"], vec!["Audit", "Training", "Drill"]);
    let first = svg(&chart).unwrap();
    assert_eq!(first, svg(&chart).unwrap());
    assert_eq!(png(&first).unwrap(), png(&first).unwrap());
}

#[test]
fn hostile_names_stay_text() {
    check_hostile(&svg(&chart(&HOSTILE, HOSTILE.to_vec())).unwrap());
    check_hostile(&svg(&chart(&["One"], HOSTILE.to_vec())).unwrap());
}

#[test]
fn a_chart_without_rows_says_so() {
    let mut empty = chart(&[], vec![]);
    assert!(texts(&svg(&empty).unwrap()).contains(&"No party carries an obligation.".to_owned()));
    empty.lang = Lang::Zh;
    assert!(texts(&svg(&empty).unwrap()).contains(&"没有任何一方承担义务。".to_owned()));
}

#[test]
fn the_largest_chart_keeps_apart_and_says_what_it_leaves_out() {
    for (lang, note) in [
        (Lang::En, "The top 40 of 5,000 parties are shown."),
        (Lang::Zh, "共 5,000 方，仅显示前 40 方。"),
    ] {
        let svg = svg(&largest(lang)).unwrap();
        check_texts(&svg);
        let texts = texts(&svg);
        assert!(texts.iter().any(|text| text == note), "{texts:?}");
        assert!(texts.iter().filter(|text| text.ends_with('…')).count() >= 104);
    }
}

#[test]
fn counts_are_written_beside_the_cells() {
    let svg = svg(&chart(&["One", "Two", "Three"], vec!["Audit"])).unwrap();
    let texts = texts(&svg);
    for expected in ["–", "1 of 3", "2 of 6"] {
        assert!(texts.iter().any(|text| text == expected), "{texts:?}");
    }
}

#[test]
fn the_key_names_what_is_there() {
    let mut chart = chart(&["One"], vec!["Audit"]);
    chart.rows[0].cells = vec![Some(HeatmapCell {
        status: Status::Conditional,
        proof: Proof::Expired,
    })];
    let texts = texts(&svg(&chart).unwrap());
    let has = |words: &str| texts.iter().any(|text| text == words);
    assert!(has("Conditional on a possible operator") && has("Expired") && has("Not in force"));
    assert!(!has("Applies") && !has("Met") && !has("In force"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn any_chart_is_drawn_without_overlap(
        names in prop::collection::vec("[ a-zA-Z中文公司,.&<-]{0,60}", 1..40),
        titles in prop::collection::vec("[ a-zA-Z中文公司,.&<-]{0,60}", 1..64),
    ) {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let titles = titles.iter().map(String::as_str).collect();
        check_texts(&svg(&chart(&names, titles)).expect("a chart is drawn"));
    }
}
