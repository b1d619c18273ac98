//! The words for a binding. “Must” is said of statute only.

use crate::lang::Lang;
use crate::policy::Binding;

/// How strongly a duty with this binding is put, and what it rests on.
pub fn binding_words(binding: Binding, lang: Lang) -> &'static str {
    match (binding, lang) {
        (Binding::Statute, Lang::En) => "must (statute)",
        (Binding::Statute, Lang::Zh) => "必须（法定）",
        (Binding::Contract, Lang::En) => "to be agreed (contract)",
        (Binding::Contract, Lang::Zh) => "待约定（合同）",
        (Binding::Standard, Lang::En) => "recommended (standard)",
        (Binding::Standard, Lang::Zh) => "建议（标准）",
        (Binding::Practice, Lang::En) => "recommended (practice)",
        (Binding::Practice, Lang::Zh) => "建议（良好实践）",
        (Binding::Undetermined, Lang::En) => "undetermined",
        (Binding::Undetermined, Lang::Zh) => "未定",
    }
}
