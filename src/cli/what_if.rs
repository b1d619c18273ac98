//! `ciiflow what-if`: what enters, leaves and changes if something were otherwise; `ciiflow diff`: between two registers.

use std::io;
use std::path::Path;

use anyhow::{Context, Result, anyhow, bail};
use ciiflow::assess::{Assessment, Sameness, Worklist};
use ciiflow::diagnostic::Diagnostics;
use ciiflow::flow::Flow;
use ciiflow::lang::{Lang, say};
use ciiflow::policy::Policy;
use ciiflow::read::{Changed, Changes, Reading};
use ciiflow::register::Register;
use ciiflow::report::{delta, json};
use ciiflow::view::{DeltaView, View};
use jiff::civil::Date;

use super::args::{Common, Diff, WhatIf};
use super::input::{self, Input};
use super::output::Directory;
use super::{Outcome, paint, print, tell};

/// Reads the register, makes the changes, and compares.
pub(super) fn run(args: &WhatIf, lang: Lang) -> Result<Outcome> {
    let changes = changes(args, lang)?;
    let day = input::day(args.as_of);
    let mut input = read(&args.register, &args.common, lang)?;
    let worklist = input::screen(args.screen, &mut input, day, lang)?;
    let (changed, made) = changes
        .apply(&input.reading.register, &input.policy, day)
        .map_err(|fault| anyhow!(fault.get(lang).to_owned()))?;
    let before = Side {
        register: &input.reading.register,
        input: &input,
        worklist: worklist.as_ref(),
        day,
    };
    let after = Side {
        register: &changed,
        ..before
    };
    compare(
        [before, after],
        Sameness::Label,
        &made,
        args.output.as_deref(),
        &args.common,
        lang,
    )
}

/// Reads two registers and compares.
pub(super) fn diff(args: &Diff, lang: Lang) -> Result<Outcome> {
    let day = input::day(args.as_of);
    let old_day = args.old_as_of.unwrap_or(day);
    let mut old = read(&args.old, &args.common, lang)?;
    let old_worklist = input::screen(args.screen, &mut old, old_day, lang)?;
    // Threads are started once.
    let common = Common {
        threads: None,
        ..args.common.clone()
    };
    let mut new = read(&args.new, &common, lang)?;
    let worklist = input::screen(args.screen, &mut new, day, lang)?;
    refuse_other_pack(&old.policy, &new.policy, lang)?;
    let before = Side {
        register: &old.reading.register,
        input: &old,
        worklist: old_worklist.as_ref(),
        day: old_day,
    };
    let after = Side {
        register: &new.reading.register,
        input: &new,
        worklist: worklist.as_ref(),
        day,
    };
    let output = args.output.as_deref();
    compare(
        [before, after],
        Sameness::Content,
        &[],
        output,
        &args.common,
        lang,
    )
}

/// What is compared: a register, as it was read or with changes, on a day.
#[derive(Clone, Copy)]
struct Side<'s> {
    register: &'s Register,
    input: &'s Input,
    /// What was applied to the register.
    worklist: Option<&'s Worklist>,
    day: Date,
}

/// Walks both sides and shows what differs.
fn compare(
    sides: [Side; 2],
    sameness: Sameness,
    made: &[Changed],
    output: Option<&Path>,
    common: &Common,
    lang: Lang,
) -> Result<Outcome> {
    let directory = output.map(|path| Directory::open(path, lang)).transpose()?;
    let progress = input::spinner(common, say!(lang, "walking", "推导中"));
    let flows = sides.map(|side| Flow::new(side.register, &side.input.policy, side.day));
    let assessments = [0, 1].map(|at| {
        let assessment = Assessment::new(&flows[at]);
        input::screened(assessment, sides[at].worklist.cloned())
    });
    progress.finish_and_clear();
    let none = Diagnostics::default();
    let view = |at: usize| {
        let Input { reading, name, .. } = sides[at].input;
        View::new(&assessments[at], reading, &none, name.clone(), lang)
    };
    let (before, after) = (view(0), view(1));
    let view = DeltaView::new(&before, &after, sameness, made);
    if let Some(mut directory) = directory {
        directory.write("changes.csv", |out| delta::findings(&view, out))?;
        directory.write("clause-changes.csv", |out| delta::clauses(&view, out))?;
        directory.write("changes.json", |out| json::delta(&view, out))?;
        let report = delta::markdown(&view);
        directory.write("changes.md", |out| out.write_all(report.as_bytes()))?;
        for path in directory.finish()?.iter().filter(|_| !common.quiet) {
            tell(&format!("{}\n", path.display()));
        }
    }
    print(&delta::summary(&view, paint(&io::stdout())))?;
    Ok(Outcome::Done)
}

fn read(register: &Path, common: &Common, lang: Lang) -> Result<Input> {
    let input = input::read(register, common, lang)?;
    let Reading { diagnostics, .. } = &input.reading;
    input::tell_faults(diagnostics, common, lang);
    input::refuse_faults(diagnostics, common, lang)?;
    Ok(input)
}

/// The changes that a file states, then those of the command line.
fn changes(args: &WhatIf, lang: Lang) -> Result<Changes> {
    let mut changes = Changes::default();
    if let Some(file) = &args.changes {
        let shown = file.display();
        let text = std::fs::read_to_string(file).with_context(|| shown.to_string())?;
        let read = Changes::from_toml(&text).map_err(|fault| anyhow!("{shown}: {fault}"));
        changes.extend(read?);
    }
    changes.extend(Changes {
        set: args.set.clone(),
        remove: args.remove.clone(),
        replace: args.replace.clone(),
        add: args.add.clone(),
        acquire: args.acquire.clone(),
        dissolve: args.dissolve.clone(),
    });
    match changes == Changes::default() && args.changes.is_none() {
        true => bail!(say!(
            lang,
            "no change is given: --set, --remove, --replace, --add, --acquire, --dissolve or --changes FILE",
            "没有给出变化：--set、--remove、--replace、--add、--acquire、--dissolve 或 --changes 文件"
        )),
        false => Ok(changes),
    }
}

fn refuse_other_pack(old: &Policy, new: &Policy, lang: Lang) -> Result<()> {
    if (&old.id, &old.version) == (&new.id, &new.version) {
        return Ok(());
    }
    let [old, new] = [old, new].map(|policy| format!("{} {}", policy.id, policy.version));
    bail!(say!(
        lang,
        "the registers are read under two packs, {old} and {new}: give one with --policy",
        "两份台账使用不同的规则包（{old} 与 {new}）：请用 --policy 指定一个"
    ))
}
