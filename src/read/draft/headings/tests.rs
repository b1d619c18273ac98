use super::*;
use crate::policy::packs;

fn words() -> Words {
    let (id, source) = packs::embedded()[0];
    Words::new(&Policy::parse(source, id).unwrap())
}

fn found(words: &Words, heading: &str, taken: Taken) -> String {
    let candidates = words.candidates(heading, taken);
    let shown = candidates.iter().map(|candidate| {
        let mark = match (candidate.is_whole, candidate.is_sideless) {
            (true, false) => "",
            (true, true) => "~",
            (false, _) => "?",
        };
        let id = if candidate.by_id { "#" } else { "" };
        format!("{}{id}{mark}", candidate.column)
    });
    shown.collect::<Vec<_>>().join(" ")
}

#[test]
fn headings_of_relationships() {
    let words = words();
    let taken = Taken {
        holds: Holds::Relationships,
        only: None,
    };
    for (heading, expected) in [
        ("Customer", "customer"),
        ("end-user-entity_en", "customer"),
        ("supplier-legal-name", "supplier"),
        ("SupplierName*", "supplier"),
        ("Ｓｕｐｐｌｉｅｒ　Ｎａｍｅ", "supplier"),
        ("supplier-address-country", "supplier.country"),
        ("Country of the supplier", "supplier.country"),
        ("Buyer's country", "customer.country"),
        ("供应商国家", "supplier.country"),
        ("供应商所属行业", "supplier.sector"),
        ("采购人", "customer"),
        ("中标供应商", "supplier"),
        ("中标金额（万元）", "amount"),
        ("中标金额(暂定)", "amount?"),
        ("合同 编号", "contract"),
        ("供应商编码", "supplier#"),
        ("SupplierNumber", "supplier#"),
        ("Contractual arrangement reference number", "contract"),
        ("Recipient of sub-contracted ICT services", "customer"),
        ("Country", "supplier.country~"),
        ("Name of our vendor", "supplier?"),
        ("Kind of supply", "kind"),
        ("數量", ""),
        ("x", ""),
        ("", ""),
        ("***", ""),
    ] {
        assert_eq!(found(&words, heading, taken), expected, "{heading}");
    }
}

#[test]
fn headings_of_other_tables() {
    let words = words();
    let supplier = Some(Side::Supplier);
    for (holds, only, heading, expected) in [
        (Holds::Parties, None, "供应商名称", "name"),
        (Holds::Parties, None, "供应商编码", "id"),
        (Holds::Parties, None, "Vendor country", "country"),
        (Holds::Parties, None, "所属行业", "sector"),
        (Holds::Parties, None, "认定状态", "cii_status"),
        (Holds::Evidence, None, "义务", "obligation"),
        (Holds::Relationships, supplier, "name", "supplier"),
        (
            Holds::Relationships,
            supplier,
            "country",
            "supplier.country",
        ),
        (Holds::Relationships, supplier, "行业", "supplier.sector"),
    ] {
        let taken = Taken { holds, only };
        assert_eq!(found(&words, heading, taken), expected, "{heading}");
    }
}

#[test]
fn a_heading_stands_once_in_the_words_of_a_column() {
    let file: File = toml::from_str(include_str!("../headings.toml")).unwrap();
    for (holds, columns) in [
        (Holds::Parties, &file.parties),
        (Holds::Relationships, &file.relationships),
        (Holds::Evidence, &file.evidence),
    ] {
        for (column, headings) in columns {
            assert!(holds.columns().contains(&column.as_str()), "{column}");
            let mut keys: Vec<String> = headings.iter().map(|heading| key(heading)).collect();
            keys.sort();
            for pair in keys.windows(2) {
                assert_ne!(pair[0], pair[1], "{column}");
            }
        }
    }
}
