//! What a letter says: from whom to whom, why, what the contracts carry, how to answer, what has to be told.

use std::collections::BTreeSet;

use super::super::citation::{Mark, citation, marks, signed};
use super::super::words::{filled, owed_words};

use super::Sheet;
use super::page::{Block, Line, Table, Words};
use crate::flow::Status;
use crate::lang::{Lang, say};
use crate::policy::Citation;
use crate::register::RelationshipId;
use crate::view::{Letter, LetterDuty, View};

impl Sheet<'_> {
    /// Both names, the day, the contracts and the rules; and why the letter is written.
    pub(super) fn head(&mut self) {
        let title = self.title();
        self.put(Block::Title(title));
        let letter = self.letter;
        let name = |party| vec![self.words(|view| view.name(party).to_owned())];
        let contracts = letter.contracts.iter();
        let contracts: Vec<Words> = contracts
            .map(|&at| self.words(|view| contract_words(view, at)))
            .collect();
        let day = |day: jiff::civil::Date| vec![self.words(|_| day.to_string())];
        let as_of = self.views[0].assessment.flow.as_of;
        let facts = vec![
            (self.label("From", "发函方"), name(letter.sender)),
            (self.label("To", "收函方"), name(letter.recipient)),
            (self.label("Date", "日期"), day(as_of)),
            (
                self.label("Please answer by", "请于此日前答复"),
                day(self.by),
            ),
            (self.label("Contracts", "合同"), contracts),
            (
                self.label("Rules (policy pack)", "规则包"),
                vec![self.words(|view| self.rules(view))],
            ),
        ];
        self.put(Block::Facts(facts));
        self.why();
    }

    fn why(&mut self) {
        let letter = self.letter;
        self.heading(|lang| say!(lang, "Why we write", "缘由"));
        self.text(|view| {
            let says = say!(
                view.lang,
                "Requirements may reach {{sender}} through its customers or through rules that apply to it, and some of them are to be passed on to suppliers. This letter says which of them concern the contracts between {{sender}} and {{recipient}} named above. It asks only about these contracts and about {{recipient}}'s own controls. It neither says nor asks who other customers are, or what status anybody has under these rules.",
                "{{sender}}的客户或适用于{{sender}}的规则可能提出要求，其中部分须向供应商传递。本函说明其中哪些涉及{{sender}}与{{recipient}}之间的上述合同，且仅询问这些合同和{{recipient}}自身的管控措施。本函既不说明、也不询问其他客户是谁，或者任何主体在这些规则下的身份。"
            );
            named(view, letter, &says)
        });
        self.text(|view| {
            say!(
                view.lang,
                "It is meant to be worked out together: it proposes, and it does not end, suspend or change any contract.",
                "本函旨在与贵方共同商定：所列均为建议，不终止、不中止、也不变更任何合同。"
            )
        });
    }

    pub(super) fn title(&self) -> Words {
        let letter = self.letter;
        self.words(|view| {
            let says = say!(
                view.lang,
                "Request to {{recipient}} about what it delivers to {{sender}}",
                "致{{recipient}}：关于向{{sender}}供应事项的请求"
            );
            named(view, letter, &says)
        })
    }

    /// The pack by which the letter is written. The register is not named: it may be called after somebody else.
    pub(super) fn rules(&self, view: &View) -> String {
        let policy = view.assessment.flow.policy;
        let (title, id, version) = (policy.title.get(view.lang), &policy.id, &policy.version);
        say!(
            view.lang,
            "{title} ({id} {version})",
            "{title}（{id} {version}）"
        )
    }

    pub(super) fn label(&self, en: &str, zh: &str) -> Words {
        self.words(|view| say!(view.lang, "{en}", "{zh}"))
    }

    /// What the contracts carry: a row for each obligation; of two languages each has a column.
    pub(super) fn duties(&mut self) {
        self.heading(|lang| say!(lang, "What concerns these contracts", "涉及上述合同的义务"));
        let sides = self.views.len() > 1;
        let letter = self.letter;
        let rows = letter.duties.iter().map(|duty| match sides {
            false => {
                let [what, contracts, owed, basis] = duty_cells(self.views[0], duty);
                vec![what, contracts, owed, basis]
            }
            true => {
                let side = |view: &&View| side(view, duty_cells(view, duty));
                self.views.iter().map(side).collect()
            }
        });
        let rows: Vec<Vec<Vec<Line>>> = rows.collect();
        let (head, widths) = match sides {
            true => (vec![self.one("English"), self.one("中文")], vec![50, 50]),
            false => {
                let [what, contracts, owed, basis] = COLUMNS.map(|(en, zh)| self.label(en, zh));
                (vec![what, contracts, owed, basis], vec![40, 15, 17, 28])
            }
        };
        self.put(Block::Table(Table {
            fill_from: head.len(),
            head,
            widths,
            rows,
        }));
        self.text(|view| {
            let signs = signs(letter, view);
            say!(
                view.lang,
                "{signs}A party that a text names by its role under the rules is whoever has that role; it says nothing about any customer. Nothing here is legal advice.",
                "{signs}文中以规则角色称呼的主体，泛指具有该角色者，不表示任何客户具有该身份。本函不构成法律意见。"
            )
        });
    }

    fn one(&self, text: &str) -> Words {
        Words(vec![(self.views[0].lang, text.to_owned())])
    }

    /// How to answer, what has to be told, and who answers.
    pub(super) fn close(&mut self) {
        self.heading(|lang| say!(lang, "How to answer", "如何答复"));
        let letter = self.letter;
        let is_form = !letter.wanted.is_empty() || !letter.questions.is_empty();
        let steps: [(bool, &str, &str); 4] = [
            (
                is_form,
                "Fill in the empty columns, in this document or in the table that comes with it (CSV), which has the same rows. Leave the keys as they are: by them the answers find their places.",
                "请填写空白栏，可填写本文件，也可填写所附表格（CSV，行与本文件相同）。请勿改动编号，答复凭编号对应。",
            ),
            (
                is_form,
                "Write dates as YYYY-MM-DD. Where several values are possible, put a semicolon between them.",
                "日期请写作 YYYY-MM-DD；可填多项的，以分号隔开。",
            ),
            (
                is_form,
                "Leave blank what you do not know or may not say. A blank counts as not known, never as a no.",
                "不知晓或不便告知的请留空。空白视为未知，绝不视为“否”。",
            ),
            (
                true,
                "If you see something otherwise, or need more time, please tell us; we would like to find a way together.",
                "如有不同意见或需要更多时间，请告知我方，以便共同商定。",
            ),
        ];
        let steps = steps.iter().filter(|(is_said, _, _)| *is_said);
        let steps: Vec<Words> = steps.map(|(_, en, zh)| self.label(en, zh)).collect();
        self.put(Block::Bullets(steps));
        self.notices();
        self.contacts();
    }

    fn notices(&mut self) {
        let letter = self.letter;
        if !letter.notices.is_empty() {
            self.heading(|lang| say!(lang, "Please note", "告知事项"));
        }
        for notice in &letter.notices {
            let basis = &notice.basis;
            self.text(|view| {
                let (text, cited) = (notice.text.get(view.lang), cited(view, basis));
                match cited.is_empty() {
                    true => text.to_owned(),
                    false => say!(view.lang, "{text} Basis: {cited}.", "{text}依据：{cited}。"),
                }
            });
        }
    }

    fn contacts(&mut self) {
        self.heading(|lang| say!(lang, "Contacts", "联系人"));
        let blank = || vec![Words(vec![(Lang::En, "_".repeat(40))])];
        let facts = vec![
            (self.label("Contact at the sender", "发函方联系人"), blank()),
            (self.label("Answered by", "答复人"), blank()),
            (self.label("Answered on", "答复日期"), blank()),
        ];
        self.put(Block::Facts(facts));
    }
}

/// What the signs behind the citations mean; empty where there are none.
fn signs(letter: &Letter, view: &View) -> String {
    let flow = view.assessment.flow;
    let duties = letter.duties.iter();
    let steps = duties.filter_map(|duty| view.step_of(&duty.clause));
    let used = steps.flat_map(|step| &step.basis).flat_map(|basis| {
        let instrument = &flow.policy.instruments[usize::from(basis.instrument)];
        marks(basis, instrument, flow.as_of)
    });
    let used: BTreeSet<Mark> = used.collect();
    let explained = used.iter();
    let explained = explained.map(|mark| mark.explained(view.lang, flow.as_of));
    let explained: Vec<String> = explained.collect();
    let explained = explained.join(&say!(view.lang, "; ", "；"));
    match explained.is_empty() {
        true => explained,
        false => say!(view.lang, "{explained}. ", "{explained}。"),
    }
}

/// A text with both names in their places.
fn named(view: &View, letter: &Letter, text: &str) -> String {
    let text = filled(text, "{sender}", view.name(letter.sender));
    filled(&text, "{recipient}", view.name(letter.recipient))
}

/// The columns of what the contracts carry.
const COLUMNS: [(&str, &str); 4] = [
    ("Obligation", "义务"),
    ("Contracts", "合同"),
    ("How it binds", "约束方式"),
    ("Legal basis", "依据"),
];

/// What it is, for which contracts, how it binds, and what it stands on, in one language.
fn duty_cells(view: &View, duty: &LetterDuty) -> [Vec<Line>; 4] {
    let lang = view.lang;
    let flow = view.assessment.flow;
    let line = |text: String| Line::plain(Words(vec![(lang, text)]));
    let clause = &duty.clause;
    let obligation = &flow.policy.obligations[usize::from(clause.obligation)];
    let title = obligation.title.get(lang).to_owned();
    let mut what = vec![Line::strong(Words(vec![(lang, title)]))];
    let step = view.step_of(clause);
    let text = step.and_then(|step| step.duty.as_ref());
    what.extend(text.map(|text| line(text.get(lang).to_owned())));
    let contracts = duty.contracts.iter();
    let contracts = contracts
        .map(|&at| line(contract_words(view, at)))
        .collect();
    let owed = vec![
        line(owed_words(clause.status, clause.binding, lang).to_owned()),
        line(status_words(clause.status, lang)),
    ];
    let basis = step.map_or(&[][..], |step| &step.basis).iter();
    let basis = basis.map(|cited| line(signed(flow.policy, cited, lang, flow.as_of)));
    let mut basis: Vec<Line> = basis.collect();
    if basis.is_empty() {
        basis.push(line(say!(lang, "none stated", "未注明")));
    }
    [what, contracts, owed, basis]
}

/// The same as the one cell of a language.
fn side(view: &View, cells: [Vec<Line>; 4]) -> Vec<Line> {
    let lang = view.lang;
    let [mut out, contracts, owed, basis] = cells;
    for ((en, zh), cell) in COLUMNS.iter().skip(1).zip([contracts, owed, basis]) {
        let texts: Vec<String> = cell.iter().map(|line| line.words.inline()).collect();
        let texts = texts.join(&say!(lang, "; ", "；"));
        let text = say!(lang, "{en}: {texts}", "{zh}：{texts}");
        out.push(Line::plain(Words(vec![(lang, text)])));
    }
    out
}

/// How sure it is, and nothing of why.
pub(super) fn status_words(status: Status, lang: Lang) -> String {
    match status {
        Status::Applies => say!(lang, "applies", "适用"),
        Status::Conditional | Status::Unconfirmed => {
            say!(lang, "may apply; to be confirmed", "可能适用，有待确认")
        }
    }
}

/// “R23 · ML-2025-014”: the relationship and the reference of its contract.
pub(super) fn contract_words(view: &View, relationship: RelationshipId) -> String {
    let label = view.label(relationship);
    let relationships = &view.assessment.flow.register.relationships;
    match relationships.contract(relationship) {
        Some(contract) => format!("{label} · {contract}"),
        None => label,
    }
}

/// Where something stands, with the marks of each citation.
fn cited(view: &View, basis: &[Citation]) -> String {
    let flow = view.assessment.flow;
    let places = basis
        .iter()
        .map(|basis| citation(flow.policy, basis, view.lang, flow.as_of));
    let places: Vec<String> = places.collect();
    places.join(&say!(view.lang, "; ", "；"))
}
