//! The `[letter]` table: facts that letters withhold, and notices.

use super::Loader;
use super::conditions::Scope;
use super::node::Node;
use crate::policy::{Condition, FactId, LetterNotice, LetterRules};

impl<'a> Loader<'a> {
    pub(super) fn letter(&mut self, node: Node<'a>) -> LetterRules {
        let Some(table) = node.table(&mut self.faults) else {
            return LetterRules::default();
        };
        table.keys(&["withhold", "notice"], &mut self.faults);
        let withhold = table
            .get("withhold")
            .map(|node| node.strings(&mut self.faults))
            .unwrap_or_default();
        let withhold = withhold
            .into_iter()
            .filter_map(|name| self.fact_named(name));
        let withhold: Vec<FactId> = withhold.collect();
        let notices = table
            .get("notice")
            .map(|node| node.list(&mut self.faults))
            .unwrap_or_default();
        LetterRules {
            withhold,
            notices: notices
                .into_iter()
                .filter_map(|item| self.letter_notice(item))
                .collect(),
        }
    }

    fn letter_notice(&mut self, node: Node<'a>) -> Option<LetterNotice> {
        let table = node.table(&mut self.faults)?;
        table.keys(&["when", "text", "basis", "review"], &mut self.faults);
        let when = table.get("when").map_or(Condition::ALWAYS, |node| {
            self.condition(node, Scope::Screened)
        });
        let text = table
            .require("text", &mut self.faults)
            .and_then(|node| node.text(&mut self.faults));
        let basis = table.get("basis").map(|node| self.basis(node));
        let review = table
            .get("review")
            .and_then(|node| node.boolean(&mut self.faults));
        Some(LetterNotice {
            when,
            text: text?,
            basis: basis.unwrap_or_default(),
            review: review.unwrap_or(false),
        })
    }
}
