//! Texts in pictures: made safe, measured with the embedded fonts, shortened and wrapped.

use std::sync::LazyLock;

use skrifa::charmap::Charmap;
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::{FontRef, MetadataProvider};
use unicode_normalization::UnicodeNormalization;

/// The embedded fonts, in the order in which a character is looked up; no character is in two of them.
pub(super) const FONTS: [&[u8]; 2] = [
    include_bytes!("font/ciiflow-sans.ttf"),
    include_bytes!("font/ciiflow-sans-sc.otf"),
];

/// The width, in sizes of the text, that is set aside for a character that no embedded font has.
const UNKNOWN_WIDTH: f64 = 1.0;

struct Face {
    charmap: Charmap<'static>,
    metrics: GlyphMetrics<'static>,
    units_per_em: f64,
}

static FACES: LazyLock<Vec<Face>> =
    LazyLock::new(|| FONTS.iter().filter_map(|font| Face::read(font)).collect());

impl Face {
    fn read(font: &'static [u8]) -> Option<Face> {
        let font = FontRef::new(font).ok()?;
        let units_per_em = font
            .metrics(Size::unscaled(), LocationRef::default())
            .units_per_em
            .into();
        Some(Face {
            charmap: font.charmap(),
            metrics: font.glyph_metrics(Size::unscaled(), LocationRef::default()),
            units_per_em,
        })
    }

    /// The width of `char` in sizes of the text, if this font has it.
    fn advance(&self, char: char) -> Option<f64> {
        let glyph = self.charmap.map(char)?;
        Some(f64::from(self.metrics.advance_width(glyph)?) / self.units_per_em)
    }
}

/// The characters of `text` that pictures cannot show, each once and in order: no embedded font has them, or XML bars them.
pub fn missing_glyphs(text: &str) -> Vec<char> {
    let mut missing: Vec<char> = text
        .nfc()
        .filter(|&char| !char.is_whitespace() && (is_barred(char) || advance(char).is_none()))
        .collect();
    missing.sort_unstable();
    missing.dedup();
    missing
}

/// `text` as one line that XML can hold: composed, white space run together, barred characters replaced by U+FFFD.
pub(super) fn clean(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.extend(word.nfc().map(|char| {
            if is_barred(char) {
                char::REPLACEMENT_CHARACTER
            } else {
                char
            }
        }));
    }
    line
}

/// Whether XML 1.0 bars `char` or discourages it, or it would turn the direction of the text that follows.
fn is_barred(char: char) -> bool {
    char.is_control()
        || matches!(char, '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
        || u32::from(char) & 0xFFFE == 0xFFFE
}

fn advance(char: char) -> Option<f64> {
    FACES.iter().find_map(|face| face.advance(char))
}

/// The width of `text` at a size.
pub(super) fn width(text: &str, size: f64) -> f64 {
    text.chars()
        .map(|char| advance(char).unwrap_or(UNKNOWN_WIDTH))
        .sum::<f64>()
        * size
}

/// `text`, or as much of its beginning as fits into `max` with an ellipsis; empty if not even that fits.
pub(super) fn shorten(text: &str, size: f64, max: f64) -> String {
    if width(text, size) <= max {
        return text.to_owned();
    }
    let room = max - width("…", size);
    if room < 0.0 {
        return String::new();
    }
    format!("{}…", text[..fitting(text, size, room)].trim_end())
}

/// The length in bytes of the longest beginning of `text` that is not wider than `max`.
fn fitting(text: &str, size: f64, max: f64) -> usize {
    let mut used = 0.0;
    for (at, char) in text.char_indices() {
        used += advance(char).unwrap_or(UNKNOWN_WIDTH) * size;
        if used > max {
            return at;
        }
    }
    text.len()
}

/// `text` in at most `lines` lines that are not wider than `max`; what is left over ends in an ellipsis.
pub(super) fn wrap(text: &str, size: f64, max: f64, lines: usize) -> Vec<String> {
    let mut wrapped = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        if wrapped.len() + 1 >= lines || width(rest, size) <= max {
            wrapped.push(shorten(rest, size, max));
            break;
        }
        let end = line_end(rest, fitting(rest, size, max).max(first_len(rest)));
        wrapped.push(shorten(rest[..end].trim_end(), size, max));
        rest = rest[end..].trim_start();
    }
    wrapped
}

fn first_len(text: &str) -> usize {
    text.chars().next().map_or(0, char::len_utf8)
}

/// Where to end a line of which `fits` bytes would fit: after the last word, else within it.
fn line_end(text: &str, fits: usize) -> usize {
    let breaks = text
        .char_indices()
        .zip(text.chars().skip(1))
        .filter_map(|((at, left), right)| {
            let end = at + left.len_utf8();
            (end <= fits && may_break(left, right)).then_some(end)
        });
    // A break far to the left would waste most of the line.
    breaks.last().filter(|&end| end * 3 >= fits).unwrap_or(fits)
}

/// Whether a line may end between two characters: at a space, after a hyphen or slash, beside a Chinese character.
fn may_break(left: char, right: char) -> bool {
    if is_closing(right) || is_opening(left) {
        return false;
    }
    left == ' ' || right == ' ' || matches!(left, '-' | '/') || is_wide(left) || is_wide(right)
}

fn is_wide(char: char) -> bool {
    matches!(u32::from(char), 0x2E80..=0x9FFF | 0xAC00..=0xD7A3 | 0xF900..=0xFAFF | 0xFF01..=0xFF60 | 0x20000..=0x3FFFF)
}

/// Marks that may not begin a line.
fn is_closing(char: char) -> bool {
    "，。、；：？！）》」』】〉”’…,.;:?!)%".contains(char)
}

/// Marks that may not end a line.
fn is_opening(char: char) -> bool {
    "（《「『【〈“‘(".contains(char)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use resvg::usvg;

    use super::*;

    #[test]
    fn every_font_is_read() {
        assert_eq!(FACES.len(), FONTS.len());
    }

    #[test]
    fn all_of_gb_2312_can_be_shown() {
        for lead in 0xB0..=0xF7_u8 {
            for trail in 0xA1..=0xFE_u8 {
                let bytes = [lead, trail];
                let (text, _, faulty) = encoding_rs::GBK.decode(&bytes);
                // Five cells of the last row of level 1 are empty in GB 2312.
                let empty = lead == 0xD7 && trail > 0xF9;
                assert!(
                    faulty || empty || missing_glyphs(&text).is_empty(),
                    "{text}"
                );
            }
        }
    }

    #[test]
    fn what_cannot_be_shown_is_reported_once() {
        assert_eq!(
            missing_glyphs("Łódź – Σίγμα, Москва, 臺灣，“…” ✓ → • ①"),
            []
        );
        assert_eq!(missing_glyphs("a😀\tb\u{7}😀\n"), ['\u{7}', '😀']);
    }

    #[test]
    fn no_character_is_in_two_fonts() {
        for char in '\u{0}'..='\u{FFFF}' {
            assert!(
                FACES
                    .iter()
                    .filter(|face| face.advance(char).is_some())
                    .count()
                    < 2,
                "{char:?}"
            );
        }
    }

    #[test]
    fn lines_break_where_the_scripts_do() {
        let size = 10.0;
        let max = width("Northwind Data", size);
        assert_eq!(
            wrap("Northwind Data Services", size, max, 2),
            ["Northwind Data", "Services"]
        );
        assert_eq!(
            wrap("上海数据（托管）公司", size, 40.0, 3),
            ["上海数据", "（托管）", "公司"]
        );
        assert_eq!(wrap("上海数据托管公司", size, 40.0, 1), ["上海数…"]);
        assert!(wrap("", size, max, 2).is_empty());
    }

    /// Pictures are drawn with the widths that they were planned with.
    #[test]
    fn measured_as_drawn() {
        for text in [
            "Northwind Data",
            "臺灣積體電路",
            "AV 中国 To, Łódź…",
            "é e\u{301}",
        ] {
            let text = clean(text);
            let svg = format!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"900\" height=\"90\">\
                 <text y=\"50\" font-family=\"Ciiflow Sans\" font-size=\"20\">{text}</text></svg>"
            );
            let tree = usvg::Tree::from_str(&svg, &crate::chart::png::options()).unwrap();
            let usvg::Node::Text(drawn) = &tree.root().children()[0] else {
                panic!("no text")
            };
            let drawn = f64::from(drawn.bounding_box().width());
            assert!(
                (drawn - width(&text, 20.0)).abs() < 0.01,
                "{text}: {drawn} for {}",
                width(&text, 20.0)
            );
        }
    }

    proptest! {
        #[test]
        fn shortened_text_fits(text in "\\PC{0,40}", size in 6.0..30.0_f64, max in 0.0..300.0_f64) {
            let text = clean(&text);
            let short = shorten(&text, size, max);
            prop_assert!(width(&short, size) <= max);
            prop_assert!(short == text || short.is_empty() || text.starts_with(short.trim_end_matches('…')));
            for line in wrap(&text, size, max, 3) {
                prop_assert!(width(&line, size) <= max);
            }
        }
    }
}
