//! What concerns the party in focus, with names that do not vary.

use serde::Serialize;

use super::super::{Asked, Carrying, ClauseRow, Reaching, View};
use super::OpenCells;

/// The party in focus: what reaches it, what it passes on, what it does not know.
#[derive(Serialize)]
pub(super) struct FocusObject<'v> {
    party: &'v str,
    name: &'v str,
    reaches: Vec<Reaches<'v>>,
    customer_contracts: Vec<Contract<'v>>,
    supplier_contracts: Vec<Contract<'v>>,
    beyond: Vec<BeyondIt<'v>>,
    unknown: Vec<Question<'v>>,
}

/// What one customer hands on from one operator.
#[derive(Serialize)]
struct Reaches<'v> {
    customer: Option<&'v str>,
    operator: &'v str,
    findings: Vec<Reached<'v>>,
}

#[derive(Serialize)]
struct Reached<'v> {
    obligation: &'v str,
    status: &'static str,
    binding: Option<&'static str>,
    evidence: &'static str,
    /// Every customer whose contract brings it.
    customers: Vec<&'v str>,
}

#[derive(Serialize)]
struct Contract<'v> {
    relationship: String,
    customer: &'v str,
    supplier: &'v str,
    contract: Option<&'v str>,
    clauses: Vec<Clause<'v>>,
}

#[derive(Serialize)]
struct Clause<'v> {
    obligation: &'v str,
    status: &'static str,
    binding: Option<&'static str>,
    evidence: &'static str,
    in_force: bool,
}

#[derive(Serialize)]
struct BeyondIt<'v> {
    party: &'v str,
    name: &'v str,
    is_supplier: bool,
    applies: usize,
    conditional: usize,
    unconfirmed: usize,
    not_in_force: usize,
}

#[derive(Serialize)]
struct Question<'v> {
    #[serde(flatten)]
    cells: OpenCells<'v>,
    /// `parties`, `operator` or `us`.
    ask: &'static str,
    ask_parties: Vec<&'v str>,
}

impl View<'_> {
    /// What concerns the party in focus, if there is one.
    pub(super) fn focus_object(&self) -> Option<FocusObject<'_>> {
        let focus = self.focus()?;
        let parties = &self.assessment.flow.register.parties;
        let beyond = focus.beyond.iter().map(|beyond| {
            let [applies, conditional, unconfirmed] = beyond.findings;
            BeyondIt {
                party: parties.id(beyond.party),
                name: parties.name(beyond.party),
                is_supplier: beyond.is_supplier,
                applies,
                conditional,
                unconfirmed,
                not_in_force: beyond.open,
            }
        });
        let unknown = focus.hinges.iter().map(|hinge| {
            let (ask, asked) = match self.asked(hinge) {
                Asked::Parties(parties) => ("parties", parties),
                Asked::Operator => ("operator", Vec::new()),
                Asked::Us => ("us", Vec::new()),
            };
            Question {
                cells: self.open_cells(hinge),
                ask,
                ask_parties: self.ids(&asked),
            }
        });
        let contract = |carrying: &Carrying| self.contract_object(carrying);
        Some(FocusObject {
            party: parties.id(focus.party),
            name: parties.name(focus.party),
            reaches: focus
                .reaching
                .iter()
                .map(|group| self.reaches(group))
                .collect(),
            customer_contracts: focus.above.iter().map(contract).collect(),
            supplier_contracts: focus.below.iter().map(contract).collect(),
            beyond: beyond.collect(),
            unknown: unknown.collect(),
        })
    }

    fn reaches(&self, group: &Reaching) -> Reaches<'_> {
        let findings = group.findings.iter().map(|&at| {
            let row = self.finding(at);
            Reached {
                obligation: row.obligation,
                status: row.status,
                binding: row.binding,
                evidence: row.evidence,
                customers: self.ids(&self.customers_bringing(at)),
            }
        });
        Reaches {
            customer: group.customer.map(|customer| self.id(customer)),
            operator: self.id(group.operator),
            findings: findings.collect(),
        }
    }

    fn contract_object(&self, carrying: &Carrying) -> Contract<'_> {
        let relationships = &self.assessment.flow.register.relationships;
        let relationship = carrying.relationship;
        let clauses = carrying.clauses.iter().map(|&at| {
            let (_, proven) = self.assessment.clauses()[at];
            let ClauseRow {
                obligation,
                status,
                binding,
                evidence,
                ..
            } = self.clause(at);
            Clause {
                obligation,
                status,
                binding,
                evidence,
                in_force: proven.proof.in_force(),
            }
        });
        Contract {
            relationship: self.label(relationship),
            customer: self.id(relationships.customer(relationship)),
            supplier: self.id(relationships.supplier(relationship)),
            contract: relationships.contract(relationship),
            clauses: clauses.collect(),
        }
    }
}
