//! `--answers`: forms that suppliers filled in, in every kind of file, and what must not come of them.

use std::path::Path;

use ciiflow::policy::{Policy, packs};
use ciiflow::read::{self, Reading};
use ciiflow::register::{Register, Value};

use super::workbench::{RELATIONSHIPS, Run, Workbench, program};
use super::workbooks::{archive, book, sheet};

/// Relationships of the sample whose `access` nobody knows here, and one that says what nobody understands.
const OPEN: [&str; 3] = ["R14", "R18", "R30"];
const FAULTY: &str = "R24";

const QUESTIONS: [[&str; 4]; 6] = [
    ["R30.access", "Which | access?", "none", "none"],
    ["R14.access", "Which access?", "", "remote、特权访问"],
    ["R18.access", "Which <access>?", "", "User."],
    ["R24.access", "Which access?", "", "privileged"],
    ["R25.access_location", "Where?", "", "CN, 丹麦"],
    ["R26.access", "Which access?", "", ""],
];

const DOCUMENTS: [[&str; 5]; 3] = [
    [
        "R09/data-handling/clause",
        "The clause",
        "DPA, article 9 <signed>",
        "2026年1月1日",
        "2027-06-01",
    ],
    [
        "ostrevind-cn/sub-processing-consent/duty",
        "The consent",
        "Statement | 1",
        "2026-02-01",
        "",
    ],
    ["R28/data-handling/clause", "The clause", "", "", ""],
];

/// Headings of the two tables by language.
const HEADINGS: [[&[&str]; 2]; 3] = [
    [
        &["Key", "Question", "Possible answers", "Answer"],
        &["Key", "What is asked", "Document", "Issued", "Expires"],
    ],
    [
        &["编号", "问题", "可选答复", "答复"],
        &["编号", "所需材料", "文件", "出具日期", "到期日期"],
    ],
    [
        &[
            "Key 编号",
            "Question 问题",
            "Possible answers 可选答复",
            "Answer 答复",
        ],
        &[
            "Key 编号",
            "What is asked 所需材料",
            "Document 文件",
            "Issued 出具日期",
            "Expires 到期日期",
        ],
    ],
];

/// The two tables of a form.
fn tables(language: usize) -> [Vec<Vec<&'static str>>; 2] {
    let [questions, documents] = HEADINGS[language];
    let rows = |heading: &[&'static str], rows: Vec<Vec<&'static str>>| {
        [vec![heading.to_vec()], rows].concat()
    };
    [
        rows(questions, QUESTIONS.map(|row| row.to_vec()).to_vec()),
        rows(documents, DOCUMENTS.map(|row| row.to_vec()).to_vec()),
    ]
}

fn markdown(language: usize) -> String {
    let mut out =
        "# A form\n\n| Word | Meaning |\n| --- | --- |\n| Key | leave it |\n\n".to_owned();
    for table in tables(language) {
        for (at, row) in table.iter().enumerate() {
            let cells = row.iter().map(|cell| {
                let cell = cell
                    .replace('|', "\\|")
                    .replace('<', "&lt;")
                    .replace('_', "\\_");
                cell.replace('、', "<br>")
            });
            out += &format!("| {} |\n", cells.collect::<Vec<_>>().join(" | "));
            if at == 0 {
                out += &format!("|{}\n", " --- |".repeat(row.len()));
            }
        }
        out += "\nThank you.\n\n";
    }
    out
}

fn docx(language: usize) -> Vec<u8> {
    let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;");
    let run = |text: &str| {
        format!(
            "<w:r><w:t xml:space=\"preserve\">{}</w:t></w:r>",
            escaped(text)
        )
    };
    let cell = |text: &str| {
        let paragraphs = text
            .split('、')
            .map(|text| format!("<w:p>{}</w:p>", run(text)));
        format!("<w:tc>{}</w:tc>", paragraphs.collect::<String>())
    };
    let table = |rows: &Vec<Vec<&str>>| {
        let rows = rows.iter().map(|row| {
            format!(
                "<w:tr>{}</w:tr>",
                row.iter().map(|text| cell(text)).collect::<String>()
            )
        });
        format!(
            "<w:tbl>{}</w:tbl><w:p>{}</w:p>",
            rows.collect::<String>(),
            run("Thank you.")
        )
    };
    let body: String = tables(language).iter().map(table).collect();
    let document = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>"
    );
    archive(&[
        ("[Content_Types].xml", "<Types/>"),
        ("word/document.xml", &document),
    ])
}

fn csv() -> String {
    let quoted = |cell: &&str| format!("\"{cell}\"");
    let mut rows = vec!["key,question,choices,answer,document,issued,expires".to_owned()];
    for row in QUESTIONS {
        rows.push(row.iter().map(quoted).collect::<Vec<_>>().join(",") + ",,,");
    }
    for [key, question, document, issued, expires] in DOCUMENTS {
        let row = [key, question, "", "", document, issued, expires];
        rows.push(row.iter().map(quoted).collect::<Vec<_>>().join(","));
    }
    rows.join("\n") + "\n"
}

/// The sample in `register`, with what `cell` says in the column `access`.
fn sample(cell: impl Fn(&str) -> Option<&'static str>) -> Workbench {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/cloud-partner");
    let read =
        |name: &str| std::fs::read_to_string(samples.join(name)).expect("the sample is there");
    let relationships = read("relationships.csv");
    let access = relationships
        .lines()
        .next()
        .expect("it has headings")
        .split(',');
    let access = access
        .clone()
        .position(|heading| heading == "access")
        .expect("it has the column");
    let rows = relationships.lines().map(|line| {
        let mut cells: Vec<&str> = line.split(',').collect();
        if let Some(cell) = cell(cells[0]) {
            cells[access] = cell;
        }
        cells.join(",")
    });
    Workbench::empty()
        .with("register/parties.csv", read("parties.csv"))
        .with("register/evidence.csv", read("evidence.csv"))
        .with(
            "register/relationships.csv",
            rows.collect::<Vec<_>>().join("\n"),
        )
}

fn open() -> Workbench {
    sample(|id| match id {
        id if OPEN.contains(&id) => Some(""),
        FAULTY => Some("badge"),
        _ => None,
    })
}

/// Analyzes the sample under `cn-cii`.
#[track_caller]
fn analyze(bench: &Workbench, arguments: &str) -> Run {
    let mut command = program(&bench.path(""));
    command.args(["analyze", "register", "--as-of", "2026-11-01"]);
    command.args(arguments.split(' '));
    let run = Run::of(&mut command);
    run.exit(0);
    run
}

#[test]
fn forms_of_every_kind_say_the_same() {
    let gbk = encoding_rs_gbk(&markdown(1));
    let forms: Vec<(&str, Vec<u8>)> = vec![
        ("en.md", markdown(0).into()),
        ("zh.md", gbk),
        ("both.md", markdown(2).into()),
        ("en.docx", docx(0)),
        ("zh.docx", docx(1)),
        ("both.docx", docx(2)),
        ("twin.csv", csv().into()),
        ("mark.csv", format!("\u{FEFF}{}", csv()).into()),
        ("tabs.tsv", tabs(&csv()).into()),
        ("twin.txt", csv().into()),
        ("table.txt", markdown(0).into()),
        ("twin.xlsx", book([sheet("Form", &csv(), 2)])),
    ];
    let bench = forms
        .iter()
        .fold(open(), |bench, (name, bytes)| bench.with(name, bytes));
    let mut expected: Option<[String; 2]> = None;
    for (name, _) in &forms {
        let run = analyze(
            &bench,
            &format!("--answers {name} -o {name}.out --write findings,clauses"),
        );
        run.prints(&format!(
            "Answered: {name}: 5 facts and 2 documents, on the suppliers' own word\n"
        ));
        run.never_says(&format!(" {name}"));
        let files =
            ["findings.csv", "clauses.csv"].map(|file| bench.read(&format!("{name}.out/{file}")));
        let expected = expected.get_or_insert_with(|| files.clone());
        assert_eq!(&files, expected, "{name}");
    }
    let typed = sample(|id| match id {
        "R30" => Some("none"),
        "R14" => Some("remote;privileged"),
        "R18" => Some("user"),
        "R24" => Some("privileged"),
        _ => None,
    });
    let text = typed.read("register/relationships.csv");
    let text = text.replace(
        "data-processing;staffing,,user,,",
        "data-processing;staffing,,user,CN;DK,",
    );
    let text_evidence = typed.read("register/evidence.csv")
        + "ostrevind,data-handling,R09,clause,DPA,2026-01-01,2027-06-01,accepted,,\n\
           ostrevind-cn,sub-processing-consent,,duty,Statement,2026-02-01,,accepted,,\n";
    let typed = typed
        .with("register/relationships.csv", text)
        .with("register/evidence.csv", text_evidence);
    analyze(&typed, "-o out --write findings,clauses");
    let typed = ["findings.csv", "clauses.csv"].map(|file| typed.read(&format!("out/{file}")));
    assert_eq!(Some(typed), expected, "an answer is as good as a cell");
}

fn tabs(csv: &str) -> String {
    csv.replace("\",\"", "\"\t\"")
        .replace(",,,", "\t\t\t")
        .replace(
            "key,question,choices,answer,document,issued,expires",
            "key\tquestion\tchoices\tanswer\tdocument\tissued\texpires",
        )
}

/// A text as Chinese systems write it.
fn encoding_rs_gbk(text: &str) -> Vec<u8> {
    encoding_rs::GBK.encode(text).0.into_owned()
}

/// What answers must not change, by what is told of them.
#[test]
fn what_is_not_a_suppliers_to_say_changes_nothing() {
    for (rows, told) in [
        (
            "R1.access,none",
            "warning[answer-conflict] a.csv:2 answer: the answer is `none`, but the register says `R1.access = user`",
        ),
        (
            "bank.rank,plain",
            "warning[answer-not-asked] a.csv:2 key: `bank.rank` is nothing that a supplier is asked",
        ),
        ("R1.serves,no", "warning[answer-not-asked]"),
        ("guard.country,CN", "warning[answer-not-asked]"),
        (
            "R9.access,none",
            "warning[unknown-answer-key] a.csv:2 key: `R9.access`",
        ),
        ("R3.acces,none", "Did you mean `R3.access`?"),
        ("access,none", "warning[unknown-answer-key]"),
        ("R1/vettin/duty,,Log", "warning[unknown-obligation]"),
        ("R9/vetting/duty,,Log", "warning[unknown-answer-key]"),
        ("host/vetting/clause,,Log", "warning[unknown-answer-key]"),
        (
            "host/vetting/duty,,yes",
            "warning[no-document] a.csv:2 document: `yes` names no document",
        ),
        ("host/vetting/duty,,见附件", "warning[no-document]"),
        (
            "host/vetting/duty,,,2025-12-01",
            "warning[no-document] a.csv:2 document: dates are given, and no document",
        ),
        (
            "host/vetting/duty,,Log,soon",
            "warning[bad-date] a.csv:2 issued: `soon` is not a date",
        ),
        ("host/vetting/duty,,Log,1/2/2025", "warning[ambiguous-date]"),
        ("host/vetting/duty,,refused log", "warning[answer-conflict]"),
        (
            "host/vetting/duty,,Refused log,2025-11-01",
            "warning[answer-conflict] a.csv:2 document: the answer is `Refused log · 2025-11-01`, but the register says `host/vetting/duty = Refused log · 2025-11-01 · rejected`",
        ),
        (
            "R3.access,badge",
            "warning[unknown-value] a.csv:2 answer: `badge` is not a value of `R3.access`",
        ),
        ("R3.access,remote; badge", "warning[unknown-value]"),
        (
            "R3.access,none\nR3.access,remote",
            "warning[several-answers] a.csv:2 answer: `none` is one of several answers to `R3.access`",
        ),
        ("R3.access,unknown", ""),
        ("R3.access,", ""),
        ("host/vetting/duty,,n/a,-", ""),
        (",none", ""),
    ] {
        let bench = Workbench::new()
            .relationships("R3,host,guard,R1,C-3,,,yes,\n")
            .with("register/evidence.csv", "party,obligation,document,issued,status\nhost,vetting,Refused log,2025-11-01,rejected\n")
            .with("a.csv", format!("key,answer,document,issued,expires\n{rows}\n"));
        bench
            .run("analyze register -o plain --write findings,clauses,exposure,questions")
            .exit(0);
        let run = bench.run(
            "analyze register -o out --answers a.csv --write findings,clauses,exposure,questions",
        );
        run.exit(0)
            .says(told)
            .prints("Answered: a.csv: nothing taken");
        if told.is_empty() {
            run.never_says("a.csv");
        }
        for file in [
            "findings.csv",
            "clauses.csv",
            "exposure.csv",
            "questions.csv",
        ] {
            let [plain, out] = ["plain", "out"].map(|side| bench.read(&format!("{side}/{file}")));
            assert_eq!(plain, out, "{file} with {rows}");
        }
    }
}

#[test]
fn an_answer_beats_an_assumption() {
    let bench = Workbench::new()
        .relationships("R3,host,guard,R1,C-3,,,yes,\nR4,host,guard,R1,C-4,,,yes,\n")
        .with("a.md", "Key|Answer\n---|---\nR3.access|none-needed\n");
    let run = bench.run("analyze register --assume access=remote --answers a.md -o out");
    run.exit(0).never_says("answer-conflict");
    run.prints("Assumed: access=remote (1 cell)\nAnswered: a.md: 1 fact and 0 documents");
    bench
        .run("convert register --assume access=remote --answers a.md -o plain")
        .exit(0);
    let rows = bench.read("plain/relationships.csv");
    for (id, access) in [("R3", "none-needed"), ("R4", "remote")] {
        let row = rows.lines().find(|row| row.starts_with(id));
        assert!(row.is_some_and(|row| row.ends_with(access)), "{rows}");
    }
}

/// The supplier's word counts, is marked, and gives way to what was accepted.
#[test]
fn documents_of_answers_are_self_declared() {
    let form = "key,document,issued,expires\n\
        host/vetting/duty,Own log,2025-12-01,2027-12-01\n\
        host/vetting/duty,Audit,2025-12-15,\n\
        host/vetting/duty,audit,2025-01-15,\n\
        guard/vetting/duty,Own log,2025-12-01,\n\
        R1/vetting/clause,C-1 article 9,2024-01-01,\n";
    let accepted = "party,obligation,document,issued,expires,status\n\
        host,vetting,Audit,2025-01-15,2026-01-15,accepted\n";
    let bench = Workbench::new()
        .with("register/evidence.csv", accepted)
        .with("a.csv", form);
    let run = bench.run("analyze register --answers a.csv -o out");
    run.exit(0)
        .prints("Answered: a.csv: 0 facts and 4 documents, on the suppliers' own word (1 known already)\n")
        .prints("Evidence of 1 finding and 1 clause rests on self-declared documents alone");
    let findings = bench.read("out/findings.csv");
    for row in [
        "host,Cloud Host,vetting,applies,1,R1,bank,1,statute,expiring,2026-01-15,",
        "guard,Night Guard,vetting,applies,2,R2,bank,1,contract,met,2026-12-01,",
    ] {
        assert!(findings.contains(row), "{findings}");
    }
    let report = bench.read("out/report.md");
    assert!(
        report.contains("“Own log”, self-declared, issued 2025-12-01"),
        "{report}"
    );
    bench
        .run("convert register --answers a.csv -o plain")
        .exit(0);
    let evidence = bench.read("plain/evidence.csv");
    assert!(
        evidence.contains("guard,vetting,,duty,Own log,2025-12-01,,self-declared,,"),
        "{evidence}"
    );
    let run = bench.run("analyze plain -o again");
    run.exit(0).prints("rests on self-declared documents alone");
    for file in ["findings.csv", "clauses.csv"] {
        assert_eq!(
            bench.read(&format!("out/{file}")),
            bench.read(&format!("again/{file}"))
        );
    }
}

#[test]
fn answers_are_told_in_both_languages() {
    for lang in ["en", "zh"] {
        let bench = Workbench::new()
            .with(
                "register/relationships.csv",
                RELATIONSHIPS.replace("yes,remote", "yes,"),
            )
            .with(
                "forms/b.md",
                "| 编号 | 答复 |\n|---|---|\n| R2.access | none |\n| R1.access | remote |\n",
            )
            .with("forms/c.docx", "no document")
            .with(
                "forms/d.csv",
                "key,document,issued\nhost/vetting/duty,Own log,2025-12-01\n",
            )
            .with("forms/notes.pdf", "not looked at")
            .with("forms/readme.txt", "Nothing in here.\n");
        let run = bench.run(&format!(
            "analyze register --answers forms -o out --lang {lang}"
        ));
        let report = bench.read("out/report.md");
        let section = report
            .split("<a id=\"answers\"></a>")
            .nth(1)
            .expect("it has the section");
        let section = section.split("<a id=").next().unwrap_or_default();
        let explained = bench.run(&format!(
            "explain register host --answers forms --lang {lang}"
        ));
        let changed = bench.run(&format!(
            "what-if register --remove R1 --answers forms --lang {lang}"
        ));
        let told = [
            &run.exit(0).err,
            &run.out,
            section,
            &explained.out,
            &changed.out,
        ];
        insta::assert_snapshot!(format!("returned_{lang}"), told.join("\n---\n"));
    }
}

/// Answers stand in no folder of the register.
#[test]
fn pipelines_are_led_to_the_file_of_an_answer() {
    let form = "Key|Answer\n---|---\nR1.access|remote\n";
    let bench = Workbench::new().with("forms/a.md", form);
    let run = bench.run("check register --answers ./forms/a.md -o out");
    run.exit(1)
        .prints("Answered: a.md: nothing taken (1 not taken)");
    let sarif = bench.read("out/ciiflow.sarif");
    let place = sarif.split("\"uri\": \"").nth(1).unwrap_or_default();
    assert!(place.starts_with("forms/a.md\""), "{sarif}");
    assert!(place.contains("\"startLine\": 3"), "{sarif}");
}

#[test]
fn what_is_no_form_is_told_and_ends_nothing_else() {
    let bench = Workbench::new()
        .with("a.csv", "key,answer\n")
        .with("b.csv", "question,answer\n")
        .with("empty/x.pdf", "");
    for (path, words) in [
        ("none.csv", "`none.csv` is not there"),
        ("empty", "`empty` has no forms"),
    ] {
        bench
            .run(&format!("analyze register --answers {path}"))
            .exit(2)
            .says(words);
    }
    let run = bench.run("analyze register --answers b.csv");
    run.exit(0)
        .says("warning[no-answers] b.csv")
        .prints("Answered: b.csv: no form in it\n");
    bench.run("analyze register -o out --write json").exit(0);
    let run = bench.run("diff register out/assessment.json --answers a.csv");
    run.exit(2).says("takes no answers");
    let run = bench.run("diff out/assessment.json register --answers a.csv");
    run.exit(0).prints("are taken from answers");
}

/// What is known of a register's relationships and parties, cell by cell.
fn known(register: &Register, policy: &Policy) -> Vec<Option<Value>> {
    let facts = 0..policy.facts.len();
    let cells = facts.flat_map(|fact| {
        let relationships = register.relationships.iter();
        let parties = register.parties.iter();
        let of_relationships =
            relationships.map(move |at| register.relationships.fact(fact).get(at.index()));
        let of_parties = parties.map(move |at| register.parties.fact(fact).get(at.index()));
        of_relationships.chain(of_parties)
    });
    cells
        .map(|cell| Some(cell.clone()).filter(|cell| !cell.is_unknown()))
        .collect()
}

#[test]
fn damaged_forms_change_nothing_that_is_known() {
    let (id, pack) = packs::embedded()[0];
    let policy = Policy::parse(pack, id).expect("the pack is valid");
    let bench = open();
    let forms: [(&str, Vec<u8>); 4] = [
        ("f.md", markdown(2).into()),
        ("f.docx", docx(2)),
        ("f.csv", csv().into()),
        ("f.xlsx", book([sheet("Form", &csv(), 0)])),
    ];
    let read = || read::read(&bench.path("register"), &policy, &[]).expect("the register is read");
    let before = known(&read().register, &policy);
    let mut state = 7_u64;
    let mut next = |below: usize| {
        state = state
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        (state >> 33) as usize % below
    };
    for (name, whole) in &forms {
        for _ in 0..40 {
            let mut bytes = whole.clone();
            for _ in 0..=next(4) {
                let at = next(bytes.len());
                match next(4) {
                    0 => bytes[at] = next(256) as u8,
                    1 => bytes.truncate(at.max(1)),
                    2 => bytes.insert(at, b"|<&;\"\0"[next(6)]),
                    _ => drop(bytes.remove(at)),
                }
                if bytes.is_empty() {
                    bytes.push(b'|');
                }
            }
            std::fs::write(bench.path(name), &bytes).expect("a file can be written");
            let mut reading: Reading = read();
            read::take_answers(&mut reading, &[bench.path(name)], &policy)
                .expect("the file is there");
            let after = known(&reading.register, &policy);
            let kept = before
                .iter()
                .zip(&after)
                .all(|(before, after)| match before {
                    // A list of which some was understood may be completed.
                    Some(
                        Value::Items {
                            complete: false, ..
                        }
                        | Value::Countries {
                            complete: false, ..
                        },
                    )
                    | None => true,
                    Some(_) => before == after,
                });
            assert!(kept, "{name}: {:?}", String::from_utf8_lossy(&bytes));
        }
    }
}
