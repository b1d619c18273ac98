//! The `[[stake]]` tables: what a statute sets for an operator's own duty.

use super::Loader;
use super::node::{Node, Word};
use crate::lang::both;
use crate::policy::{Citation, Obligation, PolicyFaultCode as Code, Stake, StakeKind};

const KINDS: [(&str, StakeKind); 2] =
    [("clock", StakeKind::Clock), ("penalty", StakeKind::Penalty)];

/// The largest number of times that a range may have.
const MOST_TIMES: u32 = 1_000_000;

impl<'a> Loader<'a> {
    pub(super) fn stakes(&mut self, node: Node<'a>, obligations: &[Obligation]) -> Vec<Stake> {
        let stakes = node.list(&mut self.faults).into_iter();
        stakes
            .filter_map(|item| self.stake(item, obligations))
            .collect()
    }

    fn stake(&mut self, node: Node<'a>, obligations: &[Obligation]) -> Option<Stake> {
        let table = node.table(&mut self.faults)?;
        let keys = [
            "obligation",
            "kind",
            "breach",
            "text",
            "liable",
            "since",
            "times_amount",
            "basis",
        ];
        table.keys(&keys, &mut self.faults);
        let obligation = table
            .require("obligation", &mut self.faults)
            .and_then(|node| node.string(&mut self.faults))
            .and_then(|word| self.own_obligation(word, obligations));
        let kind = table
            .require("kind", &mut self.faults)
            .and_then(|node| node.word(&KINDS, &mut self.faults));
        let breach = table.get("breach").and_then(|node| {
            self.only_of_penalties(&node, kind);
            node.text(&mut self.faults)
        });
        let text = table
            .require("text", &mut self.faults)
            .and_then(|node| node.text(&mut self.faults));
        let liable = table
            .get("liable")
            .and_then(|node| node.text(&mut self.faults));
        let since = table
            .get("since")
            .and_then(|node| node.date(&mut self.faults));
        let times_amount = table
            .get("times_amount")
            .and_then(|node| self.times(node, kind));
        let basis = table.require("basis", &mut self.faults);
        let basis = basis.map(|node| self.stake_basis(node)).unwrap_or_default();
        Some(Stake {
            obligation: obligation?,
            kind: kind?,
            breach,
            text: text?,
            liable,
            since,
            times_amount,
            basis,
        })
    }

    /// Where a stake stands: nothing is said of a statute without its place.
    fn stake_basis(&mut self, node: Node<'a>) -> Vec<Citation> {
        if node.value.as_array().is_some_and(|list| list.is_empty()) {
            let message = both!("a stake needs a citation", "须引用依据");
            self.faults.push(Code::EmptyList, node.place, message);
        }
        self.basis(node)
    }

    /// The obligation with this id; a fault if there is none, or operators bear nothing of it themselves.
    fn own_obligation(&mut self, word: Word<'_>, obligations: &[Obligation]) -> Option<u8> {
        let own = || {
            let own = obligations.iter().zip(0..);
            own.filter(|(obligation, _)| obligation.own.is_some())
        };
        let found = own().find(|(obligation, _)| obligation.id == word.text);
        if found.is_none() {
            let message = both!(
                "no obligation `{}` is borne by operators themselves",
                "没有由运营者自身承担的义务“{}”",
                word.text
            );
            let ids = own().map(|(obligation, _)| obligation.id.as_str());
            self.faults
                .push_unlisted(Code::UnknownObligation, word.place, message, word.text, ids);
        }
        found.map(|(_, position)| position)
    }

    /// Whether a key of penalties stands where it can; a fault if it stands with a clock.
    fn only_of_penalties(&mut self, node: &Node<'a>, kind: Option<StakeKind>) -> bool {
        let fits = kind != Some(StakeKind::Clock);
        if !fits {
            let message = both!(
                "only a penalty has a breach or is measured by an amount",
                "只有处罚有违法行为或者以金额计量"
            );
            self.faults.push(Code::UnfittingKey, node.place, message);
        }
        fits
    }

    /// The least and the most times; only a penalty is measured so.
    fn times(&mut self, node: Node<'a>, kind: Option<StakeKind>) -> Option<[u32; 2]> {
        if !self.only_of_penalties(&node, kind) {
            return None;
        }
        let numbers = node.list(&mut self.faults).into_iter();
        let numbers: Vec<Option<u32>> = numbers
            .map(|node| node.count(MOST_TIMES, &mut self.faults))
            .collect();
        match numbers.as_slice() {
            [Some(least), Some(most)] if least <= most => Some([*least, *most]),
            // What is wrong with a number has been told.
            numbers if numbers.contains(&None) => None,
            _ => {
                let message = both!(
                    "a range is two numbers, the least first",
                    "范围应为两个数字，较小的在前"
                );
                self.faults.push(Code::OutOfRange, node.place, message);
                None
            }
        }
    }
}
