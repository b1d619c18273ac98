//! What answers of suppliers change: the register is walked once more without them.

use anyhow::Result;
use ciiflow::assess::Assessment;
use ciiflow::diagnostic::Diagnostics;
use ciiflow::flow::Flow;
use ciiflow::view::{Answered, View};

use super::input;

/// What the answers change that were taken; none where none were given.
pub(super) fn answered(view: &View, screen: bool) -> Result<Option<Answered>> {
    let Some(answers) = &view.reading.answers else {
        return Ok(None);
    };
    let flow = view.assessment.flow;
    let worklist = input::worklist(screen, &answers.before, flow.policy, flow.as_of, view.lang)?;
    let screened = worklist.as_ref().map(|worklist| {
        let register = answers.before.clone();
        worklist.applied(register, flow.policy)
    });
    let register = screened.as_ref().unwrap_or(&answers.before);
    let flow = Flow::new(register, flow.policy, flow.as_of);
    let assessment = input::screened(Assessment::new(&flow), worklist);
    let assessment = match view.assessment.focus() {
        Some(focus) => assessment.focused(focus.party),
        None => assessment,
    };
    let (none, name) = (Diagnostics::default(), view.register_name.clone());
    let before = View::new(&assessment, view.reading, &none, name, view.lang);
    Ok(Some(Answered::new(&before, view)))
}
