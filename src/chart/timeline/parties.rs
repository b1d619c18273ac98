//! A row for each party, a mark for each day on which its evidence lapses.

use plotters::style::text_anchor::HPos;

use super::axis::{self, Axis};
use super::{MARK, draw_box, look};
use crate::chart::ChartError;
use crate::chart::canvas::{Canvas, Letters, Rect, Stroke};
use crate::chart::frame::letters;
use crate::chart::style::{self, INK, MARGIN, RULE};
use crate::chart::text::{clean, shorten, width};
use crate::lang::grouped;
use crate::view::{Lapse, TimelineChart, TimelineRow};

/// The widest that a name may be.
const MOST_NAME_WIDTH: f64 = 260.0;
/// Between names and the first day, so that a mark on it stays clear of the name.
const APART: f64 = 30.0;
/// Between marks of one lane, between lanes, and above and below them.
const MARK_GAP: f64 = 3.0;
const LANE: f64 = MARK + 4.0;
const PADDING: f64 = 5.0;

/// A mark of a row: its box from the row's top, and its words.
pub(super) struct Placed {
    pub(super) lapse: Lapse,
    pub(super) rect: Rect,
    words: String,
}

/// A party's row.
pub(super) struct Row {
    name: String,
    pub(super) marks: Vec<Placed>,
    pub(super) height: f64,
}

/// Names as they are set, and where the marks stand.
pub(super) struct Plan {
    pub(super) rows: Vec<Row>,
    axis: Axis,
    pub(super) width: f64,
    pub(super) height: f64,
}

impl Plan {
    pub(super) fn new(chart: &TimelineChart<'_>, rows: &[TimelineRow<'_>]) -> Plan {
        let names: Vec<String> = rows
            .iter()
            .map(|row| shorten(&clean(&row.name), style::NAME_SIZE, MOST_NAME_WIDTH))
            .collect();
        let widths = names.iter().map(|name| width(name, style::NAME_SIZE));
        let left = widths.fold(0.0, f64::max).ceil() + APART;
        let axis = Axis::new(chart, left);
        let named = names.into_iter().zip(rows);
        let rows: Vec<Row> = named
            .map(|(name, row)| Row::new(name, &row.lapses, &axis))
            .collect();
        let marks = rows.iter().flat_map(|row| &row.marks);
        let right = marks
            .map(|mark| mark.rect.x + mark.rect.width)
            .fold(left + axis::WIDTH, f64::max);
        Plan {
            height: axis::HEIGHT + rows.iter().map(|row| row.height).sum::<f64>(),
            rows,
            axis,
            width: right.ceil(),
        }
    }

    pub(super) fn draw(
        &self,
        canvas: &Canvas<'_>,
        chart: &TimelineChart<'_>,
        top: f64,
    ) -> Result<(), ChartError> {
        self.axis.draw(canvas, chart.lang, top, top + self.height)?;
        let mut row_top = top + axis::HEIGHT;
        for row in &self.rows {
            let ends = [MARGIN, MARGIN + self.axis.left + axis::WIDTH];
            let rule = Stroke {
                color: RULE,
                width: 1.0,
                dash: None,
            };
            canvas.line(&ends.map(|x| (x, row_top)), rule)?;
            row.draw(canvas, row_top)?;
            row_top += row.height;
        }
        Ok(())
    }
}

impl Row {
    /// Sets the marks in as few lanes as keep them apart.
    fn new(name: String, lapses: &[Lapse], axis: &Axis) -> Row {
        let mut lane_ends: Vec<f64> = Vec::new();
        let mut marks = Vec::new();
        for &lapse in lapses {
            let words = grouped(lapse.count);
            let mark_width = (width(&words, style::COUNT_SIZE) + 9.0).max(MARK).ceil();
            let x = axis.place(lapse.day) - mark_width / 2.0;
            let free = lane_ends.iter().position(|&end| end + MARK_GAP <= x);
            let lane = free.unwrap_or(lane_ends.len());
            if lane == lane_ends.len() {
                lane_ends.push(0.0);
            }
            lane_ends[lane] = x + mark_width;
            let rect = Rect {
                x,
                y: PADDING + lane as f64 * LANE,
                width: mark_width,
                height: MARK,
            };
            marks.push(Placed { lapse, rect, words });
        }
        Row {
            name,
            marks,
            height: lane_ends.len().max(1) as f64 * LANE - (LANE - MARK) + 2.0 * PADDING,
        }
    }

    fn draw(&self, canvas: &Canvas<'_>, top: f64) -> Result<(), ChartError> {
        let baseline = top + PADDING + MARK / 2.0 + style::NAME_SIZE * 0.36;
        canvas.text(
            &self.name,
            (MARGIN, baseline),
            letters(style::NAME_SIZE, INK),
        )?;
        for mark in &self.marks {
            let rect = Rect {
                x: mark.rect.x + MARGIN,
                y: mark.rect.y + top,
                ..mark.rect
            };
            draw_box(canvas, mark.lapse.shows, rect)?;
            let digits = Letters {
                size: style::COUNT_SIZE,
                color: look(mark.lapse.shows).ink,
                anchor: HPos::Center,
            };
            let at = (
                rect.x + rect.width / 2.0,
                rect.y + rect.height / 2.0 + style::COUNT_SIZE * 0.36,
            );
            canvas.text(&mark.words, at, digits)?;
        }
        Ok(())
    }
}
