//! Parties of different ids that have one name.

use rayon::prelude::*;

use super::normal_name;
use crate::diagnostic::{Code, Diagnostics, Fault, FileId};
use crate::read::TableReport;
use crate::register::{Builder, PartyId};

/// Bytes of the shortest normal form that tells something: three letters or digits, or one of Chinese.
const LEAST: usize = 3;

/// Tells each listed party whose name an earlier one has, normal forms compared; `tables` are those of parties.
pub(in crate::read) fn tell(
    builder: &Builder,
    tables: &[(u16, TableReport)],
    diagnostics: &mut Diagnostics,
) {
    let count = builder.party_count() as u32;
    let hash = |party: u32| Some((hash(builder.given_name(PartyId(party)))?, party));
    let mut hashes: Vec<(u64, u32)> = (0..count).into_par_iter().filter_map(hash).collect();
    hashes.par_sort_unstable();
    let groups = hashes
        .chunk_by(|a, b| a.0 == b.0)
        .filter(|group| group.len() > 1);
    let mut pairs: Vec<[PartyId; 2]> = groups
        .flat_map(|group| {
            group[1..]
                .iter()
                .map(|later| [later.1, group[0].1].map(PartyId))
        })
        .collect();
    pairs.sort_unstable();
    for [party, first] in pairs {
        let [name, first_name] = [party, first].map(|party| builder.given_name(party));
        // Two names may have one hash.
        if normal_name(name) != normal_name(first_name) {
            continue;
        }
        let Some(place) = builder.party_place(party) else {
            continue;
        };
        let table = tables.iter().find(|(position, _)| *position == place.table);
        let columns = table.map_or(&[][..], |(_, table)| &table.columns);
        let column = columns.iter().find(|column| column.canonical == "name");
        let heading = column
            .and_then(|column| column.heading.as_deref())
            .unwrap_or("name");
        let fault = Fault::new(Code::SharedName, FileId(place.table)).column(heading);
        let first = builder.party_text(first, "id");
        diagnostics.add(fault.text(name).other(first), place.row);
    }
}

/// A hash of the name's normal form (FNV-1a); none where that is too short to tell anything.
fn hash(name: &str) -> Option<u64> {
    const START: u64 = 0xCBF2_9CE4_8422_2325;
    const PRIME: u64 = 0x100_0000_01B3;
    let step = |(hash, length): (u64, usize), byte: u8| {
        ((hash ^ u64::from(byte)).wrapping_mul(PRIME), length + 1)
    };
    let (hash, length) = if name.is_ascii() {
        let letters = name.bytes().filter(u8::is_ascii_alphanumeric);
        letters
            .map(|byte| byte.to_ascii_lowercase())
            .fold((START, 0), step)
    } else {
        normal_name(name).bytes().fold((START, 0), step)
    };
    (length >= LEAST).then_some(hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_are_normally_equal_have_one_hash() {
        let long = "Aa1 ".repeat(100);
        for (one, other, same) in [
            ("Yunhe Cloud", "yunhe-cloud", true),
            ("Yunhe Cloud", "ＹＵＮＨＥ　Cloud", true),
            ("Yunhe Cloud", "Yunhe Clouds", false),
            (&long, &format!("　{long}"), true),
            (&long, &long[4..], false),
            ("云河云", "云河云 ", true),
        ] {
            assert_eq!(hash(one) == hash(other), same, "{one} {other}");
        }
        for name in ["", "-", "n/a", "N.A.", "**"] {
            assert_eq!(hash(name), None, "{name}");
        }
    }
}
