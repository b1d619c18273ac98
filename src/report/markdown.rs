//! `report.md`: the answer, then the parties with their chains, then what is not known, then method and law.

mod law;
mod parties;
mod unknown;

use super::terminal::{Paint, faults};
use super::words::{binding_word, listed, status_meaning, status_word};
use crate::flow::Status;
use crate::lang::say;
use crate::view::{Summary, View};

/// The report in Markdown.
pub fn report(view: &View) -> String {
    let mut out = String::new();
    answer(view, &mut out);
    parties::parties(view, &mut out);
    unknown::unknown(view, &mut out);
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
    if !out.is_empty() {
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

fn answer(view: &View, out: &mut String) {
    let lang = view.lang;
    let flow = view.assessment.flow;
    let register = escaped(&view.register_name);
    heading(
        out,
        1,
        &say!(
            lang,
            "Flow-through obligations: {register}",
            "供应链传导义务：{register}"
        ),
    );
    let (pack, version, day) = (
        escaped(flow.policy.title.get(lang)),
        escaped(&flow.policy.version),
        flow.as_of,
    );
    *out += &say!(
        lang,
        "{pack} ({version}), as of {day}.\n",
        "{pack}（{version}），截至 {day}。\n"
    );
    if let Some(notice) = &flow.policy.notice {
        *out += &format!("\n> {}\n", escaped(notice.get(lang)));
    }
    heading(out, 2, &say!(lang, "The answer", "结论"));
    let Summary {
        operators,
        partners,
        tiers,
        parties,
        relationships,
        active,
        ..
    } = view.summary;
    let operators = lang.count(operators, "operator", "operators", "家运营者");
    let partners = lang.count(partners, "partner", "partners", "家合作方");
    let tiers = lang.count(tiers as usize, "tier", "tiers", "层");
    *out += &say!(
        lang,
        "Obligations reach {partners} over {tiers} from {operators}, in a register of {parties} parties and {relationships} relationships ({active} active).\n\n",
        "义务自{operators}传导至{partners}，共{tiers}；台账有主体 {parties} 个、关系 {relationships} 条（有效 {active} 条）。\n\n"
    );
    counts(view, out);
    if !view.unclear_customers.is_empty() {
        let names = view
            .unclear_customers
            .iter()
            .map(|&party| escaped(view.name(party)));
        let names = listed(names, 10, lang);
        let count = lang.count(
            view.unclear_customers.len(),
            "customer has",
            "customers have",
            "家客户",
        );
        *out += &say!(
            lang,
            "\n**No all-clear:** {count} a blank or unreadable status and start nothing here: {names}.\n",
            "\n**并非没有义务：**{count}的状态为空或无法识别，此处不发起任何义务：{names}。\n"
        );
    }
}

/// Findings by status and binding.
fn counts(view: &View, out: &mut String) {
    let lang = view.lang;
    let mut head = vec![say!(lang, "Status", "状态"), say!(lang, "Findings", "结论")];
    head.push(say!(lang, "Not in force", "未落实"));
    let shown: Vec<usize> = (0..6)
        .filter(|&binding| {
            view.summary
                .findings
                .iter()
                .any(|counts| counts[binding] > 0)
        })
        .collect();
    head.extend(
        shown
            .iter()
            .map(|&binding| binding_word(Summary::BINDINGS[binding], lang).to_owned()),
    );
    table_head(out, &head);
    for status in Status::ALL {
        let counts = view.summary.findings[status as usize];
        let mut row = vec![format!(
            "**{}**: {}",
            status_word(status, lang),
            status_meaning(status, lang)
        )];
        row.push(view.summary.of_status(status).to_string());
        row.push(view.summary.open[status as usize].to_string());
        row.extend(shown.iter().map(|&binding| counts[binding].to_string()));
        table_row(out, &row);
    }
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
