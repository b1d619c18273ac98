//! A column of facts: small codes into the dictionary of the distinct values that it holds.

use jiff::civil::Date;

use crate::country::Country;

/// What a cell says.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing: it is blank, or says that it is unknown.
    Blank,
    /// Something that is not understood.
    Unreadable,
    /// Values of a vocabulary, by position, rising.
    Items {
        /// Those understood.
        known: Box<[u16]>,
        /// Whether nothing else was in the cell.
        complete: bool,
    },
    /// Countries, rising.
    Countries {
        /// Those understood.
        known: Box<[Country]>,
        /// Whether nothing else was in the cell.
        complete: bool,
    },
    /// Yes or no.
    Flag(bool),
    /// A number.
    Number(f64),
    /// A date.
    Date(Date),
    /// Text.
    Text(Box<str>),
}

impl Value {
    /// Whether the cell tells nothing that can be relied on.
    pub fn is_unknown(&self) -> bool {
        matches!(self, Value::Blank | Value::Unreadable)
    }

    /// The text, if it is one.
    pub fn text(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The date, if it is one.
    pub fn date(&self) -> Option<Date> {
        match self {
            Value::Date(date) => Some(*date),
            _ => None,
        }
    }

    /// The number, if it is one.
    pub fn number(&self) -> Option<f64> {
        match self {
            Value::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// The items understood, if it has any.
    pub fn items(&self) -> &[u16] {
        match self {
            Value::Items { known, .. } => known,
            _ => &[],
        }
    }

    /// The one item of a complete list of one.
    pub fn only_item(&self) -> Option<u16> {
        match self {
            Value::Items {
                known,
                complete: true,
            } if known.len() == 1 => known.first().copied(),
            _ => None,
        }
    }
}

/// A column of values; a position that it does not reach is blank.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    codes: Codes,
    /// The distinct values; the first is [`Value::Blank`].
    values: Vec<Value>,
}

/// Codes in as few bytes as the greatest of them allows.
#[derive(Debug, Clone, PartialEq)]
pub enum Codes {
    /// Codes below 256.
    Narrow(Vec<u8>),
    /// Any codes.
    Wide(Vec<u32>),
}

impl Default for Codes {
    fn default() -> Self {
        Codes::Narrow(Vec::new())
    }
}

impl Codes {
    /// How many codes there are.
    pub fn len(&self) -> usize {
        match self {
            Codes::Narrow(codes) => codes.len(),
            Codes::Wide(codes) => codes.len(),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The code at a position; 0 past the end.
    pub fn get(&self, position: usize) -> u32 {
        match self {
            Codes::Narrow(codes) => codes.get(position).copied().map_or(0, u32::from),
            Codes::Wide(codes) => codes.get(position).copied().unwrap_or(0),
        }
    }

    /// Appends a code.
    pub fn push(&mut self, code: u32) {
        match (&mut *self, u8::try_from(code)) {
            (Codes::Narrow(codes), Ok(code)) => codes.push(code),
            (Codes::Wide(codes), _) => codes.push(code),
            (Codes::Narrow(_), Err(_)) => self.widen().push(code),
        }
    }

    /// Sets the code at a position; positions skipped are 0.
    pub(super) fn put(&mut self, position: usize, code: u32) {
        match (&mut *self, u8::try_from(code)) {
            (Codes::Narrow(codes), Ok(code)) => place(codes, position, code),
            (Codes::Wide(codes), _) => place(codes, position, code),
            (Codes::Narrow(_), Err(_)) => place(self.widen(), position, code),
        }
    }

    fn widen(&mut self) -> &mut Vec<u32> {
        if let Codes::Narrow(narrow) = self {
            *self = Codes::Wide(narrow.iter().copied().map(u32::from).collect());
        }
        match self {
            Codes::Wide(codes) => codes,
            Codes::Narrow(_) => unreachable!("it was widened"),
        }
    }

    /// Makes it so long, with 0 where nothing was.
    fn reach(&mut self, length: usize) {
        match self {
            Codes::Narrow(codes) => codes.resize(codes.len().max(length), 0),
            Codes::Wide(codes) => codes.resize(codes.len().max(length), 0),
        }
    }

    /// Keeps the codes whose position is to stand.
    fn retain(&mut self, stands: &[bool]) {
        fn keep<T: Copy>(codes: &mut Vec<T>, stands: &[bool]) {
            let mut stands = stands.iter();
            codes.retain(|_| stands.next().copied().unwrap_or(false));
        }
        match self {
            Codes::Narrow(codes) => keep(codes, stands),
            Codes::Wide(codes) => keep(codes, stands),
        }
    }
}

/// Cells of a run of rows: codes of their own, and the code in a [`Column`] that each of them stands for.
#[derive(Debug, Clone, Default)]
pub struct Cells {
    /// The codes by row; none where every cell is blank.
    pub codes: Codes,
    /// What each of these codes is in the column; the first is 0.
    pub meanings: Vec<u32>,
}

impl Cells {
    /// The code in the column of a row's cell.
    pub fn code(&self, row: usize) -> u32 {
        let code = self.codes.get(row) as usize;
        self.meanings.get(code).copied().unwrap_or(0)
    }

    /// Keeps the rows that are to stand.
    pub(super) fn retain(&mut self, stands: &[bool]) {
        self.codes.retain(stands);
    }
}

impl Default for Column {
    fn default() -> Self {
        Column {
            codes: Codes::default(),
            values: vec![Value::Blank],
        }
    }
}

/// A column that is blank everywhere.
pub(super) static EMPTY: Column = Column {
    codes: Codes::Narrow(Vec::new()),
    values: Vec::new(),
};

impl Column {
    /// Adds a value to the dictionary and gives its code.
    pub fn define(&mut self, value: Value) -> u32 {
        self.values.push(value);
        (self.values.len() - 1) as u32
    }

    /// Whether codes stand for the same value: a table that is read later has codes of its own.
    pub(super) fn is_same(&self, one: u32, other: u32) -> bool {
        let value = |code: u32| self.values.get(code as usize);
        one == other || value(one) == value(other)
    }

    /// Sets the code at a position; positions skipped are blank.
    pub fn put(&mut self, position: usize, code: u32) {
        if code != self.code(position) {
            self.codes.put(position, code);
        }
    }

    /// Sets the codes of cells from a position on, which no code was set past.
    pub(super) fn append(&mut self, position: usize, cells: &Cells) {
        if cells.codes.is_empty() {
            return;
        }
        self.codes.reach(position);
        let narrow: Result<Vec<u8>, _> = cells.meanings.iter().map(|&m| u8::try_from(m)).collect();
        match (&mut self.codes, &cells.codes, narrow) {
            (Codes::Narrow(all), Codes::Narrow(codes), Ok(meanings)) => {
                all.extend(codes.iter().map(|&code| meanings[usize::from(code)]));
            }
            (all, codes, _) => {
                let all = all.widen();
                all.extend((0..codes.len()).map(|row| cells.code(row)));
            }
        }
    }

    /// Writes every text anew for which `write` gives another.
    pub fn rewrite(&mut self, write: impl Fn(&str) -> Option<String>) {
        for value in &mut self.values {
            if let Some(text) = value.text().and_then(&write) {
                *value = Value::Text(text.into());
            }
        }
    }

    /// The code at a position; 0 is blank.
    pub fn code(&self, position: usize) -> u32 {
        self.codes.get(position)
    }

    /// The value at a position.
    pub fn get(&self, position: usize) -> &Value {
        self.value(self.code(position))
    }

    /// The value of a code.
    pub fn value(&self, code: u32) -> &Value {
        self.values.get(code as usize).unwrap_or(&Value::Blank)
    }

    /// The distinct values by code; a column that is blank everywhere has one.
    pub fn values(&self) -> &[Value] {
        if self.values.is_empty() {
            &[Value::Blank]
        } else {
            &self.values
        }
    }

    /// Whether every cell is blank.
    pub fn is_blank(&self) -> bool {
        self.codes.is_empty()
    }
}

fn place<T: Default + Clone>(codes: &mut Vec<T>, position: usize, code: T) {
    if position >= codes.len() {
        codes.resize(position + 1, T::default());
    }
    codes[position] = code;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_widen_when_the_dictionary_grows() {
        let mut column = Column::default();
        let codes: Vec<u32> = (0..300)
            .map(|n| column.define(Value::Number(f64::from(n))))
            .collect();
        for (position, &code) in codes.iter().enumerate() {
            column.put(2 * position, code);
        }
        assert_eq!(column.get(0), &Value::Number(0.0));
        assert_eq!(column.get(1), &Value::Blank);
        assert_eq!(column.get(598), &Value::Number(299.0));
        assert_eq!(column.get(9999), &Value::Blank);
        assert_eq!(EMPTY.values(), [Value::Blank]);
    }

    #[test]
    fn cells_are_appended_by_what_they_mean() {
        let mut column = Column::default();
        let cells = |codes: &[u32], meanings: &[u32]| {
            let mut cells = Cells {
                codes: Codes::default(),
                meanings: meanings.to_vec(),
            };
            codes.iter().for_each(|&code| cells.codes.push(code));
            cells
        };
        column.append(2, &cells(&[1, 0, 2], &[0, 7, 9]));
        column.append(5, &Cells::default());
        let mut filtered = cells(&[1, 1, 2], &[0, 300, 8]);
        filtered.retain(&[true, false, true]);
        column.append(6, &filtered);
        let codes: Vec<u32> = (0..9).map(|position| column.code(position)).collect();
        assert_eq!(codes, [0, 0, 7, 0, 9, 0, 300, 8, 0]);
    }
}
