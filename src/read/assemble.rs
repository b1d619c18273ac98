//! A register from its tables: parties, then the relationships that name them, then owners and evidence.

use super::names::{self, Names};
use super::ranks::Chains;
use super::relationships::Target;
use super::side_facts::{self, SideFacts};
use super::table::Table;
use super::{Assumed, Assumption, Holds, Mapping, Reading, TableReport};
use super::{evidence, ownership, parties, relationships};
use crate::diagnostic::{Code, Diagnostics, Fault, FileId};
use crate::lang::Text;
use crate::policy::Policy;
use crate::register::{Builder, Register};

/// The assumptions with the cells that each filled, and the codes of these.
type Applied = (Vec<(Assumption, usize)>, Vec<Assumed>);

/// The tables that were opened, each with its position.
#[derive(Clone, Copy)]
struct Tables<'t> {
    all: &'t [Option<Table<'t>>],
}

impl<'t> Tables<'t> {
    fn of(self, holds: Holds) -> impl Iterator<Item = (u16, &'t Table<'t>)> {
        let positions = (0_u16..).zip(self.all);
        let opened = positions.filter_map(|(position, table)| Some((position, table.as_ref()?)));
        opened.filter(move |(_, table)| table.spec.holds == holds)
    }

    /// Whether parties go by their names, because no table gives them ids.
    fn is_by_name(self) -> bool {
        self.of(Holds::Parties)
            .all(|(_, table)| !table.has_column("id"))
    }

    /// The names of all, where relationships stand in several.
    fn names(self) -> Vec<String> {
        if self.of(Holds::Relationships).count() < 2 {
            return Vec::new();
        }
        let name = |table: &Option<Table>| table.as_ref().map(|table| table.spec.name.clone());
        self.all
            .iter()
            .map(|table| name(table).unwrap_or_default())
            .collect()
    }
}

/// What is read into.
struct Assembly<'t> {
    policy: &'t Policy,
    builder: Builder,
    names: Names,
    is_by_name: bool,
    chains: Chains,
    reports: Vec<TableReport>,
    /// Told the name of each table before it is read.
    next: &'t dyn Fn(&str),
    diagnostics: &'t mut Diagnostics,
}

/// Reads every table that could be opened, in order, and says when each is next; the diagnostics are left where they are.
pub(super) fn assemble(
    tables: &[Option<Table>],
    mapping: &Mapping,
    policy: &Policy,
    next: &dyn Fn(&str),
    diagnostics: &mut Diagnostics,
) -> Result<Reading, Text> {
    let tables = Tables { all: tables };
    let mut assembly = Assembly {
        policy,
        builder: Builder::new(policy.facts.len()),
        names: Names::new(&mapping.same)?,
        is_by_name: tables.is_by_name(),
        chains: Chains::default(),
        reports: Vec::new(),
        next,
        diagnostics,
    };
    assembly.read_parties(tables);
    assembly.read_relationships(tables);
    assembly.read_owners(tables);
    let (assumptions, assumed) = assembly.assume(&mapping.assumptions)?;
    assembly.settle_names();
    let owners = tables.of(Holds::Ownership).next();
    let owners = owners.map_or(FileId(0), |(_, table)| table.file);
    let builder = std::mem::take(&mut assembly.builder);
    let mut register = finish(builder, owners, assembly.diagnostics);
    assembly.read_evidence(tables, &mut register);
    let read = tables.all.iter().flatten();
    for (report, table) in assembly.reports.iter().zip(read) {
        if report.rows == 0 && report.left_out == 0 {
            let fault = Fault::new(Code::EmptyTable, table.file);
            assembly.diagnostics.add(fault, 0);
        }
    }
    Ok(Reading {
        register,
        diagnostics: Diagnostics::default(),
        tables: assembly.reports,
        assumptions,
        assumed,
        answers: None,
        same: assembly.names.said(),
        format: None,
    })
}

impl Assembly<'_> {
    fn read_parties(&mut self, tables: Tables) {
        let mut listing = Vec::new();
        for (position, table) in tables.of(Holds::Parties) {
            (self.next)(&table.spec.name);
            let (builder, names) = (&mut self.builder, &mut self.names);
            let report = parties::read(
                table,
                position,
                self.policy,
                builder,
                names,
                self.diagnostics,
            );
            listing.extend(report.map(|report| (position, report)));
        }
        self.builder.index_parties();
        if !self.is_by_name {
            names::tell_shared(&self.builder, &listing, self.diagnostics);
        }
        let reports = listing.into_iter().map(|(_, report)| report);
        self.reports.extend(reports);
    }

    fn read_relationships(&mut self, tables: Tables) {
        self.builder.name_tables(tables.names());
        for (position, table) in tables.of(Holds::Relationships) {
            (self.next)(&table.spec.name);
            let mut side_facts = SideFacts::new();
            let mut target = Target {
                policy: self.policy,
                builder: &mut self.builder,
                names: self.is_by_name.then_some(&mut self.names),
                side_facts: &mut side_facts,
                chains: &mut self.chains,
                diagnostics: self.diagnostics,
            };
            let report = relationships::read(table, position, &mut target);
            side_facts::apply(table, &mut target);
            self.reports.extend(report);
        }
        let names = self.is_by_name.then_some(&self.names);
        let resolved = self
            .chains
            .resolve(&mut self.builder, names, self.diagnostics);
        for table in resolved {
            let report = self.reports.get_mut(usize::from(table.0));
            report.into_iter().for_each(|report| report.set_aside += 1);
        }
    }

    fn read_owners(&mut self, tables: Tables) {
        for (_, table) in tables.of(Holds::Ownership) {
            (self.next)(&table.spec.name);
            let names = self.is_by_name.then_some(&mut self.names);
            let report = ownership::read(table, &mut self.builder, names, self.diagnostics);
            self.reports.extend(report);
        }
        if self.is_by_name {
            self.builder.list_all_parties();
        }
    }

    /// Fills blank cells, and gives the assumptions with the cells that each filled, and what those have for codes.
    fn assume(&mut self, assumptions: &[Assumption]) -> Result<Applied, Text> {
        let (mut applied, mut assumed) = (Vec::new(), Vec::new());
        for (position, assumption) in assumptions.iter().enumerate() {
            let filled = assumption.apply(&mut self.builder, self.policy)?;
            if filled.cells == 0 {
                let fault = Fault::new(Code::IdleAssumption, FileId(0));
                self.diagnostics.add(fault.text(assumption.summary()), 0);
            }
            applied.push((assumption.clone(), filled.cells));
            let codes = filled.codes.into_iter();
            assumed.extend(codes.map(|(fact, code)| Assumed {
                position,
                fact,
                code,
            }));
        }
        Ok((applied, assumed))
    }

    /// Splits names in two scripts, and tells what was taken for one party and what perhaps should be.
    fn settle_names(&mut self) {
        names::split_scripts(&mut self.builder);
        if self.is_by_name {
            self.names.resolve(&mut self.builder);
        }
        self.names
            .tell(self.is_by_name, &self.builder, self.diagnostics);
    }

    fn read_evidence(&mut self, tables: Tables, register: &mut Register) {
        let names = self.is_by_name.then_some(&self.names);
        for (position, table) in tables.of(Holds::Evidence) {
            (self.next)(&table.spec.name);
            let known = evidence::Known {
                policy: self.policy,
                names,
                chains: &self.chains,
            };
            let report = evidence::read(table, position, known, register, self.diagnostics);
            self.reports.extend(report);
        }
        self.names.tell_idle(self.is_by_name, self.diagnostics);
    }
}

/// Resolves references, telling those that cannot be.
fn finish(builder: Builder, owners: FileId, diagnostics: &mut Diagnostics) -> Register {
    let (register, supports_faults, orphans) = builder.finish();
    for (party, owner) in orphans {
        let Some(place) = register.parties.place(party) else {
            continue;
        };
        let fault = Fault::new(Code::UnknownOwner, FileId(place.table))
            .column("owner")
            .text(owner);
        diagnostics.add(fault, place.row);
    }
    ownership::tell_loops(&register, owners, diagnostics);
    for fault in supports_faults {
        let Some(place) = register.relationships.place(fault.relationship) else {
            continue;
        };
        let code = if fault.known {
            Code::ForeignSupport
        } else {
            Code::UnknownSupport
        };
        let customer = register
            .parties
            .id(register.relationships.customer(fault.relationship));
        let told = Fault::new(code, FileId(place.table))
            .column("supports")
            .text(fault.name);
        diagnostics.add(told.other(customer), place.row);
    }
    register
}
