//! `ciiflow init`: a draft of the `register.toml` that reads the tables given.

use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow, bail};
use ciiflow::diagnostic::did_you_mean;
use ciiflow::lang::{Lang, say};
use ciiflow::policy::packs;
use ciiflow::read::draft::{self, Draft};
use ciiflow::read::{Format, ReadError};
use ciiflow::report::{drafted, terminal};

use super::args::Init;
use super::output::Directory;
use super::{Outcome, Told, input, paint, print, tell};

/// The name under which a draft is found again.
const NAME: &str = "register.toml";

/// Drafts and writes.
pub(super) fn run(args: &Init, lang: Lang) -> Result<Outcome> {
    if args.list {
        print(&drafted::formats(lang))?;
        return Ok(Outcome::Done);
    }
    if let Some(wanted) = &args.show {
        print(&format(wanted, lang)?.mapping())?;
        return Ok(Outcome::Done);
    }
    if let Some(lost) = args.files.iter().find(|path| !path.exists()) {
        let error = ReadError::NotFound(lost.display().to_string());
        return Err(told(error, lang));
    }
    let file = target(args);
    let directory = match &file {
        Some(file) => folder(file),
        None => home(&args.files),
    };
    let output = match &file {
        Some(file) => {
            refuse(file, args.force, lang)?;
            Some((file, Directory::open(&directory, lang)?))
        }
        None => None,
    };
    let wanted = args.policy.as_deref();
    let policy = input::policy(wanted.unwrap_or(input::DEFAULT_PACK), lang)?;
    let pack = wanted.map(|wanted| pack_from(wanted, &directory));
    let pack = pack.as_deref();
    let known = match args.files.as_slice() {
        [one] => draft::draft_known(one, &directory, &policy, pack, lang),
        _ => Ok(None),
    };
    let draft = known.and_then(|known| match known {
        Some(draft) => Ok(draft),
        None => draft::draft(&draft::files(&args.files)?, &directory, &policy, pack, lang),
    });
    let draft = draft.map_err(|error| told(error, lang))?;
    let mut words = drafted::summary(&draft, lang);
    match output {
        None => print(&draft.text)?,
        Some((file, mut directory)) => {
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            directory.write(&name, |out| out.write_all(draft.text.as_bytes()))?;
            directory.finish(true)?;
            words += &next_command(&draft, file, lang);
        }
    }
    if !args.quiet {
        tell(&words);
    }
    Ok(Outcome::Done)
}

/// The known format with this id.
fn format(wanted: &str, lang: Lang) -> Result<Format> {
    let ids: Vec<String> = Format::all().map(|format| format.id().to_owned()).collect();
    let found = Format::all().find(|format| format.id() == wanted);
    found.ok_or_else(|| {
        let hint = did_you_mean(wanted, ids.iter().map(String::as_str), lang);
        anyhow!(say!(
            lang,
            "`{wanted}` is no known format{hint}",
            "没有格式“{wanted}”{hint}"
        ))
    })
}

/// The file to write; none for standard output.
fn target(args: &Init) -> Option<PathBuf> {
    match &args.output {
        Some(output) if output == Path::new("-") => None,
        Some(output) if output.is_dir() => Some(output.join(NAME)),
        Some(output) => Some(output.clone()),
        None => Some(home(&args.files).join(NAME)),
    }
}

/// The directory that a file is in.
fn folder(file: &Path) -> PathBuf {
    match file.parent() {
        Some(folder) if folder != Path::new("") => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}

fn told(error: ReadError, lang: Lang) -> anyhow::Error {
    match error {
        ReadError::Tables(diagnostics) => {
            let paint = paint(&std::io::stderr());
            tell(&terminal::faults(&diagnostics, lang, paint));
            Told.into()
        }
        error => anyhow!(error.message(lang)),
    }
}

/// The directory that holds all that was given.
fn home(paths: &[PathBuf]) -> PathBuf {
    let holder = |path: &PathBuf| match path.is_dir() {
        true => path.clone(),
        false => folder(path),
    };
    let mut folders = paths.iter().map(holder);
    let Some(first) = folders.next() else {
        return PathBuf::new();
    };
    let rest: Vec<PathBuf> = folders.map(|folder| whole(&folder)).collect();
    // The path is shown, so it stays as short as it was typed.
    let is_common = |folder: &&Path| rest.iter().all(|other| other.starts_with(whole(folder)));
    let typed = first.ancestors().find(is_common).map(Path::to_owned);
    typed.unwrap_or_else(|| {
        let first = whole(&first);
        let common = first.ancestors().find(is_common);
        common.unwrap_or(&first).to_owned()
    })
}

fn whole(path: &Path) -> PathBuf {
    let path = Path::new(".").join(path);
    path.canonicalize().unwrap_or(path)
}

/// A draft is a mapping by its name, and replaces none unasked.
fn refuse(file: &Path, force: bool, lang: Lang) -> Result<()> {
    let shown = file.display();
    if file.extension().is_none_or(|ending| ending != "toml") {
        bail!(say!(
            lang,
            "`{shown}` has to end in .toml to be read as a register.toml",
            "“{shown}”须以 .toml 结尾，才能作为 register.toml 读取"
        ));
    }
    if file.exists() && !force {
        bail!(say!(
            lang,
            "`{shown}` is there already; --force replaces it, -o FILE writes elsewhere",
            "“{shown}”已存在；--force 可替换，-o 文件 可写到别处"
        ));
    }
    Ok(())
}

/// What a draft in a directory says of the pack.
fn pack_from(wanted: &str, directory: &Path) -> String {
    let is_embedded = packs::embedded().iter().any(|(id, _)| *id == wanted);
    match is_embedded {
        true => wanted.to_owned(),
        false => draft::relative(Path::new(wanted), directory),
    }
}

/// What was written, and what to do with it.
fn next_command(draft: &Draft, file: &Path, lang: Lang) -> String {
    let shown = file.display();
    let folder = folder(file);
    let is_usual = file.file_name().is_some_and(|name| name == NAME);
    let register = if is_usual { &folder } else { file };
    let register = register.display();
    let written = say!(lang, "written: {shown}\n", "已写入：{shown}\n");
    written
        + &match draft.has_relationships {
            true => say!(
                lang,
                "next: ciiflow check {register}\n",
                "下一步：ciiflow check {register}\n"
            ),
            false => say!(
                lang,
                "next: no table shows customers and suppliers, without which no register can be read; say in it which does\n",
                "下一步：没有表给出客户和供应商，而台账不能没有；请在其中指明是哪个表\n"
            ),
        }
}
