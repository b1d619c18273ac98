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

/// Most digits of a number.
const DIGITS: usize = 9;

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
        let beginning = first.trim_end_matches(|c: char| c.is_ascii_digit());
        let digits = first.len() - beginning.len();
        (1..=DIGITS).contains(&digits).then(|| Form {
            beginning: beginning.to_owned(),
            digits: padded.then_some(digits),
        })
    }

    /// The number of an id.
    #[inline]
    fn number(&self, id: &str) -> Option<u32> {
        let digits = id.as_bytes().strip_prefix(self.beginning.as_bytes())?;
        let is_its = match self.digits {
            Some(count) => digits.len() == count,
            None => matches!(digits, [b'1'..=b'9', ..] | [b'0']) && digits.len() <= DIGITS,
        };
        let add = |number: u32, digit: &u8| {
            let digit = digit.wrapping_sub(b'0');
            (digit < 10).then(|| 10 * number + u32::from(digit))
        };
        is_its.then(|| digits.iter().try_fold(0, add))?
    }
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
    #[inline]
    pub(super) fn find(&self, id: &str) -> Option<u32> {
        let number = self.form.number(id)?.checked_sub(self.least)?;
        let position = self.positions.get(number as usize).copied();
        position.filter(|&position| position != NONE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_found_by_number_where_all_are_of_one_form() {
        let cases: [(&[&str], bool); 8] = [
            (&["P03", "P00", "P02"], true),
            (&["V7", "V10", "V9"], true),
            (&["7", "10", "0"], true),
            (&["甲-1", "甲-2"], true),
            (&["V7", "V07"], false),
            (&["V1", "W2"], false),
            (&["V1", "V99"], false),
            (&["V1234567890"], false),
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
            for other in ["", "P", "P1", "P01", "P001", "V08", "V8", "V+7", "00", "甲"] {
                assert_eq!(numbers.find(other), None, "{other} in {ids:?}");
            }
        }
    }
}
