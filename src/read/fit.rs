//! Which encoding the bytes of one line speak for.

/// What the bytes of a line can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fit {
    /// ASCII, which says nothing.
    Ascii,
    /// Certainly UTF-8, perhaps damaged.
    Utf8,
    /// UTF-8, or something else that passes for it.
    PerhapsUtf8,
    /// UTF-8 and GB 18030, and nothing tells which.
    Either,
    /// Certainly GB 18030.
    Gb18030,
    /// Certainly Windows-1252.
    Windows1252,
    /// Nothing in particular.
    Unclear,
}

/// What a line can be.
pub(super) fn fit(line: &[u8]) -> Fit {
    if line.is_ascii() {
        return Fit::Ascii;
    }
    let shape = Utf8Shape::of(line);
    match () {
        () if shape.bad == 0 && is_clearly_utf8(line, &shape) => Fit::Utf8,
        () if shape.bad == 0 && looks_like_gb2312(line) => Fit::Either,
        () if shape.bad == 0 => Fit::PerhapsUtf8,
        () if shape.is_mostly_utf8() => Fit::Utf8,
        // A character that was cut off stands alone; of two that touch, neither is UTF-8.
        () if shape.clashes > shape.long && looks_like_gb2312(line) => Fit::Gb18030,
        () if is_western(line) => Fit::Windows1252,
        () => Fit::Unclear,
    }
}

/// What is in bytes that may be UTF-8.
#[derive(Debug, Default)]
struct Utf8Shape {
    /// Characters beyond ASCII.
    good: usize,
    /// Those of three bytes and more.
    long: usize,
    /// Stretches that are no UTF-8, and those of them that touch the one before.
    bad: usize,
    clashes: usize,
}

impl Utf8Shape {
    fn of(bytes: &[u8]) -> Utf8Shape {
        let mut shape = Utf8Shape::default();
        for chunk in bytes.utf8_chunks() {
            // Each character has one first byte.
            let first = |from: u8| chunk.valid().bytes().filter(|byte| *byte >= from).count();
            shape.good += first(0xC0);
            shape.long += first(0xE0);
            if !chunk.invalid().is_empty() {
                shape.clashes += usize::from(shape.bad > 0 && chunk.valid().is_empty());
                shape.bad += 1;
            }
        }
        shape
    }

    /// Other encodings have pairs of bytes that pass for UTF-8, but hardly ever three in a row.
    fn is_mostly_utf8(&self) -> bool {
        self.good > 8 * self.bad || self.long > self.bad
    }
}

/// Whether the bytes past ASCII are UTF-8 but for a few: an export with a broken cell, not another encoding.
pub(super) fn mostly_utf8(bytes: &[u8]) -> bool {
    Utf8Shape::of(bytes).is_mostly_utf8()
}

/// Whether UTF-8 has characters that other encodings do not give by chance: most are of three bytes, or Latin letters in words.
fn is_clearly_utf8(line: &[u8], shape: &Utf8Shape) -> bool {
    let is_letter = |at: Option<usize>| {
        at.and_then(|at| line.get(at))
            .is_some_and(u8::is_ascii_alphabetic)
    };
    // ß to ſ, between letters of ASCII.
    let in_words = (0..line.len()).filter(|&at| {
        matches!(line[at], 0xC3..=0xC5) && is_letter(at.checked_sub(1)) && is_letter(Some(at + 2))
    });
    2 * (shape.long + in_words.count()) > shape.good
}

/// Whether the bytes past ASCII are mostly pairs of GB 2312, the everyday part of GB 18030; in Latin text they stand alone.
pub(super) fn mostly_gb2312(bytes: &[u8]) -> bool {
    let (mut pairs, mut others) = (0_usize, 0_usize);
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at..] {
            [0..=0x7F, ..] => at += 1,
            [0xA1..=0xA9 | 0xB0..=0xF7, 0xA1..=0xFE, ..] => {
                pairs += 1;
                at += 2;
            }
            _ => {
                others += 1;
                at += 1;
            }
        }
    }
    pairs > 4 * others
}

/// Whether a line is mostly pairs of GB 2312, of which not all stand alone in Latin words: `créée` has one.
fn looks_like_gb2312(line: &[u8]) -> bool {
    let is_in_word = |run: &Run| {
        let touches = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_lowercase());
        run.bytes.len() == 2 && (touches(run.before) || touches(run.after))
    };
    mostly_gb2312(line) && !runs(line).all(|run| is_in_word(&run))
}

/// Bytes past ASCII that stand together, and what stands around them.
struct Run<'l> {
    before: Option<u8>,
    bytes: &'l [u8],
    after: Option<u8>,
    /// Whether a word starts just before them.
    is_second: bool,
    /// The byte behind the next.
    then: Option<u8>,
}

fn runs(line: &[u8]) -> impl Iterator<Item = Run<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + line[at..].iter().position(|byte| !byte.is_ascii())?;
        let rest = &line[start..];
        let length = rest.iter().position(u8::is_ascii).unwrap_or(rest.len());
        at = start + length;
        let back = |by: usize| start.checked_sub(by).map(|at| line[at]);
        let is_letter = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_alphabetic());
        Some(Run {
            before: back(1),
            bytes: &rest[..length],
            after: line.get(at).copied(),
            is_second: !is_letter(back(2)),
            then: line.get(at + 1).copied(),
        })
    })
}

/// Whether all bytes past ASCII are accented letters as they stand in words, and some are inside of one.
fn is_western(line: &[u8]) -> bool {
    let is_upper =
        |byte: u8| byte.is_ascii_uppercase() || matches!(byte, 0xC0..=0xD6 | 0xD8..=0xDE);
    let is_lower =
        |byte: u8| byte.is_ascii_lowercase() || matches!(byte, 0xDF..=0xF6 | 0xF8..=0xFF);
    let is_letter = |byte: u8| is_upper(byte) || is_lower(byte);
    let fits = |run: &Run| {
        let is_ascii_letter =
            |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_alphabetic());
        let is_small = run.bytes.iter().all(|byte| is_lower(*byte));
        let is_capital = run.bytes.iter().all(|byte| is_upper(*byte));
        // No small letter stands before a capital, nor a capital behind a small letter.
        let fits_before = is_small || !run.before.is_some_and(is_lower);
        let fits_after = is_capital || !run.after.is_some_and(is_upper);
        run.bytes.len() <= 2
            && (is_small || is_capital)
            && (is_ascii_letter(run.before) || is_ascii_letter(run.after))
            && fits_before
            && fits_after
    };
    let is_inside = |run: &Run| {
        let starts = |byte: u8| {
            is_lower(byte) || (is_upper(byte) && (run.is_second || is_upper(run.bytes[0])))
        };
        run.before.is_some_and(starts)
            && run.after.is_some_and(is_letter)
            && run.then.is_some_and(is_letter)
    };
    runs(line).all(|run| fits(&run)) && runs(line).any(|run| is_inside(&run))
}
