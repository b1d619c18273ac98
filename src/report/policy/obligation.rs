//! The obligations, each with its steps, and the matrix of what they stand on.

use super::appendix::asked_of_words;
use super::{Page, cell, one_line, table_row, table_rule};
use crate::lang::{Text, say};
use crate::policy::{
    AskedOf, BindingRule, Citation, Condition, EvidenceRule, Obligation, Per, Step,
};
use crate::report::binding::binding_words;
use crate::report::citation::{Mark, Numbers, citation, marks};
use crate::report::condition::{condition_lines, condition_phrase};
use crate::report::stakes::stake_words;

impl Page<'_> {
    pub(super) fn obligations(&self) -> String {
        let lang = self.lang;
        let mut out = say!(lang, "## Obligations\n", "## 义务\n");
        for (obligation, number) in self.policy.obligations.iter().zip(1..) {
            let title = one_line(obligation.title.get(lang));
            let id = &obligation.id;
            out.push_str(&say!(
                lang,
                "\n### {number}. {title} (`{id}`)\n",
                "\n### {number}. {title}（`{id}`）\n"
            ));
            out.push_str(&self.limits(obligation));
            for (heading, step) in self.steps(obligation) {
                out.push_str(&format!("\n**{heading}**\n\n"));
                out.push_str(&self.step(step));
            }
            out.push_str(&self.stakes(number - 1));
        }
        out
    }

    /// Which operators start the obligation, and how far it goes.
    fn limits(&self, obligation: &Obligation) -> String {
        let lang = self.lang;
        let mut out = String::new();
        if obligation.origin != Condition::ALWAYS {
            let phrase = condition_phrase(self.policy, &obligation.origin, lang);
            out.push_str(&say!(
                lang,
                "- Starts only where: {phrase}\n",
                "- 仅在以下情形发起：{phrase}\n"
            ));
        }
        if let Some(tiers) = obligation.tiers {
            out.push_str(&say!(
                lang,
                "- Tiers: at most {tiers}\n",
                "- 层级：最多 {tiers} 层\n"
            ));
        }
        if out.is_empty() {
            out
        } else {
            format!("\n{out}")
        }
    }

    fn steps<'s>(&self, obligation: &'s Obligation) -> Vec<(String, &'s Step)> {
        let lang = self.lang;
        let own = say!(
            lang,
            "The operator itself (tier 0)",
            "运营者自身（第 0 层）"
        );
        let direct = say!(
            lang,
            "Suppliers of the operator (tier 1)",
            "直接供应商（第 1 层）"
        );
        let onward = say!(
            lang,
            "Suppliers further on (from tier 2)",
            "更下层供应商（第 2 层起）"
        );
        let steps = [
            (own, &obligation.own),
            (direct, &obligation.direct),
            (onward, &obligation.onward),
        ];
        steps
            .into_iter()
            .filter_map(|(heading, step)| Some((heading, step.as_ref()?)))
            .collect()
    }

    fn step(&self, step: &Step) -> String {
        let lang = self.lang;
        let mut out = self.when(&step.when);
        if let Some(duty) = &step.duty {
            let duty = one_line(duty.get(lang));
            out.push_str(&say!(lang, "- Duty: {duty}\n", "- 义务内容：{duty}\n"));
        }
        if let Some(clause) = &step.clause {
            let clause = one_line(clause.get(lang));
            out.push_str(&say!(
                lang,
                "- Clause proposed: {clause}\n",
                "- 建议条款：{clause}\n"
            ));
        }
        out.push_str(&self.binding(&step.binding));
        out.push_str(&self.evidence(&step.evidence));
        out.push_str(&self.basis(&step.basis));
        out
    }

    pub(super) fn basis(&self, basis: &[Citation]) -> String {
        let lang = self.lang;
        let mut out = String::new();
        if !basis.is_empty() {
            out.push_str(&say!(lang, "- Basis:\n", "- 依据：\n"));
        }
        for cited in basis {
            out.push_str("  - ");
            out.push_str(&one_line(&citation(self.policy, cited, lang, self.as_of)));
            if let Some(source) = &cited.source {
                let source = one_line(source);
                out.push_str(&say!(lang, "; source: {source}", "；来源：{source}"));
            }
            out.push('\n');
        }
        out
    }

    /// What statutes set for operators' own duty.
    fn stakes(&self, obligation: usize) -> String {
        let lang = self.lang;
        let stakes = self.policy.stakes.iter();
        let mut stakes = stakes
            .filter(|stake| usize::from(stake.obligation) == obligation)
            .peekable();
        if stakes.peek().is_none() {
            return String::new();
        }
        let heading = say!(
            lang,
            "What statutes set for the operator",
            "法律法规对运营者规定的时限和处罚幅度"
        );
        let mut out = format!("\n**{heading}**\n\n");
        for stake in stakes {
            let cited = stake.basis.iter();
            let cited = cited.map(|basis| citation(self.policy, basis, lang, self.as_of));
            let cited: Vec<String> = cited.collect();
            let cited = cited.join(&say!(lang, "; ", "；"));
            let words = one_line(&stake_words(stake, &cited, lang));
            let since = stake.since.map_or(String::new(), |since| {
                say!(lang, " Since {since}.", "自 {since} 起。")
            });
            out.push_str(&format!("- {words}{since}\n"));
        }
        out
    }

    fn when(&self, condition: &Condition) -> String {
        let lang = self.lang;
        match condition {
            Condition::All(parts) if parts.is_empty() => {
                say!(lang, "- When: always\n", "- 条件：始终\n")
            }
            Condition::All(parts) => {
                let parts = parts
                    .iter()
                    .map(|part| condition_lines(self.policy, part, lang, 1));
                let lines: String = parts.collect();
                say!(
                    lang,
                    "- When all of these hold:\n{lines}",
                    "- 条件（同时满足）：\n{lines}"
                )
            }
            _ => {
                let lines = condition_lines(self.policy, condition, lang, 1);
                say!(lang, "- When:\n{lines}", "- 条件：\n{lines}")
            }
        }
    }

    fn binding(&self, rules: &[BindingRule]) -> String {
        let lang = self.lang;
        let always = |rule: &BindingRule| rule.when == Condition::ALWAYS;
        match rules {
            [] => return say!(lang, "- Binding: not stated\n", "- 约束力：未说明\n"),
            [rule] if always(rule) => {
                let words = binding_words(rule.is, lang);
                return say!(lang, "- Binding: {words}\n", "- 约束力：{words}\n");
            }
            _ => {}
        }
        let mut out = say!(
            lang,
            "- Binding: the first that holds; undetermined if an earlier one is unknown:\n",
            "- 约束力（取首个成立者；在先条件未知则未定）：\n"
        );
        for rule in rules {
            let words = binding_words(rule.is, lang);
            if always(rule) {
                out.push_str(&say!(
                    lang,
                    "  - {words}, otherwise\n",
                    "  - 否则：{words}\n"
                ));
                // What stands behind it never decides.
                return out;
            }
            let phrase = condition_phrase(self.policy, &rule.when, lang);
            out.push_str(&say!(
                lang,
                "  - {words}, if {phrase}\n",
                "  - {words}，条件是：{phrase}\n"
            ));
        }
        out.push_str(&say!(
            lang,
            "  - undetermined, otherwise\n",
            "  - 否则：未定\n"
        ));
        out
    }

    fn evidence(&self, rule: &EvidenceRule) -> String {
        let lang = self.lang;
        let per = match rule.per {
            Per::Party => say!(lang, "one document for the party", "每个主体一份文件"),
            Per::Relationship => say!(
                lang,
                "one document for each relationship",
                "每个关系一份文件"
            ),
        };
        let mut out = say!(lang, "- Evidence: {per}", "- 证据：{per}");
        if let Some(months) = rule.valid_months {
            out.push_str(&say!(
                lang,
                ", valid for {months} months from its issue unless it states its last day",
                "，除非载明截止日，自签发起 {months} 个月内有效"
            ));
        }
        out.push('\n');
        for accepted in &rule.accepts {
            let text = one_line(accepted.text.get(lang));
            let held = match accepted.asked_of {
                AskedOf::Supplier => String::new(),
                other => {
                    let who = asked_of_words(other, lang);
                    say!(lang, " (asked of: {who})", "（询问对象：{who}）")
                }
            };
            out.push_str(&format!("  - {text}{held}\n"));
        }
        out
    }

    /// What each obligation stands on, by pillar; none where the pack cites nothing.
    pub(super) fn matrix(&self) -> Option<String> {
        let Page { policy, lang, .. } = self;
        let mut pillars: Vec<&Text> = Vec::new();
        for instrument in &policy.instruments {
            if pillars
                .iter()
                .all(|pillar| pillar.en != instrument.pillar.en)
            {
                pillars.push(&instrument.pillar);
            }
        }
        if pillars.is_empty() {
            return None;
        }
        let mut out = say!(
            lang,
            "## Obligations by pillar\n\n",
            "## 义务与法律支柱对照\n\n"
        );
        let corner = say!(lang, "Obligation", "义务");
        out.push_str(&table_row(
            std::iter::once(corner).chain(pillars.iter().map(|pillar| cell(pillar.get(*lang)))),
        ));
        out.push_str(&table_rule(pillars.len() + 1));
        for obligation in &policy.obligations {
            let cited = pillars.iter().map(|pillar| self.cited(obligation, pillar));
            out.push_str(&table_row(
                std::iter::once(cell(obligation.title.get(*lang))).chain(cited),
            ));
        }
        out.push('\n');
        for mark in Mark::ALL {
            out.push_str(&format!("- {}\n", mark.explained(*lang, self.as_of)));
        }
        Some(out)
    }

    /// The articles of a pillar's instruments that an obligation cites, each once, with signs for their marks.
    fn cited(&self, obligation: &Obligation, pillar: &Text) -> String {
        let lang = self.lang;
        let mut by_instrument: Vec<(&str, Vec<String>)> = Vec::new();
        for citation in self
            .steps(obligation)
            .iter()
            .flat_map(|(_, step)| &step.basis)
        {
            let instrument = &self.policy.instruments[usize::from(citation.instrument)];
            if instrument.pillar.en != pillar.en {
                continue;
            }
            let number = Numbers::of(citation, instrument, self.as_of).current;
            let mut article = number.map(cell).unwrap_or_default();
            article.extend(
                marks(citation, instrument, self.as_of)
                    .into_iter()
                    .map(Mark::sign),
            );
            match by_instrument
                .iter_mut()
                .find(|(id, _)| *id == instrument.id)
            {
                Some((_, articles)) if articles.contains(&article) => {}
                Some((_, articles)) => articles.push(article),
                None => by_instrument.push((&instrument.id, vec![article])),
            }
        }
        let cited: Vec<String> = by_instrument
            .into_iter()
            .map(|(id, articles)| {
                format!("`{id}` {}", articles.join(&say!(lang, ", ", "、")))
                    .trim_end()
                    .to_owned()
            })
            .collect();
        cited.join(&say!(lang, "; ", "；"))
    }
}
