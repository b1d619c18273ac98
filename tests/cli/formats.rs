//! Registers in known formats, read as they are: what becomes of each, and what is told.

use std::fs;
use std::path::Path;

use super::workbench::Workbench;
use super::workbooks::{archive, book, sheet};

/// The pack whose facts the formats speak of.
const PACK: &str = "--policy cn-cii";

/// The files of a register in a format, with their paths.
fn fixture(name: &str) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats");
    let mut found = Vec::new();
    let mut open = vec![root.join(name)];
    while let Some(directory) = open.pop() {
        for entry in fs::read_dir(directory).expect("the fixture is there") {
            let path = entry.expect("the fixture is there").path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let below = path.strip_prefix(root.join(name)).expect("it is below");
            let below = below.to_string_lossy().replace('\\', "/");
            found.push((below, fs::read_to_string(&path).expect("it is text")));
        }
    }
    found.sort();
    found
}

/// A bench with the files of a format in `register`.
fn bench(name: &str) -> Workbench {
    let files = fixture(name).into_iter();
    files.fold(Workbench::empty(), |bench, (path, text)| {
        bench.with(&format!("register/{path}"), text)
    })
}

/// What is told of a register, and what it is in the canonical form.
fn reading(bench: &Workbench, register: &str) -> String {
    let check = bench.run(&format!("check {register} {PACK}"));
    format!("{}\n{}", check.out, canonical(bench, register))
}

/// The register in the canonical form.
fn canonical(bench: &Workbench, register: &str) -> String {
    let out = format!("canonical-{}", register.replace('/', "-"));
    bench
        .run(&format!("convert {register} -o {out} {PACK}"))
        .exit(0);
    let mut text = String::new();
    for path in bench.files(&out) {
        let name = path
            .file_name()
            .expect("it has a name")
            .to_string_lossy()
            .into_owned();
        let content = bench.read(&format!("{out}/{name}"));
        text += &format!("--- {name}\n{}", content.trim_start_matches('\u{FEFF}'));
    }
    text
}

#[test]
fn known_formats_are_read_as_they_are() {
    for name in [
        "anac-subappalti",
        "bods",
        "coupa",
        "dora-dry-run",
        "dora-roi",
        "follow-the-money",
        "gleif",
        "nist-scrm",
        "ocds-flat",
        "usaspending-subawards",
    ] {
        insta::assert_snapshot!(format!("format_{name}"), reading(&bench(name), "register"));
    }
}

/// The sheets of CISO Assistant's workbook, as its template names them.
fn ciso_assistant() -> Vec<u8> {
    book([
        sheet(
            "Entities",
            "ref_id,name,description,mission,country,currency,parent_entity_ref_id,dependency,penetration,maturity,trust,domain\n\
             E1,Alpha Ltd,,,GB,GBP,,1,1,1,1,Global\n\
             E2,贝塔有限公司,,,CN,CNY,E1,1,1,1,1,Global\n",
            0,
        ),
        sheet(
            "Solutions",
            "ref_id,name,description,provider_entity_ref_id,criticality\n\
             S1,Firewall,,E1,3\nS2,Hosting,,E2,4\nS3,Helpdesk,,E9,1\n",
            0,
        ),
        sheet(
            "Contracts",
            "ref_id,name,description,provider_entity_ref_id,solution_ref_id,status,start_date,end_date,annual_expense,currency,domain,lei,euid,vat,duns\n\
             K1,Firewalls,,E1,S1,active,2025-01-01,2026-12-31,1200,GBP,Global,,,,\n\
             K2,Support,,E2,,active,2025-01-01,,300,CNY,Global,,,,\n",
            0,
        ),
        sheet(
            "Representatives",
            "email,first_name,last_name\na@b.example,A,B\n",
            0,
        ),
    ])
}

#[test]
fn the_workbook_of_ciso_assistant_is_known_by_its_sheets() {
    let bench = Workbench::empty().with("third_parties.xlsx", ciso_assistant());
    insta::assert_snapshot!(
        "format_ciso-assistant",
        reading(&bench, "third_parties.xlsx")
    );
}

#[test]
fn a_package_is_the_same_zipped_or_not() {
    let files = fixture("dora-roi");
    let zipped = |folder: &str| {
        let parts = files
            .iter()
            .map(|(path, text)| (format!("{folder}{path}"), text));
        let parts: Vec<(String, &String)> = parts.collect();
        let parts: Vec<_> = parts
            .iter()
            .map(|(path, text)| (path.as_str(), text.as_str()))
            .collect();
        archive(&parts)
    };
    let bench = bench("dora-roi").with("package.zip", zipped("")).with(
        "named.zip",
        zipped("9676.CON_DE_DORA010100_DORA_2026-06-30/"),
    );
    let expected = canonical(&bench, "register");
    for register in ["package.zip", "named.zip"] {
        assert_eq!(canonical(&bench, register), expected, "{register}");
    }
}

#[test]
fn a_canonical_register_may_be_zipped_too() {
    let bench = Workbench::new();
    let parts = ["parties.csv", "relationships.csv"]
        .map(|name| (name, bench.read(&format!("register/{name}"))));
    let parts = parts.each_ref().map(|(name, text)| (*name, text.as_str()));
    let bench = bench.with("register.zip", archive(&parts));
    let run = |register: &str| {
        bench
            .run(&format!(
                "analyze {register} -o out-{register} --write findings"
            ))
            .exit(0);
        bench.read(&format!("out-{register}/findings.csv"))
    };
    assert_eq!(run("register.zip"), run("register"));
}

#[test]
fn ranks_say_what_each_delivery_supports() {
    let files = fixture("dora-roi").into_iter();
    let bench = files.fold(Workbench::empty(), |bench, (path, text)| {
        bench.with(&format!("package/{path}"), text)
    });
    let mapping = r#"
policy = "cn-cii"
format = "dora-roi"
from = "package"
[[assume]]
of = "party"
where = { id = "9676NORDBANK00000098" }
set = { cii_status = "designated" }
reason = "As if the bank were an operator"
[[assume]]
of = "relationship"
where = { contract = ["C-1", "C-2"] }
set = { serves_cii = "yes" }
reason = "Both contracts run core banking"
"#;
    let bench = bench.with("register.toml", mapping);
    let explained = bench.run(&format!(
        "explain register.toml 9676SKYSOFT000000066 audit-rights {PACK}"
    ));
    insta::assert_snapshot!("format_dora-roi-chain", explained.out);
}

#[test]
fn a_missing_table_is_told_and_the_others_are_read() {
    for (missing, relationships) in [
        ("b_02.02", 6),
        ("b_05.02", 4),
        ("b_02.01", 10),
        ("b_05.01", 10),
        ("b_01.02", 10),
    ] {
        let bench = bench("dora-roi").without(&format!("register/reports/{missing}.csv"));
        let check = bench.run(&format!("check register {PACK}"));
        check
            .exit(1)
            .prints("missing-table")
            .prints(&format!("`{missing}.csv` is missing"));
        let canonical = canonical(&bench, "register");
        let (_, rows) = canonical
            .split_once("--- relationships.csv\n")
            .expect("it is written");
        assert_eq!(rows.lines().count() - 1, relationships, "{missing}: {rows}");
    }
}

#[test]
fn archives_that_mean_harm_are_refused() {
    let zeros = format!("c0010,c0020,c0030,c0060\n{}", "0".repeat(1 << 30));
    let outside = archive(&[
        (
            "../b_05.01.csv",
            "c0010,c0050,c0080,c0110\nP,Provider,DE,\n",
        ),
        (
            "reports/b_02.02.csv",
            "c0010,c0020,c0030,c0060\nC-1,B,P,S19\n",
        ),
    ]);
    let mut locked = archive(&[("b_02.02.csv", "c0010,c0020,c0030,c0060\n")]);
    // The flag that says so stands in both headers of the file.
    for header in [b"PK\x03\x04", b"PK\x01\x02"] {
        let at = locked
            .windows(4)
            .position(|bytes| bytes == header)
            .expect("it is there");
        locked[at + if header == b"PK\x03\x04" { 6 } else { 8 }] |= 1;
    }
    let bench = Workbench::empty()
        .with("bomb.zip", archive(&[("b_02.02.csv", &zeros)]))
        .with("locked.zip", locked)
        .with("cut.zip", &archive(&[("b_02.02.csv", "c0010")])[..20])
        .with("nothing.zip", archive(&[("notes.txt", "a,b\n")]))
        .with("outside.zip", outside);
    for (file, words) in [
        ("bomb.zip", "workbook-too-large"),
        ("locked.zip", "locked-workbook"),
        ("cut.zip", "broken-workbook"),
        ("nothing.zip", "is not a register"),
    ] {
        let run = bench.run(&format!("analyze {file} -o out {PACK}"));
        run.exit(2).says(words).says(file);
        bench.nothing_written();
    }
    let run = bench.run(&format!("check outside.zip {PACK}"));
    run.exit(1)
        .prints("unsafe-path")
        .prints("`../b_05.01.csv` leads out of the archive");
    run.prints("b_02.02.csv: relationships, 1 row");
}

#[test]
fn a_format_that_is_named_has_to_be_there() {
    for (mapping, words) in [
        (
            "format = \"dora\"\n",
            "`dora` is no known format; did you mean `dora-roi`?",
        ),
        ("format = \"gleif\"\n", "has no file of the format GLEIF"),
        ("format = \"gleif\"\nfrom = \"nowhere\"\n", "nowhere"),
    ] {
        let bench = bench("dora-roi").with("register/register.toml", mapping);
        bench
            .run(&format!("check register {PACK}"))
            .exit(2)
            .says(words);
    }
}

#[test]
fn tables_that_are_added_to_a_format_are_not_told_as_unread() {
    let mapping = "format = \"nist-scrm\"\n[[table]]\nof = \"parties\"\nfile = \"status.csv\"\nfills = true\n";
    let bench = bench("nist-scrm")
        .with("register/register.toml", mapping)
        .with("register/status.csv", "id,name,country\nS1,Alpha Ltd,GB\n");
    let check = bench.run(&format!("check register {PACK}"));
    check
        .prints("status.csv: parties, 1 row")
        .prints("not read: projects.csv\n");
}

#[test]
fn a_table_whose_rows_are_all_left_out_is_not_empty() {
    let bench = bench("gleif");
    let level_2 = bench.read("register/level-2.csv");
    let ultimate: Vec<&str> = level_2
        .lines()
        .filter(|row| !row.contains("IS_DIRECTLY"))
        .collect();
    let bench = bench.with("register/level-2.csv", ultimate.join("\n"));
    let check = bench.run(&format!("check register {PACK}"));
    check
        .exit(0)
        .prints("ownership, 0 rows, 0 set aside, 1 left out");
}

#[test]
fn a_file_in_an_archive_has_to_be_named() {
    let mapping = "[[table]]\nof = \"relationships\"\nfile = \"a.zip\"\n";
    let zip = archive(&[
        ("links.csv", "customer,supplier\nA,B\n"),
        ("notes.csv", "a\n"),
    ]);
    for (sheet, code, words) in [
        ("", 2, "nothing says which file of the archive it is"),
        (
            "sheet = \"link.csv\"\n",
            2,
            "there are: links.csv, notes.csv. Did you mean `links.csv`?",
        ),
        ("sheet = \"links.csv\"\n", 0, ""),
    ] {
        let bench = Workbench::empty()
            .with("register/a.zip", &zip)
            .with("register/register.toml", format!("{mapping}{sheet}"));
        bench
            .run(&format!("check register {PACK}"))
            .exit(code)
            .says(words);
    }
}

#[test]
fn json_that_is_no_array_of_statements_is_refused() {
    for (json, words) in [
        ("{", "broken-workbook"),
        ("[1, 2]", "is not a register"),
        ("", "is not a register"),
    ] {
        let bench = Workbench::empty().with("statements.json", json);
        bench
            .run(&format!("check statements.json {PACK}"))
            .exit(2)
            .says("statements.json")
            .says(words);
    }
}

#[test]
fn known_formats_are_listed_and_shown() {
    let bench = Workbench::empty();
    for lang in ["en", "zh"] {
        let list = bench.run(&format!("init --list --lang {lang} {PACK}"));
        insta::assert_snapshot!(format!("formats_{lang}"), list.exit(0).out);
    }
    let shown = bench.run(&format!("init --show nist-scrm {PACK}"));
    let mapping = shown.exit(0).out.replace("*suppliers*", "suppliers");
    let mapping = mapping.replace("*products*", "products");
    let bench = self::bench("nist-scrm");
    let expected = canonical(&bench, "register");
    let bench = bench.with("register/register.toml", mapping);
    assert_eq!(
        canonical(&bench, "register"),
        expected,
        "with its files named"
    );
    let wrong = bench.run(&format!("init --show usaspending {PACK}"));
    wrong.exit(2).says("did you mean `usaspending-subawards`?");
}

#[test]
fn a_draft_of_a_known_format_names_it_and_reads_the_same() {
    for name in ["dora-roi", "coupa", "bods"] {
        let bench = bench(name);
        let expected = canonical(&bench, "register");
        bench.run(&format!("init register {PACK}")).exit(0);
        let draft = bench.read("register/register.toml");
        assert!(
            draft.contains(&format!("\nformat = \"{name}\"\n")),
            "{draft}"
        );
        assert_eq!(canonical(&bench, "register"), expected, "{name}");
    }
}
