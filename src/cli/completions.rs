//! `ciiflow completions` and `ciiflow man`: what shells and readers of manuals want to know of the command line.

use std::path::Path;

use anyhow::Result;
use ciiflow::lang::Lang;
use clap::Command;
use clap_complete::Shell;
use clap_mangen::Man;

use super::output::Directory;
use super::{Outcome, chinese, print};

/// What the sections of a page are called: by `clap_mangen`, by us, and in Chinese.
const SECTIONS: [(&str, &str, &str); 7] = [
    ("NAME", "NAME", "名称"),
    ("SYNOPSIS", "SYNOPSIS", "概要"),
    ("DESCRIPTION", "DESCRIPTION", "说明"),
    ("OPTIONS", "OPTIONS", "选项"),
    ("SUBCOMMANDS", "COMMANDS", "命令"),
    ("EXTRA", "EXAMPLES", "示例"),
    ("VERSION", "VERSION", "版本"),
];

/// Prints the completions of a shell.
pub(super) fn completions(shell: Shell, lang: Lang) -> Result<Outcome> {
    let mut command = chinese::command(lang);
    let name = command.get_name().to_owned();
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command, name, &mut script);
    print(&String::from_utf8_lossy(&script))?;
    Ok(Outcome::Done)
}

/// Prints the page of the program, or writes that of every command.
pub(super) fn man(output: Option<&Path>, lang: Lang) -> Result<Outcome> {
    // Its page would be named as what every program has.
    let mut command = chinese::command(lang).disable_help_subcommand(true);
    command.build();
    let Some(output) = output else {
        print(&page(&Man::new(own_words(command, lang)), lang)?)?;
        return Ok(Outcome::Done);
    };
    let mut directory = Directory::open(output, lang)?;
    write(command, &mut directory, lang)?;
    directory.finish(false)?;
    Ok(Outcome::Done)
}

/// Writes the page of a command and of all below it.
fn write(command: Command, directory: &mut Directory, lang: Lang) -> Result<()> {
    for below in command.get_subcommands() {
        write(below.clone(), directory, lang)?;
    }
    let man = Man::new(own_words(command, lang));
    let page = page(&man, lang)?;
    directory.write(&man.get_filename(), |out| out.write_all(page.as_bytes()))
}

/// The command with what clap adds to it in the language, and the first paragraph of what it does as its summary.
fn own_words(command: Command, lang: Lang) -> Command {
    let about = command.get_about().map(ToString::to_string);
    let about = about.unwrap_or_default();
    let command = match about.split_once("\n\n") {
        Some((first, _)) => command.about(first.to_owned()).long_about(about.clone()),
        None => command,
    };
    let command = command.subcommand_value_name(match lang {
        Lang::En => "COMMAND",
        Lang::Zh => "命令",
    });
    command.mut_args(|argument| match (argument.get_id().as_str(), lang) {
        ("help", Lang::Zh) => argument.help("显示帮助").long_help(None::<&str>),
        ("version", Lang::Zh) => argument.help("显示版本"),
        _ => argument,
    })
}

/// A page with its sections called as readers know them.
fn page(man: &Man, lang: Lang) -> Result<String> {
    let mut rendered = Vec::new();
    man.render(&mut rendered)?;
    let rendered = String::from_utf8_lossy(&rendered).into_owned();
    let mut page = String::new();
    for line in rendered.lines() {
        let section = line.strip_prefix(".SH ");
        let section = section.and_then(|name| SECTIONS.iter().find(|(known, ..)| *known == name));
        let line = match (section, lang) {
            (Some((_, name, _)), Lang::En) => format!(".SH {name}"),
            (Some((_, _, name)), Lang::Zh) => format!(".SH {name}"),
            // The section says so.
            (None, _) if chinese::HEADS_OF_EXAMPLES.contains(&line) => continue,
            (None, _) => line.to_owned(),
        };
        page += &line;
        page.push('\n');
        if line.starts_with(".TH ") {
            // Chinese has no spaces that could be stretched.
            page += ".ad l\n";
        }
    }
    Ok(page)
}
