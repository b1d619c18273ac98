//! The rows of the workbook are those of the CSV files.

use std::path::Path;

use calamine::Data;

use super::{Book, EN, Rows, ZH, csv_rows, sample, text};

#[test]
fn the_sample_in_both_languages() {
    for (lang, words) in [
        (
            "en",
            [
                "must (statute)",
                "to be agreed (contract)",
                "recommended (standard)",
                "applies",
            ],
        ),
        (
            "zh",
            ["必须（法定）", "待约定（合同）", "建议（标准）", "适用"],
        ),
    ] {
        let mut book = check_sample("cloud-partner", "2026-11-01", lang);
        let findings = book.words(if lang == "en" { "Findings" } else { "结论" });
        for word in words {
            assert!(findings.lines().any(|line| line == word), "no {word}");
        }
        let chain = if lang == "en" {
            "Luming Riverside Bank → (R01) Yunzhouqiao Data Services → (R23) Moliying Recognition"
        } else {
            "鹿鸣江岸银行 → （R01）云舟桥数据服务 → （R23）墨篱影识别"
        };
        assert!(findings.lines().any(|line| line == chain), "no {chain}");
    }
}

#[test]
fn the_register_of_canada_in_english() {
    let mut book = check_sample("canada-contracts", "2020-01-01", "en");
    assert!(book.words("Summary").contains("404 findings apply"));
}

#[test]
fn the_register_of_canada_in_chinese() {
    let mut book = check_sample("canada-contracts", "2020-01-01", "zh");
    assert!(book.words("摘要").contains("404 项结论适用"));
}

/// The rows of every sheet are those of the CSV files, and cells are what they say.
#[track_caller]
fn check_sample(name: &str, day: &str, lang: &str) -> Book {
    let (out, mut book) = sample(name, day, lang, &[]);
    let screens = name == "cloud-partner";
    let names = if lang == "en" { EN } else { ZH };
    let names = names
        .iter()
        .filter(|&&name| screens || !["Screening", "筛查"].contains(&name));
    assert_eq!(book.names(), names.copied().collect::<Vec<_>>());
    let in_lang = |en: &'static str, zh: &'static str| if lang == "en" { en } else { zh };
    let [party, obligation, status, evidence] = [
        in_lang("Party id", "主体标识"),
        in_lang("Obligation id", "义务标识"),
        in_lang("Status code", "状态代码"),
        in_lang("Evidence code", "证据代码"),
    ];
    let (binding, ends) = (
        in_lang("Binding code", "约束力代码"),
        in_lang("Evidence ends", "证据到期"),
    );
    let tier = in_lang("Tier", "层级");
    let findings = book.table(in_lang("Findings", "结论"));
    check_same(
        &findings,
        &out.path().join("findings.csv"),
        &[
            (party, "party"),
            (obligation, "obligation"),
            (status, "status"),
            (tier, "tier"),
            (in_lang("Via", "末段关系"), "via"),
            (in_lang("Operator id", "运营者标识"), "operator"),
            (
                in_lang("Operators that reach it", "可传导至此的运营者数"),
                "origins",
            ),
            (binding, "binding"),
            (evidence, "evidence"),
            (ends, "expires"),
            (in_lang("Clauses break at step", "条款链断于第几步"), "gap"),
        ],
    );
    check_same(
        &book.table(in_lang("Clauses", "条款")),
        &out.path().join("clauses.csv"),
        &[
            (in_lang("Relationship", "关系"), "relationship"),
            (in_lang("Customer id", "客户标识"), "customer"),
            (in_lang("Supplier id", "供应商标识"), "supplier"),
            (in_lang("Contract", "合同"), "contract"),
            (obligation, "obligation"),
            (status, "status"),
            (tier, "tier"),
            (binding, "binding"),
            (evidence, "evidence"),
            (ends, "expires"),
        ],
    );
    check_same(
        &book.table(in_lang("Parties", "主体")),
        &out.path().join("exposure.csv"),
        &[
            (in_lang("Rank", "排序"), "rank"),
            (in_lang("Id", "标识"), "party"),
            (tier, "tier"),
            (in_lang("Findings", "结论"), "findings"),
            (in_lang("No full evidence", "无完整有效证据"), "open"),
            (in_lang("Of these by statute", "其中：法定"), "open_statute"),
            (in_lang("Unconfirmed", "待确认"), "open_unconfirmed"),
        ],
    );
    check_same(
        &book.table(in_lang("Register issues", "台账问题")),
        &out.path().join("register-issues.csv"),
        &[
            (in_lang("File", "文件"), "file"),
            (in_lang("Row", "行"), "row"),
            (in_lang("Code", "代码"), "code"),
            (in_lang("Severity code", "严重程度代码"), "severity"),
            (in_lang("What is wrong", "问题"), "message"),
        ],
    );
    let questions = csv_rows(&out.path().join("questions.csv"));
    let mut ranks: Vec<&str> = questions.iter().map(|row| row["rank"].as_str()).collect();
    ranks.dedup();
    let asked = book.table(in_lang("Questions", "问题"));
    assert_eq!(
        asked
            .iter()
            .map(|row| text(&row[in_lang("Rank", "排序")]))
            .collect::<Vec<_>>(),
        ranks
    );
    for row in &findings {
        assert!(matches!(row[tier], Data::Float(_)), "{row:?}");
        assert!(
            matches!(row[ends], Data::Empty | Data::DateTime(_)),
            "{row:?}"
        );
    }
    book
}

/// Asserts that a sheet has the same rows as a CSV file, by pairs of headings: what one has, the other has too.
#[track_caller]
fn check_same(rows: &Rows, csv: &Path, headings: &[(&str, &str)]) {
    let mut ours: Vec<Vec<String>> = rows
        .iter()
        .map(|row| headings.iter().map(|(ours, _)| text(&row[*ours])).collect())
        .collect();
    let mut theirs: Vec<Vec<String>> = csv_rows(csv)
        .iter()
        .map(|row| {
            headings
                .iter()
                .map(|(_, theirs)| row[*theirs].clone())
                .collect()
        })
        .collect();
    ours.sort();
    theirs.sort();
    assert_eq!(ours, theirs, "{}", csv.display());
}
