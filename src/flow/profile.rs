//! Rows that no rule can tell apart share a profile, so that rules run once per profile and not once per row.

use hashbrown::HashMap;
use rayon::prelude::*;

use crate::register::{Column, PartyId};

/// Something that rules look at in every row, as a small class.
pub(super) enum Factor<'a> {
    /// A column, with the class of each of its codes.
    Column(&'a Column, Vec<u32>),
    /// A party of the row, with the class of each party.
    Party(&'a [PartyId], &'a [u32]),
    /// The class of each row.
    Row(Vec<u32>),
}

impl Factor<'_> {
    fn class(&self, row: usize) -> u32 {
        match self {
            Factor::Column(column, classes) => classes[column.code(row) as usize],
            Factor::Party(parties, classes) => classes[parties[row].index()],
            Factor::Row(classes) => classes[row],
        }
    }

    /// One more than the greatest class.
    fn classes(&self) -> u64 {
        let classes = match self {
            Factor::Column(_, classes) | Factor::Row(classes) => classes.as_slice(),
            Factor::Party(_, classes) => classes,
        };
        classes
            .iter()
            .max()
            .map_or(1, |&greatest| u64::from(greatest) + 1)
    }
}

/// Rows that one task groups.
const BATCH: usize = 1 << 17;

/// Rows grouped by profile.
#[derive(Debug, Default)]
pub(super) struct Profiles {
    /// The profile of each row.
    pub(super) of_row: Vec<u32>,
    /// The first row of each profile, rising.
    pub(super) first_rows: Vec<usize>,
}

impl Profiles {
    /// Groups rows whose every factor has the same class; profiles are numbered by their first row.
    pub(super) fn new(rows: usize, factors: Vec<Factor>) -> Profiles {
        // A row's classes are the digits of one number; where that would not fit, the digits so far are renumbered.
        let mut digits: Vec<(Factor, u64)> = Vec::new();
        let mut radix = 1_u64;
        for factor in factors {
            let classes = factor.classes();
            if classes == 1 {
                continue;
            }
            if radix.checked_mul(classes).is_none() {
                let compact = Profiles::number(rows, &digits);
                radix = compact.first_rows.len() as u64;
                digits = vec![(Factor::Row(compact.of_row), radix)];
            }
            radix = radix.saturating_mul(classes);
            digits.push((factor, classes));
        }
        Profiles::number(rows, &digits)
    }

    /// Numbers distinct rows in the order in which they first occur: each batch for itself, then all together.
    fn number(rows: usize, digits: &[(Factor, u64)]) -> Profiles {
        let mut of_row = vec![0_u32; rows];
        let batches = of_row.par_chunks_mut(BATCH).enumerate();
        let firsts: Vec<Vec<(u64, usize)>> = batches
            .map(|(batch, of_row)| number_batch(batch * BATCH, of_row, digits))
            .collect();
        let mut numbers: HashMap<u64, u32> = HashMap::new();
        let mut first_rows = Vec::new();
        let mut number = |(key, row): (u64, usize)| {
            *numbers.entry(key).or_insert_with(|| {
                first_rows.push(row);
                (first_rows.len() - 1) as u32
            })
        };
        let renumbered: Vec<Vec<u32>> = firsts
            .into_iter()
            .map(|firsts| firsts.into_iter().map(&mut number).collect())
            .collect();
        let batches = of_row.par_chunks_mut(BATCH).zip(&renumbered);
        batches.for_each(|(of_row, renumbered)| {
            for profile in of_row {
                *profile = renumbered[*profile as usize];
            }
        });
        Profiles { of_row, first_rows }
    }
}

/// Numbers the distinct rows of a batch, and gives the key and first row of each number.
fn number_batch(start: usize, of_row: &mut [u32], digits: &[(Factor, u64)]) -> Vec<(u64, usize)> {
    let mut keys = vec![0_u64; of_row.len()];
    for (factor, classes) in digits {
        for (key, row) in keys.iter_mut().zip(start..) {
            *key = *key * classes + u64::from(factor.class(row));
        }
    }
    let mut numbers: HashMap<u64, u32> = HashMap::new();
    let mut firsts = Vec::new();
    for ((profile, key), row) in of_row.iter_mut().zip(keys).zip(start..) {
        *profile = *numbers.entry(key).or_insert_with(|| {
            firsts.push((key, row));
            (firsts.len() - 1) as u32
        });
    }
    firsts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::register::Value;

    #[test]
    fn rows_share_a_profile_where_every_class_is_the_same() {
        let mut column = Column::default();
        for row in 0..6 {
            let code = column.define(Value::Number(f64::from(row)));
            column.put(row as usize, code);
        }
        let parity = Factor::Column(&column, vec![0, 0, 1, 0, 1, 0, 1]);
        let profiles = Profiles::new(6, vec![parity]);
        assert_eq!(profiles.of_row, [0, 1, 0, 1, 0, 1]);
        assert_eq!(profiles.first_rows, [0, 1]);
    }

    #[test]
    fn more_classes_than_a_number_holds_are_renumbered() {
        let parties = [PartyId(0), PartyId(1), PartyId(0)];
        let classes = [7, u32::MAX];
        let factors = (0..5).map(|_| Factor::Party(&parties, &classes)).collect();
        assert_eq!(Profiles::new(3, factors).of_row, [0, 1, 0]);
    }
}
