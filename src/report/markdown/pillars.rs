//! What is owed, by the families of law that it stands on.

use std::collections::{BTreeMap, BTreeSet};

use super::super::words::listed;
use super::{escaped, section, table_head, table_row};
use crate::flow::Status;
use crate::lang::say;
use crate::policy::Policy;
use crate::view::View;

/// What stands on one pillar.
#[derive(Default)]
struct Pillar {
    obligations: BTreeSet<u8>,
    applies: usize,
    open: usize,
}

/// A table of the pillars that findings stand on, in the order of the pack's instruments.
pub(super) fn pillars(view: &View, out: &mut String) {
    let lang = view.lang;
    let policy = view.assessment.flow.policy;
    let mut pillars: BTreeMap<usize, Pillar> = BTreeMap::new();
    for (finding, proven) in view.assessment.iter() {
        for pillar in pillars_of(policy, finding.obligation, finding.tier) {
            let pillar = pillars.entry(pillar).or_default();
            pillar.obligations.insert(finding.obligation);
            let applies = finding.status == Status::Applies;
            pillar.applies += usize::from(applies);
            pillar.open += usize::from(applies && !proven.proof.in_force());
        }
    }
    if pillars.is_empty() {
        return;
    }
    section(
        out,
        2,
        "pillars",
        &say!(lang, "Obligations by pillar", "按法律支柱划分的义务"),
    );
    *out += &say!(
        lang,
        "An obligation that stands on several pillars counts under each.\n\n",
        "一项义务涉及多个支柱的，分别计入各支柱。\n\n"
    );
    let head = [
        say!(lang, "Pillar", "支柱"),
        say!(lang, "Obligations", "义务"),
        say!(lang, "Findings that apply", "适用结论"),
    ];
    table_head(
        out,
        &[
            &head[..],
            &[say!(lang, "No full evidence", "无完整有效证据")],
        ]
        .concat(),
    );
    for (
        pillar,
        Pillar {
            obligations,
            applies,
            open,
        },
    ) in pillars
    {
        let titles = obligations
            .iter()
            .map(|&at| escaped(policy.obligations[usize::from(at)].title.get(lang)));
        let titles = listed(titles, usize::MAX, lang);
        let name = escaped(policy.instruments[pillar].pillar.get(lang));
        table_row(out, &[name, titles, applies.to_string(), open.to_string()]);
    }
}

/// The pillars of a finding's step, each by the first instrument of the pack that belongs to it.
fn pillars_of(policy: &Policy, obligation: u8, tier: u32) -> BTreeSet<usize> {
    let step = policy.obligations[usize::from(obligation)].step(tier);
    let citations = step.into_iter().flat_map(|step| &step.basis);
    let first = |instrument: u16| {
        let pillar = &policy.instruments[usize::from(instrument)].pillar;
        policy
            .instruments
            .iter()
            .position(|instrument| instrument.pillar.en == pillar.en)
    };
    citations
        .filter_map(|citation| first(citation.instrument))
        .collect()
}
