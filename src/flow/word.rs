//! Obligations at all three grades in one machine word, so that a step of the walk is one "and".
//!
//! Three grades of 21 obligations fit. The obligations of a larger policy walk in groups of 21, one group after another.

use super::{Grades, ObligationSet};

/// The obligations of a group at each grade, grade after grade.
pub(super) type Word = u64;

/// How many obligations walk together.
const GROUP: u32 = 21;
const MASK: u64 = (1 << GROUP) - 1;

/// What a relation that may hold or not lets pass.
pub(super) const ONLY_UNCONFIRMED: Word = MASK << (2 * GROUP);

/// How many groups so many obligations make.
pub(super) fn groups(obligations: usize) -> usize {
    obligations.div_ceil(GROUP as usize)
}

/// The group that an obligation walks in.
pub(super) fn group_of(obligation: u8) -> usize {
    usize::from(obligation) / GROUP as usize
}

/// What a group has of sets of obligations.
pub(super) fn pack(grades: Grades, group: usize) -> Word {
    let part = |set: ObligationSet| set >> (GROUP as usize * group) & MASK;
    let [applies, conditional, unconfirmed] = grades.map(part);
    applies | conditional << GROUP | unconfirmed << (2 * GROUP)
}

/// The sets of obligations that a group's word stands for.
pub(super) fn unpack(word: Word, group: usize) -> Grades {
    [0, 1, 2].map(|grade| (word >> (GROUP * grade) & MASK) << (GROUP as usize * group))
}

/// The bit of an obligation at a grade in the word of its group.
pub(super) fn bit_of(grade: usize, obligation: u8) -> u32 {
    grade as u32 * GROUP + u32::from(obligation) % GROUP
}

/// The grade and the obligation that a bit stands for.
pub(super) fn meaning(bit: u32, group: usize) -> (usize, u8) {
    let obligation = group as u32 * GROUP + bit % GROUP;
    ((bit / GROUP) as usize, obligation as u8)
}

/// The same obligation's bit one grade stronger.
pub(super) fn stronger(bit: u32) -> Option<u32> {
    bit.checked_sub(GROUP)
}

/// What of a word applies, as bits of the group's obligations.
pub(super) fn applying(word: Word) -> u32 {
    (word & MASK) as u32
}

/// What of a word is conditional or better, as bits of the group's obligations.
pub(super) fn conditional(word: Word) -> u32 {
    (word >> GROUP & MASK) as u32
}

/// What of a word is the strongest of its obligation.
pub(super) fn strongest(word: Word) -> Word {
    let (applies, conditional) = (word & MASK, word >> GROUP & MASK);
    word & !(applies << GROUP) & !((applies | conditional) << (2 * GROUP))
}

/// The bits of a word, rising.
pub(super) fn bits(mut word: Word) -> impl Iterator<Item = u32> {
    std::iter::from_fn(move || {
        let bit = (word != 0).then(|| word.trailing_zeros())?;
        word &= word - 1;
        Some(bit)
    })
}

/// How many bits of a word are below one.
pub(super) fn rank(word: Word, bit: u32) -> u32 {
    (word & ((1 << bit) - 1)).count_ones()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sixty_four_obligations_make_words_and_back() {
        let grades = [1 << 63 | 1 << 20, 1 << 21 | 1, u64::MAX];
        let back = (0..groups(64)).fold([0; 3], |all: Grades, group| {
            let part = unpack(pack(grades, group), group);
            [0, 1, 2].map(|grade: usize| all[grade] | part[grade])
        });
        assert_eq!(back, grades);
        for obligation in 0..64 {
            for grade in 0..3 {
                let (bit, group) = (bit_of(grade, obligation), group_of(obligation));
                assert_eq!(meaning(bit, group), (grade, obligation));
                assert_eq!(
                    pack(grades, group) >> bit & 1,
                    grades[grade] >> obligation & 1
                );
            }
        }
    }

    #[test]
    fn only_the_strongest_of_an_obligation_is_left() {
        let word = pack([0b001, 0b011, 0b111], 0);
        assert_eq!(unpack(strongest(word), 0), [0b001, 0b010, 0b100]);
    }
}
