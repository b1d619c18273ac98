//! Rows that no rule can tell apart share a profile, so that rules run once per profile and not once per row.

use std::collections::HashMap;

use rayon::prelude::*;

use crate::register::{Column, PartyId};

/// Something that rules look at in every row, as a small class.
pub(super) enum Factor<'a> {
    /// A column, with the class of each of its codes.
    Column(&'a Column, Vec<u32>),
    /// A party of the row, with the class of each party.
    Party(&'a [PartyId], &'a [u32]),
}

impl Factor<'_> {
    fn class(&self, row: usize) -> u32 {
        match self {
            Factor::Column(column, classes) => classes[column.code(row) as usize],
            Factor::Party(parties, classes) => classes[parties[row].index()],
        }
    }

    /// One more than the greatest class.
    fn classes(&self) -> u64 {
        let classes = match self {
            Factor::Column(_, classes) => classes.as_slice(),
            Factor::Party(_, classes) => classes,
        };
        classes
            .iter()
            .max()
            .map_or(1, |&greatest| u64::from(greatest) + 1)
    }
}

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
    pub(super) fn new(rows: usize, factors: &[Factor]) -> Profiles {
        // A row's classes as the digits of one number; where that would not fit, the digits so far are renumbered.
        let mut keys = vec![0_u64; rows];
        let mut radix = 1_u64;
        for factor in factors {
            let classes = factor.classes();
            if radix.checked_mul(classes).is_none() {
                let compact = Profiles::number(&keys);
                keys = compact
                    .of_row
                    .iter()
                    .map(|&profile| u64::from(profile))
                    .collect();
                radix = compact.first_rows.len() as u64;
            }
            radix = radix.saturating_mul(classes);
            keys.par_iter_mut()
                .enumerate()
                .with_min_len(4096)
                .for_each(|(row, key)| {
                    *key = *key * classes + u64::from(factor.class(row));
                });
        }
        Profiles::number(&keys)
    }

    /// Numbers distinct keys in the order in which they first occur.
    fn number(keys: &[u64]) -> Profiles {
        let mut numbers: HashMap<u64, u32> = HashMap::new();
        let mut first_rows = Vec::new();
        let mut last = None;
        let of_row = keys.iter().enumerate().map(|(row, &key)| match last {
            Some((before, profile)) if before == key => profile,
            _ => {
                let profile = *numbers.entry(key).or_insert_with(|| {
                    first_rows.push(row);
                    (first_rows.len() - 1) as u32
                });
                last = Some((key, profile));
                profile
            }
        });
        let of_row = of_row.collect();
        Profiles { of_row, first_rows }
    }
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
        let profiles = Profiles::new(6, &[parity]);
        assert_eq!(profiles.of_row, [0, 1, 0, 1, 0, 1]);
        assert_eq!(profiles.first_rows, [0, 1]);
    }

    #[test]
    fn more_classes_than_a_number_holds_are_renumbered() {
        let parties = [PartyId(0), PartyId(1), PartyId(0)];
        let classes = [7, u32::MAX];
        let factors: Vec<_> = (0..5).map(|_| Factor::Party(&parties, &classes)).collect();
        assert_eq!(Profiles::new(3, &factors).of_row, [0, 1, 0]);
    }
}
