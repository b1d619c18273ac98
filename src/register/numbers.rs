//! Ids that are one beginning and a number, as most systems give them: found by number.

use rayon::prelude::*;

use super::Texts;

/// The position of each number's id.
#[derive(Debug, Clone)]
pub(super) struct Numbers {
    form: Form,
    /// The least number.
    least: u32,
    /// By number, counted from the least; [`NONE`] where no id has it.
    positions: Vec<u32>,
}

/// The position of a number that no id has.
const NONE: u32 = u32::MAX;

/// Most digits of a number: as many as a word of the processor holds.
const DIGITS: usize = 8;

/// Numbers may be this many times as many as ids: else looking for texts takes less memory.
const SPARSE: usize = 4;

/// How ids are made from numbers: each number has one id at most.
#[derive(Debug, Clone)]
struct Form {
    beginning: String,
    /// How many digits each number has; none if they have as many as they need.
    digits: Option<usize>,
}

impl Form {
    /// The form of ids, if the first of them shows one: `padded` if all of them are as long as it.
    fn of(first: &str, padded: bool) -> Option<Form> {
        let is_digit = |byte: &&u8| byte.is_ascii_digit();
        let digits = first
            .as_bytes()
            .iter()
            .rev()
            .take(DIGITS)
            .take_while(is_digit)
            .count();
        (digits > 0).then(|| Form {
            beginning: first[..first.len() - digits].to_owned(),
            digits: padded.then_some(digits),
        })
    }

    /// The number of an id.
    #[inline]
    fn number(&self, id: &str) -> Option<u32> {
        let (beginning, digits) = (
            self.beginning.as_bytes(),
            id.len().checked_sub(self.beginning.len())?,
        );
        let last = match id.as_bytes() {
            [.., a, b, c, d, e, f, g, h] => u64::from_le_bytes([*a, *b, *c, *d, *e, *f, *g, *h]),
            short => short
                .iter()
                .fold(0, |last, &byte| last >> 8 | u64::from(byte) << 56),
        };
        let is_its = match self.digits {
            Some(count) => digits == count,
            None => {
                digits == 1
                    || (2..=DIGITS).contains(&digits) && id.as_bytes()[beginning.len()] != b'0'
            }
        };
        let begins = id.bytes().zip(beginning).all(|(a, b)| a == *b);
        (is_its && begins).then(|| decimal(last, digits))?
    }
}

/// The number that the last bytes of a word say, the last of them standing highest.
#[inline]
fn decimal(word: u64, digits: usize) -> Option<u32> {
    const ZEROS: u64 = u64::from_ne_bytes([b'0'; 8]);
    let unused = 8 * (DIGITS - digits) as u32;
    // The bytes before them count as zeros.
    let values = (word >> unused << unused | ZEROS & !(u64::MAX << unused)) ^ ZEROS;
    let is_more_than_nine = values.wrapping_add(u64::from_ne_bytes([0x76; 8])) | values;
    if is_more_than_nine & u64::from_ne_bytes([0x80; 8]) != 0 {
        return None;
    }
    // Neighbours are added, the earlier one weighing more: digits to pairs, to fours, to all eight.
    let pairs = (values.wrapping_mul(10 << 8 | 1) >> 8) & 0x00FF_00FF_00FF_00FF;
    let fours = (pairs.wrapping_mul(100 << 16 | 1) >> 16) & 0x0000_FFFF_0000_FFFF;
    Some((fours.wrapping_mul(10_000 << 32 | 1) >> 32) as u32)
}

impl Numbers {
    /// The numbers of different ids, if all of them have one and they lie close together.
    pub(super) fn of(ids: &Texts) -> Option<Numbers> {
        let first = ids.iter().next()?;
        let positions = || (0..ids.len()).into_par_iter();
        let padded = positions().all(|position| ids.get(position).len() == first.len());
        let form = Form::of(first, padded)?;
        let number = |position| {
            form.number(ids.get(position))
                .map(|number| (number, number))
        };
        let widen = |(a, b): (u32, u32), (c, d): (u32, u32)| Some((a.min(c), b.max(d)));
        let (least, greatest) = positions().map(number).try_reduce(|| (NONE, 0), widen)?;
        let range = (greatest - least) as usize + 1;
        if range > SPARSE * ids.len() {
            return None;
        }
        let mut numbers = Numbers {
            form,
            least,
            positions: vec![NONE; range],
        };
        for (position, id) in (0..).zip(ids.iter()) {
            let number = numbers.form.number(id)?;
            numbers.positions[(number - least) as usize] = position;
        }
        Some(numbers)
    }

    /// The position of an id.
    pub(super) fn find(&self, id: &str) -> Option<u32> {
        self.position(self.offset(id))
    }

    /// The position of each of many ids.
    pub(super) fn find_all(&self, ids: &Texts) -> Vec<Option<u32>> {
        // Where nothing is done between, the processor waits for many positions at once.
        let offsets: Vec<u32> = ids.iter().map(|id| self.offset(id)).collect();
        offsets
            .into_iter()
            .map(|offset| self.position(offset))
            .collect()
    }

    /// The number of an id, counted from the least.
    #[inline]
    fn offset(&self, id: &str) -> u32 {
        let number = self.form.number(id);
        number.map_or(NONE, |number| number.wrapping_sub(self.least))
    }

    #[inline]
    fn position(&self, offset: u32) -> Option<u32> {
        let position = self.positions.get(offset as usize).copied();
        position.filter(|&position| position != NONE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_read_together() {
        for text in ["0", "7", "42", "907", "12345678", "99999999", "00000001"] {
            let mut bytes = [b'x'; 8];
            bytes[8 - text.len()..].copy_from_slice(text.as_bytes());
            let found = decimal(u64::from_le_bytes(bytes), text.len());
            assert_eq!(found, text.parse().ok(), "{text}");
        }
        for byte in (0..=255_u8).filter(|byte| !byte.is_ascii_digit()) {
            for place in 5..8 {
                let mut bytes = *b"00000123";
                bytes[place] = byte;
                assert_eq!(decimal(u64::from_le_bytes(bytes), 3), None, "{byte}");
            }
        }
    }

    #[test]
    fn ids_are_found_by_number_where_all_are_of_one_form() {
        let cases: [(&[&str], bool); 10] = [
            (&["P03", "P00", "P02"], true),
            (&["V7", "V10", "V9"], true),
            (&["7", "10", "0"], true),
            (&["甲-1", "甲-2"], true),
            (&["V7", "V07"], false),
            (&["V1", "W2"], false),
            (&["V1", "V99"], false),
            (&["0000100003", "0000100001"], true),
            (&["V123456789", "V123456788"], true),
            (&["V123456789", "V1"], false),
        ];
        for (ids, expected) in cases {
            let mut texts = Texts::default();
            ids.iter().for_each(|id| texts.push(id));
            let numbers = Numbers::of(&texts);
            assert_eq!(numbers.is_some(), expected, "{ids:?}");
            let Some(numbers) = numbers else { continue };
            for (position, id) in (0..).zip(ids) {
                assert_eq!(numbers.find(id), Some(position), "{id}");
            }
            for other in [
                "",
                "P",
                "P1",
                "P01",
                "P001",
                "V08",
                "V8",
                "V+7",
                "00",
                "甲",
                "0000100002",
            ] {
                assert_eq!(numbers.find(other), None, "{other} in {ids:?}");
            }
        }
    }
}
