//! Pictures read back: their texts, and where these stand.

use resvg::usvg::roxmltree::{Document, Node};

use super::canvas::Point;
use super::text::width;

/// The texts of a picture, read back as XML; the first is its title for screen readers.
pub(super) fn texts(svg: &str) -> Vec<String> {
    let document = Document::parse(svg).expect("a picture is XML");
    let is_text = |name: &str| name == "text" || name == "title";
    let elements = document
        .descendants()
        .filter(|element| is_text(element.tag_name().name()));
    elements.map(words).collect()
}

/// Every text stands within the picture, and none on another.
pub(super) fn check_texts(svg: &str) {
    let document = Document::parse(svg).expect("a picture is XML");
    let size = |side| number(document.root_element(), side) * 4.0;
    let (right, bottom) = (size("width"), size("height"));
    let boxes: Vec<(String, [Point; 4])> = document
        .descendants()
        .filter(|element| element.tag_name().name() == "text")
        .map(|element| (words(element), corners(element)))
        .filter(|(words, _)| !words.is_empty())
        .collect();
    for (index, (words, corners)) in boxes.iter().enumerate() {
        for (x, y) in corners {
            assert!(
                (0.0..=right).contains(x) && (0.0..=bottom).contains(y),
                "{words:?} leaves the picture at {x}, {y}"
            );
        }
        for (other, others) in &boxes[..index] {
            assert!(
                are_apart(corners, others),
                "{words:?} stands on {other:?}: {corners:?}, {others:?}"
            );
        }
    }
}

fn words(element: Node<'_, '_>) -> String {
    element.text().unwrap_or_default().trim().to_owned()
}

fn number(element: Node<'_, '_>, name: &str) -> f64 {
    let value = element.attribute(name).expect("the attribute is there");
    value.parse().expect("the attribute is a number")
}

/// The corners of a text, from the upper left one clockwise.
fn corners(element: Node<'_, '_>) -> [Point; 4] {
    let (x, y, size) = (
        number(element, "x"),
        number(element, "y"),
        number(element, "font-size"),
    );
    let width = width(&words(element), size);
    let left = match element.attribute("text-anchor") {
        Some("middle") => x - width / 2.0,
        Some("end") => x - width,
        _ => x,
    };
    let baseline = match element.attribute("dy") {
        Some("0.76em") => y + 0.76 * size,
        _ => y,
    };
    let (top, bottom) = (baseline - 0.78 * size, baseline + 0.22 * size);
    let angle = match element.attribute("transform") {
        Some(transform) if transform.starts_with("rotate(-45 ") => -45.0_f64.to_radians(),
        Some(transform) => panic!("{transform} is not foreseen"),
        None => 0.0,
    };
    let turn = |(to_x, to_y): Point| {
        let (dx, dy) = (to_x - x, to_y - y);
        (
            x + dx * angle.cos() - dy * angle.sin(),
            y + dx * angle.sin() + dy * angle.cos(),
        )
    };
    [
        (left, top),
        (left + width, top),
        (left + width, bottom),
        (left, bottom),
    ]
    .map(turn)
}

/// Whether a side of one rectangle lies between the two.
fn are_apart(one: &[Point; 4], other: &[Point; 4]) -> bool {
    let divides = |axis: Point| {
        let shadow = |corners: &[Point; 4]| {
            let along = corners.map(|(x, y)| x * axis.0 + y * axis.1);
            let start = along.into_iter().fold(f64::INFINITY, f64::min);
            let end = along.into_iter().fold(f64::NEG_INFINITY, f64::max);
            (start, end)
        };
        let ((start, end), (other_start, other_end)) = (shadow(one), shadow(other));
        end <= other_start || other_end <= start
    };
    [one, other].into_iter().any(|corners| {
        let side = |from: usize, to: usize| {
            (
                corners[to].0 - corners[from].0,
                corners[to].1 - corners[from].1,
            )
        };
        divides(side(0, 1)) || divides(side(0, 3))
    })
}

/// Names that try to leave the text that they are.
pub(super) const HOSTILE: [&str; 7] = [
    "<script>alert(1)</script>",
    "a & b \"c\" 'd'",
    "bell\u{7}\u{0}\u{FFFE}",
    "]]><x/>",
    "",
    "\u{202E}txt",
    "two\nlines",
];

/// The hostile names are in the picture as text and nothing else.
pub(super) fn check_hostile(svg: &str) {
    let texts = texts(svg);
    for expected in [
        "<script>alert(1)</script>",
        "a & b \"c\" 'd'",
        "bell\u{FFFD}\u{FFFD}\u{FFFD}",
        "]]><x/>",
        "\u{FFFD}txt",
        "two lines",
    ] {
        assert!(
            texts.iter().any(|text| text == expected),
            "{expected:?} in {texts:?}"
        );
    }
    assert!(!svg.contains("<script"));
    assert!(super::png(svg).is_ok());
}
