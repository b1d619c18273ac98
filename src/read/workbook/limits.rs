//! What a workbook would come to in memory, found before it is read: a few bytes of a file can ask for all there is.

use std::io::{self, BufRead, BufReader, Read, Seek};

use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use crate::read::content::Trouble;

/// Most bytes that the parts of a workbook may unfold to.
const MOST_UNFOLDED: u64 = 1 << 30;

/// Most bytes of a part that is held in memory whole, such as the texts that cells share.
const MOST_HELD: u64 = 1 << 27;

/// Most bytes that the cells of a format which is not read cell by cell may take.
const MOST_CELLS: u64 = 1 << 29;

/// What a cell takes in memory, as value and as formula.
const CELL: u64 = 64;

/// Unfolds all parts of a workbook and counts, because what a part says of its own size may be wrong.
pub(super) fn check_zip<R: Read + Seek>(archive: &mut ZipArchive<R>) -> Result<(), Trouble> {
    let mut unfolded = 0;
    for number in 0..archive.len() {
        let part = archive.by_index(number).map_err(Trouble::of_zip)?;
        let name = part.name().map_err(Trouble::of_zip)?;
        let name = name.rsplit('/').next().unwrap_or_default();
        let is_sheet = name.starts_with("sheet");
        let most = if is_sheet { MOST_UNFOLDED } else { MOST_HELD };
        let length = io::copy(&mut part.take(most + 1), &mut io::sink())?;
        unfolded += length;
        if length > most || unfolded > MOST_UNFOLDED {
            return Err(Trouble::TooLarge);
        }
    }
    Ok(())
}

/// The extent of a table that is counted.
#[derive(Default)]
struct Extent {
    rows: u64,
    height: u64,
    width: u64,
    /// Bytes of the texts of cells and of the cells themselves.
    bytes: u64,
}

impl Extent {
    fn check(&self, before: u64) -> Result<u64, Trouble> {
        let dense = self.height.saturating_mul(self.width).saturating_mul(CELL);
        let sum = dense.saturating_add(self.bytes).saturating_add(before);
        match sum > MOST_CELLS {
            true => Err(Trouble::TooLarge),
            false => Ok(sum),
        }
    }
}

/// The row of an OpenDocument table that is counted.
#[derive(Default)]
struct Row {
    repeats: u64,
    width: u64,
    bytes: u64,
    /// Columns of blank cells, which only count where another cell follows.
    blank: u64,
}

/// Counts the cells of an OpenDocument table, in which one cell or row may stand for any number.
pub(super) fn check_ods<R: Read + Seek>(archive: &mut ZipArchive<R>) -> Result<(), Trouble> {
    let part = archive.by_name("content.xml").map_err(Trouble::of_zip)?;
    let mut reader = quick_xml::Reader::from_reader(BufReader::new(part));
    reader.config_mut().expand_empty_elements = true;
    reader.config_mut().check_end_names = false;
    count_ods(&mut reader)
}

fn count_ods<R: BufRead>(reader: &mut quick_xml::Reader<R>) -> Result<(), Trouble> {
    let (mut before, mut extent, mut row) = (0, Extent::default(), Row::default());
    let mut cell: Option<(u64, u64, bool)> = None;
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader
            .read_event_into(&mut buffer)
            .map_err(Trouble::broken)?
        {
            Event::Start(start) => match start.name().as_ref() {
                "table:table" => {
                    before = extent.check(before)?;
                    extent = Extent::default();
                }
                "table:table-row" => {
                    row = Row {
                        repeats: repeats(&start, "table:number-rows-repeated"),
                        ..Row::default()
                    };
                }
                "table:table-cell" | "table:covered-table-cell" => {
                    let count = repeats(&start, "table:number-columns-repeated");
                    let says = start.attributes().flatten().any(|attribute| {
                        let key = attribute.key.as_ref();
                        key.starts_with("office:") || key == "table:formula"
                    });
                    cell = Some((count, start.len() as u64, says));
                }
                "text:s" => {
                    let spaces = repeats(&start, "text:c");
                    if let Some((_, bytes, _)) = &mut cell {
                        *bytes = bytes.saturating_add(spaces);
                    }
                }
                _ => {}
            },
            Event::Text(text) => {
                if let Some((_, bytes, _)) = &mut cell {
                    *bytes += text.len() as u64;
                }
            }
            Event::End(end) => match end.name().as_ref() {
                "table:table-cell" | "table:covered-table-cell" => {
                    if let Some(cell) = cell.take() {
                        row.add(cell);
                    }
                }
                "table:table-row" => {
                    extent.add(&row);
                    extent.check(before)?;
                }
                _ => {}
            },
            Event::Eof => return extent.check(before).map(drop),
            _ => {}
        }
    }
}

fn repeats(start: &BytesStart, name: &str) -> u64 {
    let attribute = start.try_get_attribute(name).ok().flatten();
    let number = attribute.and_then(|attribute| attribute.value.parse().ok());
    number.unwrap_or(1)
}

impl Row {
    fn add(&mut self, (count, bytes, says): (u64, u64, bool)) {
        if !says {
            self.blank = self.blank.saturating_add(count);
            return;
        }
        self.width = self.width.saturating_add(self.blank).saturating_add(count);
        self.bytes = self.bytes.saturating_add(bytes.saturating_mul(count));
        self.blank = 0;
    }
}

impl Extent {
    fn add(&mut self, row: &Row) {
        self.rows = self.rows.saturating_add(row.repeats);
        if row.width == 0 {
            return;
        }
        self.height = self.rows;
        self.width = self.width.max(row.width);
        let cells = row.width.saturating_mul(CELL);
        let texts = row.bytes.saturating_mul(row.repeats);
        self.bytes = self.bytes.saturating_add(cells).saturating_add(texts);
    }
}

/// Counts what the sheets of a workbook in Excel's old format span, and tells one that is locked.
pub(super) fn check_xls<R: Read + Seek>(reader: R) -> Result<(), Trouble> {
    let mut file = cfb::CompoundFile::open(reader)?;
    if file.exists("/EncryptedPackage") {
        return Err(Trouble::Protected);
    }
    let name = ["/Workbook", "/Book"]
        .into_iter()
        .find(|name| file.exists(name));
    let Some(name) = name else {
        return Err(Trouble::Broken(String::new()));
    };
    let mut stream = Vec::new();
    file.open_stream(name)?
        .take(MOST_CELLS)
        .read_to_end(&mut stream)?;
    let mut sum = 0;
    for (kind, data) in records(&stream, 0) {
        match (kind, data) {
            (FILE_PASS, [0, 0, ..]) => {}
            (FILE_PASS, _) => return Err(Trouble::Protected),
            (BOUND_SHEET, &[a, b, c, d, ..]) => {
                let at = u32::from_le_bytes([a, b, c, d]);
                sum = xls_extent(&stream, at as usize).check(sum)?;
            }
            (END, _) => break,
            _ => {}
        }
    }
    Ok(())
}

const FILE_PASS: u16 = 0x002F;
const BOUND_SHEET: u16 = 0x0085;
const BEGIN: u16 = 0x0809;
const END: u16 = 0x000A;
const DIMENSIONS: u16 = 0x0200;
const SEVERAL: u16 = 0x00BD;
/// Records of single cells; each starts with its row and column.
const SINGLE: [u16; 8] = [
    0x0203, 0x0204, 0x00D6, 0x0205, 0x027E, 0x00FD, 0x0006, 0x0201,
];

/// The records of a stream from a place on: kind and content.
fn records(stream: &[u8], at: usize) -> impl Iterator<Item = (u16, &[u8])> {
    let mut rest = stream.get(at..).unwrap_or_default();
    std::iter::from_fn(move || {
        let (&[k0, k1, l0, l1], behind) = rest.split_first_chunk::<4>()?;
        let length = usize::from(u16::from_le_bytes([l0, l1])).min(behind.len());
        let (data, behind) = behind.split_at(length);
        rest = behind;
        Some((u16::from_le_bytes([k0, k1]), data))
    })
}

/// The rows that a sheet claims, from its first to the one behind its last; one that ends before it starts claims all.
fn claimed(first: u64, end: u64) -> u64 {
    match end == 0 || first < end {
        true => end,
        false => u64::MAX,
    }
}

fn xls_extent(stream: &[u8], at: usize) -> Extent {
    let mut extent = Extent::default();
    let short = |data: &[u8], at: usize| {
        let bytes = data.get(at..at + 2).and_then(|bytes| bytes.first_chunk());
        bytes.map_or(0, |&bytes| u64::from(u16::from_le_bytes(bytes)))
    };
    let long = |data: &[u8], at: usize| short(data, at) | short(data, at + 2) << 16;
    let mut depth = 0_u32;
    for (kind, data) in records(stream, at) {
        match kind {
            BEGIN => depth += 1,
            END if depth <= 1 => break,
            END => depth -= 1,
            _ => {}
        }
        let (rows, columns) = match kind {
            // A chart within the sheet has cells of its own, which nothing reads.
            _ if depth > 1 => continue,
            // What the sheet claims is reserved, so it counts whether or not it is so.
            DIMENSIONS if data.len() >= 14 => {
                (claimed(long(data, 0), long(data, 4)), short(data, 10))
            }
            DIMENSIONS => (claimed(short(data, 0), short(data, 2)), short(data, 6)),
            SEVERAL => (
                short(data, 0) + 1,
                short(data, data.len().saturating_sub(2)) + 1,
            ),
            kind if SINGLE.contains(&kind) => (short(data, 0) + 1, short(data, 2) + 1),
            _ => continue,
        };
        extent.height = extent.height.max(rows);
        extent.width = extent.width.max(columns);
    }
    extent
}
