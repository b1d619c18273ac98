//! Parties of different ids that have one name.

use std::hash::Hasher;

use rayon::prelude::*;

use super::normal_name;
use crate::diagnostic::{Code, Diagnostics, Fault, FileId};
use crate::read::TableReport;
use crate::register::{Builder, PartyId};

/// Letters and digits that a name needs to tell something.
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

/// A hash of the name's normal form; none where that is too short to tell anything.
fn hash(name: &str) -> Option<u64> {
    let mut hasher = std::hash::DefaultHasher::new();
    if !name.is_ascii() {
        let normal = normal_name(name);
        hasher.write(normal.as_bytes());
        return (normal.len() >= LEAST).then(|| hasher.finish());
    }
    // A short run of bytes at a time, because each call costs.
    let (mut run, mut letters) = ([0; 64], 0);
    for byte in name.bytes().filter(u8::is_ascii_alphanumeric) {
        run[letters % 64] = byte.to_ascii_lowercase();
        letters += 1;
        if letters.is_multiple_of(64) {
            hasher.write(&run);
        }
    }
    hasher.write(&run[..letters % 64]);
    (letters >= LEAST).then(|| hasher.finish())
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
