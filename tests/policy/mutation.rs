//! Packs that something went through: whatever comes out, reading never panics.

use ciiflow::lang::Lang;
use ciiflow::policy::Policy;
use proptest::prelude::*;

const GOOD: &str = include_str!("../../src/report/policy/example.toml");

/// Pieces that lead a mutated pack into many corners.
const PIECES: [&str; 24] = [
    "",
    "{}",
    "[]",
    "true",
    "1",
    "-1",
    "1.5",
    "nan",
    "\"\"",
    "\"x\"",
    "\"",
    "'",
    "[",
    "]",
    "{",
    "}",
    "=",
    ",",
    "\n",
    "\r\n",
    "名",
    "2026-01-01",
    "when",
    "\u{feff}",
];

fn reads_without_panic(source: &str) {
    if let Err(faults) = Policy::parse(source, "pack.toml") {
        assert!(!faults.faults().is_empty());
        assert_eq!(faults.to_string().lines().count(), faults.faults().len());
        faults.render(Lang::En, false);
    }
}

#[test]
fn a_fault_is_a_line_whatever_it_quotes() {
    let key = "[pack]\n\"a\\nb\" = 1\n";
    let faults = Policy::parse(key, "pack.toml").expect_err("no pack has such a key");
    assert!(faults.to_string().contains("a b"), "{faults}");
    reads_without_panic(key);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_text_never_panics(source in any::<String>()) {
        reads_without_panic(&source);
    }

    #[test]
    fn a_pack_with_other_bytes_never_panics(changes in prop::collection::vec((0..GOOD.len(), any::<u8>()), 1..8)) {
        let mut bytes = GOOD.as_bytes().to_vec();
        for (at, byte) in changes {
            bytes[at] = byte;
        }
        reads_without_panic(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn a_pack_with_pieces_exchanged_never_panics(
        changes in prop::collection::vec((0..GOOD.len(), 0..20_usize, 0..PIECES.len()), 1..4),
    ) {
        let mut source = GOOD.to_owned();
        for (at, length, piece) in changes {
            let start = (0..=at.min(source.len())).rev().find(|&at| source.is_char_boundary(at)).unwrap_or(0);
            let end = (start + length..=source.len()).find(|&at| source.is_char_boundary(at)).unwrap_or(source.len());
            source.replace_range(start..end, PIECES[piece]);
        }
        reads_without_panic(&source);
    }

    #[test]
    fn a_pack_with_a_value_exchanged_never_panics(choice in any::<prop::sample::Index>(), piece in 0..PIECES.len()) {
        let values: Vec<usize> = GOOD.match_indices("= ").map(|(at, found)| at + found.len()).collect();
        let start = values[choice.index(values.len())];
        let end = GOOD[start..].find([',', '\n', '}']).map_or(GOOD.len(), |length| start + length);
        reads_without_panic(&format!("{}{}{}", &GOOD[..start], PIECES[piece], &GOOD[end..]));
    }
}
