//! A table's records in blocks that threads read side by side.
//!
//! A block begins at a line's start near a multiple of its size, on the guess that a record starts there. Where the block
//! before it ends elsewhere, because a quoted cell goes over lines just there, the block is read again from that end: so
//! the records are those that one thread would find reading from the first byte to the last.

use std::io;
use std::sync::Mutex;

use rayon::prelude::*;

use super::records::{LONGEST_RECORD, Records};
use super::source::{BLOCK, NotPlain, Text, has_controls};

/// Blocks that each thread reads while the rows of those before are taken in.
const BLOCKS_PER_THREAD: usize = 4;

/// What was read of a block.
#[derive(Debug)]
pub(super) struct Part<P> {
    /// How many rows of the file come before it; its own are counted from there.
    pub(super) rows_before: u32,
    /// What its records were made into.
    pub(super) content: P,
}

/// The blocks of a table that are still to be read.
pub(super) struct Blocks<'t> {
    text: &'t Text,
    delimiter: u8,
    /// How many bytes a block has.
    size: usize,
    /// Where the next record starts, and how many rows come before it.
    at: usize,
    rows: u32,
    /// Buffers that are free.
    buffers: Mutex<Vec<Vec<u8>>>,
}

/// A block, read.
struct Block<P> {
    start: usize,
    end: usize,
    rows: u32,
    content: P,
}

/// Where the first record of a block starts.
#[derive(Clone, Copy)]
enum Start {
    /// Here.
    At(usize),
    /// With the first line that starts here or later.
    LineFrom(usize),
}

impl<'t> Blocks<'t> {
    /// The blocks of a text from a record's start on, which so many rows come before.
    pub(super) fn new(text: &'t Text, delimiter: u8, at: usize, rows: u32) -> Blocks<'t> {
        Blocks {
            text,
            delimiter,
            size: BLOCK,
            at,
            rows,
            buffers: Mutex::default(),
        }
    }

    /// Reads all rows in parallel, wave by wave: while `take` takes in the parts of one, the next is read. A file that
    /// is not what it was taken for is an error that holds [`NotPlain`].
    pub(super) fn read_all<P: Send>(
        mut self,
        parse: impl Fn(&mut Records) -> P + Sync,
        mut take: impl FnMut(Vec<Part<P>>) + Send,
    ) -> io::Result<()> {
        let mut read = self.next_wave(&parse)?;
        while let Some(parts) = read {
            let next = || self.next_wave(&parse);
            let (next, ()) = rayon::join(next, || take(parts));
            read = next?;
        }
        Ok(())
    }

    /// Reads a few blocks in parallel and gives their parts in order; none when all is read.
    ///
    /// `parse` is to read its records to the last; of records that turn out to start elsewhere its result is dropped.
    fn next_wave<P: Send>(
        &mut self,
        parse: impl Fn(&mut Records) -> P + Sync,
    ) -> io::Result<Option<Vec<Part<P>>>> {
        if self.at >= self.text.len() {
            return Ok(None);
        }
        let first = self.at / self.size;
        let last = self.text.len().div_ceil(self.size);
        let wave = first..last.min(first + BLOCKS_PER_THREAD * rayon::current_num_threads());
        let read = |number: usize| {
            let start = match number == first {
                true => Start::At(self.at),
                false => Start::LineFrom(number * self.size),
            };
            self.read(start, (number + 1) * self.size, &parse)
        };
        let blocks: Vec<_> = wave.clone().into_par_iter().map(read).collect();
        let mut parts = Vec::with_capacity(blocks.len());
        for (number, block) in wave.zip(blocks) {
            let limit = (number + 1) * self.size;
            let mut block = block?;
            if self.at >= limit {
                continue;
            }
            if block.start != self.at {
                block = self.read(Start::At(self.at), limit, &parse)?;
            }
            parts.push(Part {
                rows_before: self.rows,
                content: block.content,
            });
            self.at = block.end;
            self.rows += block.rows;
        }
        Ok(Some(parts))
    }

    /// Reads the records that start before `limit`.
    fn read<P>(
        &self,
        start: Start,
        limit: usize,
        parse: impl Fn(&mut Records) -> P,
    ) -> io::Result<Block<P>> {
        let mut buffer = self.free_buffer();
        let window = Window::read(self.text, start, limit, &mut buffer)?;
        let mut records =
            Records::new(window.text, self.delimiter).until(limit.saturating_sub(window.start));
        let content = parse(&mut records);
        let block = Block {
            start: window.start,
            end: window.start + records.position(),
            rows: records.rows(),
            content,
        };
        if let Ok(mut buffers) = self.buffers.lock() {
            buffers.push(buffer);
        }
        Ok(block)
    }

    fn free_buffer(&self) -> Vec<u8> {
        let free = self
            .buffers
            .lock()
            .ok()
            .and_then(|mut buffers| buffers.pop());
        free.unwrap_or_default()
    }
}

/// A part of a text from a line's start to a line's end.
pub(super) struct Window<'b> {
    start: usize,
    /// The part.
    pub(super) text: &'b str,
}

impl<'b> Window<'b> {
    /// The first part of a text.
    pub(super) fn first(text: &'b Text, buffer: &'b mut Vec<u8>) -> io::Result<Window<'b>> {
        Window::read(text, Start::At(0), BLOCK, buffer)
    }

    /// Reads what records that start before `limit` may need.
    fn read(
        text: &'b Text,
        start: Start,
        limit: usize,
        buffer: &'b mut Vec<u8>,
    ) -> io::Result<Window<'b>> {
        let from = match start {
            Start::At(at) => at,
            // A line starts here too if one ends just before.
            Start::LineFrom(at) => at - 1,
        };
        let limit = limit.min(text.len());
        let to = end_of_line(text, limit + LONGEST_RECORD, buffer)?;
        let bytes = text.bytes(from, to, buffer)?;
        if matches!(text, Text::File { .. }) && has_controls(bytes) {
            return Err(not_plain());
        }
        let skipped = match start {
            Start::At(_) => Some(0),
            Start::LineFrom(_) => after_line(&bytes[..limit - from]),
        };
        let Some(skipped) = skipped else {
            return Ok(Window {
                start: limit,
                text: "",
            });
        };
        let text = std::str::from_utf8(&bytes[skipped..]);
        Ok(Window {
            start: from + skipped,
            text: text.map_err(|_| not_plain())?,
        })
    }
}

fn not_plain() -> io::Error {
    io::Error::other(NotPlain)
}

/// The first end of a line at or after a position: where no character is cut.
fn end_of_line(text: &Text, from: usize, buffer: &mut Vec<u8>) -> io::Result<usize> {
    const STEP: usize = 1 << 12;
    let mut at = from;
    while at < text.len() {
        let bytes = text.bytes(at, text.len().min(at + STEP), buffer)?;
        if let Some(length) = after_line(bytes) {
            return Ok(at + length);
        }
        at += STEP;
    }
    Ok(text.len())
}

/// The length of the first line with its end, if it ends.
fn after_line(bytes: &[u8]) -> Option<usize> {
    let at = memchr::memchr2(b'\r', b'\n', bytes)?;
    Some(match bytes[at..] {
        [b'\r', b'\n', ..] => at + 2,
        _ => at + 1,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Row, whether a quote does not close, and cells.
    type Row = (u32, bool, Vec<String>);

    fn rows(records: &mut Records) -> Vec<Row> {
        let mut rows = Vec::new();
        while let Some(record) = records.next() {
            let cells = record.iter().map(str::to_owned).collect();
            rows.push((record.row, record.unclosed, cells));
        }
        rows
    }

    fn in_blocks(text: &Text, size: usize) -> Vec<Row> {
        let mut blocks = Blocks {
            size,
            ..Blocks::new(text, b',', 0, 0)
        };
        let mut all = Vec::new();
        while let Some(parts) = blocks.next_wave(rows).unwrap() {
            for part in parts {
                let from = part.rows_before;
                all.extend(
                    part.content
                        .into_iter()
                        .map(|(row, unclosed, cells)| (row + from, unclosed, cells)),
                );
            }
        }
        all
    }

    proptest! {
        #[test]
        fn blocks_of_every_size_give_the_same_records(
            pieces in prop::collection::vec(prop::sample::select(vec!["a", "银", ",", "\n", "\r", "\r\n", "\"", "\"\"", "\",\"", "b,c\n"]), 0..40),
            size in 1_usize..40,
        ) {
            let text = pieces.concat();
            let expected = rows(&mut Records::new(&text, b','));
            let text = Text::Memory(text.into());
            prop_assert_eq!(in_blocks(&text, size), expected);
        }
    }

    #[test]
    fn a_file_is_read_in_blocks_as_memory_is() {
        let line = |row: usize| format!("{row},\"云{row}\n{row}\",x\n");
        let text: String = (0..2000).map(line).collect();
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), format!("\u{FEFF}{text}")).unwrap();
        let in_file = Text::File {
            path: file.path().to_owned(),
            before: 3,
            length: text.len(),
        };
        let expected = rows(&mut Records::new(&text, b','));
        assert_eq!(expected.len(), 2000);
        assert_eq!(in_blocks(&in_file, 100), expected);
    }
}
