//! JSON for programs: `assessment.json`, whose schema is `docs/assessment.schema.json`, what differs, and SARIF; and the
//! reading of an assessment that was kept.

use std::io::{self, Write};

use crate::lang::{Text, both};
use crate::view::{DeltaView, Gate, Recorded, RecordedHead, View};

/// Writes the whole assessment; rows are made one by one, so that memory does not grow with them.
pub fn assessment(view: &View, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, &view.document())?;
    out.write_all(b"\n")
}

/// Writes `changes.json`: what differs between two assessments.
pub fn delta(view: &DeltaView, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, &view.document())?;
    out.write_all(b"\n")
}

/// Writes `ciiflow.sarif`: faults of the register and what each gate counts; `folder` stands before names of files.
///
/// # Errors
///
/// When `out` does not take it.
pub fn sarif(view: &View, gates: &[Gate], folder: &str, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, &view.sarif(gates, folder))?;
    out.write_all(b"\n")
}

/// Most bytes that a kept assessment may have.
pub const MOST_RECORDED: u64 = 1 << 30;

/// What a document says of itself; nothing where it is no JSON object.
pub fn head(bytes: &[u8]) -> RecordedHead<'_> {
    serde_json::from_slice(without_mark(bytes)).unwrap_or_default()
}

/// An assessment that was kept, as [`assessment`] writes it.
///
/// # Errors
///
/// A sentence about what is wrong with it.
pub fn recorded(bytes: &[u8]) -> Result<Recorded<'_>, Text> {
    let bytes = without_mark(bytes);
    let broken = |error: serde_json::Error| {
        both!(
            "it is not a whole assessment.json: {error}",
            "它不是完整的 assessment.json：{error}"
        )
    };
    let head: RecordedHead = serde_json::from_slice(bytes).map_err(broken)?;
    if let Some(refusal) = head.refusal() {
        return Err(refusal);
    }
    let recorded: Recorded = serde_json::from_slice(bytes).map_err(broken)?;
    match recorded.fault() {
        Some(fault) => Err(fault),
        None => Ok(recorded),
    }
}

fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)
}
