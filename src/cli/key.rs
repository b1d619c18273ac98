//! `--redact`: pseudonyms, and the file that tells what they stand for.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use ciiflow::lang::{Lang, say};
use ciiflow::policy::Policy;
use ciiflow::read::{Changes, Reading};
use ciiflow::redact::{self, Pseudonyms};
use ciiflow::register::Register;
use tempfile::NamedTempFile;

use super::args::Common;
use super::tell;

/// Pseudonyms, and where they are kept.
#[derive(Clone)]
pub(super) struct Key {
    file: Option<PathBuf>,
    pseudonyms: Pseudonyms,
}

/// What a register was before it was redacted. Only arguments are looked up in it, nothing is printed of it.
pub(super) struct Real {
    pub(super) register: Register,
    pub(super) key: Key,
}

impl Key {
    /// The pseudonyms that are asked for: those of the file, if there is one.
    pub(super) fn asked(common: &Common, lang: Lang) -> Result<Option<Key>> {
        let Some(file) = &common.redact else {
            return Ok(None);
        };
        let mut pseudonyms = Pseudonyms::default();
        if let Some(file) = file {
            let shown = file.display();
            let cannot = || say!(lang, "`{shown}` cannot be read", "无法读取“{shown}”");
            match fs::read(file) {
                Ok(bytes) => {
                    let read = Pseudonyms::read(&bytes);
                    pseudonyms = read.map_err(|fault| {
                        let fault = fault.get(lang);
                        anyhow!(say!(
                            lang,
                            "--redact: {shown}: {fault}",
                            "--redact：{shown}：{fault}"
                        ))
                    })?;
                }
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(error).with_context(cannot),
            }
        }
        Ok(Some(Key {
            file: file.clone(),
            pseudonyms,
        }))
    }

    /// Puts the pseudonyms into a reading and keeps them.
    pub(super) fn redact(
        mut self,
        reading: &mut Reading,
        policy: &Policy,
        common: &Common,
        lang: Lang,
    ) -> Result<Real> {
        let register = redact::redact(reading, policy, &mut self.pseudonyms, lang);
        self.keep(common, lang)?;
        let key = self;
        Ok(Real { register, key })
    }

    /// Writes the file whole, readable by its owner alone, if it says something new.
    fn keep(&self, common: &Common, lang: Lang) -> Result<()> {
        let Some(path) = &self.file else {
            return Ok(());
        };
        let content = self.pseudonyms.write();
        if fs::read(path).is_ok_and(|there| there == content) {
            return Ok(());
        }
        let shown = path.display();
        let failed = || say!(lang, "`{shown}` cannot be written", "无法写入“{shown}”");
        let mut file = NamedTempFile::new_in(folder(path)).with_context(failed)?;
        file.write_all(&content).with_context(failed)?;
        file.persist(path).with_context(failed)?;
        if !common.quiet {
            tell(&say!(
                lang,
                "{shown}: what the pseudonyms stand for; keep it to yourself\n",
                "{shown}：化名与原名对照，请勿外传\n"
            ));
        }
        Ok(())
    }
}

impl Real {
    /// Changes in the pseudonyms of the redacted register, which are kept if they are new.
    pub(super) fn rename(
        &self,
        changes: &Changes,
        redacted: &Register,
        policy: &Policy,
        common: &Common,
        lang: Lang,
    ) -> Result<Changes> {
        let mut key = self.key.clone();
        let registers = [&self.register, redacted];
        let renamed = key.pseudonyms.rename(changes, registers, policy, lang);
        key.keep(common, lang)?;
        Ok(renamed)
    }
}

/// What tells the names does not stand among the results that are shared.
pub(super) fn refuse_inside(directory: &Path, common: &Common, lang: Lang) -> Result<()> {
    let Some(Some(file)) = &common.redact else {
        return Ok(());
    };
    let real = |path: &Path| path.canonicalize().ok();
    let (Some(directory), Some(folder)) = (real(directory), real(&folder(file))) else {
        return Ok(());
    };
    if folder.starts_with(&directory) {
        let shown = file.display();
        bail!(say!(
            lang,
            "--redact: `{shown}` tells the names and would stand among the results to be shared: put it elsewhere",
            "--redact：“{shown}”记有原名，不应放在要分享的结果中：请放到别处"
        ));
    }
    Ok(())
}

/// The directory of a file; that of a bare name is the one that the program was started in.
fn folder(file: &Path) -> PathBuf {
    let folder = file.parent().unwrap_or(file);
    Path::new(".").join(folder)
}
