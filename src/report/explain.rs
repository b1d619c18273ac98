//! Why a party owes what it owes: its chains as one tree from the operators, repeats folded, with the facts that carry
//! each step, the places of their cells, and the law.

mod facts;
mod tree;

use std::collections::BTreeSet;

use super::citation::citation;
use super::condition::fact_title;
use super::paint::{Paint, padded};
use super::proof::{evidence_words, gap_words};
use super::stakes;
use super::words::{cell_words, listed, owed_words, proof_word, status_word};
use crate::flow::{Flow, Status};
use crate::lang::say;
use crate::register::{PartyId, RelationshipId};
use crate::view::View;
use tree::{Branch, Tree};

/// Steps of a chain that are shown at either end of a longer one.
const MOST_STEPS: usize = 12;

/// The chains of a party's findings, or of one obligation's.
pub fn explain(view: &View, party: PartyId, obligation: Option<u8>, paint: Paint) -> String {
    let assessment = view.assessment;
    let range = assessment.findings_of(party);
    let chosen: Vec<usize> = range
        .filter(|&at| obligation.is_none_or(|wanted| assessment.findings[at].obligation == wanted))
        .collect();
    let explanation = Explanation { view, paint };
    let mut out = explanation.title(party, chosen.len());
    if chosen.is_empty() {
        return out + &explanation.nothing(party, obligation);
    }
    let mut tree = Tree::default();
    for &at in &chosen {
        let finding = &assessment.findings[at];
        tree.add(
            finding.status,
            finding.operator,
            &assessment.flow.chain(finding),
            finding,
        );
    }
    out += "\n";
    explanation.tree(&tree, &mut out);
    out += "\n";
    for &at in &chosen {
        explanation.finding(at, chosen.len() == 1, &mut out);
    }
    out
}

struct Explanation<'v> {
    view: &'v View<'v>,
    paint: Paint,
}

impl Explanation<'_> {
    fn flow(&self) -> &Flow<'_> {
        self.view.assessment.flow
    }

    fn title(&self, party: PartyId, count: usize) -> String {
        let lang = self.view.lang;
        let (name, id) = (self.paint.bold(self.view.name(party)), self.view.id(party));
        let day = self.flow().as_of;
        let who = match self.view.name(party) == id {
            true => name,
            false => say!(lang, "{name} ({id})", "{name}（{id}）"),
        };
        let count = lang.count(count, "obligation", "obligations", "项义务");
        say!(
            lang,
            "{who}: {count}, as of {day}\n",
            "{who}：{count}，截至 {day}\n"
        )
    }

    /// Why there is nothing to show.
    fn nothing(&self, party: PartyId, obligation: Option<u8>) -> String {
        let lang = self.view.lang;
        let obligation = obligation
            .map(|obligation| &self.flow().policy.obligations[usize::from(obligation)].id);
        let mut out = match obligation {
            Some(id) => say!(
                lang,
                "No chain brings `{id}` here.\n",
                "没有链条将“{id}”传导至此。\n"
            ),
            None => say!(
                lang,
                "No chain brings an obligation here.\n",
                "没有链条将义务传导至此。\n"
            ),
        };
        let into: Vec<_> = self.flow().supplied_by(party).collect();
        if into.is_empty() {
            out += &say!(
                lang,
                "The register has no active relationship in which it supplies anyone.\n",
                "台账中没有其作为供应商的有效关系。\n"
            );
        }
        let relationships = &self.flow().register.relationships;
        let unclear: BTreeSet<&str> = into
            .iter()
            .map(|&relationship| relationships.customer(relationship))
            .chain([party])
            .filter(|party| self.view.unclear_customers().contains(party))
            .map(|party| self.view.name(party))
            .collect();
        if !unclear.is_empty() {
            let names = unclear.into_iter().map(str::to_owned);
            let names = listed(names.collect::<Vec<_>>().into_iter(), usize::MAX, lang);
            out += &say!(
                lang,
                "This is no all-clear: the status of {names} is blank or unreadable.\n",
                "这并不等于没有义务。以下主体的状态为空或无法识别：{names}。\n"
            );
        }
        out
    }

    /// Draws the branches; a step that stands elsewhere in the tree already is marked `(*)` and its facts are left out.
    fn tree(&self, tree: &Tree, out: &mut String) {
        let mut told = BTreeSet::new();
        for root in &tree.branches {
            *out += &self.root(root);
            // The path to the next branch to draw: chains can be too long for a recursion.
            let mut open = vec![(root.below.branches.as_slice(), String::new(), false)];
            while let Some((branches, indent, cut)) = open.pop() {
                let Some((branch, rest)) = branches.split_first() else {
                    continue;
                };
                let last = rest.is_empty();
                if !last {
                    open.push((rest, indent.clone(), cut));
                }
                let tier = branch.tier as usize;
                // The shortest chain decides, so that every chain shows its end.
                let length = branch.passing.iter().map(|finding| finding.tier as usize);
                let length = length.min().unwrap_or(tier);
                if tier > MOST_STEPS && tier + MOST_STEPS <= length {
                    if !cut {
                        let left_out = length - MOST_STEPS - tier + 1;
                        let lang = self.view.lang;
                        let rest = lang.count(left_out, "more step", "more steps", "步");
                        *out += &say!(lang, "{indent}… {rest}\n", "{indent}…… 另有 {rest}\n");
                    }
                    open.push((branch.below.branches.as_slice(), indent, true));
                    continue;
                }
                let (corner, trunk) = if last {
                    ("└─ ", "   ")
                } else {
                    ("├─ ", "│  ")
                };
                *out += &self.step(branch, &indent, corner, trunk, &mut told);
                open.push((
                    branch.below.branches.as_slice(),
                    format!("{indent}{trunk}"),
                    false,
                ));
            }
        }
    }

    fn root(&self, root: &Branch) -> String {
        let lang = self.view.lang;
        let policy = self.flow().policy;
        let parties = &self.flow().register.parties;
        let column = parties.fact(usize::from(policy.origin.fact.0));
        let fact = policy.fact(policy.origin.fact);
        let says = match self.view.is_taken(root.operator) {
            true => self.view.taken_label().to_owned(),
            false => {
                let value = column.get(root.operator.index());
                cell_words(fact, value, lang).unwrap_or_default()
            }
        };
        let (name, title) = (&fact.name, fact_title(fact, lang));
        let place = self
            .view
            .place_of_party(root.operator, name)
            .map_or(String::new(), |place| format!("  {place}"));
        let who = self.paint.bold(self.view.name(root.operator));
        let status = status_word(root.status, lang);
        let status = say!(lang, "[findings: {status}]", "【结论：{status}】");
        format!(
            "{who}  {title} = {says}  {status}{}\n",
            self.paint.dim(&place)
        )
    }

    fn step(
        &self,
        branch: &Branch,
        indent: &str,
        corner: &str,
        trunk: &str,
        told: &mut BTreeSet<(RelationshipId, u32, Status)>,
    ) -> String {
        let lang = self.view.lang;
        let Some(step) = branch.step else {
            return String::new();
        };
        let relationships = &self.flow().register.relationships;
        let supplier = self
            .paint
            .bold(self.view.name(relationships.supplier(step)));
        let label = relationships.label(step);
        let contract = relationships
            .contract(step)
            .map_or(String::new(), |contract| format!(" · {contract}"));
        let tier = branch.tier;
        let head = say!(
            lang,
            "{label}{contract} · tier {tier}",
            "{label}{contract} · 第 {tier} 层"
        );
        let repeated = !told.insert((step, branch.tier, branch.status));
        let mark = if repeated { " (*)" } else { "" };
        let mut out = format!(
            "{indent}{corner}{supplier}  {}{mark}\n",
            self.paint.dim(&head)
        );
        if !repeated {
            for fact in self.facts(branch, step) {
                out += &format!("{indent}{trunk}{}\n", self.paint.dim(&fact));
            }
        }
        out
    }

    /// One finding: what it is, how it is owed and proved; with the duty and the law where it is the only one.
    fn finding(&self, at: usize, alone: bool, out: &mut String) {
        let lang = self.view.lang;
        let flow = self.flow();
        let finding = &self.view.assessment.findings[at];
        let obligation = &flow.policy.obligations[usize::from(finding.obligation)];
        let owed = owed_words(finding.status, finding.binding, lang);
        let proof = match alone {
            true => evidence_words(self.view, at),
            false => {
                let word = proof_word(self.view.assessment.proven[at].proof, lang);
                match self.view.is_self_declared(at) {
                    true => say!(lang, "{word} (self-declared)", "{word}（自行申报）"),
                    false => word.to_owned(),
                }
            }
        };
        let status = status_word(finding.status, lang);
        let tier = finding.tier;
        let id = padded(&obligation.id, 33);
        let tier = say!(lang, "tier {tier}", "第 {tier} 层");
        // A duty that is shown still hangs on clauses that may be wanting.
        let gap = gap_words(self.view, at);
        let line = say!(
            lang,
            "{id}{status}, {tier}, {owed}; evidence {proof}{gap}",
            "{id}{status}，{tier}，{owed}；证据{proof}{gap}"
        );
        *out += &format!("{line}\n");
        let Some(step) = obligation.step(finding.tier) else {
            return;
        };
        if alone {
            let title = obligation.title.get(lang);
            *out += &format!("  {}\n", self.paint.bold(title));
            if let Some(duty) = &step.duty {
                *out += &format!("  {}\n", duty.get(lang));
            }
            for basis in &step.basis {
                *out += &format!("  - {}\n", citation(flow.policy, basis, lang, flow.as_of));
            }
            for line in stakes::lines(self.view, at) {
                *out += &format!("  {line}\n");
            }
        } else {
            let basis: Vec<String> = step
                .basis
                .iter()
                .take(2)
                .map(|basis| citation(flow.policy, basis, lang, flow.as_of))
                .collect();
            let separator = say!(lang, "; ", "；");
            let more = step.basis.get(2).map(|_| format!("{separator}…"));
            let basis = basis.join(&separator) + &more.unwrap_or_default();
            *out += &format!("  {}\n", self.paint.dim(&basis));
        }
    }
}
