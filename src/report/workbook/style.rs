//! How cells look, in one place: fonts, grounds and the colours of statuses, evidence and faults.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};
use unicode_width::UnicodeWidthStr;

use crate::lang::Lang;
use crate::view::palette::{self, INK, MUTED, OPERATOR, PAPER, RULE, Rgb, Tone};

/// The size of the text of cells, in points.
const SIZE: f64 = 10.0;
/// How days are shown, whatever the language of the spreadsheet.
const DAY: &str = "yyyy-mm-dd";

/// The looks of cells.
pub(super) struct Style {
    font: &'static str,
    /// The height of a line of text, in points.
    line: f64,
    /// How many columns of letters a cell takes for each digit of its width; letters are narrower than digits.
    fits: f64,
}

/// The greatest height that a row can have, in points.
const MOST_HEIGHT: f64 = 405.0;

impl Style {
    /// With a font that spreadsheets of the language have.
    pub(super) fn new(lang: Lang) -> Style {
        let (font, line, fits) = match lang {
            Lang::En => ("Calibri", 13.0, 1.18),
            Lang::Zh => ("Microsoft YaHei", 16.0, 1.05),
        };
        Style { font, line, fits }
    }

    /// The height that texts need side by side, each with the width of its cell. Spreadsheets that open the file do not
    /// all find it themselves, and none does for merged cells.
    pub(super) fn height<'t>(&self, cells: impl IntoIterator<Item = (&'t str, u16)>) -> f64 {
        let lines = cells.into_iter().map(|(text, width)| {
            let width = (f64::from(width) * self.fits) as usize;
            let lines = text.lines().map(|line| line.width().div_ceil(width).max(1));
            lines.sum::<usize>()
        });
        let lines = lines.max().unwrap_or_default().max(1);
        (lines as f64 * self.line + 3.0).min(MOST_HEIGHT)
    }

    fn base(&self) -> Format {
        Format::new()
            .set_font_name(self.font)
            .set_font_size(SIZE)
            .set_font_color(color(INK))
            .set_align(FormatAlign::Top)
    }

    /// Running text.
    pub(super) fn text(&self) -> Format {
        self.base().set_text_wrap()
    }

    /// Ids and words that programs know.
    pub(super) fn code(&self) -> Format {
        self.base().set_font_color(color(MUTED))
    }

    /// Counts of which nought is shown as a dash.
    pub(super) fn count(&self) -> Format {
        self.number().set_num_format("#,##0;-#,##0;–")
    }

    /// Counts, tiers and ranks.
    pub(super) fn number(&self) -> Format {
        let base = self.base().set_num_format("#,##0");
        base.set_align(FormatAlign::Right).set_indent(1)
    }

    /// Days.
    pub(super) fn day(&self) -> Format {
        let base = self.base().set_num_format(DAY);
        base.set_align(FormatAlign::Left)
    }

    /// Numbers that a register gives, as they are.
    pub(super) fn plain_number(&self) -> Format {
        self.base()
    }

    /// The headings of a table.
    pub(super) fn heading(&self) -> Format {
        self.base()
            .set_bold()
            .set_font_color(color(PAPER))
            .set_background_color(color(OPERATOR))
            .set_align(FormatAlign::VerticalCenter)
            .set_text_wrap()
    }

    /// The title of a sheet.
    pub(super) fn title(&self) -> Format {
        let title = self.base().set_bold().set_font_size(18);
        title.set_font_color(color(OPERATOR))
    }

    /// The head of a section.
    pub(super) fn section(&self) -> Format {
        self.base()
            .set_bold()
            .set_font_size(12)
            .set_font_color(color(OPERATOR))
            .set_border_bottom(FormatBorder::Medium)
            .set_border_bottom_color(color(OPERATOR))
    }

    /// What stands below a title, and notes.
    pub(super) fn note(&self) -> Format {
        self.text().set_font_color(color(MUTED))
    }

    /// What nobody may overlook.
    pub(super) fn notice(&self) -> Format {
        self.text()
            .set_background_color(color(palette::OPERATOR_GROUND))
    }

    /// The same cell with a rule below it.
    pub(super) fn ruled(format: Format) -> Format {
        format
            .set_border_bottom(FormatBorder::Thin)
            .set_border_bottom_color(color(RULE))
    }

    /// The same cell leading elsewhere.
    pub(super) fn link(format: Format) -> Format {
        format
            .set_font_color(color([0x0B, 0x5C, 0xAD]))
            .set_underline(rust_xlsxwriter::FormatUnderline::Single)
    }

    /// Words in a tone.
    pub(super) fn toned(&self, tone: Tone) -> Format {
        Style::ruled(self.text())
            .set_bold()
            .set_background_color(color(tone.fill))
            .set_font_color(color(tone.ink))
    }

    /// The rule below each row of a table.
    pub(super) fn rule() -> Format {
        Style::ruled(Format::new())
    }

    /// A tone, as a rule lays it over a cell.
    pub(super) fn tone(tone: Tone) -> Format {
        Style::rule()
            .set_background_color(color(tone.fill))
            .set_font_color(color(tone.ink))
    }
}

fn color([red, green, blue]: Rgb) -> Color {
    Color::RGB(u32::from_be_bytes([0, red, green, blue]))
}
