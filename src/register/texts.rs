//! Many short texts in one allocation.

/// Texts whose ends are counted from a common start: so many that no run of cells outgrows 32 bits.
const RUN: usize = 1 << 14;

/// Texts by position, in one run of bytes.
#[derive(Debug, Clone, Default)]
pub struct Texts {
    bytes: String,
    /// Where each text ends, counted from the start of its run.
    ends: Vec<u32>,
    /// Where each run starts.
    runs: Vec<usize>,
}

impl Texts {
    /// Appends a text.
    pub fn push(&mut self, text: &str) {
        if self.ends.len().is_multiple_of(RUN) {
            self.runs.push(self.bytes.len());
        }
        self.bytes.push_str(text);
        self.end_text(self.bytes.len());
    }

    /// Appends all texts of another.
    pub fn append(&mut self, more: &Texts) {
        let mut end = self.bytes.len();
        self.bytes.push_str(&more.bytes);
        self.ends.reserve(more.len());
        for length in more.lengths() {
            if self.ends.len().is_multiple_of(RUN) {
                self.runs.push(end);
            }
            end += length;
            self.end_text(end);
        }
    }

    fn end_text(&mut self, end: usize) {
        let start = self.runs.last().copied().unwrap_or(0);
        self.ends.push((end - start) as u32);
    }

    fn lengths(&self) -> impl Iterator<Item = usize> + '_ {
        self.ends.chunks(RUN).flat_map(|run| {
            let starts = [0].into_iter().chain(run.iter().copied());
            run.iter()
                .zip(starts)
                .map(|(end, start)| (end - start) as usize)
        })
    }

    /// Takes back every text from a position on.
    pub fn truncate(&mut self, length: usize) {
        if length < self.len() {
            self.bytes.truncate(self.bounds(length).0);
            self.ends.truncate(length);
            self.runs.truncate(length.div_ceil(RUN));
        }
    }

    fn bounds(&self, position: usize) -> (usize, usize) {
        let start = self.runs[position / RUN];
        let before = match position % RUN {
            0 => 0,
            _ => self.ends[position - 1] as usize,
        };
        (start + before, start + self.ends[position] as usize)
    }

    /// The text at a position.
    pub fn get(&self, position: usize) -> &str {
        let (start, end) = self.bounds(position);
        &self.bytes[start..end]
    }

    /// Whether no text has a letter beyond ASCII.
    pub fn is_ascii(&self) -> bool {
        self.bytes.is_ascii()
    }

    /// Every text, in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|position| self.get(position))
    }

    /// The text appended last; blank if there is none.
    pub fn last(&self) -> &str {
        self.len().checked_sub(1).map_or("", |last| self.get(last))
    }

    /// How many texts there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_keep_their_bounds_over_runs() {
        let numbers = |range: std::ops::Range<usize>| {
            let mut texts = Texts::default();
            range.for_each(|number| texts.push(&number.to_string()));
            texts
        };
        let (first, all) = (RUN / 3, 3 * RUN + 1);
        let mut texts = numbers(0..first);
        texts.append(&numbers(first..all));
        assert!(texts.iter().eq(numbers(0..all).iter()));
        texts.truncate(2 * RUN);
        texts.append(&numbers(2 * RUN..all));
        assert!(texts.iter().eq(numbers(0..all).iter()));
    }
}
