//! The heatmap: parties by obligations, how sure each finding is and what proves it.

use plotters::style::text_anchor::HPos;

use super::ChartError;
use super::canvas::{Canvas, Letters, Point, Rect, SLANT};
use super::frame::{Frame, cut_note, letters, nothing};
use super::legend::Group;
use super::marks::{self, Mark};
use super::style::{self, BLANK, INK, MARGIN, MUTED};
use super::text::{clean, shorten, width};
use crate::lang::{Lang, say};
use crate::view::{HeatmapChart, HeatmapRow, Proof, Status};

/// The distances of columns and of rows.
const COLUMN: f64 = 31.0;
const ROW: f64 = 25.0;
/// Between cells.
const GAP: f64 = 3.0;
/// The widest that names, where columns are many and where they are few, and titles of obligations may be.
const LEAST_NAME_WIDTH: f64 = 260.0;
const MOST_NAME_WIDTH: f64 = 340.0;
const MOST_TITLE_WIDTH: f64 = 300.0;
/// Between names, cells and counts.
const APART: f64 = 14.0;
/// What the sign of an operator takes before the name.
const SIGN: f64 = 2.0 * marks::RADIUS + 7.0;
/// Between the titles of columns and their cells.
const ABOVE_CELLS: f64 = 11.0;

/// The heatmap as SVG.
///
/// A chart without rows gives a picture that says that no party carries an obligation.
pub fn svg(chart: &HeatmapChart<'_>) -> Result<String, ChartError> {
    let plan = Plan::new(chart);
    let frame = Frame {
        title: &chart.title,
        subtitle: &chart.subtitle,
        lang: chart.lang,
        groups: groups(chart),
        notes: notes(chart),
    };
    frame.around(
        (plan.content_width, plan.height),
        |canvas, mark, at| mark.draw(canvas, at),
        |canvas, top| plan.draw(canvas, chart, top),
    )
}

fn notes(chart: &HeatmapChart<'_>) -> Vec<String> {
    let order = say!(
        chart.lang,
        "Parties stand in the order of concern: what lacks full evidence in force counts, statute before contract before recommendation.",
        "各方按关注顺序排列：缺少完整有效证据者先计法定，再计合同，后计建议。"
    );
    let order = Some(order).filter(|_| !chart.rows.is_empty());
    let cut = cut_note(chart.lang, chart.rows.len(), chart.hidden);
    order.into_iter().chain(cut).collect()
}

fn groups(chart: &HeatmapChart<'_>) -> Vec<Group<Mark>> {
    let cells = || chart.rows.iter().flat_map(|row| row.cells.iter().flatten());
    let operators = chart.rows.iter().filter_map(|row| row.operator);
    let mut statuses = Status::ALL.to_vec();
    statuses.retain(|&status| cells().any(|cell| cell.status == status));
    let mut proofs = Proof::ALL.to_vec();
    proofs.retain(|&proof| cells().any(|cell| cell.proof == proof));
    let [in_force, open] = marks::proof_groups(&proofs, chart.lang);
    vec![
        marks::status_group(&statuses, chart.lang),
        in_force,
        open,
        marks::operator_group(operators, chart.lang),
    ]
}

/// Names and titles as they are set, and where the cells stand.
struct Plan {
    names: Vec<String>,
    /// The room for signs of operators before the names.
    sign: f64,
    /// The titles of the columns, that of the counts last.
    titles: Vec<String>,
    /// The left end of the first cell, and the right end of the counts.
    cells_left: f64,
    counts_right: f64,
    /// The height of the titles.
    titles_height: f64,
    content_width: f64,
    height: f64,
}

impl Plan {
    fn new(chart: &HeatmapChart<'_>) -> Plan {
        let mut titles: Vec<String> = chart
            .obligations
            .iter()
            .map(|title| shorten(&clean(title), style::NAME_SIZE, MOST_TITLE_WIDTH))
            .collect();
        titles.push(say!(
            chart.lang,
            "Not in force, of those that apply",
            "适用义务中缺少完整有效证据的"
        ));
        let counts = chart.rows.iter().map(|row| count(row, chart.lang));
        let counts_width = counts
            .map(|count| width(&count, style::COUNT_SIZE))
            .fold(COLUMN, f64::max);
        let sign = if chart.rows.iter().any(|row| row.operator.is_some()) {
            SIGN
        } else {
            0.0
        };
        let slant = SLANT.to_radians();
        let widest = titles
            .iter()
            .map(|title| width(title, style::NAME_SIZE))
            .fold(0.0, f64::max);
        let mut plan = Plan {
            names: Vec::new(),
            sign,
            cells_left: 0.0,
            counts_right: chart.obligations.len() as f64 * COLUMN - GAP
                + APART
                + counts_width.ceil(),
            titles_height: (widest * slant.sin() + style::NAME_SIZE).ceil() + ABOVE_CELLS,
            titles,
            content_width: style::LEAST_WIDTH - 2.0 * MARGIN,
            height: 24.0,
        };
        if chart.rows.is_empty() {
            return plan;
        }
        let reach = |column: usize| {
            let title = width(&plan.titles[column], style::NAME_SIZE);
            plan.title_place(column).0 + title * slant.cos()
        };
        let columns = (0..plan.titles.len())
            .map(reach)
            .fold(plan.counts_right, f64::max);
        // Names take what few columns leave.
        let room = plan.content_width - columns - sign - APART;
        let most = room.clamp(LEAST_NAME_WIDTH, MOST_NAME_WIDTH);
        let names = chart.rows.iter();
        plan.names = names
            .map(|row| shorten(&clean(&row.name), style::NAME_SIZE, most))
            .collect();
        let widths = plan.names.iter().map(|name| width(name, style::NAME_SIZE));
        plan.cells_left = sign + widths.fold(0.0, f64::max).ceil() + APART;
        plan.counts_right += plan.cells_left;
        plan.content_width = (plan.cells_left + columns).ceil().max(plan.content_width);
        plan.height = plan.titles_height + chart.rows.len() as f64 * ROW - GAP;
        plan
    }

    /// The left end of the baseline of a column's title, from the upper left corner of the plan.
    fn title_place(&self, column: usize) -> Point {
        let middle = if column + 1 == self.titles.len() {
            self.counts_right - COLUMN / 2.0
        } else {
            self.cells_left + column as f64 * COLUMN + (COLUMN - GAP) / 2.0
        };
        (
            middle + style::NAME_SIZE * 0.3,
            self.titles_height - ABOVE_CELLS,
        )
    }

    fn draw(
        &self,
        canvas: &Canvas<'_>,
        chart: &HeatmapChart<'_>,
        top: f64,
    ) -> Result<(), ChartError> {
        if chart.rows.is_empty() {
            let sentence = say!(
                chart.lang,
                "No party carries an obligation.",
                "没有任何一方承担义务。"
            );
            return nothing(canvas, &sentence, top);
        }
        for (column, title) in self.titles.iter().enumerate() {
            let (x, y) = self.title_place(column);
            let color = if column + 1 == self.titles.len() {
                MUTED
            } else {
                INK
            };
            canvas.slanted_text(title, (x + MARGIN, y + top), style::NAME_SIZE, color);
        }
        let first = top + self.titles_height;
        for (index, row) in chart.rows.iter().enumerate() {
            self.draw_row(canvas, chart, index, first + index as f64 * ROW)?;
            let counts = Letters {
                size: style::COUNT_SIZE,
                color: MUTED,
                anchor: HPos::Right,
            };
            let baseline = first + index as f64 * ROW + (ROW - GAP) / 2.0 + style::NAME_SIZE * 0.36;
            canvas.text(
                &count(row, chart.lang),
                (self.counts_right + MARGIN, baseline),
                counts,
            )?;
        }
        Ok(())
    }

    fn draw_row(
        &self,
        canvas: &Canvas<'_>,
        chart: &HeatmapChart<'_>,
        index: usize,
        top: f64,
    ) -> Result<(), ChartError> {
        let row = &chart.rows[index];
        let middle = top + (ROW - GAP) / 2.0;
        if let Some(operator) = row.operator {
            marks::operator(canvas, operator.kind, (MARGIN, middle))?;
        }
        let at = (MARGIN + self.sign, middle + style::NAME_SIZE * 0.36);
        canvas.text(&self.names[index], at, letters(style::NAME_SIZE, INK))?;
        for (column, cell) in row.cells.iter().enumerate() {
            let rect = Rect {
                x: MARGIN + self.cells_left + column as f64 * COLUMN,
                y: top,
                width: COLUMN - GAP,
                height: ROW - GAP,
            };
            match cell {
                Some(cell) => marks::cell(canvas, rect, cell.status, cell.proof)?,
                None => canvas.rounded(rect, 0.0, BLANK, None)?,
            }
        }
        Ok(())
    }
}

/// How many of a party's findings that apply are not in force.
fn count(row: &HeatmapRow<'_>, lang: Lang) -> String {
    let HeatmapRow { applies, open, .. } = *row;
    match applies {
        0 => "–".to_owned(),
        _ => say!(lang, "{open} of {applies}", "{open} / {applies}"),
    }
}

#[cfg(test)]
mod tests;
