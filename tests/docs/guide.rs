//! `docs/guide.md`: every command in it is run, and prints what stands there.
//!
//! With `UPDATE_GUIDE=1` the guide is written anew with what they print, to be looked at. The commands are those of a shell, so other systems leave it out.

use std::fs;
use std::path::Path;
use std::process::Command;

/// A directory with the sample at the place that the guide's commands name.
fn bench() -> tempfile::TempDir {
    let bench = tempfile::tempdir().unwrap();
    let sample = "samples/cloud-partner";
    fs::create_dir_all(bench.path().join(sample)).unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for entry in fs::read_dir(root.join(sample)).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap();
        fs::copy(&path, bench.path().join(sample).join(name)).unwrap();
    }
    bench
}

/// What a command of the guide prints: what it tells on the way is left out, as with a redirection.
fn printed(command: &str, bench: &Path) -> String {
    let program = Path::new(env!("CARGO_BIN_EXE_ciiflow"));
    let path = format!(
        "{}:{}",
        program.parent().unwrap().display(),
        std::env::var("PATH").unwrap()
    );
    let run = Command::new("sh")
        .args(["-c", command])
        .current_dir(bench)
        .env("PATH", path)
        .env("NO_COLOR", "1")
        .output()
        .unwrap();
    // Blanks at the ends of lines would not survive an editor.
    let text = String::from_utf8(run.stdout).unwrap();
    text.lines()
        .map(|line| format!("{}\n", line.trim_end()))
        .collect()
}

#[test]
fn every_command_prints_what_the_guide_shows() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/guide.md");
    let guide = fs::read_to_string(&path).unwrap().replace("\r\n", "\n");
    let bench = bench();
    let (mut real, mut commands, mut in_block) = (String::new(), 0, false);
    for line in guide.lines() {
        match (line, line.strip_prefix("$ ")) {
            ("```console", _) => in_block = true,
            ("```", _) => in_block = false,
            (_, Some(command)) if in_block => {
                commands += 1;
                real += &format!("{line}\n{}", printed(command, bench.path()));
                continue;
            }
            _ if in_block => continue,
            _ => {}
        }
        real += line;
        real.push('\n');
    }
    assert!(commands >= 10, "the guide shows {commands} commands");
    if std::env::var_os("UPDATE_GUIDE").is_some_and(|value| value == "1") {
        fs::write(&path, &real).unwrap();
        return;
    }
    let differs = guide
        .lines()
        .zip(real.lines())
        .find(|(shown, real)| shown != real);
    assert!(
        guide == real,
        "the guide shows, and the program prints: {differs:#?}"
    );
}
