//! Questions: what `ask` promises is what comes, and nothing on which an unconfirmed finding rests is left out.

use std::collections::{BTreeMap, BTreeSet};

use ciiflow::assess::Assessment;
use ciiflow::flow::{Flow, Status};
use ciiflow::policy::Policy;
use ciiflow::read::{Changes, Reading, read};
use ciiflow::register::{Register, Scope};
use ciiflow::view::{View, WhatIf};
use proptest::prelude::*;

use crate::cases::DAY;
use crate::generate::{Example, Ids, example, pool};
use crate::laws::config;
use crate::model::{PARTY_FACTS, RELATIONSHIP_FACTS, policy};

/// The status of every finding, by party and obligation.
type Statuses = BTreeMap<(String, u8), Status>;

fn statuses(register: &Register, policy: &Policy) -> Statuses {
    let flow = Flow::new(register, policy, DAY);
    let findings = flow.findings().into_iter();
    let entry = |finding: ciiflow::flow::Finding| {
        let party = register.parties.id(finding.party).to_owned();
        ((party, finding.obligation), finding.status)
    };
    findings.map(entry).collect()
}

/// How many findings become `applies`, `conditional`, `unconfirmed`, and how many vanish.
fn changed(before: &Statuses, after: &Statuses) -> [usize; 4] {
    let mut counts = [0; 4];
    let keys: BTreeSet<_> = before.keys().chain(after.keys()).collect();
    for key in keys {
        let (was, is) = (before.get(key), after.get(key));
        if was != is {
            counts[is.map_or(3, |&status| status as usize)] += 1;
        }
    }
    counts
}

/// The register with one change.
fn with(reading: &Reading, policy: &Policy, change: &WhatIf) -> Register {
    let mut changes = Changes::default();
    match change {
        WhatIf::Set(set) => changes.set.push(set.clone()),
        WhatIf::Add(add) => changes.add.push(add.clone()),
    }
    let changed = changes.apply(&reading.register, policy, DAY);
    changed.unwrap_or_else(|fault| panic!("{}", fault.en)).0
}

/// Reads an example and looks at it.
fn look(
    example: &Example,
    look: impl FnOnce(&View, &Reading, &Policy) -> Result<(), TestCaseError>,
) -> Result<(), TestCaseError> {
    let policy = policy(&example.obligations);
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in example.cells.files() {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    let reading = read(folder.path(), &policy, &[]).unwrap();
    let flow = Flow::new(&reading.register, &policy, DAY);
    let assessment = Assessment::new(&flow);
    let none = ciiflow::diagnostic::Diagnostics::default();
    let view = View::new(
        &assessment,
        &reading,
        &none,
        String::new(),
        ciiflow::lang::Lang::En,
    );
    look(&view, &reading, &policy)
}

/// Every change that makes one cell known of which nothing is known, by the party or relationship and the column.
fn settled(reading: &Reading, policy: &Policy) -> Vec<(String, &'static str, WhatIf)> {
    let register = &reading.register;
    let mut changes = Vec::new();
    let mut add = |who: &str, column: &'static str, cells: &[&str]| {
        for cell in cells {
            let set = WhatIf::Set(format!("{who}.{column}={cell}"));
            changes.push((who.to_owned(), column, set));
        }
    };
    let position = |name: &str| {
        policy
            .facts
            .iter()
            .position(|fact| fact.name == name)
            .unwrap()
    };
    for fact in &PARTY_FACTS {
        let column = register.parties.fact(position(fact.name));
        for party in register.parties.iter() {
            // That somebody may be an operator is asked of customers only: of others nothing rests on it.
            let cells: &[&str] = match fact.name {
                "cii_status" => &["not"],
                _ => pool(fact).0,
            };
            if column.get(party.index()).is_unknown() {
                add(register.parties.id(party), fact.name, cells);
            }
        }
    }
    let relationships = &register.relationships;
    for relationship in relationships.iter() {
        let label = relationships.label(relationship);
        for fact in &RELATIONSHIP_FACTS {
            let column = relationships.fact(position(fact.name));
            if column.get(relationship.index()).is_unknown() {
                add(&label, fact.name, pool(fact).0);
            }
        }
        if matches!(relationships.supports(relationship), Scope::Unknown) {
            add(&label, "supports", &["all", "none"]);
        }
    }
    changes
}

proptest! {
    #![proptest_config(config(4))]

    #[test]
    fn an_answer_changes_what_the_question_promised(example in example(Ids::Mixed)) {
        look(&example, |view, reading, policy| {
            let before = statuses(&reading.register, policy);
            for at in 0..view.questions().all.len() {
                let row = view.question(at);
                let totals = row.answers.iter().map(|answer| {
                    answer.applies + answer.conditional + answer.unconfirmed + answer.vanish
                });
                prop_assert!(totals.clone().any(|total| total > 0), "{:?} changes nothing", row);
                prop_assert!(totals.max() <= Some(row.findings), "{:?}", row);
                for answer in &row.answers {
                    let Some(change) = &answer.what_if else { continue };
                    let after = statuses(&with(reading, policy, change), policy);
                    let promised = [answer.applies, answer.conditional, answer.unconfirmed, answer.vanish];
                    prop_assert_eq!(changed(&before, &after), promised, "{}", change);
                }
            }
            Ok(())
        })?;
    }

    /// Whatever one cell alone can settle of an unconfirmed finding is asked for, and one of its answers does the same.
    #[test]
    fn no_question_is_forgotten(example in example(Ids::All)) {
        look(&example, |view, reading, policy| {
            let before = statuses(&reading.register, policy);
            let all = 0..view.questions().all.len();
            let rows: Vec<_> = all.map(|at| view.question(at)).collect();
            for (who, column, change) in settled(reading, policy) {
                let after = statuses(&with(reading, policy, &change), policy);
                let settles = before.iter().any(|(key, was)| {
                    *was == Status::Unconfirmed && after.get(key) != Some(was)
                });
                if settles {
                    let asked = rows.iter().find(|row| row.about == who && row.column == column);
                    let Some(row) = asked else {
                        return Err(TestCaseError::fail(format!("nobody asks for {change}")));
                    };
                    let counts = changed(&before, &after);
                    let is_there = row.answers.iter().any(|answer| {
                        [answer.applies, answer.conditional, answer.unconfirmed, answer.vanish] == counts
                    });
                    prop_assert!(is_there, "no answer is {}", change);
                }
            }
            Ok(())
        })?;
    }

    /// The questions to put first are different ones, each of which changes something that those before it do not.
    #[test]
    fn each_of_the_first_questions_settles_more(example in example(Ids::Mixed)) {
        look(&example, |view, _, _| {
            let questions = view.questions();
            let beyond: Vec<usize> = questions
                .first
                .iter()
                .map(|&at| questions.all[at].first.unwrap())
                .collect();
            prop_assert!(beyond.is_sorted_by(|a, b| a >= b), "{:?}", beyond);
            prop_assert!(beyond.iter().all(|&beyond| beyond > 0));
            prop_assert_eq!(beyond.is_empty(), questions.all.is_empty());
            Ok(())
        })?;
    }
}
