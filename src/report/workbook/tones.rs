//! Colours that rules lay over cells, so that they follow what is sorted, filtered or typed. The words stand in the
//! cells, so nothing is said by colour alone.

use rust_xlsxwriter::XlsxError;

use super::super::words::{proof_word, status_word};
use super::sheet::DataSheet;
use crate::diagnostic::Severity;
use crate::lang::{Lang, say};
use crate::view::palette::tone;
use crate::view::{Proof, Status};

/// The states of evidence of one tone.
const STEPS: [&[Proof]; 3] = [
    &[Proof::Missing],
    &[Proof::Expired, Proof::Partly],
    &[Proof::Met, Proof::Expiring, Proof::Undated, Proof::Waived],
];

/// Statuses in the pale tone of their hue, evidence by how weak it is, as in the heatmap.
pub(super) fn findings(
    sheet: &mut DataSheet,
    status_at: u16,
    proof_at: u16,
    lang: Lang,
) -> Result<(), XlsxError> {
    let (status_cell, proof_cell) = (DataSheet::address(status_at), DataSheet::address(proof_at));
    for status in Status::ALL {
        let word = status_word(status, lang);
        let is_such = format!("{status_cell}=\"{word}\"");
        sheet.tone(status_at, &format!("={is_such}"), tone(status, Proof::Met))?;
        for step in STEPS {
            let words = step.iter().map(|&proof| proof_word(proof, lang));
            let any: Vec<String> = words
                .map(|word| format!("{proof_cell}=\"{word}\""))
                .collect();
            let any = any.join(",");
            let formula = format!("=AND({is_such},OR({any}))");
            sheet.tone(proof_at, &formula, tone(status, step[0]))?;
        }
    }
    Ok(())
}

/// Faults by how much they matter, in the tones of evidence: what is worst is darkest.
pub(super) fn severities(sheet: &mut DataSheet, at: u16, lang: Lang) -> Result<(), XlsxError> {
    let cell = DataSheet::address(at);
    for (severity, proof) in [
        (Severity::Error, Proof::Missing),
        (Severity::Warning, Proof::Expired),
        (Severity::Note, Proof::Met),
    ] {
        let word = severity_word(severity, lang);
        let formula = format!("={cell}=\"{word}\"");
        sheet.tone(at, &formula, tone(Status::Applies, proof))?;
    }
    Ok(())
}

/// The word for how much a fault matters.
pub(super) fn severity_word(severity: Severity, lang: Lang) -> String {
    match severity {
        Severity::Error => say!(lang, "error", "错误"),
        Severity::Warning => say!(lang, "warning", "警告"),
        Severity::Note => say!(lang, "note", "提示"),
    }
}
