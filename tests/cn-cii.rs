//! The embedded pack says what the table of its scenarios requires, and its rules are those that were agreed.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::HashMap;
use std::path::Path;

use ciiflow::flow::{Finding, Flow};
use ciiflow::lang::Lang;
use ciiflow::policy::{Binding, Kind, Policy, Subject, packs};
use ciiflow::read::read;
use jiff::civil::date;
use toml::{Table, Value};

fn pack() -> &'static str {
    let mut packs = packs::embedded().iter();
    packs.find(|(id, _)| *id == "cn-cii").unwrap().1
}

fn policy() -> Policy {
    Policy::parse(pack(), "cn-cii")
        .unwrap_or_else(|faults| panic!("{}", faults.render(Lang::En, false)))
}

/// A row of `cn-cii.csv`: what the pack says of one step between an operator and a supplier.
struct Scenario(HashMap<String, String>);

impl Scenario {
    fn get(&self, column: &str) -> &str {
        &self.0[column]
    }

    /// The tier of the finding that the row is about.
    fn tier(&self) -> u32 {
        match self.get("step") {
            "own" => 0,
            "direct" => 1,
            "onward" => 2,
            other => panic!("{}: no step {other}", self.get("case")),
        }
    }
}

fn scenarios() -> Vec<Scenario> {
    let mut reader = csv::Reader::from_reader(include_bytes!("cn-cii.csv").as_slice());
    let rows = reader.deserialize().map(|row| Scenario(row.unwrap()));
    rows.collect()
}

/// The ids of a scenario's operator, first supplier and second supplier, by tier.
fn party(number: usize, tier: u32) -> String {
    format!("{number:03}-{tier}")
}

/// Writes every scenario into one register, each with parties of its own.
fn write(scenarios: &[Scenario], policy: &Policy, folder: &Path) {
    let mut parties = csv::Writer::from_path(folder.join("parties.csv")).unwrap();
    let head = ["id", "name", "cii_status", "sector", "country"];
    parties.write_record(head).unwrap();
    let mut relationships = csv::Writer::from_path(folder.join("relationships.csv")).unwrap();
    let facts: Vec<_> = policy
        .facts_of(Subject::Relationship)
        .map(|(_, fact)| fact)
        .collect();
    let names = facts.iter().map(|fact| fact.name.as_str());
    let head = ["customer", "supplier", "supports"]
        .into_iter()
        .chain(names);
    relationships.write_record(head).unwrap();
    // A first step that carries every obligation.
    let everything: Vec<String> = (facts.iter())
        .map(|fact| match fact.kind {
            Kind::Set => fact
                .values
                .iter()
                .map(|value| value.word.as_str())
                .collect::<Vec<_>>()
                .join(";"),
            Kind::YesNo => "yes".to_owned(),
            Kind::Countries => "US".to_owned(),
            other => panic!("{}: nothing to write for {other:?}", fact.name),
        })
        .collect();
    for (number, scenario) in scenarios.iter().enumerate() {
        let tier = scenario.tier();
        for member in 0..=tier {
            let id = party(number, member);
            let operator = |column| {
                if member == 0 {
                    scenario.get(column)
                } else {
                    ""
                }
            };
            let country = match tier - member {
                0 if tier > 0 => scenario.get("supplier_country"),
                0 | 1 => scenario.get("customer_country"),
                _ => "",
            };
            let row = [
                &id,
                &id,
                operator("operator_status"),
                operator("operator_sector"),
                country,
            ];
            parties.write_record(row).unwrap();
            if member > 0 {
                let ends = [party(number, member - 1), id];
                let row = facts.iter().map(|fact| scenario.get(&fact.name).to_owned());
                let row = if member == tier {
                    row.collect()
                } else {
                    everything.clone()
                };
                relationships
                    .write_record(ends.into_iter().chain(["all".to_owned()]).chain(row))
                    .unwrap();
            }
        }
    }
    parties.flush().unwrap();
    relationships.flush().unwrap();
}

fn binding(finding: &Finding) -> &'static str {
    match finding.binding {
        None => "",
        Some(Binding::Statute) => "statute",
        Some(Binding::Contract) => "contract",
        Some(Binding::Standard) => "standard",
        Some(Binding::Practice) => "practice",
        Some(Binding::Undetermined) => "undetermined",
    }
}

#[test]
fn the_pack_says_what_every_scenario_requires() {
    let (scenarios, policy) = (scenarios(), policy());
    assert!(scenarios.len() > 300, "only {} scenarios", scenarios.len());
    let folder = tempfile::tempdir().unwrap();
    write(&scenarios, &policy, folder.path());
    let register = read(folder.path(), &policy, &[]).unwrap().register;
    let flow = Flow::new(&register, &policy, date(2026, 6, 30));
    let mut faults = Vec::new();
    for (number, scenario) in scenarios.iter().enumerate() {
        let bound = register
            .parties
            .find(&party(number, scenario.tier()))
            .unwrap();
        let obligation = scenario.get("obligation");
        let is_asked = |finding: &Finding| {
            let position = usize::from(finding.obligation);
            policy.obligations[position].id == obligation && finding.tier == scenario.tier()
        };
        assert!(
            policy
                .obligations
                .iter()
                .any(|known| known.id == obligation),
            "{obligation}"
        );
        let finding = flow.findings_of(bound).into_iter().find(is_asked);
        let said = finding.as_ref().map_or(("none", ""), |found| {
            (found.status.as_str(), binding(found))
        });
        let required = (scenario.get("status"), scenario.get("binding"));
        if said != required {
            faults.push(format!(
                "{}: {said:?}, not {required:?}",
                scenario.get("case")
            ));
        }
    }
    assert!(
        faults.is_empty(),
        "of {} scenarios:\n{}",
        scenarios.len(),
        faults.join("\n")
    );
}

/// Leaves of a pack only its rules: no words for people, no citations.
fn rules_of(source: &str) -> Table {
    let mut rules: Table = source.parse().unwrap();
    rules.remove("instrument");
    // They decide nothing.
    rules.remove("ownership");
    rules.remove("stake");
    rules.remove("screening");
    rules.remove("letter");
    drop_keys(&mut rules["pack"], &["title", "notice"]);
    let words = [
        "title",
        "headings",
        "labels",
        "synonyms",
        "question",
        "asked_of",
        "authorities",
    ];
    for (_, fact) in rules["fact"].as_table_mut().unwrap() {
        drop_keys(fact, &words);
    }
    for obligation in rules["obligation"].as_array_mut().unwrap() {
        drop_keys(obligation, &["title"]);
        for name in ["own", "direct", "onward"] {
            let Some(step) = obligation.get_mut(name) else {
                continue;
            };
            drop_keys(step, &["duty", "clause", "basis"]);
            let Some(evidence) = step.get_mut("evidence") else {
                continue;
            };
            drop_keys(evidence, &["accepts"]);
            // An operator's own step inherits nothing, so that a table without rules says nothing.
            if name == "own" && evidence.as_table().unwrap().is_empty() {
                drop_keys(step, &["evidence"]);
            }
        }
    }
    rules
}

fn drop_keys(table: &mut Value, keys: &[&str]) {
    let table = table.as_table_mut().unwrap();
    keys.iter().for_each(|key| drop(table.remove(*key)));
}

/// The names of the facts in the order of the file.
fn facts_in_order(source: &str) -> Vec<&str> {
    let headings = source
        .lines()
        .filter_map(|line| line.trim().strip_prefix("[fact."));
    let names = headings
        .filter_map(|rest| rest.split_once(']'))
        .map(|(name, _)| name);
    names.filter(|name| !name.contains('.')).collect()
}

#[test]
fn the_rules_of_the_pack_are_the_agreed_ones() {
    let agreed_source = include_str!("cn-cii-rules.toml");
    let (agreed, embedded) = (rules_of(agreed_source), rules_of(pack()));
    assert_eq!(facts_in_order(agreed_source), facts_in_order(pack()));
    for part in ["pack", "origin"] {
        assert_eq!(agreed[part], embedded[part], "{part}");
    }
    for (name, fact) in agreed["fact"].as_table().unwrap() {
        assert_eq!(Some(fact), embedded["fact"].get(name), "{name}");
    }
    let obligations = |rules: &Table| rules["obligation"].as_array().unwrap().clone();
    let ids = |rules: &Table| -> Vec<Value> {
        obligations(rules)
            .iter()
            .map(|obligation| obligation["id"].clone())
            .collect()
    };
    assert_eq!(ids(&agreed), ids(&embedded));
    for (agreed, embedded) in obligations(&agreed).iter().zip(&obligations(&embedded)) {
        assert_eq!(agreed, embedded, "{:?}", agreed["id"]);
    }
    assert_eq!(agreed, embedded, "something beside facts and obligations");
}
