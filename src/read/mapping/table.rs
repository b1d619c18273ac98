//! A `[[table]]` of a mapping: what it says of one file, checked against the columns that exist.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use encoding_rs::Encoding;
use serde::Deserialize;

use super::{Holds, TableSpec, canonical_columns};
use crate::diagnostic::did_you_mean;
use crate::lang::{Text, both, say};
use crate::policy::Policy;
use crate::read::assume::Words;
use crate::read::cells;
use crate::read::fields::{ColumnMap, normal_heading};
use crate::read::words::ValueMap;

/// A table as a mapping states it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::read) struct Table {
    of: Holds,
    /// In a format the name of such a file, in which `*` is anything.
    pub(in crate::read) file: PathBuf,
    sheet: Option<String>,
    encoding: Option<String>,
    delimiter: Option<String>,
    #[serde(default)]
    skip_rows: u32,
    date_format: Option<String>,
    #[serde(default)]
    decimal_comma: bool,
    code_prefix: Option<String>,
    #[serde(default)]
    fills: bool,
    #[serde(default)]
    split: Vec<String>,
    #[serde(default)]
    columns: BTreeMap<String, String>,
    #[serde(default)]
    values: BTreeMap<String, BTreeMap<String, String>>,
    #[serde(default)]
    constants: BTreeMap<String, String>,
    #[serde(default)]
    only: BTreeMap<String, Words>,
    #[serde(default)]
    combine: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    pub(in crate::read) join: Vec<Joined>,
    /// What shows that a file is this table; for formats alone.
    pub(in crate::read) recognise: Option<Recognise>,
}

/// Another file whose cells a table takes over.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::read) struct Joined {
    pub(in crate::read) file: PathBuf,
    sheet: Option<String>,
    /// Heading here = heading there: cells that have to be the same.
    on: BTreeMap<String, String>,
    /// Heading that it gets here = heading there.
    columns: BTreeMap<String, String>,
    /// Whether rows that find none there are as they should be.
    #[serde(default)]
    pub(in crate::read) optional_match: bool,
}

/// What shows that a file is a table of a format.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::read) struct Recognise {
    /// Headings that it has.
    pub(in crate::read) needs: Vec<String>,
    /// Headings that it has not.
    #[serde(default)]
    pub(in crate::read) lacks: Vec<String>,
    /// Whether nobody needs to be told that it is missing.
    #[serde(default)]
    pub(in crate::read) optional: bool,
}

/// Another file whose cells a table takes over, to be read.
#[derive(Debug)]
pub(in crate::read) struct Join {
    /// The file; what its columns mean plays no part.
    pub(in crate::read) spec: TableSpec,
    /// Heading here, heading there: cells that have to be the same.
    pub(in crate::read) on: Vec<[String; 2]>,
    /// Heading that it gets here, heading there.
    pub(in crate::read) columns: Vec<[String; 2]>,
    /// Whether nobody needs to be told that a row finds none there.
    pub(in crate::read) is_optional: bool,
    /// Whether a register in a known format lacks the file; its cells are blank then.
    pub(in crate::read) is_missing: bool,
}

/// What is done to the rows of a table before they are read.
#[derive(Debug, Default)]
pub(in crate::read) struct Preparation {
    /// Headings and the words, one of which has to be in the cell.
    pub(in crate::read) only: Vec<(String, Vec<String>)>,
    /// New headings and those whose cells each has.
    pub(in crate::read) combine: Vec<(String, Vec<String>)>,
    pub(in crate::read) joins: Vec<Join>,
}

impl Preparation {
    /// The headings of the file that it looks at.
    pub(in crate::read) fn headings(&self) -> impl Iterator<Item = &str> {
        let only = self.only.iter().map(|(heading, _)| heading);
        let combined = self.combine.iter().flat_map(|(_, headings)| headings);
        let on = self
            .joins
            .iter()
            .flat_map(|join| join.on.iter().map(|[here, _]| here));
        only.chain(combined).chain(on).map(String::as_str)
    }

    /// Whether there is nothing to do.
    pub(in crate::read) fn is_empty(&self) -> bool {
        self.only.is_empty() && self.combine.is_empty() && self.joins.is_empty()
    }
}

impl Joined {
    fn check(&self, directory: &Path) -> Join {
        let name = self.file.display().to_string();
        let spec = TableSpec::canonical(Holds::Parties, directory.join(&self.file), name);
        let pairs = |pairs: &BTreeMap<String, String>| {
            let pairs = pairs.iter();
            pairs
                .map(|(here, there)| [here.clone(), there.clone()])
                .collect()
        };
        Join {
            spec: TableSpec {
                sheet: self.sheet.clone(),
                ..spec
            },
            on: pairs(&self.on),
            columns: pairs(&self.columns),
            is_optional: self.optional_match,
            is_missing: false,
        }
    }
}

impl Table {
    /// Leaves out what a pack or a file with these headings does not have, because a format cannot know either.
    pub(in crate::read) fn fitted(mut self, policy: &Policy, headings: &[String]) -> Table {
        let canonical = canonical_columns(self.of, policy);
        let is_there = |heading: &String| {
            let normal = normal_heading(heading);
            headings.iter().any(|there| normal_heading(there) == normal)
        };
        for headings in self.combine.values_mut() {
            headings.retain(&is_there);
        }
        self.join.retain(|joined| joined.on.keys().all(&is_there));
        let joined = self.join.iter().flat_map(|joined| joined.columns.keys());
        let added: Vec<&String> = self.combine.keys().chain(joined).collect();
        self.columns.retain(|column, heading| {
            canonical.contains(column) && (is_there(heading) || added.contains(&&*heading))
        });
        self.values.retain(|column, _| canonical.contains(column));
        self.constants
            .retain(|column, _| canonical.contains(column));
        self
    }

    /// The table to read; its file is in a directory.
    pub(in crate::read) fn check(
        self,
        directory: &Path,
        policy: &Policy,
    ) -> Result<TableSpec, Text> {
        self.check_columns(policy)?;
        self.check_preparation()?;
        let label = |label: &String| {
            Encoding::for_label_no_replacement(label.as_bytes()).ok_or(both!(
                "`{label}` is not an encoding",
                "“{label}”不是编码名称"
            ))
        };
        let one_byte = |delimiter: &String| match delimiter.as_bytes() {
            &[byte] if byte.is_ascii() && !matches!(byte, b'"' | b'\r' | b'\n') => Ok(byte),
            _ => Err(both!(
                "the delimiter `{delimiter}` is not one ASCII character",
                "分隔符“{delimiter}”不是单个 ASCII 字符"
            )),
        };
        if let Some(format) = self.date_format.as_ref().filter(|format| !is_date(format)) {
            return Err(both!(
                "the date_format `{format}` gives no date: write it as %d.%m.%Y",
                "date_format“{format}”不能给出日期：请写成 %d.%m.%Y 的形式"
            ));
        }
        let joins = self.join.iter().map(|joined| joined.check(directory));
        let listed = |(heading, words): (String, Words)| {
            (heading, words.iter().map(str::to_owned).collect())
        };
        let only = self.only.into_iter();
        let values = self.values.iter();
        Ok(TableSpec {
            holds: self.of,
            path: directory.join(&self.file),
            name: self.file.display().to_string(),
            sheet: self.sheet,
            content: None,
            encoding: self.encoding.as_ref().map(label).transpose()?,
            delimiter: self.delimiter.as_ref().map(one_byte).transpose()?,
            skip_rows: self.skip_rows,
            date_format: self.date_format,
            decimal_comma: self.decimal_comma,
            fills: self.fills,
            is_shared: false,
            is_known: self.recognise.is_some(),
            split: self.split,
            preparation: Preparation {
                only: only.map(listed).collect(),
                combine: self.combine.into_iter().collect(),
                joins: joins.collect(),
            },
            map: ColumnMap {
                columns: self.columns,
                values: values
                    .map(|(column, words)| (column.clone(), ValueMap::new(words)))
                    .collect(),
                constants: self.constants,
                code_prefix: self.code_prefix,
            },
        })
    }

    /// Checks that the columns which it names exist, and may be split where it says so.
    fn check_columns(&self, policy: &Policy) -> Result<(), Text> {
        let canonical = canonical_columns(self.of, policy);
        let named = self.columns.keys().chain(self.values.keys());
        for column in named.chain(self.constants.keys()) {
            if !canonical.contains(column) {
                let holds = self.of.as_str();
                return Err(Text::said(|lang| {
                    let hint = did_you_mean(column, canonical.iter().map(String::as_str), lang);
                    say!(
                        lang,
                        "a table of {holds} has no column `{column}`{hint}",
                        "{holds} 表没有“{column}”列{hint}"
                    )
                }));
            }
        }
        let may_split: &[&str] = match self.of {
            Holds::Relationships => &["customer", "supplier"],
            Holds::Ownership => &["party", "owner"],
            Holds::Parties | Holds::Evidence => &[],
        };
        let unfit = |column: &&String| !may_split.contains(&column.as_str());
        match self.split.iter().find(unfit) {
            None => Ok(()),
            Some(column) => Err(both!(
                "`split` is for customer and supplier of relationships and for party and owner of ownership, not `{column}`",
                "split 只用于 relationships 表的 customer、supplier 和 ownership 表的 party、owner，不能用于“{column}”"
            )),
        }
    }

    /// Checks that what is done to its rows is something: without cells to compare, every row would find all others.
    fn check_preparation(&self) -> Result<(), Text> {
        let without_words = self
            .only
            .iter()
            .find(|(_, words)| words.iter().next().is_none());
        if let Some((heading, _)) = without_words {
            return Err(both!(
                "`only` has no words for `{heading}`, so that every row would be left out",
                "only 未给“{heading}”列任何词，所有行都会被略去"
            ));
        }
        // Of a format, headings that the file lacks were left out.
        let is_format = self.recognise.is_some();
        let without_headings = self.combine.iter().find(|(_, several)| several.is_empty());
        if let Some((heading, _)) = without_headings.filter(|_| !is_format) {
            return Err(both!(
                "`combine` has no columns for `{heading}`",
                "combine 未给“{heading}”任何列"
            ));
        }
        let mut joins = self.join.iter();
        if let Some(join) = joins.find(|join| join.on.is_empty() || join.columns.is_empty()) {
            let file = join.file.display().to_string();
            return Err(both!(
                "the join of `{file}` needs `on` and `columns`, each with a column",
                "与“{file}”的 join 须在 on 和 columns 中各写至少一列"
            ));
        }
        match self.fills && self.of != Holds::Parties {
            false => Ok(()),
            true => Err(both!(
                "`fills` is for tables of parties",
                "fills 只用于 parties 表"
            )),
        }
    }
}

/// Whether a date that is written so can be read again.
fn is_date(format: &str) -> bool {
    let date = jiff::civil::date(2001, 2, 3);
    let written = date
        .to_zoned(jiff::tz::TimeZone::UTC)
        .and_then(|day| jiff::fmt::strtime::format(format, &day));
    written.is_ok_and(|text| cells::formatted(&text, format) == Some(date))
}
