//! A reading without names: stable pseudonyms for parties, relationships, contracts and documents.
//!
//! It is the register that is rewritten, right after it was read, so that whatever is made of it has nothing to tell.
//! `docs/redact.md` lists what is rewritten and what stays.

mod assumptions;
mod changes;
mod pseudonyms;

use crate::diagnostic::{FileId, Hiding};
use crate::lang::{Lang, say};
use crate::policy::Policy;
use crate::read::{FileDigest, Reading, TableReport, canonical_names};
use crate::register::{Parties, PartyId, Register, RelationshipId, Wording};

pub use pseudonyms::Pseudonyms;
use pseudonyms::{Kind, Series};

/// What stands for a text that nobody has to tell from another.
pub fn redacted_word(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "(redacted)",
        Lang::Zh => "（已隐去）",
    }
}

/// What a register without names is called.
pub fn register_name(lang: Lang) -> String {
    say!(lang, "register (redacted)", "台账（已隐名）")
}

/// Puts pseudonyms into a reading, new ones for what has none yet, and gives the register as it was.
pub fn redact(
    reading: &mut Reading,
    policy: &Policy,
    pseudonyms: &mut Pseudonyms,
    lang: Lang,
) -> Register {
    let register = std::mem::take(&mut reading.register);
    pseudonyms.enter(&register);
    reading.register = reworded(&register, pseudonyms, lang);
    let names = canonical_names(policy);
    let text = redacted_word(lang);
    let tables = &reading.tables;
    let hiding = Hiding {
        text,
        file: &|file, name| table_name(usize::from(file.0), name, lang),
        column: &|file, heading| canonical(tables, file, heading, &names),
    };
    reading.diagnostics = std::mem::take(&mut reading.diagnostics).redacted(&hiding);
    for (position, table) in reading.tables.iter_mut().enumerate() {
        redact_table(table, position, lang);
    }
    for (assumption, _) in &mut reading.assumptions {
        assumptions::redact(assumption, policy, text);
    }
    if let Some(answers) = &mut reading.answers {
        let before = reworded(&answers.before, pseudonyms, lang);
        answers.redact(before, |position| answers_name(position, lang));
    }
    register
}

/// What a file of answers is called: suppliers' names often stand in its own.
fn answers_name(position: usize, lang: Lang) -> String {
    let number = position + 1;
    say!(lang, "answers-{number}", "答复{number}")
}

/// The register in pseudonyms.
fn reworded(register: &Register, pseudonyms: &Pseudonyms, lang: Lang) -> Register {
    let (parties, relationships) = (&register.parties, &register.relationships);
    let word = |kind: Kind, was: &str| pseudonyms[kind].get(was).unwrap_or_default().to_owned();
    let party = |party: PartyId| {
        let id = word(Kind::Party, parties.id(party));
        let name = say!(lang, "Party {id}", "主体 {id}");
        [id, name]
    };
    let id = |at: RelationshipId| word(Kind::Relationship, &relationships.label(at));
    register.clone().reworded(&Wording {
        party: &party,
        relationship: &id,
        contract: &|was| word(Kind::Contract, was),
        currency: &|was| match is_currency_code(was) {
            true => was.to_owned(),
            false => word(Kind::Currency, was),
        },
        document: &|was| word(Kind::Document, was),
        table: &|position, name| table_name(position, name, lang),
        other: redacted_word(lang),
    })
}

/// Whether a currency is written as ISO 4217 has it, which tells nothing of anybody.
fn is_currency_code(text: &str) -> bool {
    text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// What a table is called: the canonical files as everybody's are, others by their number.
fn table_name(position: usize, name: &str, lang: Lang) -> String {
    const CANONICAL: [&str; 4] = [
        "parties.csv",
        "relationships.csv",
        "evidence.csv",
        "register.toml",
    ];
    let number = position + 1;
    match CANONICAL.contains(&name) {
        true => name.to_owned(),
        false => say!(lang, "table-{number}", "表{number}"),
    }
}

/// What a heading of a table means in the canonical form.
fn canonical(
    tables: &[TableReport],
    file: FileId,
    heading: &str,
    names: &[String],
) -> Option<String> {
    let table = tables.get(usize::from(file.0));
    let mut columns = table.into_iter().flat_map(|table| &table.columns);
    let read = columns.find(|column| column.heading.as_deref() == Some(heading));
    let read = read.map(|column| &column.canonical);
    let named = || names.iter().find(|name| *name == heading);
    read.or_else(named).cloned()
}

fn redact_table(table: &mut TableReport, position: usize, lang: Lang) {
    table.file = table_name(position, &table.file, lang);
    table.digest = FileDigest::withheld();
    for column in &mut table.columns {
        let heading = &mut column.heading;
        *heading = heading.take().map(|_| column.canonical.clone());
    }
    if !table.unread.is_empty() {
        let columns = lang.count(table.unread.len(), "column", "columns", "列");
        table.unread = vec![columns];
    }
}

impl Pseudonyms {
    /// Gives a pseudonym to everything in the register that has none yet, in the order of the register.
    fn enter(&mut self, register: &Register) {
        let Register {
            parties,
            relationships,
            evidence,
        } = register;
        let is_taken =
            |word: &str| parties.find(word).is_some() || relationships.find(word).is_some();
        let ids = parties.iter().map(|party| parties.id(party));
        self[Kind::Party].extend(ids, is_taken);
        for party in parties.iter() {
            self.enter_names(parties, party);
        }
        let with_id = relationships.iter().filter(|&at| relationships.has_id(at));
        let labels: Vec<_> = with_id.map(|at| relationships.label(at)).collect();
        let labels = labels.iter().map(|label| &**label);
        self[Kind::Relationship].extend(labels, is_taken);
        let contracts = relationships
            .iter()
            .filter_map(|at| relationships.contract(at));
        self[Kind::Contract].extend(contracts, is_taken);
        let currencies = relationships.iter().filter_map(|at| {
            let currency = relationships.currency().get(at.index()).text();
            currency.filter(|text| !is_currency_code(text))
        });
        self[Kind::Currency].extend(currencies, is_taken);
        let documents = evidence.iter().map(|evidence| evidence.document.as_str());
        self[Kind::Document].extend(documents.filter(|text| !text.is_empty()), is_taken);
    }

    /// The names of a party, so that results can be read back.
    fn enter_names(&mut self, parties: &Parties, party: PartyId) {
        let id = parties.id(party);
        let names = [Some(parties.name(party)), parties.local_name(party)];
        for name in names.into_iter().flatten().filter(|name| *name != id) {
            self.name(id, name);
        }
    }
}

/// The pseudonym of one more word of a kind, which is made if there is none.
fn one_more(series: &mut Series, word: &str, register: &Register) -> String {
    let is_taken = |word: &str| {
        register.parties.find(word).is_some() || register.relationships.find(word).is_some()
    };
    series.extend([word].into_iter(), is_taken);
    series.get(word).unwrap_or_default().to_owned()
}
