//! A register with other cells: what it would be if something were known, bought, ended or added.

use super::{
    Evidence, Parties, PartyId, Register, RelationshipId, Scope, SupportList, Supports, Value,
};

/// A copy of a register whose cells are being changed; what is added comes last, so every id stays.
#[derive(Debug, Clone)]
pub struct Edit {
    register: Register,
}

/// What a relationship is to support.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NewScope {
    /// Nobody knows.
    Unknown,
    /// Every delivery of its customer.
    All,
    /// None.
    None,
    /// These.
    Named(SupportList),
}

impl Edit {
    /// A copy of a register, to be changed.
    pub fn new(register: &Register) -> Edit {
        Edit {
            register: register.clone(),
        }
    }

    /// A register that nobody else needs, to be changed.
    pub fn of(register: Register) -> Edit {
        Edit { register }
    }

    /// The register as it is so far.
    pub fn register(&self) -> &Register {
        &self.register
    }

    /// The changed register.
    pub fn finish(self) -> Register {
        self.register
    }

    /// Sets the fact of a party at a position of the policy.
    pub fn set_party_fact(&mut self, party: PartyId, fact: usize, value: Value) {
        self.set_party_facts(&[party], fact, value);
    }

    /// Sets the fact of several parties at a position of the policy.
    pub fn set_party_facts(&mut self, parties: &[PartyId], fact: usize, value: Value) {
        let column = &mut self.register.parties.facts[fact];
        let code = column.define(value);
        for party in parties {
            column.put(party.index(), code);
        }
    }

    /// Sets the fact of a relationship at a position of the policy.
    pub fn set_fact(&mut self, relationship: RelationshipId, fact: usize, value: Value) {
        let column = &mut self.register.relationships.facts[fact];
        let code = column.define(value);
        column.put(relationship.index(), code);
    }

    /// Sets the first and the last day of a relationship; none leaves a side open.
    pub fn set_days(&mut self, relationship: RelationshipId, days: [Option<jiff::civil::Date>; 2]) {
        let relationships = &mut self.register.relationships;
        let columns = [&mut relationships.starts, &mut relationships.ends];
        for (column, day) in columns.into_iter().zip(days) {
            let code = day.map_or(0, |day| column.define(Value::Date(day)));
            column.put(relationship.index(), code);
        }
    }

    /// Says what a relationship supports.
    pub fn set_supports(&mut self, relationship: RelationshipId, scope: NewScope) {
        let relationships = &mut self.register.relationships;
        let scope = match scope {
            NewScope::Unknown => Supports::Unknown,
            NewScope::All => Supports::All,
            NewScope::None => Supports::None,
            NewScope::Named(list) => {
                relationships.lists.push(list);
                Supports::List((relationships.lists.len() - 1) as u32)
            }
        };
        let supports = &mut relationships.supports;
        supports.put(relationship.index(), scope.code());
    }

    /// What a relationship supports so far.
    pub fn supports(&self, relationship: RelationshipId) -> NewScope {
        match self.register.relationships.supports(relationship) {
            Scope::Unknown => NewScope::Unknown,
            Scope::All => NewScope::All,
            Scope::None => NewScope::None,
            Scope::Named(list) => NewScope::Named(list.clone()),
        }
    }

    /// Adds a document.
    pub fn add_evidence(&mut self, evidence: Evidence) {
        self.register.evidence.push(evidence);
    }

    /// Says who supplies in a relationship.
    pub fn set_supplier(&mut self, relationship: RelationshipId, supplier: PartyId) {
        self.register.relationships.suppliers[relationship.index()] = supplier;
    }

    /// Says who owns a party.
    pub fn set_owner(&mut self, party: PartyId, owner: Option<PartyId>) {
        self.register.parties.owners[party.index()] = owner;
    }

    /// The party with this id, which is added if there is none; every fact of it is unknown then.
    pub fn party(&mut self, id: &str) -> PartyId {
        let parties: &mut Parties = &mut self.register.parties;
        parties.find(id).unwrap_or_else(|| {
            let party = PartyId(parties.len() as u32);
            parties.ids.push(id);
            parties.names.push("");
            parties.owners.push(None);
            party
        })
    }

    /// Adds a relationship of which nothing else is known.
    pub fn relationship(
        &mut self,
        id: &str,
        customer: PartyId,
        supplier: PartyId,
    ) -> RelationshipId {
        let relationships = &mut self.register.relationships;
        let relationship = RelationshipId(relationships.len() as u32);
        relationships.ids.push(id);
        relationships.customers.push(customer);
        relationships.suppliers.push(supplier);
        let at = relationship.index();
        relationships.supports.put(at, Supports::Unknown.code());
        relationship
    }
}
