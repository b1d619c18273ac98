//! The key to the marks of a picture: marks with their words, in rows.

use super::ChartError;
use super::canvas::{Canvas, Point};
use super::frame::letters;
use super::style::{self, INK, MARGIN, MUTED};
use super::text::{width, wrap};

/// Between the mark and its words, between items, and after the headings of groups.
const MARK_GAP: f64 = 8.0;
const ITEM_GAP: f64 = 26.0;
const HEADING_GAP: f64 = 18.0;
const ROW_HEIGHT: f64 = 24.0;
/// Between the head and the key, and between the key and the picture.
const ABOVE: f64 = 18.0;
const BELOW: f64 = 22.0;

/// A mark that is to be explained.
pub(super) struct Item<M> {
    pub(super) mark: M,
    pub(super) width: f64,
    pub(super) words: String,
}

/// A mark of the key at its place.
struct Placed<M> {
    mark: M,
    /// The left end of the mark, and the middle of its height.
    at: Point,
    words: String,
    words_left: f64,
}

/// Marks that belong together; each group begins a row.
pub(super) struct Group<M> {
    /// What they have in common; may be empty.
    pub(super) heading: String,
    pub(super) items: Vec<Item<M>>,
}

/// The key, set in rows.
pub(super) struct Legend<M> {
    headings: Vec<(String, Point)>,
    placed: Vec<Placed<M>>,
    /// Where the picture below it begins.
    pub(super) bottom: f64,
}

impl<M> Legend<M> {
    /// Sets the groups in rows within `content_width`, below a head that ends at `top`; empty groups take no room.
    pub(super) fn new(groups: Vec<Group<M>>, content_width: f64, top: f64) -> Legend<M> {
        let (mut headings, mut placed) = (Vec::new(), Vec::new());
        let widths = groups
            .iter()
            .map(|group| width(&group.heading, style::NOTE_SIZE));
        let indent = match widths.fold(0.0, f64::max) {
            widest if widest > 0.0 => widest + HEADING_GAP,
            _ => 0.0,
        };
        let room = content_width - indent;
        let mut bottom = top + ABOVE;
        for group in groups.into_iter().filter(|group| !group.items.is_empty()) {
            if !group.heading.is_empty() {
                headings.push((group.heading, (MARGIN, bottom + ROW_HEIGHT / 2.0)));
            }
            let mut x = 0.0;
            for item in group.items {
                let before = item.width + MARK_GAP;
                let words = wrap(&item.words, style::NOTE_SIZE, room - before, 1).concat();
                let item_width = before + width(&words, style::NOTE_SIZE);
                if x > 0.0 && x + item_width > room {
                    (x, bottom) = (0.0, bottom + ROW_HEIGHT);
                }
                placed.push(Placed {
                    mark: item.mark,
                    at: (MARGIN + indent + x, bottom + ROW_HEIGHT / 2.0),
                    words,
                    words_left: MARGIN + indent + x + before,
                });
                x += item_width + ITEM_GAP;
            }
            bottom += ROW_HEIGHT;
        }
        if placed.is_empty() {
            bottom = top;
        }
        Legend {
            headings,
            placed,
            bottom: bottom + BELOW,
        }
    }

    /// Draws the words of every item, and its mark with `draw_mark`.
    pub(super) fn draw(
        &self,
        canvas: &Canvas<'_>,
        draw_mark: impl Fn(&M, Point) -> Result<(), ChartError>,
    ) -> Result<(), ChartError> {
        for (heading, (x, y)) in &self.headings {
            let at = (*x, y + style::NOTE_SIZE * 0.36);
            canvas.text(heading, at, letters(style::NOTE_SIZE, INK))?;
        }
        for item in &self.placed {
            draw_mark(&item.mark, item.at)?;
            let at = (item.words_left, item.at.1 + style::NOTE_SIZE * 0.36);
            canvas.text(&item.words, at, letters(style::NOTE_SIZE, MUTED))?;
        }
        Ok(())
    }
}
