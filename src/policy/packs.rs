//! The packs that come with the program.

/// Every embedded pack: its id and its source.
pub fn embedded() -> &'static [(&'static str, &'static str)] {
    &[("cn-cii", include_str!("packs/cn-cii.toml"))]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Lang;
    use crate::policy::{Binding, Policy};

    #[test]
    fn must_is_said_only_where_statute_can_bind() {
        for (id, source) in embedded() {
            let policy = Policy::parse(source, id).unwrap();
            for obligation in &policy.obligations {
                let steps = [&obligation.own, &obligation.direct, &obligation.onward];
                for step in steps.into_iter().flatten() {
                    let by_statute = step.binding.iter().any(|rule| rule.is == Binding::Statute);
                    let duty = step.duty.as_ref().map_or("", |duty| &duty.en);
                    let says_must = duty
                        .split(|c: char| !c.is_alphabetic())
                        .any(|word| word == "must");
                    assert!(by_statute || !says_must, "{}: {duty}", obligation.id);
                }
            }
        }
    }

    #[test]
    fn every_embedded_pack_is_without_fault_and_goes_by_its_id() {
        for (id, source) in embedded() {
            match Policy::parse(source, id) {
                Ok(policy) => assert_eq!(policy.id, *id),
                Err(faults) => panic!("{}", faults.render(Lang::En, false)),
            }
        }
    }
}
