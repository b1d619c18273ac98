//! Each known format has a page that says what becomes of its columns.

use std::collections::BTreeSet;

use ciiflow::lang::Lang;
use ciiflow::read::Format;

use super::{document, marked, root};

#[test]
fn files_shown_on_the_pages_of_formats_are_those_in_the_tests() {
    for format in ["dora-roi", "gleif"] {
        let shown = marked(&document(&format!("docs/formats/{format}.md")), "file");
        assert_eq!(shown.len(), 1, "{format}");
        for (file, text) in shown {
            assert_eq!(document(&file), text, "{file}");
        }
    }
}

/// What stands between marks of code.
fn code(cell: &str) -> Vec<String> {
    let parts = cell.split('`').skip(1).step_by(2);
    parts.map(str::to_owned).collect()
}

/// A file, or blank where its name may be any; a heading; and the column that it becomes, or a constant.
type Becomes = BTreeSet<[String; 3]>;

/// What a page says becomes of a format's columns.
fn told(page: &str) -> Becomes {
    let (_, table) = page
        .split_once("| File | Column | Becomes |\n|---|---|---|\n")
        .unwrap();
    let rows = table.lines().take_while(|line| line.starts_with('|'));
    let told = rows.map(|row| {
        let cells: Vec<&str> = row.split('|').collect();
        let [_, file, column, becomes, _] = cells.as_slice() else {
            panic!("three cells: {row}")
        };
        let headings = code(column).join(", ");
        let becomes = match (headings.is_empty(), code(becomes)) {
            (false, words) => words[0].clone(),
            (true, words) => format!("{} = {}", words[0], words[1]),
        };
        [code(file).concat(), headings, becomes]
    });
    told.collect()
}

/// What the mapping of a format says becomes of them.
fn mapped(mapping: &toml::Table) -> Becomes {
    let text = |value: &toml::Value| value.as_str().unwrap().to_owned();
    let of = |value: &toml::Value, key: &str| -> toml::Table {
        let part = value.get(key).and_then(toml::Value::as_table);
        part.cloned().unwrap_or_default()
    };
    let named = |value: &toml::Value| {
        let file = text(&value["file"]);
        let is_any = file.contains('*');
        if is_any { String::new() } else { file }
    };
    let mut found = BTreeSet::new();
    for table in mapping["table"].as_array().unwrap() {
        let joins = table.get("join").and_then(toml::Value::as_array);
        let joins = joins.cloned().unwrap_or_default();
        for (column, heading) in of(table, "columns") {
            let heading = text(&heading);
            let joined = joins.iter().find_map(|join| {
                let there = join["columns"].get(&heading)?;
                Some([named(join), text(there), column.clone()])
            });
            found.insert(joined.unwrap_or([named(table), heading, column]));
        }
        for (column, cell) in of(table, "constants") {
            let constant = format!("{column} = {}", text(&cell));
            found.insert([named(table), String::new(), constant]);
        }
    }
    found
}

/// The words of a format that mean something, with what they mean, as a row of its page has them.
fn words(mapping: &toml::Table) -> Vec<[String; 2]> {
    let tables = mapping["table"].as_array().unwrap().iter();
    let values = tables.filter_map(|table| table.get("values")?.as_table());
    let words = values.flat_map(|values| values.values().filter_map(toml::Value::as_table));
    let pairs = words.flatten().map(|(word, cell)| {
        let cell = cell.as_str().unwrap();
        [word.clone(), cell.to_owned()]
    });
    pairs.filter(|[_, cell]| !cell.is_empty()).collect()
}

#[test]
fn every_format_has_a_page_that_says_what_becomes_of_it() {
    let index = document("docs/formats/README.md");
    let rows: Vec<&str> = index.lines().filter(|line| line.contains("](")).collect();
    let mut expected = Vec::new();
    for format in Format::all() {
        let (id, title, reads) = (format.id(), format.title(), format.reads());
        for text in [&title, &reads] {
            let [en, zh] = [Lang::En, Lang::Zh].map(|lang| text.get(lang));
            assert!(!en.is_empty() && !zh.is_empty(), "{id}");
        }
        assert_ne!(reads.get(Lang::En), reads.get(Lang::Zh), "{id}");
        let [title, reads] = [title, reads].map(|text| text.get(Lang::En).to_owned());
        expected.push(format!("| [{title}]({id}.md) | `{id}` | {reads} |"));

        let page = document(&format!("docs/formats/{id}.md"));
        assert!(
            page.starts_with(&format!("# {title}\n\nId `{id}`.")),
            "{id}"
        );
        for heading in [
            "How it is recognised",
            "What becomes what",
            "What is left unknown, and why",
            "Traps",
        ] {
            assert!(
                page.contains(&format!("\n## {heading}\n")),
                "{id}: {heading}"
            );
        }
        let mapping: toml::Table = toml::from_str(format.toml).unwrap();
        assert_eq!(told(&page), mapped(&mapping), "the page of {id}");
        for [word, cell] in words(&mapping) {
            let has = |line: &str| [&word, &cell].iter().all(|text| code(line).contains(text));
            let is_there = page.lines().any(|line| line.starts_with('|') && has(line));
            assert!(
                is_there,
                "the page of {id} does not say that {word} is {cell}"
            );
        }

        // The workbook is made by the test, because it is no text.
        let fixture = match id {
            "ciso-assistant" => format!("tests/cli/snapshots/cli__formats__format_{id}.snap"),
            _ => format!("tests/formats/{id}"),
        };
        assert!(root().join(&fixture).exists(), "{fixture}");
    }
    let listed: Vec<&str> = rows
        .into_iter()
        .filter(|row| row.starts_with("| ["))
        .collect();
    assert_eq!(listed, expected, "the index has the formats in their order");
}
