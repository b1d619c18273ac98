//! What every picture has to keep.

use std::borrow::Cow;

use proptest::prelude::*;

use super::*;
use crate::chart::png;
use crate::chart::testing::{HOSTILE, check_hostile, check_texts, texts};
use crate::view::{ChartLink, Operator, OperatorKind, Status};

const STATUSES: [Status; 3] = [Status::Applies, Status::Conditional, Status::Unconfirmed];

fn node(name: &str, tier: u32) -> ChartNode<'_> {
    let mut obligations = [0; 3];
    obligations[name.len() % 3] = name.len();
    ChartNode {
        name: Cow::Borrowed(name),
        tier,
        operator: (tier == 0).then_some(Operator {
            kind: OperatorKind::First,
            label: "designated",
        }),
        obligations,
    }
}

fn link(from: usize, to: usize) -> ChartLink {
    ChartLink {
        from,
        to,
        status: STATUSES[(from + to) % 3],
        obligations: from + 1,
    }
}

fn chart<'a>(nodes: Vec<ChartNode<'a>>, links: Vec<ChartLink>) -> ExposureChart<'a> {
    let (title, subtitle) = (
        "Operators reach partners".to_owned(),
        "A register".to_owned(),
    );
    ExposureChart {
        title,
        subtitle,
        nodes,
        links,
        hidden: 0,
        lang: Lang::En,
    }
}

/// Sixty parties on four tiers below three operators, with a loop, a skipped tier and links within a tier.
fn sixty() -> ExposureChart<'static> {
    let tier = |index: usize| {
        if index < 3 {
            0
        } else {
            (index as u32 - 3) / 15 + 1
        }
    };
    let nodes = (0..60).map(|index| ChartNode {
        name: Cow::Owned(format!(
            "Partner number {index} of the register, a company with a long name 有限公司"
        )),
        ..node("Partner", tier(index))
    });
    let mut links: Vec<ChartLink> = (3..60)
        .map(|index| link(if index < 18 { index % 3 } else { index - 15 }, index))
        .collect();
    links.extend([
        link(0, 40),
        link(59, 4),
        link(20, 21),
        link(7, 7),
        link(50, 1),
    ]);
    chart(nodes.collect(), links)
}

#[test]
fn the_same_chart_gives_the_same_bytes() {
    let first = svg(&sixty()).unwrap();
    assert_eq!(first, svg(&sixty()).unwrap());
    let image = png(&first).unwrap();
    assert_eq!(image, png(&first).unwrap());
    assert_eq!(image[..8], *b"\x89PNG\r\n\x1a\n");
}

#[test]
fn hostile_names_stay_text() {
    let mut hostile = chart(HOSTILE.iter().map(|name| node(name, 1)).collect(), vec![]);
    hostile.title = HOSTILE[0].to_owned();
    let svg = svg(&hostile).unwrap();
    assert_eq!(texts(&svg)[0], HOSTILE[0]);
    check_hostile(&svg);
}

#[test]
fn a_chart_without_nodes_says_so() {
    let mut empty = chart(vec![], vec![]);
    assert!(texts(&svg(&empty).unwrap()).contains(&"No party carries an obligation.".to_owned()));
    empty.lang = Lang::Zh;
    let chinese = svg(&empty).unwrap();
    assert!(texts(&chinese).contains(&"没有任何一方承担义务。".to_owned()));
    assert!(png(&chinese).is_ok());
}

#[test]
fn what_is_not_shown_is_noted() {
    let mut some = sixty();
    some.hidden = 4_940;
    assert!(
        texts(&svg(&some).unwrap()).contains(&"The top 60 of 5,000 parties are shown.".to_owned())
    );
    some.lang = Lang::Zh;
    assert!(texts(&svg(&some).unwrap()).contains(&"共 5,000 方，仅显示前 60 方。".to_owned()));
}

#[test]
fn deep_tiers_share_a_column() {
    let nodes = (0..20).map(|tier| node("Party", tier)).collect();
    let texts = texts(&svg(&chart(nodes, (1..20).map(|to| link(to - 1, to)).collect())).unwrap());
    for expected in [
        "Tier 11",
        "Tier 12 and beyond",
        "Tiers 12 to 19 share the last column.",
    ] {
        assert!(
            texts.iter().any(|text| text == expected),
            "{expected:?} in {texts:?}"
        );
    }
    assert!(!texts.contains(&"Tier 13".to_owned()));
}

#[test]
fn a_link_to_nowhere_is_an_error() {
    let broken = chart(vec![node("Party", 0)], vec![link(0, 1)]);
    assert!(matches!(
        svg(&broken),
        Err(ChartError::Link { node: 1, nodes: 1 })
    ));
}

#[test]
fn five_thousand_nodes_are_drawn() {
    let nodes = (0..5_000)
        .map(|index| node("A party", u32::from(index > 0)))
        .collect();
    let drawn = svg(&chart(nodes, (1..5_000).map(|to| link(0, to)).collect())).unwrap();
    assert_eq!(
        texts(&drawn)
            .iter()
            .filter(|text| *text == "A party")
            .count(),
        5_000
    );
}

#[test]
fn links_that_can_run_straight_do_not_cross() {
    // Two chains whose parties come in the opposite order on every other tier.
    let nodes = (0..8).map(|index| node("Party", index / 2)).collect();
    let links = vec![
        link(0, 3),
        link(1, 2),
        link(3, 4),
        link(2, 5),
        link(4, 7),
        link(5, 6),
    ];
    let plan = Plan::new(&chart(nodes, links));
    let mut rank = vec![0; 8];
    for column in &plan.layers.columns {
        for (position, &place) in column.iter().enumerate() {
            rank[place] = position;
        }
    }
    assert_eq!(plan.layers.crossings(&rank), 0);
}

fn overlap(left: Rect, right: Rect) -> bool {
    left.x < right.x + right.width
        && right.x < left.x + left.width
        && left.y < right.y + right.height
        && right.y < left.y + left.height
}

/// Boxes are apart and within the picture, no line runs behind one, and no name is wider than its room.
fn check_geometry(chart: &ExposureChart<'_>) {
    let plan = Plan::new(chart);
    let boxes: Vec<Rect> = (0..chart.nodes.len())
        .map(|node| plan.layout.rect(&plan.layers, node))
        .collect();
    for (index, &one) in boxes.iter().enumerate() {
        assert!(one.x >= 0.0 && one.y >= 0.0, "{one:?}");
        assert!(
            one.x + one.width <= plan.layout.width && one.y + one.height <= plan.layout.height,
            "{one:?}"
        );
        assert!(
            boxes[..index].iter().all(|&other| !overlap(one, other)),
            "{index} overlaps"
        );
        let room = one.width - 3.0 * PADDING - counts_width(&chart.nodes[index]);
        let lines = &plan.names[index];
        assert!(
            lines.len() <= NAME_LINES
                && lines
                    .iter()
                    .all(|line| width(line, style::NAME_SIZE) <= room + 1e-6),
            "{lines:?}"
        );
    }
    for route in routes::routes(&plan.layers, &plan.layout, &chart.links) {
        for pair in route.points.windows(2) {
            let middle = Rect {
                x: f64::midpoint(pair[0].0, pair[1].0),
                y: f64::midpoint(pair[0].1, pair[1].1),
                width: 0.0,
                height: 0.0,
            };
            assert!(
                boxes.iter().all(|&other| !overlap(middle, other)),
                "a line at {middle:?} runs behind a box"
            );
            assert!(
                middle.x <= plan.layout.width && (0.0..=plan.layout.height).contains(&middle.y),
                "{middle:?}"
            );
        }
    }
}

#[test]
fn sixty_parties_keep_apart() {
    check_geometry(&sixty());
    check_texts(&svg(&sixty()).unwrap());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_graph_is_drawn_without_overlap(
        parties in prop::collection::vec((0..16_u32, "[ a-zA-Z中文公司,.&<-]{0,60}", 0..2_000_usize), 1..50),
        ends in prop::collection::vec((0..1_000_usize, 0..1_000_usize), 0..90),
    ) {
        let nodes: Vec<ChartNode<'_>> =
            parties.iter().map(|(tier, name, obligations)| ChartNode { obligations: [*obligations, obligations / 2, 1], ..node(name, *tier) }).collect();
        let links = ends.iter().map(|&(from, to)| link(from % nodes.len(), to % nodes.len())).collect();
        let chart = chart(nodes, links);
        check_geometry(&chart);
        let drawn = svg(&chart).expect("every link names a node");
        check_texts(&drawn);
    }
}
