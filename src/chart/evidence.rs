//! The picture of evidence: a bar for each obligation that applies, at each tier, by what proves it.

use plotters::style::text_anchor::HPos;

use super::ChartError;
use super::canvas::{Canvas, Letters, Point, Rect, Stroke};
use super::frame::{Frame, letters, nothing};
use super::marks;
use super::style::{self, INK, MARGIN, MUTED, RULE};
use super::text::{clean, shorten, width};
use crate::lang::{Lang, grouped, say};
use crate::view::{EvidenceChart, EvidenceRow, Proof, Status};

/// The distance of rows, and the height of a bar.
const ROW: f64 = 26.0;
const BAR: f64 = 19.0;
/// The widest that the title of an obligation may be.
const MOST_TITLE_WIDTH: f64 = 300.0;
/// Between titles, tiers and counts.
const APART: f64 = 28.0;
/// What all bars of a row may take together at their longest, and the most that one finding may take.
const BARS_WIDTH: f64 = 780.0;
const MOST_UNIT: f64 = 30.0;
/// Between the end of a bar and its count.
const COUNT_GAP: f64 = 6.0;
/// Between a sign and its count, and what both keep from the ends of their segment.
const SIGN_GAP: f64 = 3.0;
const INSET: f64 = 3.0;
const HEADING_HEIGHT: f64 = 34.0;

/// The states of evidence as they stand in a bar, from what is missing on.
const ORDER: [Proof; 7] = [
    Proof::Missing,
    Proof::Expired,
    Proof::Partly,
    Proof::Waived,
    Proof::Undated,
    Proof::Expiring,
    Proof::Met,
];

/// The picture as SVG.
///
/// A chart without rows gives a picture that says that no obligation applies.
pub fn svg(chart: &EvidenceChart<'_>) -> Result<String, ChartError> {
    let plan = Plan::new(chart);
    let mut proofs = Proof::ALL.to_vec();
    proofs.retain(|&proof| chart.rows.iter().any(|row| row.of(proof) > 0));
    let frame = Frame {
        title: &chart.title,
        subtitle: &chart.subtitle,
        lang: chart.lang,
        groups: marks::proof_groups(&proofs, chart.lang).into(),
        notes: notes(chart),
    };
    frame.around(
        (plan.content_width, plan.height),
        |canvas, mark, at| mark.draw(canvas, at),
        |canvas, top| plan.draw(canvas, chart, top),
    )
}

fn notes(chart: &EvidenceChart<'_>) -> Vec<String> {
    let mut notes = vec![];
    if !chart.rows.is_empty() {
        notes.push(say!(
            chart.lang,
            "A bar counts the parties that the obligation applies to at that tier.",
            "条形表示该层承担该项适用义务的各方数量。"
        ));
    }
    if chart.unsure > 0 {
        let unsure = grouped(chart.unsure);
        notes.push(say!(
            chart.lang,
            "Not in the picture: {unsure} conditional or unconfirmed.",
            "图中不含 {unsure} 项附条件或待确认的义务。"
        ));
    }
    notes
}

/// The bars of a tier.
struct Panel {
    tier: usize,
    heading: String,
    left: f64,
    width: f64,
}

/// Titles as they are set, and where the bars stand.
struct Plan {
    titles: Vec<String>,
    panels: Vec<Panel>,
    /// The width of one finding.
    unit: f64,
    /// The right end of the sums.
    sums_right: f64,
    content_width: f64,
    height: f64,
}

impl Plan {
    fn new(chart: &EvidenceChart<'_>) -> Plan {
        let titles: Vec<String> = chart
            .rows
            .iter()
            .map(|row| shorten(&clean(row.obligation), style::NAME_SIZE, MOST_TITLE_WIDTH))
            .collect();
        let longest = |tier: usize| {
            let totals = chart.rows.iter().map(|row| total(row, tier));
            totals.max().unwrap_or(0)
        };
        let tiers: Vec<usize> = (0..EvidenceRow::TIERS)
            .filter(|&tier| longest(tier) > 0)
            .collect();
        let units: usize = tiers.iter().map(|&tier| longest(tier)).sum();
        let unit = (BARS_WIDTH / units.max(1) as f64).min(MOST_UNIT);
        let widths = titles.iter().map(|title| width(title, style::NAME_SIZE));
        let mut left = widths.fold(0.0, f64::max).ceil() + APART * 0.6;
        let mut panels = Vec::new();
        for tier in tiers {
            let heading = heading(chart, tier);
            let count = width(&grouped(longest(tier)), style::COUNT_SIZE);
            let bars = longest(tier) as f64 * unit + COUNT_GAP + count;
            let panel_width = bars.max(width(&heading, style::HEADING_SIZE)).ceil();
            panels.push(Panel {
                tier,
                heading,
                left,
                width: panel_width,
            });
            left += panel_width + APART;
        }
        let sums = chart.rows.iter().map(|row| sum(row, chart.lang));
        let sums_width = sums.map(|sum| width(&sum, style::COUNT_SIZE)).fold(
            width(&sums_heading(chart.lang), style::HEADING_SIZE),
            f64::max,
        );
        let sums_right = left + sums_width.ceil();
        let least = style::LEAST_WIDTH - 2.0 * MARGIN;
        let rows = chart.rows.len();
        Plan {
            titles,
            panels,
            unit,
            sums_right,
            content_width: if rows == 0 {
                least
            } else {
                sums_right.max(least)
            },
            height: if rows == 0 {
                24.0
            } else {
                HEADING_HEIGHT + rows as f64 * ROW
            },
        }
    }

    fn draw(
        &self,
        canvas: &Canvas<'_>,
        chart: &EvidenceChart<'_>,
        top: f64,
    ) -> Result<(), ChartError> {
        if chart.rows.is_empty() {
            let sentence = say!(
                chart.lang,
                "No obligation applies for certain to any party.",
                "没有任何义务确定适用于任何一方。"
            );
            return nothing(canvas, &sentence, top);
        }
        self.draw_headings(canvas, chart.lang, top)?;
        for (index, row) in chart.rows.iter().enumerate() {
            let row_top = top + HEADING_HEIGHT + index as f64 * ROW;
            let baseline = row_top + ROW / 2.0 + style::NAME_SIZE * 0.36;
            let title = &self.titles[index];
            canvas.text(title, (MARGIN, baseline), letters(style::NAME_SIZE, INK))?;
            for panel in &self.panels {
                let left = panel.left + MARGIN;
                self.draw_bar(canvas, &row.tiers[panel.tier], (left, row_top + ROW / 2.0))?;
            }
            let at = (self.sums_right + MARGIN, baseline);
            canvas.text(&sum(row, chart.lang), at, counts(HPos::Right, MUTED))?;
        }
        let bottom = top + self.height;
        for panel in &self.panels {
            let x = panel.left + MARGIN - 0.5;
            canvas.line(&[(x, top + HEADING_HEIGHT - 6.0), (x, bottom)], rule())?;
        }
        Ok(())
    }

    fn draw_headings(&self, canvas: &Canvas<'_>, lang: Lang, top: f64) -> Result<(), ChartError> {
        let baseline = top + 12.0;
        for panel in &self.panels {
            let at = (panel.left + MARGIN, baseline);
            canvas.text(&panel.heading, at, letters(style::HEADING_SIZE, MUTED))?;
            let ends = [at.0 - 0.5, at.0 + panel.width].map(|x| (x, top + 20.0));
            canvas.line(&ends, rule())?;
        }
        let heading = Letters {
            size: style::HEADING_SIZE,
            color: MUTED,
            anchor: HPos::Right,
        };
        let at = (self.sums_right + MARGIN, baseline);
        canvas.text(&sums_heading(lang), at, heading)
    }

    /// Draws a bar from the middle of its left end on, with its length in findings.
    fn draw_bar(
        &self,
        canvas: &Canvas<'_>,
        states: &[usize; 7],
        (left, middle): Point,
    ) -> Result<(), ChartError> {
        let place = |before: usize, count: usize| {
            let length = count as f64 * self.unit;
            Rect {
                x: left + before as f64 * self.unit,
                y: middle - BAR / 2.0,
                width: (length - 1.0).max(length / 2.0),
                height: BAR,
            }
        };
        let total: usize = states.iter().sum();
        let in_force: usize = states[..=Proof::Waived as usize].iter().sum();
        if in_force > 0 {
            // Segments may be too thin for outlines of their own; pale ones would be lost without any.
            let fill = style::tone(Status::Applies, Proof::Met).fill;
            let rect = place(total - in_force, in_force);
            canvas.rounded(rect, 2.0, fill, Some(outline()))?;
        }
        let (mut before, mut told) = (0, 0);
        for proof in ORDER {
            let count = states[proof as usize];
            if count > 0 && draw_segment(canvas, proof, count, place(before, count))? {
                told = count;
            }
            before += count;
        }
        if total == told {
            // There is no bar, or its only segment says it.
            return Ok(());
        }
        let end = left + total as f64 * self.unit + COUNT_GAP;
        let at = (end, middle + style::COUNT_SIZE * 0.36);
        canvas.text(&grouped(total), at, counts(HPos::Left, MUTED))
    }
}

/// Draws a segment with its sign and its count, as far as there is room, and says whether there was room for the count.
fn draw_segment(
    canvas: &Canvas<'_>,
    proof: Proof,
    count: usize,
    rect: Rect,
) -> Result<bool, ChartError> {
    let tone = style::tone(Status::Applies, proof);
    // An outline would hide what is hardly wider than itself.
    let outline = Some(outline()).filter(|_| rect.width >= 4.0);
    if outline.is_some() || !proof.in_force() {
        canvas.rounded(rect, 2.0, tone.fill, outline)?;
    }
    let text = grouped(count);
    let digits = width(&text, style::COUNT_SIZE);
    let sign = match proof {
        Proof::Missing => 0.0,
        _ => 2.0 * marks::RADIUS,
    };
    let gap = if sign > 0.0 { SIGN_GAP } else { 0.0 };
    let room = rect.width - 2.0 * INSET;
    let (middle, baseline) = (
        rect.y + rect.height / 2.0,
        rect.y + rect.height / 2.0 + style::COUNT_SIZE * 0.36,
    );
    if sign + gap + digits <= room {
        let left = rect.x + (rect.width - sign - gap - digits) / 2.0;
        marks::sign(canvas, proof, (left + marks::RADIUS, middle), tone.ink)?;
        let at = (left + sign + gap, baseline);
        canvas.text(&text, at, counts(HPos::Left, tone.ink))?;
        return Ok(true);
    }
    if sign <= room {
        let center = (rect.x + rect.width / 2.0, middle);
        marks::sign(canvas, proof, center, tone.ink)?;
    }
    Ok(false)
}

fn counts(anchor: HPos, color: style::RGBColor) -> Letters {
    Letters {
        size: style::COUNT_SIZE,
        color,
        anchor,
    }
}

fn outline() -> Stroke {
    Stroke {
        color: style::status(Status::Applies).color,
        width: 1.0,
        dash: None,
    }
}

fn rule() -> Stroke {
    Stroke {
        color: RULE,
        width: 1.0,
        dash: None,
    }
}

fn total(row: &EvidenceRow<'_>, tier: usize) -> usize {
    row.tiers[tier].iter().sum()
}

/// What a tier is called, with the number of its findings.
fn heading(chart: &EvidenceChart<'_>, tier: usize) -> String {
    let count: usize = chart.rows.iter().map(|row| total(row, tier)).sum();
    let count = grouped(count);
    match tier {
        0 => say!(chart.lang, "Operators: {count}", "运营者：{count}"),
        _ if tier + 1 == EvidenceRow::TIERS => say!(
            chart.lang,
            "Tier {tier} and beyond: {count}",
            "第 {tier} 层及以下：{count}"
        ),
        _ => say!(chart.lang, "Tier {tier}: {count}", "第 {tier} 层：{count}"),
    }
}

fn sums_heading(lang: Lang) -> String {
    say!(lang, "In force", "有效证据")
}

fn sum(row: &EvidenceRow<'_>, lang: Lang) -> String {
    let (in_force, total) = (grouped(row.in_force()), grouped(row.total()));
    say!(lang, "{in_force} of {total}", "{in_force} / {total}")
}

#[cfg(test)]
mod tests;
