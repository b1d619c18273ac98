//! The timeline: evidence that lapses over the next twelve months, by party or, for many parties, by month.

mod axis;
mod months;
mod parties;

use super::ChartError;
use super::canvas::{Canvas, Point, Rect, Stroke};
use super::frame::{Frame, nothing};
use super::legend::{Group, Item};
use super::style::{self, MARGIN};
use crate::lang::{Lang, grouped, say};
use crate::view::{Lapses, Shows, TimelineChart};

/// The height of a mark.
const MARK: f64 = 18.0;
/// The width of a sample in the key.
const SAMPLE: f64 = 18.0;

/// The timeline as SVG.
///
/// If nothing lapses, the picture says so.
pub fn svg(chart: &TimelineChart<'_>) -> Result<String, ChartError> {
    let body = Body::new(chart);
    let content_width = body.width().max(style::LEAST_WIDTH - 2.0 * MARGIN);
    let frame = Frame {
        title: &chart.title,
        subtitle: &chart.subtitle,
        lang: chart.lang,
        groups: vec![group(chart)],
        notes: notes(chart),
    };
    frame.around(
        (content_width, body.height()),
        |canvas, &shows, at| draw_sample(canvas, shows, at),
        |canvas, top| body.draw(canvas, chart, top),
    )
}

/// What stands between the key and the notes.
enum Body<'a> {
    Nothing,
    Parties(parties::Plan),
    Months(months::Plan<'a>),
}

impl<'a> Body<'a> {
    fn new(chart: &'a TimelineChart<'_>) -> Body<'a> {
        match &chart.lapses {
            Lapses::Parties(rows) if rows.is_empty() => Body::Nothing,
            Lapses::Parties(rows) => Body::Parties(parties::Plan::new(chart, rows)),
            Lapses::Months { months, .. } => Body::Months(months::Plan::new(chart, months)),
        }
    }

    fn width(&self) -> f64 {
        match self {
            Body::Nothing => 0.0,
            Body::Parties(plan) => plan.width,
            Body::Months(plan) => plan.width,
        }
    }

    fn height(&self) -> f64 {
        match self {
            Body::Nothing => 24.0,
            Body::Parties(plan) => plan.height,
            Body::Months(plan) => plan.height,
        }
    }

    fn draw(
        &self,
        canvas: &Canvas<'_>,
        chart: &TimelineChart<'_>,
        top: f64,
    ) -> Result<(), ChartError> {
        match self {
            Body::Nothing => {
                let (day, until) = (chart.day, chart.until);
                let sentence = say!(
                    chart.lang,
                    "No evidence in force has its last day from {day} to {until}.",
                    "{day} 至 {until} 之间没有证据到期。"
                );
                nothing(canvas, &sentence, top)
            }
            Body::Parties(plan) => plan.draw(canvas, chart, top),
            Body::Months(plan) => plan.draw(canvas, chart, top),
        }
    }
}

/// How evidence of a kind looks: its ground, its rim and its digits.
struct Look {
    fill: style::RGBColor,
    rim: style::RGBColor,
    ink: style::RGBColor,
    radius: f64,
}

fn look(shows: Shows) -> Look {
    match shows {
        Shows::Duty => Look {
            fill: style::DUTY,
            rim: style::DUTY,
            ink: style::PAPER,
            radius: MARK / 2.0,
        },
        Shows::Clause => Look {
            fill: style::CLAUSE_GROUND,
            rim: style::CLAUSE,
            ink: style::CLAUSE,
            radius: 2.0,
        },
    }
}

/// Draws the box of a mark: round for duties, with corners for clauses.
fn draw_box(canvas: &Canvas<'_>, shows: Shows, rect: Rect) -> Result<(), ChartError> {
    let look = look(shows);
    let rim = Stroke {
        color: look.rim,
        width: 1.25,
        dash: None,
    };
    canvas.rounded(rect, look.radius, look.fill, Some(rim))
}

fn draw_sample(canvas: &Canvas<'_>, shows: Shows, (x, y): Point) -> Result<(), ChartError> {
    let rect = Rect {
        x,
        y: y - MARK / 2.0,
        width: SAMPLE,
        height: MARK,
    };
    draw_box(canvas, shows, rect)
}

fn group(chart: &TimelineChart<'_>) -> Group<Shows> {
    let item = |shows: Shows| Item {
        mark: shows,
        width: SAMPLE,
        words: words(shows, chart.lang),
    };
    let kinds = [Shows::Duty, Shows::Clause].into_iter();
    let kinds = kinds.filter(|&shows| has(&chart.lapses, shows));
    Group {
        heading: say!(
            chart.lang,
            "Last day of evidence for",
            "证据的最后一日，用于"
        ),
        items: kinds.map(item).collect(),
    }
}

fn has(lapses: &Lapses<'_>, shows: Shows) -> bool {
    match lapses {
        Lapses::Parties(rows) => rows
            .iter()
            .flat_map(|row| &row.lapses)
            .any(|lapse| lapse.shows == shows),
        Lapses::Months { months, .. } => months.iter().any(|month| match shows {
            Shows::Duty => month.duties > 0,
            Shows::Clause => month.clauses > 0,
        }),
    }
}

fn words(shows: Shows, lang: Lang) -> String {
    match shows {
        Shows::Duty => say!(lang, "Duties performed", "义务的履行"),
        Shows::Clause => say!(lang, "Clauses in contracts", "合同的条款"),
    }
}

fn notes(chart: &TimelineChart<'_>) -> Vec<String> {
    let mut notes = Vec::new();
    match &chart.lapses {
        Lapses::Parties(rows) if rows.is_empty() => {}
        Lapses::Parties(_) => notes.push(say!(
            chart.lang,
            "The number counts the findings or clauses that lose their evidence that day; one document may serve several.",
            "数字为当日失去证据的义务或条款数；一份文件可用于多项。"
        )),
        Lapses::Months { parties, .. } => {
            let parties = grouped(*parties);
            notes.push(say!(
                chart.lang,
                "By month, because the evidence of {parties} parties lapses; one document may serve several findings or clauses.",
                "涉及 {parties} 方的证据，故按月统计；一份文件可用于多项义务或条款。"
            ));
        }
    }
    notes.push(say!(
        chart.lang,
        "Findings and clauses of every status count: those that apply, conditional and unconfirmed ones.",
        "义务和条款不分状态一并计入：适用、附条件和待确认的都在内。"
    ));
    if chart.unproven > 0 {
        let unproven = grouped(chart.unproven);
        notes.push(say!(
            chart.lang,
            "Not in the picture: {unproven} findings and clauses that have no evidence in force to lapse.",
            "图中不含 {unproven} 项没有有效证据的义务和条款。"
        ));
    }
    notes
}

#[cfg(test)]
mod tests;
