//! `assessment.json`: everything that was found, for programs. Its schema is `docs/assessment.schema.json`.

use std::io::{self, Write};

use crate::view::{DeltaView, View};

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
