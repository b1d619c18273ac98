//! Habits of the shell: help with examples that run, completions, manual pages.

use std::path::Path;
use std::process::{Command as Program, Stdio};

use super::workbench::{Run, Workbench, program};

/// What the program answers.
#[track_caller]
fn answer(arguments: &[&str]) -> String {
    let bench = Workbench::empty();
    let run = Run::of(program(&bench.path("")).args(arguments));
    run.exit(0);
    run.out
}

/// Every command as it is typed, the program itself first: told by the help of each.
fn commands() -> Vec<Vec<String>> {
    let mut found = vec![Vec::new()];
    let mut at = 0;
    while at < found.len() {
        let path: Vec<String> = found[at].clone();
        let words = path.iter().map(String::as_str).chain(["--help"]);
        let help = answer(&words.collect::<Vec<_>>());
        let below = help.lines().skip_while(|line| *line != "Commands:").skip(1);
        for line in below.take_while(|line| line.starts_with("  ")) {
            let name = line.split_whitespace().next().unwrap_or_default();
            // A line may go on below its command.
            let is_command = line.starts_with("  ") && !line.starts_with("   ");
            if is_command && name != "help" {
                found.push([path.as_slice(), &[name.to_owned()]].concat());
            }
        }
        at += 1;
    }
    assert!(found.len() > 12, "{found:?}");
    found
}

/// The examples in the help of a command.
fn examples(command: &[String], lang: &str) -> Vec<String> {
    let words = command.iter().map(String::as_str);
    let words: Vec<&str> = words.chain(["--help", "--lang", lang]).collect();
    let help = answer(&words);
    let head = ["Examples:", "示例："];
    let lines = help.lines().skip_while(|line| !head.contains(line)).skip(1);
    let lines = lines.map(|line| line.trim().to_owned());
    lines.filter(|line| !line.is_empty()).collect()
}

/// As at the root of a clone, of which only the samples are needed.
fn clone() -> Workbench {
    let mut bench = Workbench::empty();
    for sample in ["cloud-partner", "canada-contracts"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("samples/{sample}"));
        for entry in std::fs::read_dir(folder).expect("the sample is there") {
            let path = entry.expect("a directory can be listed").path();
            let name = path.file_name().expect("a file has a name");
            let name = format!("samples/{sample}/{}", name.to_string_lossy());
            bench = bench.with(&name, std::fs::read(&path).expect("a file can be read"));
        }
    }
    bench
}

/// Runs an example as it is typed; what a shell would write to a file is not looked at.
#[track_caller]
fn run(bench: &Workbench, example: &str) {
    let typed = example.split(" > ").next().unwrap_or_default();
    let mut words = typed.split(' ');
    assert_eq!(words.next(), Some("ciiflow"), "{example}");
    let output = program(&bench.path("")).args(words).output();
    let output = output.expect("the program starts");
    let said = String::from_utf8_lossy(&output.stderr);
    let done = matches!(output.status.code(), Some(0 | 1));
    assert!(done && !said.contains("panicked"), "{example}\n{said}");
    assert!(!output.stdout.is_empty() || !said.is_empty(), "{example}");
}

#[test]
fn every_example_of_the_help_runs() {
    let bench = clone();
    // One example compares with what the first of them writes.
    run(
        &bench,
        "ciiflow analyze samples/cloud-partner --as-of 2026-11-01 -o out --write json",
    );
    let mut seen = std::collections::BTreeSet::new();
    for command in commands() {
        for lang in ["en", "zh"] {
            let found = examples(&command, lang);
            assert!(found.len() >= 2, "{command:?} {lang}: {found:?}");
            for example in found.into_iter().filter(|line| seen.insert(line.clone())) {
                // A longer one is broken on a usual terminal, and cannot be copied.
                assert!(example.starts_with("ciiflow "), "{command:?}: {example}");
                let named = example.split(' ').skip(1);
                let is_its = command
                    .iter()
                    .all(|word| named.clone().any(|it| it == word));
                assert!(is_its, "{command:?}: {example}");
                // What a draft is written to has to be new.
                let _ = std::fs::remove_file(bench.path("draft.toml"));
                run(&bench, &example);
            }
        }
    }
}

/// Whether a program of the system takes the input without a complaint; none where it is not there.
fn takes(name: &str, arguments: &[&str], input: &[u8]) -> Option<String> {
    let mut file = tempfile::NamedTempFile::new().expect("a file can be made");
    std::io::Write::write_all(&mut file, input).expect("a file can be written");
    let mut program = Program::new(name);
    program.args(arguments).arg(file.path());
    let output = program.stdin(Stdio::null()).output().ok()?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{name}: {said}");
    Some(said)
}

#[test]
fn completions_know_every_command() {
    let commands = commands();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        for lang in ["en", "zh"] {
            let script = answer(&["completions", shell, "--lang", lang]);
            for word in commands.iter().flatten() {
                assert!(script.contains(word.as_str()), "{shell} {lang}: {word}");
            }
            if ["bash", "zsh", "fish"].contains(&shell)
                && let Some(said) = takes(shell, &["-n"], script.as_bytes())
            {
                assert_eq!(said, "", "{shell} {lang}");
            }
        }
    }
    let chinese = answer(&["completions", "zsh", "--lang", "zh"]);
    assert!(chinese.contains("找出每个主体的每项义务"), "{chinese}");
}

#[test]
fn there_is_a_page_for_every_command() {
    for (lang, sections) in [
        ("en", [".SH NAME\n", ".SH EXAMPLES\n"]),
        ("zh", [".SH 名称\n", ".SH 示例\n"]),
    ] {
        let bench = Workbench::empty();
        let mut command = program(&bench.path(""));
        Run::of(command.args(["man", "-o", "pages", "--lang", lang])).exit(0);
        let commands = commands();
        assert_eq!(bench.files("pages").len(), commands.len());
        for command in commands {
            let name = [&["ciiflow".to_owned()], command.as_slice()].concat();
            let page = bench.read(&format!("pages/{}.1", name.join("-")));
            for section in sections {
                assert!(page.contains(section), "{name:?}: no {section}");
            }
            for unwanted in ["EXTRA", "Examples:", "示例：", "SUBCOMMANDS"] {
                assert!(!page.contains(unwanted), "{name:?}: {unwanted}");
            }
            let example = examples(&command, lang).remove(0).replace('-', "\\-");
            assert!(page.contains(&example), "{name:?}: no {example}");
            let options = ["-k", "-man", "-Tutf8", "-ww", "-z"];
            if let Some(said) = takes("groff", &options, page.as_bytes()) {
                let said: Vec<&str> = said.lines().filter(|line| !is_of_width(line)).collect();
                assert_eq!(said, Vec::<&str>::new(), "{name:?}");
            }
        }
        let page = answer(&["man", "--lang", lang]);
        assert_eq!(page, bench.read("pages/ciiflow.1"));
    }
}

/// Chinese text has no spaces to break lines at, and groff tells so.
fn is_of_width(line: &str) -> bool {
    line.contains("can't break line") || line.contains("cannot break line")
}
