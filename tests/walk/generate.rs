//! Small random registers and policies: every kind of cell, of `supports` and of condition, in few parties.

use std::collections::BTreeMap;
use std::fmt::{Debug, Formatter};

use proptest::collection::vec;
use proptest::option::weighted;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use crate::model::{
    Bindings, Cells, Check, Fact, Kind, Obligation, PARTY_FACTS, PartyRow, RELATIONSHIP_FACTS,
    Role, Row, Rule, Step, pack,
};
use crate::naive::{GRADES, Naive};

/// Ids of parties; the last two are only ever implied.
const PARTIES: [&str; 10] = ["O", "A", "B", "P", "é", "C", "a", "R3", "X", "乙"];

/// Words in `supports` cells that name nothing: ids and `row N` match exactly.
const WORDS: [&str; 8] = [
    "R99", "row 99", "row 02", "row +3", "Row 4", "none", "All", "nobody",
];

/// Which rows of relationships a register may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ids {
    /// Every row stands and has an id of its own.
    All,
    /// Rows without ids, rows that repeat an id, rows that are set aside, blank rows.
    Mixed,
}

/// A register with a policy.
#[derive(Clone)]
pub(crate) struct Example {
    pub(crate) cells: Cells,
    pub(crate) obligations: Vec<Obligation>,
}

impl Debug for Example {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        write!(f, "\n# policy.toml\n{}", pack(&self.obligations))?;
        self.cells.fmt(f)
    }
}

pub(crate) fn example(ids: Ids) -> impl Strategy<Value = Example> {
    (cells(ids), vec(obligation(), 1..=3)).prop_map(|(cells, mut obligations)| {
        for (number, obligation) in obligations.iter_mut().enumerate() {
            // Pack order is not the order of ids.
            obligation.id = format!("duty-{}", 9 - number);
        }
        Example { cells, obligations }
    })
}

/// Cells that say something of a fact, and cells that leave it unknown.
pub(crate) fn pool(fact: &Fact) -> (&'static [&'static str], &'static [&'static str]) {
    match (fact.name, fact.kind) {
        ("cii_status", _) => (
            &[
                "designated",
                "Declared",
                "potential",
                " POTENTIAL ",
                "not",
                "not",
            ],
            &["", "unknown", "foo", "designated;potential", "none"],
        ),
        ("sector", _) => (
            &["bank", "energy", "Energy | bank", "none", "bank;;bank"],
            &["", "UNKNOWN", "bank;foo", "foo", "none;energy"],
        ),
        ("kind", _) => (
            &["cloud", "product", "Cloud", "product;product"],
            &["", "unknown", "cloud;product", "cloud;foo", "all"],
        ),
        ("access", _) => (
            &["user", "remote", "remote;user", "REMOTE |user", "none"],
            &["", "unknown", "user;foo", "foo", "remote;none", "all", ";"],
        ),
        (_, Kind::Countries) => (
            &["CN", "cn;HK", "SG", "US|CN", "none"],
            &["", "unknown", "CN;Atlantis", "Atlantis", "US;unknown"],
        ),
        (_, Kind::Number) => (
            &["0", "9.5", "10", "10.0", "99"],
            &["", "unknown", "1e5", "many"],
        ),
        _ => (
            &["yes", "TRUE", "是", "no", "N", "0"],
            &["", "unknown", "maybe"],
        ),
    }
}

fn cell(fact: &Fact) -> impl Strategy<Value = String> + use<> {
    let (known, open) = pool(fact);
    prop_oneof![5 => select(known), 2 => select(open)].prop_map(str::to_owned)
}

fn facts(facts: &'static [Fact]) -> impl Strategy<Value = Vec<String>> {
    facts.iter().map(cell).collect::<Vec<_>>()
}

/// One name in a `supports` cell, to be looked up when all rows are there.
#[derive(Debug, Clone)]
enum Name {
    /// A delivery of the row's customer.
    Delivery(Index),
    /// The customer of such a delivery.
    ItsCustomer(Index),
    /// Any relationship, by its id or row.
    Any(Index),
    /// Whatever it is.
    Word(&'static str),
}

#[derive(Debug, Clone)]
enum Supports {
    Word(&'static str),
    Names(Vec<Name>),
}

fn supports() -> impl Strategy<Value = Supports> {
    let index = any::<Index>;
    let name = prop_oneof![
        8 => index().prop_map(Name::Delivery),
        3 => index().prop_map(Name::ItsCustomer),
        1 => index().prop_map(Name::Any),
        1 => select(&PARTIES[..]).prop_map(Name::Word),
        2 => select(&WORDS[..]).prop_map(Name::Word),
    ];
    prop_oneof![
        9 => select(&["all", "ALL", "all"][..]).prop_map(Supports::Word),
        2 => select(&["", "unknown", ";"][..]).prop_map(Supports::Word),
        1 => Just(Supports::Word("none")),
        9 => vec(name, 1..=3).prop_map(Supports::Names),
    ]
}

fn row(parties: usize, ids: Ids) -> impl Strategy<Value = (Row, Supports, Option<Index>)> {
    // Listed parties, and sometimes one that no row lists.
    let end = prop_oneof![12 => 0..parties, 1 => 8..PARTIES.len()];
    let dates = |early: &'static [&'static str], late: &'static [&'static str]| prop_oneof![15 => Just(""), 3 => select(early), 1 => select(late)];
    let starts = dates(&["2020-01-01", "2026-06-30", "soon"], &["2026-07-01"]);
    let ends = dates(&["2030-01-01", "2026-06-30", "unknown"], &["2026-06-29"]);
    let has_id = weighted(0.6, 0..12_u8);
    let odd = weighted(0.06, 0..4_u8);
    let after = weighted(0.6, any::<Index>());
    let all = (
        end.clone(),
        end,
        supports(),
        starts,
        ends,
        facts(&RELATIONSHIP_FACTS),
        has_id,
        odd,
    );
    (all, after).prop_map(
        move |((customer, supplier, supports, starts, ends, facts, id, odd), after)| {
            let mut row = Row {
                id: id.map_or(String::new(), |id| format!("R{id}")),
                customer: PARTIES[customer].to_owned(),
                supplier: PARTIES[supplier].to_owned(),
                supports: String::new(),
                starts: starts.to_owned(),
                ends: ends.to_owned(),
                facts,
            };
            match odd.filter(|_| ids == Ids::Mixed) {
                Some(0) => row.supplier.clear(),
                Some(1) => row.customer = "Unknown".to_owned(),
                Some(2) => row.id = "unknown".to_owned(),
                Some(_) => {
                    row = Row {
                        facts: vec![String::new(); row.facts.len()],
                        ..Row::default()
                    }
                }
                None => {}
            }
            (row, supports, after)
        },
    )
}

fn cells(ids: Ids) -> impl Strategy<Value = Cells> {
    let parties = prop_oneof![2..=4_usize, 2..=8_usize].prop_flat_map(move |count| {
        let facts = vec(facts(&PARTY_FACTS), count);
        let row = || row(count, ids);
        let rows = prop_oneof![1 => vec(row(), 0..=5), 4 => vec(row(), 6..=14)];
        (Just(count), facts, rows)
    });
    parties.prop_map(move |(count, facts, rows)| {
        let parties = PARTIES[..count].iter().zip(facts);
        let parties = parties.map(|(id, facts)| PartyRow {
            id: (*id).to_owned(),
            facts,
        });
        let mut scopes = Vec::new();
        let mut relationships: Vec<Row> = Vec::new();
        for (mut row, supports, after) in rows {
            // Chains come of rows that carry on from one of the latest.
            if let Some(after) = after.filter(|_| !relationships.is_empty() && !row.is_blank()) {
                let latest = &relationships[relationships.len().saturating_sub(3)..];
                row.customer.clone_from(&after.get(latest).supplier);
            }
            scopes.push(supports);
            relationships.push(row);
        }
        if ids == Ids::All {
            for (number, row) in relationships.iter_mut().enumerate() {
                row.id = format!("R{}", (number * 5) % 14);
            }
        }
        for (at, supports) in scopes.iter().enumerate() {
            if !relationships[at].is_blank() {
                relationships[at].supports = supports.cell(at, &relationships);
            }
        }
        Cells {
            parties: parties.collect(),
            relationships,
        }
    })
}

impl Supports {
    fn cell(&self, at: usize, rows: &[Row]) -> String {
        let names = match self {
            Supports::Word(word) => return (*word).to_owned(),
            Supports::Names(names) => names,
        };
        let label = |at: usize| match rows[at].id.as_str() {
            "" => format!("row {}", at + 2),
            id => id.to_owned(),
        };
        let all = 0..rows.len();
        let into: Vec<usize> = all
            .filter(|&i| rows[i].supplier == rows[at].customer)
            .collect();
        let names = names.iter().map(|name| match name {
            Name::Delivery(index) if !into.is_empty() => label(*index.get(&into)),
            Name::ItsCustomer(index) if !into.is_empty() => {
                rows[*index.get(&into)].customer.clone()
            }
            Name::Word(word) => (*word).to_owned(),
            Name::Delivery(index) | Name::ItsCustomer(index) | Name::Any(index) => {
                label(index.index(rows.len()))
            }
        });
        names.collect::<Vec<_>>().join("; ")
    }
}

fn test(role: Role, facts: &'static [Fact]) -> impl Strategy<Value = Rule> {
    let check = |fact: Fact| -> BoxedStrategy<Check> {
        let codes = select(vec![vec!["CN"], vec!["CN", "HK"], vec!["US"]]);
        match fact.kind {
            Kind::Set | Kind::Choice => {
                proptest::sample::subsequence(fact.values, 1..=fact.values.len())
                    .prop_map(Check::HasAny)
                    .boxed()
            }
            Kind::YesNo => any::<bool>().prop_map(Check::Is).boxed(),
            Kind::Countries => {
                let within = codes.clone().prop_map(Check::Within);
                prop_oneof![within, codes.prop_map(Check::Outside)].boxed()
            }
            Kind::Number => select(&[(Some(10), None), (None, Some(10)), (Some(1), Some(99))][..])
                .prop_map(|(at_least, below)| Check::Range(at_least, below))
                .boxed(),
        }
    };
    select(facts)
        .prop_flat_map(move |fact| check(fact).prop_map(move |check| Rule::Test(role, fact, check)))
}

fn combined(test: impl Strategy<Value = Rule> + 'static) -> BoxedStrategy<Rule> {
    let tree = test.prop_recursive(2, 6, 3, |inner| {
        prop_oneof![
            2 => vec(inner.clone(), 1..=3).prop_map(Rule::Any),
            1 => vec(inner.clone(), 1..=2).prop_map(Rule::All),
            1 => inner.prop_map(|rule| Rule::Not(Box::new(rule))),
        ]
    });
    prop_oneof![2 => Just(Rule::All(Vec::new())), 1 => tree].boxed()
}

/// A condition on a party.
fn of_party() -> BoxedStrategy<Rule> {
    combined(test(Role::Itself, &PARTY_FACTS))
}

/// A condition on a relationship.
fn of_relationship() -> BoxedStrategy<Rule> {
    combined(prop_oneof![
        4 => test(Role::Itself, &RELATIONSHIP_FACTS),
        1 => test(Role::Supplier, &PARTY_FACTS),
        1 => test(Role::Customer, &PARTY_FACTS),
    ])
}

fn step(rule: fn() -> BoxedStrategy<Rule>) -> impl Strategy<Value = Step> {
    let word = || select(&["statute", "contract", "standard", "practice"][..]);
    let entries = vec((weighted(0.8, rule()), word()), 1..=3);
    let binding = prop_oneof![
        word().prop_map(Bindings::Word),
        entries.prop_map(Bindings::List)
    ];
    (rule(), weighted(0.7, binding)).prop_map(|(when, binding)| Step { when, binding })
}

fn obligation() -> impl Strategy<Value = Obligation> {
    let direct = weighted(0.95, step(of_relationship));
    let onward = weighted(0.9, step(of_relationship));
    let narrow = (
        weighted(0.2, of_party()),
        weighted(0.25, 1..=4_u32),
        weighted(0.3, step(of_party)),
    );
    let spare = step(of_party);
    (direct, onward, narrow, spare).prop_map(|(direct, onward, (origin, tiers, own), spare)| {
        Obligation {
            id: String::new(),
            origin,
            tiers,
            own: own.or(direct.is_none().then_some(spare)),
            onward: onward.filter(|_| direct.is_some()),
            direct,
        }
    })
}

/// The random registers reach what they are made for; else the laws would hold of nothing.
#[test]
fn examples_reach_every_kind_of_finding() {
    let mut runner = TestRunner::deterministic();
    let mut seen = BTreeMap::new();
    for _ in 0..256 {
        let example = example(Ids::Mixed).new_tree(&mut runner).unwrap().current();
        let naive = Naive::new(&example.cells, &example.obligations);
        for found in naive.findings() {
            let mut see = |what: String| *seen.entry(what).or_insert(0) += 1;
            see(format!("{} at tier {}", found.status, found.tier));
            see(format!("binding {:?}", found.binding));
            see(format!("{} choices of binding", found.bindings.len()));
            see(format!("origins {:?}", found.origins));
        }
    }
    let grades = GRADES.map(|grade| (0..=3).map(move |tier| format!("{grade} at tier {tier}")));
    let bindings = [
        "",
        "statute",
        "contract",
        "standard",
        "practice",
        "undetermined",
    ];
    let bindings = bindings.map(|binding| format!("binding {binding:?}"));
    let others = ["2 choices of binding", "origins None", "origins Some(2)"];
    let wanted = grades.into_iter().flatten().chain(bindings);
    let missing: Vec<String> = (wanted.chain(others.map(str::to_owned)))
        .filter(|what| seen.get(what).is_none_or(|&times| times < 3))
        .collect();
    assert!(missing.is_empty(), "hardly any {missing:?} in {seen:#?}");
}
