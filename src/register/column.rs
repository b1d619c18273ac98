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

/// Codes in as few bytes as the dictionary allows.
#[derive(Debug, Clone, PartialEq)]
enum Codes {
    Narrow(Vec<u8>),
    Wide(Vec<u32>),
}

impl Default for Column {
    fn default() -> Self {
        Column {
            codes: Codes::Narrow(Vec::new()),
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

    /// Sets the code at a position; positions skipped are blank.
    pub fn put(&mut self, position: usize, code: u32) {
        if code == self.code(position) {
            return;
        }
        if let Codes::Narrow(narrow) = &mut self.codes {
            if let Ok(code) = u8::try_from(code) {
                return place(narrow, position, code);
            }
            self.codes = Codes::Wide(narrow.iter().copied().map(u32::from).collect());
        }
        if let Codes::Wide(wide) = &mut self.codes {
            place(wide, position, code);
        }
    }

    /// The code at a position; 0 is blank.
    pub fn code(&self, position: usize) -> u32 {
        match &self.codes {
            Codes::Narrow(codes) => codes.get(position).copied().map_or(0, u32::from),
            Codes::Wide(codes) => codes.get(position).copied().unwrap_or(0),
        }
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
}
