//! Pages to be opened, and registers that they are made from.

use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// A register in a directory of its own.
pub(crate) struct Register(TempDir);

impl Register {
    pub(crate) fn new(parties: &str, relationships: &str) -> Register {
        let directory = tempfile::tempdir().expect("a temporary directory can be made");
        for (name, text) in [
            ("parties.csv", parties),
            ("relationships.csv", relationships),
        ] {
            std::fs::write(directory.path().join(name), text).expect("a file can be written");
        }
        Register(directory)
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }
}

/// A page in a directory of its own.
pub(crate) struct Page(TempDir);

impl Page {
    pub(crate) fn of(register: &Path, arguments: &[&str]) -> Page {
        let directory = tempfile::tempdir().expect("a temporary directory can be made");
        let run = Command::new(env!("CARGO_BIN_EXE_ciiflow"))
            .arg("analyze")
            .arg(register)
            .args(["--write", "html", "--quiet", "-o"])
            .arg(directory.path())
            .args(arguments)
            .output()
            .expect("ciiflow runs");
        assert!(
            run.status.success(),
            "{}",
            String::from_utf8_lossy(&run.stderr)
        );
        Page(directory)
    }

    pub(crate) fn sample(name: &str, lang: &str) -> Page {
        let register = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("samples")
            .join(name);
        let day = match name {
            "canada-contracts" => "2020-01-01",
            _ => "2026-11-01",
        };
        Page::of(&register, &["--as-of", day, "--lang", lang])
    }

    pub(crate) fn file(&self) -> PathBuf {
        self.0.path().join("report.html")
    }
}
