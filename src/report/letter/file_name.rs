//! File names for letters, safe on every file system.

use std::collections::HashSet;

use crate::digest::sha256;

/// The most bytes of a name: what is added to tell names apart, and an ending, still fit into 255.
const MOST_BYTES: usize = 120;

/// Names that some systems keep for devices, whatever stands behind a point.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];

/// A name without ending for each id, no two alike on a system that takes capitals for small letters.
///
/// An id that can be a name stays as it is; any other has a part of its digest behind it, so that its name does not depend
/// on the ids that stand beside it.
pub fn file_names<'i>(ids: impl Iterator<Item = &'i str>) -> Vec<String> {
    let mut taken = HashSet::new();
    let names = ids.map(|id| {
        let plain = plain(id);
        if plain == id && taken.insert(plain.to_lowercase()) {
            return plain;
        }
        let digest = sha256(id.as_bytes());
        // Who wants to can choose an id that looks like such a name; the whole digest tells them apart.
        let lengths = [8, digest.len()];
        let mut names = lengths
            .map(|length| format!("{plain}-{}", &digest[..length]))
            .into_iter();
        let free = names.find(|name| taken.insert(name.to_lowercase()));
        free.unwrap_or(digest)
    });
    names.collect()
}

/// What of an id can stand in a name; the same where all of it can.
fn plain(id: &str) -> String {
    // Of these letters no system takes one for another, or writes one in two ways.
    let stays = |c: char| {
        c.is_ascii_alphanumeric()
            || matches!(c, '-' | '_' | '.')
            || ('\u{4E00}'..='\u{9FFF}').contains(&c)
    };
    let mut name = String::new();
    for c in id.chars() {
        if name.len() + c.len_utf8() > MOST_BYTES {
            break;
        }
        name.push(if stays(c) { c } else { '-' });
    }
    let name = name.trim_matches('.');
    let stem = name
        .split('.')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    let port = stem
        .strip_prefix("com")
        .or_else(|| stem.strip_prefix("lpt"));
    let is_port = port.is_some_and(|number| number.len() == 1);
    match name.is_empty() || is_port || DEVICES.contains(&stem.as_str()) {
        true => format!("party-{name}"),
        false => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_safe_and_told_apart() {
        let long = "长".repeat(300);
        let ids = [
            "S-104",
            "云舟桥",
            "../x",
            "..",
            "",
            "CON",
            "con.txt",
            "COM1",
            "company",
            "a/b",
            "a:b",
            "bank",
            "Bank",
            "BANK",
            "x.",
            ".x",
            "é",
            "e\u{301}",
            "a b",
            "\0",
            "a\nb",
            &long,
            "a-b-c14cddc0",
        ];
        let names = file_names(ids.into_iter());
        assert_eq!(names[..2], ["S-104", "云舟桥"]);
        assert_eq!(names[11], "bank");
        let mut seen = HashSet::new();
        for (id, name) in ids.iter().zip(&names) {
            assert!(seen.insert(name.to_lowercase()), "{id}: {name}");
            assert!(name.len() <= 200 && !name.is_empty(), "{name}");
            assert!(!name.starts_with('.') && !name.ends_with('.'), "{name}");
            let is_bad = |c: char| c.is_control() || "<>:\"/\\|?* ".contains(c);
            assert!(!name.contains(is_bad), "{id:?}: {name}");
            let stem = name.split('.').next().unwrap_or_default().to_lowercase();
            assert!(
                !DEVICES.contains(&stem.as_str()) && stem != "com1",
                "{name}"
            );
        }
        assert_eq!(names, file_names(ids.into_iter()));
    }

    /// Alone or among others, an id that is no name has the same.
    #[test]
    fn a_name_does_not_depend_on_other_ids() {
        let alone = file_names(["a/b"].into_iter());
        assert_eq!(file_names(["a-b", "a/b"].into_iter())[1], alone[0]);
        let forged = file_names([alone[0].as_str(), "a/b"].into_iter());
        assert_ne!(forged[0], forged[1]);
    }
}
