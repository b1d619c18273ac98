//! What a sheet holds, by its name, else by its headings.

use crate::read::fields::normal_heading;
use crate::read::mapping::Holds;

/// Names of sheets, without case, blanks and signs; more words are added here and nowhere else.
const NAMES: [(Holds, &[&str]); 3] = [
    (
        Holds::Parties,
        &[
            "party",
            "parties",
            "thirdparties",
            "supplier",
            "suppliers",
            "vendor",
            "vendors",
            "partner",
            "partners",
            "company",
            "companies",
            "entities",
            "counterparties",
            "organisations",
            "organizations",
            "主体",
            "主体信息",
            "供应商",
            "供应商信息",
            "合格供应商",
            "供方",
            "厂商",
            "单位",
            "机构",
            "企业",
            "公司",
            "合作方",
            "合作伙伴",
            "第三方",
            "相关方",
        ],
    ),
    (
        Holds::Relationships,
        &[
            "relationship",
            "relationships",
            "relations",
            "contract",
            "contracts",
            "agreements",
            "engagements",
            "deliveries",
            "supplies",
            "supplychain",
            "关系",
            "供应关系",
            "供应链",
            "供应链关系",
            "合作关系",
            "合同",
            "合同信息",
            "采购合同",
            "服务合同",
            "协议",
            "采购",
        ],
    ),
    (
        Holds::Evidence,
        &[
            "evidence",
            "evidences",
            "proof",
            "proofs",
            "documents",
            "attestations",
            "证据",
            "证据材料",
            "证明",
            "证明材料",
            "凭证",
            "佐证材料",
        ],
    ),
];

/// Words that may stand behind a name and say nothing of what the sheet holds.
const SUFFIXES: [&str; 9] = [
    "list", "register", "table", "台账", "清单", "名单", "列表", "一览", "表",
];

/// The columns without which a table of this kind cannot be read.
pub(in crate::read) fn needed(holds: Holds) -> &'static [&'static str] {
    match holds {
        Holds::Parties => &["name"],
        Holds::Relationships => &["customer", "supplier"],
        Holds::Ownership => &["party", "owner"],
        Holds::Evidence => &["party", "obligation"],
    }
}

/// What a sheet of this name and with these first rows holds, if either tells.
///
/// A name gives way where only another kind of table fits the headings: a sheet `Suppliers` with customers and
/// suppliers in it is a flat table.
pub(in crate::read) fn recognise(name: &str, rows: &[Vec<String>]) -> Option<Holds> {
    let by_headings = rows.iter().find_map(|row| by_headings(row));
    let Some(by_name) = by_name(name) else {
        return by_headings;
    };
    let fits = rows.iter().any(|row| has_all(row, needed(by_name)));
    match by_headings {
        Some(other) if !fits => Some(other),
        _ => Some(by_name),
    }
}

fn by_name(name: &str) -> Option<Holds> {
    let normal: String = name
        .to_lowercase()
        .chars()
        .filter(|c| c.is_alphabetic())
        .collect();
    let mut word = normal.as_str();
    loop {
        let found = NAMES.iter().find(|(_, names)| names.contains(&word));
        if let Some((holds, _)) = found {
            return Some(*holds);
        }
        word = SUFFIXES
            .iter()
            .find_map(|suffix| word.strip_suffix(suffix))?;
    }
}

fn by_headings(row: &[String]) -> Option<Holds> {
    [
        (Holds::Relationships, needed(Holds::Relationships)),
        (Holds::Evidence, needed(Holds::Evidence)),
        // A column `name` alone is in many a sheet that has nothing to do with a register.
        (Holds::Parties, &["id", "name"]),
    ]
    .into_iter()
    .find_map(|(holds, needed)| has_all(row, needed).then_some(holds))
}

/// Whether the row has all these headings.
pub(super) fn has_all(row: &[String], headings: &[impl AsRef<str>]) -> bool {
    headings.iter().all(|heading| {
        let is_it = |cell: &String| normal_heading(cell) == heading.as_ref();
        row.iter().any(is_it)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_are_recognised_by_name_then_by_headings() {
        let (parties, links, evidence) = (
            Some(Holds::Parties),
            Some(Holds::Relationships),
            Some(Holds::Evidence),
        );
        for (name, headings, holds) in [
            ("Suppliers", "id name", parties),
            ("VENDOR LIST", "", parties),
            ("供应商清单", "x", parties),
            ("供应商 (2026)", "", parties),
            ("合同台账", "编号", links),
            ("Contracts_2025", "customer supplier", links),
            ("证据", "", evidence),
            ("Suppliers", "Customer Supplier", links),
            ("Sheet1", "customer supplier", links),
            ("Sheet1", "ID Name country", parties),
            ("Sheet1", "party obligation", evidence),
            ("Sheet1", "name", None),
            ("Notes", "", None),
            ("2026", "", None),
        ] {
            let row = headings.split(' ').map(str::to_owned).collect();
            assert_eq!(recognise(name, &[row]), holds, "{name}: {headings}");
        }
    }
}
