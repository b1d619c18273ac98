//! What every command that reads a register does first.

use std::io;
use std::path::Path;

use anyhow::{Context, Result, bail};
use ciiflow::diagnostic::{Diagnostics, Severity, nearest};
use ciiflow::lang::Lang;
use ciiflow::policy::Policy;
use ciiflow::policy::packs;
use ciiflow::read::{self, Assumption, ReadError, Reading};
use ciiflow::report::terminal;
use indicatif::{ProgressBar, ProgressStyle};

use super::args::Common;
use super::{Told, paint, tell};

/// The pack that is used where nothing else is said.
const DEFAULT_PACK: &str = "cn-cii";

/// A register as it was read, with the policy it was read under.
pub(super) struct Input {
    pub(super) policy: Policy,
    pub(super) reading: Reading,
    pub(super) name: String,
    pub(super) lang: Lang,
}

/// Sets up threads, loads the policy and reads the register.
pub(super) fn read(register: &Path, common: &Common) -> Result<Input> {
    if let Some(threads) = common.threads {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(usize::from(threads));
        pool.build_global()
            .context("threads could not be started")?;
    }
    let lang = Lang::from(common.lang);
    let wanted = common.policy.clone().or_else(|| read::policy_of(register));
    let policy = policy(wanted.as_deref().unwrap_or(DEFAULT_PACK))?;
    let mut assumptions = Vec::new();
    for (fact, value) in &common.assume {
        let Some(assumption) = Assumption::everywhere(&policy, fact, value) else {
            let near = nearest(fact, policy.facts.iter().map(|fact| fact.name.as_str()));
            let hint = near.map_or(String::new(), |near| format!("; did you mean `{near}`?"));
            bail!("the pack `{}` has no fact `{fact}`{hint}", policy.id);
        };
        assumptions.push(assumption);
    }
    let reading = match read::read(register, &policy, &assumptions) {
        Ok(reading) => reading,
        Err(ReadError::Tables(diagnostics)) => {
            tell(&terminal::faults(&diagnostics, lang, paint(&io::stderr())));
            return Err(Told.into());
        }
        Err(error) => return Err(error.into()),
    };
    let name = register.canonicalize().ok();
    let name = name.as_deref().unwrap_or(register);
    let name = if name.ends_with("register.toml") {
        name.parent().unwrap_or(name)
    } else {
        name
    };
    let name = name.file_name().map_or_else(
        || name.display().to_string(),
        |name| name.to_string_lossy().into_owned(),
    );
    Ok(Input {
        policy,
        reading,
        name,
        lang,
    })
}

/// The policy pack in a file, or the embedded one with this id.
pub(super) fn policy(wanted: &str) -> Result<Policy> {
    let embedded = packs::embedded().iter().find(|(id, _)| *id == wanted);
    let source = match embedded {
        Some((_, source)) => (*source).to_owned(),
        None if !Path::new(wanted).exists() => {
            let ids: Vec<_> = packs::embedded().iter().map(|(id, _)| *id).collect();
            bail!(
                "`{wanted}` is neither a file nor an embedded pack ({})",
                ids.join(", ")
            );
        }
        None => {
            let bytes =
                std::fs::read(wanted).with_context(|| format!("`{wanted}` cannot be read"))?;
            String::from_utf8(bytes).map_err(|_| anyhow::anyhow!("`{wanted}` is not UTF-8 text"))?
        }
    };
    Policy::parse(&source, wanted).map_err(|faults| {
        tell(&faults.render(paint(&io::stderr()).color));
        Told.into()
    })
}

/// Tells the faults of the register, unless the run is to be quiet.
pub(super) fn tell_faults(diagnostics: &Diagnostics, common: &Common) {
    if !common.quiet {
        tell(&terminal::faults(
            diagnostics,
            common.lang.into(),
            paint(&io::stderr()),
        ));
    }
}

/// In a strict run any fault of the register that is not a note ends it.
pub(super) fn refuse_faults(diagnostics: &Diagnostics, common: &Common) -> Result<()> {
    if common.strict && diagnostics.any_fault() {
        let count = diagnostics.count(Severity::Error) + diagnostics.count(Severity::Warning);
        bail!("--strict: the register has {count} errors and warnings");
    }
    Ok(())
}

/// A spinner for long work, on a terminal only.
pub(super) fn spinner(common: &Common, message: &'static str) -> ProgressBar {
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
