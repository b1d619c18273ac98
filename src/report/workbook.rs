//! `report.xlsx`: a workbook to filter and to work from, with a sheet for each kind of row.
//!
//! All text is written as text, so that no cell can become a formula. Cells are held in memory until the workbook is
//! written, so sheets have a limit of rows; what is left out is said on the first sheet.

mod clauses;
mod duties;
mod findings;
mod issues;
mod method;
mod page;
mod parties;
mod questions;
mod removed;
mod screening;
mod sheet;
mod style;
mod summary;
mod tones;

use std::io::{self, Write};

use jiff::civil::Date;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet, XlsxError};

use self::duties::Duties;
use self::sheet::MOST_ROWS;
use self::style::Style;
use crate::lang::{Lang, grouped, say};
use crate::register::PartyId;
use crate::view::{Ranking, View};

/// Paper of the size A4.
const A4: u8 = 9;
/// Characters of the register's name that a header of printed pages has.
const MOST_OF_HEADER: usize = 60;

/// Writes the workbook.
///
/// # Errors
///
/// When `out` does not take it.
pub fn workbook(view: &View, out: &mut (dyn Write + Send)) -> io::Result<()> {
    let mut book = made(view).map_err(io::Error::other)?;
    let bytes = book.save_to_buffer().map_err(io::Error::other)?;
    out.write_all(&bytes)
}

/// A sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Name {
    Summary,
    Findings,
    Clauses,
    Parties,
    Questions,
    Screening,
    Removed,
    Issues,
    Method,
}

impl Name {
    /// What it is called.
    fn word(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Name::Summary, Lang::Zh) => "摘要",
            (Name::Findings, Lang::Zh) => "结论",
            (Name::Clauses, Lang::Zh) => "条款",
            (Name::Parties, Lang::Zh) => "主体",
            (Name::Questions, Lang::Zh) => "问题",
            (Name::Screening, Lang::Zh) => "筛查",
            (Name::Removed, Lang::Zh) => "因答复而消失",
            (Name::Issues, Lang::Zh) => "台账问题",
            (Name::Method, Lang::Zh) => "方法",
            (Name::Removed, Lang::En) => "Removed by answers",
            (Name::Issues, Lang::En) => "Register issues",
            (_, Lang::En) => self.table(),
        }
    }

    /// What its table is called, by which formulas find it in every language.
    fn table(self) -> &'static str {
        match self {
            Name::Summary => "Summary",
            Name::Findings => "Findings",
            Name::Clauses => "Clauses",
            Name::Parties => "Parties",
            Name::Questions => "Questions",
            Name::Screening => "Screening",
            Name::Removed => "RemovedByAnswers",
            Name::Issues => "RegisterIssues",
            Name::Method => "Method",
        }
    }
}

impl Name {
    /// The output that holds all of its rows, and its file.
    fn output(self) -> [&'static str; 2] {
        match self {
            Name::Findings => ["findings", "findings.csv"],
            Name::Clauses => ["clauses", "clauses.csv"],
            Name::Parties => ["exposure", "exposure.csv"],
            Name::Questions => ["questions", "questions.csv"],
            Name::Screening => ["screening", "screening.csv"],
            Name::Issues => ["register-issues", "register-issues.csv"],
            Name::Removed => ["json", "assessment.json"],
            Name::Summary | Name::Method => ["report", "report.md"],
        }
    }
}

/// Where a link leads: a row of a sheet, from 0, where the headings are.
#[derive(Debug, Clone, Copy)]
struct Place {
    sheet: Name,
    row: usize,
    lang: Lang,
}

impl Place {
    fn address(self) -> String {
        let (sheet, row) = (self.sheet.word(self.lang), self.row + 1);
        format!("internal:'{sheet}'!A{row}")
    }
}

/// What every sheet is written from.
struct Writing<'v> {
    view: &'v View<'v>,
    lang: Lang,
    style: Style,
    ranking: Ranking,
    duties: Duties<'v>,
}

impl Writing<'_> {
    /// The row of a party; none if it has no finding, or stands below the last row.
    fn party(&self, party: PartyId) -> Option<Place> {
        let row = self.ranking.place(party)?;
        (row <= MOST_ROWS).then(|| self.place(Name::Parties, row))
    }

    /// The row of a party's first finding.
    fn first_finding(&self, party: PartyId) -> Option<Place> {
        let before = self.ranking.before(party)?;
        (before < MOST_ROWS).then(|| self.place(Name::Findings, before + 1))
    }

    fn place(&self, sheet: Name, row: usize) -> Place {
        let lang = self.lang;
        Place { sheet, row, lang }
    }

    /// An empty sheet, ready to be printed.
    fn sheet(&self, name: Name) -> Result<Worksheet, XlsxError> {
        let (view, lang) = (self.view, self.lang);
        let mut sheet = Worksheet::new();
        let word = name.word(lang);
        sheet.set_name(word)?;
        sheet.set_landscape().set_paper_size(A4);
        sheet.set_print_fit_to_pages(1, 0);
        sheet.set_margins(0.4, 0.4, 0.6, 0.6, 0.3, 0.3);
        let register = of_header(&view.register_name);
        let policy = view.assessment.flow.policy;
        let (pack, version) = (
            of_header(policy.title.get(lang)),
            of_header(&policy.version),
        );
        let day = view.assessment.flow.as_of;
        sheet.set_header(format!("&L{register}&R{word}"));
        sheet.set_footer(format!("&Lciiflow · {pack} {version} · {day}&R&P / &N"));
        Ok(sheet)
    }

    /// What is said of the rows that a sheet leaves out; nothing where it holds all.
    fn cut(&self, name: Name, all: usize) -> Option<String> {
        let rest = all.checked_sub(MOST_ROWS).filter(|&rest| rest > 0)?;
        let (lang, sheet) = (self.lang, name.word(self.lang));
        let [output, file] = name.output();
        let (rest, most) = (grouped(rest), grouped(MOST_ROWS));
        Some(say!(
            lang,
            "{sheet} holds the first {most} rows and leaves out {rest}; {file} (`--write {output}`) has all of them.",
            "“{sheet}”仅列前 {most} 行，略去 {rest} 行；完整内容见 {file}（`--write {output}`）。"
        ))
    }
}

fn made(view: &View) -> Result<Workbook, XlsxError> {
    let lang = view.lang;
    let writing = Writing {
        view,
        lang,
        style: Style::new(lang),
        ranking: view.ranking(),
        duties: Duties::new(view),
    };
    let mut book = Workbook::new();
    book.set_properties(&properties(view)?);
    let sheets = [
        summary::sheet(&writing)?,
        findings::sheet(&writing)?,
        clauses::sheet(&writing)?,
        parties::sheet(&writing)?,
        questions::sheet(&writing)?,
    ];
    let screening = screening::sheet(&writing)?;
    let last = [issues::sheet(&writing)?, method::sheet(&writing)?];
    let removed = removed::sheet(&writing)?;
    let sheets = sheets.into_iter().chain(screening).chain(removed);
    let sheets = sheets.chain(last);
    sheets.for_each(|sheet| book.push_worksheet(sheet));
    Ok(book)
}

/// What the file says of itself: nothing of the clock.
fn properties(view: &View) -> Result<DocProperties, XlsxError> {
    let register = of_header(&view.register_name);
    Ok(DocProperties::new()
        .set_title(format!("ciiflow: {register}"))
        .set_author("ciiflow")
        .set_creation_datetime(&moment(view.assessment.flow.as_of)?))
}

/// The day as its properties have it; the first that there is for one before.
fn moment(day: Date) -> Result<ExcelDateTime, XlsxError> {
    let year = u16::try_from(day.year()).unwrap_or_default();
    let month_and_day = (day.month().unsigned_abs(), day.day().unsigned_abs());
    ExcelDateTime::from_ymd(year, month_and_day.0, month_and_day.1)
        .or_else(|_| ExcelDateTime::from_ymd(1900, 1, 1))
}

/// A name as headers of printed pages can hold it: short, without signs that mean something there.
fn of_header(name: &str) -> String {
    let shown = name.chars().filter(|c| !c.is_control());
    let shown: String = shown.take(MOST_OF_HEADER).collect();
    shown.replace('&', "&&").replace('[', "(").replace(']', ")")
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn names_are_valid_in_both_languages() {
        let all = [
            Name::Summary,
            Name::Findings,
            Name::Clauses,
            Name::Parties,
            Name::Questions,
            Name::Screening,
            Name::Removed,
            Name::Issues,
            Name::Method,
        ];
        for lang in [Lang::En, Lang::Zh] {
            let mut words = all.map(|name| name.word(lang));
            for word in words {
                rust_xlsxwriter::check_sheet_name(word).unwrap();
            }
            words.sort_unstable();
            assert!(words.windows(2).all(|pair| pair[0] != pair[1]));
        }
        for name in all {
            rust_xlsxwriter::check_name(name.table()).unwrap();
        }
    }

    #[test]
    fn any_day_can_be_when_it_was_made() {
        for day in [
            date(-1, 1, 1),
            date(1, 1, 1),
            date(9999, 12, 31),
            date(2024, 2, 29),
        ] {
            moment(day).unwrap();
        }
    }

    #[test]
    fn headers_mean_nothing_but_text() {
        assert_eq!(of_header("A&B &[Date]\u{1}"), "A&&B &&(Date)");
        assert_eq!(of_header(&"长".repeat(500)).chars().count(), MOST_OF_HEADER);
    }
}
