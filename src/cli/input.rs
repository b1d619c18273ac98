//! What every command that reads a register does first.

use std::io;
use std::path::{Component, Path};

use anyhow::{Context, Result, anyhow, bail};
use ciiflow::assess::{Assessment, Worklist};
use ciiflow::diagnostic::{Diagnostics, Severity, did_you_mean};
use ciiflow::lang::{Lang, say};
use ciiflow::policy::Policy;
use ciiflow::policy::packs;
use ciiflow::read::{self, Assumption, ReadError, Reading};
use ciiflow::redact;
use ciiflow::register::{PartyId, Register};
use ciiflow::report::terminal;
use indicatif::{ProgressBar, ProgressStyle};

use super::args::Common;
use super::key::{Key, Real};
use super::{Told, paint, party, tell};

/// The pack that is used where nothing else is said.
pub(super) const DEFAULT_PACK: &str = "cn-cii";

/// A register as it was read, with the policy it was read under.
pub(super) struct Input {
    pub(super) policy: Policy,
    pub(super) reading: Reading,
    pub(super) name: String,
    /// What the reading was before it was redacted.
    pub(super) real: Option<Real>,
}

impl Input {
    /// The party that is meant, by what the register calls it, or by its pseudonym.
    pub(super) fn party(&self, wanted: &str, lang: Lang) -> Result<PartyId> {
        let parties = &self.reading.register.parties;
        let Some(real) = &self.real else {
            return party::find(parties, wanted, lang);
        };
        let found = party::find(&real.register.parties, wanted, lang);
        found.or_else(|error| parties.find(wanted).ok_or(error))
    }

    /// The same where one is asked for.
    pub(super) fn focus(&self, wanted: Option<&str>, lang: Lang) -> Result<Option<PartyId>> {
        wanted.map(|wanted| self.party(wanted, lang)).transpose()
    }
}

/// Sets up threads, loads the policy and reads the register; on a terminal it shows what is being read.
pub(super) fn read(register: &Path, common: &Common, lang: Lang) -> Result<Input> {
    let key = Key::asked(common, lang)?;
    read_with(register, key, common, lang)
}

/// Reads the register as [`read`] does, with these pseudonyms.
pub(super) fn read_with(
    register: &Path,
    key: Option<Key>,
    common: &Common,
    lang: Lang,
) -> Result<Input> {
    if let Some(threads) = common.threads {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(usize::from(threads));
        pool.build_global()
            .with_context(|| say!(lang, "threads could not be started", "无法启动线程"))?;
    }
    let wanted = common.policy.clone().or_else(|| read::policy_of(register));
    let policy = policy(wanted.as_deref().unwrap_or(DEFAULT_PACK), lang)?;
    let mut assumptions = Vec::new();
    for (fact, value) in &common.assume {
        let Some(assumption) = Assumption::everywhere(&policy, fact, value) else {
            let names = policy.facts.iter().map(|fact| fact.name.as_str());
            let (pack, hint) = (&policy.id, did_you_mean(fact, names, lang));
            bail!(say!(
                lang,
                "the pack `{pack}` has no fact `{fact}`{hint}",
                "规则包“{pack}”没有事实“{fact}”{hint}"
            ));
        };
        assumptions.push(assumption);
    }
    let progress = spinner(common, say!(lang, "reading", "读取中"));
    let next = |name: &str| progress.set_message(say!(lang, "reading {name}", "正在读取 {name}"));
    let reading = read::observed(register, &policy, &assumptions, &next);
    let reading = reading.and_then(|mut reading| {
        if !common.answers.is_empty() {
            read::take_answers(&mut reading, &common.answers, &policy)?;
        }
        Ok(reading)
    });
    progress.finish_and_clear();
    let mut reading = match reading {
        Ok(reading) => reading,
        Err(ReadError::Tables(diagnostics)) => {
            tell(&terminal::faults(&diagnostics, lang, paint(&io::stderr())));
            return Err(Told.into());
        }
        Err(error) => bail!(error.message(lang)),
    };
    let real = match key {
        Some(key) => Some(key.redact(&mut reading, &policy, common, lang)?),
        None => None,
    };
    let name = match real {
        Some(_) => redact::register_name(lang),
        None => name(register),
    };
    Ok(Input {
        policy,
        reading,
        name,
        real,
    })
}

/// What a register is called: as its directory or file is.
fn name(register: &Path) -> String {
    let name = register.canonicalize().ok();
    let name = name.as_deref().unwrap_or(register);
    let name = if name.ends_with("register.toml") {
        name.parent().unwrap_or(name)
    } else {
        name
    };
    name.file_name().map_or_else(
        || name.display().to_string(),
        |name| name.to_string_lossy().into_owned(),
    )
}

/// What stands before the names of a register's files, seen from where the program was started; nothing where they
/// stand elsewhere, or are not to be told.
pub(super) fn folder(register: &Path, common: &Common) -> String {
    if common.redact.is_some() {
        return String::new();
    }
    let folder = match register.is_dir() {
        true => Some(register),
        false => register.parent(),
    };
    let mut out = String::new();
    for part in folder.into_iter().flat_map(Path::components) {
        match part {
            Component::CurDir => {}
            Component::Normal(part) => out += &format!("{}/", part.to_string_lossy()),
            _ => return String::new(),
        }
    }
    out
}

/// The parties that the pack's screening proposes become possible operators of the register, where that is asked for.
pub(super) fn screen(
    wanted: bool,
    input: &mut Input,
    day: jiff::civil::Date,
    lang: Lang,
) -> Result<Option<Worklist>> {
    let Input {
        policy, reading, ..
    } = input;
    let worklist = worklist(wanted, &reading.register, policy, day, lang)?;
    if let Some(worklist) = &worklist {
        let register = std::mem::take(&mut reading.register);
        reading.register = worklist.applied(register, policy);
    }
    Ok(worklist)
}

/// What the pack's screening proposes, where that is asked for.
pub(super) fn worklist(
    wanted: bool,
    register: &Register,
    policy: &Policy,
    day: jiff::civil::Date,
    lang: Lang,
) -> Result<Option<Worklist>> {
    if !wanted {
        return Ok(None);
    }
    if policy.screening.is_none() {
        let pack = &policy.id;
        bail!(say!(
            lang,
            "--screen: the pack `{pack}` has no screening",
            "--screen：规则包“{pack}”没有筛查规则"
        ));
    }
    Ok(Some(Worklist::new(register, policy, day)))
}

/// An assessment of a register, to which a worklist may have been applied.
pub(super) fn screened(assessment: Assessment, worklist: Option<Worklist>) -> Assessment {
    match worklist {
        Some(worklist) => assessment.screened(worklist),
        None => assessment,
    }
}

/// Reads a register and tells what is wrong with it.
pub(super) fn read_and_tell(register: &Path, common: &Common, lang: Lang) -> Result<Input> {
    told(read(register, common, lang)?, common, lang)
}

/// The same register once what is wrong with it is told.
pub(super) fn told(input: Input, common: &Common, lang: Lang) -> Result<Input> {
    let Reading { diagnostics, .. } = &input.reading;
    tell_faults(diagnostics, common, lang);
    refuse_faults(diagnostics, common, lang)?;
    Ok(input)
}

/// The policy pack in a file, or the embedded one with this id.
pub(super) fn policy(wanted: &str, lang: Lang) -> Result<Policy> {
    let embedded = packs::embedded().iter().find(|(id, _)| *id == wanted);
    let source = match embedded {
        Some((_, source)) => (*source).to_owned(),
        None if !Path::new(wanted).exists() => {
            let ids: Vec<_> = packs::embedded().iter().map(|(id, _)| *id).collect();
            let ids = ids.join(&say!(lang, ", ", "、"));
            bail!(say!(
                lang,
                "`{wanted}` is neither a file nor an embedded pack ({ids})",
                "“{wanted}”既不是文件，也不是内置规则包（{ids}）"
            ));
        }
        None => {
            let bytes = std::fs::read(wanted)
                .with_context(|| say!(lang, "`{wanted}` cannot be read", "无法读取“{wanted}”"))?;
            String::from_utf8(bytes).map_err(|_| {
                anyhow!(say!(
                    lang,
                    "`{wanted}` is not UTF-8 text",
                    "“{wanted}”不是 UTF-8 文本"
                ))
            })?
        }
    };
    Policy::parse(&source, wanted).map_err(|faults| {
        tell(&faults.render(lang, paint(&io::stderr()).color));
        Told.into()
    })
}

/// Tells the faults of the register, unless the run is to be quiet.
pub(super) fn tell_faults(diagnostics: &Diagnostics, common: &Common, lang: Lang) {
    if !common.quiet {
        tell(&terminal::faults(diagnostics, lang, paint(&io::stderr())));
    }
}

/// In a strict run any fault of the register that is not a note ends it.
pub(super) fn refuse_faults(diagnostics: &Diagnostics, common: &Common, lang: Lang) -> Result<()> {
    if common.strict && diagnostics.any_fault() {
        let count = diagnostics.count(Severity::Error) + diagnostics.count(Severity::Warning);
        bail!(say!(
            lang,
            "--strict: the register has {count} errors and warnings",
            "--strict：台账有 {count} 处错误和警告"
        ));
    }
    Ok(())
}

/// A spinner for long work, on a terminal only.
pub(super) fn spinner(common: &Common, message: String) -> ProgressBar {
    if common.quiet {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{spinner} {msg} [{elapsed}]");
    let bar = ProgressBar::new_spinner().with_message(message);
    bar.set_style(style.expect("the template has only known keys"));
    bar.enable_steady_tick(std::time::Duration::from_millis(120));
    bar
}

/// The day of the assessment: as asked, else today.
pub(super) fn day(as_of: Option<jiff::civil::Date>) -> jiff::civil::Date {
    as_of.unwrap_or_else(|| jiff::Zoned::now().date())
}
