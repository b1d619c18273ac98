//! How a table writes its dates and numbers, as far as its cells show it.

use super::sample::Column;
use crate::diagnostic::Code;
use crate::read::cells::{Reads, formatted};
use crate::register::Value;

/// What the dates of a table show of their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Dates {
    /// All can be read as they are, or there are none.
    Plain,
    /// Every one is written so, and some only so.
    Written(String),
    /// Some can only be written so, but others are not.
    Mostly { format: String, others: usize },
    /// Some can only be written one way, some only the other.
    Mixed,
    /// They may be written either way.
    Either(String, String),
    /// Years have two digits, and are written so if anything.
    Short(Vec<String>),
}

/// What the numbers of a table show of their decimal sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Decimals {
    /// A point, or nothing shows.
    Point,
    /// A comma, in all of them.
    Comma,
    /// Some a comma, some a point.
    Mixed,
    /// A point with three digits behind it, always: perhaps thousands.
    Perhaps,
}

/// What separates day, month and year.
const SIGNS: [char; 3] = ['/', '.', '-'];
/// What may stand behind a date.
const TIMES: [&str; 3] = ["", " %H:%M", " %H:%M:%S"];

/// Day and month first, and month and day first, in each form.
fn long_forms() -> impl Iterator<Item = (String, String)> {
    SIGNS.into_iter().flat_map(|sign| {
        TIMES.into_iter().map(move |time| {
            (
                format!("%d{sign}%m{sign}%Y{time}"),
                format!("%m{sign}%d{sign}%Y{time}"),
            )
        })
    })
}

/// Dates whose years have two digits, in every order.
pub(super) fn short_forms() -> impl Iterator<Item = String> {
    SIGNS.into_iter().flat_map(|sign| {
        ["%d?%m?%y", "%m?%d?%y", "%y?%m?%d"]
            .into_iter()
            .map(move |form| form.replace('?', &sign.to_string()))
    })
}

/// The different cells of columns that say something, with their counts.
fn cells<'c>(columns: &[&'c Column], reads: &Reads) -> Vec<(&'c str, usize)> {
    let cells = columns.iter().flat_map(|column| &column.cells);
    let cells = cells.filter(|(cell, _)| !reads.says_nothing(cell));
    cells.map(|(cell, count)| (cell.as_str(), *count)).collect()
}

/// What the date columns of a table show.
pub(super) fn dates(columns: &[&Column]) -> Dates {
    let reads = Reads::Date {
        format: None,
        is_end: false,
    };
    let cells = cells(columns, &reads);
    let fits = |cell: &str, format: &str| formatted(cell, format).is_some();
    for (day_first, month_first) in long_forms() {
        let (mut days, mut months, mut either, mut others) = (0, 0, 0, 0);
        for (cell, count) in &cells {
            match (fits(cell, &day_first), fits(cell, &month_first)) {
                (true, true) => either += usize::from(is_ambiguous(&reads, cell)),
                (true, false) => days += count,
                (false, true) => months += count,
                (false, false) => others += count,
            }
        }
        let written = |format: String, others| match others {
            0 => Dates::Written(format),
            others => Dates::Mostly { format, others },
        };
        match (days, months, either) {
            (0, 0, 0) => {}
            (0, 0, _) => return Dates::Either(day_first, month_first),
            (_, 0, _) => return written(day_first, others),
            (0, _, _) => return written(month_first, others),
            _ => return Dates::Mixed,
        }
    }
    let fit_all = |form: &String| cells.iter().all(|(cell, _)| fits(cell, form));
    match cells.is_empty() {
        true => Dates::Plain,
        false => match short_forms().filter(fit_all).collect::<Vec<_>>() {
            short if short.is_empty() => Dates::Plain,
            short => Dates::Short(short),
        },
    }
}

fn is_ambiguous(reads: &Reads, cell: &str) -> bool {
    let mut faults = Vec::new();
    reads.read(cell, &mut faults);
    faults.iter().any(|(code, _)| *code == Code::AmbiguousDate)
}

/// What the number columns of a table show.
pub(super) fn decimals(columns: &[&Column]) -> Decimals {
    let reads = |decimal_comma| Reads::Number { decimal_comma };
    let (point, comma) = (reads(false), reads(true));
    let is_read =
        |reads: &Reads, cell| matches!(reads.read(cell, &mut Vec::new()), Value::Number(_));
    let (mut points, mut commas, mut neither, mut thousands) = (0, 0, 0, 0);
    for (cell, count) in cells(columns, &point) {
        match (is_read(&point, cell), is_read(&comma, cell)) {
            (true, false) => points += count,
            (false, true) => commas += count,
            (false, false) => neither += count,
            // 7.160 reads either way, and so does 7160.
            (true, true) => thousands += usize::from(cell.contains('.')),
        }
    }
    match (points, commas) {
        (0, 0) if thousands >= 3 => Decimals::Perhaps,
        (_, 0) => Decimals::Point,
        (0, _) if neither == 0 => Decimals::Comma,
        _ => Decimals::Mixed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(cells: &[&str]) -> Column {
        Column {
            heading: String::new(),
            is_repeated: false,
            cells: cells.iter().map(|cell| (cell.to_string(), 1)).collect(),
            filled: cells.len(),
        }
    }

    #[test]
    fn dates_show_their_order() {
        let format = |format: &str| Dates::Written(format.to_owned());
        for (cells, expected) in [
            (&["2025-01-02", "2025-12-31"][..], Dates::Plain),
            (&[], Dates::Plain),
            (&["n/a", "-"], Dates::Plain),
            (&["05/05/2025"], Dates::Plain),
            (&["01/02/2025", "31/12/2025"], format("%d/%m/%Y")),
            (&["1/2/2025", "12/31/2025"], format("%m/%d/%Y")),
            (&["1.2.2025", "31.12.2025", "n/a"], format("%d.%m.%Y")),
            (&["31/12/2025 0:00"], format("%d/%m/%Y %H:%M")),
            (
                &["31/12/2025", "2025-01-01"],
                Dates::Mostly {
                    format: "%d/%m/%Y".to_owned(),
                    others: 1,
                },
            ),
            (&["31/12/2025", "12/31/2025"], Dates::Mixed),
            (
                &["01/02/2025", "03/04/2025"],
                Dates::Either("%d/%m/%Y".to_owned(), "%m/%d/%Y".to_owned()),
            ),
            (
                &["31/12/25", "1/2/25"],
                Dates::Short(vec!["%d/%m/%y".to_owned(), "%y/%m/%d".to_owned()]),
            ),
            (&["soon"], Dates::Plain),
        ] {
            assert_eq!(dates(&[&column(cells)]), expected, "{cells:?}");
        }
    }

    #[test]
    fn numbers_show_their_decimal_sign() {
        for (cells, expected) in [
            (&["7,160.69", "5"][..], Decimals::Point),
            (&["7.160,69", "5", "1.200"], Decimals::Comma),
            (&["7.160,69", "about 5"], Decimals::Mixed),
            (&["7.160,69", "7.16"], Decimals::Mixed),
            (&["7.160", "1.200", "15.000"], Decimals::Perhaps),
            (&["1,200"], Decimals::Point),
            (&[], Decimals::Point),
        ] {
            assert_eq!(decimals(&[&column(cells)]), expected, "{cells:?}");
        }
    }
}
