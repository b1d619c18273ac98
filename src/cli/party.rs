//! Parties as they are typed: by id or by name.

use anyhow::{Result, bail};
use ciiflow::diagnostic::did_you_mean;
use ciiflow::lang::{Lang, say};
use ciiflow::read::normal_name;
use ciiflow::register::{Parties, PartyId};

/// The party with this id, else the only one with this name, else the only one with this name in other spelling.
pub(super) fn find(parties: &Parties, wanted: &str, lang: Lang) -> Result<PartyId> {
    if let Some(party) = parties.find(wanted) {
        return Ok(party);
    }
    let names = |party: PartyId| [Some(parties.name(party)), parties.local_name(party)];
    let all = |is_called: &dyn Fn(&str) -> bool| -> Vec<PartyId> {
        let is_such = |party: &PartyId| names(*party).into_iter().flatten().any(is_called);
        parties.iter().filter(is_such).collect()
    };
    let mut named = all(&|name| name == wanted);
    if named.is_empty() {
        let normal = normal_name(wanted);
        named = all(&|name| normal_name(name) == normal);
    }
    match named.as_slice() {
        [party] => Ok(*party),
        [] => {
            let known = parties.iter().flat_map(|party| {
                let names = names(party).into_iter().flatten();
                names.chain([parties.id(party)])
            });
            let hint = did_you_mean(wanted, known, lang);
            bail!(say!(
                lang,
                "no party has the id or name `{wanted}`{hint}",
                "没有标识或名称为“{wanted}”的主体{hint}"
            ))
        }
        several => {
            let ids: Vec<_> = several.iter().map(|&party| parties.id(party)).collect();
            let ids = ids.join(&say!(lang, ", ", "、"));
            bail!(say!(
                lang,
                "several parties are called `{wanted}`: {ids}",
                "名称为“{wanted}”的主体有多个：{ids}"
            ))
        }
    }
}
