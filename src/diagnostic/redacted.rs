//! Diagnostics without what the register's files say: the code, the place and the pack's own words are left.

use super::{Code, Diagnostics, Fault, FileId};

/// What is put for the words of a register's files.
pub struct Hiding<'h> {
    /// For a text.
    pub text: &'h str,
    /// For the name of a file.
    pub file: &'h dyn Fn(FileId, &str) -> String,
    /// What a heading of a file means in the canonical form; none where it means nothing there.
    pub column: &'h dyn Fn(FileId, &str) -> Option<String>,
}

/// Whether `text`, `other` and `valid` of such faults are counts, places or words of the program and the pack. Whatever
/// is not named here may be from a cell.
fn tells_nothing(code: Code) -> [bool; 3] {
    match code {
        Code::RaggedRow | Code::CellTooLong | Code::DuplicateHeading => [true, true, false],
        Code::UndecodableBytes
        | Code::MixedEncodings
        | Code::UnsureEncoding
        | Code::BadChecksum
        | Code::DuplicateId
        | Code::RepeatedRow => [false, true, false],
        Code::UnknownValue | Code::EvidenceWithoutStatus => [false, false, true],
        _ => [false; 3],
    }
}

impl Diagnostics {
    /// The same diagnostics in the same rows, without words of the register's files.
    pub fn redacted(self, hiding: &Hiding) -> Diagnostics {
        let mut redacted = Diagnostics::default();
        for (at, name) in self.files.iter().enumerate() {
            let file = FileId(u16::try_from(at).unwrap_or(u16::MAX));
            redacted.file((hiding.file)(file, name));
        }
        let heading = |file, heading: &String| (hiding.column)(file, heading).unwrap_or_default();
        let columns = self.columns.iter().map(|(&file, headings)| {
            let headings = headings.iter().map(|text| heading(file, text));
            (file, headings.collect())
        });
        redacted.columns = columns.collect();
        let faults: Vec<Fault> = self
            .faults
            .iter()
            .map(|fault| hide(fault, hiding))
            .collect();
        for (fault, row) in self.places {
            redacted.add(faults[fault as usize].clone(), row);
        }
        redacted
    }
}

fn hide(fault: &Fault, hiding: &Hiding) -> Fault {
    let word = |text: &str, stays: bool| match stays || text.is_empty() {
        true => text.to_owned(),
        false => hiding.text.to_owned(),
    };
    let [text, other, valid] = tells_nothing(fault.code);
    let column = (!fault.column.is_empty()).then(|| (hiding.column)(fault.file, &fault.column));
    let column = column.map(|column| column.unwrap_or_else(|| hiding.text.to_owned()));
    Fault {
        code: fault.code,
        file: fault.file,
        column: column.unwrap_or_default(),
        text: word(&fault.text, text),
        other: word(&fault.other, other),
        valid: fault.valid.iter().filter(|_| valid).cloned().collect(),
        likeness: fault.likeness,
        redacted: true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Lang;

    #[test]
    fn no_code_tells_what_a_cell_says() {
        let mut diagnostics = Diagnostics::default();
        let file = diagnostics.file("Vendors of Harbourlight.csv");
        for &code in Code::ALL {
            // What stays is a count, a place or a word of the pack.
            let [text, other, valid] = tells_nothing(code).map(|stays| match stays {
                true => "staying",
                false => "Harbourlight",
            });
            let fault = Fault::new(code, file).column("Harbourlight heading");
            diagnostics.add(fault.text(text).other(other).valid([valid]), 7);
        }
        let redacted = diagnostics.clone().redacted(&Hiding {
            text: "(redacted)",
            file: &|_, _| "table-1".to_owned(),
            column: &|_, _| None,
        });
        assert_eq!(redacted.len(), diagnostics.len());
        for (before, after) in diagnostics.iter().zip(redacted.iter()) {
            assert_eq!((after.row, after.file), (7, "table-1"));
            assert_eq!(after.fault.code, before.fault.code);
            let told = format!("{:?}", after.fault);
            assert!(!told.contains("Harbourlight"), "{told}");
            for lang in [Lang::En, Lang::Zh] {
                let said = after.fault.message(lang) + &after.fault.help(lang);
                assert!(!said.contains("Harbourlight"), "{said}");
            }
        }
    }
}
