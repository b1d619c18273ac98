//! The command line: arguments become options once, each command is one call, and the exit code says how it went.
//!
//! 0 is done, 1 is a closed gate, 2 is could not run. Results go to standard output or files, everything else to
//! standard error.

mod analyze;
mod answered;
mod args;
mod ask;
mod check;
mod chinese;
mod completions;
mod convert;
mod diff;
mod explain;
mod init;
mod input;
mod key;
mod letter;
mod output;
mod party;
mod policy;
mod timings;
mod what_if;

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use anyhow::Result;
use ciiflow::lang::{Lang, say};
use ciiflow::report::paint::Paint;

use args::{Args, Command};

/// How a command that could run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// It did what was asked.
    Done,
    /// A gate is closed.
    Closed,
}

/// An end that needs no further words: they were printed.
#[derive(Debug, thiserror::Error)]
#[error("told")]
struct Told;

/// Runs the command that the arguments give.
pub(crate) fn main() -> ExitCode {
    let args = chinese::parse();
    match run(&args) {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Closed) => ExitCode::from(1),
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            if !error.is::<Told>() {
                let lang = args.lang.into();
                let words = words(&error, lang);
                tell(&say!(lang, "ciiflow: {words}\n", "ciiflow：{words}\n"));
            }
            ExitCode::from(2)
        }
    }
}

fn run(args: &Args) -> Result<Outcome> {
    let lang = args.lang.into();
    match &args.command {
        Command::Analyze(analyze) => analyze::run(analyze, lang),
        Command::Check(check) => check::run(check, lang),
        Command::Explain(explain) => explain::run(explain, lang),
        Command::Ask(ask) => ask::run(ask, lang),
        Command::Letter(letter) => letter::run(letter, lang),
        Command::Convert(convert) => convert::run(convert, lang),
        Command::WhatIf(changed) => what_if::run(changed, lang),
        Command::Diff(both) => diff::run(both, lang),
        Command::Init(init) => init::run(init, lang),
        Command::Policy { command } => policy::run(command, lang),
        Command::Completions { shell } => completions::completions(*shell, lang),
        Command::Man { output } => completions::man(output.as_deref(), lang),
    }
}

/// An error with its causes, in one line.
fn words(error: &anyhow::Error, lang: Lang) -> String {
    let causes = error.chain().map(|cause| match cause.downcast_ref() {
        Some(error) if lang == Lang::Zh => chinese::system_words(error),
        _ => cause.to_string(),
    });
    causes.collect::<Vec<_>>().join(&say!(lang, ": ", "："))
}

/// A reader that has seen enough is no failure.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let io_errors = error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>());
    io_errors
        .into_iter()
        .any(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

/// Prints a result.
fn print(text: &str) -> Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(())
}

/// Prints what is no result; nobody listening is no failure.
fn tell(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

/// Colours for a stream: only on a terminal, and not where `NO_COLOR` is set.
fn paint(stream: &impl IsTerminal) -> Paint {
    let wanted = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    Paint {
        color: wanted && stream.is_terminal(),
    }
}
