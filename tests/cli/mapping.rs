//! `register.toml`: its faults, and a flat table that says the same as canonical ones.

use super::workbench::Workbench;

const CANONICAL: &str = "
[[table]]
of = \"parties\"
file = \"parties.csv\"
[[table]]
of = \"relationships\"
file = \"relationships.csv\"
";

#[track_caller]
fn refused(mapping: &str, words: &[&str]) {
    let bench = Workbench::new().with("register/register.toml", mapping);
    for command in ["analyze register -o out", "check register/register.toml"] {
        let run = bench.run(command);
        run.exit(2).says("register.toml");
        for words in words {
            run.says(words);
        }
    }
    bench.nothing_written();
}

#[test]
fn faults_of_a_mapping_say_what_is_wrong() {
    let after = |text: &str| format!("{CANONICAL}{text}");
    refused(
        "tables = 1\n",
        &["line 1, column 1", "unknown field `tables`"],
    );
    refused("[[table]\n", &["line 1, column"]);
    refused(
        &after("encodng = \"utf-8\"\n"),
        &["encodng", "expected", "line 8"],
    );
    refused(
        &after("columns = { supplyer = \"x\" }\n"),
        &["a table of relationships has no column `supplyer`; did you mean `supplier`?"],
    );
    refused(
        &after("values.acess = { a = \"user\" }\n"),
        &["has no column `acess`; did you mean `access`?"],
    );
    refused(
        &after("constants.currenzy = \"CNY\"\n"),
        &["has no column `currenzy`; did you mean `currency`?"],
    );
    refused(
        &after("delimiter = \"::\"\n"),
        &["the delimiter `::` is not one ASCII character"],
    );
    refused(
        &after("delimiter = \"\\n\"\n"),
        &["is not one ASCII character"],
    );
    refused(
        &after("encoding = \"utf-9\"\n"),
        &["`utf-9` is not an encoding"],
    );
    refused(
        &after("encoding = \"hz-gb-2312\"\n"),
        &["`hz-gb-2312` is not an encoding"],
    );
    refused(&after("date_format = \"%J\"\n"), &["date_format", "%J"]);
    refused(&after("skip_rows = -1\n"), &["line 8"]);
    refused(
        &after("only = { access = [] }\n"),
        &["`only` has no words for `access`"],
    );
    refused(
        &after("combine = { both = [] }\n"),
        &["`combine` has no columns for `both`"],
    );
    refused(
        &after("fills = true\n"),
        &["`fills` is for tables of parties"],
    );
    for join in [
        "on = {}\ncolumns = { s = \"rank\" }",
        "on = { supplier = \"id\" }\ncolumns = {}",
    ] {
        refused(
            &after(&format!("[[table.join]]\nfile = \"parties.csv\"\n{join}\n")),
            &["the join of `parties.csv` needs `on` and `columns`"],
        );
    }
    refused(
        &format!("from = \"there\"\n{CANONICAL}"),
        &["`from` says where the files of a `format` are, and there is none"],
    );
    refused(
        "[[table]]\nof = \"parties\"\nfile = \"parties.csv\"\n",
        &["no [[table]] is of = \"relationships\""],
    );
    refused(
        "[[table]]\nof = \"vendors\"\nfile = \"parties.csv\"\n",
        &["unknown variant `vendors`"],
    );
    refused("[[table]]\nof = \"parties\"\n", &["missing field `file`"]);
    refused("", &["no [[table]]"]);
}

#[test]
fn faults_of_assumptions_say_what_is_wrong() {
    let assume = |text: &str| format!("{CANONICAL}[[assume]]\nreason = \"r\"\n{text}");
    refused(
        &assume("of = \"relationship\"\nset = { acess = \"user\" }\n"),
        &["`acess`"],
    );
    refused(
        &assume("of = \"party\"\nset = { access = \"user\" }\n"),
        &["`access`, which is no fact of its rows"],
    );
    refused(
        &assume("of = \"relationship\"\nset = { access = \"usr\" }\n"),
        &["gives `access` the value `usr`, which it cannot have"],
    );
    refused(
        &assume(
            "of = \"relationship\"\nset = { access = \"user\" }\nwhere = { serves = \"perhaps\" }\n",
        ),
        &["`perhaps`"],
    );
    refused(
        &assume("of = \"deal\"\nset = { access = \"user\" }\n"),
        &["unknown variant `deal`"],
    );
    refused(
        &format!("{CANONICAL}[[assume]]\nof = \"party\"\nset = {{ rank = \"core\" }}\n"),
        &["missing field `reason`"],
    );
}

#[test]
fn a_mapping_that_is_no_text() {
    let bench = Workbench::new().with("register/register.toml", b"policy = \"\xFF\"\n");
    bench
        .run("analyze register")
        .exit(2)
        .says("register.toml")
        .says("UTF-8");
    let bench = Workbench::new().with("register/register.toml", format!("\u{FEFF}{CANONICAL}"));
    bench.analyze();
}

#[test]
fn a_mapped_file_or_column_that_is_missing() {
    let mapping = CANONICAL.replace("relationships.csv", "contracts.csv");
    let bench = Workbench::new().with("register/register.toml", mapping);
    bench
        .run("analyze register")
        .exit(2)
        .says("error[missing-file] contracts.csv");
    let mapping = format!("{CANONICAL}columns.access = \"Zugang\"\n");
    let bench = Workbench::new().with("register/register.toml", mapping);
    bench
        .run("analyze register")
        .exit(2)
        .says("error[missing-column] relationships.csv Zugang: the table has no column `Zugang`");
}

#[test]
fn a_mapping_names_its_pack() {
    let named = |policy: &str| format!("policy = \"{policy}\"\n{CANONICAL}");
    for (policy, code, words) in [
        ("../policy.toml", 0, "House rules"),
        ("cn-cii", 0, "China CII"),
        (
            "../nothing.toml",
            2,
            "`../nothing.toml` is neither a file nor an embedded pack (cn-cii)",
        ),
    ] {
        let bench = Workbench::new().with("register/register.toml", named(policy));
        let mut command = bench.command();
        command.args(["analyze", "register", "--as-of", "2026-01-01"]);
        let run = super::workbench::Run::of(&mut command);
        run.exit(code);
        let all = format!("{}{}", run.out, run.err);
        assert!(all.contains(words), "{all}");
    }
}

/// What [`Workbench::new`] holds, as one table by names, the way a ledger might have it.
const FLAT: &str = "Ledger of contracts;;;;;;;;;;
;;;;;;;;;;
Besteller;Lieferant;Land;Mitarbeiter;Rang;Stützt;Vertrag;Beginn;Ende;Zugang;Bemerkung
Riverside Bank;Cloud Host;China;9.000,0;Kern;;C-1;01.01.2024;01.01.2027;Benutzer (Büro);
CLOUD  HOST;Night-Guard;Germany;;;\"riverside bank\";C-2;;;Fernzugriff: VPN;\"with; delimiter\"
";

const FLAT_MAPPING: &str = "
[[table]]
of = \"relationships\"
file = \"ledger.csv\"
encoding = \"utf-8\"
delimiter = \";\"
skip_rows = 2
date_format = \"%d.%m.%Y\"
decimal_comma = true
[table.columns]
customer = \"Besteller\"
supplier = \"Lieferant\"
\"supplier.country\" = \"Land\"
\"customer.staff\" = \"Mitarbeiter\"
\"customer.rank\" = \"Rang\"
contract = \"Vertrag\"
starts = \"Beginn\"
ends = \"Ende\"
access = \"Zugang\"
[table.values.access]
\"Benutzer*\" = \"user\"
\"Fern*\" = \"remote\"
[table.values.\"customer.rank\"]
Kern = \"core\"
[table.values.\"supplier.country\"]
China = \"CN\"
Germany = \"DE\"
[table.constants]
serves = \"yes\"
[[assume]]
of = \"relationship\"
where = { customer = \"Cloud Host\" }
set = { supports = \"all\" }
reason = \"Night guards serve the whole site\"
[[assume]]
of = \"party\"
where = { name = \"Cloud Host\" }
set = { staff = \"40\" }
reason = \"From its annual report\"
";

#[test]
fn a_flat_ledger_finds_what_canonical_tables_find() {
    let canonical = Workbench::new();
    canonical.analyze();
    let named = |text: String| {
        let names = [
            ("bank,", "Riverside Bank,"),
            ("host,", "Cloud Host,"),
            ("guard,", "Night-Guard,"),
            ("R1,", "row 4,"),
            ("R2,", "row 5,"),
        ];
        let mut text = text.replace("Night Guard", "Night-Guard");
        for (id, name) in names {
            text = text.replace(&format!(",{id}"), &format!(",{name}"));
            text = text.replace(&format!("\n{id}"), &format!("\n{name}"));
        }
        text
    };
    let flat = Workbench::empty()
        .with("register/register.toml", FLAT_MAPPING)
        .with("register/ledger.csv", FLAT);
    let run = flat.run("analyze register -o out --write findings,clauses,register-issues");
    run.exit(0)
        .never_says("warning")
        .prints("Assumed: customer=Cloud Host: supports=all (1 cell)");
    for name in ["out/findings.csv", "out/clauses.csv"] {
        let sorted = |text: &str| {
            let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
            lines.sort();
            lines
        };
        assert_eq!(
            sorted(&flat.read(name)),
            sorted(&named(canonical.read(name))),
            "{name}"
        );
    }
}

#[test]
fn blank_title_rows_count_as_a_spreadsheet_counts() {
    let ledger = FLAT.replacen(";;;;;;;;;;\n;;;;;;;;;;\n", "\n\n", 1);
    let bench = Workbench::empty()
        .with("register/register.toml", FLAT_MAPPING)
        .with("register/ledger.csv", ledger);
    bench.run("analyze register -o out").exit(0);
    let undetected = FLAT_MAPPING.replace("delimiter = \";\"\n", "");
    bench
        .with("register/register.toml", undetected)
        .run("analyze register -o out")
        .exit(0);
}

#[test]
fn facts_of_parties_in_rows_are_read_as_their_table_is_written() {
    let ledger = "customer;supplier;supplier.staff;supplier.founded\nBank;Host;1.200,5;01.02.2003\nBank;Hut;9,9;03.02.2001\n";
    let mapping = "
[[table]]
of = \"relationships\"
file = \"ledger.csv\"
date_format = \"%d.%m.%Y\"
decimal_comma = true
[[table]]
of = \"parties\"
file = \"ranks.csv\"
";
    let bench = Workbench::empty()
        .with("register/register.toml", mapping)
        .with("register/ledger.csv", ledger)
        .with("register/ranks.csv", "name,rank\nBANK,core\n");
    let run = bench.run("analyze register -o out");
    run.exit(0).never_says("bad-number").never_says("bad-date");
    let findings = bench.read("out/findings.csv");
    assert!(findings.contains("Host,Host,notice,applies,1"));
    assert!(!findings.contains("Hut,Hut,notice"));
}

#[test]
fn assumptions_fill_blanks_and_never_faults() {
    let bench =
        Workbench::new().relationships("R3,bank,guard,,,,,,user\nR4,bank,guard,,,,,maybe,user\n");
    let run = bench.run("analyze register -o out --assume serves=yes");
    run.exit(0).prints("Assumed: serves=yes (1 cell)");
    assert!(
        bench
            .read("out/clauses.csv")
            .contains("R3,bank,guard,,vetting,applies")
    );
    assert!(
        bench
            .read("out/clauses.csv")
            .contains("R4,bank,guard,,vetting,unconfirmed")
    );
    bench
        .run("analyze register --assume rank=core --assume access=user")
        .exit(0)
        .says("note[idle-assumption]");
    for (wrong, words) in [
        (
            "serve=yes",
            "the pack `house` has no fact `serve`; did you mean `serves`?",
        ),
        (
            "serves=perhaps",
            "the value `perhaps`, which it cannot have",
        ),
        ("serves", "write it as FACT=VALUE"),
        ("=", "the pack `house` has no fact ``"),
    ] {
        bench
            .run(&format!("analyze register -o out2 --assume {wrong}"))
            .exit(2)
            .says(words);
    }
    assert!(bench.files("out2").is_empty());
}

#[test]
fn headings_with_line_breaks_are_read() {
    let ledger = "\"customer\";\"sup\nplier\";\"ser\nves\"\nBank;Host;yes\n";
    let mapping = "[[table]]\nof = \"relationships\"\nfile = \"ledger.csv\"\ncolumns = { supplier = \"sup\\nplier\", serves = \"ser\\nves\" }\n";
    let bench = Workbench::empty()
        .with("register/register.toml", mapping)
        .with("register/ledger.csv", ledger);
    bench
        .run("check register")
        .exit(0)
        .prints("1 row, 0 set aside (UTF-8, `;`)");
}

#[test]
fn a_missing_column_is_told_once() {
    let mapping = CANONICAL.to_owned() + "columns.supplier = \"Lieferant\"\n";
    let bench = Workbench::new().with("register/register.toml", mapping);
    let run = bench.run("analyze register");
    run.exit(2);
    assert_eq!(run.err.matches("no column `Lieferant`").count(), 1);
}

#[test]
fn a_fact_of_many_values_is_told_in_short() {
    let rows: String = (1..30_000)
        .map(|n| format!("Bank,Host {n},{n}\n"))
        .collect();
    let bench = Workbench::empty()
        .with(
            "register/register.toml",
            "[[table]]\nof = \"relationships\"\nfile = \"ledger.csv\"\n",
        )
        .with(
            "register/ledger.csv",
            format!("customer,supplier,customer.staff\n{rows}"),
        );
    bench
        .run("check register")
        .exit(1)
        .prints("rows give several values of `staff` for `Bank`: 1; 2; 3; … (+29996)\n");
}
