//! `ciiflow convert`: whatever was read, in the canonical form.

use std::path::Path;

use anyhow::{Result, bail};
use ciiflow::lang::{Lang, say};
use ciiflow::report::canonical;

use super::args::Convert;
use super::input::{self, Input};
use super::output::Directory;
use super::timings::Timings;
use super::{Outcome, print};

/// Reads the register and writes it.
pub(super) fn run(args: &Convert, lang: Lang) -> Result<Outcome> {
    let timings = Timings::start(&args.common, lang);
    let mut directory = Directory::shared(&args.output, &args.common, lang)?;
    refuse_own_folder(args, lang)?;
    let Input {
        policy, reading, ..
    } = input::read(&args.register, &args.common, lang)?;
    timings.done("reading");
    input::tell_faults(&reading.diagnostics, &args.common, lang);
    input::refuse_faults(&reading.diagnostics, &args.common, lang)?;
    let register = &reading.register;
    directory.write("parties.csv", |out| {
        canonical::parties(register, &policy, out)
    })?;
    directory.write("relationships.csv", |out| {
        canonical::relationships(register, &policy, out)
    })?;
    if !register.evidence.is_empty() {
        directory.write("evidence.csv", |out| {
            canonical::evidence(register, &policy, out)
        })?;
    }
    directory.finish(args.common.quiet)?;
    timings.done("report");
    print(&canonical::written(&reading, lang))?;
    Ok(Outcome::Done)
}

/// The register itself is not written over.
fn refuse_own_folder(args: &Convert, lang: Lang) -> Result<()> {
    let register = args.register.as_path();
    let folder = match register.is_dir() {
        true => Some(register),
        false => register.parent(),
    };
    let real = |path: &Path| path.canonicalize().ok();
    // The parent of a bare file name is blank.
    let folder = folder.map(|folder| Path::new(".").join(folder));
    if folder.and_then(|folder| real(&folder)) == real(&args.output) {
        let shown = args.output.display();
        bail!(say!(
            lang,
            "`{shown}` holds the register itself: give another directory",
            "“{shown}”是台账所在目录：请给出另一个目录"
        ));
    }
    Ok(())
}
