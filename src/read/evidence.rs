//! Reading a table of evidence, once parties and relationships are known.

use std::collections::HashMap;

use super::TableReport;
use super::blocks::Part;
use super::cells::Reads;
use super::fields::{Field, Headings};
use super::names::Names;
use super::ranks::{self, Chains};
use super::records::{Record, Records};
use super::table::Table;
use crate::diagnostic::{Code, Diagnostics, Fault};
use crate::policy::Policy;
use crate::register::{
    Dated, Evidence, EvidenceScope, EvidenceStatus, PartyId, Place, Register, RelationshipId,
    Shows, Value,
};

pub(super) const SHOWS: [Shows; 2] = [Shows::Clause, Shows::Duty];
pub(super) const STATUSES: [EvidenceStatus; 5] = [
    EvidenceStatus::Accepted,
    EvidenceStatus::SelfDeclared,
    EvidenceStatus::Draft,
    EvidenceStatus::Rejected,
    EvidenceStatus::Waived,
];

/// The columns of one table.
struct Columns {
    party: Field,
    obligation: Field,
    relationship: Field,
    /// The contract that stands for its relationships, and the service of it, where the mapping names them.
    contract: Option<Field>,
    service: Option<Field>,
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
            contract: headings.mapped_field("contract"),
            service: headings.mapped_field("service"),
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
    set_aside: usize,
    evidence: Vec<Evidence>,
    told: Diagnostics,
}

/// What documents are read by.
#[derive(Clone, Copy)]
pub(super) struct Known<'k> {
    pub(super) policy: &'k Policy,
    /// The ids of parties, where cells are names.
    pub(super) names: Option<&'k Names>,
    pub(super) chains: &'k Chains,
}

/// Reads the rows of a table into the register.
pub(super) fn read(
    table: &Table,
    position: u16,
    known: Known,
    register: &mut Register,
    diagnostics: &mut Diagnostics,
) -> Option<TableReport> {
    let (all, mut headings) = table.rows(diagnostics)?;
    let columns = Columns::find(&mut headings, diagnostics)?;
    let contracts = match (&columns.contract, &columns.service) {
        (Some(_), None) => by_contract(register),
        _ => HashMap::new(),
    };
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
                known,
                register,
                contracts: &contracts,
                diagnostics: &mut block.told,
            };
            let documents = row.read(&columns, position);
            block.set_aside += usize::from(documents.is_empty());
            block.evidence.extend(documents);
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
            set_aside += block.set_aside;
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

/// The deliveries under each contract, by supplier.
fn by_contract(register: &Register) -> HashMap<(&str, PartyId), Vec<RelationshipId>> {
    let relationships = &register.relationships;
    let mut found: HashMap<_, Vec<_>> = HashMap::new();
    for relationship in relationships.iter() {
        if let Some(contract) = relationships.contract(relationship) {
            let key = (contract, relationships.supplier(relationship));
            found.entry(key).or_default().push(relationship);
        }
    }
    found
}

/// One row being read.
struct Row<'r> {
    table: &'r Table<'r>,
    record: &'r Record<'r>,
    known: Known<'r>,
    register: &'r Register,
    /// The deliveries under a contract, by supplier.
    contracts: &'r HashMap<(&'r str, PartyId), Vec<RelationshipId>>,
    diagnostics: &'r mut Diagnostics,
}

impl Row<'_> {
    /// The document, for each relationship that it is for; none where it is nobody's or of nothing that is known.
    fn read(&mut self, columns: &Columns, position: u16) -> Vec<Evidence> {
        let Some(document) = self.document(columns, position) else {
            return Vec::new();
        };
        let scopes = match &columns.contract {
            Some(contract) if document.relationship == EvidenceScope::All => {
                self.of_contract(contract, columns.service.as_ref(), document.party)
            }
            _ => vec![document.relationship],
        };
        let of = |relationship| Evidence {
            relationship,
            ..document.clone()
        };
        scopes.into_iter().map(of).collect()
    }

    /// The relationships of a contract into a party.
    fn of_contract(
        &mut self,
        field: &Field,
        service: Option<&Field>,
        party: PartyId,
    ) -> Vec<EvidenceScope> {
        let contract = field.name(self.record);
        if contract.is_empty() {
            return vec![EvidenceScope::All];
        }
        let found = match service {
            Some(service) => {
                let service = service.text(self.record);
                self.known
                    .chains
                    .find(&ranks::chain(&contract, Some(&service)), party)
            }
            None => {
                let found = self.contracts.get(&(&*contract, party));
                found.cloned().unwrap_or_default()
            }
        };
        if found.is_empty() {
            self.tell(Code::UnknownRelationship, field, &contract, []);
            return vec![EvidenceScope::Unknown];
        }
        found.into_iter().map(EvidenceScope::One).collect()
    }

    fn document(&mut self, columns: &Columns, position: u16) -> Option<Evidence> {
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
        let parties = &self.register.parties;
        let by_name = || parties.find(self.known.names?.find(&party)?);
        let found_party = parties.find(&party).or_else(by_name);
        if found_party.is_none() {
            self.tell(Code::EvidenceParty, &columns.party, &party, []);
        }
        let ids = || {
            self.known
                .policy
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
