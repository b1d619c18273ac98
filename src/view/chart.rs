//! What the picture of exposure chains shows: which parties, at which tier, and what travels between them.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use super::{Status, View};
use crate::lang::{Lang, say};
use crate::register::{PartyId, Value};

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
    /// What makes it an operator, if it is one.
    pub operator: Option<Operator<'a>>,
    /// The number of obligations that it carries, by status in the order of [`Status::ALL`].
    pub obligations: [usize; Status::ALL.len()],
}

impl ChartNode<'_> {
    /// The strongest status of its findings, if it has any.
    pub fn status(&self) -> Option<Status> {
        Status::ALL
            .into_iter()
            .find(|&status| self.obligations[status as usize] > 0)
    }
}

/// What the register says of a party at which obligations start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Operator<'a> {
    /// What kind of operator that makes it.
    pub kind: OperatorKind,
    /// What the pack calls that.
    pub label: &'a str,
}

/// The kinds of operators that pictures tell apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum OperatorKind {
    /// By the first of the values, in the order of the vocabulary, that make an operator for certain.
    First,
    /// By another value that makes an operator as surely, such as its own word.
    Further,
    /// By a value that makes it one only if it is designated.
    Possible,
    /// By no value of the register: screening proposes it.
    Screened,
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
    /// The number of obligations that travel here with that status.
    pub obligations: usize,
}

/// Most parties in one picture.
const MOST_NODES: usize = 60;
/// Most parties in one column of it.
const MOST_IN_TIER: usize = 24;
/// Most parties that are tried for a place in it.
const MOST_TRIED: usize = 500;

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
        let reached = lang.count(partners, "partner", "partners", "家合作方");
        let who = self.summary.operators_words(lang);
        let over = lang.count(tiers as usize, "tier", "tiers", "层");
        let verb = if operators == 1 { "reaches" } else { "reach" };
        let title = match (partners, self.assessment.focus()) {
            (0, _) => say!(
                lang,
                "No partner carries an obligation",
                "没有合作方承担义务"
            ),
            (_, Some(focus)) => {
                let name = self.name(focus.party);
                say!(
                    lang,
                    "What reaches {name} and goes on from it: {reached} over {over}",
                    "{name}：传导至此并由此向下传递的义务，涉及 {reached}，共 {over}"
                )
            }
            _ => say!(
                lang,
                "{who} {verb} {reached} over {over}",
                "{who}的义务传导至 {reached}，共 {over}"
            ),
        };
        let carriers = self.summary.carriers;
        let carries = |&&party: &&PartyId| !self.assessment.findings_of(party).is_empty();
        let hidden = carriers.saturating_sub(shown.iter().filter(carries).count());
        ExposureChart {
            title,
            subtitle: self.picture_subtitle(),
            nodes,
            links: self.chart_links(&position),
            hidden,
            lang,
        }
    }

    /// Which pack, register and day a picture is of.
    pub(super) fn picture_subtitle(&self) -> String {
        let lang = self.lang;
        let (register, day) = (&self.register_name, self.assessment.flow.as_of);
        let pack = self.assessment.flow.policy.title.get(lang);
        let focus = self.assessment.focus().map(|focus| {
            let name = self.name(focus.party);
            say!(lang, " · what concerns {name}", " · 仅涉及：{name}")
        });
        let focus = focus.unwrap_or_default();
        say!(
            lang,
            "{pack} · {register} · as of {day}{focus}",
            "{pack} · {register} · 截至 {day}{focus}"
        )
    }

    /// The parties to show: those of most concern, each with the parties on its strongest chain.
    fn shown_parties(&self) -> Vec<PartyId> {
        let mut shown: Vec<PartyId> = Vec::new();
        let mut in_tier: HashMap<u32, usize> = HashMap::new();
        for concern in self.concerns().iter().take(MOST_TRIED) {
            if shown.len() == MOST_NODES {
                break;
            }
            let needed = self.parties_of_chain(concern.party);
            let needed: Vec<PartyId> = needed
                .into_iter()
                .filter(|party| !shown.contains(party))
                .collect();
            let mut after = in_tier.clone();
            for &party in &needed {
                *after.entry(self.chart_tier(party)).or_default() += 1;
            }
            let fits = |&party: &PartyId| after[&self.chart_tier(party)] <= MOST_IN_TIER;
            if shown.len() + needed.len() <= MOST_NODES && needed.iter().all(fits) {
                shown.extend(needed);
                in_tier = after;
            }
        }
        shown
    }

    /// The parties on the chain of a party's strongest finding, each once, the operator first.
    fn parties_of_chain(&self, party: PartyId) -> Vec<PartyId> {
        let assessment = self.assessment;
        let findings = &assessment.findings[assessment.findings_of(party)];
        let Some(finding) = findings
            .iter()
            .min_by_key(|finding| (finding.status, finding.tier))
        else {
            return Vec::new();
        };
        let relationships = &assessment.flow.register.relationships;
        let mut parties = vec![finding.operator];
        // A chain longer than a picture can hold is left out by the number of its parties.
        for step in assessment
            .flow
            .chain(finding)
            .into_iter()
            .take(MOST_NODES + 1)
        {
            let supplier = relationships.supplier(step);
            if !parties.contains(&supplier) {
                parties.push(supplier);
            }
        }
        parties
    }

    /// The column of a party: 0 for operators, else the least tier of its findings.
    fn chart_tier(&self, party: PartyId) -> u32 {
        let flow = self.assessment.flow;
        match flow.operator(party) {
            Some(_) => 0,
            None => flow
                .findings_of(party)
                .iter()
                .map(|finding| finding.tier)
                .min()
                .unwrap_or(0),
        }
    }

    fn chart_node(&self, party: PartyId) -> ChartNode<'_> {
        // With a focus, parties on the way to it are shown as well, and all as they are.
        let mut obligations = [0; Status::ALL.len()];
        for finding in self.assessment.flow.findings_of(party) {
            obligations[finding.status as usize] += 1;
        }
        ChartNode {
            name: Cow::Borrowed(self.name(party)),
            tier: self.chart_tier(party),
            operator: self.operator(party),
            obligations,
        }
    }

    /// What makes a party an operator, if it is one.
    pub(super) fn operator(&self, party: PartyId) -> Option<Operator<'_>> {
        let flow = self.assessment.flow;
        let status = flow.operator(party)?;
        let origin = &flow.policy.origin;
        let column = flow.register.parties.fact(usize::from(origin.fact.0));
        let Value::Items { known, .. } = column.get(party.index()) else {
            return None;
        };
        let &value = known.first()?;
        Some(Operator {
            kind: match status {
                _ if self.is_taken(party) => OperatorKind::Screened,
                Status::Applies if origin.applies.first() == Some(&value) => OperatorKind::First,
                Status::Applies => OperatorKind::Further,
                Status::Conditional | Status::Unconfirmed => OperatorKind::Possible,
            },
            label: match self.is_taken(party) {
                true => &self.taken_label,
                false => flow.policy.fact(origin.fact).values[usize::from(value)].called(self.lang),
            },
        })
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
                obligations: carried.values().filter(|&&is| is == status).count(),
            })
        });
        links.collect()
    }
}
