//! Sheets that are read from top to bottom: titles, sentences and small tables on one grid.

use rust_xlsxwriter::{Format, FormatAlign, Url, Worksheet, XlsxError};

use super::Place;
use super::sheet::fitting;
use super::style::Style;

/// The widths of the grid's columns, in digits of the font.
const WIDTHS: [u16; 9] = [30, 14, 14, 14, 14, 14, 14, 14, 14];
/// The last column.
const LAST: u16 = WIDTHS.len() as u16 - 1;

/// A sheet that is being written from top to bottom.
pub(super) struct Page<'s> {
    sheet: Worksheet,
    style: &'s Style,
    row: u32,
}

impl<'s> Page<'s> {
    pub(super) fn new(mut sheet: Worksheet, style: &'s Style) -> Result<Page<'s>, XlsxError> {
        for (at, width) in (0..).zip(WIDTHS) {
            sheet.set_column_width(at, width)?;
        }
        sheet.set_screen_gridlines(false);
        Ok(Page {
            sheet,
            style,
            row: 0,
        })
    }

    pub(super) fn finish(self) -> Worksheet {
        self.sheet
    }

    pub(super) fn title(&mut self, text: &str) -> Result<(), XlsxError> {
        self.sheet.set_row_height(self.row, 30)?;
        let look = self.style.title();
        self.sheet
            .write_string_with_format(self.row, 0, fitting(text), &look)?;
        self.row += 1;
        Ok(())
    }

    /// The head of a section, with space before it.
    pub(super) fn section(&mut self, text: &str) -> Result<(), XlsxError> {
        self.row += 1;
        self.sheet.set_row_height(self.row, 20)?;
        self.merged(0, text, &self.style.section())?;
        self.row += 1;
        Ok(())
    }

    /// A sentence over the whole width.
    pub(super) fn line(&mut self, text: &str) -> Result<(), XlsxError> {
        self.spread(text, &self.style.text())
    }

    pub(super) fn note(&mut self, text: &str) -> Result<(), XlsxError> {
        self.spread(text, &self.style.note())
    }

    pub(super) fn notice(&mut self, text: &str) -> Result<(), XlsxError> {
        self.row += 1;
        self.spread(text, &self.style.notice())
    }

    fn spread(&mut self, text: &str, look: &Format) -> Result<(), XlsxError> {
        self.heighten(&[(0, text)])?;
        self.merged(0, text, look)?;
        self.row += 1;
        Ok(())
    }

    /// A row of two: what, which may lead elsewhere, and a sentence beside it.
    pub(super) fn entry(
        &mut self,
        what: &str,
        place: Option<Place>,
        text: &str,
    ) -> Result<(), XlsxError> {
        self.heighten(&[(0, what), (1, text)])?;
        let look = Style::ruled(self.style.text().set_bold());
        match place {
            Some(place) if !what.is_empty() => {
                let (link, look) = (Url::new(place.address()), Style::link(look));
                let what = fitting(what);
                (self.sheet).write_url_with_options(self.row, 0, link, what, "", Some(&look))?;
            }
            _ => {
                (self.sheet).write_string_with_format(self.row, 0, fitting(what), &look)?;
            }
        }
        let look = Style::ruled(self.style.text());
        self.merged(1, text, &look)?;
        self.row += 1;
        Ok(())
    }

    /// The headings of a small table.
    pub(super) fn headings(&mut self, headings: &[String]) -> Result<(), XlsxError> {
        self.sheet.set_row_height(self.row, 32)?;
        let look = self.style.heading();
        let of_counts = look.clone().set_align(FormatAlign::Right).set_indent(1);
        for (at, heading) in (0..=LAST).zip(headings) {
            let look = if at == 0 { &look } else { &of_counts };
            (self.sheet).write_string_with_format(self.row, at, fitting(heading), look)?;
        }
        self.row += 1;
        Ok(())
    }

    /// A row of counts, with a look of its own for what they are of.
    pub(super) fn counts(
        &mut self,
        what: &str,
        look: &Format,
        counts: &[usize],
    ) -> Result<(), XlsxError> {
        let needed = self.style.height([(what, WIDTHS[0])]);
        self.sheet.set_row_height(self.row, needed)?;
        (self.sheet).write_string_with_format(self.row, 0, fitting(what), look)?;
        let look = Style::ruled(self.style.number());
        for (at, &count) in (1..=LAST).zip(counts) {
            (self.sheet).write_number_with_format(self.row, at, count as f64, &look)?;
        }
        self.row += 1;
        Ok(())
    }

    fn merged(&mut self, from: u16, text: &str, look: &Format) -> Result<(), XlsxError> {
        (self.sheet).merge_range(self.row, from, self.row, LAST, &fitting(text), look)?;
        Ok(())
    }

    /// Makes the row as high as its texts need, each with the column that it starts in: spreadsheets do not for cells
    /// that are merged.
    fn heighten(&mut self, texts: &[(u16, &str)]) -> Result<(), XlsxError> {
        let cells = texts.iter().map(|&(from, text)| {
            let width = match (from, texts.len()) {
                (0, 2..) => WIDTHS[0],
                _ => WIDTHS[usize::from(from)..].iter().sum(),
            };
            (text, width)
        });
        let needed = self.style.height(cells);
        self.sheet.set_row_height(self.row, needed)?;
        Ok(())
    }
}
