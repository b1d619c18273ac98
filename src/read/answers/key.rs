//! Keys of answers: what a row of a form is about.

use crate::register::Shows;

/// What the key of an answer is of.
pub(super) enum Key<'k> {
    Fact {
        of: &'k str,
        fact: &'k str,
    },
    Document {
        of: &'k str,
        obligation: &'k str,
        shows: Shows,
    },
}

impl<'k> Key<'k> {
    /// Ids may have dots and strokes in them, facts and obligations have none.
    pub(super) fn parse(key: &'k str) -> Option<Key<'k>> {
        let document = || {
            let (rest, shows) = key.rsplit_once('/')?;
            let (of, obligation) = rest.rsplit_once('/')?;
            let all = [Shows::Clause, Shows::Duty];
            let shows = all
                .into_iter()
                .find(|known| known.as_str() == shows.trim())?;
            Some(Key::Document {
                of: of.trim(),
                obligation: obligation.trim(),
                shows,
            })
        };
        let fact = || {
            let (of, fact) = key.rsplit_once('.')?;
            Some(Key::Fact {
                of: of.trim(),
                fact: fact.trim(),
            })
        };
        document().or_else(fact)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read_from_their_ends() {
        let shown = |key| match Key::parse(key) {
            None => "none".to_owned(),
            Some(Key::Fact { of, fact }) => format!("{of} | {fact}"),
            Some(Key::Document {
                of,
                obligation,
                shows,
            }) => format!("{of} | {obligation} | {}", shows.as_str()),
        };
        for (key, expected) in [
            ("R1.access", "R1 | access"),
            ("a.b.access", "a.b | access"),
            ("row 12.access", "row 12 | access"),
            ("R1/vetting/clause", "R1 | vetting | clause"),
            ("a/b/vetting/duty", "a/b | vetting | duty"),
            ("R1.2/vetting/duty", "R1.2 | vetting | duty"),
            ("a/b.access", "a/b | access"),
            ("R1/vetting/none", "none"),
            ("R1", "none"),
            ("/duty", "none"),
        ] {
            assert_eq!(shown(key), expected, "{key}");
        }
    }
}
