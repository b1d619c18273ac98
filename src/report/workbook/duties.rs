//! What the pack says of each obligation and step, worded once for all rows.

use super::super::screening::cited;
use super::super::stakes::if_it_applies;
use crate::flow::{Status, StepKind};
use crate::lang::Lang;
use crate::policy::Step;
use crate::view::View;

/// The words of all obligations.
pub(super) struct Duties<'v> {
    lang: Lang,
    all: Vec<Words<'v>>,
}

struct Words<'v> {
    title: &'v str,
    /// By the step that reaches a tier: the duty, and what it stands on.
    steps: [(&'v str, String); 3],
}

impl<'v> Duties<'v> {
    pub(super) fn new(view: &'v View) -> Duties<'v> {
        let lang = view.lang;
        let words = |step: &'v Option<Step>| {
            let duty = step.as_ref().and_then(|step| step.duty.as_ref());
            let basis = step.as_ref().map(|step| cited(view, &step.basis));
            (
                duty.map_or("", |duty| duty.get(lang)),
                basis.unwrap_or_default(),
            )
        };
        let obligations = view.assessment.flow.policy.obligations.iter();
        let all = obligations.map(|obligation| Words {
            title: obligation.title.get(lang),
            steps: [&obligation.own, &obligation.direct, &obligation.onward].map(words),
        });
        let all = all.collect();
        Duties { lang, all }
    }

    pub(super) fn title(&self, obligation: u8) -> &'v str {
        self.all[usize::from(obligation)].title
    }

    /// What is owed at a tier.
    pub(super) fn duty(&self, obligation: u8, tier: u32, status: Status) -> String {
        match self.step(obligation, tier).0 {
            "" => String::new(),
            duty => if_it_applies(status, duty, self.lang),
        }
    }

    /// What that stands on, with the marks of each citation.
    pub(super) fn basis(&self, obligation: u8, tier: u32) -> &str {
        &self.step(obligation, tier).1
    }

    fn step(&self, obligation: u8, tier: u32) -> &(&'v str, String) {
        &self.all[usize::from(obligation)].steps[StepKind::of_tier(tier) as usize]
    }
}
