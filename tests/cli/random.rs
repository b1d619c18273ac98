//! Whatever the bytes, reading ends with a register or with faults, never with a panic.

use std::path::Path;

use ciiflow::assess::Assessment;
use ciiflow::diagnostic::Diagnostics;
use ciiflow::flow::Flow;
use ciiflow::lang::Lang;
use ciiflow::policy::Policy;
use ciiflow::read::{self, Reading};
use ciiflow::report::{canonical, markdown, paint::Paint, tables, terminal};
use ciiflow::view::View;
use proptest::prelude::*;

use super::workbench::{PARTIES, RELATIONSHIPS};

const EVIDENCE: &str = "party,obligation,relationship,shows,document,issued,expires,status,owner,reason\n\
    host,vetting,R1,duty,Statement,2025-10-01,2026-10-01,accepted,,\nguard,vetting,,clause,Annex,,2027-01-01,waived,me,why\n";
const MAPPING: &str = "[[table]]\nof = \"parties\"\nfile = \"parties.csv\"\n\n[[table]]\nof = \"relationships\"\nfile = \"relationships.csv\"\n\
    skip_rows = 0\ndate_format = \"%Y-%m-%d\"\ndecimal_comma = false\ncolumns.contract = \"contract\"\nvalues.access = { \"rem*\" = \"remote\" }\n\
    constants.currency = \"CNY\"\n\
    only = { serves = [\"yes\", \"n*\"] }\ncombine = { both = [\"supports\", \"contract\"] }\nsplit = [\"supplier\"]\ncode_prefix = \"R\"\n\
    [[table.join]]\nfile = \"parties.csv\"\non = { supplier = \"id\" }\ncolumns = { amount = \"staff\" }\noptional_match = true\n\n[[table]]\nof = \"evidence\"\nfile = \"evidence.csv\"\n\n[[assume]]\nof = \"relationship\"\n\
    where = { serves = \"yes\" }\nset = { supports = \"all\" }\nreason = \"r\"\n";

/// Pieces that readers stumble on.
const PIECES: [&[u8]; 29] = [
    b"\"",
    b"\"\"",
    b",",
    b";",
    b"\t",
    b"|",
    b"\n",
    b"\r",
    b"\r\n",
    b"\0",
    b"\xFF\xFE",
    b"\xEF\xBB\xBF",
    b"\x81\x30\x81",
    b"'",
    b"=",
    b"unknown",
    b"none;all",
    b"9999-99-99",
    b"-0",
    b"R1",
    b"host",
    "\u{202E}".as_bytes(),
    "云".as_bytes(),
    b"\xE4\xBA",
    b"\xD4\xC6\xBA\xD3",
    b"\xD4|",
    b"M\xFCller",
    "id,name\n编号,名称\n".as_bytes(),
    b"x*",
];

/// A change at a place: pieces put in, bytes left out, or bytes turned over.
type Change = (prop::sample::Index, usize, usize, u8);

fn changed(text: &str, changes: &[Change]) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    for &(place, length, piece, byte) in changes {
        let at = place.index(bytes.len() + 1);
        let end = (at + length).min(bytes.len());
        match PIECES.get(piece) {
            Some(piece) => drop(bytes.splice(at..end, piece.iter().copied())),
            None => bytes[at..end].iter_mut().for_each(|old| *old ^= byte),
        }
    }
    bytes
}

fn changes() -> impl Strategy<Value = Vec<Change>> {
    let change = (
        any::<prop::sample::Index>(),
        0..6_usize,
        0..PIECES.len() + 4,
        any::<u8>(),
    );
    prop::collection::vec(change, 0..6)
}

/// Reads what is in the directory and writes everything that can be written about it.
fn live_through(directory: &Path, policy: &Policy) {
    let Ok(reading) = read::read(directory, policy, &[]) else {
        return;
    };
    let flow = Flow::new(&reading.register, policy, jiff::civil::date(2026, 1, 1));
    let assessment = Assessment::new(&flow);
    let mut diagnostics = reading.diagnostics.clone();
    assessment.tell_evidence(&mut diagnostics);
    for lang in [Lang::En, Lang::Zh] {
        let view = View::new(&assessment, &reading, &diagnostics, "r".to_owned(), lang);
        markdown::report(&view, markdown::Beside::default());
        terminal::summary(&view, Paint::default());
        terminal::faults(&diagnostics, lang, Paint::default());
        let svg = ciiflow::chart::chains::svg(&view.exposure_chart());
        assert!(svg.is_ok());
    }
    let again = tempfile::tempdir().expect("a temporary directory can be made");
    convert(&reading, policy, again.path()).expect("the register can be written");
    let converted = read::read(again.path(), policy, &[]).expect("what was written is a register");
    let (expected, found) = (results(&reading, policy), results(&converted, policy));
    assert_eq!(found, expected, "as written again");
}

fn convert(reading: &Reading, policy: &Policy, directory: &Path) -> std::io::Result<()> {
    let register = &reading.register;
    let file = |name: &str| std::fs::File::create(directory.join(name));
    canonical::parties(register, policy, &mut file("parties.csv")?)?;
    canonical::relationships(register, policy, &mut file("relationships.csv")?)?;
    canonical::evidence(register, policy, &mut file("evidence.csv")?)
}

/// Findings and clauses, as they are written.
fn results(reading: &Reading, policy: &Policy) -> String {
    let flow = Flow::new(&reading.register, policy, jiff::civil::date(2026, 1, 1));
    let assessment = Assessment::new(&flow);
    let diagnostics = Diagnostics::default();
    let view = View::new(&assessment, reading, &diagnostics, String::new(), Lang::En);
    let mut out = Vec::new();
    tables::findings(&view, &mut out).expect("memory takes every row");
    tables::clauses(&view, &mut out).expect("memory takes every row");
    String::from_utf8(out).expect("results are UTF-8")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn damaged_registers_are_lived_through(
        changes in [changes(), changes(), changes(), changes()],
        mapped in prop::bool::weighted(0.3),
    ) {
        let policy = Policy::parse(include_str!("policy.toml"), "policy.toml").expect("the pack has no fault");
        let directory = tempfile::tempdir().expect("a temporary directory can be made");
        let files = [("parties.csv", PARTIES), ("relationships.csv", RELATIONSHIPS), ("evidence.csv", EVIDENCE), ("register.toml", MAPPING)];
        for ((name, text), changes) in files.iter().zip(&changes) {
            if *name != "register.toml" || mapped {
                std::fs::write(directory.path().join(name), changed(text, changes)).expect("a file can be written");
            }
        }
        live_through(directory.path(), &policy);
    }

    #[test]
    fn any_bytes_are_lived_through(files in [prop::collection::vec(any::<u8>(), 0..200), prop::collection::vec(any::<u8>(), 0..200)]) {
        let policy = Policy::parse(include_str!("policy.toml"), "policy.toml").expect("the pack has no fault");
        let directory = tempfile::tempdir().expect("a temporary directory can be made");
        for (name, (heading, bytes)) in ["parties.csv", "relationships.csv"].iter().zip(["id,name,rank\n", "customer,supplier,access\n"].iter().zip(&files)) {
            let all = [heading.as_bytes(), bytes].concat();
            std::fs::write(directory.path().join(name), all).expect("a file can be written");
        }
        live_through(directory.path(), &policy);
    }
}
