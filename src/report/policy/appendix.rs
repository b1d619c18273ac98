//! The vocabulary of a pack, and the instruments that it cites.

use super::{Page, cell, one_line, table_row, table_rule};
use crate::lang::{Lang, say};
use crate::policy::{AskedOf, Fact, FactValue, Kind, Subject};
use crate::report::citation::{checked_mark, in_force_mark, title};
use crate::report::condition::{enumeration, fact_title};

impl Page<'_> {
    pub(super) fn facts(&self) -> String {
        let lang = self.lang;
        let mut out = say!(lang, "## Facts\n", "## 事实\n");
        for fact in &self.policy.facts {
            let (title, name) = (one_line(fact_title(fact, lang)), &fact.name);
            let (kind, subject) = (
                kind_words(fact.kind, lang),
                subject_words(fact.subject, lang),
            );
            out.push_str(&say!(
                lang,
                "\n### {title} (`{name}`)\n\n- {kind}, of a {subject}\n",
                "\n### {title}（`{name}`）\n\n- {subject}的{kind}\n"
            ));
            if let Some(question) = &fact.question {
                let question = one_line(question.get(lang));
                out.push_str(&say!(
                    lang,
                    "- Question: {question}\n",
                    "- 问题：{question}\n"
                ));
            }
            if let Some(asked_of) = fact.asked_of {
                let who = asked_of_words(asked_of, lang);
                out.push_str(&say!(lang, "- Asked of: {who}\n", "- 询问对象：{who}\n"));
            }
            out.push_str(&self.values(fact));
        }
        out
    }

    fn values(&self, fact: &Fact) -> String {
        let lang = self.lang;
        if fact.values.is_empty() {
            return String::new();
        }
        let plain = |value: &FactValue| value.label.is_none() && value.authority.is_none();
        if fact.values.iter().all(plain) {
            let words: Vec<String> = fact
                .values
                .iter()
                .map(|value| format!("`{}`", value.word))
                .collect();
            let words = enumeration(&words, lang);
            return say!(lang, "- Values: {words}\n", "- 取值：{words}\n");
        }
        let mut out = say!(lang, "- Values:\n", "- 取值：\n");
        for value in &fact.values {
            out.push_str(&format!("  - `{}`", value.word));
            let label = value.label.as_ref().map(|label| one_line(label.get(lang)));
            if let Some(label) = label.filter(|label| *label != value.word) {
                out.push_str(&say!(lang, ": {label}", "：{label}"));
            }
            if let Some(authority) = &value.authority {
                let title = one_line(authority.title.get(lang));
                out.push_str(&say!(lang, "; in charge: {title}", "；主管部门：{title}"));
                out.extend(
                    checked_mark(authority.checked).map(|mark| mark.words(lang, self.as_of)),
                );
                if let Some(source) = &authority.source {
                    let source = one_line(source);
                    out.push_str(&say!(lang, "; source: {source}", "；来源：{source}"));
                }
            }
            out.push('\n');
        }
        out
    }

    /// The instruments; none where the pack has none.
    pub(super) fn instruments(&self) -> Option<String> {
        let lang = self.lang;
        if self.policy.instruments.is_empty() {
            return None;
        }
        let mut out = say!(
            lang,
            "## Instruments\n\n| Id | Title | Issuer | Pillar | In force | Renumbered |\n",
            "## 法律文件\n\n| 标识 | 名称 | 制定机关 | 支柱 | 施行日期 | 条文重新编号日期 |\n"
        );
        out.push_str(&table_rule(6));
        for instrument in &self.policy.instruments {
            let mut in_force = instrument
                .in_force
                .map(|day| day.to_string())
                .unwrap_or_default();
            in_force.extend(
                in_force_mark(instrument, self.as_of).map(|mark| mark.words(lang, self.as_of)),
            );
            out.push_str(&table_row([
                format!("`{}`", instrument.id),
                cell(&title(instrument, lang)),
                instrument
                    .issuer
                    .as_ref()
                    .map(|issuer| cell(issuer.get(lang)))
                    .unwrap_or_default(),
                cell(instrument.pillar.get(lang)),
                in_force,
                instrument
                    .renumbered
                    .map(|day| day.to_string())
                    .unwrap_or_default(),
            ]));
        }
        Some(out)
    }
}

fn kind_words(kind: Kind, lang: Lang) -> &'static str {
    match (kind, lang) {
        (Kind::Set, Lang::En) => "Several of its values",
        (Kind::Set, Lang::Zh) => "多选项",
        (Kind::Choice, Lang::En) => "One of its values",
        (Kind::Choice, Lang::Zh) => "单选项",
        (Kind::YesNo, Lang::En) => "Yes or no",
        (Kind::YesNo, Lang::Zh) => "是非项",
        (Kind::Countries, Lang::En) => "Countries or regions",
        (Kind::Countries, Lang::Zh) => "国家或地区",
        (Kind::Number, Lang::En) => "A number",
        (Kind::Number, Lang::Zh) => "数值",
        (Kind::Text, Lang::En) => "Text, only carried",
        (Kind::Text, Lang::Zh) => "文本（仅作记载）",
        (Kind::Date, Lang::En) => "A date, only carried",
        (Kind::Date, Lang::Zh) => "日期（仅作记载）",
    }
}

fn subject_words(subject: Subject, lang: Lang) -> &'static str {
    match (subject, lang) {
        (Subject::Party, Lang::En) => "party",
        (Subject::Party, Lang::Zh) => "主体",
        (Subject::Relationship, Lang::En) => "relationship",
        (Subject::Relationship, Lang::Zh) => "关系",
    }
}

pub(super) fn asked_of_words(asked_of: AskedOf, lang: Lang) -> &'static str {
    match (asked_of, lang) {
        (AskedOf::Supplier, Lang::En) => "the supplier",
        (AskedOf::Supplier, Lang::Zh) => "供应商",
        (AskedOf::Customer, Lang::En) => "the customer",
        (AskedOf::Customer, Lang::Zh) => "客户",
        (AskedOf::Operator, Lang::En) => "the operator",
        (AskedOf::Operator, Lang::Zh) => "运营者",
        (AskedOf::Us, Lang::En) => "ourselves",
        (AskedOf::Us, Lang::Zh) => "本方",
    }
}
