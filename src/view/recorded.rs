//! An assessment that was kept as `assessment.json`, as far as another can be compared with it.

use std::borrow::Cow;

use jiff::civil::Date;
use serde::Deserialize;
use serde::de::{Deserializer, Error};

use super::compared::{ClauseEntry, Entry, FoundEntry};
use super::words::binding_word;
use super::{DOCUMENT_FORMAT, DOCUMENT_VERSION};
use crate::assess::{Proof, RelationshipKey};
use crate::flow::Status;
use crate::lang::{Text, both};
use crate::policy::Binding;
use crate::read::is_control;

/// What a document says of itself.
#[derive(Debug, Default, Deserialize)]
pub struct RecordedHead<'a> {
    /// What kind of document it is.
    #[serde(borrow, default)]
    pub format: Option<Cow<'a, str>>,
    /// The version of its shape.
    #[serde(default)]
    pub version: Option<u64>,
}

impl RecordedHead<'_> {
    /// Whether it says that it is an assessment, of whatever version.
    pub fn is_assessment(&self) -> bool {
        self.format.as_deref() == Some(DOCUMENT_FORMAT)
    }

    /// Why the document cannot be compared, if it cannot.
    pub fn refusal(&self) -> Option<Text> {
        let expected = DOCUMENT_VERSION;
        match self.version {
            Some(version) if version == u64::from(expected) => None,
            Some(version) => Some(both!(
                "it has version {version} of its format, and only version {expected} can be compared",
                "其格式版本为 {version}，只能比较版本 {expected}"
            )),
            None => Some(both!(
                "it does not say which version of its format it has",
                "其中没有说明格式版本"
            )),
        }
    }
}

/// An assessment that was kept.
#[derive(Debug, Deserialize)]
pub struct Recorded<'a> {
    /// What the register is called.
    pub register: String,
    /// The day.
    #[serde(deserialize_with = "day")]
    pub as_of: Date,
    /// The pack that it stands under.
    pub policy: RecordedPolicy,
    /// The party that it is narrowed to, if it is.
    #[serde(default)]
    pub focus: Option<RecordedFocus>,
    /// What blank cells were taken for.
    pub assumptions: Vec<RecordedAssumption>,
    /// The findings.
    #[serde(borrow)]
    pub(super) findings: Vec<RecordedFinding<'a>>,
    /// The clauses.
    #[serde(borrow)]
    pub(super) clauses: Vec<RecordedClause<'a>>,
}

impl Recorded<'_> {
    /// What is in it that no assessment writes, if anything is: ids that are none, and signs that would drive a terminal.
    pub fn fault(&self) -> Option<Text> {
        let listed = self.policy.obligations.iter().map(String::as_str);
        let found = self.findings.iter().map(|finding| &*finding.obligation);
        let agreed = self.clauses.iter().map(|clause| &*clause.obligation);
        let ids = listed.chain(found).chain(agreed);
        let ids = ids.chain([self.policy.id.as_str()]);
        // Registers that are read in parts may bring other control characters than those of ASCII.
        let drives = |c: char| c.is_ascii() && is_control(c);
        let no_id = ids.into_iter().find(|id| !is_id(id));
        no_id
            .or_else(|| self.texts().find(|text| text.contains(drives)))
            .map(|text| {
                let text = text.escape_debug();
                both!(
                    "`{text}` is nothing that an assessment.json has there",
                    "assessment.json 中不会出现“{text}”"
                )
            })
    }

    /// Every text that is told as it is.
    fn texts(&self) -> impl Iterator<Item = &str> {
        let focus = self.focus.iter().map(|focus| focus.party.as_str());
        let head = [&*self.register, &self.policy.version, &self.policy.sha256];
        let assumed = self.assumptions.iter().map(|one| one.assumption.as_str());
        let found = self.findings.iter().flat_map(|finding| {
            let texts = [&*finding.party, &finding.name, &finding.operator];
            texts.into_iter().chain(steps(&finding.chain))
        });
        let agreed = self.clauses.iter().flat_map(|clause| {
            let texts = [&*clause.relationship, &clause.customer, &clause.supplier];
            let texts = texts.into_iter().chain(clause.contract.as_deref());
            texts.chain(steps(&clause.chain))
        });
        focus.chain(head).chain(assumed).chain(found).chain(agreed)
    }
}

fn steps(chain: &Option<Vec<String>>) -> impl Iterator<Item = &str> {
    chain.iter().flatten().map(String::as_str)
}

fn is_id(text: &str) -> bool {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
    !text.is_empty() && text.chars().all(fits)
}

/// The pack that a kept assessment stands under.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct RecordedPolicy {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: String,
    /// Its digest.
    pub sha256: String,
    /// The ids of its obligations, in pack order.
    #[serde(default)]
    pub obligations: Vec<String>,
}

/// The party that a kept assessment is narrowed to.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct RecordedFocus {
    /// Its id.
    pub party: String,
}

/// What blank cells were taken for in a kept assessment.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct RecordedAssumption {
    /// The assumption, as it was stated.
    pub assumption: String,
}

/// A finding that was kept.
#[derive(Debug, Deserialize)]
pub(super) struct RecordedFinding<'a> {
    #[serde(borrow)]
    pub(super) party: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) name: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) obligation: Cow<'a, str>,
    #[serde(deserialize_with = "status")]
    pub(super) status: Status,
    pub(super) tier: u32,
    #[serde(borrow)]
    pub(super) operator: Cow<'a, str>,
    #[serde(deserialize_with = "binding")]
    pub(super) binding: Option<Binding>,
    #[serde(deserialize_with = "proof")]
    pub(super) evidence: Proof,
    #[serde(deserialize_with = "perhaps_day")]
    pub(super) expires: Option<Date>,
    #[serde(default)]
    pub(super) chain: Option<Vec<String>>,
}

/// A clause that was kept.
#[derive(Debug, Deserialize)]
pub(super) struct RecordedClause<'a> {
    #[serde(borrow)]
    pub(super) relationship: Cow<'a, str>,
    #[serde(default)]
    pub(super) ordinal: Option<u32>,
    #[serde(borrow)]
    pub(super) customer: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) supplier: Cow<'a, str>,
    pub(super) contract: Option<String>,
    #[serde(borrow)]
    pub(super) obligation: Cow<'a, str>,
    #[serde(deserialize_with = "status")]
    pub(super) status: Status,
    pub(super) tier: u32,
    #[serde(deserialize_with = "binding")]
    pub(super) binding: Option<Binding>,
    #[serde(deserialize_with = "proof")]
    pub(super) evidence: Proof,
    #[serde(deserialize_with = "perhaps_day")]
    pub(super) expires: Option<Date>,
    #[serde(default)]
    pub(super) chain: Option<Vec<String>>,
}

impl<'a> RecordedFinding<'a> {
    /// The finding as either side of a comparison has it.
    pub(super) fn entry(&'a self) -> FoundEntry<'a> {
        FoundEntry {
            party: &self.party,
            name: &self.name,
            operator: &self.operator,
            entry: Entry {
                obligation: &self.obligation,
                status: self.status,
                tier: self.tier,
                binding: self.binding,
                evidence: self.evidence,
                expires: self.expires,
                chain: self.chain.clone(),
            },
        }
    }
}

impl<'a> RecordedClause<'a> {
    /// The clause as either side of a comparison has it.
    pub(super) fn entry(&'a self) -> ClauseEntry<'a> {
        ClauseEntry {
            relationship: self.relationship.to_string(),
            customer: &self.customer,
            supplier: &self.supplier,
            contract: self.contract.as_deref(),
            entry: Entry {
                obligation: &self.obligation,
                status: self.status,
                tier: self.tier,
                binding: self.binding,
                evidence: self.evidence,
                expires: self.expires,
                chain: self.chain.clone(),
            },
        }
    }

    /// What its relationship is known by.
    pub(super) fn key(&'a self) -> RelationshipKey<'a> {
        match self.ordinal {
            None => RelationshipKey::Id((&*self.relationship).into()),
            Some(ordinal) => RelationshipKey::Content {
                customer: &self.customer,
                supplier: &self.supplier,
                contract: self.contract.as_deref().unwrap_or_default(),
                ordinal,
            },
        }
    }
}

/// The value that a word stands for.
fn meant<T: Copy, E: Error>(
    word: &str,
    all: &[T],
    as_str: impl Fn(T) -> &'static str,
) -> Result<T, E> {
    let mut all = all.iter().copied();
    let found = all.find(|value| as_str(*value) == word);
    found.ok_or_else(|| E::custom(format_args!("`{word}` is no word for it")))
}

fn status<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Status, D::Error> {
    let word = Cow::<str>::deserialize(deserializer)?;
    meant(&word, &Status::ALL, Status::as_str)
}

fn proof<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Proof, D::Error> {
    let word = Cow::<str>::deserialize(deserializer)?;
    meant(&word, &Proof::ALL, Proof::as_str)
}

fn binding<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Binding>, D::Error> {
    let all = super::Summary::BINDINGS;
    let all: Vec<Binding> = all.into_iter().flatten().collect();
    let word = Option::<Cow<str>>::deserialize(deserializer)?;
    word.map(|word| meant(&word, &all, binding_word))
        .transpose()
}

fn day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
    let text = Cow::<str>::deserialize(deserializer)?;
    text.parse().map_err(D::Error::custom)
}

fn perhaps_day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
    let text = Option::<Cow<str>>::deserialize(deserializer)?;
    let day = text.map(|text| text.parse().map_err(D::Error::custom));
    day.transpose()
}
