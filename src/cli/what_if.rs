//! `ciiflow what-if`: what enters, leaves and changes if something were otherwise.

use anyhow::{Context, Result, anyhow, bail};
use ciiflow::assess::Sameness;
use ciiflow::lang::{Lang, say};
use ciiflow::read::Changes;
use ciiflow::register::Register;

use super::Outcome;
use super::args::WhatIf;
use super::diff::{Side, compare};
use super::input;

/// Reads the register, makes the changes, and compares.
pub(super) fn run(args: &WhatIf, lang: Lang) -> Result<Outcome> {
    let changes = changes(args, lang)?;
    let day = input::day(args.as_of);
    let mut input = input::read_and_tell(&args.register, &args.common, lang)?;
    let worklist = input::screen(args.screen, &mut input, day, lang)?;
    let apply = |changes: &Changes, register: &Register| {
        let made = changes.apply(register, &input.policy, day);
        made.map_err(|fault| anyhow!(fault.get(lang).to_owned()))
    };
    let register = &input.reading.register;
    let (changed, made) = match &input.real {
        None => apply(&changes, register)?,
        Some(real) => {
            // What is wrong with them is told as they were stated.
            apply(&changes, &real.register)?;
            let renamed = real.rename(&changes, register, &input.policy, &args.common, lang)?;
            apply(&renamed, register)?
        }
    };
    let side = |register| Side::Register {
        register,
        input: &input,
        worklist: worklist.as_ref(),
        day,
    };
    compare(
        [side(&input.reading.register), side(&changed)],
        Sameness::Position,
        &made,
        args.output.as_deref(),
        &args.common,
        lang,
    )
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
