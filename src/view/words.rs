//! The words of results in both languages, which reports and pictures share.

use crate::assess::Proof;
use crate::flow::Status;
use crate::lang::Lang;
use crate::policy::Binding;

/// The word for a binding, as result files have it.
pub(crate) fn binding_word(binding: Binding) -> &'static str {
    match binding {
        Binding::Statute => "statute",
        Binding::Contract => "contract",
        Binding::Standard => "standard",
        Binding::Practice => "practice",
        Binding::Undetermined => "undetermined",
    }
}

/// The word for a status.
pub(crate) fn status_word(status: Status, lang: Lang) -> &'static str {
    match (status, lang) {
        (Status::Applies, Lang::En) => "applies",
        (Status::Applies, Lang::Zh) => "适用",
        (Status::Conditional, Lang::En) => "conditional",
        (Status::Conditional, Lang::Zh) => "附条件",
        (Status::Unconfirmed, Lang::En) => "unconfirmed",
        (Status::Unconfirmed, Lang::Zh) => "待确认",
    }
}

/// The word for a state of evidence.
pub(crate) fn proof_word(proof: Proof, lang: Lang) -> &'static str {
    match (proof, lang) {
        (proof, Lang::En) => proof.as_str(),
        (Proof::Met, Lang::Zh) => "已具备",
        (Proof::Expiring, Lang::Zh) => "即将到期",
        (Proof::Undated, Lang::Zh) => "未注日期",
        (Proof::Waived, Lang::Zh) => "已豁免",
        (Proof::Partly, Lang::Zh) => "部分具备",
        (Proof::Expired, Lang::Zh) => "已过期",
        (Proof::Missing, Lang::Zh) => "缺失",
    }
}
