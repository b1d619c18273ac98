//! Where rows stand in their files.

/// A row of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Which table of the reading, in the order in which they were read.
    pub table: u16,
    /// The row as a spreadsheet counts.
    pub row: u32,
}

/// The places of many rows, kept as runs of rows that follow each other.
#[derive(Debug, Clone, Default)]
pub struct Places {
    /// The first position of each run, and its place.
    runs: Vec<(u32, Place)>,
    /// The first run of each table; within a table rows rise.
    tables: Vec<usize>,
    length: u32,
}

impl Places {
    /// Appends a place.
    pub fn push(&mut self, place: Place) {
        if self.after_last() != Some(place) {
            self.start_run(self.length, place);
        }
        self.length += 1;
    }

    fn start_run(&mut self, first: u32, place: Place) {
        if self
            .runs
            .last()
            .is_none_or(|(_, last)| last.table != place.table)
        {
            self.tables.push(self.runs.len());
        }
        self.runs.push((first, place));
    }

    /// The place that would lengthen the last run.
    fn after_last(&self) -> Option<Place> {
        let &(first, Place { table, row }) = self.runs.last()?;
        let row = row + (self.length - first);
        Some(Place { table, row })
    }

    /// Appends every place of others.
    pub(super) fn append(&mut self, more: &Places) {
        for &(first, place) in &more.runs {
            if first > 0 || self.after_last() != Some(place) {
                self.start_run(self.length + first, place);
            }
        }
        self.length += more.length;
    }

    /// The place at a position.
    pub fn get(&self, position: usize) -> Option<Place> {
        if position >= self.length as usize {
            return None;
        }
        let after = self
            .runs
            .partition_point(|&(first, _)| first as usize <= position);
        let (first, Place { table, row }) = self.runs[after.checked_sub(1)?];
        let row = row + (position as u32 - first);
        Some(Place { table, row })
    }

    /// The first position that came from this row of a table.
    pub(super) fn find(&self, table: u16, row: u32) -> Option<usize> {
        let ends = self.tables.iter().skip(1).copied().chain([self.runs.len()]);
        self.tables.iter().zip(ends).find_map(|(&start, end)| {
            let runs = &self.runs[start..end];
            if runs.first()?.1.table != table {
                return None;
            }
            let after = runs.partition_point(|(_, place)| place.row <= row);
            let (first, place) = runs[after.checked_sub(1)?];
            let position = first + (row - place.row);
            let next = self
                .runs
                .get(start + after)
                .map_or(self.length, |&(first, _)| first);
            (position < next).then_some(position as usize)
        })
    }

    /// Keeps the rows that are to stand.
    pub(super) fn retain(&mut self, stands: &[bool]) {
        let mut left = Places::default();
        let standing = stands.iter().enumerate().filter(|(_, stands)| **stands);
        standing
            .filter_map(|(position, _)| self.get(position))
            .for_each(|place| left.push(place));
        *self = left;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_of_rows_are_kept_as_one() {
        let mut places = Places::default();
        let mut more = Places::default();
        let all = [(0, 2), (0, 3), (0, 5), (1, 6), (1, 7), (1, 9)]
            .map(|(table, row)| Place { table, row });
        all[..2].iter().for_each(|&place| places.push(place));
        all[2..].iter().for_each(|&place| more.push(place));
        places.append(&more);
        assert_eq!(places.runs.len(), 4);
        assert!(
            (0..7)
                .map(|position| places.get(position))
                .eq(all.map(Some).into_iter().chain([None]))
        );
        assert_eq!(
            (places.find(1, 7), places.find(0, 4), places.find(0, 9)),
            (Some(4), None, None)
        );
        places.retain(&[false, true, true, true, false, true]);
        assert_eq!(places.get(2), Some(all[3]));
        assert_eq!(places.get(4), None);
    }
}
