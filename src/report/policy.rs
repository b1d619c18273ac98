//! A policy pack as a lawyer reads it: who starts obligations, each obligation with its rules and legal basis, and the
//! vocabulary and instruments behind them. Markdown that also reads well as plain text.

mod appendix;
mod letter;
mod obligation;
mod screening;

use jiff::civil::Date;

use super::condition::{enumeration, fact_title, value_label};
use crate::lang::{Lang, say};
use crate::policy::Policy;

/// The pack as a document of its own, with its citations as they stand at `as_of`.
pub fn policy(policy: &Policy, lang: Lang, as_of: Date) -> String {
    let page = Page {
        policy,
        lang,
        as_of,
    };
    let mut sections = vec![page.header(), page.origin(), page.obligations()];
    sections.extend(page.matrix());
    sections.extend(page.screening());
    sections.extend(page.letter());
    sections.push(page.facts());
    sections.extend(page.instruments());
    sections.join("\n")
}

/// What every section is written from.
struct Page<'a> {
    policy: &'a Policy,
    lang: Lang,
    as_of: Date,
}

impl Page<'_> {
    fn header(&self) -> String {
        let Page {
            policy,
            lang,
            as_of,
        } = self;
        let title = one_line(policy.title.get(*lang));
        let (id, version, digest) = (&policy.id, &policy.version, &policy.digest);
        let mut out = say!(
            lang,
            "# {title}\n\nPack `{id}`, version {version}, as of {as_of}. SHA-256 `{digest}`.\n",
            "# {title}\n\n规则包 `{id}`，版本 {version}，截至 {as_of}。SHA-256 `{digest}`。\n"
        );
        if let Some(notice) = &policy.notice {
            out.push_str(&format!("\n> {}\n", one_line(notice.get(*lang))));
        }
        out
    }

    fn origin(&self) -> String {
        let Page { policy, lang, .. } = self;
        let fact = policy.fact(policy.origin.fact);
        let title = fact_title(fact, *lang);
        let labels = |positions: &[u16]| {
            let labels: Vec<&str> = positions
                .iter()
                .map(|&position| value_label(fact, position, *lang))
                .collect();
            enumeration(&labels, *lang)
        };
        let applies = labels(&policy.origin.applies);
        let mut out = say!(
            lang,
            "## Who starts obligations\n\n- An operator is a party whose “{title}” is one of: {applies}\n",
            "## 谁发起义务\n\n- 运营者是“{title}”为以下之一的主体：{applies}\n"
        );
        if !policy.origin.conditional.is_empty() {
            let conditional = labels(&policy.origin.conditional);
            out.push_str(&say!(
                lang,
                "- What is started by a party whose “{title}” is one of these is conditional: {conditional}\n",
                "- “{title}”为以下之一的主体所发起的义务为附条件：{conditional}\n"
            ));
        }
        out.push_str(&say!(
            lang,
            "- Any other party starts none, and neither does one whose “{title}” is unknown\n",
            "- 其他主体，以及该项未知的主体，不发起义务\n"
        ));
        if let Some(question) = &policy.ownership_question {
            let question = one_line(question.get(*lang));
            out.push_str(&say!(
                lang,
                "- Where an operator has an owner and no relationship from it, this is asked: {question}\n",
                "- 运营者有所有者而台账中没有其所有者供应的关系时，询问：{question}\n"
            ));
        }
        out
    }
}

/// A text of the pack on one line.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text as the cell of a table.
fn cell(text: &str) -> String {
    one_line(text).replace('|', "\\|")
}

fn table_row(cells: impl IntoIterator<Item = String>) -> String {
    let cells: Vec<String> = cells.into_iter().collect();
    format!("| {} |\n", cells.join(" | "))
}

fn table_rule(columns: usize) -> String {
    format!("|{}\n", "---|".repeat(columns))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const PACK: &str = include_str!("policy/example.toml");

    fn shown(lang: Lang) -> String {
        policy(
            &Policy::parse(PACK, "example.toml").unwrap(),
            lang,
            date(2026, 11, 1),
        )
    }

    #[test]
    fn a_pack_in_english() {
        insta::assert_snapshot!(shown(Lang::En));
    }

    #[test]
    fn a_pack_in_chinese() {
        insta::assert_snapshot!(shown(Lang::Zh));
    }

    #[test]
    fn must_is_said_of_statute_only() {
        for line in shown(Lang::En)
            .lines()
            .filter(|line| line.to_lowercase().contains("must"))
        {
            assert!(line.contains("must (statute)"), "{line}");
        }
    }
}
