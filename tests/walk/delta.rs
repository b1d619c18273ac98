//! Comparisons: of an assessment with itself, of registers with what was kept of them, and what differs along chains.

use ciiflow::assess::{Assessment, Change, Sameness, Turn};
use ciiflow::diagnostic::Diagnostics;
use ciiflow::flow::{Clause, Flow};
use ciiflow::lang::Lang;
use ciiflow::policy::Policy;
use ciiflow::report::{delta, json};
use ciiflow::view::{Along, Compared, DeltaView, View};
use proptest::prelude::*;

use crate::cases::DAY;
use crate::generate::{Example, Ids, example};
use crate::laws::{config, made_known};
use crate::model::{Cells, policy, reading, walk};

/// Reads and assesses a register, and looks at it together with what would be kept of it.
fn kept<T>(cells: &Cells, policy: &Policy, look: impl FnOnce(&View, &[u8]) -> T) -> T {
    let reading = reading(cells, policy);
    let flow = Flow::new(&reading.register, policy, DAY);
    let assessment = Assessment::new(&flow);
    let none = Diagnostics::default();
    let view = View::new(&assessment, &reading, &none, "r".to_owned(), Lang::En);
    let mut bytes = Vec::new();
    json::assessment(&view, &mut bytes).unwrap();
    look(&view, &bytes)
}

fn compared<'a>(before: Compared<'a>, after: Compared<'a>) -> DeltaView<'a> {
    DeltaView::new(before, after, Sameness::Content, &[], Lang::En)
}

/// The findings, clauses and evidence that changed, as they are written, without what differs along their chains.
fn changes(view: &DeltaView) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for (write, left_out) in [
        (
            delta::findings as fn(&DeltaView, &mut (dyn std::io::Write + Send)) -> _,
            2,
        ),
        (delta::clauses, 2),
        (delta::evidence, 0),
    ] {
        let mut bytes = Vec::new();
        write(view, &mut bytes).unwrap();
        let reader = csv::Reader::from_reader(bytes.as_slice());
        rows.extend(reader.into_records().map(|row| {
            let row = row.unwrap();
            let cells = row.iter().take(row.len() - left_out);
            cells.map(str::to_owned).collect::<Vec<_>>()
        }));
    }
    rows
}

/// Two registers under one policy.
fn pair() -> impl Strategy<Value = (Example, Cells)> {
    (example(Ids::Mixed), example(Ids::Mixed)).prop_map(|(one, other)| (one, other.cells))
}

proptest! {
    #![proptest_config(config(4))]

    #[test]
    fn nothing_differs_from_itself(example in example(Ids::Mixed)) {
        let policy = policy(&example.obligations);
        kept(&example.cells, &policy, |view, bytes| {
            let recorded = json::recorded(bytes).unwrap();
            let sides = [Compared::Assessed(view), Compared::Recorded(&recorded)];
            for before in sides {
                for after in sides {
                    let delta = compared(before, after);
                    prop_assert!(delta.is_empty(), "{:?}", changes(&delta));
                    prop_assert!(delta.register.is_empty(), "{:?}", delta.register);
                    prop_assert_eq!(before.counts(), after.counts());
                }
            }
            Ok(())
        })?;
    }

    #[test]
    fn what_was_kept_differs_as_its_register_does((one, other) in pair()) {
        let policy = policy(&one.obligations);
        kept(&one.cells, &policy, |before, bytes| kept(&other, &policy, |after, others| {
            let (old, new) = (json::recorded(bytes).unwrap(), json::recorded(others).unwrap());
            let (before, after) = (Compared::Assessed(before), Compared::Assessed(after));
            let (old, new) = (Compared::Recorded(&old), Compared::Recorded(&new));
            let expected = changes(&compared(before, after));
            for (before, after) in [(old, new), (old, after), (before, new)] {
                prop_assert_eq!(&expected, &changes(&compared(before, after)));
            }
            Ok(())
        }))?;
    }

    /// What shows how something came about, or is lost, cannot be the same on both sides.
    #[test]
    fn something_differs_along_the_chain_of_what_changed((one, other) in pair()) {
        let policy = policy(&one.obligations);
        kept(&one.cells, &policy, |before, _| kept(&other, &policy, |after, _| {
            let delta = compared(Compared::Assessed(before), Compared::Assessed(after));
            let told = |change: &Change, sure: bool, along: &Along| {
                // What binds may also change because rows stand in another order.
                let counts = matches!(change.turn, Turn::Enters | Turn::Leaves) || sure;
                !counts || along.count > 0
            };
            for change in &delta.findings.turns {
                let row = delta.finding(change);
                let status = |side: &Option<ciiflow::view::Side>| side.as_ref().map(|side| side.status);
                let sure = status(&row.before) != status(&row.after);
                prop_assert!(told(change, sure, &row.changed_along_chain), "{:?}", row);
            }
            for change in &delta.clauses.turns {
                let row = delta.clause(change);
                let status = |side: &Option<ciiflow::view::Side>| side.as_ref().map(|side| side.status);
                let sure = status(&row.before) != status(&row.after);
                prop_assert!(told(change, sure, &row.changed_along_chain), "{:?}", row);
            }
            Ok(())
        }))?;
    }

    /// Where one cell differs, it stands along every chain that changed.
    #[test]
    fn the_only_cell_that_differs_is_the_cause((example, known) in made_known()) {
        let policy = policy(&example.obligations);
        kept(&example.cells, &policy, |before, _| kept(&known, &policy, |after, _| {
            let delta = compared(Compared::Assessed(before), Compared::Assessed(after));
            prop_assert!(delta.register.len() <= 1, "{:?}", delta.register);
            for change in &delta.findings.turns {
                let row = delta.finding(change);
                prop_assert_eq!(row.changed_along_chain.count, 1, "{:?}", row);
            }
            for change in &delta.clauses.turns {
                let row = delta.clause(change);
                prop_assert_eq!(row.changed_along_chain.count, 1, "{:?}", row);
            }
            Ok(())
        }))?;
    }

    #[test]
    fn the_chain_of_a_clause_is_that_of_the_finding_it_brings(example in example(Ids::Mixed)) {
        walk(&example.cells, &example.obligations, |flow| {
            let clauses = flow.clauses();
            for clause in &clauses {
                let chain = flow.clause_chain(clause);
                prop_assert_eq!(chain.len(), clause.tier as usize);
                prop_assert_eq!(chain.last(), Some(&clause.relationship));
            }
            for finding in flow.findings() {
                let brings = |clause: &&Clause| {
                    finding.via == Some(clause.relationship)
                        && (clause.obligation, clause.status) == (finding.obligation, finding.status)
                };
                for clause in clauses.iter().filter(brings) {
                    prop_assert_eq!(flow.clause_chain(clause), flow.chain(&finding));
                }
            }
            Ok(())
        })?;
    }
}
