//! The cells of a workbook as the text that the rest of the reader understands.

use calamine::{DataType, ExcelDateTime};
use jiff::civil::Date;

/// How a table writes its dates and numbers, so that cells that are dates and numbers are written the same way.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Style<'s> {
    pub(super) date_format: Option<&'s str>,
    pub(super) decimal_comma: bool,
}

/// What a cell of a workbook says.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Cell {
    /// Text, perhaps none.
    Text(String),
    /// An error that a formula came to, such as `#N/A`.
    Error(String),
}

/// Errors as OpenDocument keeps them: the text of the cell.
const ERROR_TEXTS: [&str; 7] = [
    "#N/A", "#REF!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#VALUE!",
];

/// What a cell says; where `texts_are_errors`, text that looks like an error is one.
pub(super) fn cell(data: &impl DataType, style: Style, texts_are_errors: bool) -> Cell {
    if let Some(error) = data.get_error() {
        return Cell::Error(error.to_string());
    }
    if let Some(text) = data.get_string() {
        let is_error = ERROR_TEXTS.contains(&text) || text.starts_with("Err:");
        return match texts_are_errors && is_error {
            true => Cell::Error(text.to_owned()),
            false => Cell::Text(text.to_owned()),
        };
    }
    let text = if let Some(number) = data.get_float() {
        number_text(number, style)
    } else if let Some(number) = data.get_int() {
        number.to_string()
    } else if let Some(flag) = data.get_bool() {
        if flag { "yes" } else { "no" }.to_owned()
    } else if let Some(moment) = data.get_datetime() {
        moment_text(&moment, style)
    } else if let Some(moment) = data.get_datetime_iso() {
        iso_text(moment, style)
    } else if let Some(duration) = data.get_duration_iso() {
        duration.to_owned()
    } else {
        String::new()
    };
    Cell::Text(text)
}

/// A number in as many digits as a spreadsheet shows, never with an exponent.
fn number_text(number: f64, style: Style) -> String {
    // A spreadsheet has 15 digits; the rest is what is left over from computing in binary.
    let shown: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    // Zero has no sign.
    let text = (shown + 0.0).to_string();
    match style.decimal_comma {
        true => text.replace('.', ","),
        false => text,
    }
}

/// A cell that is formatted as a date or time: the day, or the time where there is no day.
fn moment_text(moment: &ExcelDateTime, style: Style) -> String {
    let days = moment.as_f64();
    if moment.is_duration() || (0.0..1.0).contains(&days) {
        let seconds = (days * 86_400.0).round() as i64;
        let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
        return format!("{hours}:{:02}:{:02}", minutes.abs(), (seconds % 60).abs());
    }
    // What is no day in a spreadsheet's calendar is shown as the number it is.
    if !(0.0..2_958_466.0).contains(&days) {
        return number_text(days, style);
    }
    let (year, month, day, ..) = moment.to_ymd_hms_milli();
    let date = Date::new(year as i16, month as i8, day as i8);
    match date {
        Ok(date) => date_text(date, style),
        // 29 February 1900, which only spreadsheets know.
        Err(_) => format!("{year:04}-{month:02}-{day:02}"),
    }
}

/// A date as XML writes it, without its time of day.
fn iso_text(moment: &str, style: Style) -> String {
    let day = moment.split('T').next().unwrap_or(moment);
    match day.parse::<Date>() {
        Ok(date) => date_text(date, style),
        Err(_) => moment.to_owned(),
    }
}

fn date_text(date: Date, style: Style) -> String {
    let Some(format) = style.date_format else {
        return date.to_string();
    };
    let day = date.to_zoned(jiff::tz::TimeZone::UTC);
    let written = day.and_then(|day| jiff::fmt::strtime::format(format, &day));
    written.unwrap_or_else(|_| date.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::{CellErrorType, Data, ExcelDateTimeType};

    fn moment(days: f64, is_1904: bool) -> Data {
        Data::DateTime(ExcelDateTime::new(
            days,
            ExcelDateTimeType::DateTime,
            is_1904,
        ))
    }

    #[test]
    fn cells_become_text() {
        let duration = ExcelDateTime::new(1.5, ExcelDateTimeType::TimeDelta, false);
        for (data, text) in [
            (Data::Empty, ""),
            (Data::String(" a\n,b ".into()), " a\n,b "),
            (Data::Float(40.0), "40"),
            (Data::Float(-0.0), "0"),
            (Data::Float(0.1 + 0.2), "0.3"),
            (Data::Float(1e21), "1000000000000000000000"),
            (Data::Float(1.5e-7), "0.00000015"),
            (Data::Float(913_100_001_234_567.0), "913100001234567"),
            (Data::Int(-7), "-7"),
            (Data::Bool(true), "yes"),
            (Data::Bool(false), "no"),
            (moment(45_943.0, false), "2025-10-13"),
            (moment(45_943.541, false), "2025-10-13"),
            (moment(44_481.0, true), "2025-10-13"),
            (moment(0.75, false), "18:00:00"),
            (moment(60.0, false), "1900-02-29"),
            (moment(-3.0, false), "-3"),
            (moment(1e9, false), "1000000000"),
            (Data::DateTime(duration), "36:00:00"),
            (Data::DateTimeIso("2026-02-03".into()), "2026-02-03"),
            (
                Data::DateTimeIso("2026-02-03T10:00:00".into()),
                "2026-02-03",
            ),
            (Data::DateTimeIso("soon".into()), "soon"),
            (Data::DurationIso("PT3H".into()), "PT3H"),
        ] {
            let read = cell(&data, Style::default(), false);
            assert_eq!(read, Cell::Text(text.into()), "{data:?}");
        }
    }

    #[test]
    fn errors_stay_errors() {
        let style = Style::default();
        let error = Data::Error(CellErrorType::NA);
        assert_eq!(cell(&error, style, false), Cell::Error("#N/A".into()));
        let text = Data::String("#REF!".into());
        assert_eq!(cell(&text, style, true), Cell::Error("#REF!".into()));
        assert_eq!(cell(&text, style, false), Cell::Text("#REF!".into()));
    }

    #[test]
    fn dates_and_numbers_are_written_as_the_table_writes_them() {
        let style = Style {
            date_format: Some("%d.%m.%Y"),
            decimal_comma: true,
        };
        for (data, text) in [
            (moment(45_943.0, false), "13.10.2025"),
            (Data::DateTimeIso("2026-02-03".into()), "03.02.2026"),
            (Data::Float(1234.5), "1234,5"),
        ] {
            assert_eq!(cell(&data, style, false), Cell::Text(text.into()));
        }
    }
}
