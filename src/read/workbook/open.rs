//! Opening a workbook of whatever kind, and its cells one after another.

use std::fs::File;
use std::io::{BufReader, Read, Seek};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use calamine::{
    Data, Ods, OdsError, Range, Reader, SheetType, SheetVisible, Sheets, Xls, XlsError, Xlsb,
    XlsbError, Xlsx, XlsxError,
};
use zip::ZipArchive;

use super::cells::{self, Cell, Style};
use super::limits;
use super::sheet::Writer;
use super::{COMPOUND, ZIP};
use crate::read::content::Trouble;
use crate::read::source::FileDigest;

/// A workbook that is open.
pub(super) struct Book {
    sheets: Sheets<BufReader<File>>,
    digest: FileDigest,
}

/// A sheet of cells.
#[derive(Debug)]
pub(super) struct SheetName {
    pub(super) name: String,
    pub(super) is_hidden: bool,
}

impl Book {
    /// Opens a workbook that is not larger than it may be; what kind it is shows in its content.
    pub(super) fn open(path: &Path) -> Result<Book, Trouble> {
        let file = File::open(path)?;
        let digest = FileDigest::later(path, &file.metadata()?);
        let mut file = BufReader::new(file);
        let mut start = Vec::new();
        file.by_ref().take(4).read_to_end(&mut start)?;
        file.rewind()?;
        let sheets = guarded(|| match start.as_slice() {
            start if start == ZIP => open_zip(file),
            start if start == COMPOUND => {
                limits::check_xls(&mut file)?;
                file.rewind()?;
                Ok(Sheets::Xls(Xls::new(file)?))
            }
            _ => Err(Trouble::Broken(String::new())),
        })?;
        Ok(Book { sheets, digest })
    }

    /// The format, as the ending of a file's name.
    pub(super) fn kind(&self) -> &'static str {
        match self.sheets {
            Sheets::Xls(_) => "xls",
            Sheets::Xlsx(_) => "xlsx",
            Sheets::Xlsb(_) => "xlsb",
            Sheets::Ods(_) => "ods",
        }
    }

    pub(super) fn digest(&self) -> FileDigest {
        self.digest.clone()
    }

    /// The sheets that have cells, in their order.
    pub(super) fn sheets(&self) -> Vec<SheetName> {
        let sheets = self.sheets.sheets_metadata().iter();
        let sheets = sheets.filter(|sheet| sheet.typ == SheetType::WorkSheet);
        sheets
            .map(|sheet| SheetName {
                name: sheet.name.clone(),
                is_hidden: sheet.visible != SheetVisible::Visible,
            })
            .collect()
    }

    /// The first rows of a sheet that are not blank.
    pub(super) fn head(&mut self, sheet: &str) -> Result<Vec<Vec<String>>, Trouble> {
        let mut writer = Writer::of_head();
        self.read(sheet, Style::default(), &mut writer)?;
        writer.into_head()
    }

    /// Reads the cells of a sheet until the writer has enough.
    pub(super) fn read(
        &mut self,
        sheet: &str,
        style: Style,
        writer: &mut Writer,
    ) -> Result<(), Trouble> {
        guarded(|| match &mut self.sheets {
            Sheets::Xlsx(book) => {
                let mut cells = book.worksheet_cells_reader(sheet)?;
                loop {
                    let next = match cells.next_cell() {
                        // An error that is newer than the reader; where it stands is not told.
                        Err(XlsxError::CellError(error)) => {
                            writer.add_error(error);
                            continue;
                        }
                        next => next?,
                    };
                    let Some(next) = next.filter(|_| !writer.has_enough()) else {
                        return Ok(());
                    };
                    let cell = cells::cell(next.get_value(), style, false);
                    writer.add(next.get_position(), cell)?;
                }
            }
            Sheets::Xlsb(book) => {
                let mut cells = book.worksheet_cells_reader(sheet)?;
                while let Some(next) = cells.next_cell()? {
                    if writer.has_enough() {
                        break;
                    }
                    let cell = cells::cell(next.get_value(), style, false);
                    writer.add(next.get_position(), cell)?;
                }
                Ok(())
            }
            Sheets::Xls(book) => write(&book.worksheet_range(sheet)?, writer, |data| {
                cells::cell(data, style, false)
            }),
            Sheets::Ods(book) => write(&book.worksheet_range(sheet)?, writer, |data| {
                cells::cell(data, style, true)
            }),
        })
    }
}

fn write(
    range: &Range<Data>,
    writer: &mut Writer,
    cell: impl Fn(&Data) -> Cell,
) -> Result<(), Trouble> {
    let (row, column) = range.start().unwrap_or_default();
    for (r, c, data) in range.used_cells() {
        if writer.has_enough() {
            break;
        }
        writer.add((row + r as u32, column + c as u32), cell(data))?;
    }
    Ok(())
}

fn open_zip(mut file: BufReader<File>) -> Result<Sheets<BufReader<File>>, Trouble> {
    let mut archive = ZipArchive::new(&mut file).map_err(Trouble::of_zip)?;
    let has = |name| archive.index_for_name(name).is_some();
    let (is_ods, is_binary) = (has("content.xml"), has("xl/workbook.bin"));
    limits::check_zip(&mut archive)?;
    if is_ods {
        limits::check_ods(&mut archive)?;
    }
    drop(archive);
    file.rewind()?;
    Ok(match (is_ods, is_binary) {
        (true, _) => Sheets::Ods(Ods::new(file)?),
        (_, true) => Sheets::Xlsb(Xlsb::new(file)?),
        _ => Sheets::Xlsx(Xlsx::new(file)?),
    })
}

/// Runs what reads a workbook; a damaged one that the reader was not ready for ends as other damage does.
fn guarded<T>(read: impl FnOnce() -> Result<T, Trouble>) -> Result<T, Trouble> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Err(Trouble::Broken(String::new())))
}

impl From<XlsxError> for Trouble {
    fn from(error: XlsxError) -> Trouble {
        match error {
            XlsxError::Password => Trouble::Protected,
            error => Trouble::broken(error),
        }
    }
}

impl From<XlsbError> for Trouble {
    fn from(error: XlsbError) -> Trouble {
        match error {
            XlsbError::Password => Trouble::Protected,
            error => Trouble::broken(error),
        }
    }
}

impl From<XlsError> for Trouble {
    fn from(error: XlsError) -> Trouble {
        match error {
            XlsError::Password => Trouble::Protected,
            error => Trouble::broken(error),
        }
    }
}

impl From<OdsError> for Trouble {
    fn from(error: OdsError) -> Trouble {
        match error {
            OdsError::Password => Trouble::Protected,
            OdsError::CellLimitExceeded { .. } => Trouble::TooLarge,
            error => Trouble::broken(error),
        }
    }
}
