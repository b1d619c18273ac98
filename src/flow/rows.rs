//! Items in compressed rows: those of a row stand together, and rows end to end.

use rayon::prelude::*;

/// Sources that one task asks for their items, where each gives few.
const BATCH: usize = 1 << 16;
/// Rows come in at most about so many groups, each of which fits a processor's cache while its items find their places.
const BUCKETS: u32 = 256;

/// Where items come from: each source in order gives some, each with its row.
pub(super) trait Sources<T>: Sync {
    /// How many sources there are.
    fn count(&self) -> usize;
    /// How many sources one task asks.
    fn batch(&self) -> usize {
        BATCH
    }
    /// Gives each item of a source with its row.
    fn each(&self, source: usize, visit: impl FnMut(u32, T));
}

/// Items by row; within a row in the order of their sources.
#[derive(Debug)]
pub(super) struct Rows<T> {
    starts: Vec<u32>,
    items: Vec<T>,
}

impl<T> Default for Rows<T> {
    fn default() -> Self {
        let (starts, items) = (vec![0], Vec::new());
        Rows { starts, items }
    }
}

/// The items of a batch of sources, by bucket of rows.
struct Part<T> {
    starts: Vec<usize>,
    items: Vec<(u32, T)>,
}

impl<T: Copy + Default + Send + Sync> Rows<T> {
    /// Collects items into rows: first into buckets of rows, then each bucket for itself, so that nothing is strewn over
    /// the whole of memory.
    pub(super) fn new(rows: usize, sources: &impl Sources<T>) -> Rows<T> {
        let buckets = Buckets::new(rows);
        let parts = batches(sources).map(|batch| {
            let given = given(batch, sources);
            Part::new(&given, buckets, |&given| given)
        });
        Rows::of_parts(buckets, parts.collect())
    }

    /// The same, and beside it the rows of what `turn` makes of every item with its row. Sources are asked once for both.
    pub(super) fn and_turned<U: Copy + Default + Send + Sync>(
        rows: usize,
        sources: &impl Sources<T>,
        turn: impl Fn(&(u32, T)) -> (u32, U) + Sync,
    ) -> (Rows<T>, Rows<U>) {
        let buckets = Buckets::new(rows);
        let parts = batches(sources).map(|batch| {
            let given = given(batch, sources);
            let turned = Part::new(&given, buckets, &turn);
            (Part::new(&given, buckets, |&given| given), turned)
        });
        let (parts, turned): (Vec<Part<T>>, Vec<Part<U>>) = parts.unzip();
        let rows = Rows::of_parts(buckets, parts);
        (rows, Rows::of_parts(buckets, turned))
    }

    fn of_parts(all: Buckets, parts: Vec<Part<T>>) -> Rows<T> {
        let Buckets {
            rows,
            shift,
            count: buckets,
        } = all;
        let size =
            |bucket: usize| -> usize { parts.iter().map(|part| part.of(bucket).len()).sum() };
        let sizes: Vec<usize> = (0..buckets).map(size).collect();
        let mut items = vec![T::default(); sizes.iter().sum()];
        let mut starts = vec![0_u32; rows + 1];
        let mut tasks = Vec::with_capacity(buckets);
        let (mut rest_of_items, mut rest_of_starts) = (items.as_mut_slice(), starts.as_mut_slice());
        let mut first = 0;
        for (bucket, &size) in sizes.iter().enumerate() {
            let (items, after) = rest_of_items.split_at_mut(size);
            rest_of_items = after;
            let (starts, after) = rest_of_starts.split_at_mut(rest_of_starts.len().min(1 << shift));
            rest_of_starts = after;
            tasks.push((bucket, first, starts, items));
            first += size;
        }
        tasks
            .into_par_iter()
            .for_each(|(bucket, first, starts, items)| {
                let entries = || parts.iter().flat_map(|part| part.of(bucket));
                place(first, (bucket << shift) as u32, entries, starts, items);
            });
        Rows { starts, items }
    }

    /// The items of a row.
    pub(super) fn get(&self, row: u32) -> &[T] {
        &self.items[self.range(row)]
    }

    /// Where the items of a row stand among all.
    pub(super) fn range(&self, row: u32) -> std::ops::Range<usize> {
        let row = row as usize;
        self.starts[row] as usize..self.starts[row + 1] as usize
    }

    /// The items of all rows.
    pub(super) fn all(&self) -> &[T] {
        &self.items
    }

    /// How many rows there are.
    pub(super) fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// The rows in runs that have about so many items each.
    pub(super) fn runs(&self, items: usize) -> Vec<std::ops::Range<u32>> {
        let mut runs = Vec::new();
        let mut row = 0;
        while row < self.len() {
            let wanted = self.starts[row] as usize + items;
            let rest = &self.starts[row + 1..];
            let end = row + 1 + rest.partition_point(|&start| start as usize <= wanted);
            let end = end.min(self.len()).min(row + items);
            runs.push(row as u32..end as u32);
            row = end;
        }
        runs
    }
}

/// Into which buckets so many rows go.
#[derive(Clone, Copy)]
struct Buckets {
    rows: usize,
    shift: u32,
    count: usize,
}

impl Buckets {
    fn new(rows: usize) -> Buckets {
        let shift = (usize::BITS - rows.leading_zeros()).saturating_sub(BUCKETS.ilog2());
        let count = (rows >> shift) + 1;
        Buckets { rows, shift, count }
    }
}

/// The batches in which sources are asked.
fn batches<T, S: Sources<T>>(
    sources: &S,
) -> impl IndexedParallelIterator<Item = std::ops::Range<usize>> + use<T, S> {
    let (count, size) = (sources.count(), sources.batch());
    let batches = (0..count.div_ceil(size)).into_par_iter();
    batches.map(move |batch| batch * size..count.min((batch + 1) * size))
}

/// What a batch of sources gives. Each is asked once: what it gives is still in the processor's cache when it finds its
/// place.
fn given<T>(batch: std::ops::Range<usize>, sources: &impl Sources<T>) -> Vec<(u32, T)> {
    let mut given = Vec::with_capacity(batch.len());
    for source in batch {
        sources.each(source, |row, item| given.push((row, item)));
    }
    given
}

impl<T: Copy + Default> Part<T> {
    fn new<G>(given: &[G], buckets: Buckets, entry: impl Fn(&G) -> (u32, T)) -> Part<T> {
        let Buckets { shift, count, .. } = buckets;
        let mut starts = vec![0; count + 1];
        for given in given {
            starts[(entry(given).0 >> shift) as usize + 1] += 1;
        }
        for bucket in 0..count {
            starts[bucket + 1] += starts[bucket];
        }
        let mut next = starts.clone();
        let mut items = vec![(0, T::default()); given.len()];
        for given in given {
            let (row, item) = entry(given);
            let slot = &mut next[(row >> shift) as usize];
            items[*slot] = (row, item);
            *slot += 1;
        }
        Part { starts, items }
    }

    fn of(&self, bucket: usize) -> &[(u32, T)] {
        &self.items[self.starts[bucket]..self.starts[bucket + 1]]
    }
}

/// Puts the entries of a bucket into their rows; `starts` and `items` are the bucket's own, `first` is where its items
/// start among all.
fn place<'p, T: Copy + 'p, E: Iterator<Item = &'p (u32, T)>>(
    first: usize,
    first_row: u32,
    entries: impl Fn() -> E,
    starts: &mut [u32],
    items: &mut [T],
) {
    for (row, _) in entries() {
        starts[(row - first_row) as usize] += 1;
    }
    let mut at = first as u32;
    for start in starts.iter_mut() {
        at += std::mem::replace(start, at);
    }
    let mut next: Vec<u32> = starts.to_vec();
    for &(row, item) in entries() {
        let slot = &mut next[(row - first_row) as usize];
        items[*slot as usize - first] = item;
        *slot += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Pairs(Vec<(u32, u32)>);

    impl Sources<u32> for Pairs {
        fn count(&self) -> usize {
            self.0.len()
        }

        fn each(&self, source: usize, mut visit: impl FnMut(u32, u32)) {
            let (row, item) = self.0[source];
            visit(row, item);
        }
    }

    #[test]
    fn rows_keep_the_order_of_their_sources() {
        for rows in [1, 2, 255, 256, 257, 5000] {
            let count = BATCH as u32 + 7;
            let row = |item: u32| item.wrapping_mul(2_654_435_761) % rows;
            let grouped = Rows::new(
                rows as usize,
                &Pairs((0..count).map(|item| (row(item), item)).collect()),
            );
            assert_eq!(grouped.len(), rows as usize);
            assert_eq!(grouped.all().len(), count as usize);
            for at in 0..rows {
                assert!(grouped.get(at).is_sorted());
                assert!(grouped.get(at).iter().all(|&item| row(item) == at));
            }
            let runs = grouped.runs(100);
            assert!(runs.iter().cloned().flatten().eq(0..rows));
        }
        assert_eq!(Rows::<u32>::new(0, &Pairs(Vec::new())).len(), 0);
    }
}
