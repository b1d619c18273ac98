//! The sentences of what is told of answers that came back.

use crate::diagnostic::{Code, Fault};
use crate::lang::{Lang, say};

/// One sentence that says what is wrong with an answer; empty for other faults.
pub(super) fn message(fault: &Fault, lang: Lang) -> String {
    let Fault {
        code, text, other, ..
    } = fault;
    match code {
        Code::UnreadableAnswers => say!(
            lang,
            "the answers in it cannot be read: {other}",
            "无法读取其中的答复：{other}"
        ),
        Code::NoAnswers => say!(lang, "no table in it is that of a form", "其中没有答复表"),
        Code::UnknownAnswerKey => say!(
            lang,
            "`{text}` is nothing that the register and the pack have",
            "台账和规则包中没有“{text}”"
        ),
        Code::AnswerNotAsked => say!(
            lang,
            "`{text}` is nothing that a supplier is asked",
            "“{text}”不由供应商答复"
        ),
        Code::AnswerConflict => say!(
            lang,
            "the answer is `{text}`, but the register says `{other}`",
            "答复为“{text}”，但台账中为“{other}”"
        ),
        Code::SeveralAnswers => say!(
            lang,
            "`{text}` is one of several answers to `{other}`",
            "“{text}”是“{other}”的多个不同答复之一"
        ),
        Code::NoDocument if text.is_empty() => say!(
            lang,
            "dates are given, and no document",
            "只写了日期，没有写明文件"
        ),
        Code::NoDocument => say!(lang, "`{text}` names no document", "“{text}”没有写明文件"),
        _ => String::new(),
    }
}
