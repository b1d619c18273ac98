//! One register as different programs save it.

use super::workbench::{PARTIES, RELATIONSHIPS, Workbench};
use encoding_rs::{Encoding, GB18030, WINDOWS_1252};

/// Names that every encoding here has, but for the Chinese ones.
const LATIN: &str = "café,Société Générale d'Énergie,,,FR,50,\nmüller,Müller & Söhne,,,DE,50,\n";
const LATIN_LINKS: &str = "R3,bank,café,,Vertrag Ä,,,yes,user\nR4,bank,müller,,,,,yes,remote\n";
const CHINESE: &str = "云河,云河数据（上海）有限公司,云河,,CN,50,\n龙门,龙门銀行,,核心,CN,50,\n";
const CHINESE_LINKS: &str = "R3,bank,云河,,合同三,,,是,远程\nR4,龙门,云河,,,,,yes,user\n";

fn utf16(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
    let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
    units.flat_map(order).collect()
}

fn legacy(text: &str, encoding: &'static Encoding) -> Vec<u8> {
    let (bytes, _, lossy) = encoding.encode(text);
    assert!(!lossy, "{} has every character", encoding.name());
    bytes.into_owned()
}

/// The results for a register whose tables were saved by `save`.
fn results(parties: &str, relationships: &str, save: &dyn Fn(&str) -> Vec<u8>) -> [String; 2] {
    let bench = Workbench::new()
        .with(
            "register/parties.csv",
            save(
                &format!("{PARTIES}{parties}")
                    .replace("江岸银行", "")
                    .replace("云主机", ""),
            ),
        )
        .with(
            "register/relationships.csv",
            save(&format!("{RELATIONSHIPS}{relationships}")),
        );
    bench.analyze().never_says("warning");
    ["out/findings.csv", "out/clauses.csv"].map(|name| bench.read(name))
}

#[test]
fn the_same_register_in_every_encoding() {
    type Save = fn(&str) -> Vec<u8>;
    let unicode: [(&str, Save); 4] = [
        ("UTF-8", |text| text.into()),
        ("UTF-8 with a mark", |text| format!("\u{FEFF}{text}").into()),
        ("UTF-16LE", |text| utf16(text, u16::to_le_bytes)),
        ("UTF-16BE", |text| utf16(text, u16::to_be_bytes)),
    ];
    let latin: (&str, Save) = ("Windows-1252", |text| legacy(text, WINDOWS_1252));
    let chinese: (&str, Save) = ("GB18030", |text| legacy(text, GB18030));
    for (parties, links, encodings) in [
        (LATIN, LATIN_LINKS, [unicode.as_slice(), &[latin]].concat()),
        (
            CHINESE,
            CHINESE_LINKS,
            [unicode.as_slice(), &[chinese]].concat(),
        ),
    ] {
        let expected = results(parties, links, &encodings[0].1);
        assert_eq!(
            expected[0].matches(",vetting,").count(),
            if parties == LATIN { 4 } else { 3 }
        );
        for (name, save) in encodings {
            assert_eq!(results(parties, links, &save), expected, "{name}");
        }
    }
}

#[test]
fn the_same_register_with_every_delimiter() {
    let expected = results(CHINESE, CHINESE_LINKS, &|text| text.into());
    for delimiter in [";", "\t", "|"] {
        let save = |text: &str| text.replace(',', delimiter).into_bytes();
        assert_eq!(
            results(CHINESE, CHINESE_LINKS, &save),
            expected,
            "{delimiter:?}"
        );
        let save =
            |text: &str| legacy(&text.replace(',', delimiter).replace('\n', "\r\n"), GB18030);
        assert_eq!(
            results(CHINESE, CHINESE_LINKS, &save),
            expected,
            "{delimiter:?}"
        );
    }
}

#[test]
fn names_that_hold_other_delimiters() {
    let bench = Workbench::new()
        .parties("p1,\"A, B; C|D\tE\",,,CN,50,\n")
        .relationships("R3,bank,p1,,,,,,\n");
    bench.analyze().never_says("ragged");
    assert!(
        bench
            .read("out/findings.csv")
            .contains("p1,\"A, B; C|D\tE\",notice")
    );
}
