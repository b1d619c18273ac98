//! `ciiflow diff`: what enters, leaves and changes between two registers, or assessments that were kept.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use anyhow::{Context, Result, anyhow, bail};
use ciiflow::assess::{Assessment, Sameness, Worklist};
use ciiflow::diagnostic::Diagnostics;
use ciiflow::flow::Flow;
use ciiflow::lang::{Lang, say};
use ciiflow::policy::Policy;
use ciiflow::read::Changed;
use ciiflow::register::Register;
use ciiflow::report::{delta, json};
use ciiflow::view::{Compared, DOCUMENT_FORMAT, DeltaView, Recorded, View, told_apart};
use jiff::civil::Date;

use super::args::{Common, Diff};
use super::input::{self, Input};
use super::key::Key;
use super::output::Directory;
use super::{Outcome, paint, print};

/// Reads two registers or kept assessments and compares.
pub(super) fn run(args: &Diff, lang: Lang) -> Result<Outcome> {
    let key = Key::asked(&args.common, lang)?;
    // Answers are to what is known now.
    let unanswered = Common {
        answers: Vec::new(),
        ..args.common.clone()
    };
    let old = Given::read(&args.old, key.clone(), &unanswered, lang)?;
    // Threads are started once.
    let common = match old {
        Given::Register(_) => Common {
            threads: None,
            ..args.common.clone()
        },
        Given::Kept(_) => args.common.clone(),
    };
    let key = old.key().or(key);
    let new = Given::read(&args.new, key, &common, lang)?;
    if matches!(new, Given::Kept(_)) && !common.answers.is_empty() {
        bail!(say!(
            lang,
            "--answers: an assessment that was kept takes no answers; give the register",
            "--answers：已保存的评估无法采用答复，请给出台账"
        ));
    }
    if let (Given::Register(old), Given::Register(new)) = (&old, &new) {
        refuse_other_pack(&old.policy, &new.policy, lang)?;
    }
    let (old_kept, new_kept) = (old.kept(&args.old, lang)?, new.kept(&args.new, lang)?);
    refuse_other_focus(old_kept.as_ref(), new_kept.as_ref(), lang)?;
    let new_day = day(new_kept.as_ref(), args.as_of, "--as-of", lang)?;
    let new_day = new_day.unwrap_or_else(|| input::day(None));
    let old_day = day(old_kept.as_ref(), args.old_as_of, "--old-as-of", lang)?;
    let old_day = old_day.unwrap_or(new_day);
    let old_screened = old.screened(args.screen, old_day, lang)?;
    let new_screened = new.screened(args.screen, new_day, lang)?;
    let before = old.side(old_kept.as_ref(), old_screened.as_ref(), old_day);
    let after = new.side(new_kept.as_ref(), new_screened.as_ref(), new_day);
    let output = args.output.as_deref();
    let sides = [before, after];
    compare(sides, Sameness::Content, &[], output, &args.common, lang)
}

/// What was given to be compared.
enum Given {
    /// A register.
    Register(Box<Input>),
    /// The bytes of an assessment.json.
    Kept(Vec<u8>),
}

impl Given {
    fn read(path: &Path, key: Option<Key>, common: &Common, lang: Lang) -> Result<Given> {
        match kept(path, lang)? {
            Some(_) if key.is_some() => {
                let path = path.display();
                bail!(say!(
                    lang,
                    "--redact: `{path}` is an assessment that was kept, with the names in it: give the register",
                    "--redact：“{path}”是已保存的评估，其中含有名称：请给出台账"
                ))
            }
            Some(bytes) => Ok(Given::Kept(bytes)),
            None => {
                let input = input::read_with(path, key, common, lang)?;
                Ok(Given::Register(Box::new(input::told(input, common, lang)?)))
            }
        }
    }

    /// The pseudonyms that were put.
    fn key(&self) -> Option<Key> {
        match self {
            Given::Register(input) => Some(input.real.as_ref()?.key.clone()),
            Given::Kept(_) => None,
        }
    }

    /// The assessment that was kept, if it is one.
    fn kept(&self, path: &Path, lang: Lang) -> Result<Option<Recorded<'_>>> {
        let Given::Kept(bytes) = self else {
            return Ok(None);
        };
        let shown = path.display();
        let recorded = json::recorded(bytes);
        let recorded = recorded.map_err(|fault| {
            let fault = fault.get(lang);
            anyhow!(say!(lang, "{shown}: {fault}", "{shown}：{fault}"))
        })?;
        Ok(Some(recorded))
    }

    /// The register with what the pack's screening proposes, where that is asked for; what was kept stays as it is.
    fn screened(
        &self,
        wanted: bool,
        day: Date,
        lang: Lang,
    ) -> Result<Option<(Worklist, Register)>> {
        let Given::Register(input) = self else {
            return Ok(None);
        };
        let Input {
            policy, reading, ..
        } = input.as_ref();
        let worklist = input::worklist(wanted, &reading.register, policy, day, lang)?;
        Ok(worklist.map(|worklist| {
            let register = worklist.applied(reading.register.clone(), policy);
            (worklist, register)
        }))
    }

    fn side<'s>(
        &'s self,
        kept: Option<&'s Recorded<'s>>,
        screened: Option<&'s (Worklist, Register)>,
        day: Date,
    ) -> Side<'s> {
        match (self, kept) {
            (Given::Register(input), None) => Side::Register {
                register: screened.map_or(&input.reading.register, |(_, register)| register),
                input,
                worklist: screened.map(|(worklist, _)| worklist),
                day,
            },
            (_, kept) => Side::Kept(kept.expect("what is no register was kept")),
        }
    }
}

/// The bytes of a file that says that it is an assessment; none where it says nothing of the kind.
fn kept(path: &Path, lang: Lang) -> Result<Option<Vec<u8>>> {
    let is_json = path
        .extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("json"));
    if !is_json || !path.is_file() {
        return Ok(None);
    }
    let failed = || {
        let path = path.display();
        say!(lang, "`{path}` cannot be read", "无法读取“{path}”")
    };
    let mut bytes = Vec::new();
    let file = File::open(path).with_context(failed)?;
    let most = json::MOST_RECORDED;
    file.take(most + 1)
        .read_to_end(&mut bytes)
        .with_context(failed)?;
    // One that is cut off has no head that can be read.
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]);
    if !start.contains(&format!("\"{DOCUMENT_FORMAT}\"")) && !json::head(&bytes).is_assessment() {
        return Ok(None);
    }
    if bytes.len() as u64 > most {
        let (path, most) = (path.display(), most >> 20);
        bail!(say!(
            lang,
            "`{path}` is larger than {most} MiB: compare the registers instead",
            "“{path}”超过 {most} MiB：请改为比较台账"
        ));
    }
    Ok(Some(bytes))
}

/// The day of a side: that on which it was kept, else the one that is asked for.
fn day(
    kept: Option<&Recorded>,
    asked: Option<Date>,
    option: &str,
    lang: Lang,
) -> Result<Option<Date>> {
    let Some(kept) = kept else {
        return Ok(asked);
    };
    let day = kept.as_of;
    match asked {
        Some(asked) if asked != day => bail!(say!(
            lang,
            "{option} {asked}: the assessment was made on {day}, and cannot be made on another day",
            "{option} {asked}：该评估的日期为 {day}，无法改为其他日期"
        )),
        _ => Ok(Some(day)),
    }
}

/// What is compared: a register, as it was read or with changes, on a day; or what was kept.
#[derive(Clone, Copy)]
pub(super) enum Side<'s> {
    /// A register.
    Register {
        register: &'s Register,
        input: &'s Input,
        /// What was applied to the register.
        worklist: Option<&'s Worklist>,
        day: Date,
    },
    /// An assessment that was kept.
    Kept(&'s Recorded<'s>),
}

/// Walks both sides and shows what differs.
pub(super) fn compare(
    sides: [Side; 2],
    sameness: Sameness,
    made: &[Changed],
    output: Option<&Path>,
    common: &Common,
    lang: Lang,
) -> Result<Outcome> {
    let directory = Directory::asked(output, common, lang)?;
    let progress = input::spinner(common, say!(lang, "walking", "推导中"));
    let flows = sides.map(|side| match side {
        Side::Register {
            register,
            input,
            day,
            ..
        } => Some(Flow::new(register, &input.policy, day)),
        Side::Kept(_) => None,
    });
    let assessments = [0, 1].map(|at| {
        let assessment = Assessment::new(flows[at].as_ref()?);
        let worklist = match sides[at] {
            Side::Register { worklist, .. } => worklist.cloned(),
            Side::Kept(_) => None,
        };
        Some(input::screened(assessment, worklist))
    });
    progress.finish_and_clear();
    let none = Diagnostics::default();
    let view = |at: usize| match sides[at] {
        Side::Register { input, .. } => assessments[at].as_ref().map(|assessment| {
            let Input { reading, name, .. } = input;
            View::new(assessment, reading, &none, name.clone(), lang)
        }),
        Side::Kept(_) => None,
    };
    let views = [view(0), view(1)];
    let compared = |at: usize| match (sides[at], &views[at]) {
        (Side::Kept(kept), _) => Compared::Recorded(kept),
        (_, view) => Compared::Assessed(view.as_ref().expect("a register was assessed")),
    };
    let view = DeltaView::new(compared(0), compared(1), sameness, made, lang);
    if let Some(directory) = directory {
        write(&view, directory, common)?;
    }
    print(&delta::summary(&view, paint(&io::stdout())))?;
    Ok(Outcome::Done)
}

fn write(view: &DeltaView, mut directory: Directory, common: &Common) -> Result<()> {
    directory.write("changes.csv", |out| delta::findings(view, out))?;
    directory.write("clause-changes.csv", |out| delta::clauses(view, out))?;
    directory.write("evidence-changes.csv", |out| delta::evidence(view, out))?;
    directory.write("register-changes.csv", |out| delta::register(view, out))?;
    directory.write("changes.json", |out| json::delta(view, out))?;
    let report = delta::markdown(view);
    directory.write("changes.md", |out| out.write_all(report.as_bytes()))?;
    directory.finish(common.quiet)
}

fn refuse_other_pack(old: &Policy, new: &Policy, lang: Lang) -> Result<()> {
    if old.digest == new.digest {
        return Ok(());
    }
    let [old, new] = told_apart([old, new].map(|pack| [&*pack.id, &*pack.version, &*pack.digest]));
    bail!(say!(
        lang,
        "the registers are read under two packs, {old} and {new}: give one with --policy",
        "两份台账使用不同的规则包（{old} 与 {new}）：请用 --policy 指定一个"
    ))
}

/// What is narrowed to a party cannot be compared with what is not.
fn refuse_other_focus(old: Option<&Recorded>, new: Option<&Recorded>, lang: Lang) -> Result<()> {
    let focus = |of: Option<&Recorded>| Some(of?.focus.as_ref()?.party.clone());
    let (old, new) = (focus(old), focus(new));
    if old == new {
        return Ok(());
    }
    if let (Some(old), Some(new)) = (&old, &new) {
        bail!(say!(
            lang,
            "the assessments are narrowed to two parties, `{old}` and `{new}` (--focus): keep whole ones to compare",
            "两份评估限于不同主体（“{old}”与“{new}”，--focus）：请保存完整的评估再比较"
        ));
    }
    let party = old.or(new).unwrap_or_default();
    bail!(say!(
        lang,
        "only one of the assessments is narrowed to `{party}` (--focus): keep whole ones to compare",
        "只有一份评估限于“{party}”（--focus）：请保存完整的评估再比较"
    ))
}
