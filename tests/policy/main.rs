//! Reading policy packs. A pack with faults is written as TOML in which `¶` marks the place of every fault expected.

mod cases;
mod letter;
mod mutation;
mod screening;
mod stakes;

use ciiflow::lang::Lang;
use ciiflow::policy::{
    Binding, Check, Condition, Per, Policy, PolicyFaultCode, PolicyFaults, TestId,
};

/// A pack without faults, which most cases add something to.
const PRELUDE: &str = r#"[pack]
id = "case"
version = "1"
title = { en = "Case" }

[origin]
fact = "status_of_cii"
applies = ["designated"]
conditional = ["potential"]

[fact.status_of_cii]
of = "party"
type = "choice"
values = ["designated", "potential", "not-designated"]
[fact.country]
of = "party"
type = "countries"
[fact.users]
of = "party"
type = "number"
[fact.regulator]
of = "party"
type = "text"
[fact.since]
of = "party"
type = "date"
[fact.kind]
of = "relationship"
type = "set"
values = ["network-product", "cloud-hosting", "staffing"]
[fact.critical]
of = "relationship"
type = "yes-no"
[fact.data_location]
of = "relationship"
type = "countries"
[instrument.csl]
title = { en = "Cybersecurity Law" }
pillar = "CSL"

"#;

const OBLIGATION: &str = "[[obligation]]\nid = \"o\"\ntitle = { en = \"O\" }\n";

fn faults_of(source: &str) -> PolicyFaults {
    match Policy::parse(source, "pack.toml") {
        Ok(_) => panic!("no fault found in:\n{source}"),
        Err(faults) => faults,
    }
}

/// Checks that exactly the faults at the marks are found, with these codes.
#[track_caller]
fn check(marked: &str, codes: &[&str]) {
    let mut expected = Vec::new();
    for (number, line) in marked.lines().enumerate() {
        let marks = line
            .char_indices()
            .filter(|(_, c)| *c == '¶')
            .map(|(at, _)| at);
        for (earlier, at) in marks.enumerate() {
            expected.push((number + 1, line[..at].chars().count() + 1 - earlier));
        }
    }
    assert_eq!(
        expected.len(),
        codes.len(),
        "as many marks as codes:\n{marked}"
    );
    let expected: Vec<_> = expected
        .into_iter()
        .zip(codes)
        .map(|((line, column), code)| (line, column, *code))
        .collect();
    let faults = faults_of(&marked.replace('¶', ""));
    let found: Vec<_> = faults
        .faults()
        .iter()
        .map(|fault| (fault.line, fault.column, fault.code.as_str()))
        .collect();
    assert_eq!(found, expected, "\n{}", faults.render(Lang::En, false));
    for (line, column, code) in expected {
        let rendered = faults.render(Lang::En, false);
        assert!(
            rendered.contains(&format!("pack.toml:{line}:{column}\n")),
            "{code}\n{rendered}"
        );
    }
}

#[test]
fn the_prelude_has_no_fault() {
    let policy = Policy::parse(
        &format!("{PRELUDE}{OBLIGATION}own = {{ when = {{}} }}\n"),
        "pack.toml",
    )
    .unwrap();
    assert_eq!(policy.facts.len(), 8);
    assert_eq!(policy.facts[0].name, "status_of_cii");
    assert_eq!(policy.digest.len(), 64);
}

#[test]
fn a_pillar_is_called_by_a_string_or_by_texts() {
    let named = |pillar: &str| {
        let source = PRELUDE.replace("\"CSL\"", pillar);
        let policy = Policy::parse(
            &format!("{source}{OBLIGATION}own = {{ when = {{}} }}\n"),
            "p",
        );
        let policy = policy.unwrap();
        let pillar = &policy.instruments[0].pillar;
        [
            pillar.get(Lang::En).to_owned(),
            pillar.get(Lang::Zh).to_owned(),
        ]
    };
    assert_eq!(named("\"CSL\""), ["CSL", "CSL"]);
    assert_eq!(
        named("{ en = \"CSL\", zh = \"网安法\" }"),
        ["CSL", "网安法"]
    );
    let zh_alone = PRELUDE.replace("\"CSL\"", "¶{ zh = \"网安法\" }");
    check(&zh_alone, &["missing-key"]);
}

#[test]
fn equal_tests_are_one() {
    let source = format!(
        "{PRELUDE}{OBLIGATION}{}",
        r#"
        own = { when = { country = { within = ["CN"] } } }
        [obligation.direct]
        when = { kind = ["staffing", "network-product", "staffing"], critical = true }
        [obligation.onward]
        when = { any = [{ kind = ["network-product", "staffing"] }, { supplier = { country = { within = ["CN"] } } }] }
        "#
    );
    let policy = Policy::parse(&source, "pack.toml").unwrap();
    let test = |position| Condition::Test(TestId(position));
    let obligation = &policy.obligations[0];
    assert_eq!(obligation.own.as_ref().unwrap().when, test(0));
    assert_eq!(
        obligation.direct.as_ref().unwrap().when,
        Condition::All(vec![test(1), test(2)])
    );
    assert_eq!(
        obligation.onward.as_ref().unwrap().when,
        Condition::Any(vec![test(1), test(3)])
    );
    assert_eq!(policy.tests.len(), 4);
    assert_eq!(policy.tests[1].check, Check::HasAny(vec![0, 2]));
}

#[test]
fn onward_takes_from_direct_what_it_leaves_out_and_own_takes_nothing() {
    let source = format!(
        "{PRELUDE}{OBLIGATION}{}",
        r#"
        own = { when = {} }
        [obligation.direct]
        when = {}
        duty = { en = "Do it." }
        binding = "contract"
        basis = [{ instrument = "csl", article = "1" }]
        evidence = { per = "relationship", valid_months = 12 }
        [obligation.onward]
        when = {}
        binding = "practice"
        evidence = { accepts = [{ en = "A record" }] }
        "#
    );
    let policy = Policy::parse(&source, "pack.toml").unwrap();
    let obligation = &policy.obligations[0];
    let own = obligation.own.as_ref().unwrap();
    assert!(own.duty.is_none() && own.binding.is_empty() && own.basis.is_empty());
    let onward = obligation.onward.as_ref().unwrap();
    assert_eq!(onward.duty.as_ref().unwrap().en, "Do it.");
    assert_eq!(onward.binding[0].is, Binding::Practice);
    assert_eq!(onward.basis.len(), 1);
    assert_eq!(
        (onward.evidence.per, onward.evidence.valid_months),
        (Per::Party, None)
    );
    assert_eq!(onward.evidence.accepts.len(), 1);
}

/// A pack with every kind of fault that can stand beside others.
const FAULTY: &str = include_str!("faulty.toml");

#[test]
fn every_kind_of_fault_as_people_see_it() {
    let faults = faults_of(FAULTY);
    let found: Vec<PolicyFaultCode> = faults.faults().iter().map(|fault| fault.code).collect();
    // A file that is not TOML is looked at no further, and too many of something would fill the picture.
    let alone = [PolicyFaultCode::Syntax, PolicyFaultCode::TooMany];
    for code in PolicyFaultCode::ALL
        .iter()
        .filter(|code| !alone.contains(code))
    {
        assert!(found.contains(code), "{code} is missing");
    }
    insta::assert_snapshot!(faults.render(Lang::En, false));
    insta::assert_snapshot!(
        "every_kind_of_fault_in_chinese",
        faults.render(Lang::Zh, false)
    );
    assert!(faults.render(Lang::En, true).contains("\u{1b}["));
}

#[test]
fn all_faults_of_syntax_are_told() {
    let faults = faults_of("[pack]\nid = \nversion = \"1\n");
    insta::assert_snapshot!(faults.render(Lang::En, false));
}

#[test]
fn files_from_windows_are_read_alike() {
    let good = format!("{PRELUDE}{OBLIGATION}own = {{ when = {{}} }}\n");
    let windows = |source: &str| format!("\u{feff}{}", source.replace('\n', "\r\n"));
    assert!(Policy::parse(&windows(&good), "pack.toml").is_ok());
    let faulty = good.replace("[pack]", "[pack]\nversoin = 1");
    let faults = faults_of(&windows(&faulty));
    let place = (faults.faults()[0].line, faults.faults()[0].column);
    assert_eq!(place, (2, 1), "{}", faults.render(Lang::En, false));
}

#[test]
fn numbers_in_tests_may_be_written_in_any_way() {
    let source = format!(
        "{PRELUDE}{OBLIGATION}{}",
        "own = { when = { users = { at_least = 1_000_000, below = 1.5e7 } } }\n"
    );
    let policy = Policy::parse(&source, "pack.toml").unwrap();
    let range = Check::Range {
        at_least: Some(1e6),
        below: Some(1.5e7),
    };
    assert_eq!(policy.tests[0].check, range);
}
