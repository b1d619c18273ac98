//! `ciiflow init`: what a draft takes for what, and that it runs as it stands.

use super::workbench::{Run, Workbench, program};
use super::workbooks::{book, sheet};

/// A policy whose facts have other names than those of the embedded pack.
const PACK: &str = "--policy policy.toml";

/// Runs `init` on everything in `data`, which has to work.
#[track_caller]
fn draft(bench: &Workbench, lang: &str) -> (String, Run) {
    let run = Run::of(
        bench
            .command()
            .args(["init", "data", "--lang", lang, "--force"]),
    );
    run.exit(0);
    (bench.read("data/register.toml"), run)
}

/// Checks what was drafted, which has to be readable.
#[track_caller]
fn check(bench: &Workbench) -> Run {
    let run = Run::of(
        bench
            .command()
            .args(["check", "data", "--as-of", "2026-01-01"]),
    );
    let draft = bench.read("data/register.toml");
    assert!(
        !run.err.contains("ciiflow:") && !run.out.is_empty(),
        "{}\n{draft}",
        run.err
    );
    run
}

/// Files, what stands in the draft of them, and what stands in none.
type Case<'c> = (
    &'c str,
    Vec<(&'c str, Vec<u8>)>,
    &'c [&'c str],
    &'c [&'c str],
);

fn text(text: &str) -> Vec<u8> {
    text.as_bytes().to_vec()
}

fn gb18030(text: &str) -> Vec<u8> {
    encoding_rs::GB18030.encode(text).0.into_owned()
}

#[test]
fn drafts_of_many_tables_run_as_they_stand() {
    for (name, files, has, lacks) in cases() {
        let bench = files
            .iter()
            .fold(Workbench::empty(), |bench, (file, bytes)| {
                bench.with(&format!("data/{file}"), bytes)
            });
        let (draft, run) = draft(&bench, "en");
        for line in has {
            assert!(
                draft.contains(line),
                "{name}: no `{line}` in\n{draft}\n{}",
                run.err
            );
        }
        for line in lacks {
            assert!(!draft.contains(line), "{name}: `{line}` in\n{draft}");
        }
        let live = |of: &str| draft.contains(&format!("\nof = \"{of}\""));
        match live("relationships") {
            true => drop(check(&bench)),
            false => drop(run.says("no register can be read")),
        }
    }
}

fn cases() -> Vec<Case<'static>> {
    let mut cases = forms();
    cases.extend(joins());
    cases.extend(oddities());
    cases
}

/// Dates, numbers, titles, delimiters and words.
fn forms() -> Vec<Case<'static>> {
    vec![
        (
            "the day comes first",
            vec![(
                "c.csv",
                text(
                    "Buyer,Vendor name,Start date,End date\nA,B,01/02/2025,31/12/2025\nA,C,1/3/2025,n/a\n",
                ),
            )],
            &["customer = \"Buyer\"", "\ndate_format = \"%d/%m/%Y\""],
            &["UNSURE:"],
        ),
        (
            "dates in several forms",
            vec![(
                "c.csv",
                text("Buyer,Vendor,Start date\nA,B,01/02/2025\nA,C,31/12/2025\nA,D,2025-01-01\n"),
            )],
            &[
                "# date_format = \"%d/%m/%Y\"",
                "# unsure: some dates can only be written",
            ],
            &["\ndate_format"],
        ),
        (
            "nothing shows the order",
            vec![("c.csv", text("Buyer,Vendor,Start date\nA,B,01/02/2025\n"))],
            &[
                "# UNSURE: nothing shows",
                "\n# date_format = \"%d/%m/%Y\"",
                "\n# date_format = \"%m/%d/%Y\"",
            ],
            &["\ndate_format"],
        ),
        (
            "decimal commas between semicolons, below a title",
            vec![(
                "c.csv",
                text(
                    "Contracts, all\n\nCustomer;Supplier;Contract value (EUR)\nA;B;7.160,69\nA;C;5\n",
                ),
            )],
            &[
                "\nskip_rows = 2",
                "\ndecimal_comma = true",
                "amount = \"Contract value (EUR)\"",
            ],
            &["UNSURE:"],
        ),
        (
            "two rows of headings",
            vec![(
                "c.csv",
                text("采购人,中标供应商,合同编号\nCustomer,Supplier,Contract number\nA,B,1\n"),
            )],
            &[
                "skip_rows = 1",
                "# UNSURE: there seem to be two rows of headings",
                "customer = \"Customer\"",
            ],
            &[],
        ),
        (
            "words that the pack lacks",
            vec![(
                "c.csv",
                text(
                    "Customer,Supplier,Service type,Used in CII,Supplier country\nA,B,Gardening,yes,CN\nA,C,Gardening,maybe,Atlantis\nA,D,Cleaning,no,DE\n",
                ),
            )],
            &[
                "[table.values.kind]",
                "# \"gardening\" = \"\"  # 2\n# \"cleaning\" = \"\"  # 1",
                "[table.values.serves_cii]",
                "# \"maybe\" = \"\"",
                "[table.values.\"supplier.country\"]",
                "# \"atlantis\" = \"\"",
            ],
            &["# \"cn\""],
        ),
        (
            "a part of a heading, and cells that decide",
            vec![(
                "c.csv",
                text(
                    "Customer,Supplier,Supplier country (main site),Renewal end date\nA,B,CN,2026-01-01\nA,C,DE,2026-01-01\nA,D,FR,2026-01-01\n",
                ),
            )],
            &[
                "\"supplier.country\" = \"Supplier country (main site)\"",
                "# ends = \"Renewal end date\"  # unsure: ",
            ],
            &["\nends ="],
        ),
    ]
}

/// Tables that name the same parties.
fn joins() -> Vec<Case<'static>> {
    let vendors = "Vendor code,Vendor name,Country of registration\nV1,Alpha Ltd,CN\nV2,Beta Ltd,DE\nV3,Gamma Ltd,FR\n";
    vec![
        (
            "by ids",
            vec![
                ("vendors.csv", text(vendors)),
                (
                    "contracts.csv",
                    text("PO number,Buyer,Vendor,Vendor code\n1,V3,Alpha,V1\n2,V3,Beta,V2\n"),
                ),
            ],
            &[
                "id = \"Vendor code\"",
                "supplier = \"Vendor code\"",
                "# supplier = \"Vendor\"",
            ],
            &["UNSURE:"],
        ),
        (
            "by names",
            vec![
                ("vendors.csv", text(vendors)),
                (
                    "contracts.csv",
                    text("PO number,Buyer,Vendor\n1,GAMMA LTD.,Alpha Ltd\n2,Gamma Ltd,Beta Ltd\n"),
                ),
            ],
            &[
                "# id = \"Vendor code\"",
                "relationships name parties by their names",
                "\nname = \"Vendor name\"",
            ],
            &["\nid =", "UNSURE:"],
        ),
        (
            "by names, where the ids have the canonical heading",
            vec![
                (
                    "vendors.csv",
                    text("id,name,country\nV1,Alpha,CN\nV2,Beta,DE\n"),
                ),
                ("contracts.csv", text("customer,supplier\nBeta,Alpha\n")),
            ],
            &["\nid = \"\"", "# id = \"id\""],
            &[],
        ),
        (
            "a chain in which suppliers have ids only",
            vec![(
                "chain.csv",
                text(
                    "Recipient of sub-contracted ICT services,Identification code of the recipient,Identification code of provider\nBank,L1,P1\nHost,P1,P2\n",
                ),
            )],
            &[
                "customer = \"Identification code of the recipient\"",
                "supplier = \"Identification code of provider\"",
            ],
            &["UNSURE:"],
        ),
        (
            "a list of suppliers alone",
            vec![(
                "vendors.csv",
                text(
                    "Vendor name,Country,Line of business,Phone\nAlpha,CN,banking,1\nBeta,DE,Retail,2\n",
                ),
            )],
            &[
                "of = \"relationships\"",
                "supplier = \"Vendor name\"",
                "\"supplier.country\" = \"Country\"",
                "\"supplier.sector\" = \"Line of business\"",
                "customer = \"us\"  # UNSURE",
                "# nothing reads: Phone",
                "# where = { id = [\"us\"] }",
                "# set = { cii_status = \"designated\" }",
                "# set = { supports = \"all\" }",
            ],
            &[],
        ),
        (
            "a list of customers alone",
            vec![("clients.csv", text("Client name,Sector\nAlpha,banking\n"))],
            &[
                "customer = \"Client name\"",
                "\"customer.sector\" = \"Sector\"",
                "supplier = \"us\"  # UNSURE",
            ],
            &[],
        ),
        (
            "contracts of one buyer",
            vec![(
                "contracts.csv",
                gb18030(
                    "合同编号,供应商名称,行业,合同金额(万元)\n1,云河科技有限公司,银行,12\n2,明安信息安全有限公司,银行,5\n",
                ),
            )],
            &[
                "supplier = \"供应商名称\"",
                "\"supplier.sector\" = \"行业\"",
                "in 万元",
                "customer = \"us\"  # UNSURE",
                "# encoding = \"gb18030\"",
            ],
            &[],
        ),
        (
            "evidence beside relationships",
            vec![
                ("c.csv", text("customer,supplier\nA,B\n")),
                (
                    "e.csv",
                    text(
                        "Supplier,Requirement,Document name,Expiry date,Status\nB,penetration test,Report,2027-01-01,accepted\n",
                    ),
                ),
            ],
            &[
                "of = \"evidence\"",
                "party = \"Supplier\"",
                "obligation = \"Requirement\"",
                "[table.values.obligation]",
                "# \"penetration test\" = \"\"",
            ],
            &[],
        ),
        (
            "a workbook with titles",
            vec![(
                "book.xlsx",
                book([
                    sheet(
                        "供应商清单",
                        "供应商编码,供应商名称,国家\nS1,云河,中国\nS2,明安,中国\n",
                        0,
                    ),
                    sheet(
                        "采购合同",
                        "台账\n采购人,中标供应商,中标日期,中标金额\n明安,云河,2025-01-02,12.5\n",
                        1,
                    ),
                    sheet("说明", "任意文字\n", 0),
                ]),
            )],
            &[
                "sheet = \"供应商清单\"",
                "sheet = \"采购合同\"",
                "skip_rows = 2",
                "starts = \"中标日期\"",
                "# sheet = \"说明\"",
            ],
            &["encoding"],
        ),
    ]
}

/// What no table should be like.
fn oddities() -> Vec<Case<'static>> {
    vec![
        (
            "headings that TOML has to escape",
            vec![(
                "c.csv",
                text(
                    "\"Customer \"\"A\"\" \\\",\"Supplier\nname\",\"Kind of\tsupply\",a=b # c\nA,B,\"x \"\"y\"\" \\ z\",1\n",
                ),
            )],
            &[
                "supplier = \"Supplier\\nname\"",
                "# \"x \\\"y\\\" \\\\ z\" = \"\"",
            ],
            &[],
        ),
        (
            "repeated and blank headings, ragged rows",
            vec![(
                "c.csv",
                text("Customer,Supplier,Supplier,,Contract no\nA,B,C,x,1\nA,B\nA,B,C,x,1,2,3\n"),
            )],
            &[
                "stand more than once",
                "columns that have cells but no heading, and cannot be read: 1",
                "rows with more or fewer cells than headings: 2",
            ],
            &[],
        ),
        (
            "ids that repeat",
            vec![("c.csv", text("id,customer,supplier\n1,A,B\n1,A,C\n"))],
            &["\nid = \"\"", "its cells repeat or are blank"],
            &[],
        ),
        (
            "headings that only hint",
            vec![(
                "contracts.csv",
                text("Name of our customer unit,Who the vendor is\nA,B\n"),
            )],
            &[
                "customer = \"Name of our customer unit\"",
                "UNSURE: the heading says it only in part",
            ],
            &[],
        ),
        (
            "nothing that is known",
            vec![("x.csv", text("foo,bar\n1,2\n"))],
            &[
                "its headings do not show what it holds",
                "# file = \"x.csv\"",
            ],
            &["\n[[table]]"],
        ),
        (
            "nothing at all",
            vec![("x.csv", text(""))],
            &["x.csv: left out: it has no rows"],
            &["\n[[table]]"],
        ),
        (
            "only a heading",
            vec![("c.csv", text("customer,supplier\n"))],
            &["0 rows", "all cells are blank"],
            &[],
        ),
        (
            "bytes that are no text",
            vec![
                ("c.csv", (0..=255).cycle().take(5000).collect()),
                ("d.csv", text("customer,supplier\nA,B\n")),
            ],
            &["customer = \"customer\""],
            &[],
        ),
        (
            "a workbook that is none beside a table",
            vec![
                ("b.xlsx", text("PK\u{3}\u{4} no")),
                ("d.csv", text("customer,supplier\nA,B\n")),
            ],
            &["b.xlsx: left out: ", "customer = \"customer\""],
            &[],
        ),
        (
            "quotes that never close, and a heading of quotes",
            vec![("c.csv", text("customer,supplier,\"\"\"\"\nA,\"B\nC,D,E\n"))],
            &["customer = \"customer\""],
            &[],
        ),
    ]
}

#[test]
fn drafts_of_a_chinese_and_an_english_register() {
    let contracts = "Contract number,Buyer,Vendor,Service type,Award date,Contract value,Remarks\n\
        C-1,Riverside Bank,Cloud Host Ltd,Hosting of systems,31/01/2025,\"1,200.50\",\n\
        C-2,Riverside Bank,Night Guard GmbH,Guarding,01/02/2025,80,\n\
        C-3,Cloud Host Ltd,Night Guard GmbH,Guarding,03/02/2025,80,\n";
    let vendors = "Vendor code,Vendor name,Country,Tax id\nV1,Cloud Host Ltd,CN,1\nV2,Night Guard GmbH,Germany,2\n";
    let bench = Workbench::empty()
        .with("data/contracts.csv", contracts)
        .with("data/vendors.csv", vendors);
    let (draft_en, run) = draft(&bench, "en");
    insta::assert_snapshot!("draft_en", format!("{draft_en}\n{}", run.err));
    check(&bench);
    let contracts = "采购合同台账\n\n合同编号,采购人,中标供应商,中标金额（万元）,合同签订日期,合同到期日,服务类型,是否涉及关基,供应商国家,备注\n\
        HT-1,江岸银行,云河科技有限公司,120.5,2025年1月5日,2027年1月4日,云服务,是,中国,\n\
        HT-2,江岸银行,明安信息安全有限公司,33,2025/3/1,2026/2/28,机房保洁,否,中国,\n";
    let bench = Workbench::empty().with("data/采购.csv", gb18030(contracts));
    let (draft_zh, run) = draft(&bench, "zh");
    insta::assert_snapshot!("draft_zh", format!("{draft_zh}\n{}", run.err));
    check(&bench);
}

#[test]
fn the_contracts_as_they_were_published_are_understood() {
    let samples = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let mut command = program(&samples);
    command.args(["init", "canada-contracts/contracts.csv", "-o", "-"]);
    let run = Run::of(&mut command);
    run.exit(0);
    for line in [
        "14,793 rows",
        "\ncustomer = \"end-user-entity_en\"",
        "\nsupplier = \"supplier-legal-name\"",
        "\n\"supplier.country\" = \"supplier-address-country\"",
        "\ncontract = \"contract-number\"",
        "\namount = \"total-contract-value\"",
        "\nstarts = \"award-date\"",
        "\nends = \"expiry-date\"",
    ] {
        run.prints(line);
    }
    let contracts = std::fs::read(samples.join("canada-contracts/contracts.csv")).unwrap();
    let bench = Workbench::empty()
        .with("data/contracts.csv", contracts)
        .with("data/register.toml", &run.out);
    check(&bench).prints("relationships, 14793 rows, 0 set aside");
}

#[test]
fn a_draft_is_written_where_it_is_asked_for_and_replaces_nothing() {
    let table = "customer,supplier\nA,B\n";
    let bench = Workbench::empty()
        .with("a/c.csv", table)
        .with("b/d.csv", table)
        .with("empty/readme.md", "");
    let run = |arguments: &str| Run::of(bench.command().args(arguments.split(' ')));
    run("init a/c.csv").exit(0).says("next: ciiflow check a");
    let first = bench.read("a/register.toml");
    run("init a/c.csv").exit(2).says("--force");
    run("init a/c.csv --lang zh").exit(2).says("已存在");
    assert_eq!(bench.read("a/register.toml"), first);
    run("init a --force -q").exit(0);
    // In the directory that holds both, by paths from there.
    run("init a/c.csv b/d.csv").exit(0);
    assert!(bench.read("register.toml").contains("file = \"b/d.csv\""));
    run("init b/d.csv -o a/other.toml")
        .exit(0)
        .says("ciiflow check a/other.toml");
    assert!(bench.read("a/other.toml").contains("file = \"../b/d.csv\""));
    run("check a/other.toml").exit(0);
    run("init b/d.csv -o new/x.toml --policy policy.toml").exit(0);
    assert!(
        bench
            .read("new/x.toml")
            .contains("\npolicy = \"../policy.toml\"")
    );
    run("check new/x.toml").exit(0);
    run("init b/d.csv -o b/register.txt").exit(2).says(".toml");
    run("init nowhere.csv").exit(2).says("nowhere.csv");
    run("init empty").exit(2).says("empty");
    run("init").exit(2);
    let out = run("init b/d.csv -o - -q").exit(0).out.clone();
    assert!(out.contains("customer = \"customer\""));
}

#[test]
fn facts_come_from_the_pack() {
    let bench = Workbench::empty().with(
        "data/c.csv",
        "customer,supplier,access,Supplier rank\nA,B,user,core\n",
    );
    let mut command = bench.command();
    command
        .args(["init", "data", "-o", "-"])
        .args(PACK.split(' '));
    let run = Run::of(&mut command);
    run.exit(0)
        .prints("\naccess = \"access\"")
        .prints("\"supplier.rank\" = \"Supplier rank\"")
        .prints("\npolicy = \"../policy.toml\"");
    assert!(!run.out.contains("cii_status"));
}

#[test]
fn a_table_without_the_columns_it_needs_points_to_init() {
    let bench = Workbench::new().with("register/relationships.csv", "Käufer,Verkäufer\nA,B\n");
    bench.run("check register").exit(2).says("ciiflow init");
    bench
        .run("check register --lang zh")
        .exit(2)
        .says("ciiflow init");
}
