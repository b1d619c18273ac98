//! `assessment.json` against its schema.

use std::collections::BTreeSet;
use std::path::Path;

use ciiflow::assess::{Assessment, Worklist};
use ciiflow::flow::Flow;
use ciiflow::lang::Lang;
use ciiflow::policy::{Policy, packs};
use ciiflow::read::{Assumption, read, take_answers};
use ciiflow::report::json;
use ciiflow::view::{Answered, DOCUMENT_VERSION, View};
use jiff::civil::{Date, date};
use serde_json::Value;

fn validator() -> jsonschema::Validator {
    let schema = include_str!("../docs/assessment.schema.json");
    let schema: Value = serde_json::from_str(schema).expect("it is JSON");
    jsonschema::validator_for(&schema).expect("it is a schema")
}

/// What is wrong with a document.
fn faults(document: &Value) -> String {
    let validator = validator();
    let faults = validator.iter_errors(document);
    let faults = faults.map(|fault| format!("{}: {fault}", fault.instance_path()));
    faults.collect::<Vec<_>>().join("\n")
}

/// The document of a sample.
fn document(sample: &str, policy: &str, day: Date, lang: Lang) -> Value {
    focused(sample, policy, day, lang, None)
}

/// The same with a party in focus.
fn focused(sample: &str, policy: &str, day: Date, lang: Lang, party: Option<&str>) -> Value {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    assessed(&samples.join(sample), policy, day, lang, party)
}

/// The document of a register.
fn assessed(register: &Path, policy: &str, day: Date, lang: Lang, party: Option<&str>) -> Value {
    let policy = Policy::parse(policy, "pack").expect("the pack is valid");
    let assumed = Assumption::everywhere(&policy, "country", "CA");
    let reading = read(register, &policy, assumed.as_slice()).expect("the sample is read");
    let worklist = Worklist::new(&reading.register, &policy, day);
    let register = worklist.applied(reading.register.clone(), &policy);
    let flow = Flow::new(&register, &policy, day);
    let mut assessment = Assessment::new(&flow).screened(worklist);
    if let Some(party) = party {
        let party = reading.register.parties.find(party);
        assessment = assessment.focused(party.expect("the party is in the sample"));
    }
    let view = View::new(
        &assessment,
        &reading,
        &reading.diagnostics,
        "register".to_owned(),
        lang,
    );
    let mut out = Vec::new();
    json::assessment(&view, &mut out).expect("memory takes every row");
    serde_json::from_slice(&out).expect("it is JSON")
}

#[test]
fn documents_of_the_samples_are_valid() {
    let (_, cn_cii) = packs::embedded()[0];
    let illustration = include_str!("../samples/canada-contracts/policy.toml");
    let documents = [
        document("cloud-partner", cn_cii, date(2026, 11, 1), Lang::En),
        document("cloud-partner", cn_cii, date(2026, 11, 1), Lang::Zh),
        document("canada-contracts", illustration, date(2020, 1, 1), Lang::En),
    ];
    for document in &documents {
        assert_eq!(faults(document), "");
        assert_eq!(document["version"], DOCUMENT_VERSION);
        assert!(!document["findings"].as_array().unwrap().is_empty());
    }
    for of in ["gatekeepers", "shared_suppliers", "groups"] {
        let rows = |document: &Value| document[of].as_array().map_or(0, Vec::len);
        assert!(rows(&documents[0]) > 0, "{of}");
    }
    assert_eq!(documents[0]["assumptions"][0]["assumption"], "country=CA");
    assert_eq!(documents[0]["screening"]["in_walk"], true);
    assert!(documents[2].get("screening").is_none());
    assert_eq!(
        documents[0]["findings"], documents[1]["findings"],
        "a language changes words only"
    );
}

/// Registers in every known format: tables of ownership, archives and JSON among them.
#[test]
fn documents_of_known_formats_are_valid() {
    let formats = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats");
    let (_, cn_cii) = packs::embedded()[0];
    let mut held = BTreeSet::new();
    for entry in std::fs::read_dir(formats).expect("the fixtures are there") {
        let register = entry.expect("an entry can be read").path();
        let document = assessed(&register, cn_cii, date(2026, 11, 1), Lang::En, None);
        assert_eq!(faults(&document), "", "{}", register.display());
        let inputs = document["inputs"].as_array().expect("inputs").iter();
        held.extend(inputs.map(|input| input["holds"].to_string()));
    }
    assert!(held.contains("\"ownership\""), "{held:?}");
}

#[test]
fn documents_with_a_focus_are_valid() {
    let (_, cn_cii) = packs::embedded()[0];
    let day = date(2026, 11, 1);
    let whole = document("cloud-partner", cn_cii, day, Lang::En);
    assert!(whole.get("focus").is_none());
    let rows = |document: &Value, of: &str| document[of].as_array().unwrap().clone();
    for party in ["ostrevind", "halvoro", "bank-luming", "muyuzhai"] {
        let document = focused("cloud-partner", cn_cii, day, Lang::En, Some(party));
        assert_eq!(faults(&document), "", "{party}");
        assert_eq!(document["focus"]["party"], party);
        assert!(document.get("gatekeepers").is_none(), "{party}");
        for of in ["findings", "clauses"] {
            let all = rows(&whole, of);
            assert!(
                rows(&document, of).iter().all(|row| all.contains(row)),
                "{of} of {party}"
            );
        }
        let findings = rows(&document, "findings");
        let own = findings.iter().filter(|row| row["party"] == party).count();
        let reaches = rows(&document["focus"], "reaches");
        let told: usize = reaches
            .iter()
            .map(|group| rows(group, "findings").len())
            .sum();
        assert_eq!(own, told, "{party}");
    }
}

#[test]
fn documents_with_answers_are_valid() {
    let (id, cn_cii) = packs::embedded()[0];
    let policy = Policy::parse(cn_cii, id).expect("the pack is valid");
    let register = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/cloud-partner");
    let form = tempfile::Builder::new().suffix(".csv").tempfile().unwrap();
    let rows = "key,answer,document\n\
        R25.access_location,CN,\n\
        R11.access,user,\n\
        ostrevind-cn/sub-processing-consent/duty,,Statement\n";
    std::fs::write(form.path(), rows).unwrap();
    let mut reading = read(&register, &policy, &[]).expect("the sample is read");
    let forms = [form.path().to_owned(), register.join("README.md")];
    take_answers(&mut reading, &forms, &policy).expect("the forms are there");
    let before = &reading.answers.as_ref().expect("answers were taken").before;
    let flows = [before, &reading.register].map(|side| Flow::new(side, &policy, date(2026, 11, 1)));
    let assessments = [Assessment::new(&flows[0]), Assessment::new(&flows[1])];
    let [before, mut after] = [0, 1].map(|side| {
        let name = "register".to_owned();
        let diagnostics = &reading.diagnostics;
        View::new(&assessments[side], &reading, diagnostics, name, Lang::En)
    });
    after.answered = Some(Answered::new(&before, &after));
    let mut out = Vec::new();
    json::assessment(&after, &mut out).expect("memory takes every row");
    let document: Value = serde_json::from_slice(&out).expect("it is JSON");
    assert_eq!(faults(&document), "");
    let file = &document["answers"]["files"][0];
    let counts = ["answered", "facts", "documents", "refused"].map(|count| file[count].clone());
    assert_eq!(counts, [3, 1, 1, 1].map(Value::from));
    assert_eq!(document["answers"]["self_declared_findings"], 1);
    let findings = document["findings"].as_array().unwrap().iter();
    let declared = findings.filter(|finding| finding["self_declared"] == true);
    let declared: Vec<_> = declared.map(|finding| &finding["obligation"]).collect();
    assert_eq!(declared, ["sub-processing-consent"]);
}

#[test]
fn the_schema_refuses_what_is_no_assessment() {
    let (_, cn_cii) = packs::embedded()[0];
    let mut document = document("cloud-partner", cn_cii, date(2026, 11, 1), Lang::En);
    document["findings"][0]["status"] = "certain".into();
    assert_ne!(faults(&document), "");
}
