//! Changes of a register that somebody only thinks of: what if a fact were otherwise, a contract ended, a supplier replaced?

mod change;
mod renamed;

use jiff::civil::Date;
use serde::Deserialize;

use super::source::is_control;
use crate::lang::{Text, both};
use crate::policy::Policy;
use crate::register::{Edit, Register};
use change::Change;

pub use renamed::Renaming;

/// Changes, as options or a file state them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Changes {
    /// `PARTY.FACT=VALUE` or `RELATIONSHIP.FACT=VALUE`.
    pub set: Vec<String>,
    /// Relationships that end.
    pub remove: Vec<String>,
    /// `A=B`: party B supplies what A does.
    pub replace: Vec<String>,
    /// `customer=…,supplier=…,FACT=VALUE`: a further relationship.
    pub add: Vec<String>,
    /// `BUYER=PARTY`: the party is bought.
    pub acquire: Vec<String>,
    /// Parties that are dissolved.
    pub dissolve: Vec<String>,
}

/// A change that was made, and what it rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// The change as it was stated.
    pub stated: String,
    /// What it does to the register.
    pub means: Text,
}

impl Changes {
    /// The changes that a file states.
    ///
    /// # Errors
    ///
    /// What is wrong with its TOML.
    pub fn from_toml(text: &str) -> Result<Changes, String> {
        toml::from_str(text).map_err(|error| error.to_string())
    }

    /// Appends others.
    pub fn extend(&mut self, more: Changes) {
        self.set.extend(more.set);
        self.remove.extend(more.remove);
        self.replace.extend(more.replace);
        self.add.extend(more.add);
        self.acquire.extend(more.acquire);
        self.dissolve.extend(more.dissolve);
    }

    /// The register with the changes made, and what each does; on the day what is removed ended before.
    ///
    /// # Errors
    ///
    /// A sentence that names what is not there, or is no value.
    pub fn apply(
        &self,
        register: &Register,
        policy: &Policy,
        day: Date,
    ) -> Result<(Register, Vec<Changed>), Text> {
        let all = [
            &self.set,
            &self.remove,
            &self.replace,
            &self.add,
            &self.acquire,
            &self.dissolve,
        ];
        if let Some(text) = all
            .into_iter()
            .flatten()
            .find(|text| text.contains(is_control))
        {
            let text = text.escape_debug();
            return Err(both!(
                "`{text}` has a control character in it",
                "“{text}”中有控制字符"
            ));
        }
        let mut change = Change {
            edit: Edit::new(register),
            policy,
            day,
            made: Vec::new(),
        };
        self.replace
            .iter()
            .try_for_each(|text| change.replace(text))?;
        self.add.iter().try_for_each(|text| change.add(text))?;
        self.set.iter().try_for_each(|text| change.set(text))?;
        self.remove
            .iter()
            .try_for_each(|text| change.remove(text))?;
        self.acquire
            .iter()
            .try_for_each(|text| change.acquire(text))?;
        self.dissolve
            .iter()
            .try_for_each(|text| change.dissolve(text))?;
        Ok((change.edit.finish(), change.made))
    }
}
