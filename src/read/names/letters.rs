//! Names that are one letter apart: one too many, one missing, another one, or two neighbours swapped.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::core::{Core, VOCABULARY, is_east_asian};

/// Letters of the shortest and the longest names that are compared.
const LENGTHS: std::ops::RangeInclusive<usize> = 8..=64;
/// Letters of the shortest word that may hold the difference: shorter ones are numerals, initials and codes.
const LEAST_IN_WORD: usize = 5;
/// Names of which each is a letter from all others; more of them are a series.
const MOST_ALIKE: usize = 4;
/// How many letters at the start of a Chinese name may be its place.
const PLACE: usize = 3;

/// Letters that tell names apart like digits.
static TELLING: LazyLock<HashSet<char>> = LazyLock::new(|| VOCABULARY.telling.chars().collect());

fn is_telling(c: char) -> bool {
    c.is_numeric() || TELLING.contains(&c)
}

/// Pairs of names, by position and sorted, that are probably a letter apart; `letters` gives those of each name, none where it is not
/// to be compared.
///
/// What is left of a name without one of its letters is the same for both of such a pair. Names are taken by length, so
/// that only those of two lengths are in memory.
pub(super) fn pairs<'n>(letters: impl Iterator<Item = &'n str>) -> Vec<[usize; 2]> {
    let mut by_length: Vec<Vec<(u32, Vec<char>)>> = vec![Vec::new(); LENGTHS.end() + 2];
    for (position, name) in (0..).zip(letters) {
        // A letter has at most four bytes.
        if name.len() <= 4 * LENGTHS.end() {
            let letters: Vec<char> = name.chars().collect();
            if LENGTHS.contains(&letters.len()) {
                by_length[letters.len()].push((position, letters));
            }
        }
    }
    let mut found = Vec::new();
    for length in LENGTHS.start() - 1..=*LENGTHS.end() {
        let mut rests: Vec<(u64, u32)> = Vec::new();
        for (position, letters) in &by_length[length] {
            rests.push((hashes(letters).0, *position));
        }
        for (position, letters) in &by_length[length + 1] {
            rests.extend(hashes(letters).1.into_iter().map(|rest| (rest, *position)));
        }
        rests.sort_unstable();
        rests.dedup();
        let groups = rests.chunk_by(|a, b| a.0 == b.0);
        for group in groups.filter(|group| (2..=MOST_ALIKE).contains(&group.len())) {
            for (at, (_, later)) in group.iter().enumerate() {
                let pair =
                    |(_, first): &(u64, u32)| [*later, *first].map(|position| position as usize);
                found.extend(group[..at].iter().map(pair));
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// A hash of the letters, and of what is left without each one that does not tell names apart.
fn hashes(letters: &[char]) -> (u64, Vec<u64>) {
    const BASE: u64 = 0x9E37_79B9_7F4A_7C15;
    let step = |hash: u64, letter: char| hash.wrapping_mul(BASE).wrapping_add(u64::from(letter));
    let mut before = vec![0; letters.len() + 1];
    for (at, &letter) in letters.iter().enumerate() {
        before[at + 1] = step(before[at], letter);
    }
    let mut rests = Vec::with_capacity(letters.len());
    // The hash of what stands after a letter, and what that much shifts what stands before.
    let (mut after, mut shift) = (0_u64, 1_u64);
    for (at, &letter) in letters.iter().enumerate().rev() {
        if !is_telling(letter) {
            rests.push(before[at].wrapping_mul(shift).wrapping_add(after));
        }
        after = after.wrapping_add(u64::from(letter).wrapping_mul(shift));
        shift = shift.wrapping_mul(BASE);
    }
    (before[letters.len()], rests)
}

/// Whether two names are one letter apart, and so that it is more likely a slip than another name.
pub(super) fn is_slip(one: &Core, other: &Core) -> bool {
    let letters = [one, other].map(|core| core.letters().chars().collect::<Vec<char>>());
    let [a, b] = &letters;
    let common =
        |pairs: &mut dyn Iterator<Item = (&char, &char)>| pairs.take_while(|(a, b)| a == b).count();
    let start = common(&mut a.iter().zip(b));
    let end = common(&mut a[start..].iter().rev().zip(b[start..].iter().rev()));
    let [x, y] = [a, b].map(|letters| &letters[start..letters.len() - end]);
    let is_one_step = match (x, y) {
        ([_], [_]) | ([_], []) | ([], [_]) => true,
        ([c, d], [e, f]) => c == f && d == e,
        _ => false,
    };
    if !is_one_step || x.iter().chain(y).any(|&c| is_telling(c)) {
        return false;
    }
    if a.iter().chain(b).copied().any(is_east_asian) {
        return is_chinese_slip(start, x, y, &a[a.len() - end..]);
    }
    let word = |core: &Core| {
        let mut left = start;
        let words = core.words.iter().map(|word| word.chars().count());
        let mut words = words.skip_while(|&length| {
            let is_before = left >= length;
            left -= if is_before { length } else { 0 };
            is_before
        });
        // After the last word stands what was added to it.
        words
            .next()
            .unwrap_or_else(|| core.words.last().map_or(0, |word| word.chars().count()))
    };
    let is_other_initial = start == 0 && x.len() == 1 && y.len() == 1;
    !is_other_initial && word(one).max(word(other)) >= LEAST_IN_WORD
}

/// In Chinese one letter is a syllable, so another one is often another name: of the place above all, which stands first.
fn is_chinese_slip(start: usize, x: &[char], y: &[char], after: &[char]) -> bool {
    let names_place = |c: &char| VOCABULARY.ends_of_places.contains(*c);
    let at_place = start < PLACE || after.first().is_some_and(names_place);
    let changes_place = x.iter().chain(y).any(names_place);
    let is_swap = x.len() == 2;
    is_swap || !(at_place || changes_place)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether two names are found and are a slip.
    fn alike(one: &str, other: &str) -> bool {
        let cores = [one, other].map(Core::of);
        let letters = cores.each_ref().map(Core::letters);
        let found = pairs(letters.iter().map(String::as_str)) == [[1, 0]];
        found && is_slip(&cores[0], &cores[1])
    }

    #[test]
    fn slips_are_told_from_other_names() {
        for (one, other, expected) in [
            ("Riverside Logistics", "Riverside Logistcs", true),
            ("Riverside Logistics", "Riverside Logisttics", true),
            ("Riverside Logistics", "Riverside Logystics", true),
            ("Riverside Logistics", "Riverside Logisitcs", true),
            ("Riverside Logistics Ltd", "Riverside Logistic Ltd", true),
            ("Riverside Logistics", "Riversde Logistcs", false),
            ("Riverside Plant 1", "Riverside Plant 2", false),
            ("Riverside Plant 1", "Riverside Plant 11", false),
            ("Riverside Plant A", "Riverside Plant B", false),
            ("Riverside Plant I", "Riverside Plant II", false),
            ("Riverside 12 Logistics", "Riverside 21 Logistics", false),
            ("Riverside IBM", "Riverside IBN", false),
            ("Acme", "Acne", false),
            ("Martinex", "Partinex", false),
            ("中国银行", "中信银行", false),
            (
                "云河云计算数据服务有限公司",
                "云河云计算数居服务有限公司",
                true,
            ),
            (
                "云河云计算数据服务有限公司",
                "云河云计数据服务有限公司",
                true,
            ),
            (
                "云河云计算数据服务有限公司",
                "云河云计算据数服务有限公司",
                true,
            ),
            (
                "杭州云计算数据服务有限公司",
                "广州云计算数据服务有限公司",
                false,
            ),
            (
                "河南云计算数据服务有限公司",
                "河北云计算数据服务有限公司",
                false,
            ),
            ("云河云计算第一服务中心", "云河云计算第二服务中心", false),
            (
                "云河云计算服务中心（常州）",
                "云河云计算服务中心（徐州）",
                false,
            ),
        ] {
            assert_eq!(alike(one, other), expected, "{one} | {other}");
            assert_eq!(alike(other, one), expected, "{other} | {one}");
        }
    }

    #[test]
    fn a_series_is_no_slip() {
        let series = |last: char| -> Vec<String> {
            ('a'..=last).map(|c| format!("riversideplant{c}")).collect()
        };
        let found = |names: &[String]| pairs(names.iter().map(String::as_str)).len();
        assert_eq!(found(&series('d')), 6);
        assert_eq!(found(&series('e')), 0);
    }
}
