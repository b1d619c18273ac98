//! The tables of a Markdown file.

use super::form::Table;

/// Every table, each row with the number of its line.
pub(super) fn tables(text: &str) -> Vec<Table> {
    let mut tables: Vec<Table> = Vec::new();
    let mut last: Option<(u32, &str)> = None;
    let mut open = false;
    for (number, line) in (1..).zip(text.lines()) {
        let line = line.trim();
        if is_rule(line) {
            // What stands above the rule is the heading, and only with it is it a table.
            let heading = last.take().filter(|(_, line)| line.contains('|'));
            open = heading.is_some() || open;
            tables.extend(heading.map(|(number, line)| Table {
                name: String::new(),
                rows: vec![(number, cells(line))],
            }));
            continue;
        }
        match tables.last_mut().filter(|_| open && line.contains('|')) {
            Some(table) => table.rows.push((number, cells(line))),
            None => {
                open = false;
                last = Some((number, line));
            }
        }
    }
    tables
}

/// Whether a line is what stands between the heading of a table and its rows.
fn is_rule(line: &str) -> bool {
    let is_sign = |c: char| matches!(c, '|' | '-' | ':' | ' ' | '\t');
    line.contains("--") && line.contains('|') && line.chars().all(is_sign)
}

/// The cells of a line, without what marks them up.
fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut rest = line.strip_prefix('|').unwrap_or(line);
    while let Some(c) = rest.chars().next() {
        let cell = cells.last_mut().expect("there is one from the start");
        let after = &rest[c.len_utf8()..];
        rest = match c {
            '\\' => match after.chars().next().filter(char::is_ascii_punctuation) {
                Some(escaped) => {
                    cell.push(escaped);
                    &after[1..]
                }
                None => {
                    cell.push('\\');
                    after
                }
            },
            '|' => {
                cells.push(String::new());
                after
            }
            '&' => match entity(after) {
                Some((c, length)) => {
                    cell.push(c);
                    &after[length..]
                }
                None => {
                    cell.push('&');
                    after
                }
            },
            '<' => match line_break(after) {
                Some(length) => {
                    cell.push_str("; ");
                    &after[length..]
                }
                None => {
                    cell.push('<');
                    after
                }
            },
            // Bold and code.
            '*' | '`' => after,
            c => {
                cell.push(c);
                after
            }
        };
    }
    if cells.last().is_some_and(|last| last.trim().is_empty()) && cells.len() > 1 {
        cells.pop();
    }
    let is_edge = |c: char| c.is_whitespace() || c == ';';
    cells
        .iter()
        .map(|cell| cell.trim_matches(is_edge).to_owned())
        .collect()
}

/// The sign that an entity stands for, and how long it is after the `&`.
fn entity(text: &str) -> Option<(char, usize)> {
    const LONGEST: usize = 10;
    let end = text.bytes().take(LONGEST).position(|byte| byte == b';')?;
    let name = &text[..end];
    let number = |digits: &str, radix| u32::from_str_radix(digits, radix).ok();
    let sign = match name {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        _ => {
            let digits = name.strip_prefix('#')?;
            let code = match digits.strip_prefix(['x', 'X']) {
                Some(digits) => number(digits, 16),
                None => number(digits, 10),
            };
            char::from_u32(code?).filter(|c| !c.is_control())?
        }
    };
    Some((sign, end + 1))
}

/// How long a tag is after its `<` that breaks the line; other text in angles is text.
fn line_break(text: &str) -> Option<usize> {
    const LONGEST: usize = 6;
    let end = text.bytes().take(LONGEST).position(|byte| byte == b'>')?;
    let name = text[..end].trim_end_matches('/').trim();
    name.eq_ignore_ascii_case("br").then_some(end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_read_as_they_are_shown() {
        for (line, expected) in [
            ("| a | b |", &["a", "b"][..]),
            ("a | b", &["a", "b"]),
            ("| a | |  |", &["a", "", ""]),
            ("| R\\|1.x | a\\\\b |", &["R|1.x", "a\\b"]),
            (
                "| &lt;a&gt; &amp; &#66; &#x4E00; &foo; x |",
                &["<a> & B 一 &foo; x"],
            ),
            (
                "| one<br>two<BR />three | <b>x |",
                &["one; two; three", "<b>x"],
            ),
            ("| <br> | <<<br /> |", &["", "<<"]),
            ("| **yes** | `no` |", &["yes", "no"]),
            ("| R\\_1.cii\\_status |", &["R_1.cii_status"]),
            ("| 甲\\乙&", &["甲\\乙&"]),
        ] {
            assert_eq!(cells(line), expected, "{line}");
        }
    }

    #[test]
    fn tables_have_a_rule_below_their_heading() {
        let text = "# Form\n\na | b\n\n| Key | Answer |\n|:---|---:|\n| R1.x | yes |\n| R2.x | |\n\nText | no row\n\nKey | Answer\n--- | ---\nR3.x | no";
        let tables = tables(text);
        let rows: Vec<Vec<u32>> = tables
            .iter()
            .map(|table| table.rows.iter().map(|(row, _)| *row).collect())
            .collect();
        assert_eq!(rows, [vec![5, 7, 8], vec![12, 14]]);
        assert_eq!(tables[1].rows[1].1, ["R3.x", "no"]);
    }
}
