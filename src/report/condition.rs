//! Conditions as people read them: nested lines whose words come from the pack's titles and labels.

use crate::country::Country;
use crate::lang::{Lang, say};
use crate::policy::{Check, Condition, Fact, Policy, Role, Test, TestId};

/// The condition as a nested Markdown list, one test a line, its outermost items indented by `depth` levels.
pub(super) fn condition_lines(
    policy: &Policy,
    condition: &Condition,
    lang: Lang,
    depth: usize,
) -> String {
    let mut lines = Lines {
        policy,
        lang,
        out: String::new(),
    };
    lines.condition(condition, depth);
    lines.out
}

/// The condition in one line, with brackets where parts nest.
pub(super) fn condition_phrase(policy: &Policy, condition: &Condition, lang: Lang) -> String {
    let join = |parts: &[Condition], link: &str| {
        let phrases = parts.iter().map(|part| match part {
            Condition::All(inner) | Condition::Any(inner) if inner.len() > 1 => {
                let phrase = condition_phrase(policy, part, lang);
                say!(lang, "({phrase})", "（{phrase}）")
            }
            _ => condition_phrase(policy, part, lang),
        });
        phrases.collect::<Vec<_>>().join(link)
    };
    match condition {
        Condition::Test(id) => test_phrase(policy, *id, lang),
        Condition::All(parts) if parts.is_empty() => always(lang),
        Condition::Any(parts) if parts.is_empty() => never(lang),
        Condition::All(parts) => join(parts, &say!(lang, ", and ", "，且")),
        Condition::Any(parts) => join(parts, &say!(lang, ", or ", "，或")),
        Condition::Not(part) => {
            let phrase = condition_phrase(policy, part, lang);
            say!(lang, "not ({phrase})", "并非（{phrase}）")
        }
    }
}

fn always(lang: Lang) -> String {
    say!(lang, "always", "始终")
}

fn never(lang: Lang) -> String {
    say!(lang, "never", "从不")
}

struct Lines<'a> {
    policy: &'a Policy,
    lang: Lang,
    out: String,
}

impl Lines<'_> {
    fn condition(&mut self, condition: &Condition, depth: usize) {
        let lang = self.lang;
        match condition {
            Condition::Test(id) => {
                let phrase = test_phrase(self.policy, *id, lang);
                self.line(depth, &phrase);
            }
            Condition::All(parts) if parts.is_empty() => self.line(depth, &always(lang)),
            Condition::Any(parts) if parts.is_empty() => self.line(depth, &never(lang)),
            Condition::All(parts) => {
                self.line(depth, &say!(lang, "all of these hold:", "同时满足："));
                parts
                    .iter()
                    .for_each(|part| self.condition(part, depth + 1));
            }
            Condition::Any(parts) => {
                self.line(
                    depth,
                    &say!(lang, "at least one of these holds:", "至少满足其一："),
                );
                parts
                    .iter()
                    .for_each(|part| self.condition(part, depth + 1));
            }
            Condition::Not(part) => {
                self.line(depth, &say!(lang, "this does not hold:", "不满足："));
                self.condition(part, depth + 1);
            }
        }
    }

    fn line(&mut self, depth: usize, text: &str) {
        self.out.push_str(&"  ".repeat(depth));
        self.out.push_str("- ");
        self.out.push_str(text);
        self.out.push('\n');
    }
}

fn test_phrase(policy: &Policy, id: TestId, lang: Lang) -> String {
    let Test { role, fact, check } = &policy.tests[usize::from(id.0)];
    let fact = policy.fact(*fact);
    let what = fact_of(fact, *role, lang);
    match check {
        Check::HasAny(positions) => {
            let values: Vec<&str> = positions
                .iter()
                .map(|&position| value_label(fact, position, lang))
                .collect();
            match values.as_slice() {
                [value] => say!(lang, "{what} is: {value}", "{what}为：{value}"),
                _ => {
                    let values = enumeration(&values, lang);
                    say!(
                        lang,
                        "{what} is any of: {values}",
                        "{what}为以下任一：{values}"
                    )
                }
            }
        }
        Check::Is(true) => say!(lang, "{what}: yes", "{what}：是"),
        Check::Is(false) => say!(lang, "{what}: no", "{what}：否"),
        Check::Outside(countries) => {
            let codes = codes(countries, lang);
            say!(
                lang,
                "{what} includes a place outside: {codes}",
                "{what}包含以下国家/地区以外的地点：{codes}"
            )
        }
        Check::Within(countries) => {
            let codes = codes(countries, lang);
            say!(
                lang,
                "{what} is only in: {codes}",
                "{what}均在以下国家/地区之内：{codes}"
            )
        }
        Check::Range { at_least, below } => range_phrase(&what, *at_least, *below, lang),
    }
}

fn range_phrase(what: &str, at_least: Option<f64>, below: Option<f64>, lang: Lang) -> String {
    match (at_least, below) {
        (Some(least), Some(below)) => {
            say!(
                lang,
                "{what} is at least {least} and below {below}",
                "{what}不少于 {least} 且低于 {below}"
            )
        }
        (Some(least), None) => say!(lang, "{what} is at least {least}", "{what}不少于 {least}"),
        (None, Some(below)) => say!(lang, "{what} is below {below}", "{what}低于 {below}"),
        (None, None) => say!(lang, "{what} is known", "{what}已知"),
    }
}

/// The fact with whose it is, as the subject of a sentence.
fn fact_of(fact: &Fact, role: Role, lang: Lang) -> String {
    let title = fact_title(fact, lang);
    match role {
        Role::Relationship => title.to_owned(),
        Role::Party => say!(lang, "the operator's “{title}”", "运营者的“{title}”"),
        Role::Supplier => say!(lang, "the supplier's “{title}”", "供应商的“{title}”"),
        Role::Customer => say!(lang, "the customer's “{title}”", "客户的“{title}”"),
        Role::Screened => say!(lang, "“{title}”", "“{title}”"),
    }
}

/// What people call the fact, else its name.
pub(super) fn fact_title(fact: &Fact, lang: Lang) -> &str {
    fact.title
        .as_ref()
        .map_or(&fact.name, |title| title.get(lang))
}

/// What people call a value of the fact, else the word that rules use.
pub(super) fn value_label(fact: &Fact, position: u16, lang: Lang) -> &str {
    fact.values[usize::from(position)].called(lang)
}

/// The items of an enumeration, kept apart by a sign that none of them contains.
pub(super) fn enumeration<T: AsRef<str>>(items: &[T], lang: Lang) -> String {
    let has_comma = items
        .iter()
        .any(|item| item.as_ref().contains([',', '、', '，', '：', ':']));
    let separator = match (lang, has_comma) {
        (Lang::En, false) => ", ",
        (Lang::En, true) => "; ",
        (Lang::Zh, false) => "、",
        (Lang::Zh, true) => "；",
    };
    let items: Vec<&str> = items.iter().map(AsRef::as_ref).collect();
    items.join(separator)
}

fn codes(countries: &[Country], lang: Lang) -> String {
    let codes: Vec<String> = countries.iter().map(ToString::to_string).collect();
    enumeration(&codes, lang)
}
