//! `ciiflow policy`: list, show and check packs.

use anyhow::Result;
use ciiflow::lang::{Lang, say};
use ciiflow::policy::packs;
use ciiflow::report;

use super::args::Policy;
use super::input;
use super::{Outcome, print};

/// Runs a command on policy packs.
pub(super) fn run(command: &Policy, lang: Lang) -> Result<Outcome> {
    match command {
        Policy::List => {
            for (id, _) in packs::embedded() {
                let policy = input::policy(id, lang)?;
                print(&format!(
                    "{id}  {}  {}\n",
                    policy.version,
                    policy.title.get(lang)
                ))?;
            }
        }
        Policy::Show { policy, as_of } => {
            let policy = input::policy(policy, lang)?;
            print(&report::policy::policy(&policy, lang, input::day(*as_of)))?;
        }
        Policy::Check { policy } => {
            let checked = input::policy(policy, lang)?;
            let (facts, obligations) = (checked.facts.len(), checked.obligations.len());
            let (id, version) = (&checked.id, &checked.version);
            print(&say!(
                lang,
                "{policy}: {id} {version}, {facts} facts, {obligations} obligations, no fault\n",
                "{policy}：{id} {version}，{facts} 项事实，{obligations} 项义务，没有错误\n"
            ))?;
        }
    }
    Ok(Outcome::Done)
}
