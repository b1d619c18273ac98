//! What the heatmap shows: which party carries which obligation, how sure that is, and what proves it.

use std::borrow::Cow;

use super::{Operator, Proof, Status, View};
use crate::assess::Concern;
use crate::lang::{Lang, grouped, say};

/// Parties by obligations.
#[derive(Debug, Clone)]
pub struct HeatmapChart<'a> {
    /// The finding, as a sentence.
    pub title: String,
    /// What the picture shows, of which register and date.
    pub subtitle: String,
    /// The obligations that any party carries, in pack order.
    pub obligations: Vec<&'a str>,
    /// The parties shown, those of most concern first.
    pub rows: Vec<HeatmapRow<'a>>,
    /// The number of parties that carry obligations and are not shown.
    pub hidden: usize,
    /// The language of everything that the picture adds to the names.
    pub lang: Lang,
}

/// A party of the heatmap.
#[derive(Debug, Clone)]
pub struct HeatmapRow<'a> {
    /// The name, as the register has it.
    pub name: Cow<'a, str>,
    /// What makes it an operator, if it is one.
    pub operator: Option<Operator<'a>>,
    /// What the party carries of each obligation of the chart.
    pub cells: Vec<Option<HeatmapCell>>,
    /// The number of its findings that apply.
    pub applies: usize,
    /// How many of those are not in force.
    pub open: usize,
}

/// A finding of the heatmap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeatmapCell {
    /// How sure it is.
    pub status: Status,
    /// What proves it.
    pub proof: Proof,
}

/// Most parties in one picture.
const MOST_ROWS: usize = 40;

impl View<'_> {
    /// The parties of most concern by the obligations that anybody carries.
    pub fn heatmap_chart(&self) -> HeatmapChart<'_> {
        let policy = self.assessment.flow.policy;
        let mut column = vec![None; policy.obligations.len()];
        for finding in &self.assessment.findings {
            column[usize::from(finding.obligation)] = Some(0);
        }
        for (position, taken) in column.iter_mut().flatten().enumerate() {
            *taken = position;
        }
        let carried = policy.obligations.iter().zip(&column);
        let obligations: Vec<&str> = carried
            .filter(|(_, column)| column.is_some())
            .map(|(obligation, _)| obligation.title.get(self.lang))
            .collect();
        let shown = self.concerns().iter().take(MOST_ROWS);
        let rows: Vec<HeatmapRow> = shown
            .map(|concern| self.heatmap_row(concern, &column, obligations.len()))
            .collect();
        HeatmapChart {
            title: self.heatmap_title(),
            subtitle: self.picture_subtitle(),
            obligations,
            hidden: self.concerns().len() - rows.len(),
            rows,
            lang: self.lang,
        }
    }

    fn heatmap_row(
        &self,
        concern: &Concern,
        column: &[Option<usize>],
        columns: usize,
    ) -> HeatmapRow<'_> {
        let assessment = self.assessment;
        let mut row = HeatmapRow {
            name: Cow::Borrowed(self.name(concern.party)),
            operator: self.operator(concern.party),
            cells: vec![None; columns],
            applies: 0,
            open: 0,
        };
        for position in assessment.findings_of(concern.party) {
            let (finding, proven) = (&assessment.findings[position], assessment.proven[position]);
            let Some(column) = column[usize::from(finding.obligation)] else {
                continue;
            };
            row.cells[column] = Some(HeatmapCell {
                status: finding.status,
                proof: proven.proof,
            });
            let applies = finding.status == Status::Applies;
            row.applies += usize::from(applies);
            row.open += usize::from(applies && !proven.proof.in_force());
        }
        row
    }

    fn heatmap_title(&self) -> String {
        let lang = self.lang;
        let applies = self.summary.of_status(Status::Applies);
        let open = self.summary.open[Status::Applies as usize];
        let (all, lacking) = (grouped(applies), grouped(open));
        match (applies, open) {
            (0, _) if self.assessment.findings.is_empty() => say!(
                lang,
                "No party carries an obligation",
                "没有任何一方承担义务"
            ),
            (0, _) => say!(
                lang,
                "No obligation applies for certain",
                "没有确定适用的义务"
            ),
            (1, 1) => say!(
                lang,
                "The only finding that applies lacks evidence in force",
                "唯一适用的义务缺少完整有效证据"
            ),
            (_, 0) => say!(
                lang,
                "Evidence is in force for every finding that applies",
                "适用的各项义务均有有效证据"
            ),
            _ if open == applies => say!(
                lang,
                "None of the {all} findings that apply has full evidence in force",
                "适用的 {all} 项义务均缺少完整有效证据"
            ),
            (_, 1) => say!(
                lang,
                "1 of {all} findings that apply lacks full evidence in force",
                "适用的 {all} 项义务中，1 项缺少完整有效证据"
            ),
            _ => say!(
                lang,
                "{lacking} of {all} findings that apply lack full evidence in force",
                "适用的 {all} 项义务中，{lacking} 项缺少完整有效证据"
            ),
        }
    }
}
