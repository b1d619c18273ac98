//! What suppliers answered, as the workbook tells it.

use super::{Book, text};
use crate::workbench::{RELATIONSHIPS, Workbench};

/// Words of a language, with those that only stand where a finding is gone.
struct Told {
    lang: &'static str,
    sheets: [&'static str; 3],
    party: &'static str,
    answers: &'static str,
    summary: [&'static str; 3],
    gone: &'static str,
    none_gone: &'static str,
    input: &'static str,
}

const TOLD: [Told; 2] = [
    Told {
        lang: "en",
        sheets: ["Summary", "Removed by answers", "Method"],
        party: "Party",
        answers: "Answers on its chain",
        summary: [
            "What suppliers answered",
            "a.csv",
            "1 fact and 1 document, on the suppliers' own word (1 not taken)",
        ],
        gone: "1 finding. Without the answers these findings would stand. That they do not rests on the suppliers' own word.",
        none_gone: "No finding is gone because of an answer.",
        input: "answers: a.csv",
    },
    Told {
        lang: "zh",
        sheets: ["摘要", "因答复而消失", "方法"],
        party: "主体",
        answers: "链条上的答复",
        summary: [
            "供应商的答复",
            "a.csv",
            "1 项事实、1 份文件，均为供应商自行申报（另有 1 项未采用）",
        ],
        gone: "1 项结论。若无这些答复，以下结论仍然成立；其消失仅以供应商自行申报为据。",
        none_gone: "没有结论因答复而消失。",
        input: "答复：a.csv",
    },
];

#[test]
fn answers_are_told_with_what_they_remove() {
    for told in &TOLD {
        for (access, is_gone) in [("none", true), ("remote", false)] {
            check(told, access, is_gone);
        }
    }
}

#[track_caller]
fn check(told: &Told, access: &str, is_gone: bool) {
    let form = format!(
        "key,answer,document\nR2.access,{access},\nhost/vetting/duty,,Own log\nR9.access,none,\n"
    );
    let bench = Workbench::new()
        .with(
            "register/relationships.csv",
            RELATIONSHIPS.replace("yes,remote", "yes,"),
        )
        .with("a.csv", form);
    let lang = told.lang;
    let run = bench.run(&format!(
        "analyze register --answers a.csv -o out --write workbook --lang {lang}"
    ));
    run.exit(0);
    let mut book = Book::open(&bench.path("out/report.xlsx"));
    let [summary, removed, method] = told.sheets;
    let words = book.words(summary);
    let has = |words: &str, line: &str| words.lines().any(|words| words == line);
    for line in told.summary {
        assert!(has(&words, line), "no {line}: {words}");
    }
    assert_eq!(has(&words, told.gone), is_gone, "{words}");
    assert_eq!(has(&words, told.none_gone), !is_gone, "{words}");
    let link = format!("location=\"'{removed}'!A1\"");
    let links = book.part("xl/worksheets/sheet1.xml").matches(&link).count();
    // One beside what is gone, one among the sheets.
    assert_eq!(links, if is_gone { 2 } else { 0 });
    assert_eq!(book.names().contains(&removed.to_owned()), is_gone);
    if is_gone {
        let rows = book.table(removed);
        assert_eq!(rows.len(), 1);
        assert_eq!(
            text(&rows[0][told.answers])
                .split([' ', '（'])
                .collect::<Vec<_>>()[..3],
            ["R2.access", "=", "none"]
        );
        assert!(["Night Guard"].contains(&text(&rows[0][told.party]).as_str()));
    }
    let words = book.words(method);
    let digest = words.lines().skip_while(|line| *line != told.input);
    let is_digest = |line: &str| line.starts_with("SHA-256 ") && line.len() == 72;
    assert!(digest.take(4).any(is_digest), "{words}");
}
