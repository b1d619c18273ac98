//! `report.md`: the answer, what to do next, what is not known, each party with its chains, obligations by pillar, clauses
//! by contract, faults of the register, then method and law.

mod answer;
mod clauses;
mod law;
mod next;
mod parties;
mod pillars;
mod unknown;

use super::terminal::{Paint, faults};
use crate::lang::say;
use crate::view::View;

/// The report in Markdown.
pub fn report(view: &View) -> String {
    let mut out = String::new();
    answer::answer(view, &mut out);
    next::next(view, &mut out);
    unknown::unknown(view, &mut out);
    parties::parties(view, &mut out);
    pillars::pillars(view, &mut out);
    clauses::clauses(view, &mut out);
    register_faults(view, &mut out);
    law::law(view, &mut out);
    out
}

/// Text of the register or the pack, so that no character of it is taken for Markdown or HTML.
fn escaped(text: &str) -> String {
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
    if !out.is_empty() && !out.ends_with("\n\n") {
        out.push('\n');
    }
    *out += &format!("{} {text}\n\n", "#".repeat(level));
}

fn table_row(out: &mut String, cells: &[String]) {
    *out += &format!("| {} |\n", cells.join(" | "));
}

fn table_head(out: &mut String, cells: &[String]) {
    table_row(out, cells);
    *out += &format!("|{}\n", " --- |".repeat(cells.len()));
}

fn register_faults(view: &View, out: &mut String) {
    let lang = view.lang;
    if view.diagnostics.is_empty() {
        return;
    }
    heading(out, 2, &say!(lang, "Faults of the register", "台账问题"));
    *out += &say!(
        lang,
        "The first of each kind; all of them are in `register-issues.csv`.\n\n",
        "每类仅列出前几处，全部见 `register-issues.csv`。\n\n"
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
