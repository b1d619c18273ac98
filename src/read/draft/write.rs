//! The draft as the text of a `register.toml`.

use unicode_width::UnicodeWidthStr;

use super::columns::{Choice, Doubt};
use super::evidence::{reads_of, unknown_words};
use super::headings::Words;
use super::says::{comma, doubt, examples, rows};
use super::tables::{Join, Naming, Plan};
use super::toml_text::{key, plain, quoted};
use crate::lang::{Lang, grouped, say};
use crate::policy::Policy;
use crate::read::cells::Reads;
use crate::read::fields::normal_heading;
use crate::read::mapping::{Holds, canonical_columns};

/// What stands for whoever keeps the register, where a table names only the other side.
pub(super) const US: &str = "us";

/// Words that a draft lists of one column.
const MOST_WORDS: usize = 20;

/// Writes tables, and collects what is unsure.
pub(super) struct Writer<'w> {
    pub(super) policy: &'w Policy,
    pub(super) words: &'w Words,
    pub(super) lang: Lang,
    pub(super) naming: Naming,
    pub(super) text: String,
    /// Sentences, each beginning with the table that it is about.
    pub(super) unsure: Vec<String>,
}

impl Writer<'_> {
    pub(super) fn line(&mut self, line: &str) {
        self.text += line;
        self.text.push('\n');
    }

    /// A remark, in one or more lines.
    pub(super) fn comment(&mut self, text: &str) {
        const WIDTH: usize = 116;
        let mut line = String::from("#");
        for word in text.split(' ') {
            if line.width() + word.width() > WIDTH && line.len() > 1 {
                self.line(&line);
                line = String::from("#");
            }
            line.push(' ');
            line += word;
        }
        self.line(&line);
    }

    pub(super) fn doubt(&mut self, table: &str, sentence: String) {
        let lang = self.lang;
        self.unsure
            .push(say!(lang, "{table}: {sentence}", "{table}：{sentence}"));
    }

    /// What comes before the tables.
    pub(super) fn begin(&mut self, pack: Option<&str>) {
        let lang = self.lang;
        self.comment(&say!(
            lang,
            "A draft by `ciiflow init`. Look at what is marked unsure. Lines that begin with # are not read; what is marked UNSURE is.",
            "由 ciiflow init 起草。请核对标有 unsure 之处。以 # 开头的行不读取；标有 UNSURE 的会读取。"
        ));
        self.comment(&say!(
            lang,
            "Then see what of the cells is not understood: ciiflow check register.toml",
            "然后查看哪些单元格未能理解：ciiflow check register.toml"
        ));
        self.line("");
        match pack {
            Some(pack) => self.line(&format!("policy = {}", quoted(pack))),
            None => self.line(&format!("# policy = {}", quoted(&self.policy.id))),
        }
        if self.naming == Naming::NamesNotIds {
            self.line("");
            let sentence = say!(
                lang,
                "relationships name parties by their names and not by their ids, so ids are not read",
                "关系表用名称而非标识指称主体，因此不读取标识"
            );
            self.comment(&sentence);
            self.unsure.push(sentence);
        }
    }

    /// A file that cannot be drafted from.
    pub(super) fn left_out(&mut self, name: &str, why: &str) {
        let (lang, name, why) = (self.lang, plain(name), plain(why));
        self.line("");
        self.comment(&say!(
            lang,
            "{name}: left out: {why}",
            "{name}：略去：{why}"
        ));
        self.doubt(&name, say!(lang, "left out: {why}", "略去：{why}"));
    }

    /// A table of which nothing is known.
    pub(super) fn unknown(&mut self, plan: &Plan, name: &str, file: &str) {
        let lang = self.lang;
        let headings: Vec<String> = headings(plan).map(plain).collect();
        let headings = headings.join(comma(lang));
        let sentence = say!(
            lang,
            "its headings do not show what it holds",
            "表头看不出其内容"
        );
        self.line("");
        self.comment(&say!(
            lang,
            "{name}: {sentence}. They are: {headings}",
            "{name}：{sentence}。表头为：{headings}"
        ));
        self.line("# [[table]]");
        self.line("# of = \"relationships\"");
        self.line(&format!("# file = {}", quoted(file)));
        if let Some(sheet) = &plan.sample.sheet {
            self.line(&format!("# sheet = {}", quoted(sheet)));
        }
        self.doubt(name, sentence);
    }

    /// A table.
    pub(super) fn table(&mut self, plan: &Plan, holds: Holds, name: &str, file: &str) {
        let (lang, sample) = (self.lang, &plan.sample);
        let (rows, of) = (rows(sample, lang), holds.as_str());
        self.line("");
        self.comment(&say!(lang, "{name}: {rows}", "{name}：{rows}"));
        self.line("[[table]]");
        self.line(&format!("of = \"{of}\""));
        self.line(&format!("file = {}", quoted(file)));
        if let Some(sheet) = &sample.sheet {
            self.line(&format!("sheet = {}", quoted(sheet)));
        }
        self.layout(plan, name);
        self.oddities(plan, name);
        self.dates(plan, name);
        self.decimals(plan, name);
        self.columns(plan, holds, name);
        for choice in &plan.columns.live {
            self.values(plan, holds, choice, name);
        }
        self.constants(plan, name);
    }

    fn columns(&mut self, plan: &Plan, holds: Holds, name: &str) {
        self.line("");
        self.line("[table.columns]");
        let lines = plan.columns.live.iter();
        let lines: Vec<(String, String)> = lines
            .map(|choice| (mapped(plan, choice), self.live_remark(plan, choice, name)))
            .collect();
        let width = lines
            .iter()
            .map(|(line, _)| line.width())
            .max()
            .unwrap_or(0)
            .min(48);
        for (line, remark) in lines {
            let gap = " ".repeat(width.saturating_sub(line.width()));
            self.line(&format!("{line}{gap}  # {remark}"));
        }
        for canonical in unwanted(plan, holds, self.policy) {
            let why = say!(self.lang, "not to be read", "不读取");
            self.line(&format!("{} = \"\"  # {why}", key(&canonical)));
        }
        for choice in &plan.columns.doubtful {
            self.doubtful(plan, choice, name);
        }
        let lang = self.lang;
        let unread: Vec<String> = unread(plan).map(plain).collect();
        if !unread.is_empty() {
            let unread = unread.join(comma(lang));
            self.comment(&say!(lang, "nothing reads: {unread}", "未读取：{unread}"));
        }
    }

    fn live_remark(&mut self, plan: &Plan, choice: &Choice, name: &str) -> String {
        let lang = self.lang;
        let column = &plan.sample.columns[choice.position];
        let mut remark = examples(column, lang);
        let canonical = choice.canonical.as_str();
        let heading = plain(&column.heading);
        if let Some(unit) = self.words.scale(&column.heading) {
            remark += &say!(
                lang,
                "; in {unit}, which is not read",
                "；单位为{unit}，读取时不换算"
            );
        }
        let sentence = match choice.doubt {
            Some(why) => doubt(why, choice, lang),
            None => match plan.joins.iter().find(|join| join.canonical == canonical) {
                Some(join) if join.is_foreign() => {
                    let (known, filled) = (grouped(join.known), grouped(join.filled));
                    let sentence = say!(
                        lang,
                        "the tables of parties list {known} of {filled} cells",
                        "{filled} 个单元格中，主体表列有 {known} 个"
                    );
                    // A list of suppliers need not have the customers.
                    if !plan.joins.iter().all(Join::is_foreign) {
                        return format!("{remark}; {sentence}");
                    }
                    sentence
                }
                _ => return remark,
            },
        };
        self.doubt(
            name,
            say!(
                lang,
                "{canonical} = {heading}: {sentence}",
                "{canonical} = {heading}：{sentence}"
            ),
        );
        format!("UNSURE: {sentence}; {remark}")
    }

    fn doubtful(&mut self, plan: &Plan, choice: &Choice, name: &str) {
        let lang = self.lang;
        let column = &plan.sample.columns[choice.position];
        let why = choice.doubt.unwrap_or(Doubt::Other);
        let (sentence, examples) = (doubt(why, choice, lang), examples(column, lang));
        self.line(&format!(
            "# {}  # unsure: {sentence}; {examples}",
            mapped(plan, choice)
        ));
        // Another column of the same meaning is no question worth asking.
        if !matches!(why, Doubt::Other | Doubt::Join) {
            let (canonical, heading) = (&choice.canonical, plain(&column.heading));
            self.doubt(
                name,
                say!(
                    lang,
                    "{canonical} = {heading}? {sentence}",
                    "{canonical} = {heading}？{sentence}"
                ),
            );
        }
    }

    /// The words of a column that the pack does not have.
    fn values(&mut self, plan: &Plan, holds: Holds, choice: &Choice, name: &str) {
        let lang = self.lang;
        let Some(reads) = reads_of(&choice.canonical, holds, self.policy) else {
            return;
        };
        let words = unknown_words(&reads, &plan.sample.columns[choice.position]);
        if words.is_empty() {
            return;
        }
        let (column, count) = (key(&choice.canonical), words.len());
        let valid = match &reads {
            Reads::Words { valid, .. } => valid.join(", "),
            Reads::YesNo => "yes, no".to_owned(),
            _ => say!(
                lang,
                "codes of ISO 3166-1, such as CN",
                "ISO 3166-1 代码，如 CN"
            ),
        };
        self.line("");
        self.line(&format!("[table.values.{column}]"));
        self.comment(&say!(
            lang,
            "words that are not understood, with their counts of cells; one of: {valid}",
            "未能理解的词及其单元格数；可选：{valid}"
        ));
        for (word, count) in words.iter().take(MOST_WORDS) {
            let count = grouped(*count);
            self.line(&format!(
                "# {} = \"\"  # {count}",
                quoted(&word.to_lowercase())
            ));
        }
        if let Some(rest) = count.checked_sub(MOST_WORDS).filter(|rest| *rest > 0) {
            self.comment(&say!(lang, "… and {rest} more", "……还有 {rest} 个"));
        }
        let (canonical, words) = (
            &choice.canonical,
            lang.count(count, "word", "words", "个词"),
        );
        self.doubt(
            name,
            say!(
                lang,
                "not understood: {words} of {canonical}",
                "{canonical} 有 {words}未能理解"
            ),
        );
    }

    fn constants(&mut self, plan: &Plan, name: &str) {
        let lang = self.lang;
        let Some(side) = plan.taken.and_then(|taken| taken.only) else {
            return;
        };
        let other = side.other().column();
        let sentence = say!(
            lang,
            "no column gives the {other}; every row has `{US}`, which stands for you",
            "没有给出 {other} 的列；各行均为“{US}”，即贵方"
        );
        self.line("");
        self.line("[table.constants]");
        self.line(&format!("{other} = {}  # UNSURE: {sentence}", quoted(US)));
        self.doubt(name, sentence);
    }
}

/// `canonical = "heading"`.
fn mapped(plan: &Plan, choice: &Choice) -> String {
    let heading = &plan.sample.columns[choice.position].heading;
    format!("{} = {}", key(&choice.canonical), quoted(heading))
}

fn headings(plan: &Plan) -> impl Iterator<Item = &str> {
    let headings = plan.sample.columns.iter();
    headings
        .map(|column| column.heading.as_str())
        .filter(|heading| !heading.is_empty())
}

/// The headings that neither are read nor may have to be.
pub(super) fn unread(plan: &Plan) -> impl Iterator<Item = &str> {
    let choices = || plan.columns.live.iter().chain(&plan.columns.doubtful);
    let columns = plan.sample.columns.iter().enumerate();
    columns
        .filter(move |(position, column)| {
            column.can_be_named() && !choices().any(|choice| choice.position == *position)
        })
        .map(|(_, column)| column.heading.as_str())
}

/// Canonical columns that the reader would find by their own names, and that are not to be read.
fn unwanted(plan: &Plan, holds: Holds, policy: &Policy) -> Vec<String> {
    let own: std::collections::HashSet<String> = headings(plan).map(normal_heading).collect();
    let mut unwanted = canonical_columns(holds, policy);
    unwanted.retain(|column| {
        plan.columns.find(column).is_none() && own.contains(&normal_heading(column))
    });
    unwanted
}
