//! What can be typed behind `letter`.

use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueEnum};

use super::{Common, date};

#[derive(Debug, Clone, ClapArgs)]
pub(crate) struct Letter {
    /// Directory, workbook, zip, files in a known format, or register.toml
    pub(crate) register: PathBuf,
    /// Suppliers to write to, by id or name
    #[arg(required_unless_present = "all")]
    pub(crate) party: Vec<String>,
    /// Write to every supplier of the sender that anything reaches
    #[arg(long, conflicts_with = "party")]
    pub(crate) all: bool,
    /// In whose name, by id or name [default: the supplier's customer, if it has one only]
    #[arg(long, value_name = "PARTY")]
    pub(crate) from: Option<String>,
    /// Directory to write letters/ and the internal letters.md to; created if missing
    #[arg(long, short, value_name = "DIR", required = true)]
    pub(crate) output: PathBuf,
    /// Language of the letters [default: as --lang]
    #[arg(long = "in", value_enum, value_name = "LANGUAGE")]
    pub(crate) written_in: Option<LetterLanguage>,
    /// Who reviewed the letters, where the pack asks for a review; stands in letters.md, not in the letters
    #[arg(long, value_name = "NAME", value_parser = name)]
    pub(crate) reviewed_by: Option<String>,
    /// Day by which to answer, YYYY-MM-DD [default: 30 days from the day of the letters]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) by: Option<jiff::civil::Date>,
    /// Day of the assessment and of the letters, YYYY-MM-DD [default: today]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) as_of: Option<jiff::civil::Date>,
    #[command(flatten)]
    pub(crate) common: Common,
}

/// The languages of a letter, as they are typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum LetterLanguage {
    /// English
    En,
    /// 简体中文
    Zh,
    /// English and 简体中文, side by side
    Both,
}

fn name(text: &str) -> Result<String, &'static str> {
    let name = text.trim();
    (!name.is_empty())
        .then(|| name.to_owned())
        .ok_or("write a name")
}
