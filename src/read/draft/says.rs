//! The sentences of a draft.

use super::columns::{Choice, Doubt};
use super::sample::{Column, Sample};
use super::toml_text::plain;
use crate::lang::{Lang, grouped, say};

/// What separates the items of a list.
pub(super) fn comma(lang: Lang) -> &'static str {
    match lang {
        Lang::En => ", ",
        Lang::Zh => "、",
    }
}

/// A few cells of a column.
pub(super) fn examples(column: &Column, lang: Lang) -> String {
    const FEW: usize = 2;
    let shown: Vec<String> = column.examples(FEW).map(plain).collect();
    match shown.is_empty() {
        true => say!(lang, "all cells are blank", "全部空白"),
        false => shown.join(" | "),
    }
}

/// How many rows were looked at.
pub(super) fn rows(sample: &Sample, lang: Lang) -> String {
    let count = grouped(sample.rows);
    match sample.is_whole {
        true => say!(lang, "{count} rows", "{count} 行"),
        false => say!(
            lang,
            "the first {count} rows were looked at",
            "只看了前 {count} 行"
        ),
    }
}

/// Why a column may be another one than it looks.
pub(super) fn doubt(doubt: Doubt, choice: &Choice, lang: Lang) -> String {
    let canonical = choice.canonical.as_str();
    match doubt {
        Doubt::Heading => say!(lang, "the heading says it only in part", "表头只是部分相符"),
        Doubt::Side => say!(
            lang,
            "the heading does not say whose it is, the customer's or the supplier's",
            "表头没有说明属于采购方还是供应商"
        ),
        Doubt::Cells => say!(
            lang,
            "hardly any cell can be read as `{canonical}`",
            "几乎没有单元格可读作“{canonical}”"
        ),
        Doubt::Repeats => say!(
            lang,
            "its cells repeat or are blank; rows without an id of their own would be set aside",
            "其单元格有重复或空白；没有各自标识的行会被搁置"
        ),
        Doubt::Other => say!(
            lang,
            "another column was taken for `{canonical}`",
            "已将另一列作为“{canonical}”"
        ),
        Doubt::Join => say!(
            lang,
            "left out, because the tables name parties by another column",
            "未采用，因为各表用另一列指称主体"
        ),
    }
}
