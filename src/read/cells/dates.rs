//! Dates as registers write them, where no other day can be meant.

use jiff::civil::Date;

use super::width::half_width;

/// The day that a cell means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Day {
    /// This day.
    On(Date),
    /// One of two days: nothing says which number is the month.
    Either(Date, Date),
    /// None.
    Not,
}

impl Day {
    /// Whether it stands for no end, as 9999-12-31 does.
    pub(super) fn is_open(self) -> bool {
        const OPEN: i16 = 9999;
        match self {
            Day::On(date) | Day::Either(date, _) => date.year() == OPEN,
            Day::Not => false,
        }
    }
}

/// A date in a strftime format.
pub(in crate::read) fn formatted(cell: &str, format: &str) -> Option<Date> {
    let date = jiff::fmt::strtime::parse(format, cell).ok()?.to_date().ok();
    // To jiff 25 is a whole year, and in a register it is not.
    date.filter(|date| date.year() >= 1000)
}

/// The day that a cell means in a strftime format or, without one, in any form of which there is no doubt.
pub(super) fn day(cell: &str, format: Option<&str>) -> Day {
    let narrow = half_width(cell);
    if let Some(format) = format {
        // The format may itself be in full width.
        let date = formatted(cell, format).or_else(|| formatted(&narrow, format));
        return date.map_or(Day::Not, Day::On);
    }
    let Some(cell) = without_time(&narrow) else {
        return Day::Not;
    };
    let certain = || {
        compact(cell)
            .or_else(|| chinese(cell))
            .or_else(|| named(cell))
    };
    numbered(cell)
        .or_else(|| certain().map(Day::On))
        .unwrap_or(Day::Not)
}

/// The cell up to its time of day, if it has one; none where what follows the date is no time.
fn without_time(cell: &str) -> Option<&str> {
    let is_digit = |at: usize| cell.as_bytes().get(at).is_some_and(u8::is_ascii_digit);
    let mut letters = cell.match_indices('T');
    if let Some((at, _)) = letters.find(|(at, _)| *at > 0 && is_digit(at - 1) && is_digit(at + 1)) {
        return is_time(&cell[at + 1..], true).then_some(&cell[..at]);
    }
    let mut blanks = cell.match_indices(' ');
    let time = blanks.find(|(at, _)| is_time(&cell[at + 1..], false));
    Some(time.map_or(cell, |(at, _)| cell[..at].trim_end()))
}

/// Whether this is a time of day, perhaps with its zone; `basic` is 123000.
fn is_time(text: &str, basic: bool) -> bool {
    let text = without_zone(text.trim());
    let half = |end: &str| {
        let cut = text.len().checked_sub(end.len())?;
        let ends = text.get(cut..)?.eq_ignore_ascii_case(end);
        ends.then(|| text[..cut].trim_end())
    };
    let text = half("am").or_else(|| half("pm")).unwrap_or(text);
    let (clock, fraction) = text.split_once(['.', ',']).unwrap_or((text, "0"));
    if number(fraction, 1..=9).is_none() {
        return false;
    }
    let parts: Vec<&str> = clock.split(':').collect();
    let is_below = |part: &str, digits, limit| number(part, digits).is_some_and(|n| n < limit);
    match parts.as_slice() {
        [hour, rest @ ..] if matches!(rest.len(), 1 | 2) => {
            is_below(hour, 1..=2, 25) && rest.iter().all(|part| is_below(part, 2..=2, 61))
        }
        [all] => {
            basic
                && matches!(all.len(), 4 | 6)
                && number(all, 4..=6).is_some()
                && is_below(&all[..2], 2..=2, 25)
        }
        _ => false,
    }
}

fn without_zone(time: &str) -> &str {
    for word in ["Z", "UTC", "GMT"] {
        if let Some(time) = time.strip_suffix(word) {
            return time.trim_end();
        }
    }
    let Some(at) = time.rfind(['+', '-']) else {
        return time;
    };
    let digits = time[at + 1..].replacen(':', "", 1);
    match matches!(digits.len(), 2 | 4) && number(&digits, 2..=4).is_some() {
        true => time[..at].trim_end(),
        false => time,
    }
}

/// 20190401, of years that no other order of the digits could give.
fn compact(cell: &str) -> Option<Date> {
    number(cell, 8..=8)?;
    let year = number(&cell[..4], 4..=4)?;
    let is_likely = (1900..2200).contains(&year) || year == 9999;
    let month = number(&cell[4..6], 2..=2)?;
    is_likely.then(|| date(year, month, number(&cell[6..], 2..=2)?))?
}

/// 2019年4月1日.
fn chinese(cell: &str) -> Option<Date> {
    let (year, rest) = cell.split_once('年')?;
    let (month, day) = rest.split_once('月')?;
    let day = day.strip_suffix(['日', '号'])?;
    date(
        number(year.trim(), 4..=4)?,
        number(month.trim(), 1..=2)?,
        number(day.trim(), 1..=2)?,
    )
}

/// 1 Apr 2019, Apr 1, 2019, 1-Apr-2019, 2019-Apr-1.
fn named(cell: &str) -> Option<Date> {
    let words = cell.split([' ', ',', '-', '/', '.']);
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let &[first, second, third] = words.as_slice() else {
        return None;
    };
    let (day, name, year) = match (month(first), month(second)) {
        (Some(month), None) => (second, month, third),
        (None, Some(month)) if first.len() == 4 => (third, month, first),
        (None, Some(month)) => (first, month, third),
        _ => return None,
    };
    let plain = ["st", "nd", "rd", "th"]
        .iter()
        .find_map(|end| day.strip_suffix(end));
    let day = number(plain.unwrap_or(day), 1..=2)?;
    date(number(year, 4..=4)?, name, day)
}

fn month(word: &str) -> Option<i16> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let word = word.to_ascii_lowercase();
    let is_short = |month: &str| month.get(..3) == Some(word.as_str());
    (1..)
        .zip(MONTHS)
        .find(|(_, month)| {
            *month == word || is_short(month) || (word == "sept" && month.starts_with(&word))
        })
        .map(|(number, _)| number)
}

/// Three numbers: the year first, or last behind day and month in an order that has to show.
fn numbered(cell: &str) -> Option<Day> {
    let separator = cell.chars().find(|c| !c.is_ascii_digit())?;
    if !['-', '/', '.'].contains(&separator) {
        return None;
    }
    let mut parts = cell.split(separator);
    let (first, second, third) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    let second = number(second, 1..=2)?;
    if let Some(year) = number(first, 4..=4) {
        return date(year, second, number(third, 1..=2)?).map(Day::On);
    }
    let (first, year) = (number(first, 1..=2)?, number(third, 4..=4)?);
    match (date(year, second, first), date(year, first, second)) {
        (Some(one), Some(other)) if one != other => Some(Day::Either(one, other)),
        (one, other) => one.or(other).map(Day::On),
    }
}

fn date(year: i16, month: i16, day: i16) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// A number of so many digits and nothing else.
fn number(text: &str, digits: std::ops::RangeInclusive<usize>) -> Option<i16> {
    let is_number = digits.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    // Where there are more digits than a year has, only that they are digits matters.
    is_number.then(|| text.get(..4).unwrap_or(text).parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_one_day() {
        let first = Day::On(Date::constant(2019, 4, 1));
        for cell in [
            "2019-04-01",
            "2019-4-1",
            "2019/4/1",
            "2019/04/01",
            "2019.4.1",
            "20190401",
            "2019年4月1日",
            "2019年04月01日",
            "2019 年 4 月 1 日",
            "２０１９－０４－０１",
            "２０１９年４月１日",
            "1 Apr 2019",
            "01 APRIL 2019",
            "1st April 2019",
            "Apr 1, 2019",
            "April 1 2019",
            "1-Apr-2019",
            "2019-Apr-01",
            "2019-04-01T00:00:00Z",
            "2019-04-01T00:00:00",
            "2019-04-01T00:00",
            "2019-04-01T23:59:59.999+08:00",
            "2019-04-01T16:00:00-0500",
            "20190401T000000Z",
            "2019-04-01 00:00:00",
            "2019-04-01 00:00:00 +08:00",
            "2019/4/1 0:00",
            "2019/4/1 12:00:00 AM",
            "2019年4月1日 08:30",
            "1 Apr 2019 08:30:00 UTC",
        ] {
            assert_eq!(day(cell, None), first, "{cell}");
        }
    }

    #[test]
    fn day_and_month_only_where_their_order_shows() {
        let last = Day::On(Date::constant(2025, 12, 31));
        for cell in [
            "31/12/2025",
            "12/31/2025",
            "31.12.2025",
            "31-12-2025 00:00:00",
        ] {
            assert_eq!(day(cell, None), last, "{cell}");
        }
        // Both orders give the same day.
        assert_eq!(day("05/05/2025", None), Day::On(Date::constant(2025, 5, 5)));
        for cell in ["1/2/2025", "01.02.2025", "2/1/2025", "12/11/2025 10:00"] {
            assert!(matches!(day(cell, None), Day::Either(..)), "{cell}");
        }
        // What the register says about its dates goes before any form.
        let format = Some("%d/%m/%Y");
        assert_eq!(
            day("01/02/2025", format),
            Day::On(Date::constant(2025, 2, 1))
        );
        assert_eq!(
            day("０１／０２／２０２５", format),
            Day::On(Date::constant(2025, 2, 1))
        );
        assert_eq!(day("2025-02-01", format), Day::Not);
        assert_eq!(day("01/02/25", format), Day::Not);
    }

    #[test]
    fn what_is_no_date() {
        for cell in [
            "2026-02-30",
            "30/02/2026",
            "13/13/2026",
            "soon",
            "+026-06-30",
            "２０２６",
            "2026",
            "2026-06",
            "2026年6月",
            "1/2/25",
            "1-Apr-19",
            "04-2019",
            "43556",
            "12345678",
            "20191301",
            "01042019",
            "2019-04/01",
            "2019-04-01T",
            "2019-04-01Tnoon",
            "2019-04-01T99:00:00",
            "2019-04-01 later",
            "2019-04-01-02",
            "1 Avr 2019",
            "Apr 2019",
            "Apr May 2019",
            "2019²-04-01",
            "20１-04-01",
            "2019-04-01T0é:00",
        ] {
            assert_eq!(day(cell, None), Day::Not, "{cell}");
        }
    }

    #[test]
    fn the_year_9999_is_open() {
        for cell in [
            "9999-12-31",
            "9999/12/31",
            "31/12/9999",
            "01/02/9999",
            "99991231",
            "9999年12月31日",
        ] {
            assert!(day(cell, None).is_open(), "{cell}");
        }
        assert!(day("31.12.9999", Some("%d.%m.%Y")).is_open());
        assert!(!day("2100-01-31", None).is_open());
    }
}
