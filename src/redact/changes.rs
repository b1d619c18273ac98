//! Changes that somebody thinks of, in the pseudonyms of the register.

use super::pseudonyms::{Kind, Pseudonyms};
use super::{one_more, redacted_word};
use crate::lang::Lang;
use crate::policy::Policy;
use crate::read::{Changes, Renaming};
use crate::register::Register;

impl Pseudonyms {
    /// Changes of a register as changes of the same in pseudonyms; whoever is added gets one.
    pub fn rename(
        &mut self,
        changes: &Changes,
        [register, redacted]: [&Register; 2],
        policy: &Policy,
        lang: Lang,
    ) -> Changes {
        let mut renamed = Renamed {
            register,
            redacted,
            pseudonyms: self,
            hidden: redacted_word(lang),
        };
        changes.renamed(policy, &mut renamed)
    }
}

struct Renamed<'r> {
    register: &'r Register,
    redacted: &'r Register,
    pseudonyms: &'r mut Pseudonyms,
    hidden: &'static str,
}

impl Renaming for Renamed<'_> {
    fn party(&mut self, id: &str) -> String {
        one_more(&mut self.pseudonyms[Kind::Party], id, self.register)
    }

    fn relationship(&mut self, id: &str) -> String {
        let there = self.register.relationships.find(id);
        match there.filter(|&at| !self.register.relationships.has_id(at)) {
            // It is called by its row.
            Some(at) => self.redacted.relationships.label(at).into_owned(),
            None => one_more(&mut self.pseudonyms[Kind::Relationship], id, self.register),
        }
    }

    fn is_relationship(&self, id: &str) -> bool {
        self.register.relationships.find(id).is_some()
    }

    fn text(&self) -> &str {
        self.hidden
    }
}
