//! What can be typed.

mod letter;
mod output;

use std::path::PathBuf;

use ciiflow::lang::Lang;
use ciiflow::view::Gate;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};

pub(crate) use letter::{Letter, LetterLanguage};
pub(crate) use output::Output;

/// Find which vendors and partners carry flow-through obligations, by which chain, and how sure that is.
///
/// REGISTER is a directory or zip with parties.csv and relationships.csv (and evidence.csv), a workbook with such sheets,
/// files in a known format, or a directory with a register.toml that maps other tables onto them. Everything stays on
/// this machine. Not legal advice.
#[derive(Debug, Parser)]
#[command(name = "ciiflow", version, propagate_version = true)]
#[command(after_help = "Examples:
  ciiflow analyze samples/cloud-partner --as-of 2026-11-01 -o out
  ciiflow explain samples/cloud-partner chichu data-handling")]
pub(crate) struct Args {
    /// Language of everything printed
    #[arg(long, value_enum, global = true, default_value_t = Language::En)]
    pub(crate) lang: Language,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Find every obligation of every party and write findings, clauses, report and chart
    #[command(after_help = "Examples:
  ciiflow analyze samples/cloud-partner --as-of 2026-11-01 -o out
  ciiflow analyze samples/cloud-partner --focus ostrevind -o focus
  ciiflow analyze samples/cloud-partner --policy cn-cii --lang zh -o out --write findings,report")]
    Analyze(Analyze),
    /// Only read a register and report every fault; exit 1 if there is any error or warning
    #[command(after_help = "Examples:
  ciiflow check samples/cloud-partner
  ciiflow check samples/canada-contracts/register.toml --as-of 2020-01-01 --lang zh")]
    Check(Check),
    /// Show why a party owes what it owes: its chains, the facts and the legal basis of each step
    #[command(after_help = "Examples:
  ciiflow explain samples/cloud-partner nephelis --as-of 2026-11-01
  ciiflow explain samples/cloud-partner chichu data-handling")]
    Explain(Explain),
    /// What to ask first, whom, and what each answer would change
    #[command(after_help = "Examples:
  ciiflow ask samples/cloud-partner --as-of 2026-11-01
  ciiflow ask samples/cloud-partner --focus ostrevind -o questions --lang zh")]
    Ask(Ask),
    /// Write to suppliers what reaches them by their own contracts, and ask for what shows it
    #[command(after_help = "Examples:
  ciiflow letter samples/cloud-partner halvoro --as-of 2026-11-01 --reviewed-by a.reviewer -o out
  ciiflow letter samples/cloud-partner --all --from ostrevind --in both --reviewed-by li -o out")]
    Letter(Letter),
    /// Write whatever was read as canonical CSV, from which it reads the same again
    #[command(after_help = "Examples:
  ciiflow convert samples/canada-contracts -o canonical
  ciiflow convert samples/cloud-partner --redact -o shared")]
    Convert(Convert),
    /// What enters, leaves and changes if something were otherwise
    #[command(after_help = "Examples:
  ciiflow what-if samples/cloud-partner --set bank-luming.cii_status=not-designated
  ciiflow what-if samples/cloud-partner --remove R09 -o delta
  ciiflow what-if samples/cloud-partner --add customer=grid-heyan,supplier=newco")]
    WhatIf(WhatIf),
    /// What enters, leaves and changes between two registers, or assessments that were kept
    #[command(after_help = "Examples:
  ciiflow diff samples/cloud-partner samples/cloud-partner --old-as-of 2026-01-01 -o delta
  ciiflow diff out/assessment.json samples/cloud-partner")]
    Diff(Diff),
    /// Draft a register.toml from the headings and cells of any tables, with what is unsure marked
    #[command(after_help = "Examples:
  ciiflow init samples/canada-contracts/contracts.csv -o draft.toml
  ciiflow init samples/cloud-partner -o -
  ciiflow init --list")]
    Init(Init),
    /// List, show or check policy packs
    #[command(after_help = "Examples:
  ciiflow policy show cn-cii
  ciiflow policy check samples/canada-contracts/policy.toml")]
    Policy {
        #[command(subcommand)]
        command: Policy,
    },
    /// Print a script that completes commands and options in a shell
    #[command(after_help = "Examples:
  ciiflow completions bash > ciiflow.bash
  ciiflow completions zsh > _ciiflow")]
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page, or write that of every command
    #[command(after_help = "Examples:
  ciiflow man > ciiflow.1
  ciiflow man -o man1")]
    Man {
        /// Directory to write a page for each command to; created if missing
        #[arg(long, short, value_name = "DIR")]
        output: Option<PathBuf>,
    },
}

/// Options that every reading of a register has.
#[derive(Debug, Clone, ClapArgs)]
pub(crate) struct Common {
    /// Policy pack: a file, or the id of an embedded pack [default: what register.toml names, else cn-cii]
    #[arg(long, value_name = "FILE|ID")]
    pub(crate) policy: Option<String>,
    /// Take every blank cell of a fact for this value; recorded in every output
    #[arg(long, value_name = "FACT=VALUE", value_parser = assumption)]
    pub(crate) assume: Vec<(String, String)>,
    /// Forms that suppliers filled in, or a directory of such: fill what the register leaves open; recorded in every output
    #[arg(long, value_name = "FILE")]
    pub(crate) answers: Vec<PathBuf>,
    /// Put stable pseudonyms for parties, relationships, contracts and documents, to share the results; FILE keeps them
    #[arg(long, value_name = "FILE", num_args = 0..=1, require_equals = true)]
    pub(crate) redact: Option<Option<PathBuf>>,
    /// End with exit 2 at any error or warning of the register
    #[arg(long)]
    pub(crate) strict: bool,
    /// Threads to work with [default: as many as there are processors]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=512))]
    pub(crate) threads: Option<u16>,
    /// Print no progress and no diagnostics
    #[arg(long, short)]
    pub(crate) quiet: bool,
    /// Print how long each stage took, and how much memory
    #[arg(long)]
    pub(crate) timings: bool,
}

#[derive(Debug, Clone, ClapArgs)]
pub(crate) struct Analyze {
    /// Directory, workbook, zip, files in a known format, or register.toml
    pub(crate) register: PathBuf,
    /// Directory to write results to; created if missing. Without it only the summary is printed
    #[arg(long, short, value_name = "DIR")]
    pub(crate) output: Option<PathBuf>,
    /// What to write
    #[arg(long, value_enum, value_delimiter = ',', default_values_t = Output::USUAL)]
    pub(crate) write: Vec<Output>,
    /// Day of the assessment, YYYY-MM-DD [default: today]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) as_of: Option<jiff::civil::Date>,
    /// Only what reaches this party and what it passes on, by id or name
    #[arg(long, value_name = "PARTY")]
    pub(crate) focus: Option<String>,
    /// End with exit 1 if there is any of these
    #[arg(long, value_delimiter = ',', value_name = "RULE", value_parser = gates())]
    pub(crate) fail_on: Vec<Gate>,
    /// Take the parties that the pack's screening proposes for possible operators; marked in every output
    #[arg(long)]
    pub(crate) screen: bool,
    #[command(flatten)]
    pub(crate) common: Common,
}

#[derive(Debug, Clone, ClapArgs)]
pub(crate) struct Check {
    /// Directory, workbook, zip, files in a known format, or register.toml
    pub(crate) register: PathBuf,
    /// Directory to write register-issues.csv and ciiflow.sarif to
    #[arg(long, short, value_name = "DIR")]
    pub(crate) output: Option<PathBuf>,
    /// Day on which evidence is looked at, YYYY-MM-DD [default: today]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) as_of: Option<jiff::civil::Date>,
    #[command(flatten)]
    pub(crate) common: Common,
}

#[derive(Debug, Clone, ClapArgs)]
pub(crate) struct Explain {
    /// Directory, workbook, zip, files in a known format, or register.toml
    pub(crate) register: PathBuf,
    /// The party, by id or name
    pub(crate) party: String,
    /// The obligation, by id; all of the party's without it
    pub(crate) obligation: Option<String>,
    /// Day of the assessment, YYYY-MM-DD [default: today]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) as_of: Option<jiff::civil::Date>,
    /// Take the parties that the pack's screening proposes for possible operators; marked in every output
    #[arg(long)]
    pub(crate) screen: bool,
    #[command(flatten)]
    pub(crate) common: Common,
}

#[derive(Debug, Clone, ClapArgs)]
pub(crate) struct Ask {
    /// Directory, workbook, zip, files in a known format, or register.toml
    pub(crate) register: PathBuf,
    /// Directory to write questions.csv and questions.md to; created if missing
    #[arg(long, short, value_name = "DIR")]
    pub(crate) output: Option<PathBuf>,
    /// Day of the assessment, YYYY-MM-DD [default: today]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) as_of: Option<jiff::civil::Date>,
    /// Only what concerns this party, by id or name
    #[arg(long, value_name = "PARTY")]
    pub(crate) focus: Option<String>,
    #[command(flatten)]
    pub(crate) common: Common,
}

#[derive(Debug, Clone, ClapArgs)]
pub(crate) struct Convert {
    /// Directory, workbook, zip, files in a known format, or register.toml
    pub(crate) register: PathBuf,
    /// Directory to write parties.csv, relationships.csv and evidence.csv to; created if missing
    #[arg(long, short, value_name = "DIR", required = true)]
    pub(crate) output: PathBuf,
    #[command(flatten)]
    pub(crate) common: Common,
}

#[derive(Debug, Clone, ClapArgs)]
pub(crate) struct WhatIf {
    /// Directory, workbook, zip, files in a known format, or register.toml
    pub(crate) register: PathBuf,
    /// Take a fact, `supports`, `starts` or `ends` for this: PARTY.FACT=VALUE or RELATIONSHIP.FACT=VALUE
    #[arg(long, value_name = "WHO.FACT=VALUE")]
    pub(crate) set: Vec<String>,
    /// Let a relationship have ended
    #[arg(long, value_name = "RELATIONSHIP")]
    pub(crate) remove: Vec<String>,
    /// Let party B deliver what party A does
    #[arg(long, value_name = "A=B")]
    pub(crate) replace: Vec<String>,
    /// Add a relationship: customer=…,supplier=…,FACT=VALUE,…
    #[arg(long, value_name = "CELLS")]
    pub(crate) add: Vec<String>,
    /// Let a party be bought
    #[arg(long, value_name = "BUYER=PARTY")]
    pub(crate) acquire: Vec<String>,
    /// Let a party be dissolved
    #[arg(long, value_name = "PARTY")]
    pub(crate) dissolve: Vec<String>,
    /// TOML file with such changes: set, remove, replace, add, acquire, dissolve, each a list
    #[arg(long, value_name = "FILE")]
    pub(crate) changes: Option<PathBuf>,
    /// Directory to write the changes to; created if missing
    #[arg(long, short, value_name = "DIR")]
    pub(crate) output: Option<PathBuf>,
    /// Day of the assessment, YYYY-MM-DD [default: today]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) as_of: Option<jiff::civil::Date>,
    /// Take the parties that the pack's screening proposes for possible operators; marked in every output
    #[arg(long)]
    pub(crate) screen: bool,
    #[command(flatten)]
    pub(crate) common: Common,
}

#[derive(Debug, Clone, ClapArgs)]
pub(crate) struct Diff {
    /// The register before, or an assessment.json that was kept of it
    pub(crate) old: PathBuf,
    /// The register after, or an assessment.json
    pub(crate) new: PathBuf,
    /// Directory to write the changes to; created if missing
    #[arg(long, short, value_name = "DIR")]
    pub(crate) output: Option<PathBuf>,
    /// Day of the assessment, YYYY-MM-DD [default: today]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) as_of: Option<jiff::civil::Date>,
    /// Day of the assessment before, YYYY-MM-DD [default: the same]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) old_as_of: Option<jiff::civil::Date>,
    /// Take the parties that the pack's screening proposes for possible operators; marked in every output
    #[arg(long)]
    pub(crate) screen: bool,
    #[command(flatten)]
    pub(crate) common: Common,
}

#[derive(Debug, Clone, ClapArgs)]
pub(crate) struct Init {
    /// Tables and workbooks, or directories of such; or one register in a known format
    #[arg(required_unless_present_any = ["list", "show"], value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// List the known formats, which are read as they are
    #[arg(long, conflicts_with_all = ["files", "show"])]
    pub(crate) list: bool,
    /// Print the mapping of a known format, to be changed
    #[arg(long, value_name = "FORMAT", conflicts_with = "files")]
    pub(crate) show: Option<String>,
    /// File to write, or - for standard output [default: register.toml beside the files]
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Replace a file that is there already
    #[arg(long)]
    pub(crate) force: bool,
    /// Policy pack whose facts are looked for: a file, or the id of an embedded pack [default: cn-cii]
    #[arg(long, value_name = "FILE|ID")]
    pub(crate) policy: Option<String>,
    /// Print only what cannot be done
    #[arg(long, short)]
    pub(crate) quiet: bool,
}

#[derive(Debug, Clone, Subcommand)]
pub(crate) enum Policy {
    /// List the embedded packs
    #[command(after_help = "Examples:
  ciiflow policy list
  ciiflow policy list --lang zh")]
    List,
    /// Print a pack so that a lawyer can read it
    #[command(after_help = "Examples:
  ciiflow policy show cn-cii
  ciiflow policy show samples/canada-contracts/policy.toml --lang zh --as-of 2025-12-31")]
    Show {
        /// File, or id of an embedded pack
        #[arg(value_name = "FILE|ID", default_value = "cn-cii")]
        policy: String,
        /// Day on which laws are in force, YYYY-MM-DD [default: today]
        #[arg(long, value_name = "DATE", value_parser = date)]
        as_of: Option<jiff::civil::Date>,
    },
    /// Check a pack and report every fault with its place
    #[command(after_help = "Examples:
  ciiflow policy check samples/canada-contracts/policy.toml
  ciiflow policy check cn-cii")]
    Check {
        /// File, or id of an embedded pack
        #[arg(value_name = "FILE|ID")]
        policy: String,
    },
}

/// A language, as it is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Language {
    /// English
    En,
    /// 简体中文
    Zh,
}

impl From<Language> for Lang {
    fn from(language: Language) -> Lang {
        match language {
            Language::En => Lang::En,
            Language::Zh => Lang::Zh,
        }
    }
}

/// The rules of `--fail-on`, each with what it counts.
fn gates() -> impl TypedValueParser<Value = Gate> {
    let value = |gate: Gate| PossibleValue::new(gate.as_str()).help(gate.means(Lang::En));
    let named = |name: String| Gate::ALL.into_iter().find(|gate| gate.as_str() == name);
    PossibleValuesParser::new(Gate::ALL.map(value))
        .try_map(move |name| named(name).ok_or("it is among the values that were parsed"))
}

fn date(text: &str) -> Result<jiff::civil::Date, &'static str> {
    jiff::civil::Date::strptime("%Y-%m-%d", text).map_err(|_| "write it as YYYY-MM-DD")
}

fn assumption(text: &str) -> Result<(String, String), &'static str> {
    let (fact, value) = text.split_once('=').ok_or("write it as FACT=VALUE")?;
    Ok((fact.trim().to_owned(), value.trim().to_owned()))
}
