//! The `[instrument.…]` tables: what citations name.

use super::Loader;
use super::node::{Entry, Node};
use crate::lang::both;
use crate::policy::{Instrument, PolicyFaultCode as Code};

impl<'a> Loader<'a> {
    pub(super) fn read_instruments(&mut self, node: Option<Node<'a>>) {
        let Some(table) = node.and_then(|node| node.table(&mut self.faults)) else {
            return;
        };
        for (Entry { key, node }, position) in table.entries().into_iter().zip(0..=u16::MAX) {
            // Known by its name even where its table has faults, so that citations of it raise none.
            self.instrument_positions.insert(key.text, position);
            if let Some(instrument) = self.instrument(key.text, node) {
                self.instruments.push(instrument);
            }
        }
        if table.entries().len() > self.instrument_positions.len() {
            self.faults.push(
                Code::TooMany,
                table.place,
                both!(
                    "a pack has at most 65536 instruments",
                    "一个规则包最多有 65536 个法律文件"
                ),
            );
        }
    }

    fn instrument(&mut self, id: &str, node: Node<'a>) -> Option<Instrument> {
        let faults = &mut self.faults;
        let table = node.table(faults)?;
        table.keys(
            &["title", "issuer", "pillar", "in_force", "renumbered"],
            faults,
        );
        let title = table
            .require("title", faults)
            .and_then(|node| node.text(faults));
        let issuer = table.get("issuer").and_then(|node| node.text(faults));
        let pillar = table
            .require("pillar", faults)
            .and_then(|node| node.name(faults));
        let in_force = table.get("in_force").and_then(|node| node.date(faults));
        let renumbered = table.get("renumbered").and_then(|node| node.date(faults));
        Some(Instrument {
            id: id.to_owned(),
            title: title?,
            issuer,
            pillar: pillar?,
            in_force,
            renumbered,
        })
    }
}
