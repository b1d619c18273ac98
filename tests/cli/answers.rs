//! What the program answers: the words of each command, in both languages.

use std::path::Path;

use super::workbench::{Run, Workbench, program};

const FAULTY_PARTIES: &str = "id,name,local_name,rank,country,staff,founded,remark\n\
    bank,Riverside Bank,江岸银行,core,CN,9000,1990-04-01,\n\
    host,Cloud Host,云主机,,CN,40,,\n\
    host,Cloud Host,云主机,,CN,40,,\n\
    host,Other,,,,,,\n\
    ,Nobody,,,,,,\n\
    =p,Formula,,Coree,Atlantis,many,soon\n\
    q,\"Never closed,,core;plain,CN;none,,,\n\
    n,Nul \0,,,,,,\n";
const FAULTY_RELATIONSHIPS: &str = "id,customer,supplier,supports,starts,ends,serves,access\n\
    R1,bank,host,,2024-01-01,2027-01-01,yes,user\n\
    R2,host,ghost,R9;R2,2025-06-01,2025-05-31,perhaps,usr\n\
    row 9,bank,bank,,,,,\n\
    R4,,host,,,,,\n";

/// Answers in one language, on a fixed day.
fn answer(bench: &Workbench, arguments: &str, lang: &str) -> String {
    let run = bench.run(&format!("{arguments} --lang {lang}"));
    format!("{}{}", run.out, run.err)
}

#[test]
fn help() {
    let bench = Workbench::empty();
    let commands = [
        "",
        "analyze",
        "check",
        "explain",
        "convert",
        "init",
        "policy",
        "policy list",
        "policy show",
        "policy check",
    ];
    for lang in ["en", "zh"] {
        let help = commands.map(|words| {
            let mut command = bench.command();
            command
                .args(words.split(' ').filter(|word| !word.is_empty()))
                .args(["--lang", lang, "--help"]);
            let run = Run::of(&mut command);
            run.exit(0);
            format!("$ ciiflow {words} --lang {lang} --help\n{}", run.out)
        });
        insta::assert_snapshot!(format!("help_{lang}"), help.join("\n"));
    }
}

#[test]
fn what_cannot_be_done_is_told_in_chinese() {
    let bench = Workbench::new()
        .with("file", "")
        .with("latin.toml", b"title = \"\xe9\"\n")
        .with("faulty.toml", "[pack]\nid = 1\nnotice = { en = \"\" }\nrules = 2\n")
        .with("broken/register.toml", "[[table]]\nof = \"parties\"\nfile = \"p.csv\"\n")
        .with(
            "column/register.toml",
            "[[table]]\nof = \"relationships\"\nfile = \"r.csv\"\ncolumns = { custmer = \"Buyer\" }\n",
        );
    let lines = [
        "analyse register",
        "check",
        "check register --strickt",
        "check register --as-of tomorrow",
        "check register --assume serves",
        "check register --assume servs=yes",
        "check register --threads 0",
        "check register --strict --strict",
        "check register --policy",
        "analyze register --write finding",
        "explain register nobody",
        "explain register guard vettin",
        "policy",
        "check nowhere",
        "check file",
        "check broken",
        "check column",
        "policy show nowhere",
        "policy show latin.toml",
        "policy check faulty.toml",
        "policy check policy.toml",
        "analyze register -o file",
        "analyze register -o file/out",
    ];
    let answers = lines.map(|line| {
        let run = bench.run(&format!("{line} --lang zh"));
        format!("$ ciiflow {line} --lang zh\n{}{}", run.out, run.err)
    });
    insta::assert_snapshot!(answers.join("\n"));
}

#[test]
fn summary_of_the_sample() {
    for lang in ["en", "zh"] {
        let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
        let mut command = program(&samples);
        command.args([
            "analyze",
            "cloud-partner",
            "--as-of",
            "2026-11-01",
            "--lang",
            lang,
        ]);
        let run = Run::of(&mut command);
        run.exit(0);
        insta::assert_snapshot!(format!("summary_{lang}"), run.out);
    }
}

#[test]
fn why_a_party_owes() {
    for lang in ["en", "zh"] {
        let bench = Workbench::new();
        insta::assert_snapshot!(
            format!("explain_{lang}"),
            answer(&bench, "explain register guard", lang)
        );
    }
}

#[test]
fn a_register_with_every_kind_of_fault() {
    for lang in ["en", "zh"] {
        let bench = Workbench::empty()
            .with("register/parties.csv", FAULTY_PARTIES)
            .with("register/relationships.csv", FAULTY_RELATIONSHIPS);
        insta::assert_snapshot!(
            format!("check_{lang}"),
            answer(&bench, "check register", lang)
        );
    }
}

#[test]
fn the_report() {
    for lang in ["en", "zh"] {
        let bench = Workbench::new().relationships("R3,bank,ghost,,,,,,user\n");
        bench
            .run(&format!(
                "analyze register -o out --write report --lang {lang}"
            ))
            .exit(0);
        insta::assert_snapshot!(format!("report_{lang}"), bench.read("out/report.md"));
    }
}

#[test]
fn explain_names_what_was_meant() {
    let bench = Workbench::new();
    bench
        .run("explain register hots")
        .exit(2)
        .says("no party has the id or name `hots`; did you mean `host`?");
    bench
        .run("explain register zzzzzz")
        .exit(2)
        .says("no party has the id or name `zzzzzz`\n");
    bench
        .run("explain register host veting")
        .exit(2)
        .says("the pack `house` has no obligation `veting`; did you mean `vetting`?");
    bench.run("explain register host notice").exit(0);
    let mut command = bench.command();
    command.args(["explain", "register", "云主机", "--policy", "policy.toml"]);
    Run::of(&mut command).exit(0).prints("Cloud Host (host)");
    let twice = Workbench::new().parties("h2,Cloud Host,,,,,\n");
    let mut command = twice.command();
    command.args([
        "explain",
        "register",
        "Cloud Host",
        "--policy",
        "policy.toml",
    ]);
    Run::of(&mut command)
        .exit(2)
        .says("several parties are called `Cloud Host`: host, h2");
}

#[test]
fn explain_of_nothing_says_why() {
    let bench = Workbench::new()
        .parties("lone,Lone,,,,,\n")
        .relationships("R3,lone,guard,,,,,yes,user\n");
    bench
        .run("explain register lone")
        .exit(0)
        .prints("No chain brings an obligation here");
    bench
        .run("explain register guard notice")
        .exit(0)
        .prints("No chain brings `notice` here")
        .prints("This is no all-clear");
}

#[test]
fn arguments_that_are_wrong() {
    let bench = Workbench::new();
    for (arguments, words) in [
        ("", "Usage"),
        ("analyse register", "analyze"),
        ("analyze", "REGISTER"),
        (
            "analyze register --as-of 2026-13-01",
            "write it as YYYY-MM-DD",
        ),
        (
            "analyze register --as-of tomorrow",
            "write it as YYYY-MM-DD",
        ),
        (
            "analyze register --as-of 2026-2-1x",
            "write it as YYYY-MM-DD",
        ),
        ("analyze register --lang fr", "possible values: en, zh"),
        ("analyze register --threads 0", "0"),
        ("analyze register --frob", "--frob"),
    ] {
        let mut command = bench.command();
        command.args(arguments.split(' ').filter(|word| !word.is_empty()));
        Run::of(&mut command).exit(2).says(words);
    }
    let mut command = bench.command();
    Run::of(command.arg("--version"))
        .exit(0)
        .prints("ciiflow 0.");
}

/// Two obligations whose chains share their first 13 steps: one ends at tier 14, the other at tier 40.
#[test]
fn explain_shows_the_end_of_every_chain() {
    let pack = "[pack]\nid = \"two\"\nversion = \"1\"\ntitle = { en = \"Two\" }\n[origin]\nfact = \"rank\"\napplies = [\"core\"]\n\
        [fact.rank]\nof = \"party\"\ntype = \"choice\"\nvalues = [\"core\"]\n\
        [fact.short]\nof = \"relationship\"\ntype = \"yes-no\"\n[fact.long]\nof = \"relationship\"\ntype = \"yes-no\"\n\
        [[obligation]]\nid = \"short\"\ntitle = { en = \"Short\" }\ndirect.when = { short = true }\nonward.when = { short = true }\n\
        [[obligation]]\nid = \"long\"\ntitle = { en = \"Long\" }\ndirect.when = { long = true }\nonward.when = { long = true }\n";
    let mut rows = "id,customer,supplier,supports,short,long\n".to_owned();
    for tier in 1..=39 {
        let short = if tier <= 13 { "yes" } else { "no" };
        rows += &format!("R{tier},p{},p{tier},all,{short},yes\n", tier - 1);
    }
    rows += "last,p39,end,all,no,yes\nearly,p13,end,all,yes,no\n";
    let bench = Workbench::new()
        .with("policy.toml", pack)
        .with(
            "register/parties.csv",
            "id,name,rank\np0,P,core\nend,End,\n",
        )
        .with("register/relationships.csv", rows);
    let run = bench.run("explain register end");
    run.exit(0)
        .prints("End  early · tier 14")
        .prints("p13  R13 · tier 13\n")
        .prints("… 15 more steps\n")
        .prints("p29  R29 · tier 29\n")
        .prints("End  last · tier 40");
    assert!(!run.out.contains("R28 "), "{}", run.out);
}

#[test]
fn explain_of_a_chain_of_many_tiers_stays_short() {
    let rows: String = (1..20_000)
        .map(|tier| format!(",p{},p{tier},all,,,,yes,user\n", tier - 1))
        .collect();
    let bench = Workbench::new().relationships(&format!(",bank,p0,,,,,yes,user\n{rows}"));
    let run = bench.run("explain register p19999 vetting --quiet");
    run.exit(0).prints("… 19976 more steps\n");
    assert!(run.out.lines().count() < 100, "{}", run.out);
}
