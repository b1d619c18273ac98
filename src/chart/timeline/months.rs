//! A bar for each month, for more parties than rows can show.

use plotters::style::text_anchor::HPos;

use super::axis::{self, Axis};
use super::{SAMPLE, draw_sample, has, look, words};
use crate::chart::ChartError;
use crate::chart::canvas::{Canvas, Letters, Rect, Stroke};
use crate::chart::frame::letters;
use crate::chart::style::{self, INK, MARGIN, MUTED};
use crate::chart::text::width;
use crate::lang::grouped;
use crate::view::{MonthOfLapses, Shows, TimelineChart};

/// The height of the longest bar, and what stands free above it.
const BARS: f64 = 240.0;
const ABOVE: f64 = 14.0;
/// What of its month a bar takes.
const SHARE: f64 = 0.62;
/// A row of the counts below the bars.
const COUNT_ROW: f64 = 24.0;
const APART: f64 = 24.0;

/// Where bars and counts stand.
pub(super) struct Plan<'a> {
    months: &'a [MonthOfLapses],
    kinds: Vec<Shows>,
    axis: Axis,
    /// The height of one finding or clause.
    unit: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

impl<'a> Plan<'a> {
    pub(super) fn new(chart: &TimelineChart<'_>, months: &'a [MonthOfLapses]) -> Plan<'a> {
        let mut kinds = vec![Shows::Duty, Shows::Clause];
        kinds.retain(|&shows| has(&chart.lapses, shows));
        let names = kinds.iter().map(|&shows| words(shows, chart.lang));
        let names_width = names
            .map(|name| width(&name, style::NAME_SIZE))
            .fold(0.0, f64::max);
        let left = SAMPLE + 8.0 + names_width.ceil() + APART;
        let totals = months.iter().map(|month| month.duties + month.clauses);
        let highest = totals.max().unwrap_or(0).max(1);
        Plan {
            months,
            axis: Axis::new(chart, left),
            unit: BARS / highest as f64,
            width: left + axis::WIDTH,
            height: axis::HEIGHT + ABOVE + BARS + 10.0 + kinds.len() as f64 * COUNT_ROW,
            kinds,
        }
    }

    pub(super) fn draw(
        &self,
        canvas: &Canvas<'_>,
        chart: &TimelineChart<'_>,
        top: f64,
    ) -> Result<(), ChartError> {
        let ground = top + axis::HEIGHT + ABOVE + BARS;
        self.axis.draw(canvas, chart.lang, top, ground)?;
        for (index, month) in self.months.iter().enumerate() {
            let next = self
                .months
                .get(index + 1)
                .map_or(chart.until, |next| next.from);
            let (from, to) = (self.axis.place(month.from), self.axis.place(next));
            let middle = MARGIN + f64::midpoint(from, to);
            let bar_width = (to - from) * SHARE;
            let mut bottom = ground;
            for &shows in &self.kinds {
                let height = count(month, shows) as f64 * self.unit;
                bottom -= height;
                if height > 0.0 {
                    let rect = Rect {
                        x: middle - bar_width / 2.0,
                        y: bottom,
                        width: bar_width,
                        height,
                    };
                    let look = look(shows);
                    let rim = Stroke {
                        color: look.rim,
                        width: 1.25,
                        dash: None,
                    };
                    canvas.rounded(rect, 1.0, look.fill, Some(rim))?;
                }
            }
            self.draw_counts(canvas, month, (middle, ground + 10.0))?;
        }
        let ends = [
            MARGIN + self.axis.left,
            MARGIN + self.axis.left + axis::WIDTH,
        ];
        let line = Stroke {
            color: INK,
            width: 1.0,
            dash: None,
        };
        canvas.line(&ends.map(|x| (x, ground)), line)?;
        for (row, &shows) in self.kinds.iter().enumerate() {
            let middle = ground + 10.0 + (row as f64 + 0.5) * COUNT_ROW;
            draw_sample(canvas, shows, (MARGIN, middle))?;
            let at = (MARGIN + SAMPLE + 8.0, middle + style::NAME_SIZE * 0.36);
            canvas.text(
                &words(shows, chart.lang),
                at,
                letters(style::NAME_SIZE, INK),
            )?;
        }
        Ok(())
    }

    /// Writes the counts of a month below its bar.
    fn draw_counts(
        &self,
        canvas: &Canvas<'_>,
        month: &MonthOfLapses,
        (middle, top): (f64, f64),
    ) -> Result<(), ChartError> {
        for (row, &shows) in self.kinds.iter().enumerate() {
            let count = count(month, shows);
            let (words, color) = match count {
                0 => ("–".to_owned(), MUTED),
                _ => (grouped(count), INK),
            };
            let digits = Letters {
                size: style::COUNT_SIZE,
                color,
                anchor: HPos::Center,
            };
            let baseline = top + (row as f64 + 0.5) * COUNT_ROW + style::COUNT_SIZE * 0.36;
            canvas.text(&words, (middle, baseline), digits)?;
        }
        Ok(())
    }
}

fn count(month: &MonthOfLapses, shows: Shows) -> usize {
    match shows {
        Shows::Duty => month.duties,
        Shows::Clause => month.clauses,
    }
}
