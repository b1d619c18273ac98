//! Names that are nearly the same, and so may be one party's. Nothing here merges any.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use rayon::prelude::*;

use super::core::Core;
use super::letters;
use crate::diagnostic::Likeness;
use crate::register::Builder;

/// Bytes of the longest name that is compared.
const MOST_BYTES: usize = 600;
/// Letters and digits of the shortest core that tells something.
const LEAST: usize = 2;

/// What of a name is compared with others.
#[derive(Debug)]
pub(super) struct Face<'n> {
    name: &'n str,
    /// Its core as written.
    written: u64,
    /// The meanings of its legal forms.
    forms: Vec<u16>,
    /// The letters of its core, without accents and small words.
    letters: String,
    /// The words of its core in order of the alphabet; none if it has only one.
    sorted: Option<u64>,
    /// The letters of the cores of its Latin and its Chinese half.
    halves: Vec<u64>,
}

/// The faces of parties with these ids; none of one that the register does not have.
pub(super) fn faces<'n>(
    ids: impl Iterator<Item = &'n str>,
    builder: &Builder,
) -> Vec<Option<Face<'n>>> {
    let ids: Vec<&str> = ids.collect();
    let face = |id: &&'n str| {
        let party = builder.find_party(id)?;
        let halves = builder.local_name.get(party.index()).text();
        let halves = halves.map(|local| [builder.party_text(party, "name"), local]);
        Face::new(id, &halves.map_or(Vec::new(), |halves| halves.to_vec()))
    };
    ids.par_iter().map(face).collect()
}

impl<'n> Face<'n> {
    fn new(name: &'n str, halves: &[&str]) -> Option<Face<'n>> {
        if name.len() > MOST_BYTES {
            return None;
        }
        let core = Core::of(name);
        let letters = Some(core.letters()).filter(|letters| letters.chars().count() >= LEAST)?;
        let mut words = core.words;
        words.sort_unstable();
        let halves = halves.iter().map(|half| Core::of(half).letters());
        let halves = halves.filter(|half| *half != letters && half.chars().count() >= LEAST);
        Some(Face {
            name,
            written: hash(&core.written.concat()),
            forms: core.forms,
            sorted: (words.len() > 1).then(|| hash(&words)),
            halves: halves.map(|half| hash(&half)).collect(),
            letters,
        })
    }

    /// How it differs from one with the same letters.
    fn likeness(&self, first: &Face) -> Likeness {
        match (self.written == first.written, self.forms == first.forms) {
            (true, true) => Likeness::FormSpelling,
            (true, false) => Likeness::LegalForm,
            (false, _) => Likeness::SmallWords,
        }
    }
}

fn hash(of: &(impl Hash + ?Sized)) -> u64 {
    let mut hasher = DefaultHasher::new();
    of.hash(&mut hasher);
    hasher.finish()
}

/// For each name, by position, an earlier one that is nearly the same, and how: the most alike, the earliest of those.
///
/// There is at most one, so that whoever merges all of them never gives a name two meanings.
pub(super) fn candidates(faces: &[Option<Face>]) -> Vec<(usize, (usize, Likeness))> {
    let mut found: Vec<Option<(usize, Likeness)>> = vec![None; faces.len()];
    let present = || {
        faces
            .iter()
            .enumerate()
            .filter_map(|(at, face)| Some((at, face.as_ref()?)))
    };
    // By letters the first name, and whether these are a half of it.
    let mut by_letters: HashMap<u64, (usize, bool)> = HashMap::new();
    let mut by_words: HashMap<u64, usize> = HashMap::new();
    for (at, face) in present() {
        let whole = [(hash(&face.letters), false)];
        for (letters, is_half) in whole
            .into_iter()
            .chain(face.halves.iter().map(|&half| (half, true)))
        {
            let (first, first_is_half) = *by_letters.entry(letters).or_insert((at, is_half));
            if first != at && found[at].is_none() {
                let likeness = match (is_half || first_is_half, &faces[first]) {
                    (false, Some(first)) => face.likeness(first),
                    _ => Likeness::Script,
                };
                found[at] = Some((first, likeness));
            }
        }
        if let Some(words) = face.sorted {
            let first = *by_words.entry(words).or_insert(at);
            if first != at && found[at].is_none() {
                found[at] = Some((first, Likeness::Order));
            }
        }
    }
    let letters = faces
        .iter()
        .map(|face| face.as_ref().map_or("", |face| &face.letters));
    for [at, first] in letters::pairs(letters) {
        let pair = [&faces[at], &faces[first]];
        if let (None, [Some(face), Some(earlier)]) = (found[at], pair)
            && letters::is_slip(&Core::of(face.name), &Core::of(earlier.name))
        {
            found[at] = Some((first, Likeness::Letter));
        }
    }
    let found = found.into_iter().enumerate();
    found.filter_map(|(at, found)| Some((at, found?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_earlier_name_is_told_with_its_reason() {
        use Likeness::{FormSpelling, LegalForm, Letter, Order, Script, SmallWords};
        for (names, expected) in [
            (
                &["Yunhe Cloud Ltd", "Yunhe Cloud Limited"][..],
                Some((0, FormSpelling)),
            ),
            (&["Yunhe Cloud Ltd", "Yunhe Cloud"], Some((0, LegalForm))),
            (&["云河云有限公司", "云河云（集团）"], Some((0, LegalForm))),
            (
                &["Yunhe and Cloud", "The Yunhe & Cloud"],
                Some((0, SmallWords)),
            ),
            (
                &["Groupe Réseau inc.", "Groupe Reseau"],
                Some((0, SmallWords)),
            ),
            (
                &["Cloud Host Yunhe", "Yunhe Cloud Host Ltd"],
                Some((0, Order)),
            ),
            (
                &["Yunhe Cloud Services", "Yunhe Cloud Servcies"],
                Some((0, Letter)),
            ),
            (
                &["Bank of China|中国银行", "中国银行股份有限公司"],
                Some((0, Script)),
            ),
            (&["中国银行", "Bank of China|中国银行"], Some((0, Script))),
            (
                &["China Bank|中国银行", "Bank of China|中国银行"],
                Some((0, Script)),
            ),
            (
                &["Yunhe Cloud", "Yunhe Cloud Ltd", "Yunhe Cloud Inc"],
                Some((0, LegalForm)),
            ),
            (
                &[
                    "Cloud Yunhe",
                    "Yunhe Clouds",
                    "Yunhe Cloud Inc",
                    "Yunhe Cloud",
                ],
                Some((2, LegalForm)),
            ),
            (&["Yunhe Cloud", "Yunhe Rain"], None),
            (&["中国银行", "中信银行"], None),
            (&["A Ltd", "A Inc"], None),
            (&["***", "###"], None),
        ] {
            let face = |name: &&'static str| match name.split_once('|') {
                Some((latin, chinese)) => Face::new(name, &[latin, chinese]),
                None => Face::new(name, &[]),
            };
            let faces: Vec<_> = names.iter().map(face).collect();
            let last = faces.len() - 1;
            let found = candidates(&faces).into_iter().find(|(at, _)| *at == last);
            assert_eq!(found.map(|(_, found)| found), expected, "{names:?}");
        }
    }

    #[test]
    fn a_hundred_thousand_names_take_seconds() {
        let names: Vec<String> = (0..100_000_u64)
            .map(|n| {
                let letters = (0..16).map(|at| char::from(b'a' + (hash(&(n / 2, at)) % 26) as u8));
                let name: String = letters.collect();
                // Every second name lacks a letter of the one before.
                name[..16 - (n % 2) as usize].to_owned()
            })
            .collect();
        let start = std::time::Instant::now();
        let faces: Vec<_> = names.par_iter().map(|name| Face::new(name, &[])).collect();
        let found = candidates(&faces);
        assert_eq!(found.len(), 50_000);
        assert!(
            found
                .iter()
                .all(|&(at, (first, likeness))| first + 1 == at && likeness == Likeness::Letter)
        );
        assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
    }
}
