//! What stands around every picture: title and subtitle above, notes below.

use plotters::style::RGBColor;
use plotters::style::text_anchor::HPos;

use super::ChartError;
use super::canvas::{Canvas, Letters, Point, picture};
use super::legend::{Group, Legend};
use super::style::{self, INK, MARGIN, MUTED};
use super::text::{clean, wrap};
use crate::lang::{Lang, grouped, say};

/// Most lines of a title, a subtitle or a note.
const LINES: usize = 3;
/// Between the picture and its notes.
const NOTE_GAP: f64 = 26.0;

/// Letters that stand to the right of their place.
pub(super) fn letters(size: f64, color: RGBColor) -> Letters {
    Letters {
        size,
        color,
        anchor: HPos::Left,
    }
}

/// That only the first of many parties are shown.
pub(super) fn cut_note(lang: Lang, shown: usize, hidden: usize) -> Option<String> {
    let (shown, all) = (grouped(shown), grouped(shown + hidden));
    (hidden > 0).then(|| {
        say!(
            lang,
            "The top {shown} of {all} parties are shown.",
            "共 {all} 方，仅显示前 {shown} 方。",
        )
    })
}

/// Says that there is nothing to show, in place of the picture that would begin at `top`.
pub(super) fn nothing(canvas: &Canvas<'_>, sentence: &str, top: f64) -> Result<(), ChartError> {
    let at = (MARGIN, top + 14.0);
    canvas.text(sentence, at, letters(style::SUBTITLE_SIZE, INK))
}

/// What stands around a picture.
pub(super) struct Frame<'a, M> {
    pub(super) title: &'a str,
    pub(super) subtitle: &'a str,
    pub(super) lang: Lang,
    /// The key.
    pub(super) groups: Vec<Group<M>>,
    pub(super) notes: Vec<String>,
}

impl<M> Frame<'_, M> {
    /// The whole picture as SVG: `draw` draws what stands in the frame, whose size is given, below what it is told.
    pub(super) fn around(
        self,
        (width, height): Point,
        draw_mark: impl Fn(&Canvas<'_>, &M, Point) -> Result<(), ChartError>,
        draw: impl FnOnce(&Canvas<'_>, f64) -> Result<(), ChartError>,
    ) -> Result<String, ChartError> {
        let head = Head::new(self.title, self.subtitle, width);
        let legend = Legend::new(self.groups, width, head.bottom);
        let notes = Notes::new(&self.notes, width);
        let bottom = legend.bottom + height;
        let size = (width + 2.0 * MARGIN, bottom + notes.height() + MARGIN);
        picture(size, self.title, self.lang, |canvas| {
            head.draw(canvas)?;
            legend.draw(canvas, |mark, at| draw_mark(canvas, mark, at))?;
            draw(canvas, legend.bottom)?;
            notes.draw(canvas, bottom)
        })
    }
}

/// Title and subtitle.
struct Head {
    title: Vec<String>,
    subtitle: Vec<String>,
    /// The lower edge of the subtitle.
    bottom: f64,
}

impl Head {
    /// Sets both in lines that are not wider than the content of the picture.
    fn new(title: &str, subtitle: &str, content_width: f64) -> Head {
        let title = wrap(&clean(title), style::TITLE_SIZE, content_width, LINES);
        let subtitle = wrap(&clean(subtitle), style::SUBTITLE_SIZE, content_width, LINES);
        let mut bottom = MARGIN + title.len() as f64 * style::TITLE_SIZE * style::LEADING;
        bottom += subtitle.len() as f64 * style::SUBTITLE_SIZE * style::LEADING;
        Head {
            title,
            subtitle,
            bottom,
        }
    }

    fn draw(&self, canvas: &Canvas<'_>) -> Result<(), ChartError> {
        let mut baseline = MARGIN + style::TITLE_SIZE * 0.8;
        for line in &self.title {
            canvas.text(line, (MARGIN, baseline), letters(style::TITLE_SIZE, INK))?;
            baseline += style::TITLE_SIZE * style::LEADING;
        }
        baseline += (style::SUBTITLE_SIZE - style::TITLE_SIZE) * 0.8;
        for line in &self.subtitle {
            canvas.text(
                line,
                (MARGIN, baseline),
                letters(style::SUBTITLE_SIZE, MUTED),
            )?;
            baseline += style::SUBTITLE_SIZE * style::LEADING;
        }
        Ok(())
    }
}

/// What the reader has to know about what is not shown as it is.
struct Notes(Vec<String>);

impl Notes {
    /// Sets the notes in lines that are not wider than the content of the picture.
    fn new(notes: &[String], content_width: f64) -> Notes {
        let lines = notes
            .iter()
            .flat_map(|note| wrap(note, style::NOTE_SIZE, content_width, LINES));
        Notes(lines.collect())
    }

    /// The height that they take below the picture; 0 without any.
    fn height(&self) -> f64 {
        match self.0.len() {
            0 => 0.0,
            lines => NOTE_GAP + lines as f64 * style::NOTE_SIZE * style::LEADING,
        }
    }

    /// Draws them below what ends at `top`.
    fn draw(&self, canvas: &Canvas<'_>, top: f64) -> Result<(), ChartError> {
        let mut baseline = top + NOTE_GAP + style::NOTE_SIZE * 0.4;
        for note in &self.0 {
            canvas.text(note, (MARGIN, baseline), letters(style::NOTE_SIZE, MUTED))?;
            baseline += style::NOTE_SIZE * style::LEADING;
        }
        Ok(())
    }
}
