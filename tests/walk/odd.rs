//! Registers of odd shapes: very long, very wide, all in a circle, one name in every cell.

use std::collections::BTreeMap;

use ciiflow::flow::{Finding, Flow, Origins, Status};

use crate::laws::{all, on_threads};
use crate::model::{
    Cells, Obligation, PARTY_FACTS, PartyRow, RELATIONSHIP_FACTS, Row, Rule, Step, walk,
};

/// A party that is an operator.
pub(crate) fn operator(id: impl Into<String>) -> PartyRow {
    let mut facts = vec![String::new(); PARTY_FACTS.len()];
    facts[0] = "designated".to_owned();
    let id = id.into();
    PartyRow { id, facts }
}

pub(crate) fn row(customer: impl Into<String>, supplier: impl Into<String>, supports: &str) -> Row {
    Row {
        customer: customer.into(),
        supplier: supplier.into(),
        supports: supports.to_owned(),
        facts: vec![String::new(); RELATIONSHIP_FACTS.len()],
        ..Row::default()
    }
}

/// Names the rows `R0`, `R1` and on.
fn numbered(rows: impl IntoIterator<Item = Row>) -> Vec<Row> {
    let rows = rows.into_iter().enumerate();
    rows.map(|(number, row)| Row {
        id: format!("R{number}"),
        ..row
    })
    .collect()
}

/// Walks one obligation that nothing but `supports` limits; findings come by party.
fn look(
    parties: Vec<PartyRow>,
    relationships: Vec<Row>,
    check: impl FnOnce(&Flow, &BTreeMap<String, Finding>),
) {
    let step = Some(Step {
        when: Rule::All(Vec::new()),
        binding: None,
    });
    let obligation = Obligation {
        id: "duty".to_owned(),
        direct: step.clone(),
        onward: step,
        ..Obligation::default()
    };
    let cells = Cells {
        parties,
        relationships,
    };
    walk(&cells, &[obligation], |flow| {
        let findings = flow.findings().into_iter();
        let id = |finding: &Finding| flow.register.parties.id(finding.party).to_owned();
        check(
            flow,
            &findings.map(|finding| (id(&finding), finding)).collect(),
        );
    });
}

/// How many of the findings stand at each tier.
fn by_tier(findings: &BTreeMap<String, Finding>) -> BTreeMap<u32, usize> {
    let mut tiers = BTreeMap::new();
    for finding in findings.values() {
        *tiers.entry(finding.tier).or_insert(0) += 1;
    }
    tiers
}

#[test]
fn a_chain_of_3000_tiers() {
    let unscoped = |_| "all".to_owned();
    let scoped = |step: u32| {
        step.checked_sub(1)
            .map_or(String::new(), |before| format!("R{before}"))
    };
    for supports in [&unscoped as &dyn Fn(u32) -> String, &scoped] {
        let step = |at: u32| row(format!("P{at}"), format!("P{}", at + 1), &supports(at));
        let steps = numbered((0..3000).map(step));
        look(vec![operator("P0")], steps, |flow, findings| {
            assert_eq!(findings.len(), 3000);
            let last = findings["P3000"];
            assert_eq!((last.status, last.tier), (Status::Applies, 3000));
            assert_eq!(last.origins, Some(Origins::Exactly(1)));
            assert_eq!(flow.register.parties.id(last.operator), "P0");
            assert!(flow.chain(&last).iter().map(|step| step.0).eq(0..3000));
            let tiers = flow
                .clauses()
                .iter()
                .map(|clause| u64::from(clause.tier))
                .sum::<u64>();
            assert_eq!(tiers, 3000 * 3001 / 2);
        });
    }
}

/// An operator with one supplier, the hub, and so many suppliers of one of them.
fn star(of: &str, suppliers: usize) -> Vec<Row> {
    let star = (0..suppliers).map(|at| row(of, format!("S{at}"), "all"));
    std::iter::once(row("O", "Hub", "")).chain(star).collect()
}

#[test]
fn a_star_of_20000_suppliers() {
    look(vec![operator("O")], star("O", 20_000), |flow, findings| {
        assert_eq!(by_tier(findings), [(1, 20_001)].into());
        assert_eq!(flow.clauses().len(), 20_001);
    });
}

#[test]
fn a_star_of_20000_suppliers_of_a_supplier() {
    look(
        vec![operator("O")],
        star("Hub", 20_000),
        |flow, findings| {
            assert_eq!(by_tier(findings), [(1, 1), (2, 20_000)].into());
            assert_eq!(flow.clauses().len(), 20_001);
        },
    );
}

#[test]
fn threads_that_share_out_a_star_change_nothing() {
    for hub in ["O", "Hub"] {
        look(vec![operator("O")], star(hub, 5000), |flow, _| {
            let walk = || all(&Flow::new(flow.register, flow.policy, flow.as_of));
            let [one, two, three] = on_threads(walk);
            assert!(one == two && two == three, "not the same after {hub}");
        });
    }
}

/// Everyone supplies everyone else.
fn circle(supports: &str) -> Vec<Row> {
    let pairs = (0..60)
        .flat_map(|a| (0..60).map(move |b| (a, b)))
        .filter(|(a, b)| a != b);
    pairs
        .map(|(a, b)| row(format!("P{a}"), format!("P{b}"), supports))
        .collect()
}

#[test]
fn sixty_parties_that_all_supply_each_other() {
    for (supports, status) in [("all", Status::Applies), ("", Status::Unconfirmed)] {
        let rows: Vec<Row> = circle(supports)
            .into_iter()
            .chain([row("O", "P7", "")])
            .collect();
        look(vec![operator("O")], rows, |flow, findings| {
            assert_eq!(by_tier(findings), [(1, 1), (2, 59)].into());
            assert_eq!(findings["P7"].status, Status::Applies);
            assert_eq!(findings["P8"].status, status);
            // P7's suppliers at tier 2, theirs at tier 3.
            let tiers: Vec<u32> = flow.clauses().iter().map(|clause| clause.tier).collect();
            let count = |tier| tiers.iter().filter(|&&other| other == tier).count();
            assert_eq!([1, 2, 3].map(count), [1, 59, 59 * 59]);
        });
    }
}

#[test]
fn sixty_operators_that_all_supply_each_other() {
    let operators = (0..60).map(|at| operator(format!("P{at}"))).collect();
    look(operators, circle("all"), |_, findings| {
        assert_eq!(by_tier(findings), [(1, 60)].into());
        // Each is reached from itself too, at tier 2.
        let all = Some(Origins::Exactly(60));
        assert!(findings.values().all(|finding| finding.origins == all));
    });
}

#[test]
fn two_hundred_operators_onto_one_supplier() {
    let operators = (0..200).map(|at| operator(format!("O{at}"))).collect();
    let onto = (0..200).map(|at| row(format!("O{at}"), "A", ""));
    let named = |count: u32| {
        (0..count)
            .map(|at| format!("R{at}"))
            .collect::<Vec<_>>()
            .join(";")
    };
    let on = [
        ("all", "B"),
        (&named(64), "C"),
        (&named(65), "D"),
        ("O1|O2", "E"),
    ];
    let on = on.map(|(supports, supplier)| row("A", supplier, supports));
    let beyond = [
        row("C", "F", "all"),
        row("D", "F", "none"),
        row("D", "G", "A"),
    ];
    look(
        operators,
        numbered(onto.chain(on).chain(beyond)),
        |_, findings| {
            let origins = |party: &str| findings[party].origins.map(|origins| origins.to_string());
            let counts = ["A", "B", "C", "D", "E", "F", "G"].map(|party| origins(party).unwrap());
            assert_eq!(counts, ["64+", "64+", "64", "64+", "2", "64", "64+"]);
        },
    );
}

#[test]
fn a_relationship_that_2000_others_name() {
    let onto = [row("O", "A", ""), row("N", "A", "")];
    let naming =
        (0..2000).map(|at| row("A", format!("S{at}"), if at % 2 == 0 { "R0" } else { "R1" }));
    look(
        vec![operator("O")],
        numbered(onto.into_iter().chain(naming)),
        |flow, findings| {
            assert_eq!(by_tier(findings), [(1, 1), (2, 1000)].into());
            assert_eq!(
                flow.chain(&findings["S8"])
                    .iter()
                    .map(|step| step.0)
                    .collect::<Vec<_>>(),
                [0, 10]
            );
            assert_eq!(flow.clauses().len(), 1001);
        },
    );
}

#[test]
fn a_pair_of_parties_that_2000_relationships_name() {
    let onto = (0..50).map(|at| row(if at % 2 == 0 { "O" } else { "N" }, "A", ""));
    let naming =
        (0..2000).map(|at| row("A", format!("S{at}"), if at % 2 == 0 { "O" } else { "N" }));
    look(
        vec![operator("O")],
        numbered(onto.chain(naming)),
        |flow, findings| {
            assert_eq!(by_tier(findings), [(1, 1), (2, 1000)].into());
            assert_eq!(
                flow.chain(&findings["S8"])
                    .iter()
                    .map(|step| step.0)
                    .collect::<Vec<_>>(),
                [0, 58]
            );
            assert_eq!(flow.clauses().len(), 1025);
        },
    );
}

#[test]
fn a_cell_that_names_2000_relationships() {
    let onto = (0..2000).map(|at| row(format!("C{}", at % 500), "A", ""));
    let names: Vec<String> = (0..2000).rev().map(|at| format!("R{at}")).collect();
    let naming = row("A", "S", &names.join("; "));
    let rows = numbered(onto.chain([naming]));
    look(
        vec![operator("C499"), operator("C7")],
        rows,
        |flow, findings| {
            assert_eq!(by_tier(findings), [(1, 1), (2, 1)].into());
            assert_eq!(findings["S"].origins, Some(Origins::Exactly(2)));
            assert_eq!(
                flow.chain(&findings["S"])
                    .iter()
                    .map(|step| step.0)
                    .collect::<Vec<_>>(),
                [7, 2000]
            );
            assert_eq!(flow.clauses().len(), 9);
        },
    );
}
