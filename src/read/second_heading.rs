//! A second row of headings below the first: in another language, or labels below codes.

use super::draft::Words;
use super::fields::normal_heading;
use super::mapping::TableSpec;
use super::records::{Record, Records};
use super::workbook::names::needed;
use crate::policy::Policy;

/// A row below the heading that looks like one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SecondHeading {
    pub(super) row: u32,
    /// The cells that are headings, in short.
    pub(super) cells: String,
    /// Whether it cannot be anything else.
    pub(super) is_certain: bool,
}

/// Looks at the row below the heading, in the first part of a text.
pub(super) fn find(
    text: &str,
    delimiter: u8,
    spec: &TableSpec,
    policy: &Policy,
) -> Option<SecondHeading> {
    let mut records = Records::new(text, delimiter);
    records.skip_rows(spec.skip_rows);
    let headings: Vec<String> = records.next()?.iter().map(str::to_owned).collect();
    let second = records.next()?;
    if !may_be_heading(&second, &headings) {
        return None;
    }
    let words = Words::new(policy);
    let columns = headings.iter().map(|heading| column_of(heading, spec));
    let columns: Vec<String> = columns.collect();
    let is_heading = |position: usize, cell: &str| {
        let column = columns.get(position).map_or("", String::as_str);
        is_repeated(&headings, position, cell) || words.stands_for(cell, column, spec.holds)
    };
    let cells = || {
        (0..)
            .zip(second.iter())
            .filter(|(_, cell)| !cell.is_empty())
    };
    let known: Vec<(usize, &str)> = cells()
        .filter(|(position, cell)| is_heading(*position, cell))
        .collect();
    if known.len() < 2 || 2 * known.len() < cells().count() {
        return None;
    }
    let is_needed = |position: usize| {
        let column = columns.get(position).map_or("", String::as_str);
        column == "id" || needed(spec.holds).contains(&column)
    };
    // Parties may be called client and vendor: two such words are no proof.
    let is_telling = |(position, cell): &(usize, &str)| {
        !cell.is_ascii() || is_repeated(&headings, *position, cell)
    };
    let is_certain = known.iter().any(|(position, _)| is_needed(*position))
        && cells().all(|(position, cell)| !is_needed(position) || is_heading(position, cell))
        && (known.len() > 2 || known.iter().all(is_telling));
    let shown: Vec<&str> = known.iter().take(3).map(|(_, cell)| *cell).collect();
    Some(SecondHeading {
        row: second.row,
        cells: shown.join(", "),
        is_certain,
    })
}

/// Whether it is worth looking up what the cells mean: most rows of data have a number or an id.
fn may_be_heading(record: &Record, headings: &[String]) -> bool {
    let ends_in_digit = |cell: &str| cell.as_bytes().last().is_some_and(u8::is_ascii_digit);
    let mut cells = (0..).zip(record.iter());
    cells.all(|(position, cell)| !ends_in_digit(cell) || is_repeated(headings, position, cell))
}

fn is_repeated(headings: &[String], position: usize, cell: &str) -> bool {
    let heading = headings.get(position);
    heading.is_some_and(|heading| normal_heading(heading) == normal_heading(cell))
}

/// The column of the register that a heading gives; what it says itself where the mapping does not name it.
fn column_of(heading: &str, spec: &TableSpec) -> String {
    let normal = normal_heading(heading);
    let mut mapped = spec.map.columns.iter();
    let found = mapped.find(|(_, heading)| normal_heading(heading) == normal);
    found.map_or(normal, |(column, _)| column.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::packs;
    use crate::read::mapping::Holds;

    #[test]
    fn only_rows_of_headings_are_taken_for_one() {
        let (id, source) = packs::embedded()[0];
        let policy = Policy::parse(source, id).unwrap();
        let parties = "id,name,country,kind\n";
        let links = "id,customer,supplier,starts\n";
        let (yes, perhaps, no) = (Some(true), Some(false), None);
        for (heading, row, expected) in [
            (parties, "供应商编号,供应商名称,国家,类型", yes),
            (parties, "Supplier ID,Supplier name,Country,", yes),
            (parties, "id,name,country,kind", yes),
            (parties, "ID,Name,x,y", yes),
            (parties, ",供应商名称,国家,", yes),
            (parties, "\n编号,名称,国家,类型", yes),
            (parties, "supplier,Supplier,CN,", no),
            (parties, "company,Company,CN,", no),
            (parties, "编号,云河,国家,", perhaps),
            (parties, "name,id,kind,country", no),
            (parties, "host,供应商,国家,", perhaps),
            (parties, "host,Host,CN,", no),
            (parties, "文本,文本,代码,", no),
            (links, "关系编号,采购单位,供应商,开始日期", yes),
            (links, ",客户,供应商,", yes),
            (links, ",client,vendor,", perhaps),
            (links, "R1,客户,供应商,开始日期", no),
            (links, ",江岸银行,供应商,开始日期", perhaps),
            (links, ",bank,host,", no),
            (links, "", no),
        ] {
            let holds = match heading == parties {
                true => Holds::Parties,
                false => Holds::Relationships,
            };
            let spec = TableSpec::canonical(holds, "t.csv".into(), "t.csv".to_owned());
            let found = find(&format!("{heading}{row}\na,b,c,d\n"), b',', &spec, &policy);
            let found = found.map(|second| second.is_certain);
            assert_eq!(found, expected, "{row}");
        }
    }
}
