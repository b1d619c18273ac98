//! Sheets that hold a table: headings that stay in sight, filters, links, rows up to a limit.

use std::borrow::Cow;

use jiff::civil::{Date, date};
use rust_xlsxwriter::{
    ConditionalFormatFormula, Format, IgnoreError, Table, TableColumn, TableStyle, Url, Worksheet,
    XlsxError, column_number_to_name,
};

use super::style::Style;
use super::{Name, Place};
use crate::view::palette::Tone;

/// Most rows of one sheet. Spreadsheets could hold more, but all cells are in memory until the workbook is written.
pub(super) const MOST_ROWS: usize = 20_000;
/// Most links of one sheet, which is what Excel takes.
const MOST_LINKS: usize = 65_530;
/// Most UTF-16 units of one cell, which is what Excel takes.
const MOST_UNITS: usize = 32_767;

/// The width of a column of names that lead elsewhere: not every spreadsheet breaks the lines of a link.
pub(super) const NAME_WIDTH: u16 = 34;

/// What the cells of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Code,
    Number,
    /// Numbers of which nought is no news.
    Count,
    Plain,
    Day,
}

/// A column of a table.
pub(super) struct Column {
    pub(super) heading: String,
    pub(super) kind: Kind,
    /// In digits of the font.
    pub(super) width: u16,
}

impl Column {
    pub(super) fn new(heading: impl Into<String>, kind: Kind, width: u16) -> Column {
        Column {
            heading: heading.into(),
            kind,
            width,
        }
    }
}

/// A cell of a table.
pub(super) enum Cell<'v> {
    Blank,
    Text(Cow<'v, str>),
    Number(f64),
    Day(Date),
    Link(Cow<'v, str>, Place),
    /// A count that leads elsewhere.
    Count(usize, Place),
}

impl<'v> Cell<'v> {
    pub(super) fn text(text: impl Into<Cow<'v, str>>) -> Cell<'v> {
        Cell::Text(text.into())
    }

    pub(super) fn count(count: usize) -> Cell<'v> {
        Cell::Number(count as f64)
    }

    /// A text that leads to a place, where there is one.
    pub(super) fn leading(text: impl Into<Cow<'v, str>>, place: Option<Place>) -> Cell<'v> {
        let text = text.into();
        match place {
            Some(place) if !text.is_empty() => Cell::Link(text, place),
            _ => Cell::Text(text),
        }
    }

    pub(super) fn day(day: Option<Date>) -> Cell<'v> {
        day.map_or(Cell::Blank, Cell::Day)
    }
}

/// The looks of the cells of a column.
struct Looks {
    plain: Format,
    link: Format,
    /// Of text that a spreadsheet would run as a formula once it was edited.
    guarded: Format,
}

/// A sheet with a table that is being written, row by row.
pub(super) struct DataSheet<'s> {
    sheet: Worksheet,
    name: Name,
    columns: Vec<Column>,
    looks: Vec<Looks>,
    style: &'s Style,
    /// How many columns are printed.
    printed: u16,
    rows: u32,
    links: usize,
}

impl<'s> DataSheet<'s> {
    /// For a table of which the first `printed` columns are for paper.
    pub(super) fn new(
        sheet: Worksheet,
        name: Name,
        columns: Vec<Column>,
        printed: u16,
        style: &'s Style,
    ) -> Result<DataSheet<'s>, XlsxError> {
        let looks = columns.iter().map(|column| {
            let plain = match column.kind {
                Kind::Text => style.text(),
                Kind::Code => style.code(),
                Kind::Number => style.number(),
                Kind::Count => style.count(),
                Kind::Plain => style.plain_number(),
                Kind::Day => style.day(),
            };
            Looks {
                link: Style::link(plain.clone()),
                guarded: plain.clone().set_quote_prefix(),
                plain,
            }
        });
        let mut made = DataSheet {
            looks: looks.collect(),
            sheet,
            name,
            printed: printed.min(columns.len() as u16),
            style,
            columns,
            rows: 0,
            links: 0,
        };
        for (at, column) in (0..).zip(&made.columns) {
            made.sheet.set_column_width(at, column.width)?;
            // Cells without a look of their own take that of their column.
            let look = &made.looks[usize::from(at)].plain;
            made.sheet.set_column_format(at, look)?;
        }
        Ok(made)
    }

    /// Writes the next row.
    pub(super) fn row<'v>(
        &mut self,
        cells: impl IntoIterator<Item = Cell<'v>>,
    ) -> Result<(), XlsxError> {
        self.rows += 1;
        let mut height = 0.0;
        for (at, cell) in (0..).zip(cells) {
            let column = &self.columns[usize::from(at)];
            // What is not printed is mostly long, and would make rows that fill the screen.
            if at < self.printed
                && let (Kind::Text, Cell::Text(text) | Cell::Link(text, _)) = (column.kind, &cell)
            {
                height = self
                    .style
                    .height([(text.as_ref(), column.width)])
                    .max(height);
            }
            self.cell(at, cell)?;
        }
        self.sheet.set_row_height(self.rows, height)?;
        Ok(())
    }

    fn cell(&mut self, at: u16, cell: Cell) -> Result<(), XlsxError> {
        let (row, looks) = (self.rows, &self.looks[usize::from(at)]);
        match cell {
            Cell::Blank => {}
            Cell::Text(text) => {
                let text = fitting(&text);
                match text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
                    true => (self.sheet).write_string_with_format(row, at, text, &looks.guarded)?,
                    false => self.sheet.write_string(row, at, text)?,
                };
            }
            Cell::Number(number) => {
                self.sheet.write_number(row, at, number)?;
            }
            Cell::Day(day) => {
                match serial(day) {
                    Some(serial) => self.sheet.write_number(row, at, serial)?,
                    None => self.sheet.write_string(row, at, day.to_string())?,
                };
            }
            Cell::Link(text, _) if self.links == MOST_LINKS => {
                self.cell(at, Cell::Text(text))?;
            }
            Cell::Link(text, place) => {
                self.links += 1;
                let (link, text) = (Url::new(place.address()), fitting(&text));
                (self.sheet).write_url_with_options(row, at, link, text, "", Some(&looks.link))?;
            }
            Cell::Count(count, place) => {
                if self.links < MOST_LINKS {
                    self.links += 1;
                    // The link first: it would write its text over the number.
                    let link = Url::new(place.address());
                    self.sheet
                        .write_url_with_format(row, at, link, &looks.link)?;
                }
                let number = count as f64;
                (self.sheet).write_number_with_format(row, at, number, &looks.link)?;
            }
        }
        Ok(())
    }

    /// Lays a tone over a column where a formula holds; `{0}`, `{1}` … of the formula are the cells of columns.
    pub(super) fn tone(&mut self, column: u16, formula: &str, tone: Tone) -> Result<(), XlsxError> {
        let rule = ConditionalFormatFormula::new()
            .set_rule(formula)
            .set_format(Style::tone(tone));
        let last = self.rows.max(1);
        (self.sheet).add_conditional_format(1, column, last, column, &rule)?;
        Ok(())
    }

    /// The address of a column's first cell in formulas.
    pub(super) fn address(column: u16) -> String {
        format!("${}2", column_number_to_name(column))
    }

    /// Makes the rows a table with `frozen` columns in sight, and says below it what is to be said.
    pub(super) fn finish(
        mut self,
        frozen: u16,
        note: Option<String>,
    ) -> Result<Worksheet, XlsxError> {
        let last_column = self.columns.len().saturating_sub(1) as u16;
        // A table has to have a row.
        let last = self.rows.max(1);
        let columns = self.columns.iter().map(|column| {
            TableColumn::new()
                .set_header(column.heading.as_str())
                .set_header_format(self.style.heading())
        });
        let table = Table::new()
            .set_name(self.name.table())
            .set_style(TableStyle::None)
            .set_columns(&columns.collect::<Vec<_>>());
        let sheet = &mut self.sheet;
        sheet.add_table(0, 0, last, last_column, &table)?;
        let rule = ConditionalFormatFormula::new()
            .set_rule("=TRUE")
            .set_format(Style::rule());
        sheet.add_conditional_format(1, 0, last, last_column, &rule)?;
        sheet.set_row_height(0, 32)?;
        sheet.set_freeze_panes(1, frozen)?;
        sheet.ignore_error_range(1, 0, last, last_column, IgnoreError::NumberStoredAsText)?;
        sheet.set_repeat_rows(0, 0)?;
        sheet.set_print_area(0, 0, last, self.printed - 1)?;
        if let Some(note) = note {
            // Beside the narrow first column there is room for a sentence.
            let look = self.style.note().unset_text_wrap();
            sheet.write_string_with_format(last + 2, 0, fitting(&note), &look)?;
        }
        Ok(self.sheet)
    }
}

/// The text as a cell can hold it: cut with a sign of it where it is longer, and never what the writer takes for marked
/// up text of its own.
pub(super) fn fitting(text: &str) -> String {
    let is_taken_for_markup = text.starts_with("<r>") && text.ends_with("</r>");
    let most = MOST_UNITS - usize::from(is_taken_for_markup);
    // A text has no fewer bytes than units.
    if text.len() <= most || text.encode_utf16().count() <= most {
        return match is_taken_for_markup {
            true => format!("{text} "),
            false => text.to_owned(),
        };
    }
    let mut units = 0;
    let fits = |c: &char| {
        units += c.len_utf16();
        units < most
    };
    let cut: String = text.chars().take_while(fits).collect();
    cut + "…"
}

/// A day as spreadsheets count days; none before March 1900, where they count one too many.
pub(super) fn serial(day: Date) -> Option<f64> {
    let days = date(1899, 12, 30).until(day).ok()?.get_days();
    (days > 60).then(|| f64::from(days))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Lang;

    #[test]
    fn a_text_fits_its_cell() {
        let long = "长".repeat(40_000);
        let wide = "\u{1F600}".repeat(20_000);
        let marked = format!("<r>{}</r>", "a".repeat(32_760));
        let cut = format!("<r>{}</…", "a".repeat(32_760));
        for (text, fits) in [
            (String::new(), String::new()),
            ("=1+1".to_owned(), "=1+1".to_owned()),
            ("a".repeat(32_767), "a".repeat(32_767)),
            ("a".repeat(32_768), "a".repeat(32_766) + "…"),
            (long, "长".repeat(32_766) + "…"),
            (wide, "\u{1F600}".repeat(16_383) + "…"),
            ("<r><t>x</t></r>".to_owned(), "<r><t>x</t></r> ".to_owned()),
            (marked, cut),
        ] {
            let told = fitting(&text);
            assert!(told.encode_utf16().count() <= MOST_UNITS);
            assert_eq!(told, fits);
        }
    }

    #[test]
    fn days_are_counted_as_spreadsheets_count() {
        for (day, counted) in [
            (date(1900, 2, 28), None),
            (date(1900, 3, 1), Some(61.0)),
            (date(2026, 11, 1), Some(46_327.0)),
            (date(9999, 12, 31), Some(2_958_465.0)),
        ] {
            assert_eq!(serial(day), counted, "{day}");
        }
    }

    #[test]
    fn no_more_links_than_a_sheet_takes() {
        let style = Style::new(Lang::En);
        let columns = vec![Column::new("Party", Kind::Text, 10)];
        let mut sheet =
            DataSheet::new(Worksheet::new(), Name::Findings, columns, 1, &style).unwrap();
        sheet.links = MOST_LINKS - 1;
        for _ in 0..2 {
            let (sheet_name, lang) = (Name::Parties, Lang::En);
            let place = Place {
                sheet: sheet_name,
                row: 1,
                lang,
            };
            sheet.row([Cell::leading("host", Some(place))]).unwrap();
        }
        assert_eq!((sheet.rows, sheet.links), (2, MOST_LINKS));
    }
}
