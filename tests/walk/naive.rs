//! The meaning of a register, searched step by step as the design states it (sections 3 and 5), with no thought of speed.

use std::collections::BTreeSet;

use crate::cells::Truth::{self, No, Unknown, Yes};
use crate::cells::{items, names, one_value, truth};
use crate::model::{
    Bindings, Cells, Fact, Obligation, PARTY_FACTS, PartyRow, RELATIONSHIP_FACTS, Role, Row, Rule,
    Step,
};
use crate::rows::Rows;

/// The three grades, strongest first.
pub(crate) const GRADES: [&str; 3] = ["applies", "conditional", "unconfirmed"];

/// Whether something holds at a grade.
pub(crate) fn holds(truth: Truth, grade: &str) -> bool {
    truth == Yes || (grade == "unconfirmed" && truth == Unknown)
}

/// A register and the obligations to be walked.
pub(crate) struct Naive<'a> {
    obligations: &'a [Obligation],
    listed: &'a [PartyRow],
    parties: BTreeSet<&'a str>,
    /// The rows that stand, active or not, each with its id or `row N`.
    pub(crate) rows: Vec<(String, &'a Row)>,
}

/// A finding with everything that tests compare.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) party: String,
    pub(crate) obligation: String,
    pub(crate) status: &'static str,
    pub(crate) tier: u32,
    pub(crate) operator: String,
    pub(crate) origins: Option<usize>,
    pub(crate) binding: String,
    /// Labels, from the operator on.
    pub(crate) chain: Vec<String>,
    /// The bindings that the finding has by each relationship that could be its via.
    pub(crate) bindings: BTreeSet<String>,
}

impl<'a> Naive<'a> {
    pub(crate) fn new(cells: &'a Cells, obligations: &'a [Obligation]) -> Naive<'a> {
        let mut rows: Vec<(String, &Row)> = Vec::new();
        let mut taken = BTreeSet::new();
        for (number, row) in (2..).zip(&cells.relationships) {
            if row.is_blank() || !names(&row.customer) || !names(&row.supplier) {
                continue;
            }
            if !names(&row.id) {
                rows.push((format!("row {number}"), row));
            } else if taken.insert(&row.id) {
                rows.push((row.id.clone(), row));
            }
        }
        let listed = cells.parties.iter().map(|party| party.id.as_str());
        let ends = |(_, row): &(String, &'a Row)| [row.customer.as_str(), row.supplier.as_str()];
        let parties = listed.chain(rows.iter().flat_map(ends)).collect();
        Naive {
            obligations,
            listed: &cells.parties,
            parties,
            rows,
        }
    }

    pub(crate) fn active(&self, j: usize) -> bool {
        let day = "2026-06-30";
        let is_date = |cell: &str| cell.len() == 10 && cell.starts_with("20");
        let row = self.rows[j].1;
        (!is_date(&row.starts) || *row.starts <= *day) && (!is_date(&row.ends) || *day <= *row.ends)
    }

    /// What a rule says of a party.
    pub(crate) fn of_party(&self, rule: &Rule, party: &str) -> Truth {
        truth(rule, &|_, fact| self.party_cell(party, fact))
    }

    /// What a rule says of a relationship.
    pub(crate) fn of_row(&self, rule: &Rule, j: usize) -> Truth {
        let row = self.rows[j].1;
        truth(rule, &|role, fact| match role {
            Role::Supplier => self.party_cell(&row.supplier, fact),
            Role::Customer => self.party_cell(&row.customer, fact),
            Role::Itself => {
                let at = RELATIONSHIP_FACTS.iter().position(|other| other == fact);
                &row.facts[at.expect("a fact of relationships")]
            }
        })
    }

    fn party_cell(&self, party: &str, fact: &Fact) -> &str {
        let at = PARTY_FACTS.iter().position(|other| other == fact);
        let row = self.listed.iter().find(|row| row.id == party);
        row.map_or("", |row| &row.facts[at.expect("a fact of parties")])
    }

    /// Whether the party is an operator of the grade for which the obligation's origin holds.
    pub(crate) fn starts(&self, obligation: &Obligation, party: &str, grade: &str) -> bool {
        let status = one_value(self.party_cell(party, &PARTY_FACTS[0]), &PARTY_FACTS[0]);
        let operator = match status.as_deref() {
            Some("designated" | "declared") => true,
            Some("potential") => grade != "applies",
            _ => false,
        };
        let origin = &obligation.origin;
        operator
            && origin
                .as_ref()
                .is_none_or(|rule| holds(self.of_party(rule, party), grade))
    }

    pub(crate) fn owns(&self, obligation: &Obligation, party: &str, grade: &str) -> bool {
        let own = obligation.own.as_ref();
        let holds = own.is_some_and(|step| holds(self.of_party(&step.when, party), grade));
        holds && self.starts(obligation, party, grade)
    }

    /// Whether a step holds for a relationship at a grade.
    pub(crate) fn step(&self, step: Option<&Step>, j: usize, grade: &str) -> bool {
        step.is_some_and(|step| holds(self.of_row(&step.when, j), grade))
    }

    /// Whether relationship `j` supports `i`, which leads into its customer.
    pub(crate) fn supports(&self, j: usize, i: usize) -> Truth {
        let row = self.rows[j].1;
        let items = items(&row.supports);
        match items.as_slice() {
            [] => return Unknown,
            [only] if only.eq_ignore_ascii_case("unknown") => return Unknown,
            [only] if only.eq_ignore_ascii_case("all") => return Yes,
            [only] if only.eq_ignore_ascii_case("none") => return No,
            _ => {}
        }
        let mut complete = true;
        for item in items {
            let named: Vec<usize> =
                if ["all", "none", "unknown"].contains(&item.to_lowercase().as_str()) {
                    Vec::new()
                } else if let Some(named) = self.rows.iter().position(|(label, _)| label == item) {
                    vec![named]
                } else {
                    let all = 0..self.rows.len();
                    all.filter(|&other| self.rows[other].1.customer == item)
                        .collect()
                };
            let mut deliveries = named
                .into_iter()
                .filter(|&named| self.rows[named].1.supplier == row.customer)
                .peekable();
            complete &= deliveries.peek().is_some();
            if deliveries.any(|delivery| delivery == i) {
                return Yes;
            }
        }
        if complete { No } else { Unknown }
    }

    /// At which tier each relationship carries the obligation, walking from these operators.
    fn carried(
        &self,
        obligation: &Obligation,
        grade: &str,
        operators: &[&str],
    ) -> Vec<Option<u32>> {
        self.carried_where(obligation, grade, operators, &|_| true)
    }

    /// The same, where only some of the relationships stand.
    fn carried_where(
        &self,
        obligation: &Obligation,
        grade: &str,
        operators: &[&str],
        stands: &dyn Fn(&Row) -> bool,
    ) -> Vec<Option<u32>> {
        let stands = |j: usize| self.active(j) && stands(self.rows[j].1);
        let mut tiers = vec![None; self.rows.len()];
        for (j, (_, row)) in self.rows.iter().enumerate() {
            let starts = operators.contains(&row.customer.as_str());
            if stands(j) && starts && self.step(obligation.direct.as_ref(), j, grade) {
                tiers[j] = Some(1);
            }
        }
        let most = obligation.tiers.unwrap_or(u32::MAX);
        let mut tier = 1;
        while tier < most && tiers.contains(&Some(tier)) {
            for j in 0..self.rows.len() {
                let reached = (0..self.rows.len())
                    .any(|i| tiers[i] == Some(tier) && self.follows(i, j, grade));
                let holds = reached && self.step(obligation.onward.as_ref(), j, grade);
                if holds && stands(j) && tiers[j].is_none() {
                    tiers[j] = Some(tier + 1);
                }
            }
            tier += 1;
        }
        tiers
    }

    /// Whether `i` leads into the customer of `j`, which supports it.
    fn follows(&self, i: usize, j: usize, grade: &str) -> bool {
        self.rows[i].1.supplier == self.rows[j].1.customer && holds(self.supports(j, i), grade)
    }

    fn operators(&self, obligation: &Obligation, grade: &str) -> Vec<&'a str> {
        let parties = self.parties.iter().copied();
        parties
            .filter(|party| self.starts(obligation, party, grade))
            .collect()
    }

    fn leading_to<'s>(&'s self, party: &'s str) -> impl Iterator<Item = usize> + 's {
        (0..self.rows.len()).filter(move |&j| self.rows[j].1.supplier == party)
    }

    /// The least tier at which something reaches a party.
    fn least(&self, party: &str, owns: bool, tiers: &[Option<u32>]) -> Option<u32> {
        let by_rows = self.leading_to(party).filter_map(|j| tiers[j]);
        by_rows.chain(owns.then_some(0)).min()
    }

    /// The findings, by party and then in pack order.
    pub(crate) fn findings(&self) -> Vec<Found> {
        let mut found = Vec::new();
        let walks: Vec<Vec<Vec<Option<u32>>>> = self.each_walk();
        for party in &self.parties {
            for (obligation, walks) in self.obligations.iter().zip(&walks) {
                let strongest = GRADES.into_iter().zip(walks).find_map(|(grade, tiers)| {
                    let owns = self.owns(obligation, party, grade);
                    Some((grade, self.least(party, owns, tiers)?, tiers))
                });
                found.extend(strongest.map(|(grade, tier, tiers)| {
                    self.finding(obligation, party, grade, tier, tiers)
                }));
            }
        }
        found
    }

    /// For each obligation and grade, at which tier each relationship carries it.
    fn each_walk(&self) -> Vec<Vec<Vec<Option<u32>>>> {
        let walk = |obligation: &Obligation, grade: &str| {
            self.carried(obligation, grade, &self.operators(obligation, grade))
        };
        let walks = self.obligations.iter();
        walks
            .map(|obligation| GRADES.iter().map(|grade| walk(obligation, grade)).collect())
            .collect()
    }

    fn finding(
        &self,
        obligation: &Obligation,
        party: &str,
        status: &'static str,
        tier: u32,
        tiers: &[Option<u32>],
    ) -> Found {
        let candidates: Vec<usize> = self
            .leading_to(party)
            .filter(|&j| tier > 0 && tiers[j] == Some(tier))
            .collect();
        let mut chain: Vec<usize> = candidates.first().copied().into_iter().collect();
        for before in (1..tier).rev() {
            let later = chain[0];
            let mut all = 0..self.rows.len();
            let earlier = all.find(|&i| tiers[i] == Some(before) && self.follows(i, later, status));
            chain.insert(0, earlier.expect("a step before"));
        }
        let binding = |j: &usize| self.clause_binding(obligation, *j, tier);
        let bindings = match obligation.own.as_ref().filter(|_| tier == 0) {
            Some(own) => vec![self.binding(own, &|rule| self.of_party(rule, party))],
            None => candidates.iter().map(binding).collect(),
        };
        Found {
            party: party.to_owned(),
            obligation: obligation.id.clone(),
            status,
            tier,
            operator: chain
                .first()
                .map_or(party, |&first| &self.rows[first].1.customer)
                .to_owned(),
            origins: self.origins(obligation, party, status),
            binding: bindings[0].clone(),
            chain: chain.iter().map(|&j| self.rows[j].0.clone()).collect(),
            bindings: bindings.into_iter().collect(),
        }
    }

    /// How many operators reach the party when each walks alone.
    fn origins(&self, obligation: &Obligation, party: &str, status: &str) -> Option<usize> {
        let alone = |operator: &&&str| {
            let tiers = self.carried(obligation, status, &[**operator]);
            let owns = **operator == party && self.owns(obligation, party, status);
            self.least(party, owns, &tiers).is_some()
        };
        let operators = self.operators(obligation, status);
        (status != "unconfirmed").then(|| operators.iter().filter(alone).count())
    }

    fn clause_binding(&self, obligation: &Obligation, j: usize, tier: u32) -> String {
        let direct = obligation.direct.as_ref();
        let onward = obligation.onward.as_ref();
        // What onward leaves out it takes from direct.
        let step = onward
            .filter(|step| tier > 1 && step.binding.is_some())
            .or(direct);
        step.map_or(String::new(), |step| {
            self.binding(step, &|rule| self.of_row(rule, j))
        })
    }

    fn binding(&self, step: &Step, truth: &dyn Fn(&Rule) -> Truth) -> String {
        let word = match &step.binding {
            None => "",
            Some(Bindings::Word(word)) => word,
            Some(Bindings::List(entries)) => {
                let mut decided = entries
                    .iter()
                    .map(|(rule, is)| (rule.as_ref().map_or(Yes, truth), *is));
                let first = decided.find(|(truth, _)| *truth != No);
                first
                    .filter(|(truth, _)| *truth == Yes)
                    .map_or("undetermined", |(_, is)| is)
            }
        };
        word.to_owned()
    }

    /// The findings that concern a party, and the clauses, each as party or label with obligation and status.
    pub(crate) fn focus(&self, party: &str) -> [BTreeSet<[String; 3]>; 2] {
        let (mut findings, mut clauses) = (BTreeSet::new(), BTreeSet::new());
        for (obligation, walks) in self.obligations.iter().zip(self.each_walk()) {
            let through: Vec<Vec<bool>> = GRADES
                .into_iter()
                .zip(&walks)
                .map(|(grade, tiers)| self.through(obligation, grade, party, tiers))
                .collect();
            let entry = |who: &str, grade: usize| {
                [who, obligation.id.as_str(), GRADES[grade]].map(str::to_owned)
            };
            for other in &self.parties {
                let strongest = (0..3).find(|&grade| {
                    let owns = self.owns(obligation, other, GRADES[grade]);
                    self.least(other, owns, &walks[grade]).is_some()
                });
                let is_in = |&grade: &usize| {
                    *other == party || self.leading_to(other).any(|j| through[grade][j])
                };
                let strongest = strongest.filter(is_in);
                findings.extend(strongest.map(|grade| entry(other, grade)));
            }
            for (j, (label, row)) in self.rows.iter().enumerate() {
                let strongest = (0..3).find(|&grade| walks[grade][j].is_some());
                let is_in = |&grade: &usize| row.supplier == party || through[grade][j];
                clauses.extend(strongest.filter(is_in).map(|grade| entry(label, grade)));
            }
        }
        [findings, clauses]
    }

    /// Which relationships carry the obligation by a walk that starts at a party or goes on from it.
    fn through(
        &self,
        obligation: &Obligation,
        grade: &str,
        party: &str,
        tiers: &[Option<u32>],
    ) -> Vec<bool> {
        let is_out = |j: usize| self.rows[j].1.customer == party;
        let mut least: Vec<Option<u32>> = (0..self.rows.len())
            .map(|j| tiers[j].filter(|_| is_out(j)))
            .collect();
        let most = obligation.tiers.unwrap_or(u32::MAX);
        loop {
            let before = least.clone();
            for (j, least) in least.iter_mut().enumerate() {
                let goes = self.active(j) && self.step(obligation.onward.as_ref(), j, grade);
                let steps = (0..self.rows.len()).filter(|&i| goes && self.follows(i, j, grade));
                let tier = steps.filter_map(|i| before[i]).map(|tier| tier + 1).min();
                let tier = tier.filter(|&tier| tier <= most);
                *least = [*least, tier].into_iter().flatten().min();
            }
            if least == before {
                return least.iter().map(Option::is_some).collect();
            }
        }
    }

    /// Who would lose which obligation, and at which status, if a party delivered nothing.
    pub(crate) fn behind(&self, party: &str) -> BTreeSet<[String; 3]> {
        let mut behind = BTreeSet::new();
        for found in self.findings() {
            let obligation = self
                .obligations
                .iter()
                .find(|one| one.id == found.obligation);
            let obligation = obligation.expect("an obligation of the policy");
            let status = found.status;
            if status == "unconfirmed" || found.party == party {
                continue;
            }
            let operators = self.operators(obligation, status);
            let stands = |row: &Row| row.supplier != party;
            let tiers = self.carried_where(obligation, status, &operators, &stands);
            let owns = self.owns(obligation, &found.party, status);
            if self.least(&found.party, owns, &tiers).is_none() {
                behind.insert([found.party, found.obligation, status.to_owned()]);
            }
        }
        behind
    }

    /// The operators whose walk alone surely brings something to a party, each with its status, and what they bring.
    pub(crate) fn depending(&self, party: &str) -> (BTreeSet<[String; 2]>, BTreeSet<String>) {
        let (mut operators, mut brought) = (BTreeSet::new(), BTreeSet::new());
        for obligation in self.obligations {
            for operator in self.operators(obligation, "conditional") {
                let tiers = self.carried(obligation, "conditional", &[operator]);
                if operator != party && self.least(party, false, &tiers).is_some() {
                    let is_sure = self.starts(obligation, operator, "applies");
                    let status = GRADES[usize::from(!is_sure)];
                    operators.insert([operator, status].map(str::to_owned));
                    brought.insert(obligation.id.clone());
                }
            }
        }
        (operators, brought)
    }

    /// The clauses as rows, by label and then in pack order.
    pub(crate) fn clauses(&self) -> Rows {
        let walks = self.each_walk();
        let mut order: Vec<usize> = (0..self.rows.len()).collect();
        order.sort_by_key(|&j| &self.rows[j].0);
        let mut rows = Vec::new();
        for j in order {
            for (obligation, walks) in self.obligations.iter().zip(&walks) {
                let mut grades = GRADES.into_iter().zip(walks);
                let strongest = grades.find_map(|(grade, tiers)| Some((grade, tiers[j]?)));
                rows.extend(strongest.map(|(grade, tier)| {
                    vec![
                        self.rows[j].0.clone(),
                        obligation.id.clone(),
                        grade.to_owned(),
                        tier.to_string(),
                        self.clause_binding(obligation, j, tier),
                    ]
                }));
            }
        }
        rows
    }
}

impl Found {
    /// The finding as a row: the columns that tests compare, and the chain.
    pub(crate) fn row(&self) -> Vec<String> {
        vec![
            self.party.clone(),
            self.obligation.clone(),
            self.status.to_owned(),
            self.tier.to_string(),
            self.chain.last().cloned().unwrap_or_default(),
            self.operator.clone(),
            self.origins
                .map_or(String::new(), |origins| origins.to_string()),
            self.binding.clone(),
            self.chain.join(" > "),
        ]
    }
}
