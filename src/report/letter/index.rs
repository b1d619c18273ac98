//! What was written, for whom, and who was left out: for the sender's own use.

use jiff::civil::Date;

use super::super::markdown::escaped;
use crate::flow::Status;
use crate::lang::say;
use crate::register::PartyId;
use crate::view::{Letter, View};

/// Letters and parties that the terminal shows.
const MOST: usize = 20;

/// What an index tells besides the letters.
pub struct Index<'v> {
    /// The letters, each with the name of its files.
    pub letters: Vec<(&'v Letter<'v>, &'v str)>,
    /// Who got none, with the sender: nothing reaches them through their contracts with it.
    pub left_out: Vec<(PartyId, PartyId)>,
    /// Who reviewed the letters that need it.
    pub reviewed_by: Option<&'v str>,
    /// The day by which answers are asked for.
    pub by: Date,
}

/// The index as a page.
pub fn index(view: &View, index: &Index) -> String {
    let lang = view.lang;
    let flow = view.assessment.flow;
    let (day, by, pack) = (flow.as_of, index.by, &flow.policy.id);
    let register = escaped(&view.register_name);
    let version = &flow.policy.version;
    let mut out = say!(
        lang,
        "# Letters of {day}\n\nFor internal use: not to be sent.\n\n- Register: {register}; rules: {pack} {version}\n- Answers asked for by {by}\n",
        "# {day} 的函件\n\n仅供内部使用，请勿发出。\n\n- 台账：{register}；规则：{pack} {version}\n- 请于 {by} 前答复\n"
    );
    if let Some(name) = index.reviewed_by {
        let name = escaped(name);
        out += &say!(
            lang,
            "- Reviewed by {name}, for letters as of {day}\n",
            "- 复核人：{name}（截至 {day} 的函件）\n"
        );
    }
    for (assumption, _) in &view.reading.assumptions {
        let assumed = escaped(&assumption.summary());
        out += &say!(
            lang,
            "- Assumed, and so not asked: {assumed}\n",
            "- 已作假设，故未询问：{assumed}\n"
        );
    }
    if !index.letters.is_empty() {
        out += &say!(
            lang,
            "\n| To | From | Files | Applies | May apply | Documents | Questions | Clauses | Review |\n",
            "\n| 收函方 | 发函方 | 文件 | 适用 | 可能适用 | 证明材料 | 问题 | 条款 | 复核 |\n"
        );
        out += &format!("|{}\n", " --- |".repeat(9));
    }
    for (letter, file) in &index.letters {
        out += &row(view, letter, file);
    }
    if !index.left_out.is_empty() {
        out += &say!(lang, "\n## Left out\n\n", "\n## 未写函的主体\n\n");
    }
    for &(recipient, sender) in &index.left_out {
        let (recipient, sender) = (called(view, recipient), called(view, sender));
        out += &say!(
            lang,
            "- {recipient}: nothing reaches it through its contracts with {sender}\n",
            "- {recipient}：没有义务经其与{sender}的合同传导至此\n"
        );
    }
    out
}

fn row(view: &View, letter: &Letter, file: &str) -> String {
    let counts = Counts::of(letter);
    let review = match (letter.needs_review(), view.lang) {
        (true, crate::lang::Lang::En) => "needed",
        (true, crate::lang::Lang::Zh) => "需要",
        (false, _) => "",
    };
    let file = escaped(file);
    let cells = [
        called(view, letter.recipient),
        called(view, letter.sender),
        format!("{file}.md, .docx, .csv"),
        counts.applies.to_string(),
        counts.may_apply.to_string(),
        letter.wanted.len().to_string(),
        letter.questions.len().to_string(),
        counts.clauses.to_string(),
        review.to_owned(),
    ];
    format!("| {} |\n", cells.join(" | "))
}

/// A party by name and id.
fn called(view: &View, party: PartyId) -> String {
    let (name, id) = (escaped(view.name(party)), escaped(view.id(party)));
    if name == id {
        return name;
    }
    say!(view.lang, "{name} ({id})", "{name}（{id}）")
}

/// What a letter has of each.
struct Counts {
    applies: usize,
    may_apply: usize,
    clauses: usize,
}

impl Counts {
    fn of(letter: &Letter) -> Counts {
        let duties = letter.duties.iter();
        let applies = duties
            .filter(|duty| duty.clause.status == Status::Applies)
            .count();
        let proposed = letter.proposed.iter();
        Counts {
            applies,
            may_apply: letter.duties.len() - applies,
            clauses: proposed.map(|(_, clauses)| clauses.len()).sum(),
        }
    }
}

/// A line for each of the first letters and of those who got none, for the terminal.
pub fn summary(view: &View, index: &Index) -> String {
    let letters = index.letters.iter();
    let letters = letters.map(|(letter, _)| told(view, letter));
    let left_out = index.left_out.iter().map(|&(recipient, sender)| {
        let (to, from) = (view.name(recipient), view.name(sender));
        say!(
            view.lang,
            "{to}: no letter, nothing reaches it through its contracts with {from}\n",
            "{to}：未写函，没有义务经其与{from}的合同传导至此\n"
        )
    });
    let count = index.letters.len() + index.left_out.len();
    let mut out: String = letters.chain(left_out).take(MOST).collect();
    if count > MOST {
        let rest = count - MOST;
        out += &say!(
            view.lang,
            "and {rest} more, all in letters.md\n",
            "另有 {rest} 个，全部见 letters.md\n"
        );
    }
    out
}

fn told(view: &View, letter: &Letter) -> String {
    let (to, from) = (view.name(letter.recipient), view.name(letter.sender));
    let counts = Counts::of(letter);
    let (applies, may_apply, clauses) = (counts.applies, counts.may_apply, counts.clauses);
    let (wanted, questions) = (letter.wanted.len(), letter.questions.len());
    say!(
        view.lang,
        "{from} to {to}: obligations {applies}, perhaps {may_apply} more; documents asked for {wanted}, questions {questions}, clauses proposed {clauses}\n",
        "{from} 致 {to}：义务 {applies} 项，可能另有 {may_apply} 项；所需材料 {wanted} 份，问题 {questions} 个，建议条款 {clauses} 条\n"
    )
}
