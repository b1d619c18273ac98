//! The twelve months along the top of the timeline.

use jiff::ToSpan;
use jiff::civil::Date;
use plotters::style::text_anchor::HPos;

use crate::chart::ChartError;
use crate::chart::canvas::{Canvas, Letters, Rect, Stroke};
use crate::chart::frame::letters;
use crate::chart::style::{self, INK, MARGIN, MUTED, RULE};
use crate::chart::text::width;
use crate::lang::{Lang, say};
use crate::view::TimelineChart;

/// The width of a year.
pub(super) const WIDTH: f64 = 900.0;
/// The room for the months and the marked days.
pub(super) const HEIGHT: f64 = 52.0;
const MONTHS: i32 = 12;
/// From a line to the words at it.
const WORD_GAP: f64 = 5.0;
/// The baselines of the months and of the marked days.
const MONTHS_BASELINE: f64 = 14.0;
const DAYS_BASELINE: f64 = 37.0;
/// Where the lines begin that go down through the picture, below the words.
const LINES_TOP: f64 = 43.0;

/// Days as places.
pub(super) struct Axis {
    day: Date,
    soon: Date,
    until: Date,
    /// Where the first day stands, from the left end of the plan.
    pub(super) left: f64,
}

impl Axis {
    pub(super) fn new(chart: &TimelineChart<'_>, left: f64) -> Axis {
        Axis {
            day: chart.day,
            soon: chart.soon,
            until: chart.until,
            left,
        }
    }

    /// Where a day stands.
    pub(super) fn place(&self, day: Date) -> f64 {
        let since = |to: Date| f64::from((to - self.day).get_days());
        let all = since(self.until).max(1.0);
        self.left + WIDTH * (since(day) / all).clamp(0.0, 1.0)
    }

    /// Draws months, today and the line of what is expiring, down to `bottom`.
    pub(super) fn draw(
        &self,
        canvas: &Canvas<'_>,
        lang: Lang,
        top: f64,
        bottom: f64,
    ) -> Result<(), ChartError> {
        let x = |day: Date| self.place(day) + MARGIN;
        let lines_top = top + LINES_TOP;
        let soon = Rect {
            x: x(self.day),
            y: lines_top,
            width: x(self.soon) - x(self.day),
            height: bottom - lines_top,
        };
        canvas.rounded(soon, 0.0, style::SOON, None)?;
        let down = |day: Date| [(x(day), lines_top), (x(day), bottom)];
        for (day, words) in self.months(lang) {
            let tick = [(x(day), top), (x(day), top + MONTHS_BASELINE + 4.0)];
            canvas.line(&tick, stroke(RULE, 1.0, None))?;
            canvas.line(&down(day), stroke(RULE, 1.0, None))?;
            let at = (x(day) + WORD_GAP, top + MONTHS_BASELINE);
            canvas.text(&words, at, letters(style::NOTE_SIZE, MUTED))?;
        }
        canvas.line(&down(self.until), stroke(RULE, 1.0, None))?;
        canvas.line(&down(self.day), stroke(INK, 1.75, None))?;
        canvas.line(&down(self.soon), stroke(INK, 1.0, Some((5.0, 3.5))))?;
        self.draw_days(canvas, lang, top + DAYS_BASELINE)
    }

    fn draw_days(&self, canvas: &Canvas<'_>, lang: Lang, baseline: f64) -> Result<(), ChartError> {
        let (day, soon, until) = (self.day, self.soon, self.until);
        let marked = [
            (day, say!(lang, "As of {day}", "基准日 {day}"), HPos::Left),
            (
                soon,
                say!(lang, "90 days, {soon}", "90 天 {soon}"),
                HPos::Center,
            ),
            (until, until.to_string(), HPos::Right),
        ];
        for (day, words, anchor) in marked {
            let style = Letters {
                size: style::NOTE_SIZE,
                color: INK,
                anchor,
            };
            canvas.text(&words, (self.place(day) + MARGIN, baseline), style)?;
        }
        Ok(())
    }

    /// The days that months are counted from, with their words where these have room.
    fn months(&self, lang: Lang) -> Vec<(Date, String)> {
        let days = (0..=MONTHS).map(|month| self.day.saturating_add(month.months()));
        let days: Vec<Date> = days.collect();
        let months = days.windows(2).enumerate().map(|(month, ends)| {
            let with_year = month == 0 || ends[0].month() == 1;
            let room = self.place(ends[1]) - self.place(ends[0]) - WORD_GAP;
            let fits = |words: &String| width(words, style::NOTE_SIZE) <= room;
            let words = [with_year, false].map(|year| month_words(ends[0], year, lang));
            (ends[0], words.into_iter().find(fits).unwrap_or_default())
        });
        months.collect()
    }
}

fn stroke(color: style::RGBColor, width: f64, dash: Option<(f64, f64)>) -> Stroke {
    Stroke { color, width, dash }
}

/// A month by its name, or by its first day where that is not the first of the calendar; then it has no room for a year.
fn month_words(day: Date, with_year: bool, lang: Lang) -> String {
    const NAMES: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let (year, month, first) = (day.year(), day.month(), day.day());
    let name = usize::try_from(month)
        .ok()
        .and_then(|month| NAMES.get(month.checked_sub(1)?))
        .unwrap_or(&"");
    match (first, with_year) {
        (1, true) => say!(lang, "{name} {year}", "{year}年{month}月"),
        (1, false) => say!(lang, "{name}", "{month}月"),
        _ => say!(lang, "{first} {name}", "{month}月{first}日"),
    }
}
