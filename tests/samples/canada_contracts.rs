//! What `samples/canada-contracts/README.md` says.

use std::collections::BTreeMap;

use ciiflow::policy::Binding;

use super::*;

#[test]
fn tables_are_so() {
    hold_tables(&Sample::canada(), CANADA_DAY);
}

#[test]
fn commands_run() {
    run_commands(&Sample::canada());
}

/// The rows of a file of the sample, with its heading.
fn rows(file: &str) -> (Vec<String>, Vec<csv::StringRecord>) {
    let mut reader = csv::Reader::from_path(folder("canada-contracts").join(file)).unwrap();
    let head = reader
        .headers()
        .unwrap()
        .iter()
        .map(str::to_owned)
        .collect();
    (head, reader.records().map(Result::unwrap).collect())
}

#[test]
fn the_files_are_so() {
    let sample = Sample::canada();
    let prose = Prose::of(&sample);
    let (head, contracts) = rows("contracts.csv");
    let encoding = sample
        .reading
        .tables
        .iter()
        .find(|table| table.file == "contracts.csv");
    prose.says(
        "the data, untouched: 14,793 contracts in 18 columns, UTF-8",
        contracts.len() == 14_793 && head.len() == 18 && encoding.unwrap().encoding == "UTF-8",
    );
    let mut facts = sample.policy.facts.iter();
    let category = facts.find(|fact| fact.name == "category").unwrap();
    prose.says(
        "15 categories from the prefixes of the GSIN codes",
        category.values.len() == 15,
    );
    let mapping = fs::read_to_string(sample.folder.join("register.toml")).unwrap();
    let mapping: toml::Table = mapping.parse().unwrap();
    let values = &mapping["table"][0]["values"]["category"];
    let maps = |key: &str, category: &str| values[key].as_str() == Some(category);
    prose.says(
        "`D3*` is IT services, except `D317*`",
        maps("D3*", "it-services") && maps("D317*", "other"),
    );
    prose.says(
        "`K105*`, the guards, is set apart from the rest of `K1*`. Whatever no rule needs is `other`.",
        maps("K105*", "guard") && maps("K1*", "facilities") && maps("*", "other"),
    );
    let (_, departments) = rows("departments.csv");
    let mut markings: BTreeMap<String, usize> = BTreeMap::new();
    for department in &departments {
        *markings.entry(department[1].to_owned()).or_default() += 1;
    }
    let markings: Vec<_> = markings
        .iter()
        .map(|(word, count)| (word.as_str(), *count))
        .collect();
    prose.says(
        "the invented marking: six departments sensitive, two under review, six ordinary; the rest are not listed",
        markings == [("ordinary", 6), ("sensitive", 6), ("under-review", 2)],
    );
    prose.says(
        "the invented pack: four obligations",
        sample.policy.obligations.len() == 4,
    );
    let column = |name: &str| head.iter().position(|column| column == name).unwrap();
    let (award, expiry) = (column("award-date"), column("expiry-date"));
    let ends_first = contracts
        .iter()
        .filter(|row| row[expiry] < row[award])
        .count();
    let open = contracts
        .iter()
        .filter(|row| row[expiry].starts_with("2100-"))
        .count();
    prose.says(
        "750 contracts end in 2100: they are open-ended in the source",
        open == 750,
    );
    prose.says(
        "868 expire before their award and are never active.",
        ends_first == 868,
    );
    prose.says(
        "There is no `evidence.csv`",
        !folder("canada-contracts").join("evidence.csv").exists(),
    );
}

#[test]
fn the_result_is_so() {
    let sample = Sample::canada();
    let prose = Prose::of(&sample);
    sample.look(CANADA_DAY, |view| {
        let flow = view.assessment.flow;
        let (parties, relationships) = (&flow.register.parties, &flow.register.relationships);
        let folded = |name: &str| {
            let same = parties.iter().filter(|&party| parties.name(party).eq_ignore_ascii_case(name));
            same.count()
        };
        let (head, contracts) = rows("contracts.csv");
        let user = head.iter().position(|column| column == "end-user-entity_en").unwrap();
        let written: BTreeSet<_> = contracts.iter().map(|row| row[user].to_owned()).collect();
        prose.says(
            "`INDIGENOUS SERVICES CANADA` and `Indigenous Services Canada` are one party",
            written.contains("INDIGENOUS SERVICES CANADA")
                && written.contains("Indigenous Services Canada")
                && folded("Indigenous Services Canada") == 1,
        );
        let venture = "GESTION WIINIBEK INC.-WIINIBEK MANAGEMENT INC.; ENGLOBE CORP IN JOINT VENTURE";
        prose.says("A joint venture stays one name, though a `;` stands in it.", folded(venture) == 1);
        let customers: BTreeSet<_> = relationships.customers().iter().map(|party| party.0).collect();
        prose.says(
            "Most customers have no sensitivity.",
            2 * view.unclear_customers().len() > customers.len(),
        );
        let on = |column: &str| -> usize {
            let hinges = view.hinges().iter().filter(|hinge| match hinge.missing {
                Missing::Relationship(fact) => flow.policy.fact(fact).name == column,
                _ => false,
            });
            hinges.map(|hinge| hinge.findings).sum()
        };
        prose.says(
            "What rests on these stays unconfirmed, 127 findings on the first and 299 on the second.",
            on("data") == 127 && on("site_access") == 299,
        );
        let open = findings(view).into_iter().filter(|row| row.status == "conditional");
        let operators: BTreeSet<_> = open.map(|row| row.operator.to_owned()).collect();
        prose.says(
            "They rest on the two departments that are under review.",
            operators.iter().all(|id| {
                matches!(id.as_str(), "Citizenship and Immigration Canada" | "Shared Services Canada")
            }) && !operators.is_empty(),
        );
        prose.says(
            "everything that is found is missing its proof.",
            view.assessment.proven.iter().all(|proven| proven.proof == Proof::Missing),
        );
        let suppliers: BTreeSet<_> = relationships.suppliers().iter().map(|party| party.0).collect();
        prose.says(
            "Only one tier is on record: no supplier is also an end user.",
            customers.is_disjoint(&suppliers) && view.summary.tiers == 1,
        );
        let due_diligence = view.assessment.findings.iter();
        let due_diligence = due_diligence.filter(|finding| finding.obligation == 0);
        let fact = flow.policy.facts.iter().position(|fact| fact.name == "country").unwrap();
        let two = parties.iter().any(|party| {
            let cell = lookup::cell(view, FactId(fact as u16), parties.fact(fact), party.index());
            cell.is_some_and(|cell| cell.contains("; "))
        });
        prose.says(
            "where rows of one supplier name two countries, both count.",
            two,
        );
        prose.says(
            "Due diligence is to be agreed with suppliers outside Canada, and recommended for the others.",
            due_diligence.into_iter().all(|finding| {
                let column = parties.fact(fact);
                let cell = lookup::cell(view, FactId(fact as u16), column, finding.party.index());
                let outside = cell.is_some_and(|cell| cell.split("; ").any(|country| country != "CA"));
                finding.binding == Some(if outside { Binding::Contract } else { Binding::Practice })
            }),
        );
        let known = |category: &str| {
            let rows = clauses(view).into_iter();
            let mut rows = rows.filter(|row| row.obligation == "site-access" && row.status == "unconfirmed");
            let fact = flow.policy.facts.iter().position(|fact| fact.name == "category").unwrap();
            rows.all(|row| {
                let relationship = relationships.find(&row.relationship);
                let relationship = relationship.unwrap_or_else(|| labelled(view, &row.relationship));
                let cell = lookup::cell(view, FactId(fact as u16), relationships.fact(fact), relationship.index());
                cell.is_none_or(|cell| cell != category)
            })
        };
        prose.says(
            "Cleaners and guards are on the premises anyway, so theirs is known.",
            known("facilities") && known("guard"),
        );
    });
}

/// The relationship with a label such as `row 12`.
fn labelled(view: &View, label: &str) -> ciiflow::register::RelationshipId {
    let relationships = &view.assessment.flow.register.relationships;
    let mut all = relationships.iter();
    all.find(|&relationship| relationships.label(relationship) == label)
        .unwrap()
}
