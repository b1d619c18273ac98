//! What is written: whole or not at all, the same bytes on any number of threads, nothing that a spreadsheet would run.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use super::workbench::{Run, Workbench, program};

#[test]
fn an_output_that_is_a_file() {
    let bench = Workbench::new().with("file", "kept");
    for command in ["analyze", "check"] {
        bench
            .run(&format!("{command} register -o file"))
            .exit(2)
            .says("`file` is not a directory");
        bench
            .run(&format!("{command} register -o file/under"))
            .exit(2)
            .says("`file/under` cannot be created");
    }
    assert_eq!(bench.read("file"), "kept");
}

#[test]
#[cfg(target_os = "linux")]
fn an_output_where_nobody_may_write() {
    let bench = Workbench::new();
    bench
        .run("analyze register -o /proc")
        .exit(2)
        .says("`/proc` cannot be written to");
    bench
        .run("analyze register -o /proc/out")
        .exit(2)
        .says("`/proc/out` cannot be created");
}

#[test]
fn a_directory_in_the_place_of_a_result() {
    for name in ["findings.csv", "clauses.csv", "charts/exposure.png"] {
        let bench = Workbench::new().with(&format!("out/{name}/kept"), "kept");
        bench
            .run("analyze register -o out")
            .exit(2)
            .says(&format!("out/{name}` is a directory"));
        assert_eq!(
            bench.files("out"),
            [bench.path(&format!("out/{name}/kept"))]
        );
    }
    let bench = Workbench::new().with("out/charts", "kept");
    bench
        .run("analyze register -o out")
        .exit(2)
        .says("out/charts");
    assert_eq!(bench.files("out"), [bench.path("out/charts")]);
}

#[test]
fn the_report_names_only_what_is_written_with_it() {
    for (write, links) in [
        ("report", 0),
        ("report,charts", 4),
        ("report,charts,findings,exposure", 6),
    ] {
        let bench = Workbench::new();
        let run = bench.run(&format!("analyze register -o out --write {write}"));
        run.exit(0);
        let report = bench.read("out/report.md");
        let targets = report.split("](").skip(1);
        let targets = targets.map(|rest| rest.split(')').next().unwrap_or_default());
        let mut files: Vec<&str> = targets.filter(|target| !target.starts_with('#')).collect();
        files.sort_unstable();
        files.dedup();
        assert_eq!(files.len(), links, "{files:?}");
        for file in files {
            assert!(bench.path(&format!("out/{file}")).is_file(), "{file}");
        }
    }
}

#[test]
fn old_results_are_replaced_whole() {
    let bench = Workbench::new()
        .with("out/findings.csv", "old\n".repeat(10_000))
        .with("out/mine.txt", "kept");
    bench.analyze();
    assert!(!bench.read("out/findings.csv").contains("old"));
    assert_eq!(bench.read("out/mine.txt"), "kept");
    let before = bench.read("out/findings.csv");
    let bench = bench.with("register/parties.csv", "");
    bench.run("analyze register -o out").exit(2);
    assert_eq!(bench.read("out/findings.csv"), before);
}

/// Fills a small disk; where none can be mounted the test says so and ends.
#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_leaves_nothing_half_written() {
    let rows: String = (3..5000)
        .map(|n| format!("R{n},bank,p{n},,,,,yes,user\n"))
        .collect();
    let bench = Workbench::new().relationships(&rows);
    fs::create_dir(bench.path("disk")).unwrap();
    let script = "mount -t tmpfs -o size=64k none disk || exit 77
        echo before > disk/findings.csv
        \"$0\" analyze register --policy policy.toml --as-of 2026-01-01 -o disk --quiet
        code=$?
        cat disk/findings.csv; ls -A disk
        exit $code";
    let mut command = Command::new("unshare");
    command.args([
        "--mount",
        "--map-root-user",
        "sh",
        "-c",
        script,
        env!("CARGO_BIN_EXE_ciiflow"),
    ]);
    let Ok(output) = command.current_dir(bench.path("")).output() else {
        eprintln!("skipped: there is no unshare here");
        return;
    };
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let (code, out, err) = (
        output.status.code(),
        text(&output.stdout),
        text(&output.stderr),
    );
    if code == Some(77) || err.starts_with("unshare") {
        eprintln!("skipped: no disk can be mounted here: {err}");
        return;
    }
    assert_eq!(code, Some(2), "{out}{err}");
    assert!(
        err.contains("No space left on device") && err.contains("cannot be written"),
        "{err}"
    );
    assert_eq!(out, "before\nfindings.csv\n");
}

#[test]
#[cfg(target_os = "linux")]
fn standard_output_on_a_full_disk() {
    let bench = Workbench::new();
    for arguments in [
        &["analyze", "register", "--policy", "policy.toml"][..],
        &["policy", "show"],
    ] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ciiflow"));
        let full = fs::OpenOptions::new()
            .write(true)
            .open("/dev/full")
            .unwrap();
        let output = command
            .args(arguments)
            .current_dir(bench.path(""))
            .stdout(full)
            .output()
            .unwrap();
        let err = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{err}");
        assert!(err.contains("No space left on device"), "{err}");
    }
}

#[test]
#[cfg(unix)]
fn a_reader_that_leaves_is_no_failure() {
    let bench = Workbench::new();
    for arguments in [
        "analyze register --policy policy.toml",
        "policy show",
        "explain register host --policy policy.toml",
        "--help",
    ] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ciiflow"));
        command
            .args(arguments.split(' '))
            .current_dir(bench.path(""));
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = command
            .stdout(writer)
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
            .wait_with_output()
            .unwrap();
        let err = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{arguments}: {err}");
        assert!(!err.contains("ipe"), "{arguments}: {err}");
    }
}

#[test]
fn nothing_written_can_become_a_formula() {
    let bench = Workbench::new()
        .parties(
            "=1+1,=cmd|'/C calc'!A0,,core,CN,50,\n+49,\"\t=2\",,core,CN,50,\n-p,-2+3,,core,CN,50,\n@x,@SUM(A1),,core,CN,50,\n\
             \"'=q\",\"\r=3\",,core,CN,50,\n",
        )
        .relationships("=R,=1+1,-p,=soon,=HYPERLINK(\"x\"),=d,,yes,user\n+R,+49,@x,,,,,yes,=user\n");
    bench.analyze();
    let issues = bench.read("out/register-issues.csv");
    for id in ["=1+1", "+49", "-p", "@x", "=R", "+R"] {
        let row = format!("id,warning,formula-id,'{id},");
        assert!(issues.contains(&row), "no {row} in {issues}");
    }
    for name in ["findings.csv", "clauses.csv", "register-issues.csv"] {
        let text = bench.read(&format!("out/{name}"));
        let text = text
            .strip_prefix('\u{FEFF}')
            .expect("Excel needs the mark to read UTF-8");
        let mut rows = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(text.as_bytes());
        for row in rows.records() {
            for cell in &row.unwrap() {
                assert!(
                    !cell.starts_with(['=', '+', '-', '@', '\t', '\r']),
                    "{name}: {cell}"
                );
            }
        }
    }
    assert!(
        bench
            .read("out/findings.csv")
            .contains("'=1+1,'=cmd|'/C calc'!A0,notice")
    );
}

#[test]
fn threads_change_no_byte() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    for lang in ["en", "zh"] {
        let bench = Workbench::empty();
        let mut printed = Vec::new();
        for threads in ["1", "2"] {
            let mut command = program(&samples);
            command.args([
                "analyze",
                "cloud-partner",
                "--as-of",
                "2026-11-01",
                "--lang",
                lang,
                "--threads",
                threads,
            ]);
            let run = Run::of(command.arg("-o").arg(bench.path(threads)));
            run.exit(0);
            printed.push(run.out);
        }
        assert_eq!(printed[0], printed[1]);
        let (one, two) = (bench.files("1"), bench.files("2"));
        assert_eq!((one.len(), two.len()), (18, 18));
        for (one, two) in one.iter().zip(&two) {
            assert_eq!(
                fs::read(one).unwrap(),
                fs::read(two).unwrap(),
                "{}",
                one.display()
            );
        }
    }
}

#[test]
fn no_colours_where_nobody_looks() {
    let bench = Workbench::new().relationships("R3,bank,ghost,,,,,perhaps,user\n");
    for arguments in [
        "analyze register",
        "check register",
        "explain register ghost",
        "policy show",
        "policy check nothing",
        "--help",
        "analyse",
    ] {
        for setting in [None, Some("1")] {
            let mut command = bench.command();
            setting.map(|value| command.env("NO_COLOR", value));
            let run = Run::of(command.args(arguments.split(' ')));
            assert!(
                !format!("{}{}", run.out, run.err).contains('\u{1B}'),
                "{arguments}"
            );
        }
    }
}

#[test]
fn characters_that_no_picture_can_draw_are_told_once() {
    let bench = Workbench::new()
        .parties("smile,Smile \u{1F600},,,CN,1,\n")
        .relationships("R3,bank,smile,,,,,yes,user\n");
    let run = bench.run("analyze register -o out");
    run.exit(0).says("charts: pictures cannot draw \\u{1f600}");
    assert_eq!(run.err.matches("missing-glyph").count(), 1);
    assert!(
        !bench
            .read("out/register-issues.csv")
            .contains("missing-glyph")
    );
    bench
        .run("analyze register -o out --quiet")
        .exit(0)
        .never_says("missing-glyph");
}

#[test]
fn only_what_is_asked_for_is_written() {
    let bench = Workbench::new();
    bench.run("analyze register -o out --write clauses").exit(0);
    assert_eq!(bench.files("out"), [bench.path("out/clauses.csv")]);
    bench
        .run("analyze register -o out --write findings,tables")
        .exit(2)
        .says("tables");
    bench.run("analyze register").exit(0).never_says("out");
}
