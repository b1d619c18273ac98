//! The `[screening]` table: factors, callouts, and what the register should say of operators.

use std::collections::HashSet;

use super::Loader;
use super::conditions::Scope;
use super::node::{Node, Table, Word, check_name};
use crate::lang::{Text, both};
use crate::policy::{
    Callout, Citation, Condition, Expects, Factor, Link, Origin, PolicyFaultCode as Code,
    Screening, Sign, Subject,
};

/// Most factors that one screening may have, and most callouts.
const MOST_FACTORS: usize = 64;

/// What factors and callouts have in common.
struct Entry {
    id: String,
    title: Text,
    why: Option<Text>,
    basis: Vec<Citation>,
}

impl<'a> Loader<'a> {
    /// The screening; `origin` is none where it has faults of its own.
    pub(super) fn screening(
        &mut self,
        node: Node<'a>,
        origin: Option<&Origin>,
    ) -> Option<Screening> {
        let table = node.table(&mut self.faults)?;
        table.keys(
            &[
                "notice", "among", "as", "takes", "factor", "callout", "expects",
            ],
            &mut self.faults,
        );
        let notice = table
            .get("notice")
            .and_then(|node| node.text(&mut self.faults));
        let among = table
            .require("among", &mut self.faults)
            .map(|node| self.condition(node, Scope::Screened));
        let mut ids = HashSet::new();
        let factors = table.require("factor", &mut self.faults);
        let factors: Vec<Factor> = factors
            .map(|node| node.list(&mut self.faults))
            .unwrap_or_default()
            .into_iter()
            .filter_map(|item| self.factor(item, origin, &mut ids))
            .collect();
        let becomes = table
            .require("as", &mut self.faults)
            .and_then(|node| self.becomes(node, origin));
        let takes = table
            .require("takes", &mut self.faults)
            .map(|node| self.takes(node, &factors, &ids));
        let callouts: Vec<Callout> = table
            .get("callout")
            .map(|node| node.list(&mut self.faults))
            .unwrap_or_default()
            .into_iter()
            .filter_map(|item| self.callout(item, &mut ids))
            .collect();
        if factors.len().max(callouts.len()) > MOST_FACTORS {
            let message = both!(
                "a screening has at most {MOST_FACTORS} factors and as many callouts",
                "筛查最多有 {MOST_FACTORS} 个因素和 {MOST_FACTORS} 个提示"
            );
            self.faults.push(Code::TooMany, table.place, message);
        }
        let expects = table
            .get("expects")
            .and_then(|node| self.expects(node, origin));
        Some(Screening {
            notice,
            among: among?,
            becomes: becomes?,
            takes: takes?,
            factors,
            callouts,
            expects,
        })
    }

    /// The value of the origin fact that the walk is to take: one that makes a potential operator only.
    fn becomes(&mut self, node: Node<'a>, origin: Option<&Origin>) -> Option<u16> {
        let word = node.string(&mut self.faults)?;
        let origin = origin?;
        let values = &self.facts[usize::from(origin.fact.0)].fact.values;
        let called = |at: &u16| (*at, values[usize::from(*at)].word.as_str());
        let conditional: Vec<(u16, &str)> = origin.conditional.iter().map(called).collect();
        let found = conditional.iter().find(|(_, value)| *value == word.text);
        if found.is_none() {
            let message = both!(
                "`{}` does not make a potential operator, and screening finds no others",
                "“{}”不表示可能的运营者，而筛查只能得出可能的运营者",
                word.text
            );
            let list = conditional.iter().map(|(_, value)| *value);
            self.faults
                .push_unlisted(Code::UnknownValue, word.place, message, word.text, list);
        }
        found.map(|(at, _)| *at)
    }

    /// Sets of factors, each as a list of ids; `ids` has those of factors with faults too.
    fn takes(&mut self, node: Node<'a>, factors: &[Factor], ids: &HashSet<&str>) -> Vec<Vec<u16>> {
        let mut takes = Vec::new();
        for set in node.list(&mut self.faults) {
            let words = set.strings(&mut self.faults);
            if set.value.as_array().is_some_and(|items| items.is_empty()) {
                let message = both!(
                    "a set without factors would take every party",
                    "不含任何因素的组合将包含所有主体"
                );
                self.faults.push(Code::EmptyList, set.place, message);
            }
            let positions = words.into_iter().filter_map(|word| {
                let position = factors.iter().position(|factor| factor.id == word.text);
                if position.is_none() && !ids.contains(word.text) {
                    self.unknown_factor(word, factors);
                }
                Some(position? as u16)
            });
            takes.push(positions.collect());
        }
        takes
    }

    fn unknown_factor(&mut self, word: Word<'a>, factors: &[Factor]) {
        let message = both!(
            "the screening has no factor `{}`",
            "筛查中没有因素“{}”",
            word.text
        );
        let list = factors.iter().map(|factor| factor.id.as_str());
        self.faults
            .push_unlisted(Code::UnknownFactor, word.place, message, word.text, list);
    }

    fn entry(&mut self, table: Table<'a>, ids: &mut HashSet<&'a str>) -> Option<Entry> {
        let id = table
            .require("id", &mut self.faults)
            .and_then(|node| node.string(&mut self.faults));
        if let Some(id) = id {
            check_name(id, &mut self.faults);
            if !ids.insert(id.text) {
                let message = both!(
                    "an earlier factor or callout has the id `{}`",
                    "前面已有标识为“{}”的因素或提示",
                    id.text
                );
                self.faults.push(Code::DuplicateFactor, id.place, message);
            }
        }
        let title = table
            .require("title", &mut self.faults)
            .and_then(|node| node.text(&mut self.faults));
        let why = table
            .get("why")
            .and_then(|node| node.text(&mut self.faults));
        let basis = table.get("basis").map(|node| self.basis(node));
        Some(Entry {
            id: id?.text.to_owned(),
            title: title?,
            why,
            basis: basis.unwrap_or_default(),
        })
    }

    fn factor(
        &mut self,
        node: Node<'a>,
        origin: Option<&Origin>,
        ids: &mut HashSet<&'a str>,
    ) -> Option<Factor> {
        let table = node.table(&mut self.faults)?;
        table.keys(
            &["id", "title", "when", "link", "why", "basis"],
            &mut self.faults,
        );
        let entry = self.entry(table, ids);
        let sign = match (table.get("when"), table.get("link")) {
            (Some(when), None) => Some(Sign::Facts(self.condition(when, Scope::Screened))),
            (None, Some(link)) => self.link(link, origin),
            _ => {
                let message = both!(
                    "a factor has either `when` or `link`",
                    "一个因素应有 when 或 link，且只有其一"
                );
                self.faults.push(Code::UnfitFactor, table.place, message);
                None
            }
        };
        let entry = entry?;
        Some(Factor {
            id: entry.id,
            title: entry.title,
            sign: sign?,
            why: entry.why,
            basis: entry.basis,
        })
    }

    /// One way to be linked, with the values that the other party has to have.
    fn link(&mut self, node: Node<'a>, origin: Option<&Origin>) -> Option<Sign> {
        let table = node.table(&mut self.faults)?;
        table.keys(&Link::ALL.map(Link::as_str), &mut self.faults);
        let found = Link::ALL.map(|link| Some((link, table.get(link.as_str())?)));
        let mut found = found.into_iter().flatten();
        let (Some((link, values)), None) = (found.next(), found.next()) else {
            let message = both!("a link is of one kind", "link 应为且仅为一种");
            self.faults.push(Code::UnfitFactor, node.place, message);
            return None;
        };
        Some(Sign::Link {
            link,
            of: self.statuses(values, origin),
        })
    }

    /// Values of the origin fact.
    fn statuses(&mut self, node: Node<'a>, origin: Option<&Origin>) -> Vec<u16> {
        let words = node.strings(&mut self.faults);
        if node.value.as_array().is_some_and(|items| items.is_empty()) {
            let message = both!("a value is due here", "此处应有取值");
            self.faults.push(Code::EmptyList, node.place, message);
        }
        origin
            .map(|origin| self.values_of(origin.fact, &words))
            .unwrap_or_default()
    }

    fn callout(&mut self, node: Node<'a>, ids: &mut HashSet<&'a str>) -> Option<Callout> {
        let table = node.table(&mut self.faults)?;
        table.keys(
            &["id", "title", "when", "owner", "why", "basis"],
            &mut self.faults,
        );
        let entry = self.entry(table, ids);
        let [when, owner] = ["when", "owner"].map(|key| {
            table
                .require(key, &mut self.faults)
                .map(|node| self.condition(node, Scope::Screened))
        });
        let entry = entry?;
        Some(Callout {
            id: entry.id,
            title: entry.title,
            when: when?,
            owner: owner?,
            why: entry.why,
            basis: entry.basis,
        })
    }

    fn expects(&mut self, node: Node<'a>, origin: Option<&Origin>) -> Option<Expects> {
        let table = node.table(&mut self.faults)?;
        table.keys(&["of", "stated", "when"], &mut self.faults);
        let of = table
            .require("of", &mut self.faults)
            .map(|node| self.statuses(node, origin));
        let stated = table
            .get("stated")
            .map(|node| node.strings(&mut self.faults))
            .unwrap_or_default();
        let stated = stated.into_iter().filter_map(|word| {
            let fact = self.fact_named(word)?;
            let subject = self.facts[usize::from(fact.0)].subject;
            if subject == Some(Subject::Relationship) {
                let message = both!(
                    "`{}` is a fact of a relationship, and this looks at a party alone",
                    "“{}”是关系的事实，而此处只针对主体",
                    word.text
                );
                self.faults.push(Code::MisplacedFact, word.place, message);
                return None;
            }
            Some(fact)
        });
        let stated = stated.collect();
        let when = table.get("when").map_or(Condition::ALWAYS, |node| {
            self.condition(node, Scope::Screened)
        });
        Some(Expects {
            of: of?,
            stated,
            when,
        })
    }
}
