//! Parties that are given by name: spellings of one party, names that may be one party's, and names in two scripts.

use super::workbench::Workbench;

const MAPPING: &str = "[[table]]\nof = \"relationships\"\nfile = \"ledger.csv\"\n";
const HEADING: &str = "customer,supplier,customer.rank,serves,access\n";

/// A register of one table by names, with more in its `register.toml`.
fn ledger(rows: &str, more: &str) -> Workbench {
    Workbench::empty()
        .with("register/register.toml", format!("{MAPPING}{more}"))
        .with("register/ledger.csv", format!("{HEADING}{rows}"))
}

/// The rows of a result as records.
fn records(text: &str) -> Vec<csv::StringRecord> {
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{FEFF}').as_bytes());
    reader.records().map(Result::unwrap).collect()
}

/// The rows of `register-issues.csv` with this code.
fn issues(bench: &Workbench, code: &str) -> Vec<csv::StringRecord> {
    bench.run("check register -o issues");
    let mut rows = records(&bench.read("issues/register-issues.csv"));
    rows.retain(|row| &row[4] == code);
    rows
}

/// The ids of the parties.
fn parties(bench: &Workbench) -> Vec<String> {
    bench.run("convert register -o canonical").exit(0);
    let rows = records(&bench.read("canonical/parties.csv"));
    rows.iter().map(|row| row[0].to_owned()).collect()
}

#[test]
fn a_spelling_is_noted_where_it_is_first_met() {
    let rows = "Bank,Yunhe Cloud,core,yes,user\nBANK,yunhe cloud,,yes,user\n".repeat(10_000);
    let bench = ledger(&rows, "");
    let noted = issues(&bench, "merged-spelling");
    let noted: Vec<_> = noted
        .iter()
        .map(|row| [&row[1], &row[2], &row[5]])
        .collect();
    assert_eq!(
        noted,
        [["3", "customer", "BANK"], ["3", "supplier", "yunhe cloud"]]
    );
    let run = bench.run("check register");
    run.exit(0)
        .prints("ledger.csv:3 supplier: `yunhe cloud` is taken for `Yunhe Cloud`");
    assert_eq!(parties(&bench), ["Bank", "Yunhe Cloud"]);
}

#[test]
fn lines_of_an_issue_merge_its_names() {
    let rows = "Bank,Yunhe Cloud Ltd,core,yes,user\n\
        Bank,\"Yunhe Cloud Limited\",,yes,user\n\
        Bank,Cloud Yunhe Limited,,yes,user\n\
        Bank,\"Riverside \"\"Fast\"\" \\ Logistics\",,yes,user\n\
        Bank,\"Riverside \"\"Fast\"\" \\ Logistcs\",,yes,user\n\
        Bank,Bank of China 中国银行,,yes,user\n\
        Bank,中国银行股份有限公司,,yes,user\n\
        Bank,中信银行,,yes,user\n\
        Bank,Plant 1 of Riverside,,yes,user\n\
        Bank,Plant 2 of Riverside,,yes,user\n";
    let bench = ledger(rows, "");
    let similar = issues(&bench, "similar-names");
    let told: Vec<_> = similar
        .iter()
        .map(|row| [&row[1], &row[5], &row[6]])
        .collect();
    for (told, [row, name, words]) in told.iter().zip([
        [
            "3",
            "Yunhe Cloud Limited",
            "`Yunhe Cloud Ltd`: the legal form is written in another way",
        ],
        [
            "4",
            "Cloud Yunhe Limited",
            "`Yunhe Cloud Ltd`: the words stand in another order",
        ],
        [
            "6",
            "Riverside \"Fast\" \\ Logistcs",
            "they are one letter apart",
        ],
        [
            "8",
            "中国银行股份有限公司",
            "`Bank of China 中国银行`: one is the Chinese or Latin half",
        ],
    ]) {
        assert_eq!([told[0], told[1]], [row, name]);
        assert!(told[2].contains(words), "{}", told[2]);
    }
    assert_eq!(told.len(), 4, "{told:?}");
    assert_eq!(parties(&bench).len(), 11);

    let lines = similar.iter().map(|row| {
        let (_, lines) = row[9]
            .split_once("[[same]]")
            .expect("there are lines to paste");
        format!("[[same]]{lines}\n")
    });
    let pasted: String = lines.collect();
    let bench = ledger(rows, &pasted);
    assert_eq!(
        issues(&bench, "similar-names"),
        Vec::<csv::StringRecord>::new()
    );
    assert_eq!(
        issues(&bench, "merged-spelling"),
        Vec::<csv::StringRecord>::new()
    );
    assert_eq!(
        parties(&bench),
        [
            "Bank",
            "Yunhe Cloud Ltd",
            "Riverside \"Fast\" \\ Logistics",
            "Bank of China 中国银行",
            "中信银行",
            "Plant 1 of Riverside",
            "Plant 2 of Riverside"
        ]
    );
    bench
        .run("check register")
        .exit(0)
        .prints("[[same]]: 4 names taken for another");
    bench
        .run("check register --lang zh")
        .exit(0)
        .prints("[[same]]：4 个名称视为另一名称");
}

#[test]
fn candidates_are_told_on_screen_in_both_languages() {
    let rows = "Bank,Yunhe Cloud Ltd,core,yes,user\nBank,Yunhe Cloud Inc,,yes,user\n";
    let bench = ledger(rows, "");
    bench.run("check register").exit(0).prints(
        "note[similar-names] ledger.csv:3 supplier: `Yunhe Cloud Inc` may be `Yunhe Cloud Ltd`: only the legal form differs\n  \
         They are two parties. If they are one, put into register.toml:\n  \
         [[same]]\n  party = \"Yunhe Cloud Ltd\"\n  names = [\"Yunhe Cloud Inc\"]\n",
    );
    bench.run("check register --lang zh").exit(0).prints(
        "提示[similar-names] ledger.csv:3 supplier：“Yunhe Cloud Inc”可能就是“Yunhe Cloud Ltd”：仅组织形式不同\n  \
         目前视为两个主体。若为同一主体，请在 register.toml 中加入：\n  [[same]]\n",
    );
}

#[test]
fn whatever_names_a_party_finds_it() {
    let same =
        "[[same]]\nparty = \"Yunhe Cloud Co., Ltd.\"\nnames = [\"云河云\", \"Yunhe Cloud\"]\n";
    let tables = "[[table]]\nof = \"parties\"\nfile = \"parties.csv\"\n\
        [[table]]\nof = \"evidence\"\nfile = \"evidence.csv\"\n";
    let bench = ledger(
        "Bank,云河云,,yes,user\nYUNHE CLOUD,Night Guard,,yes,remote\n",
        &format!("columns.supports = \"helps\"\n{tables}{same}"),
    )
    .with(
        "register/ledger.csv",
        "customer,supplier,serves,access,helps\nBank,云河云,yes,user,\nYUNHE CLOUD,Night Guard,yes,remote,bank\n",
    )
    .with(
        "register/parties.csv",
        "name,rank,owner\nBank,core,\nNight Guard,plain,yunhe cloud\nBANK,core,\n",
    )
    .with(
        "register/evidence.csv",
        "party,obligation,shows,document,issued,status\n\
         yunhe-cloud,vetting,duty,One,2025-10-01,accepted\n\
         NIGHT GUARD,vetting,duty,Two,2025-10-01,accepted\n\
         Nobody,vetting,duty,Three,2025-10-01,accepted\n",
    );
    let told = |code| {
        issues(&bench, code)
            .iter()
            .map(|row| row[5].to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(told("evidence-party"), ["Nobody"]);
    assert_eq!(told("repeated-row"), ["Bank"]);
    for code in [
        "unknown-owner",
        "unknown-support",
        "foreign-support",
        "idle-same",
        "duplicate-id",
    ] {
        assert_eq!(told(code), Vec::<String>::new(), "{code}");
    }
    let id = "Yunhe Cloud Co., Ltd.";
    assert_eq!(parties(&bench), ["Bank", "Night Guard", id]);
    let evidence = records(&bench.read("canonical/evidence.csv"));
    assert_eq!([&evidence[0][0], &evidence[1][0]], [id, "Night Guard"]);
    let relationships = records(&bench.read("canonical/relationships.csv"));
    assert_eq!(&relationships[1][3], "Bank");
    let parties = records(&bench.read("canonical/parties.csv"));
    assert_eq!(&parties[1][2], id, "the owner");
}

#[test]
fn names_of_same_that_do_nothing_are_told() {
    let same = "[[same]]\nparty = \"Yunhe\"\nnames = [\"云河云\", \"Host\"]\n";
    let bench = ledger("Bank,Host,core,yes,user\n", same);
    bench
        .run("check register")
        .exit(0)
        .prints("note[idle-same] register.toml: no cell has the name `云河云` of [[same]]")
        .prints("0 errors, 0 warnings, 1 note\n");
    let tables = "[[table]]\nof = \"parties\"\nfile = \"parties.csv\"\n[[table]]\nof = \"relationships\"\nfile = \"relationships.csv\"\n";
    let bench = Workbench::new().with("register/register.toml", format!("{tables}{same}"));
    bench.run("check register").exit(0).prints(
        "note[idle-same] register.toml: [[same]] does nothing, because the parties have ids",
    );
    bench
        .run("check register --lang zh")
        .exit(0)
        .prints("[[same]] 不起作用，因为主体有 id");
}

#[test]
fn a_contradiction_of_same_ends_the_run() {
    let entry =
        |party: &str, name: &str| format!("[[same]]\nparty = \"{party}\"\nnames = [\"{name}\"]\n");
    for (same, english, chinese) in [
        (
            entry("A", "C") + &entry("B", "c"),
            "[[same]] takes `c` for `A` and for `B`",
            "[[same]] 将“c”既视为“A”又视为“B”",
        ),
        (
            entry("A", "B") + &entry("B", "A"),
            "and the other way round",
            "互相指代",
        ),
        (
            entry("A!", "B") + &entry("a", "C"),
            "[[same]] writes one party as `A!` and as `a`",
            "[[same]] 将同一主体写作“A!”和“a”",
        ),
        (
            entry("A", " "),
            "a [[same]] has a blank name",
            "[[same]] 中有空白名称",
        ),
        (
            "[[same]]\nparty = \"A\"\n".to_owned(),
            "missing field `names`",
            "names",
        ),
        (
            "[[same]]\nid = \"A\"\n".to_owned(),
            "unknown field `id`",
            "id",
        ),
    ] {
        let bench = ledger("Bank,Host,core,yes,user\n", &same);
        bench
            .run("analyze register -o out")
            .exit(2)
            .says(english)
            .says("register.toml");
        bench.run("check register --lang zh").exit(2).says(chinese);
        bench.nothing_written();
    }
}

#[test]
fn two_scripts_in_one_cell_are_two_names() {
    let cell = "阳泉煤业（集团）有限责任公司 Yangquan Coal Industry (Group) Co.,Ltd";
    let bench = ledger(
        &format!("Bank,\"{cell}\",core,yes,user\nBank,3M中国有限公司,,yes,user\n"),
        "",
    );
    bench.run("convert register -o canonical").exit(0);
    let rows = records(&bench.read("canonical/parties.csv"));
    let rows: Vec<_> = rows.iter().map(|row| [&row[0], &row[1], &row[2]]).collect();
    let coal = [
        cell,
        "Yangquan Coal Industry (Group) Co.,Ltd",
        "阳泉煤业（集团）有限责任公司",
    ];
    assert_eq!(
        rows,
        [
            ["Bank", "Bank", ""],
            coal,
            ["3M中国有限公司", "3M中国有限公司", ""]
        ]
    );
    bench
        .run("analyze register -o out --write findings")
        .exit(0);
    assert!(
        bench
            .read("out/findings.csv")
            .contains("\",\"Yangquan Coal Industry (Group) Co.,Ltd\",vetting,applies,1")
    );
    bench
        .run("analyze register -o zh --write report --lang zh")
        .exit(0);
    assert!(
        bench
            .read("zh/report.md")
            .contains("阳泉煤业（集团）有限责任公司")
    );
}

#[test]
fn one_name_of_two_ids_is_told() {
    let bench = Workbench::new()
        .parties("p1,RIVERSIDE  BANK,,,CN,,\np2,-,,,,,\np3,-,,,,,\np4,,,,,,\np5,,,,,,\n");
    let rows = issues(&bench, "shared-name");
    let rows: Vec<_> = rows
        .iter()
        .map(|row| [&row[1], &row[2], &row[5], &row[6]])
        .collect();
    let words = "`RIVERSIDE  BANK` is also the name of `bank`";
    assert_eq!(rows, [["5", "name", "RIVERSIDE  BANK", words]]);
    assert_eq!(issues(&bench, "similar-names").len(), 0);
}
