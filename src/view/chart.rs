//! What the picture of exposure chains shows: which parties, at which tier, and what travels between them.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use super::{Status, View};
use crate::lang::{Lang, say};
use crate::register::PartyId;

/// The chains along which obligations travel from operators to their partners, tier by tier.
#[derive(Debug, Clone)]
pub struct ExposureChart<'a> {
    /// The finding, as a sentence.
    pub title: String,
    /// What the picture shows, of which register and date.
    pub subtitle: String,
    /// The parties shown; within a tier the first ones stay on top where links leave the choice.
    pub nodes: Vec<ChartNode<'a>>,
    /// The links between them, one for a pair of parties and a status.
    pub links: Vec<ChartLink>,
    /// The number of parties that carry obligations and are not shown.
    pub hidden: usize,
    /// The language of everything that the picture adds to the names.
    pub lang: Lang,
}

/// A party in a picture.
#[derive(Debug, Clone)]
pub struct ChartNode<'a> {
    /// The name, as the register has it.
    pub name: Cow<'a, str>,
    /// The least tier of its findings; 0 for operators.
    pub tier: u32,
    /// Whether obligations start here.
    pub operator: bool,
    /// The strongest status of its findings, if it has any.
    pub status: Option<Status>,
    /// The number of obligations that it carries.
    pub obligations: usize,
}

/// A relationship in a picture, from customer to supplier: the way that obligations travel.
#[derive(Debug, Clone, Copy)]
pub struct ChartLink {
    /// The customer, an index into the nodes.
    pub from: usize,
    /// The supplier, an index into the nodes.
    pub to: usize,
    /// The strongest status of the obligations that travel here.
    pub status: Status,
    /// The number of obligations that travel here.
    pub obligations: usize,
}

/// Most parties in one picture.
const MOST_NODES: usize = 60;

impl View<'_> {
    /// The exposure chains of the parties of most concern, with every party that their chains pass.
    pub fn exposure_chart(&self) -> ExposureChart<'_> {
        let shown = self.shown_parties();
        let position: HashMap<PartyId, usize> = shown
            .iter()
            .enumerate()
            .map(|(position, &party)| (party, position))
            .collect();
        let nodes: Vec<ChartNode> = shown.iter().map(|&party| self.chart_node(party)).collect();
        let lang = self.lang;
        let (operators, partners, tiers) = (
            self.summary.operators,
            self.summary.partners,
            self.summary.tiers,
        );
        let title = match (operators, partners) {
            (_, 0) => say!(
                lang,
                "No partner carries an obligation",
                "没有合作方承担义务"
            ),
            (1, 1) => say!(
                lang,
                "1 operator reaches 1 partner",
                "1 家运营者的义务传导至 1 家合作方"
            ),
            (1, _) => say!(
                lang,
                "1 operator reaches {partners} partners over {tiers} tiers",
                "1 家运营者的义务传导至 {partners} 家合作方，共 {tiers} 层"
            ),
            _ => say!(
                lang,
                "{operators} operators reach {partners} partners over {tiers} tiers",
                "{operators} 家运营者的义务传导至 {partners} 家合作方，共 {tiers} 层"
            ),
        };
        let (register, day) = (&self.register_name, self.assessment.flow.as_of);
        let pack = self.assessment.flow.policy.title.get(lang);
        let subtitle = say!(
            lang,
            "{pack} · {register} · as of {day}",
            "{pack} · {register} · 截至 {day}"
        );
        let carriers = self.summary.carriers;
        let hidden = carriers.saturating_sub(nodes.len());
        ExposureChart {
            title,
            subtitle,
            nodes,
            links: self.chart_links(&position),
            hidden,
            lang,
        }
    }

    /// The parties to show: those of most concern, each with the parties on its strongest chain.
    fn shown_parties(&self) -> Vec<PartyId> {
        let assessment = self.assessment;
        let mut shown: Vec<PartyId> = Vec::new();
        for concern in &self.concerns {
            let findings = &assessment.findings[assessment.findings_of(concern.party)];
            let Some(finding) = findings
                .iter()
                .min_by_key(|finding| (finding.status, finding.tier))
            else {
                continue;
            };
            let relationships = &assessment.flow.register.relationships;
            let mut needed = vec![finding.operator];
            // A chain longer than a picture can hold would push everything else out of it.
            let chain = assessment.flow.chain(finding);
            needed.extend(
                chain
                    .iter()
                    .take(MOST_NODES)
                    .map(|&step| relationships.supplier(step)),
            );
            needed.retain(|party| !shown.contains(party));
            if shown.len() + needed.len() <= MOST_NODES {
                shown.extend(needed);
            }
        }
        shown
    }

    fn chart_node(&self, party: PartyId) -> ChartNode<'_> {
        let assessment = self.assessment;
        let findings = &assessment.findings[assessment.findings_of(party)];
        let operator = assessment.flow.operator(party).is_some();
        let tier = findings
            .iter()
            .map(|finding| finding.tier)
            .min()
            .unwrap_or(0);
        ChartNode {
            name: Cow::Borrowed(self.name(party)),
            tier: if operator { 0 } else { tier },
            operator,
            status: findings.iter().map(|finding| finding.status).min(),
            obligations: findings.len(),
        }
    }

    /// What travels between the parties shown.
    fn chart_links(&self, position: &HashMap<PartyId, usize>) -> Vec<ChartLink> {
        let relationships = &self.assessment.flow.register.relationships;
        let mut links: BTreeMap<(usize, usize), BTreeMap<u8, Status>> = BTreeMap::new();
        let ends = position
            .keys()
            .copied()
            .collect::<std::collections::BTreeSet<_>>();
        let out_of = ends
            .into_iter()
            .flat_map(|customer| self.assessment.flow.supplies_to(customer));
        for relationship in out_of {
            let ends = [
                relationships.customer(relationship),
                relationships.supplier(relationship),
            ];
            let [Some(&from), Some(&to)] = ends.map(|party| position.get(&party)) else {
                continue;
            };
            for clause in self.assessment.flow.clauses_of(relationship) {
                let strongest = links
                    .entry((from, to))
                    .or_default()
                    .entry(clause.obligation)
                    .or_insert(clause.status);
                *strongest = clause.status.min(*strongest);
            }
        }
        let links = links.into_iter().filter_map(|((from, to), carried)| {
            let status = *carried.values().min()?;
            Some(ChartLink {
                from,
                to,
                status,
                obligations: carried.len(),
            })
        });
        links.collect()
    }
}
