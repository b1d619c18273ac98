//! The screening of a pack: whom to ask whether they are operators, and why.

use super::{Page, one_line};
use crate::lang::{Lang, Text, say};
use crate::policy::{Citation, Condition, Expects, Link, Screening, Sign};
use crate::report::condition::{condition_lines, enumeration, fact_title, value_label};

impl Page<'_> {
    /// The screening; none where the pack has none.
    pub(super) fn screening(&self) -> Option<String> {
        let Page { policy, lang, .. } = self;
        let screening = policy.screening.as_ref()?;
        let mut out = say!(
            lang,
            "## Screening\n\nWhom to ask whether they are operators: a worklist, no verdict.\n",
            "## 筛查\n\n应询问是否为运营者的主体：仅为工作清单，并非结论。\n"
        );
        if let Some(notice) = &screening.notice {
            out.push_str(&format!("\n> {}\n", one_line(notice.get(*lang))));
        }
        out.push('\n');
        let among = self.lines(&screening.among);
        out.push_str(&say!(
            lang,
            "- Looked at: parties whose status is unknown, where:\n{among}",
            "- 筛查对象：状态未知且符合以下条件的主体：\n{among}"
        ));
        out.push_str(&self.takes(screening));
        if let Some(expects) = &screening.expects {
            out.push_str(&self.expects(expects));
        }
        for factor in &screening.factors {
            out.push_str(&self.entry(&factor.title, &factor.id));
            out.push_str(&self.sign(&factor.sign));
            out.push_str(&self.why(factor.why.as_ref(), &factor.basis));
        }
        for callout in &screening.callouts {
            out.push_str(&self.entry(&callout.title, &callout.id));
            let (when, owner) = (self.lines(&callout.when), self.lines(&callout.owner));
            out.push_str(&say!(
                lang,
                "- Told of a party, whatever its status, unless it is an operator, where:\n{when}- And of its owner:\n{owner}",
                "- 不论状态如何（运营者除外），符合以下条件的主体：\n{when}- 且其所有者：\n{owner}"
            ));
            out.push_str(&self.why(callout.why.as_ref(), &callout.basis));
        }
        Some(out)
    }

    pub(super) fn lines(&self, condition: &Condition) -> String {
        condition_lines(self.policy, condition, self.lang, 1)
    }

    fn entry(&self, title: &Text, id: &str) -> String {
        let title = one_line(title.get(self.lang));
        say!(
            self.lang,
            "\n### {title} (`{id}`)\n\n",
            "\n### {title}（`{id}`）\n\n"
        )
    }

    /// What `--screen` takes whom for.
    fn takes(&self, screening: &Screening) -> String {
        let lang = self.lang;
        let becomes = self.statuses(&[screening.becomes]);
        let sets = screening.takes.iter().map(|set| {
            let titles = set.iter().map(|&at| {
                let title = &screening.factors[usize::from(at)].title;
                one_line(title.get(lang))
            });
            let titles = titles.collect::<Vec<_>>().join(&say!(lang, "; ", "；"));
            format!("  - {titles}\n")
        });
        let sets: String = sets.collect();
        say!(
            lang,
            "- With `--screen` a party counts as “{becomes}” where all of one of these hold:\n{sets}",
            "- 使用 --screen 时，以下任一组全部成立的主体视为“{becomes}”：\n{sets}"
        )
    }

    /// Values of the origin fact as people call them.
    fn statuses(&self, of: &[u16]) -> String {
        let fact = self.policy.fact(self.policy.origin.fact);
        let labels = of.iter().map(|&at| value_label(fact, at, self.lang));
        enumeration(&labels.collect::<Vec<_>>(), self.lang)
    }

    fn expects(&self, expects: &Expects) -> String {
        let lang = self.lang;
        let of = self.statuses(&expects.of);
        let stated = expects.stated.iter();
        let stated = stated.map(|fact| fact_title(self.policy.fact(*fact), lang));
        let stated = enumeration(&stated.collect::<Vec<_>>(), lang);
        let mut out = String::new();
        if !stated.is_empty() {
            out += &say!(
                lang,
                "- Told where it is blank, of a party that is “{of}”: {stated}\n",
                "- 状态为“{of}”的主体，以下各项为空时予以提示：{stated}\n"
            );
        }
        if expects.when != Condition::ALWAYS {
            let when = self.lines(&expects.when);
            out += &say!(
                lang,
                "- Told where it does not hold, of a party that is “{of}”:\n{when}",
                "- 状态为“{of}”的主体，不符合以下条件时予以提示：\n{when}"
            );
        }
        out
    }

    fn sign(&self, sign: &Sign) -> String {
        let lang = self.lang;
        match sign {
            Sign::Facts(condition) => {
                let lines = self.lines(condition);
                say!(lang, "- When:\n{lines}", "- 条件：\n{lines}")
            }
            Sign::Link { link, of } => {
                let (link, of) = (link_words(*link, lang), self.statuses(of));
                say!(
                    lang,
                    "- When it {link} a party that is: {of}\n",
                    "- 条件：{link}以下状态的主体：{of}\n"
                )
            }
        }
    }

    fn why(&self, why: Option<&Text>, basis: &[Citation]) -> String {
        let lang = self.lang;
        let why = why.map_or(String::new(), |why| {
            let why = one_line(why.get(lang));
            say!(lang, "- Why: {why}\n", "- 理由：{why}\n")
        });
        why + &self.basis(basis)
    }
}

fn link_words(link: Link, lang: Lang) -> &'static str {
    match (link, lang) {
        (Link::Supplies, Lang::En) => "supplies",
        (Link::Supplies, Lang::Zh) => "供应",
        (Link::SuppliedBy, Lang::En) => "is supplied by",
        (Link::SuppliedBy, Lang::Zh) => "采购自",
        (Link::OwnedBy, Lang::En) => "is owned by",
        (Link::OwnedBy, Lang::Zh) => "隶属于",
        (Link::Owns, Lang::En) => "owns",
        (Link::Owns, Lang::Zh) => "拥有",
    }
}
