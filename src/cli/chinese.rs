//! The command line in Chinese: its help, and what it answers to arguments that it does not understand.
//!
//! clap speaks English only. What our commands and arguments say is replaced before it parses, its own few words in the
//! help that it has rendered, and its complaints are told anew, each from its kind. The English stands in `args`; a test
//! keeps both complete.

use std::ffi::OsString;
use std::io::{self, Write as _};

use ciiflow::lang::Lang;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Command, CommandFactory, Error, FromArgMatches, Parser};

use super::args::Args;
use super::paint;

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

/// What a command does, and examples of it.
fn about(path: &str) -> (&'static str, &'static str) {
    match path {
        " ciiflow" => (
            "找出哪些供应商和合作方承担沿供应链传导的义务、经由哪条链条、有多确定。\n\n\
             台账是含 parties.csv 和 relationships.csv（以及 evidence.csv）的目录或 zip、含有这些工作表的工作簿、已知格式的文件，或含有将其他表映射为上述各表的 register.toml 的目录。\
             所有数据都留在本机。不构成法律意见。",
            "  ciiflow analyze samples/cloud-partner --as-of 2026-11-01 --lang zh -o out
  ciiflow explain samples/cloud-partner chichu data-handling --lang zh",
        ),
        " ciiflow analyze" => (
            "找出每个主体的每项义务，写出结论、条款、报告和图表",
            "  ciiflow analyze samples/cloud-partner --as-of 2026-11-01 --lang zh -o out
  ciiflow analyze samples/cloud-partner --focus ostrevind --lang zh -o focus
  ciiflow analyze samples/cloud-partner --policy cn-cii --lang zh -o out --write findings,report",
        ),
        " ciiflow check" => (
            "只读取台账，报告每一处问题；有任何错误或警告时退出码为 1",
            "  ciiflow check samples/cloud-partner --lang zh
  ciiflow check samples/canada-contracts/register.toml --as-of 2020-01-01 --lang zh",
        ),
        " ciiflow explain" => (
            "说明某主体为何承担其义务：链条，以及每一步的事实和法律依据",
            "  ciiflow explain samples/cloud-partner nephelis --as-of 2026-11-01 --lang zh
  ciiflow explain samples/cloud-partner chichu data-handling --lang zh",
        ),
        " ciiflow ask" => (
            "首先应向谁询问什么，以及每个答复会改变什么",
            "  ciiflow ask samples/cloud-partner --as-of 2026-11-01 --lang zh
  ciiflow ask samples/cloud-partner --focus ostrevind --lang zh -o questions",
        ),
        " ciiflow letter" => (
            "致函供应商，说明经其自身合同传导至其的义务，并索取证明材料",
            "  ciiflow letter samples/cloud-partner halvoro --reviewed-by 李审核 --lang zh -o out
  ciiflow letter samples/cloud-partner --all --from ostrevind --reviewed-by 李审核 --lang zh -o out",
        ),
        " ciiflow convert" => (
            "将读到的内容写成规范 CSV，再次读取时结果相同",
            "  ciiflow convert samples/canada-contracts --lang zh -o canonical
  ciiflow convert samples/cloud-partner --redact --lang zh -o shared",
        ),
        " ciiflow what-if" => (
            "若情况不同，哪些义务新增、消失或变化",
            "  ciiflow what-if samples/cloud-partner --set bank-luming.cii_status=not-designated --lang zh
  ciiflow what-if samples/cloud-partner --remove R09 --lang zh -o delta
  ciiflow what-if samples/cloud-partner --add customer=grid-heyan,supplier=newco --lang zh",
        ),
        " ciiflow diff" => (
            "两份台账或已保存的评估之间，哪些义务新增、消失或变化",
            "  ciiflow diff samples/cloud-partner samples/cloud-partner --old-as-of 2026-01-01 --lang zh -o delta
  ciiflow diff out/assessment.json samples/cloud-partner --lang zh",
        ),
        " ciiflow init" => (
            "根据任意表的表头和单元格起草 register.toml，并标出不确定之处",
            "  ciiflow init samples/canada-contracts/contracts.csv --lang zh -o draft.toml
  ciiflow init samples/cloud-partner --lang zh -o -
  ciiflow init --list --lang zh",
        ),
        " ciiflow policy" => (
            "列出、显示或检查规则包",
            "  ciiflow policy show cn-cii --lang zh
  ciiflow policy check samples/canada-contracts/policy.toml --lang zh",
        ),
        " ciiflow policy list" => (
            "列出内置规则包",
            "  ciiflow policy list --lang zh
  ciiflow policy list --lang en",
        ),
        " ciiflow policy show" => (
            "打印规则包，供律师阅读",
            "  ciiflow policy show cn-cii --lang zh
  ciiflow policy show samples/canada-contracts/policy.toml --lang zh --as-of 2025-12-31",
        ),
        " ciiflow policy check" => (
            "检查规则包，报告每一处错误及其位置",
            "  ciiflow policy check samples/canada-contracts/policy.toml --lang zh
  ciiflow policy check cn-cii --lang zh",
        ),
        " ciiflow completions" => (
            "打印可在 shell 中补全命令和选项的脚本",
            "  ciiflow completions bash --lang zh > ciiflow.bash
  ciiflow completions zsh --lang zh > _ciiflow",
        ),
        " ciiflow man" => (
            "打印手册页，或写出每个命令的手册页",
            "  ciiflow man --lang zh > ciiflow.1
  ciiflow man --lang zh -o man1",
        ),
        _ => ("", ""),
    }
}

/// What an argument means, and what stands for its value.
fn argument_words(path: &str, argument: &str) -> (&'static str, &'static str) {
    match (path, argument) {
        (_, "lang") => (
            "所有输出的语言：en（英文）或 zh（简体中文） [默认：en]",
            "语言",
        ),
        (_, "register") => ("目录、工作簿、zip、已知格式的文件或 register.toml", "台账"),
        (" ciiflow ask", "output") => (
            "写入 questions.csv 和 questions.md 的目录，没有则创建",
            "目录",
        ),
        (" ciiflow check", "output") => {
            ("写入 register-issues.csv 和 ciiflow.sarif 的目录", "目录")
        }
        (" ciiflow letter", "party") => ("收函的供应商：标识或名称", "主体"),
        (" ciiflow letter", "all") => ("向有义务传导至其的每个供应商发函", ""),
        (" ciiflow letter", "from") => (
            "发函方：标识或名称 [默认：供应商仅有一个客户时为该客户]",
            "主体",
        ),
        (" ciiflow letter", "output") => (
            "写入 letters/ 和内部使用的 letters.md 的目录；不存在时自动创建",
            "目录",
        ),
        (" ciiflow letter", "written_in") => (
            "函件语言：en（英文）、zh（简体中文）或 both（中英对照） [默认：同 --lang]",
            "语言",
        ),
        (" ciiflow letter", "reviewed_by") => (
            "规则包要求复核时的复核人；只记入 letters.md，不写入函件",
            "姓名",
        ),
        (" ciiflow letter", "by") => ("答复期限，YYYY-MM-DD [默认：函件日期起 30 天]", "日期"),
        (" ciiflow letter", "as_of") => ("评估和函件的日期，YYYY-MM-DD [默认：今天]", "日期"),
        (" ciiflow what-if", "set") => (
            "设某项事实、supports、starts 或 ends 为此值：主体.事实=值 或 关系.事实=值",
            "对象.事实=值",
        ),
        (" ciiflow what-if", "remove") => ("设某关系已终止", "关系"),
        (" ciiflow what-if", "replace") => ("设主体 B 接替主体 A 的供应", "A=B"),
        (" ciiflow what-if", "add") => ("增加一条关系：customer=…,supplier=…,事实=值,…", "单元格"),
        (" ciiflow what-if", "acquire") => ("设某主体被收购", "收购方=主体"),
        (" ciiflow what-if", "dissolve") => ("设某主体解散", "主体"),
        (" ciiflow what-if", "changes") => (
            "含有此类变化的 TOML 文件：set、remove、replace、add、acquire、dissolve，各为列表",
            "文件",
        ),
        (" ciiflow what-if" | " ciiflow diff", "output") => {
            ("写入变化的目录；不存在时自动创建", "目录")
        }
        (" ciiflow diff", "old") => ("之前的台账，或为其保存的 assessment.json", "旧台账"),
        (" ciiflow diff", "new") => ("之后的台账，或 assessment.json", "新台账"),
        (" ciiflow diff", "old_as_of") => ("之前的评估日期，YYYY-MM-DD [默认：同一日期]", "日期"),
        (" ciiflow init", "files") => {
            ("表和工作簿，或含有它们的目录；或已知格式的一份台账", "文件")
        }
        (" ciiflow init", "list") => ("列出可直接读取的已知格式", ""),
        (" ciiflow init", "show") => ("打印已知格式的映射，以便修改", "格式"),
        (" ciiflow init", "output") => (
            "要写入的文件，- 为标准输出 [默认：各文件旁的 register.toml]",
            "文件",
        ),
        (" ciiflow init", "force") => ("替换已存在的文件", ""),
        (" ciiflow init", "policy") => (
            "要查找其事实的规则包：文件，或内置规则包的标识 [默认：cn-cii]",
            "文件|标识",
        ),
        (" ciiflow init", "quiet") => ("只打印无法完成之事", ""),
        (" ciiflow convert", "output") => (
            "写入 parties.csv、relationships.csv 和 evidence.csv 的目录；不存在时自动创建",
            "目录",
        ),
        (" ciiflow completions", "shell") => {
            ("shell 名称：bash、zsh、fish、powershell 或 elvish", "shell")
        }
        (" ciiflow man", "output") => ("写入各命令手册页的目录；不存在时自动创建", "目录"),
        (_, "output") => (
            "写入结果的目录；不存在时自动创建。不给出时只打印摘要",
            "目录",
        ),
        (_, "fail_on") => (
            "存在以下任一情形时以退出码 1 结束：open（适用义务无有效证据）、open-statute（其中法定的）、expired（证据已过期）、gap（链条上缺合同条款）、unconfirmed（待确认结论）、unclear-customer（状态为空或无法识别的客户）、register-error（台账错误）、register-warning（台账错误和警告）",
            "规则",
        ),
        (_, "screen") => (
            "将规则包筛查得出的主体视为可能的运营者；在每份输出中标明",
            "",
        ),
        (_, "write") => (
            "要写出的结果：findings、clauses、exposure、questions、screening、register-issues、json、report、html、workbook、charts、sarif [默认：除 sarif 外全部]",
            "结果",
        ),
        (" ciiflow check", "as_of") => ("核对证据的日期 [默认：今天]", "YYYY-MM-DD"),
        (" ciiflow policy show", "as_of") => ("判断法律是否施行的日期 [默认：今天]", "YYYY-MM-DD"),
        (_, "as_of") => ("评估日期 [默认：今天]", "YYYY-MM-DD"),
        (_, "focus") => (
            "只看传导至该主体的义务及其向下传递的内容：标识或名称",
            "主体",
        ),
        (_, "party") => ("主体的标识或名称", "主体"),
        (_, "obligation") => ("义务的标识；不给出时为该主体的全部义务", "义务"),
        (" ciiflow policy show", "policy") => {
            ("文件，或内置规则包的标识 [默认：cn-cii]", "文件|标识")
        }
        (" ciiflow policy check", "policy") => ("文件，或内置规则包的标识", "文件|标识"),
        (_, "policy") => (
            "规则包：文件，或内置规则包的标识 [默认：register.toml 所指明的，否则为 cn-cii]",
            "文件|标识",
        ),
        (_, "assume") => (
            "将某项事实的所有空白单元格视为该值；记入每份输出",
            "事实=值",
        ),
        (_, "answers") => (
            "供应商填好的答复表，或其所在目录：填补台账未载明之处；记入每份输出",
            "文件",
        ),
        (_, "redact") => (
            "以固定化名代替主体、关系、合同和文件，以便分享结果；文件用于保存化名",
            "文件",
        ),
        (_, "strict") => ("台账有任何错误或警告时以退出码 2 结束", ""),
        (_, "threads") => ("工作线程数 [默认：处理器数]", "1-512"),
        (_, "timings") => ("打印各阶段用时和内存用量", ""),
        (_, "quiet") => ("不打印进度和台账问题", ""),
        _ => ("", ""),
    }
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
