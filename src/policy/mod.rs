//! A policy pack: the facts a register may state, the obligations, the rules they walk by, and their legal basis.
//!
//! A pack is TOML. [`Policy::parse`] validates it whole and either gives a [`Policy`] in which nothing dangles, or every
//! fault of the file with its place. No obligation, sector or wording stands in code: a second regime is a second pack.

mod condition;
mod fault;
mod letter;
mod load;
pub mod packs;
mod screening;
mod stake;

use crate::country::Country;
use crate::lang::{Lang, Text, say};

pub use condition::{Condition, Truth};
pub use fault::{PolicyFault, PolicyFaultCode, PolicyFaults};
pub use letter::{LetterNotice, LetterRules};
pub use screening::{Callout, Expects, Factor, Link, Screening, Sign};
pub use stake::{Stake, StakeKind};

/// Most obligations that one pack may have: a set of obligations is one 64-bit word.
pub const MAX_OBLIGATIONS: usize = 64;

/// Position of a fact in [`Policy::facts`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FactId(pub u16);

/// Position of a test in [`Policy::tests`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TestId(pub u16);

/// A validated policy pack.
#[derive(Debug, Clone)]
pub struct Policy {
    /// The pack's id, such as `cn-cii`.
    pub id: String,
    /// The pack's own version.
    pub version: String,
    /// What the pack is called.
    pub title: Text,
    /// What a reader has to be told before relying on it.
    pub notice: Option<Text>,
    /// SHA-256 of the pack's bytes, in lower-case hexadecimal.
    pub digest: String,
    /// Who starts obligations.
    pub origin: Origin,
    /// The question whether an operator's owner delivers to it, where no relationship says so; `{party}` and `{owner}`
    /// are filled in.
    pub ownership_question: Option<Text>,
    /// Every fact of parties and relationships, in pack order.
    pub facts: Vec<Fact>,
    /// The distinct tests that the pack's conditions make.
    pub tests: Vec<Test>,
    /// The laws, measures and standards cited, in pack order.
    pub instruments: Vec<Instrument>,
    /// The obligations, in pack order; at most [`MAX_OBLIGATIONS`].
    pub obligations: Vec<Obligation>,
    /// What statutes set for operators' own duties, in pack order.
    pub stakes: Vec<Stake>,
    /// What points to operators that nobody knows of; none where the pack does not screen.
    pub screening: Option<Screening>,
    /// What letters to suppliers never ask, and what they have to tell.
    pub letter: LetterRules,
}

/// Which parties are operators, and how surely.
#[derive(Debug, Clone)]
pub struct Origin {
    /// The party fact that says it: always a choice.
    pub fact: FactId,
    /// Positions in the fact's values that make an operator.
    pub applies: Vec<u16>,
    /// Positions in the fact's values that make a potential operator.
    pub conditional: Vec<u16>,
}

/// Whose fact it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Subject {
    /// A fact of a party.
    Party,
    /// A fact of a relationship.
    Relationship,
}

/// What a fact's cell holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Several values of the fact's vocabulary.
    Set,
    /// One value of the fact's vocabulary.
    Choice,
    /// Yes or no.
    YesNo,
    /// ISO 3166-1 country codes.
    Countries,
    /// A plain decimal number.
    Number,
    /// Text that is only carried.
    Text,
    /// A date that is only carried.
    Date,
}

/// A typed attribute of a party or relationship.
#[derive(Debug, Clone)]
pub struct Fact {
    /// The fact's name, which is also its column's heading.
    pub name: String,
    /// Whose fact it is.
    pub subject: Subject,
    /// What its cells hold.
    pub kind: Kind,
    /// What people call it, for headings of reports.
    pub title: Option<Text>,
    /// Headings that registers use for its column.
    pub headings: Vec<String>,
    /// The vocabulary of a set or choice; empty for other kinds.
    pub values: Vec<FactValue>,
    /// Words that registers use for a country, beyond the built-in names; only for countries.
    pub country_synonyms: Vec<(String, Country)>,
    /// The question that asks for it; `{customer}`, `{supplier}`, `{relationship}`, `{party}` are filled in.
    pub question: Option<Text>,
    /// Who can answer.
    pub asked_of: Option<AskedOf>,
}

/// One value of a set or choice.
#[derive(Debug, Clone)]
pub struct FactValue {
    /// The value as the pack's rules write it.
    pub word: String,
    /// What people call it.
    pub label: Option<Text>,
    /// Words that registers use for it.
    pub synonyms: Vec<String>,
    /// The authority in charge of it, such as a sector's department.
    pub authority: Option<Authority>,
}

impl FactValue {
    /// What people call it, else the word that rules use.
    pub fn called(&self, lang: Lang) -> &str {
        self.label
            .as_ref()
            .map_or(&self.word, |label| label.get(lang))
    }

    /// The word with what people call it, as a form offers it for an answer.
    pub fn offered(&self, lang: Lang) -> String {
        let (word, called) = (&self.word, self.called(lang));
        match called == word {
            true => word.clone(),
            false => say!(lang, "{word} ({called})", "{word}（{called}）"),
        }
    }
}

/// Who is in charge of a sector or the like, and how that is known.
#[derive(Debug, Clone)]
pub struct Authority {
    /// The authority's name.
    pub title: Text,
    /// How far the statement was checked.
    pub checked: Checked,
    /// Where it was found.
    pub source: Option<String>,
}

/// Who can answer a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum AskedOf {
    /// The supplier of the relationship, or the party itself.
    Supplier,
    /// The customer of the relationship.
    Customer,
    /// The operator at the head of the chain.
    Operator,
    /// Ourselves, who keep the register.
    Us,
}

/// A law, measure or standard.
#[derive(Debug, Clone)]
pub struct Instrument {
    /// The id that citations name.
    pub id: String,
    /// Its title.
    pub title: Text,
    /// Who issued it.
    pub issuer: Option<Text>,
    /// The family that matrices group by, such as `CSL`: instruments whose English names of it agree are of one.
    pub pillar: Text,
    /// The day it came or comes into force.
    pub in_force: Option<jiff::civil::Date>,
    /// The day its articles were renumbered; before it [`Citation::formerly`] is cited.
    pub renumbered: Option<jiff::civil::Date>,
}

/// How far a citation was compared with the official text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Checked {
    /// Compared with the official text.
    Official,
    /// Found in a secondary source.
    Secondary,
    /// Not checked.
    None,
}

/// One place in an instrument that a step stands on.
#[derive(Debug, Clone)]
pub struct Citation {
    /// Position in [`Policy::instruments`].
    pub instrument: u16,
    /// The article, as numbered now; absent where the number is not known.
    pub article: Option<String>,
    /// The article's number before the instrument was renumbered.
    pub formerly: Option<String>,
    /// How far it was checked.
    pub checked: Checked,
    /// Where it was found.
    pub source: Option<String>,
    /// Whether it is our interpretation and no wording of the instrument.
    pub reading: bool,
}

/// What makes an obligation owed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Binding {
    /// Bound by law.
    Statute,
    /// To be agreed by the customer.
    Contract,
    /// Recommended by a standard.
    Standard,
    /// Good practice.
    Practice,
    /// The conditions that decide it are unknown.
    Undetermined,
}

/// One entry of a step's binding list: `is`, where `when` is true.
#[derive(Debug, Clone)]
pub struct BindingRule {
    /// When this entry decides.
    pub when: Condition,
    /// The binding it gives; never [`Binding::Undetermined`].
    pub is: Binding,
}

/// What one document has to cover.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Per {
    /// One document for the party.
    #[default]
    Party,
    /// One document for every relationship.
    Relationship,
}

/// What shows that a duty is performed.
#[derive(Debug, Clone, Default)]
pub struct EvidenceRule {
    /// What one document has to cover.
    pub per: Per,
    /// Months that a document lasts from its issue where it states no last day.
    pub valid_months: Option<u32>,
    /// What is accepted.
    pub accepts: Vec<Accepted>,
}

/// A document that is accepted.
#[derive(Debug, Clone)]
pub struct Accepted {
    /// What it is.
    pub text: Text,
    /// Who has it, and so whom it can be asked of.
    pub asked_of: AskedOf,
}

/// The rule for one kind of step, with what it asks and why.
#[derive(Debug, Clone)]
pub struct Step {
    /// When the step holds.
    pub when: Condition,
    /// What the bound party does.
    pub duty: Option<Text>,
    /// What a clause would say that agrees it, in the words of a contract.
    pub clause: Option<Text>,
    /// What makes it owed: the first entry whose condition is true; empty where the pack gives none.
    pub binding: Vec<BindingRule>,
    /// What it stands on.
    pub basis: Vec<Citation>,
    /// What shows that it is performed; default where the pack gives none.
    pub evidence: EvidenceRule,
}

/// Something owed, and the rules it walks by.
#[derive(Debug, Clone)]
pub struct Obligation {
    /// The obligation's id.
    pub id: String,
    /// What it is called.
    pub title: Text,
    /// Which operators start it, beyond being operators.
    pub origin: Condition,
    /// Most steps from an operator, at least 1; without it, as many as there are.
    pub tiers: Option<u32>,
    /// What the operator itself bears, at tier 0.
    pub own: Option<Step>,
    /// The first step from an operator.
    pub direct: Option<Step>,
    /// Every later step, with what it leaves out already taken from `direct`.
    pub onward: Option<Step>,
}

/// Whose fact a test looks at, seen from the condition that makes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// The party itself, in conditions on parties.
    Party,
    /// The relationship itself.
    Relationship,
    /// The supplier of the relationship.
    Supplier,
    /// The customer of the relationship.
    Customer,
    /// A party that is screened, its owner, or who gets a letter; no rule of the walk looks so.
    Screened,
}

/// One question that a condition asks of one fact.
#[derive(Debug, Clone, PartialEq)]
pub struct Test {
    /// Whose fact.
    pub role: Role,
    /// Which fact.
    pub fact: FactId,
    /// What it is tested for.
    pub check: Check,
}

/// What a fact is tested for.
#[derive(Debug, Clone, PartialEq)]
pub enum Check {
    /// A set or choice has any of these values (positions in the fact's values).
    HasAny(Vec<u16>),
    /// A yes-no fact is this.
    Is(bool),
    /// Any country is none of these.
    Outside(Vec<Country>),
    /// No country is other than these: the opposite of [`Check::Outside`].
    Within(Vec<Country>),
    /// A number is at least the first and below the second, where given.
    Range {
        /// The least number that passes.
        at_least: Option<f64>,
        /// The least number that is too large.
        below: Option<f64>,
    },
}

impl Obligation {
    /// The step by which the obligation reaches a tier: own, direct, then onward.
    pub fn step(&self, tier: u32) -> Option<&Step> {
        match tier {
            0 => self.own.as_ref(),
            1 => self.direct.as_ref(),
            _ => self.onward.as_ref(),
        }
    }
}

impl Policy {
    /// The fact at `id`.
    pub fn fact(&self, id: FactId) -> &Fact {
        &self.facts[usize::from(id.0)]
    }

    /// The facts of one subject with their ids, in pack order.
    pub fn facts_of(&self, subject: Subject) -> impl Iterator<Item = (FactId, &Fact)> {
        let ids = (0..).map(FactId);
        ids.zip(&self.facts)
            .filter(move |(_, fact)| fact.subject == subject)
    }
}
