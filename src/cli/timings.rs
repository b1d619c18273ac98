//! `--timings`: how long each stage of a run took, and how much memory.

use std::cell::Cell;
use std::time::Instant;

use super::args::Common;
use super::tell;

/// Tells each stage on standard error as it ends, where that was asked for.
pub(super) struct Timings {
    wanted: bool,
    since: Cell<Instant>,
    worked: Cell<f64>,
}

impl Timings {
    /// Starts the first stage.
    pub(super) fn start(common: &Common) -> Timings {
        Timings {
            wanted: common.timings,
            since: Cell::new(Instant::now()),
            worked: Cell::new(worked().unwrap_or(0.0)),
        }
    }

    /// Tells a stage that ended; the next one starts.
    pub(super) fn done(&self, stage: &str) {
        if !self.wanted {
            return;
        }
        let seconds = self.since.get().elapsed().as_secs_f64();
        let mut line = format!("{stage:<16} {seconds:>8.3} s");
        if let Some(worked) = worked() {
            let here = worked - self.worked.replace(worked);
            line += &format!("  {here:>6.2} s of processors");
        }
        if let Some(peak) = peak() {
            line += &format!("  {peak:>6} MB at most");
        }
        tell(&(line + "\n"));
        self.since.set(Instant::now());
    }
}

/// Seconds that processors have worked for this run, where the system tells.
fn worked() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    // The second field is the program's name in parentheses, in which anything may stand.
    let mut fields = stat.rsplit_once(')')?.1.split_ascii_whitespace().skip(11);
    let ticks: f64 = fields.next()?.parse().ok()?;
    let of_system: f64 = fields.next()?.parse().ok()?;
    // Linux tells hundredths of a second, whatever the machine.
    Some((ticks + of_system) / 100.0)
}

/// The most memory that this run had at any time, in MB, where the system tells.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.split_ascii_whitespace().next()?.parse().ok()?;
    Some(kilobytes / 1000)
}
