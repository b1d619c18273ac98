use std::sync::LazyLock;

use proptest::prelude::*;

use super::*;
use crate::policy::packs;

/// Headings of every kind of table, and such as no table should have.
const HEADINGS: [&str; 34] = [
    "id",
    "name",
    "customer",
    "supplier",
    "party",
    "obligation",
    "country",
    "sector",
    "status",
    "Buyer",
    "Vendor name",
    "Vendor code",
    "Supplier country",
    "Client country",
    "Contract no",
    "Start date",
    "End date",
    "Contract value (万元)",
    "Supplier",
    "SUPPLIER",
    "供应商编码",
    "供应商名称",
    "采购人",
    "合同编号",
    "行业",
    "供应商所属国家",
    "服务类型",
    "",
    "  ",
    "\"",
    "a\"b\\c",
    "line\nbreak",
    "tab\there",
    "Name of the vendor (old)",
];

const CELLS: [&str; 25] = [
    "",
    "A",
    "a",
    "B",
    "V1",
    "V2",
    "1",
    "1",
    "none",
    "unknown",
    "CN",
    "中国",
    "Atlantis",
    "yes",
    "是",
    "01/02/2025",
    "31/12/2025",
    "2025-01-01",
    "1/2/25",
    "7.160,69",
    "7,160.69",
    "x;y|z",
    "\"q\" \\",
    "two\nlines",
    "=1+1",
];

static POLICY: LazyLock<Policy> = LazyLock::new(|| {
    let (id, source) = packs::embedded()[0];
    Policy::parse(source, id).unwrap()
});

fn line(cells: &[&str], delimiter: char) -> String {
    let quoted = cells
        .iter()
        .map(|cell| format!("\"{}\"", cell.replace('"', "\"\"")));
    quoted.collect::<Vec<_>>().join(&delimiter.to_string()) + "\n"
}

fn table() -> impl Strategy<Value = (String, String)> {
    let row = |words: &'static [&str]| prop::collection::vec(prop::sample::select(words), 1..7);
    (
        prop::sample::select(vec![
            "contracts.csv",
            "vendors.csv",
            "evidence.csv",
            "供应商.csv",
            "x y.csv",
        ]),
        prop::sample::select(vec![',', ';', '\t', '|']),
        prop::sample::select(vec!["", "\n", "A title\n", ",,,\n"]),
        row(&HEADINGS),
        prop::collection::vec(row(&CELLS), 0..8),
    )
        .prop_map(|(name, delimiter, title, headings, rows)| {
            let rows: String = rows.iter().map(|row| line(row, delimiter)).collect();
            (
                name.to_owned(),
                format!("{title}{}{rows}", line(&headings, delimiter)),
            )
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn a_draft_of_anything_is_a_mapping_and_runs_if_it_has_relationships(
        tables in prop::collection::vec(table(), 1..4),
    ) {
        let policy = &*POLICY;
        let directory = tempfile::tempdir().unwrap();
        for (name, text) in &tables {
            std::fs::write(directory.path().join(name), text).unwrap();
        }
        let files = files(&[directory.path().to_owned()]).unwrap();
        for lang in [Lang::En, Lang::Zh] {
            let drafted = || draft(&files, directory.path(), policy, None, lang).unwrap();
            let found = drafted();
            prop_assert_eq!(&found.text, &drafted().text);
            let parsed = toml::from_str::<toml::Table>(&found.text);
            prop_assert!(parsed.is_ok(), "{:?}\n{}", parsed, found.text);
            std::fs::write(directory.path().join("register.toml"), &found.text).unwrap();
            let read = crate::read::read(directory.path(), policy, &[]);
            prop_assert_eq!(read.is_ok(), found.has_relationships, "{:?}\n{}", read.err(), found.text);
            if found.has_relationships {
                let report = read.unwrap().tables;
                for drafted in found.tables.iter().filter(|table| table.holds.is_some()) {
                    let same = report.iter().find(|table| table.file == drafted.file).unwrap();
                    prop_assert_eq!(same.rows, drafted.rows, "{}", found.text);
                    let read = |column: &ReadColumn| same.columns.iter().any(|other| other == column);
                    prop_assert!(drafted.columns.iter().all(read), "{:?}\n{}", same.columns, found.text);
                    prop_assert_eq!(same.columns.iter().filter(|column| column.heading.is_some()).count(), drafted.columns.len(), "{}", found.text);
                }
            }
        }
    }
}
