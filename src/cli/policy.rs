//! `ciiflow policy`: list, show and check packs.

use anyhow::Result;
use ciiflow::lang::Lang;
use ciiflow::policy::packs;
use ciiflow::report;

use super::args::Policy;
use super::input;
use super::{Outcome, print};

/// Runs a command on policy packs.
pub(super) fn run(command: &Policy) -> Result<Outcome> {
    match command {
        Policy::List { lang } => {
            for (id, _) in packs::embedded() {
                let policy = input::policy(id)?;
                print(&format!(
                    "{id}  {}  {}\n",
                    policy.version,
                    policy.title.get(Lang::from(*lang))
                ))?;
            }
        }
        Policy::Show {
            policy,
            lang,
            as_of,
        } => {
            let policy = input::policy(policy)?;
            print(&report::policy::policy(
                &policy,
                (*lang).into(),
                input::day(*as_of),
            ))?;
        }
        Policy::Check { policy } => {
            let checked = input::policy(policy)?;
            let (facts, obligations) = (checked.facts.len(), checked.obligations.len());
            print(&format!(
                "{policy}: {} {}, {facts} facts, {obligations} obligations, no fault\n",
                checked.id, checked.version
            ))?;
        }
    }
    Ok(Outcome::Done)
}
