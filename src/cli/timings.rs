//! `--timings`: how long each stage of a run took, and how much memory.

use std::cell::Cell;
use std::time::Instant;

use unicode_width::UnicodeWidthStr;

use super::args::Common;
use super::tell;
use ciiflow::lang::{Lang, say};

/// Tells each stage on standard error as it ends, where that was asked for.
pub(super) struct Timings {
    wanted: bool,
    lang: Lang,
    since: Cell<Instant>,
    worked: Cell<f64>,
}

impl Timings {
    /// Starts the first stage.
    pub(super) fn start(common: &Common, lang: Lang) -> Timings {
        Timings {
            wanted: common.timings,
            lang,
            since: Cell::new(Instant::now()),
            worked: Cell::new(worked().unwrap_or(0.0)),
        }
    }

    /// Tells a stage that ended; the next one starts.
    pub(super) fn done(&self, stage: &str) {
        if !self.wanted {
            return;
        }
        let lang = self.lang;
        let stage = padded(stage_word(stage, lang));
        let seconds = self.since.get().elapsed().as_secs_f64();
        let mut line = say!(
            lang,
            "{stage} {seconds:>8.3} s",
            "{stage} {seconds:>8.3} 秒"
        );
        if let Some(worked) = worked() {
            let here = worked - self.worked.replace(worked);
            line += &say!(
                lang,
                "  {here:>6.2} s of processors",
                "  处理器 {here:>6.2} 秒"
            );
        }
        if let Some(peak) = peak() {
            line += &say!(lang, "  {peak:>6} MB at most", "  内存峰值 {peak:>6} MB");
        }
        tell(&(line + "\n"));
        self.since.set(Instant::now());
    }
}

/// What a stage is called; one that writes a file is called as the file.
fn stage_word(stage: &str, lang: Lang) -> &str {
    match (stage, lang) {
        ("reading", Lang::Zh) => "读取",
        ("rules", Lang::Zh) => "规则",
        ("graph", Lang::Zh) => "关系图",
        ("walk", Lang::Zh) => "推导",
        ("origins", Lang::Zh) => "来源",
        ("proofs", Lang::Zh) => "证明",
        ("findings", Lang::Zh) => "结论",
        ("evidence", Lang::Zh) => "证据",
        ("view", Lang::Zh) => "整理",
        ("charts", Lang::Zh) => "图表",
        ("summary", Lang::Zh) => "摘要",
        ("report", Lang::Zh) => "输出",
        _ => stage,
    }
}

/// The name padded to the column of names, in which Chinese takes two columns of a terminal.
fn padded(name: &str) -> String {
    // As wide as the longest, `register-issues.csv`.
    const WIDTH: usize = 19;
    format!("{name}{}", " ".repeat(WIDTH.saturating_sub(name.width())))
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
