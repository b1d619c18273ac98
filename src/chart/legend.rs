//! The key to the marks of a picture: marks with their words, in rows.

use super::ChartError;
use super::canvas::{Canvas, Point};
use super::frame::letters;
use super::style::{self, MARGIN, MUTED};
use super::text::{width, wrap};

/// Between the mark and its words, between items, and between rows.
const MARK_GAP: f64 = 8.0;
const ITEM_GAP: f64 = 26.0;
const ROW_HEIGHT: f64 = 24.0;
/// Between the head and the key, and between the key and the picture.
const ABOVE: f64 = 18.0;
const BELOW: f64 = 22.0;

/// A mark that is to be explained.
pub(super) struct Item<M> {
    pub(super) mark: M,
    /// The width of the mark; 0 for words that stand alone.
    pub(super) width: f64,
    pub(super) words: String,
}

/// A mark of the key at its place.
pub(super) struct Placed<M> {
    pub(super) mark: M,
    /// The left end of the mark, and the middle of its height.
    pub(super) at: Point,
    words: String,
    words_left: f64,
}

/// The key, set in rows.
pub(super) struct Legend<M> {
    pub(super) placed: Vec<Placed<M>>,
    /// Where the picture below it begins.
    pub(super) bottom: f64,
}

impl<M> Legend<M> {
    /// Sets the items in rows within `content_width`, below a head that ends at `top`.
    pub(super) fn new(items: Vec<Item<M>>, content_width: f64, top: f64) -> Legend<M> {
        let mut placed = Vec::new();
        let (mut x, mut row) = (0.0, top + ABOVE);
        for Item {
            mark,
            width: mark_width,
            words,
        } in items
        {
            let before = if mark_width > 0.0 {
                mark_width + MARK_GAP
            } else {
                0.0
            };
            let words = wrap(&words, style::NOTE_SIZE, content_width - before, 1).concat();
            let item_width = before + width(&words, style::NOTE_SIZE);
            if x > 0.0 && x + item_width > content_width {
                (x, row) = (0.0, row + ROW_HEIGHT);
            }
            placed.push(Placed {
                mark,
                at: (MARGIN + x, row + ROW_HEIGHT / 2.0),
                words,
                words_left: MARGIN + x + before,
            });
            x += item_width + ITEM_GAP;
        }
        let end = if placed.is_empty() {
            top
        } else {
            row + ROW_HEIGHT
        };
        Legend {
            placed,
            bottom: end + BELOW,
        }
    }

    /// Draws the words of every item, and its mark with `draw_mark`.
    pub(super) fn draw(
        &self,
        canvas: &Canvas<'_>,
        draw_mark: impl Fn(&M, Point) -> Result<(), ChartError>,
    ) -> Result<(), ChartError> {
        for item in &self.placed {
            draw_mark(&item.mark, item.at)?;
            let at = (item.words_left, item.at.1 + style::NOTE_SIZE * 0.36);
            canvas.text(&item.words, at, letters(style::NOTE_SIZE, MUTED))?;
        }
        Ok(())
    }
}
