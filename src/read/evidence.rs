//! Reading a table of evidence, once parties and relationships are known.

use super::TableReport;
use super::blocks::Part;
use super::cells::Reads;
use super::fields::{Field, Headings};
use super::records::{Record, Records};
use super::table::Table;
use crate::diagnostic::{Code, Diagnostics, Fault};
use crate::policy::Policy;
use crate::register::{
    Dated, Evidence, EvidenceScope, EvidenceStatus, Place, Register, Shows, Value,
};

pub(super) const SHOWS: [Shows; 2] = [Shows::Clause, Shows::Duty];
pub(super) const STATUSES: [EvidenceStatus; 4] = [
    EvidenceStatus::Accepted,
    EvidenceStatus::Draft,
    EvidenceStatus::Rejected,
    EvidenceStatus::Waived,
];

/// The columns of one table.
struct Columns {
    party: Field,
    obligation: Field,
    relationship: Field,
    shows: Field,
    document: Field,
    issued: Field,
    expires: Field,
    status: Field,
    owner: Field,
    reason: Field,
}

impl Columns {
    fn find(headings: &mut Headings, diagnostics: &mut Diagnostics) -> Option<Columns> {
        let party = headings.required("party", diagnostics);
        let obligation = headings.required("obligation", diagnostics);
        let columns = Columns {
            party: party?,
            obligation: obligation?,
            relationship: headings.field("relationship"),
            shows: headings.field("shows"),
            document: headings.field("document"),
            issued: headings.field("issued"),
            expires: headings.field("expires"),
            status: headings.field("status"),
            owner: headings.field("owner"),
            reason: headings.field("reason"),
        };
        headings.finish(diagnostics);
        Some(columns)
    }
}

/// The rows of one block.
#[derive(Default)]
struct Block {
    /// Rows that are not blank.
    rows: usize,
    evidence: Vec<Evidence>,
    told: Diagnostics,
}

/// Reads the rows of a table into the register.
pub(super) fn read(
    table: &Table,
    position: u16,
    policy: &Policy,
    register: &mut Register,
    diagnostics: &mut Diagnostics,
) -> Option<TableReport> {
    let (all, mut headings) = table.rows(diagnostics)?;
    let columns = Columns::find(&mut headings, diagnostics)?;
    let parse = |register: &Register, records: &mut Records| {
        let mut block = Block::default();
        while let Some(record) = records.next() {
            if record.is_blank() {
                continue;
            }
            block.rows += 1;
            table.inspect(&record, &headings, &mut block.told);
            let mut row = Row {
                table,
                record: &record,
                policy,
                register,
                diagnostics: &mut block.told,
            };
            block.evidence.extend(row.read(&columns, position));
        }
        block
    };
    let (mut rows, mut set_aside) = (0, 0);
    let (mut documents, register_read) = (Vec::new(), &*register);
    let take = |parts: Vec<Part<Block>>| {
        for Part {
            rows_before,
            content: mut block,
        } in parts
        {
            rows += block.rows;
            set_aside += block.rows - block.evidence.len();
            block
                .evidence
                .iter_mut()
                .for_each(|evidence| evidence.place.row += rows_before);
            documents.append(&mut block.evidence);
            diagnostics.absorb(block.told, rows_before, |_| true);
        }
    };
    let read = all.read_all(|records| parse(register_read, records), take);
    register.evidence.append(&mut documents);
    table.readable(read, diagnostics);
    Some(table.report(rows, set_aside, &headings))
}

/// One row being read.
struct Row<'r> {
    table: &'r Table<'r>,
    record: &'r Record<'r>,
    policy: &'r Policy,
    register: &'r Register,
    diagnostics: &'r mut Diagnostics,
}

impl Row<'_> {
    /// The document; none where it is nobody's or of nothing that is known.
    fn read(&mut self, columns: &Columns, position: u16) -> Option<Evidence> {
        let (party, obligation) = (
            columns.party.name(self.record),
            columns.obligation.name(self.record),
        );
        for (field, text) in [(&columns.party, &party), (&columns.obligation, &obligation)] {
            if text.is_empty() {
                self.tell(Code::EvidenceIncomplete, field, "", []);
            }
        }
        if party.is_empty() || obligation.is_empty() {
            return None;
        }
        let found_party = self.register.parties.find(&party);
        if found_party.is_none() {
            self.tell(Code::EvidenceParty, &columns.party, &party, []);
        }
        let ids = || {
            self.policy
                .obligations
                .iter()
                .map(|obligation| obligation.id.as_str())
        };
        let found_obligation = ids().position(|id| id == obligation);
        if found_obligation.is_none() {
            let ids: Vec<_> = ids().collect();
            self.tell(
                Code::UnknownObligation,
                &columns.obligation,
                &obligation,
                ids,
            );
        }
        let relationship = self.relationship(&columns.relationship);
        Some(Evidence {
            party: found_party?,
            obligation: u16::try_from(found_obligation?).ok()?,
            relationship,
            shows: self.shows(&columns.shows),
            document: columns.document.text(self.record).into_owned(),
            issued: self.date(&columns.issued, false),
            expires: self.date(&columns.expires, true),
            status: self.status(&columns.status, &columns.document),
            owner: columns.owner.text(self.record).into_owned(),
            reason: columns.reason.text(self.record).into_owned(),
            place: Place {
                table: position,
                row: self.record.row,
            },
        })
    }

    fn tell<'v>(
        &mut self,
        code: Code,
        field: &Field,
        text: &str,
        valid: impl IntoIterator<Item = &'v str>,
    ) {
        let fault = Fault::new(code, self.table.file)
            .column(&field.heading)
            .text(text)
            .valid(valid);
        self.diagnostics.add(fault, self.record.row);
    }

    fn relationship(&mut self, field: &Field) -> EvidenceScope {
        let id = field.name(self.record);
        if id.is_empty() {
            return EvidenceScope::All;
        }
        match self.register.relationships.find(&id) {
            Some(relationship) => EvidenceScope::One(relationship),
            None => {
                self.tell(Code::UnknownRelationship, field, &id, []);
                EvidenceScope::Unknown
            }
        }
    }

    fn shows(&mut self, field: &Field) -> Option<Shows> {
        match self.word(field, &SHOWS.map(Shows::as_str)) {
            Value::Blank => Some(Shows::Duty),
            value => value.only_item().map(|item| SHOWS[usize::from(item)]),
        }
    }

    fn status(&mut self, field: &Field, document: &Field) -> Option<EvidenceStatus> {
        let words = STATUSES.map(EvidenceStatus::as_str);
        let value = self.word(field, &words);
        if value == Value::Blank {
            let document = document.text(self.record).into_owned();
            self.tell(Code::EvidenceWithoutStatus, field, &document, words);
        }
        value.only_item().map(|item| STATUSES[usize::from(item)])
    }

    fn date(&mut self, field: &Field, is_end: bool) -> Dated {
        let reads = Reads::Date {
            format: self.table.spec.date_format.clone(),
            is_end,
        };
        match self.value(&reads, &field.name(self.record), field) {
            Value::Blank => Dated::Blank,
            Value::Date(date) => Dated::On(date),
            _ => Dated::Unreadable,
        }
    }

    fn word(&mut self, field: &Field, words: &[&str]) -> Value {
        self.value(&Reads::one_of(words), &field.text(self.record), field)
    }

    fn value(&mut self, reads: &Reads, cell: &str, field: &Field) -> Value {
        let mut faults = Vec::new();
        let value = reads.read(cell, &mut faults);
        for fault in &faults {
            self.diagnostics.add(
                reads.fault(fault, self.table.file, &field.heading),
                self.record.row,
            );
        }
        value
    }
}
