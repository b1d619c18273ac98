//! The `[[obligation]]` tables.

use std::collections::HashSet;

use super::Loader;
use super::conditions::Scope;
use super::node::{Node, Table, check_name};
use super::steps::{StepDraft, StepKind};
use crate::lang::both;
use crate::policy::{Condition, MAX_OBLIGATIONS, Obligation, PolicyFaultCode as Code};

impl<'a> Loader<'a> {
    pub(super) fn obligations(&mut self, node: Node<'a>) -> Vec<Obligation> {
        let mut obligations = Vec::new();
        let mut ids = HashSet::new();
        for (position, item) in node.list(&mut self.faults).into_iter().enumerate() {
            let Some(table) = item.table(&mut self.faults) else {
                continue;
            };
            if position == MAX_OBLIGATIONS {
                let message = both!(
                    "a pack has at most {MAX_OBLIGATIONS} obligations",
                    "一个规则包最多有 {MAX_OBLIGATIONS} 项义务"
                );
                self.faults.push(Code::TooMany, table.place, message);
            }
            obligations.extend(self.obligation(table, &mut ids));
        }
        obligations
    }

    fn obligation(&mut self, table: Table<'a>, ids: &mut HashSet<&'a str>) -> Option<Obligation> {
        table.keys(
            &["id", "title", "origin", "tiers", "own", "direct", "onward"],
            &mut self.faults,
        );
        let id = table
            .require("id", &mut self.faults)
            .and_then(|node| node.string(&mut self.faults));
        if let Some(id) = id {
            check_name(id, &mut self.faults);
            if !ids.insert(id.text) {
                let message = both!(
                    "an earlier obligation has the id `{}`",
                    "前面已有标识为“{}”的义务",
                    id.text
                );
                self.faults
                    .push(Code::DuplicateObligation, id.place, message);
            }
        }
        let title = table
            .require("title", &mut self.faults)
            .and_then(|node| node.text(&mut self.faults));
        let origin = table
            .get("origin")
            .map_or(Condition::ALWAYS, |node| self.condition(node, Scope::Party));
        let tiers = table
            .get("tiers")
            .and_then(|node| node.count(u32::MAX, &mut self.faults));

        let own = table
            .get("own")
            .and_then(|node| self.step(node, StepKind::Own));
        let direct = table
            .get("direct")
            .and_then(|node| self.step(node, StepKind::Direct));
        let onward = table
            .get("onward")
            .and_then(|node| self.step(node, StepKind::Onward));
        let has = |key| table.get(key).is_some();
        if has("onward") && !has("direct") {
            let message = both!(
                "`onward` goes on from `direct`, which is missing",
                "onward 延续 direct，而 direct 缺失"
            );
            self.faults
                .push(Code::OnwardWithoutDirect, table.place_of("onward"), message);
        } else if !has("own") && !has("direct") {
            self.faults.push(
                Code::NoStep,
                table.place,
                both!(
                    "nothing brings this obligation about",
                    "没有任何规则产生该义务"
                ),
            );
        }
        let onward = onward.map(|onward| onward.inheriting(direct.as_ref()));
        Some(Obligation {
            id: id?.text.to_owned(),
            title: title?,
            origin,
            tiers,
            own: own.map(StepDraft::into_step),
            direct: direct.map(StepDraft::into_step),
            onward: onward.map(StepDraft::into_step),
        })
    }
}
