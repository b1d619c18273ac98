//! A directory with a register in it, the program run there, and what it said.

use std::path::{Path, PathBuf};

use assert_cmd::Command;
use tempfile::TempDir;

pub(crate) const PARTIES: &str = "\
id,name,local_name,rank,country,staff,founded
bank,Riverside Bank,江岸银行,core,CN,9000,1990-04-01
host,Cloud Host,云主机,,CN,40,
guard,Night Guard,,plain,DE,5,
";

pub(crate) const RELATIONSHIPS: &str = "\
id,customer,supplier,supports,contract,starts,ends,serves,access
R1,bank,host,,C-1,2024-01-01,2027-01-01,yes,user
R2,host,guard,R1,C-2,,,yes,remote
";

/// The findings that stand as long as the rows of [`PARTIES`] and [`RELATIONSHIPS`] are read.
const GOOD: [&str; 3] = [
    "bank,Riverside Bank,notice,applies,0,,bank,1,standard,",
    "guard,Night Guard,vetting,applies,2,R2,bank,1,contract,",
    "host,Cloud Host,vetting,applies,1,R1,bank,1,statute,",
];

/// A directory that holds a policy pack and a register; programs run in it.
pub(crate) struct Workbench(TempDir);

impl Workbench {
    /// With a good register in `register`, and the pack in `policy.toml`.
    pub(crate) fn new() -> Workbench {
        Workbench::empty()
            .with("register/parties.csv", PARTIES)
            .with("register/relationships.csv", RELATIONSHIPS)
    }

    /// With nothing but the pack.
    pub(crate) fn empty() -> Workbench {
        let directory = tempfile::tempdir().expect("a temporary directory can be made");
        Workbench(directory).with("policy.toml", include_str!("policy.toml"))
    }

    /// The same, with this file in it.
    pub(crate) fn with(self, name: &str, content: impl AsRef<[u8]>) -> Workbench {
        let path = self.path(name);
        let folder = path.parent().expect("a file stands in a directory");
        std::fs::create_dir_all(folder).expect("a directory can be made");
        std::fs::write(path, content).expect("a file can be written");
        self
    }

    /// The same, with these rows after those of `register/parties.csv`.
    pub(crate) fn parties(self, rows: &str) -> Workbench {
        self.with("register/parties.csv", format!("{PARTIES}{rows}"))
    }

    /// The same, with these rows after those of `register/relationships.csv`.
    pub(crate) fn relationships(self, rows: &str) -> Workbench {
        self.with(
            "register/relationships.csv",
            format!("{RELATIONSHIPS}{rows}"),
        )
    }

    pub(crate) fn without(self, name: &str) -> Workbench {
        std::fs::remove_file(self.path(name)).expect("the file is there");
        self
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn read(&self, name: &str) -> String {
        let bytes =
            std::fs::read(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        String::from_utf8(bytes).expect("results are UTF-8")
    }

    /// A command in this directory, without the pack and the day.
    pub(crate) fn command(&self) -> Command {
        program(self.0.path())
    }

    /// Runs `arguments` as a shell would split them, under the pack, on a fixed day.
    #[track_caller]
    pub(crate) fn run(&self, arguments: &str) -> Run {
        let mut command = self.command();
        command.args(arguments.split(' '));
        let has = |flag: &str| arguments.split(' ').any(|argument| argument == flag);
        if !has("policy") && !has("--policy") {
            command.args(["--policy", "policy.toml"]);
        }
        let has_day = !["policy", "convert", "init"]
            .iter()
            .any(|command| has(command));
        if has_day && !has("--as-of") {
            command.args(["--as-of", "2026-01-01"]);
        }
        Run::of(&mut command)
    }

    /// Analyzes `register` into `out`, which has to work and to find what stands in the good rows.
    #[track_caller]
    pub(crate) fn analyze(&self) -> Run {
        let run = self.run("analyze register -o out --write findings,clauses,register-issues");
        run.exit(0);
        let findings = self.read("out/findings.csv");
        for row in GOOD {
            assert!(findings.contains(row), "{row} is lost:\n{findings}");
        }
        run
    }

    /// Every file under `name`, as paths within it, sorted.
    pub(crate) fn files(&self, name: &str) -> Vec<PathBuf> {
        let mut found = Vec::new();
        let mut open = vec![self.path(name)];
        while let Some(directory) = open.pop() {
            for entry in std::fs::read_dir(directory).into_iter().flatten() {
                let path = entry.expect("a directory can be listed").path();
                match path.is_dir() {
                    true => open.push(path),
                    false => found.push(path),
                }
            }
        }
        found.sort();
        found
    }

    /// Asserts that nothing at all was written to `out`.
    #[track_caller]
    pub(crate) fn nothing_written(&self) {
        assert_eq!(self.files("out"), Vec::<PathBuf>::new());
    }
}

/// The program in a directory, away from the terminal and from settings of whoever runs the tests.
pub(crate) fn program(directory: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ciiflow"));
    command.current_dir(directory).env_remove("NO_COLOR");
    command
}

/// What a run printed and how it ended.
#[derive(Debug)]
pub(crate) struct Run {
    code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Run {
    /// Runs the command; whatever it does, it neither panics nor is killed nor prints what is no text.
    #[track_caller]
    pub(crate) fn of(command: &mut Command) -> Run {
        let output = command.output().expect("the program starts");
        let text = |bytes| String::from_utf8(bytes).expect("the program prints UTF-8");
        let run = Run {
            code: output.status.code(),
            out: text(output.stdout),
            err: text(output.stderr),
        };
        assert!(run.code.is_some(), "killed: {run:?}");
        assert!(!run.err.contains("panicked"), "{}", run.err);
        run
    }

    #[track_caller]
    pub(crate) fn exit(&self, code: i32) -> &Run {
        assert_eq!(self.code, Some(code), "{}\n{}", self.out, self.err);
        self
    }

    /// Asserts that standard error says this.
    #[track_caller]
    pub(crate) fn says(&self, words: &str) -> &Run {
        assert!(self.err.contains(words), "no `{words}` in:\n{}", self.err);
        self
    }

    /// Asserts that standard error does not say this.
    #[track_caller]
    pub(crate) fn never_says(&self, words: &str) -> &Run {
        assert!(!self.err.contains(words), "`{words}` in:\n{}", self.err);
        self
    }

    /// Asserts that standard output says this.
    #[track_caller]
    pub(crate) fn prints(&self, words: &str) -> &Run {
        assert!(self.out.contains(words), "no `{words}` in:\n{}", self.out);
        self
    }
}
