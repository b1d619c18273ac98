//! The command line in Chinese: its help, and what it answers to arguments that it does not understand.
//!
//! clap speaks English only. What our commands and arguments say is replaced before it parses, its own few words in the
//! help that it has rendered, and its complaints are told anew, each from its kind. The English stands in `args`; a test
//! keeps both complete.

mod words;

use std::ffi::OsString;
use std::io::{self, Write as _};

use ciiflow::lang::Lang;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Command, CommandFactory, Error, FromArgMatches, Parser};

use super::args::Args;
use super::paint;
use words::{about, argument_words};

/// What was typed, with help and complaints in Chinese where Chinese is asked for.
pub(super) fn parse() -> Args {
    if !is_asked(std::env::args_os()) {
        return Args::parse();
    }
    let matches = command(Lang::Zh).try_get_matches();
    matches
        .and_then(|matches| Args::from_arg_matches(&matches))
        .unwrap_or_else(|error| {
            tell(&error);
            std::process::exit(error.exit_code())
        })
}

/// The command line in a language.
pub(super) fn command(lang: Lang) -> Command {
    match lang {
        Lang::En => Args::command(),
        Lang::Zh => localised(Args::command(), ""),
    }
}

/// What stands over the examples of a command in its help.
pub(super) const HEADS_OF_EXAMPLES: [&str; 2] = ["Examples:", "示例："];

/// Whether `--lang zh` stands among the arguments, which cannot be parsed yet.
fn is_asked(arguments: impl Iterator<Item = OsString>) -> bool {
    let mut arguments = arguments.take_while(|argument| argument != "--");
    while let Some(argument) = arguments.next() {
        if argument == "--lang=zh"
            || argument == "--lang" && arguments.next().is_some_and(|word| word == "zh")
        {
            return true;
        }
    }
    false
}

/// The command and all below it with their texts in Chinese; `path` is what was typed before it.
fn localised(command: Command, path: &str) -> Command {
    let path = format!("{path} {}", command.get_name());
    let (about, examples) = about(&path);
    let mut command = command.about(about).long_about(None::<&str>);
    if !examples.is_empty() {
        let [_, head] = HEADS_OF_EXAMPLES;
        command = command.after_help(format!("{head}\n{examples}"));
    }
    command
        .mut_args(|argument| {
            let (help, value) = argument_words(&path, argument.get_id().as_str());
            let argument = argument.help(help).long_help(None::<&str>);
            match value {
                "" => argument,
                _ => argument
                    .value_name(value)
                    .hide_possible_values(true)
                    .hide_default_value(true),
            }
        })
        .mut_subcommands(|command| localised(command, &path))
}

/// clap's own words in help and usage.
const OWN_WORDS: [(&str, &str); 12] = [
    (
        "Print this message or the help of the given subcommand(s)",
        "显示本帮助，或某个命令的帮助",
    ),
    (
        "Print help (see a summary with '-h')",
        "显示帮助（-h 显示摘要）",
    ),
    (
        "Print help (see more with '--help')",
        "显示帮助（--help 显示详情）",
    ),
    ("Print help", "显示帮助"),
    ("Print version", "显示版本"),
    ("Usage: ", "用法："),
    ("Usage:", "用法："),
    ("Commands:", "命令："),
    ("Arguments:", "参数："),
    ("Options:", "选项："),
    ("[OPTIONS]", "[选项]"),
    ("COMMAND", "命令"),
];

fn with_own_words(text: &str) -> String {
    OWN_WORDS
        .iter()
        .fold(text.to_owned(), |text, (en, zh)| text.replace(en, zh))
}

/// Prints help or a complaint where clap would.
fn tell(error: &Error) {
    let color = if error.use_stderr() {
        paint(&io::stderr())
    } else {
        paint(&io::stdout())
    }
    .color;
    let rendered = error.render();
    let rendered = if color {
        rendered.ansi().to_string()
    } else {
        rendered.to_string()
    };
    // Nobody listening is no failure.
    let _ = match complaint(error) {
        Some(complaint) => write!(io::stderr(), "{complaint}"),
        None if error.use_stderr() => write!(io::stderr(), "{}", with_own_words(&rendered)),
        None => write!(io::stdout(), "{}", with_own_words(&rendered)),
    };
}

/// What is wrong with the arguments; none where nothing is, or where clap means no argument in particular.
fn complaint(error: &Error) -> Option<String> {
    let told = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join("、"),
        Some(ContextValue::StyledStr(text)) => text.to_string(),
        _ => String::new(),
    };
    let (argument, value) = (
        told(ContextKind::InvalidArg),
        told(ContextKind::InvalidValue),
    );
    let command = told(ContextKind::InvalidSubcommand);
    let what = match error.kind() {
        ErrorKind::InvalidValue if value.is_empty() => format!("{argument} 需要一个值"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            format!("“{value}”不能用作 {argument}")
        }
        ErrorKind::UnknownArgument => format!("没有“{argument}”这个参数"),
        ErrorKind::InvalidSubcommand => format!("没有“{command}”这个命令"),
        ErrorKind::MissingSubcommand => format!("“{command}”之后需要一个命令"),
        ErrorKind::MissingRequiredArgument => format!("缺少参数：{argument}"),
        ErrorKind::ArgumentConflict => format!("{argument} 不能重复给出"),
        ErrorKind::TooManyValues => format!("{argument} 不能再有“{value}”"),
        _ => return None,
    };
    let valid = told(ContextKind::ValidValue) + &told(ContextKind::ValidSubcommand);
    let meant = [
        ContextKind::SuggestedArg,
        ContextKind::SuggestedValue,
        ContextKind::SuggestedSubcommand,
    ]
    .map(told)
    .concat();
    let usage = with_own_words(&told(ContextKind::Usage));
    let mut out = format!("错误：{what}\n");
    if !valid.is_empty() {
        out += &format!("  可选：{valid}\n");
    }
    if !meant.is_empty() {
        out += &format!("  是否为“{meant}”？\n");
    }
    if !usage.is_empty() {
        out += &format!("\n{usage}\n");
    }
    Some(out + "\n更多说明请见 --help。\n")
}

/// What the system says to a file that it does not let us use, in Chinese where it is a usual thing.
pub(super) fn system_words(error: &io::Error) -> String {
    let words = match error.kind() {
        io::ErrorKind::NotFound => "文件或目录不存在",
        io::ErrorKind::PermissionDenied => "没有权限",
        io::ErrorKind::AlreadyExists => "文件已存在",
        io::ErrorKind::NotADirectory => "不是目录",
        io::ErrorKind::IsADirectory => "是目录",
        io::ErrorKind::ReadOnlyFilesystem => "文件系统只读",
        io::ErrorKind::StorageFull => "存储空间已满",
        io::ErrorKind::InvalidFilename => "文件名无效",
        _ => return error.to_string(),
    };
    words.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_chinese(text: &str) -> bool {
        text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
    }

    #[track_caller]
    fn check(command: &Command) {
        let name = command.get_name();
        let about = command
            .get_about()
            .expect("a command says what it does")
            .to_string();
        assert!(is_chinese(&about), "{name}: {about}");
        for argument in command.get_arguments() {
            let help = argument
                .get_help()
                .map(ToString::to_string)
                .unwrap_or_default();
            assert!(is_chinese(&help), "{name} {}: {help}", argument.get_id());
        }
        command.get_subcommands().for_each(check);
    }

    #[test]
    fn every_command_and_argument_has_chinese_words() {
        check(&localised(Args::command(), ""));
    }

    #[test]
    fn the_language_is_known_before_anything_is_parsed() {
        let asked = |line: &str| is_asked(line.split(' ').map(OsString::from));
        assert!(asked("ciiflow check r --lang zh --bad"));
        assert!(asked("ciiflow --lang=zh"));
        assert!(!asked("ciiflow check --lang en zh"));
        assert!(!asked("ciiflow check -- --lang zh"));
    }
}
