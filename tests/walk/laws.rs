//! Laws that hold for every register, on small random ones.

use std::sync::LazyLock;

use ciiflow::flow::{Clause, Finding, Flow};
use ciiflow::register::RelationshipId;
use proptest::prelude::*;
use proptest::sample::Index;
use rayon::{ThreadPool, ThreadPoolBuilder};

use crate::cases::DAY;
use crate::cells::{is_open, known_items};
use crate::generate::{Example, Ids, example, pool};
use crate::model::{Cells, Fact, Kind, Obligation, PARTY_FACTS, RELATIONSHIP_FACTS};
use crate::model::{policy, register, walk};
use crate::naive::{Found, Naive, holds};
use crate::rows::{self, CLAUSES, FINDINGS, Rows, difference};

/// Findings with their chains, and clauses.
fn walked(cells: &Cells, obligations: &[Obligation]) -> (Rows, Rows) {
    let with_chain = [FINDINGS, &["chain"]].concat();
    walk(cells, obligations, |flow| {
        (
            rows::findings(flow, &with_chain),
            rows::clauses(flow, CLAUSES),
        )
    })
}

fn assert_same(what: &str, expected: &Rows, actual: &Rows) -> Result<(), TestCaseError> {
    difference(what, expected, actual).map_or(Ok(()), |told| Err(TestCaseError::fail(told)))
}

/// The usual number of cases or a part of it, and patience in making a failing register small.
pub(crate) fn config(part: u32) -> ProptestConfig {
    let usual = ProptestConfig::default();
    ProptestConfig {
        cases: usual.cases / part,
        max_shrink_iters: 4096,
        ..usual
    }
}

proptest! {
    #![proptest_config(config(1))]

    #[test]
    fn the_walk_equals_a_naive_search(example in example(Ids::Mixed)) {
        let naive = Naive::new(&example.cells, &example.obligations);
        let (findings, clauses) = walked(&example.cells, &example.obligations);
        let expected = naive.findings().iter().map(Found::row).collect();
        assert_same("findings", &expected, &findings)?;
        assert_same("clauses", &naive.clauses(), &clauses)?;
    }
}

proptest! {
    #![proptest_config(config(4))]

    /// Obligations walk in groups, and the last of a full pack in the last.
    #[test]
    fn an_obligation_walks_alike_wherever_it_stands(example in example(Ids::Mixed)) {
        let count = example.obligations.len();
        let many: Vec<Obligation> = (0..64)
            .map(|at| Obligation {
                id: format!("duty-{at}"),
                ..example.obligations[at % count].clone()
            })
            .collect();
        let (findings, clauses) = walked(&example.cells, &many);
        let of = |rows: &Rows, at: usize| -> Rows {
            let id = format!("duty-{at}");
            let rows = rows.iter().filter(|row| row[1] == id);
            rows.map(|row| [&row[..1], &row[2..]].concat()).collect()
        };
        for at in count..64 {
            assert_same("findings", &of(&findings, at % count), &of(&findings, at))?;
            assert_same("clauses", &of(&clauses, at % count), &of(&clauses, at))?;
        }
    }
}

proptest! {
    #![proptest_config(config(2))]

    #[test]
    fn shuffled_parties_change_nothing((example, shuffled) in shuffled_parties()) {
        let (findings, clauses) = walked(&example.cells, &example.obligations);
        let (shuffled_findings, shuffled_clauses) = walked(&shuffled, &example.obligations);
        assert_same("findings", &findings, &shuffled_findings)?;
        assert_same("clauses", &clauses, &shuffled_clauses)?;
    }

    #[test]
    fn shuffled_relationships_change_only_the_choice_of_chain(
        (example, shuffled) in shuffled_relationships()
    ) {
        let lasting = ["party", "obligation", "status", "tier", "origins"];
        let rows = |cells: &Cells| walk(cells, &example.obligations, |flow| {
            let bindings = rows::findings(flow, &["binding"]);
            (rows::findings(flow, &lasting), rows::clauses(flow, CLAUSES), bindings)
        });
        let (findings, clauses, _) = rows(&example.cells);
        let (shuffled_findings, shuffled_clauses, bindings) = rows(&shuffled);
        assert_same("findings", &findings, &shuffled_findings)?;
        assert_same("clauses", &clauses, &shuffled_clauses)?;
        // The binding of a finding is that of its via, which is one of several.
        let naive = Naive::new(&example.cells, &example.obligations);
        for (found, binding) in naive.findings().iter().zip(bindings) {
            prop_assert!(found.bindings.contains(&binding[0]), "{binding:?} for {found:?}");
        }
    }

    #[test]
    fn a_fact_made_known_weakens_nothing_that_applies((example, known) in made_known()) {
        let columns = ["party", "obligation", "status", "tier", "origins"];
        let rows = |cells: &Cells| {
            walk(cells, &example.obligations, |flow| rows::findings(flow, &columns))
        };
        let (before, after) = (rows(&example.cells), rows(&known));
        let number = |cell: &String| cell.parse::<u32>().unwrap();
        for row in before.iter().filter(|row| row[2] == "applies") {
            let still = after.iter().find(|other| row[..3] == other[..3]);
            prop_assert!(still.is_some(), "{row:?} is gone");
            let still = still.unwrap();
            prop_assert!(number(&still[3]) <= number(&row[3]), "{row:?} became {still:?}");
            prop_assert!(number(&still[4]) >= number(&row[4]), "{row:?} became {still:?}");
        }
    }

    #[test]
    fn every_chain_replays_against_the_rules(example in example(Ids::Mixed)) {
        let naive = Naive::new(&example.cells, &example.obligations);
        walk(&example.cells, &example.obligations, |flow| {
            let findings = flow.findings();
            let faults = findings.iter().filter_map(|finding| {
                let fault = replay(flow, finding, &naive, &example.obligations)?;
                Some(format!("{fault}: {finding:?}"))
            });
            let faults: Vec<String> = faults.collect();
            prop_assert!(faults.is_empty(), "{}", faults.join("\n"));
            Ok(())
        })?;
    }

    #[test]
    fn the_number_of_threads_changes_nothing(example in example(Ids::Mixed)) {
        let policy = policy(&example.obligations);
        let register = register(&example.cells, &policy);
        let [one, two, three] = on_threads(|| all(&Flow::new(&register, &policy, DAY)));
        prop_assert_eq!(&one, &two);
        prop_assert_eq!(&one, &three);
    }
}

static POOLS: LazyLock<[ThreadPool; 3]> = LazyLock::new(|| {
    [1, 2, 3].map(|threads| {
        ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap()
    })
});

/// The same on one, two and three threads.
pub(crate) fn on_threads<T: Send>(run: impl Fn() -> T + Sync) -> [T; 3] {
    POOLS.each_ref().map(|pool| pool.install(&run))
}

/// Everything that a walk says.
pub(crate) fn all(flow: &Flow) -> (Vec<Finding>, Vec<Clause>, Vec<Vec<RelationshipId>>) {
    let findings = flow.findings();
    let chains = findings.iter().map(|finding| flow.chain(finding)).collect();
    (findings, flow.clauses(), chains)
}

/// What is wrong with a finding's chain, read step by step against the rules.
fn replay(
    flow: &Flow,
    finding: &Finding,
    naive: &Naive,
    obligations: &[Obligation],
) -> Option<&'static str> {
    let obligation = &obligations[usize::from(finding.obligation)];
    let grade = finding.status.as_str();
    let party = flow.register.parties.id(finding.party);
    let operator = flow.register.parties.id(finding.operator);
    let chain: Vec<usize> = (flow.chain(finding).iter())
        .map(|&step| rows::label(flow, step))
        .map(|label| {
            naive
                .rows
                .iter()
                .position(|(known, _)| *known == label)
                .unwrap()
        })
        .collect();
    let ends = |j: usize| {
        (
            naive.rows[j].1.customer.as_str(),
            naive.rows[j].1.supplier.as_str(),
        )
    };
    let follows = |pair: &[usize]| {
        ends(pair[0]).1 == ends(pair[1]).0 && holds(naive.supports(pair[1], pair[0]), grade)
    };
    let onward = |&step: &usize| naive.step(obligation.onward.as_ref(), step, grade);
    let via = finding.via.map(|via| rows::label(flow, via));
    let (first, last) = match (chain.first(), chain.last()) {
        (Some(&first), Some(&last)) => (first, last),
        _ => {
            let own = naive.owns(obligation, party, grade) && operator == party;
            return (!own || finding.tier > 0 || via.is_some()).then_some("no chain");
        }
    };
    let faults = [
        (
            chain.len() != finding.tier as usize,
            "not as long as its tier",
        ),
        (
            obligation.tiers.is_some_and(|most| finding.tier > most),
            "too many tiers",
        ),
        (
            !naive.starts(obligation, operator, grade),
            "starts at no operator of the grade",
        ),
        (ends(first).0 != operator, "does not start at the operator"),
        (
            !naive.step(obligation.direct.as_ref(), first, grade),
            "the first step does not hold",
        ),
        (!chain[1..].iter().all(onward), "a later step does not hold"),
        (
            !chain.windows(2).all(follows),
            "a step does not support the one before",
        ),
        (
            !chain.iter().all(|&step| naive.active(step)),
            "a step is not active",
        ),
        (ends(last).1 != party, "does not end at the party"),
        (
            via.as_ref() != Some(&naive.rows[last].0),
            "via is not its last step",
        ),
    ];
    faults
        .iter()
        .find(|(is_wrong, _)| *is_wrong)
        .map(|(_, fault)| *fault)
}

fn shuffled_parties() -> impl Strategy<Value = (Example, Cells)> {
    example(Ids::Mixed).prop_flat_map(|example| {
        let shuffled = Just(example.cells.parties.clone()).prop_shuffle();
        (Just(example), shuffled).prop_map(|(example, parties)| {
            let cells = Cells {
                parties,
                ..example.cells.clone()
            };
            (example, cells)
        })
    })
}

fn shuffled_relationships() -> impl Strategy<Value = (Example, Cells)> {
    example(Ids::All).prop_flat_map(|example| {
        let shuffled = Just(example.cells.relationships.clone()).prop_shuffle();
        (Just(example), shuffled).prop_map(|(example, relationships)| {
            let cells = Cells {
                relationships,
                ..example.cells.clone()
            };
            (example, cells)
        })
    })
}

/// An example, and its register with one more fact known.
pub(crate) fn made_known() -> impl Strategy<Value = (Example, Cells)> {
    let picks = any::<(Index, Index)>();
    (example(Ids::Mixed), picks).prop_map(|(example, (which, value))| {
        let mut cells = example.cells.clone();
        let labels: Vec<String> = cells
            .relationships
            .iter()
            .map(|row| row.id.clone())
            .collect();
        let mut open: Vec<(&mut String, Vec<String>)> = Vec::new();
        for party in &mut cells.parties {
            // Not the origin fact: who starts obligations is another matter.
            open.extend(choices(&mut party.facts[1..], &PARTY_FACTS[1..]));
        }
        for row in &mut cells.relationships {
            open.extend(choices(&mut row.facts, &RELATIONSHIP_FACTS));
            if row.supports.is_empty() {
                let words = ["all", "none"].map(str::to_owned);
                open.push((&mut row.supports, [&words[..], &labels].concat()));
            }
        }
        if !open.is_empty() {
            let at = which.index(open.len());
            let (cell, choices) = &mut open[at];
            **cell = value.get(choices).clone();
        }
        (example, cells)
    })
}

/// The cells that leave a fact open, each with what it may say in full.
fn choices<'c>(
    cells: &'c mut [String],
    facts: &'static [Fact],
) -> impl Iterator<Item = (&'c mut String, Vec<String>)> {
    let open = cells
        .iter_mut()
        .zip(facts)
        .filter(|(cell, fact)| is_open(cell, fact));
    open.map(|(cell, fact)| {
        let known = known_items(cell, fact);
        let choices = pool(fact).0.iter().map(|choice| match fact.kind {
            // What is known of a list stays.
            Kind::Set | Kind::Countries if !known.is_empty() => {
                let more = Some(*choice).filter(|choice| *choice != "none");
                let items = known.iter().map(String::as_str).chain(more);
                items.collect::<Vec<_>>().join(";")
            }
            _ => (*choice).to_owned(),
        });
        (cell, choices.collect())
    })
}
