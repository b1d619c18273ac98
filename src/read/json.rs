//! An array of JSON objects as a table: a column for each path to a value, a row for each object.

use std::collections::HashMap;
use std::ffi::OsStr;
use std::path::Path;

use encoding_rs::UTF_8;
use serde_json::{Deserializer, Value};

use super::content::Trouble;
use super::prepare::Lines;
use super::source::{FileDigest, Source};
use super::workbook::{DELIMITER, MOST_TEXT};
use crate::digest;

/// Most bytes that a file may have, which take several times as many in memory.
const MOST_BYTES: usize = 1 << 26;

/// Most columns that the table may have.
const MOST_COLUMNS: usize = 1 << 14;

/// Whether a file holds JSON, by its name.
pub(super) fn is_json(path: &Path) -> bool {
    let endings = ["json", "jsonl", "ndjson"];
    let ending = path.extension().and_then(OsStr::to_str);
    ending.is_some_and(|ending| {
        endings
            .iter()
            .any(|known| ending.eq_ignore_ascii_case(known))
    })
}

/// The table of an array, or of objects one after another; the first object stands in row 2.
///
/// The heading of a value is the path to it, such as `recordDetails/interests/0/type`; a list of plain values is a cell.
pub(super) fn table(bytes: &[u8]) -> Result<Source, Trouble> {
    if bytes.len() > MOST_BYTES {
        return Err(Trouble::TooLarge);
    }
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let (mut table, mut rows) = (Table::default(), Vec::new());
    for value in Deserializer::from_slice(text).into_iter() {
        match value.map_err(Trouble::broken)? {
            Value::Array(several) => rows.extend(several.iter().map(|object| table.row(object))),
            one => rows.push(table.row(&one)),
        }
    }
    if table.headings.len() > MOST_COLUMNS {
        return Err(Trouble::TooLarge);
    }
    let mut source = Source::decode(table.write(&rows)?, Some(UTF_8));
    source.digest = FileDigest::known(digest::sha256(bytes));
    Ok(source)
}

/// The cells of a row, each with its column.
type Cells = Vec<(usize, String)>;

/// The headings met so far.
#[derive(Default)]
struct Table {
    headings: Vec<String>,
    columns: HashMap<String, usize>,
}

impl Table {
    fn row(&mut self, object: &Value) -> Cells {
        let mut cells = Cells::new();
        self.add(String::new(), object, &mut cells);
        cells.sort_by_key(|(column, _)| *column);
        cells
    }

    fn add(&mut self, path: String, value: &Value, cells: &mut Cells) {
        let below = |key: &str| match path.as_str() {
            "" => key.to_owned(),
            path => format!("{path}/{key}"),
        };
        match value {
            Value::Null => {}
            Value::Object(fields) => {
                if !path.is_empty() {
                    // So a heading is there whether its values are plain or not.
                    self.column(path.clone());
                }
                for (key, value) in fields {
                    self.add(below(key), value, cells);
                }
            }
            Value::Array(items) if items.iter().any(|item| item.is_object() || item.is_array()) => {
                for (position, value) in items.iter().enumerate() {
                    self.add(below(&position.to_string()), value, cells);
                }
            }
            Value::Array(items) => {
                let items: Vec<String> = items.iter().filter_map(plain).collect();
                cells.push((self.column(path), items.join(";")));
            }
            value => cells.extend(plain(value).map(|text| (self.column(path), text))),
        }
    }

    fn column(&mut self, path: String) -> usize {
        if let Some(&column) = self.columns.get(&path) {
            return column;
        }
        let column = self.headings.len();
        // One more than there may be tells that there are too many.
        if column <= MOST_COLUMNS {
            self.headings.push(path.clone());
            self.columns.insert(path, column);
        }
        column
    }

    fn write(&self, rows: &[Cells]) -> Result<Vec<u8>, Trouble> {
        let mut lines = Lines::new(DELIMITER);
        lines.write(1, self.headings.iter().map(String::as_str));
        let mut length = 0;
        for (row, cells) in (2..).zip(rows) {
            let mut record = vec![""; self.headings.len()];
            for (column, text) in cells {
                record[*column] = text;
                length += text.len();
            }
            length += record.len();
            if length > MOST_TEXT {
                return Err(Trouble::TooLarge);
            }
            lines.write(row, record.into_iter());
        }
        Ok(lines.text.into_bytes())
    }
}

/// A value that is one cell.
fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::source::Text;

    #[test]
    fn values_stand_below_their_paths() {
        for (json, expected) in [
            ("[]", "\n"),
            (r#"[{"a":1,"b":{"c":"x,y"}}]"#, "a,b,b/c\n1,,\"x,y\"\n"),
            (
                r#"{"a":["x","y"]} {"a":[{"b":true}],"z":null}"#,
                "a,a/0,a/0/b\nx;y,,\n,,true\n",
            ),
            ("\u{FEFF}[{\"名\":\"云\\u0000\"}]", "名\n云\u{FFFD}\n"),
        ] {
            let source = table(json.as_bytes()).unwrap();
            let Text::Memory(text) = source.text else {
                panic!("it is in memory");
            };
            assert_eq!(text.as_str(), expected, "{json}");
        }
        for broken in ["[", "{\"a\":}", "nonsense"] {
            assert!(
                matches!(table(broken.as_bytes()), Err(Trouble::Broken(_))),
                "{broken}"
            );
        }
    }
}
