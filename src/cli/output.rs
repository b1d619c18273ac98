//! Writing results: every file whole, and all of them or none.

use std::fs;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use ciiflow::lang::{Lang, say};
use tempfile::{NamedTempFile, TempPath};

use super::args::Common;
use super::{key, tell};

/// A directory that results are written to. Files appear under their names only when all are written.
pub(super) struct Directory {
    path: PathBuf,
    lang: Lang,
    /// Closed, because a system has only so many files open.
    written: Vec<(TempPath, PathBuf)>,
    names: Vec<String>,
}

impl Directory {
    /// Proves that the directory can be written to, before the long work.
    pub(super) fn open(path: &Path, lang: Lang) -> Result<Directory> {
        let shown = path.display();
        if path.exists() && !path.is_dir() {
            bail!(say!(
                lang,
                "`{shown}` is not a directory",
                "“{shown}”不是目录"
            ));
        }
        fs::create_dir_all(path)
            .with_context(|| say!(lang, "`{shown}` cannot be created", "无法创建“{shown}”"))?;
        let probe = NamedTempFile::new_in(path);
        probe.with_context(|| say!(lang, "`{shown}` cannot be written to", "无法写入“{shown}”"))?;
        Ok(Directory {
            path: path.to_owned(),
            lang,
            written: Vec::new(),
            names: Vec::new(),
        })
    }

    /// The same for results of a register, which do not stand beside what tells whom they are of.
    pub(super) fn shared(path: &Path, common: &Common, lang: Lang) -> Result<Directory> {
        let directory = Directory::open(path, lang)?;
        key::refuse_inside(path, common, lang)?;
        Ok(directory)
    }

    /// The same where a directory is asked for.
    pub(super) fn asked(
        path: Option<&Path>,
        common: &Common,
        lang: Lang,
    ) -> Result<Option<Directory>> {
        path.map(|path| Directory::shared(path, common, lang))
            .transpose()
    }

    /// The names of what was written so far.
    pub(super) fn names(&self) -> &[String] {
        &self.names
    }

    /// Writes one file, not yet under its name.
    pub(super) fn write(
        &mut self,
        name: &str,
        content: impl FnOnce(&mut (dyn Write + Send)) -> std::io::Result<()>,
    ) -> Result<()> {
        let target = self.path.join(name);
        let failed = || cannot_write(&target, self.lang);
        let folder = target.parent().unwrap_or(&self.path);
        fs::create_dir_all(folder).with_context(failed)?;
        let file = tempfile::Builder::new()
            .prefix(".ciiflow-")
            .permissions(permissions())
            .tempfile_in(folder);
        let mut out = BufWriter::with_capacity(1 << 16, file.with_context(failed)?);
        content(&mut out).with_context(failed)?;
        let file = out
            .into_inner()
            .map_err(std::io::IntoInnerError::into_error)
            .with_context(failed)?;
        self.written.push((file.into_temp_path(), target));
        self.names.push(name.to_owned());
        Ok(())
    }

    /// Gives every file its name and tells it, unless that is to be quiet; what was written stays unseen if one cannot be.
    pub(super) fn finish(self, quiet: bool) -> Result<()> {
        let lang = self.lang;
        let mut targets = self.written.iter().map(|(_, target)| target);
        if let Some(target) = targets.find(|target| target.is_dir()) {
            let target = target.display();
            bail!(say!(lang, "`{target}` is a directory", "“{target}”是目录"));
        }
        let mut told = String::new();
        for (file, target) in self.written {
            file.persist(&target)
                .with_context(|| cannot_write(&target, lang))?;
            told += &format!("{}\n", target.display());
        }
        if !quiet {
            tell(&told);
        }
        Ok(())
    }
}

fn cannot_write(path: &Path, lang: Lang) -> String {
    let path = path.display();
    say!(lang, "`{path}` cannot be written", "无法写入“{path}”")
}

/// Results are read by whoever may read the directory, unlike temporary files.
#[cfg(unix)]
fn permissions() -> fs::Permissions {
    use std::os::unix::fs::PermissionsExt;
    fs::Permissions::from_mode(0o644)
}

/// Results are read by whoever may read the directory.
#[cfg(not(unix))]
fn permissions() -> fs::Permissions {
    fs::metadata(".")
        .map(|metadata| metadata.permissions())
        .expect("the working directory is there")
}
