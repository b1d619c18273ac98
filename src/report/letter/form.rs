//! What the recipient is to fill in: documents, and what only it can tell. Each row has a key by which its answer is read.

use super::super::words::cell_words;
use super::Sheet;
use super::page::{Block, Cell, Line, Table, Words};
use super::says::contract_words;
use crate::lang::{Lang, say};
use crate::policy::{AskedOf, Fact, Kind};
use crate::register::{RelationshipId, Shows, Value};
use crate::view::{LetterDocument, LetterQuestion, Proof, View};

/// A row of the form.
pub(super) struct Entry {
    pub(super) key: String,
    what: Vec<Line>,
    choices: Vec<Words>,
}

impl Entry {
    /// What is asked, in one line: all of it in one language, then in the other.
    pub(super) fn asked(&self) -> String {
        let words: Vec<&Words> = self.what.iter().map(|line| &line.words).collect();
        in_a_line(&words)
    }

    /// What can be answered, in one line.
    pub(super) fn choices(&self) -> String {
        in_a_line(&self.choices.iter().collect::<Vec<_>>())
    }
}

/// Texts one behind the other, language by language.
fn in_a_line(texts: &[&Words]) -> String {
    let sides = texts.iter().map(|words| words.0.len()).max().unwrap_or(0);
    let side = |side: usize| {
        let texts = texts.iter();
        let texts = texts.filter_map(|words| words.0.get(side).or(words.0.first()));
        let texts: Vec<&str> = texts.map(|(_, text)| text.as_str()).collect();
        texts.join(" · ")
    };
    let sides: Vec<String> = (0..sides).map(side).collect();
    sides.join(" / ")
}

impl Sheet<'_> {
    /// Every row to be filled in: questions, then documents.
    pub(super) fn entries(&self) -> Vec<Entry> {
        let questions = self.letter.questions.iter();
        let documents = self.letter.wanted.iter();
        questions
            .map(|question| self.question(question))
            .chain(documents.map(|document| self.document(document)))
            .collect()
    }

    /// The documents that are asked for, and those on file.
    pub(super) fn evidence(&mut self) {
        let letter = self.letter;
        if letter.wanted.is_empty() && letter.held.is_empty() {
            return;
        }
        self.heading(|lang| say!(lang, "Documents", "证明材料"));
        if !letter.wanted.is_empty() {
            let by = self.by;
            self.text(|view| {
                say!(
                    view.lang,
                    "Please name by {by} a document for each row, as far as there is one: any of those accepted, or another that shows the same; for a clause the signed contract or amendment that has it. Send statements and summaries only: no personal files of your people and no raw records of checks on them.",
                    "请于 {by} 前就各行写明一份文件（如有）：所列任一材料，或其他能够证明的材料；条款则为载有该条款的已签合同或补充协议。请仅提供说明和摘要，不要提供人员的个人档案或审查原始材料。"
                )
            });
            let rows = letter.wanted.iter().map(|document| {
                let entry = self.document(document);
                let blanks = std::iter::repeat_n(Cell::new(), 3);
                [Self::key_cell(&entry), entry.what]
                    .into_iter()
                    .chain(blanks)
                    .collect()
            });
            let rows = rows.collect();
            let head = [
                ("Key", "编号"),
                ("What is asked", "所需材料"),
                ("Document", "文件"),
                ("Issued", "出具日期"),
                ("Expires", "到期日期"),
            ];
            self.form(&head, &[20, 40, 16, 12, 12], rows, 2);
        }
        if !letter.held.is_empty() {
            let title = self.label("Nothing asked at present", "目前无需提供");
            self.put(Block::Minor(title));
            let held = letter.held.iter().map(|document| {
                self.words(|view| {
                    let (title, shown) = (title_words(view, document), shown_words(view, document));
                    let what = say!(view.lang, "{title}. {shown}.", "{title}：{shown}。");
                    let on_file = on_file(view, document).unwrap_or_default();
                    say!(view.lang, "{what} {on_file}", "{what}{on_file}")
                })
            });
            let held = held.collect();
            self.put(Block::Bullets(held));
        }
    }

    /// What only the recipient can tell.
    pub(super) fn questions(&mut self) {
        let letter = self.letter;
        if letter.questions.is_empty() {
            return;
        }
        self.heading(|lang| say!(lang, "Questions", "待答问题"));
        self.text(|view| {
            say!(
                view.lang,
                "We do not know the following about what you deliver to us. Please write your answer into the last column.",
                "关于贵方向我方供应的内容，以下事项我方尚不知晓。请将答复填入最后一栏。"
            )
        });
        let rows = letter.questions.iter().map(|question| {
            let entry = self.question(question);
            let choices = entry.choices.iter().cloned().map(Line::plain).collect();
            vec![Self::key_cell(&entry), entry.what, choices, Cell::new()]
        });
        let rows = rows.collect();
        let head = [
            ("Key", "编号"),
            ("Question", "问题"),
            ("Possible answers", "可选答复"),
            ("Answer", "答复"),
        ];
        self.form(&head, &[20, 32, 28, 20], rows, 3);
    }

    fn form(
        &mut self,
        head: &[(&str, &str)],
        widths: &[u32],
        rows: Vec<Vec<Cell>>,
        fill_from: usize,
    ) {
        let head = head.iter().map(|(en, zh)| self.label(en, zh)).collect();
        self.put(Block::Table(Table {
            head,
            widths: widths.to_vec(),
            rows,
            fill_from,
        }));
    }

    fn key_cell(entry: &Entry) -> Cell {
        // A key is a word of no language; as Chinese it would be broken anywhere.
        let key = vec![(Lang::En, entry.key.clone())];
        vec![Line::plain(Words(key))]
    }

    fn document(&self, document: &LetterDocument) -> Entry {
        let view = self.views[0];
        let obligation = &view.assessment.flow.policy.obligations;
        let obligation = &obligation[usize::from(document.clause.obligation)].id;
        let (whose, shows) = match (document.contract, document.shows) {
            (Some(contract), Shows::Clause) => (self.contract_key(contract), "clause"),
            (Some(contract), Shows::Duty) => (self.contract_key(contract), "duty"),
            (None, _) => (view.id(self.letter.recipient).to_owned(), "duty"),
        };
        let mut what = vec![
            Line::strong(self.words(|view| title_words(view, document))),
            Line::plain(self.words(|view| shown_words(view, document))),
        ];
        let more = [
            self.words(|view| accepted_words(view, document)),
            self.words(|view| on_file(view, document).unwrap_or_default()),
        ];
        let is_said = |words: &Words| !words.inline().trim().is_empty();
        what.extend(more.into_iter().filter(is_said).map(Line::plain));
        Entry {
            key: format!("{whose}/{obligation}/{shows}"),
            what,
            choices: Vec::new(),
        }
    }

    fn question(&self, question: &LetterQuestion) -> Entry {
        let flow = self.views[0].assessment.flow;
        let fact = flow.policy.fact(question.fact);
        let recipient = self.letter.recipient;
        let who = match question.contract {
            Some(contract) => self.contract_key(contract),
            None => self.views[0].id(recipient).to_owned(),
        };
        let mut what = vec![Line::plain(self.words(|view| {
            view.cell_question(question.missing, recipient, question.contract)
        }))];
        let position = usize::from(question.fact.0);
        let value = match question.contract {
            Some(at) => flow.register.relationships.fact(position).get(at.index()),
            None => flow.register.parties.fact(position).get(recipient.index()),
        };
        let known = self.words(|view| known_words(fact, value, view.lang));
        what.extend((!known.inline().is_empty()).then(|| Line::plain(known)));
        Entry {
            key: format!("{who}.{}", fact.name),
            what,
            choices: self.fact_choices(fact),
        }
    }

    /// What a contract is called in a key; blank where an answer would be taken for another's.
    fn contract_key(&self, contract: RelationshipId) -> String {
        let view = self.views[0];
        let label = view.label(contract);
        let relationships = &view.assessment.flow.register.relationships;
        match relationships.find(&label) == Some(contract) {
            true => label,
            false => String::new(),
        }
    }

    /// What can be answered: how, then each value.
    fn fact_choices(&self, fact: &Fact) -> Vec<Words> {
        let how = self.words(|view| how_words(fact.kind, view.lang));
        let values = fact.values.iter();
        let values = values.map(|value| self.words(|view| value.offered(view.lang)));
        std::iter::once(how).chain(values).collect()
    }
}

/// The obligation that a document is about.
fn title_words(view: &View, document: &LetterDocument) -> String {
    let obligations = &view.assessment.flow.policy.obligations;
    let obligation = &obligations[usize::from(document.clause.obligation)];
    obligation.title.get(view.lang).to_owned()
}

/// What a document is to show, and for which contract.
fn shown_words(view: &View, document: &LetterDocument) -> String {
    let lang = view.lang;
    let contract = document.contract.map(|at| contract_words(view, at));
    match (document.shows, contract) {
        (Shows::Clause, Some(contract)) => say!(
            lang,
            "The clause in the contract {contract}",
            "合同 {contract} 中的条款"
        ),
        (_, Some(contract)) => say!(
            lang,
            "That it is done, under {contract}",
            "{contract} 项下的履行证明"
        ),
        (_, None) => say!(
            lang,
            "That it is done, once for all contracts with us",
            "履行证明（与我方各合同共用一份）"
        ),
    }
}

/// What is accepted of the recipient, and for how long it counts.
fn accepted_words(view: &View, document: &LetterDocument) -> String {
    let lang = view.lang;
    if document.shows == Shows::Clause {
        return String::new();
    }
    let Some(rule) = view.step_of(&document.clause).map(|step| &step.evidence) else {
        return String::new();
    };
    let accepted = rule.accepts.iter();
    let accepted = accepted.filter(|accepted| accepted.asked_of == AskedOf::Supplier);
    let accepted: Vec<&str> = accepted.map(|accepted| accepted.text.get(lang)).collect();
    let mut parts = Vec::new();
    if !accepted.is_empty() {
        let accepted = accepted.join(&say!(lang, "; ", "；"));
        parts.push(say!(lang, "Accepted: {accepted}.", "可接受：{accepted}。"));
    }
    if let Some(months) = rule.valid_months {
        parts.push(say!(
            lang,
            "Counts for {months} months unless it states its last day.",
            "未载明截止日的，{months} 个月内有效。"
        ));
    }
    parts.join(&say!(lang, " ", ""))
}

/// The dates of what is on file. What it is called is not said: a name may tell of others.
fn on_file(view: &View, document: &LetterDocument) -> Option<String> {
    let lang = view.lang;
    if matches!(document.proof, Proof::Missing | Proof::Waived) {
        return None;
    }
    let mut parts = vec![say!(lang, "On file", "已存档")];
    parts.extend(
        document
            .issued
            .map(|day| say!(lang, "issued {day}", "{day} 出具")),
    );
    parts.push(match (document.last, document.proof) {
        (Some(last), Proof::Expired) => say!(lang, "ended {last}", "已于 {last} 到期"),
        (Some(last), _) => say!(lang, "to {last}", "有效期至 {last}"),
        (None, Proof::Undated) => say!(lang, "without a date", "未注日期"),
        (None, _) => say!(lang, "without a last day", "无截止日"),
    });
    let parts = parts.join(&say!(lang, ", ", "，"));
    let is_renewed = !matches!(document.proof, Proof::Met);
    Some(match is_renewed {
        true => say!(lang, "{parts}; please renew.", "{parts}，请更新。"),
        false => say!(lang, "{parts}.", "{parts}。"),
    })
}

/// What was understood of a cell so far; empty where nothing was.
fn known_words(fact: &Fact, value: &Value, lang: Lang) -> String {
    let is_partly_known = match value {
        Value::Items { known, .. } => !known.is_empty(),
        Value::Countries { known, .. } => !known.is_empty(),
        _ => false,
    };
    let known = cell_words(fact, value, lang).filter(|_| is_partly_known);
    known.map_or(String::new(), |known| {
        say!(
            lang,
            "Understood so far (? stands for what was not): {known}",
            "目前已识别（? 为未能识别的内容）：{known}"
        )
    })
}

/// How an answer is written.
fn how_words(kind: Kind, lang: Lang) -> String {
    match kind {
        Kind::Set => say!(
            lang,
            "One or several of these, with a semicolon between them, or none:",
            "以下一项或多项，以分号隔开；均不涉及的填“无”："
        ),
        Kind::Choice => say!(lang, "One of these:", "以下一项："),
        Kind::YesNo => say!(lang, "yes or no", "是或否"),
        Kind::Countries => say!(
            lang,
            "Names or two-letter codes of countries or regions, such as SG, with a semicolon between them, or none",
            "国家或地区的名称或两位字母代码（如 SG），以分号隔开；没有的填“无”"
        ),
        Kind::Number => say!(lang, "A number", "数字"),
        Kind::Text => say!(lang, "Text", "文字"),
        Kind::Date => say!(lang, "A date, YYYY-MM-DD", "日期，YYYY-MM-DD"),
    }
}
