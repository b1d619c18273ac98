//! Registers and policies as text: what the tests write to files and what the naive search reads.

use std::fmt::{Debug, Formatter};

use ciiflow::flow::Flow;
use ciiflow::lang::Lang;
use ciiflow::policy::Policy;
use ciiflow::read::{Reading, read};
use ciiflow::register::Register;

use crate::cases::DAY;

/// What a fact's cells hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Set,
    Choice,
    YesNo,
    Countries,
    Number,
}

/// A fact of the policies of these tests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Fact {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    /// The vocabulary of a set or choice.
    pub(crate) values: &'static [&'static str],
}

const fn fact(name: &'static str, kind: Kind, values: &'static [&'static str]) -> Fact {
    Fact { name, kind, values }
}

/// The facts of parties; the first is the origin fact.
pub(crate) const PARTY_FACTS: [Fact; 4] = [
    fact(
        "cii_status",
        Kind::Choice,
        &["designated", "declared", "potential", "not"],
    ),
    fact("sector", Kind::Set, &["bank", "energy"]),
    fact("country", Kind::Countries, &[]),
    fact("users", Kind::Number, &[]),
];

/// The facts of relationships.
pub(crate) const RELATIONSHIP_FACTS: [Fact; 5] = [
    fact("kind", Kind::Choice, &["cloud", "product"]),
    fact("access", Kind::Set, &["user", "remote"]),
    fact("serves_cii", Kind::YesNo, &[]),
    fact("place", Kind::Countries, &[]),
    fact("volume", Kind::Number, &[]),
];

/// A row of parties.csv, its facts in the order of [`PARTY_FACTS`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PartyRow {
    pub(crate) id: String,
    pub(crate) facts: Vec<String>,
}

/// A row of relationships.csv, its facts in the order of [`RELATIONSHIP_FACTS`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) id: String,
    pub(crate) customer: String,
    pub(crate) supplier: String,
    pub(crate) supports: String,
    pub(crate) starts: String,
    pub(crate) ends: String,
    pub(crate) facts: Vec<String>,
}

impl Row {
    /// A blank row keeps its number and says nothing.
    pub(crate) fn is_blank(&self) -> bool {
        self.cells().all(str::is_empty)
    }

    fn cells(&self) -> impl Iterator<Item = &str> {
        let fixed = [
            &self.id,
            &self.customer,
            &self.supplier,
            &self.supports,
            &self.starts,
            &self.ends,
        ];
        fixed.into_iter().chain(&self.facts).map(String::as_str)
    }
}

/// A register as its two files hold it.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct Cells {
    pub(crate) parties: Vec<PartyRow>,
    pub(crate) relationships: Vec<Row>,
}

/// Whose fact a test looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// The party or relationship itself.
    Itself,
    Supplier,
    Customer,
}

/// What a fact is tested for.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Check {
    HasAny(Vec<&'static str>),
    Is(bool),
    Outside(Vec<&'static str>),
    Within(Vec<&'static str>),
    Range(Option<u32>, Option<u32>),
}

/// A condition.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Rule {
    Test(Role, Fact, Check),
    All(Vec<Rule>),
    Any(Vec<Rule>),
    Not(Box<Rule>),
}

/// A step's `binding`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Bindings {
    Word(&'static str),
    /// Entries without a rule leave out `when`.
    List(Vec<(Option<Rule>, &'static str)>),
}

/// The rule for one kind of step.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Step {
    pub(crate) when: Rule,
    pub(crate) binding: Option<Bindings>,
}

/// An obligation.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Obligation {
    pub(crate) id: String,
    pub(crate) origin: Option<Rule>,
    pub(crate) tiers: Option<u32>,
    pub(crate) own: Option<Step>,
    pub(crate) direct: Option<Step>,
    pub(crate) onward: Option<Step>,
}

impl Rule {
    /// The condition as an inline table.
    pub(crate) fn toml(&self) -> String {
        let keys = self.keys();
        let body: Vec<String> = keys
            .iter()
            .map(|(key, is)| format!("{key} = {is}"))
            .collect();
        format!("{{ {} }}", body.join(", "))
    }

    fn keys(&self) -> Vec<(String, String)> {
        let list = |rules: &[Rule]| {
            let parts: Vec<String> = rules.iter().map(Rule::toml).collect();
            format!("[{}]", parts.join(", "))
        };
        let one = |key: &str, value: String| vec![(key.to_owned(), value)];
        match self {
            Rule::Test(Role::Itself, fact, check) => one(fact.name, check.toml()),
            Rule::Test(role, fact, check) => {
                let side = if *role == Role::Supplier {
                    "supplier"
                } else {
                    "customer"
                };
                one(side, format!("{{ {} = {} }}", fact.name, check.toml()))
            }
            Rule::Any(rules) => one("any", list(rules)),
            Rule::Not(rule) => one("not", rule.toml()),
            Rule::All(rules) => {
                // A conjunction is written as one table where its keys differ.
                let keys: Vec<_> = rules.iter().flat_map(Rule::keys).collect();
                let repeats =
                    (1..keys.len()).any(|at| keys[..at].iter().any(|(key, _)| *key == keys[at].0));
                if repeats {
                    one("all", list(rules))
                } else {
                    keys
                }
            }
        }
    }
}

impl Check {
    fn toml(&self) -> String {
        match self {
            Check::HasAny(values) if values.len() == 1 => format!("{:?}", values[0]),
            Check::HasAny(values) => format!("{values:?}"),
            Check::Is(flag) => flag.to_string(),
            Check::Outside(codes) => format!("{{ outside = {codes:?} }}"),
            Check::Within(codes) => format!("{{ within = {codes:?} }}"),
            Check::Range(at_least, below) => {
                let least = at_least.map(|least| format!("at_least = {least}"));
                let limit = below.map(|limit| format!("below = {limit}"));
                let parts: Vec<String> = least.into_iter().chain(limit).collect();
                format!("{{ {} }}", parts.join(", "))
            }
        }
    }
}

impl Step {
    fn toml(&self) -> String {
        let when = self.when.toml();
        match &self.binding {
            None => format!("{{ when = {when} }}"),
            Some(Bindings::Word(word)) => format!("{{ when = {when}, binding = {word:?} }}"),
            Some(Bindings::List(entries)) => {
                let entries = entries.iter().map(|(rule, is)| match rule {
                    Some(rule) => format!("{{ when = {}, is = {is:?} }}", rule.toml()),
                    None => format!("{{ is = {is:?} }}"),
                });
                let entries: Vec<String> = entries.collect();
                format!("{{ when = {when}, binding = [{}] }}", entries.join(", "))
            }
        }
    }
}

/// A policy pack with these obligations and the facts above.
pub(crate) fn pack(obligations: &[Obligation]) -> String {
    let mut lines = vec![
        "[pack]\nid = \"walk\"\nversion = \"1\"\ntitle = { en = \"Walk\" }".to_owned(),
        "[origin]\nfact = \"cii_status\"".to_owned(),
        "applies = [\"designated\", \"declared\"]\nconditional = [\"potential\"]".to_owned(),
    ];
    let parties = PARTY_FACTS.iter().map(|fact| ("party", fact));
    let relationships = RELATIONSHIP_FACTS.iter().map(|fact| ("relationship", fact));
    for (of, fact) in parties.chain(relationships) {
        let kind = match fact.kind {
            Kind::Set => "set",
            Kind::Choice => "choice",
            Kind::YesNo => "yes-no",
            Kind::Countries => "countries",
            Kind::Number => "number",
        };
        lines.push(format!(
            "[fact.{}]\nof = {of:?}\ntype = {kind:?}",
            fact.name
        ));
        if !fact.values.is_empty() {
            lines.push(format!("values = {:?}", fact.values));
        }
    }
    for obligation in obligations {
        lines.push(format!("[[obligation]]\nid = {:?}", obligation.id));
        lines.push("title = { en = \"It\" }".to_owned());
        lines.extend(
            obligation
                .origin
                .iter()
                .map(|rule| format!("origin = {}", rule.toml())),
        );
        lines.extend(obligation.tiers.map(|tiers| format!("tiers = {tiers}")));
        let steps = [
            ("own", &obligation.own),
            ("direct", &obligation.direct),
            ("onward", &obligation.onward),
        ];
        for (key, step) in steps {
            lines.extend(step.iter().map(|step| format!("{key} = {}", step.toml())));
        }
    }
    lines.join("\n")
}

impl Cells {
    /// The register's two files, by name.
    pub(crate) fn files(&self) -> [(&'static str, String); 2] {
        let names = |facts: &'static [Fact]| facts.iter().map(|fact| fact.name);
        let head = ["id", "name"].into_iter().chain(names(&PARTY_FACTS));
        let mut parties = csv::Writer::from_writer(Vec::new());
        parties.write_record(head).unwrap();
        for row in &self.parties {
            let fixed = [row.id.as_str(), "Some name"].into_iter();
            let facts = row.facts.iter().map(String::as_str);
            parties.write_record(fixed.chain(facts)).unwrap();
        }
        let fixed = ["id", "customer", "supplier", "supports", "starts", "ends"];
        let mut rows = csv::Writer::from_writer(Vec::new());
        let head = fixed.into_iter().chain(names(&RELATIONSHIP_FACTS));
        rows.write_record(head).unwrap();
        for row in &self.relationships {
            rows.write_record(row.cells()).unwrap();
        }
        let text = |writer: csv::Writer<Vec<u8>>| String::from_utf8(writer.into_inner().unwrap());
        [
            ("parties.csv", text(parties).unwrap()),
            ("relationships.csv", text(rows).unwrap()),
        ]
    }
}

/// The files, so that a failing register can be taken as it is printed.
impl Debug for Cells {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        let mut files = self.files().into_iter();
        files.try_for_each(|(name, text)| write!(f, "\n# {name}\n{text}"))
    }
}

/// Parses a pack of these obligations.
pub(crate) fn policy(obligations: &[Obligation]) -> Policy {
    let source = pack(obligations);
    Policy::parse(&source, "walk.toml")
        .unwrap_or_else(|faults| panic!("{}\n{source}", faults.render(Lang::En, false)))
}

/// Writes a register to files and reads it back under a policy.
pub(crate) fn register(cells: &Cells, policy: &Policy) -> Register {
    reading(cells, policy).register
}

/// The same, with what was noticed in reading it.
pub(crate) fn reading(cells: &Cells, policy: &Policy) -> Reading {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in cells.files() {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    read(folder.path(), policy, &[]).unwrap()
}

/// Reads and walks a register on the day of the tests.
pub(crate) fn walk<T>(
    cells: &Cells,
    obligations: &[Obligation],
    look: impl FnOnce(&Flow) -> T,
) -> T {
    let policy = policy(obligations);
    let register = register(cells, &policy);
    look(&Flow::new(&register, &policy, DAY))
}

/// Walks one obligation that only `supports` and a bound of tiers limit, along rows that are called `R1`, `R2` and on.
pub(crate) fn walk_plainly<T>(
    tiers: Option<u32>,
    parties: Vec<PartyRow>,
    rows: Vec<Row>,
    look: impl FnOnce(&Flow) -> T,
) -> T {
    let step = Some(Step {
        when: Rule::All(Vec::new()),
        binding: None,
    });
    let obligation = Obligation {
        id: "duty".to_owned(),
        tiers,
        direct: step.clone(),
        onward: step,
        ..Obligation::default()
    };
    let rows = (1..).zip(rows).map(|(number, row)| Row {
        id: format!("R{number}"),
        ..row
    });
    let cells = Cells {
        parties,
        relationships: rows.collect(),
    };
    walk(&cells, &[obligation], look)
}
