//! Telling the rows that are in another encoding than their file, or may be.

use super::mapping::TableSpec;
use super::records::Records;
use super::source::{Source, Text};
use crate::diagnostic::{Code, Diagnostics, Fault, FileId};

/// Tells each row in which such a line is, with the first cell that shows it.
pub(super) fn tell(
    source: &Source,
    delimiter: u8,
    spec: &TableSpec,
    file: FileId,
    diagnostics: &mut Diagnostics,
) {
    let Text::Memory(text) = &source.text else {
        return;
    };
    // Several tables may stand in one file.
    let is_told = |code: Code| {
        let mut told = diagnostics.iter();
        told.any(|told| (told.file, told.fault.code) == (spec.name.as_str(), code))
    };
    if source.odd_lines.is_empty() || is_told(Code::MixedEncodings) || is_told(Code::UnsureEncoding)
    {
        return;
    }
    let mut odd_lines = source.odd_lines.iter().peekable();
    let mut records = Records::new(text, delimiter);
    let mut headings: Vec<String> = Vec::new();
    let (mut from, mut lines) = (0, 0);
    while odd_lines.peek().is_some()
        && let Some(record) = records.next()
    {
        if headings.is_empty() && record.row > spec.skip_rows {
            headings = record.iter().map(str::to_owned).collect();
        }
        let row = record.row;
        let shown = record.iter().zip(0..).find(|(cell, _)| !cell.is_ascii());
        let shown = shown.map(|(cell, position)| (cell.to_owned(), position));
        let to = records.position();
        lines += line_ends(&text.as_bytes()[from..to]);
        from = to;
        let mut found = None;
        while let Some(odd) = odd_lines.next_if(|odd| odd.line < lines || to == text.len()) {
            found = found.or(Some(*odd));
        }
        let (Some(odd), Some((cell, position))) = (found, shown) else {
            continue;
        };
        let code = match odd.is_certain {
            true => Code::MixedEncodings,
            false => Code::UnsureEncoding,
        };
        let heading = headings.get(position).map_or("", String::as_str);
        let fault = Fault::new(code, file).column(heading).text(cell);
        diagnostics.add(fault.other(odd.encoding.name()), row);
    }
}

fn line_ends(bytes: &[u8]) -> usize {
    let ends = memchr::memchr2_iter(b'\r', b'\n', bytes);
    ends.filter(|&at| !bytes[at..].starts_with(b"\r\n")).count()
}
