//! What letters offer as answers is understood when it comes back.

use std::collections::{BTreeMap, BTreeSet};

use ciiflow::country::Country;
use ciiflow::policy::{AskedOf, Kind, Policy, packs};
use ciiflow::read;
use ciiflow::register::Value;

use super::{HEAD, PARTIES};
use crate::workbench::Workbench;

/// A pack with the tables of a register in which nothing is known that its suppliers are asked for.
struct Case {
    pack: &'static str,
    parties: String,
    relationships: String,
}

fn cases() -> [Case; 2] {
    let [(_, embedded)] = packs::embedded() else {
        panic!("each pack needs a register here");
    };
    [
        Case {
            pack: embedded,
            parties: PARTIES.to_owned(),
            relationships: format!(
                "{HEAD}R1,bank,host,,C,cloud-hosting;network-product,yes,,,personal,,yes,,,\n"
            ),
        },
        Case {
            pack: include_str!("../../../samples/canada-contracts/policy.toml"),
            parties: "id,name,sensitivity\nbank,Border Office,sensitive\nhost,Night Guard,\n"
                .to_owned(),
            relationships: "id,customer,supplier,category\nR1,bank,host,guard\n".to_owned(),
        },
    ]
}

#[test]
fn every_answer_that_a_form_offers_is_understood() {
    for case in cases() {
        let policy = Policy::parse(case.pack, "pack").expect("the pack is good");
        let asked = policy.facts.iter();
        let asked = asked.filter(|fact| fact.asked_of == Some(AskedOf::Supplier));
        let asked: BTreeSet<&str> = asked.map(|fact| fact.name.as_str()).collect();
        let bench = Workbench::empty()
            .with("policy.toml", case.pack)
            .with("register/parties.csv", case.parties)
            .with("register/relationships.csv", case.relationships);
        for language in ["en", "zh", "both"] {
            let run = bench.run(&format!(
                "letter register host --reviewed-by R --in {language} -o {language}"
            ));
            run.exit(0);
            let form = choices(&bench.read(&format!("{language}/letters/host.csv")));
            let names = form.keys().map(|key| fact_of(key));
            assert_eq!(names.collect::<BTreeSet<_>>(), asked, "{language}");
            for (key, choices) in &form {
                let fact = policy.facts.iter().find(|fact| fact.name == fact_of(key));
                let offered = offered(fact.expect("the pack has it").kind, choices);
                assert!(offered.len() > 1, "{choices}");
                for (answer, expected) in offered {
                    check(&bench, &policy, [key, &answer], &expected);
                }
            }
        }
    }
}

/// The questions of a table to fill in, with what can be answered.
fn choices(table: &str) -> BTreeMap<String, String> {
    let mut reader = csv::Reader::from_reader(table.trim_start_matches('\u{feff}').as_bytes());
    let rows = reader.records().map(|row| row.expect("it is CSV"));
    let rows = rows.map(|row| (row[0].to_owned(), row[2].to_owned()));
    rows.filter(|(key, _)| !key.contains('/')).collect()
}

fn fact_of(key: &str) -> &str {
    key.rsplit_once('.').expect("it names a fact").1
}

/// The answers that a form offers, with what they mean.
fn offered(kind: Kind, choices: &str) -> Vec<(String, Value)> {
    let items = |known: Vec<u16>| Value::Items {
        known: known.into(),
        complete: true,
    };
    let countries = |known: &[&str]| Value::Countries {
        known: known
            .iter()
            .map(|code| Country::from_code(code).expect("it is a code"))
            .collect(),
        complete: true,
    };
    let mut all = Vec::new();
    let mut word = |offer: &str, answer: &str, value: Value| {
        if choices.contains(offer) {
            all.push((answer.to_owned(), value));
        }
    };
    match kind {
        Kind::YesNo => {
            for (offer, yes, no) in [("yes or no", "yes", "no"), ("是或否", "是", "否")] {
                word(offer, yes, Value::Flag(true));
                word(offer, no, Value::Flag(false));
            }
        }
        Kind::Countries => {
            word("or none", "none", countries(&[]));
            word("填“无”", "无", countries(&[]));
            word("SG", "SG", countries(&["SG"]));
            word("Names", "Singapore; Denmark", countries(&["DK", "SG"]));
            word("名称", "新加坡；丹麦", countries(&["DK", "SG"]));
        }
        Kind::Set | Kind::Choice => {
            if kind == Kind::Set {
                word("or none", "none", items(Vec::new()));
                word("填“无”", "无", items(Vec::new()));
            }
            for side in choices.split(" / ") {
                let values: Vec<&str> = side.split(" · ").skip(1).collect();
                for (position, offer) in (0..).zip(&values) {
                    let named = offer.split_once([' ', '（']).unwrap_or((offer, offer));
                    let label = named.1.trim_matches(['(', ')', '）']);
                    for answer in [offer, named.0, label] {
                        word(offer, answer, items(vec![position]));
                    }
                }
                if kind == Kind::Set {
                    let every = (0..values.len() as u16).collect();
                    word(side, &values.join("; "), items(every));
                }
            }
        }
        Kind::Number | Kind::Text | Kind::Date => panic!("no pack asks suppliers for this yet"),
    }
    all
}

/// Asserts that an answer fills its cell.
#[track_caller]
fn check(bench: &Workbench, policy: &Policy, [key, answer]: [&str; 2], expected: &Value) {
    let form = bench.path("form.csv");
    std::fs::write(&form, format!("key,answer\n{key},\"{answer}\"\n"))
        .expect("a file can be written");
    let mut reading =
        read::read(&bench.path("register"), policy, &[]).expect("the register is read");
    let before = reading.diagnostics.iter().count();
    read::take_answers(&mut reading, &[form], policy).expect("the form is there");
    assert_eq!(
        reading.diagnostics.iter().count(),
        before,
        "{key} = {answer}"
    );
    let answers = reading.answers.as_ref().expect("they were taken");
    assert_eq!(answers.fact_count(), 1, "{key} = {answer}");
    let register = &reading.register;
    let position = usize::from(answers.facts()[0].fact.0);
    let host = register.parties.find("host").expect("it is there");
    let cells = [
        register.parties.fact(position).get(host.index()),
        register.relationships.fact(position).get(0),
    ];
    assert!(cells.contains(&expected), "{key} = {answer}: {cells:?}");
}
