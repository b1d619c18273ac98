//! How time and memory grow with a register, stage by stage, and what odd shapes cost: `cargo bench --bench growth`.
//!
//! It writes registers of its own making, runs the binary on them with `--timings` and prints the tables of
//! `docs/performance.md`. Without `--bench`, which `cargo bench` gives it, it tries only whether all of that works.

#[path = "growth/plot.rs"]
mod plot;
#[path = "growth/registers.rs"]
mod registers;

use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use clap::{Parser, Subcommand};

use registers::{Cells, Operators, Pairs, Register};

const PACK: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/pack.toml");

/// A stage has a column of its own if it takes at least this part of some run.
const WORTH_A_COLUMN: f64 = 0.02;

/// Measures how ciiflow's time and memory grow
#[derive(Debug, Parser)]
#[command(name = "growth")]
struct Args {
    /// Relationships of the largest register
    #[arg(long, value_name = "N", default_value_t = 1_000_000, value_parser = clap::value_parser!(u32).range(10_000..=100_000_000))]
    relationships: u32,
    /// Times that each is run; the middle one by time is shown
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u16).range(1..))]
    runs: u16,
    /// Numbers of threads to run on
    #[arg(long, value_name = "N", value_delimiter = ',', default_values_t = [1, 2])]
    threads: Vec<u16>,
    /// Where registers are written for as long as they are needed [default: the system's folder for such things]
    #[arg(long, value_name = "DIR")]
    folder: Option<PathBuf>,
    /// Where to draw the growth, as SVG
    #[arg(long, value_name = "FILE")]
    plot: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Mode>,
    /// Given by `cargo bench`
    #[arg(long, hide = true, global = true)]
    bench: bool,
}

#[derive(Debug, Subcommand)]
enum Mode {
    /// Only write a register, for other programs to be measured with
    Generate {
        /// Folder to write to; made if missing
        folder: PathBuf,
        /// How many parties
        #[arg(value_parser = clap::value_parser!(u32).range(2..=10_000_000))]
        parties: u32,
        /// How many relationships
        #[arg(value_parser = clap::value_parser!(u32).range(..=100_000_000))]
        relationships: u32,
        /// Share of rows whose `supports` names ids
        #[arg(long, value_name = "SHARE", default_value_t = 0.0)]
        supports: f64,
        /// Another register of the same size
        #[arg(long, value_name = "N", default_value_t = 1)]
        seed: u64,
    },
}

fn main() -> Result<()> {
    let given: Vec<String> = std::env::args().collect();
    let has = |wanted: &str| given.iter().any(|argument| argument == wanted);
    if has("--test") || !has("--bench") {
        return try_out();
    }
    let args = Args::parse_from(given);
    match &args.command {
        Some(Mode::Generate {
            folder,
            parties,
            relationships,
            supports,
            seed,
        }) => {
            let register = Register {
                named: *supports,
                seed: *seed,
                ..Register::usual(*parties, *relationships)
            };
            register.write(folder)?;
            Ok(())
        }
        None => measure(&args),
    }
}

/// Prints both tables, each as soon as all of it is measured.
fn measure(args: &Args) -> Result<()> {
    let mut growth = Vec::new();
    let mut size: u32 = 10_000;
    while size < args.relationships {
        growth.push(size);
        size = size.saturating_mul(10);
    }
    growth.push(args.relationships);
    let growth = growth
        .into_iter()
        .map(|size| (grouped(size.into()), Register::usual(size / 10, size)));
    let growth = rows(growth, args)?;
    print(&markdown("relationships", &growth))?;
    if let Some(file) = &args.plot {
        std::fs::write(file, plot::growth(&growth)?)?;
    }
    print("\n")?;
    let shapes = shapes(args.relationships)
        .into_iter()
        .map(|(what, register)| {
            let relationships = grouped(register.relationships());
            (format!("{what}, {relationships} relationships"), register)
        });
    print(&markdown("shape", &rows(shapes, args)?))
}

/// Registers that ask something unusual.
fn shapes(relationships: u32) -> Vec<(&'static str, Register)> {
    let usual = |parties: u32| Register::usual(parties, relationships);
    vec![
        (
            "a chain of 100,000 tiers",
            Register {
                operators: Operators::First(1),
                pairs: Pairs::Chain,
                cells: Cells::Passing,
                ..usual(100_001)
            },
        ),
        (
            "a star, all suppliers of one operator",
            Register {
                operators: Operators::First(1),
                pairs: Pairs::Star,
                ..usual(relationships + 1)
            },
        ),
        (
            "a dense cycle, each party supplied by each other",
            Register {
                operators: Operators::First(1),
                pairs: Pairs::Complete,
                ..usual(relationships.isqrt() + 1)
            },
        ),
        (
            "30,000 operators",
            Register {
                operators: Operators::First(30_000),
                ..usual((relationships / 10).max(60_000))
            },
        ),
        (
            "ids in 30% of `supports`",
            Register {
                named: 0.3,
                ..usual(relationships / 10)
            },
        ),
    ]
}

/// A register, run on so many threads.
struct Row {
    what: String,
    relationships: u64,
    threads: u16,
    run: Run,
}

/// Writes each register, and runs it on each number of threads.
fn rows(registers: impl Iterator<Item = (String, Register)>, args: &Args) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for (what, register) in registers {
        let folder = match &args.folder {
            Some(folder) => tempfile::tempdir_in(folder)?,
            None => tempfile::tempdir()?,
        };
        register.write(folder.path())?;
        for &threads in &args.threads {
            let runs: Result<Vec<Run>> = (0..args.runs)
                .map(|_| run(folder.path(), threads))
                .collect();
            let mut runs = runs?;
            runs.sort_by(|a, b| a.seconds.total_cmp(&b.seconds));
            let middle = runs.swap_remove(runs.len() / 2);
            rows.push(Row {
                what: what.clone(),
                relationships: register.relationships(),
                threads,
                run: middle,
            });
        }
    }
    Ok(rows)
}

/// What one run took.
#[derive(Debug, PartialEq)]
struct Run {
    /// From its start to its end.
    seconds: f64,
    /// Seconds by stage, in the order in which they end.
    stages: Vec<(String, f64)>,
    /// The most memory it had, where the system tells.
    megabytes: Option<u64>,
}

/// Runs the binary over a register.
fn run(register: &Path, threads: u16) -> Result<Run> {
    let start = Instant::now();
    let output = Command::new(env!("CARGO_BIN_EXE_ciiflow"))
        .arg("analyze")
        .arg(register)
        .args(["--policy", PACK, "--as-of", "2026-01-01"])
        .args(["--write", "findings", "--quiet", "--timings"])
        .args(["--threads", &threads.to_string()])
        .arg("--output")
        .arg(register.join("out"))
        .output()?;
    let seconds = start.elapsed().as_secs_f64();
    let told = String::from_utf8(output.stderr)?;
    if !output.status.success() {
        bail!("ciiflow ended with {}:\n{told}", output.status);
    }
    let stages: Option<Vec<_>> = told.lines().map(stage).collect();
    let stages = stages.with_context(|| format!("these are no timings:\n{told}"))?;
    let megabytes = stages.iter().filter_map(|stage| stage.2).max();
    Ok(Run {
        seconds,
        stages: stages
            .into_iter()
            .map(|(name, seconds, _)| (name, seconds))
            .collect(),
        megabytes,
    })
}

/// Reads a line of `--timings`: the stage, its seconds, and the most memory so far if the system tells.
fn stage(line: &str) -> Option<(String, f64, Option<u64>)> {
    let mut words = line.split_ascii_whitespace();
    let name = words.next()?.to_owned();
    let seconds = words.next()?.parse().ok()?;
    let mut megabytes = None;
    let mut before = "";
    for word in words {
        if word == "MB" {
            megabytes = before.parse().ok();
        }
        before = word;
    }
    Some((name, seconds, megabytes))
}

/// A table of runs. Stages that take next to nothing in all of them share a column.
fn markdown(first: &str, rows: &[Row]) -> String {
    let is_worth = |wanted: &str| {
        rows.iter().any(|Row { run, .. }| {
            let mut stages = run.stages.iter();
            stages
                .any(|(stage, seconds)| stage == wanted && *seconds >= WORTH_A_COLUMN * run.seconds)
        })
    };
    let mut shown: Vec<&str> = Vec::new();
    for (stage, _) in rows.iter().flat_map(|row| &row.run.stages) {
        if !shown.contains(&stage.as_str()) && is_worth(stage) {
            shown.push(stage);
        }
    }
    let mut text = format!("| {first} | threads | seconds |");
    shown
        .iter()
        .for_each(|stage| text += &format!(" {stage} |"));
    text += " the rest | MB |\n|---|--:|--:|";
    text += &"--:|".repeat(shown.len() + 2);
    text.push('\n');
    for row in rows {
        let Row {
            what, threads, run, ..
        } = row;
        let mut rest = run.seconds;
        let _ = write!(text, "| {what} | {threads} | {:.2} |", run.seconds);
        for shown in &shown {
            let of_it = run.stages.iter().filter(|(stage, _)| stage == shown);
            let seconds: f64 = of_it.map(|(_, seconds)| seconds).sum();
            rest -= seconds;
            let _ = write!(text, " {seconds:.2} |");
        }
        let megabytes = run.megabytes.map(grouped).unwrap_or_default();
        let _ = writeln!(text, " {:.2} | {megabytes} |", rest.max(0.0));
    }
    text
}

/// A number with a comma before each three digits.
fn grouped(number: u64) -> String {
    match number {
        0..1000 => number.to_string(),
        _ => format!("{},{:03}", grouped(number / 1000), number % 1000),
    }
}

fn print(text: &str) -> Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}

/// Tries everything at a size that takes no time.
fn try_out() -> Result<()> {
    let small = Register {
        named: 0.3,
        ..Register::usual(100, 1000)
    };
    let folder = tempfile::tempdir()?;
    small.write(folder.path())?;
    let once = std::fs::read(folder.path().join("relationships.csv"))?;
    small.write(folder.path())?;
    let again = std::fs::read(folder.path().join("relationships.csv"))?;
    assert_eq!(once, again, "the same register is the same bytes");
    let run = run(folder.path(), 1)?;
    assert!(
        run.stages.iter().any(|(stage, _)| stage == "findings.csv"),
        "findings are written"
    );
    let row = Row {
        what: grouped(1000),
        relationships: 1000,
        threads: 1,
        run,
    };
    let rows = [row];
    assert_eq!(markdown("relationships", &rows).lines().count(), 3);
    assert!(plot::growth(&rows)?.contains("1 thread"));
    Ok(())
}
