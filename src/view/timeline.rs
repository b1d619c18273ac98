//! What the timeline shows: evidence in force that lapses over the next twelve months.

use std::borrow::Cow;
use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;

use super::{Proof, Shows, View};
use crate::assess::{EXPIRING_DAYS, Proven};
use crate::lang::{Lang, grouped, say};
use crate::register::PartyId;

/// The evidence of findings and clauses that lapses within a year.
#[derive(Debug, Clone)]
pub struct TimelineChart<'a> {
    /// The finding, as a sentence.
    pub title: String,
    /// What the picture shows, of which register and date.
    pub subtitle: String,
    /// The day of the assessment.
    pub day: Date,
    /// The last day on which evidence would be expiring today.
    pub soon: Date,
    /// The last day shown.
    pub until: Date,
    /// What lapses.
    pub lapses: Lapses<'a>,
    /// The number of findings and clauses without any evidence in force, which nothing can lapse of.
    pub unproven: usize,
    /// The language of everything that the picture adds to the names.
    pub lang: Lang,
}

/// What lapses, by party or by month.
#[derive(Debug, Clone)]
pub enum Lapses<'a> {
    /// The parties whose evidence it is, those that are first in time first.
    Parties(Vec<TimelineRow<'a>>),
    /// The twelve months from the day on, for more parties than one picture can hold.
    Months {
        /// What lapses in each.
        months: Vec<MonthOfLapses>,
        /// The number of parties whose evidence it is.
        parties: usize,
    },
}

/// A party of the timeline.
#[derive(Debug, Clone)]
pub struct TimelineRow<'a> {
    /// The name, as the register has it.
    pub name: Cow<'a, str>,
    /// What lapses, by day, duties before clauses.
    pub lapses: Vec<Lapse>,
}

/// Evidence that lapses on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lapse {
    /// Its last day.
    pub day: Date,
    /// What it shows: that duties are performed, or that contracts have their clauses.
    pub shows: Shows,
    /// The number of findings or clauses that it is for.
    pub count: usize,
}

/// A month of the timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonthOfLapses {
    /// Its first day.
    pub from: Date,
    /// The number of findings whose evidence lapses.
    pub duties: usize,
    /// The number of clauses whose evidence lapses.
    pub clauses: usize,
}

/// Months shown.
const MONTHS: i32 = 12;
/// Most parties that get a row each.
const MOST_ROWS: usize = 30;

/// The lapses of a party: how many on which day, duties (`false`) before clauses (`true`).
type ByDay = BTreeMap<(Date, bool), usize>;

impl View<'_> {
    /// The evidence that lapses over the next twelve months.
    pub fn timeline_chart(&self) -> TimelineChart<'_> {
        let day = self.assessment.flow.as_of;
        let until = day.saturating_add(MONTHS.months());
        let mut lapsing: BTreeMap<PartyId, ByDay> = BTreeMap::new();
        let mut unproven = 0;
        for (party, is_clause, proven) in self.required() {
            if matches!(proven.proof, Proof::Missing | Proof::Expired) {
                unproven += 1;
            }
            if let Some(last) = proven.expires.filter(|&last| last <= until) {
                let by_day = lapsing.entry(party).or_default();
                *by_day.entry((last, is_clause)).or_default() += 1;
            }
        }
        let mut lapsing: Vec<(PartyId, ByDay)> = lapsing.into_iter().collect();
        lapsing.sort_by(|(left, left_days), (right, right_days)| {
            let by_first = left_days.keys().next().cmp(&right_days.keys().next());
            by_first.then_with(|| self.id(*left).cmp(self.id(*right)))
        });
        TimelineChart {
            title: self.timeline_title(&lapsing, until),
            subtitle: self.picture_subtitle(),
            day,
            soon: day.saturating_add(EXPIRING_DAYS.days()),
            until,
            lapses: if lapsing.len() > MOST_ROWS {
                Lapses::Months {
                    months: months(&lapsing, day),
                    parties: lapsing.len(),
                }
            } else {
                Lapses::Parties(self.timeline_rows(lapsing))
            },
            unproven,
            lang: self.lang,
        }
    }

    /// Everything that asks for evidence: whose it is, whether it is a clause, and what proves it.
    fn required(&self) -> impl Iterator<Item = (PartyId, bool, Proven)> {
        let assessment = self.assessment;
        let relationships = &assessment.flow.register.relationships;
        let duties = assessment
            .iter()
            .map(|(finding, proven)| (finding.party, false, proven));
        let clauses = assessment
            .clauses()
            .iter()
            .map(|(clause, proven)| (relationships.supplier(clause.relationship), true, *proven));
        duties.chain(clauses)
    }

    fn timeline_rows(&self, lapsing: Vec<(PartyId, ByDay)>) -> Vec<TimelineRow<'_>> {
        let row = |(party, by_day): (PartyId, ByDay)| TimelineRow {
            name: Cow::Borrowed(self.name(party)),
            lapses: by_day
                .into_iter()
                .map(|((day, is_clause), count)| Lapse {
                    day,
                    shows: if is_clause {
                        Shows::Clause
                    } else {
                        Shows::Duty
                    },
                    count,
                })
                .collect(),
        };
        lapsing.into_iter().map(row).collect()
    }

    fn timeline_title(&self, lapsing: &[(PartyId, ByDay)], until: Date) -> String {
        let lang = self.lang;
        let all = lapsing.iter().flat_map(|(_, by_day)| by_day);
        let count: usize = all.clone().map(|(_, count)| count).sum();
        let any_in_force = || {
            self.required()
                .any(|(_, _, proven)| proven.proof.in_force())
        };
        let Some(first) = all.map(|((day, _), _)| day).min() else {
            return if any_in_force() {
                say!(
                    lang,
                    "No evidence lapses by {until}",
                    "至 {until} 没有证据到期"
                )
            } else {
                say!(
                    lang,
                    "No evidence is in force, so none lapses by {until}",
                    "没有有效证据，因此至 {until} 也无证据到期"
                )
            };
        };
        let count_words = grouped(count);
        match count {
            1 => say!(
                lang,
                "The evidence of one finding or clause lapses by {until}, on {first}",
                "至 {until} 有 1 项义务或条款的证据到期，日期为 {first}"
            ),
            _ => say!(
                lang,
                "The evidence of {count_words} findings and clauses lapses by {until}, the first on {first}",
                "至 {until} 有 {count_words} 项义务和条款的证据到期，最早为 {first}"
            ),
        }
    }
}

/// How much lapses in each month from the day on.
fn months(lapsing: &[(PartyId, ByDay)], day: Date) -> Vec<MonthOfLapses> {
    let mut months: Vec<MonthOfLapses> = (0..MONTHS)
        .map(|month| MonthOfLapses {
            from: day.saturating_add(month.months()),
            duties: 0,
            clauses: 0,
        })
        .collect();
    for (&(last, is_clause), &count) in lapsing.iter().flat_map(|(_, by_day)| by_day) {
        let month = months.partition_point(|month| month.from <= last);
        let Some(month) = month.checked_sub(1).and_then(|month| months.get_mut(month)) else {
            continue;
        };
        *(if is_clause {
            &mut month.clauses
        } else {
            &mut month.duties
        }) += count;
    }
    months
}
