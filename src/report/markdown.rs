//! `report.md`: the answer, what to do next, each party with its chains, clauses by contract, who matters, who may be an
//! operator, what is not known, then method, law, faults of the register and inputs.

mod answer;
mod clauses;
mod focus;
mod index;
pub(super) mod law;
mod matter;
mod next;
mod parties;
mod penalties;
mod pillars;
mod read;
mod readers;
mod returned;
mod screening;
mod unknown;

use super::paint::Paint;
use super::terminal::faults;
use crate::lang::{Lang, say};
use crate::view::View;

/// The files that are written in the same run, by their names under the report's folder. The report names no others,
/// because who reads it would look for them.
#[derive(Debug, Clone, Copy, Default)]
pub struct Beside<'a>(pub &'a [String]);

impl Beside<'_> {
    fn has(self, file: &str) -> bool {
        self.0.iter().any(|name| name == file)
    }

    /// Where a list that was cut stands whole; empty where that was not written.
    fn whole(self, file: &str, lang: Lang) -> String {
        match self.has(file) {
            true => say!(
                lang,
                ", all in [`{file}`]({file})",
                "，全部见 [`{file}`]({file})"
            ),
            false => String::new(),
        }
    }

    /// A picture that was drawn, with what it shows in words.
    fn picture(self, name: &str, shows: &str, out: &mut String) {
        let file = format!("charts/{name}.png");
        if self.has(&file) {
            *out += &format!("\n![{shows}]({file})\n");
        }
    }
}

/// The report in Markdown.
pub fn report(view: &View, beside: Beside) -> String {
    let mut out = String::new();
    match view.focus() {
        Some(focus) => focus::answer(view, &focus, beside, &mut out),
        None => answer::answer(view, beside, &mut out),
    }
    next::next(view, beside, &mut out);
    parties::parties(view, beside, &mut out);
    clauses::clauses(view, beside, &mut out);
    if view.assessment.focus().is_none() {
        matter::matter(view, beside, &mut out);
    }
    screening::screening(view, beside, &mut out);
    unknown::unknown(view, beside, &mut out);
    returned::answers(view, beside, &mut out);
    law::method(view, &mut out);
    law::obligations(view, &mut out);
    pillars::pillars(view, &mut out);
    register_faults(view, beside, &mut out);
    law::made_from(view, &mut out);
    out
}

/// Text of the register or the pack, so that no character of it is taken for Markdown or HTML.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' | '\t' => out.push(' '),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '~' | '!' => {
                out.push('\\');
                out.push(c);
            }
            _ => out.push(c),
        }
    }
    out
}

fn heading(out: &mut String, level: usize, text: &str) {
    blank_line(out);
    *out += &format!("{} {text}\n\n", "#".repeat(level));
}

/// A heading that links lead to, by a name that is the same in every language.
fn section(out: &mut String, level: usize, anchor: &str, text: &str) {
    blank_line(out);
    *out += &format!("<a id=\"{anchor}\"></a>\n\n");
    heading(out, level, text);
}

fn blank_line(out: &mut String) {
    if !out.is_empty() && !out.ends_with("\n\n") {
        out.push('\n');
    }
}

fn table_row(out: &mut String, cells: &[String]) {
    *out += &format!("| {} |\n", cells.join(" | "));
}

fn table_head(out: &mut String, cells: &[String]) {
    table_row(out, cells);
    *out += &format!("|{}\n", " --- |".repeat(cells.len()));
}

fn register_faults(view: &View, beside: Beside, out: &mut String) {
    let lang = view.lang;
    if view.diagnostics.is_empty() {
        return;
    }
    section(
        out,
        2,
        "faults",
        &say!(lang, "Faults of the register", "台账问题"),
    );
    let whole = beside.whole("register-issues.csv", lang);
    *out += &say!(
        lang,
        "The first of each kind{whole}.\n\n",
        "每类仅列出前几处{whole}。\n\n"
    );
    // Indented text is shown as it stands, whatever is in it.
    for line in faults(view.diagnostics, lang, Paint::default()).lines() {
        *out += &format!("    {line}\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_the_register_is_never_markup() {
        assert_eq!(
            escaped("<script>a|b</script>\n*x*"),
            "&lt;script&gt;a\\|b&lt;/script&gt; \\*x\\*"
        );
    }
}
