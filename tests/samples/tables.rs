//! The tables of a README, read from it and compared by their headings.

use super::*;

/// A table of a README: its heading, and its rows, without the marks of code.
struct Table {
    head: Vec<String>,
    rows: Vec<Vec<String>>,
}

fn tables(readme: &str) -> Vec<Table> {
    let cells = |line: &str| -> Option<Vec<String>> {
        let inner = line.strip_prefix('|')?.strip_suffix('|')?;
        let cells = inner.split('|').map(|cell| cell.replace('`', ""));
        Some(cells.map(|cell| cell.trim().to_owned()).collect())
    };
    let mut tables: Vec<Table> = Vec::new();
    let mut inside = false;
    for line in readme.lines() {
        match cells(line) {
            None => inside = false,
            Some(head) if !inside => {
                inside = true;
                let rows = Vec::new();
                tables.push(Table { head, rows });
            }
            Some(row) if row.iter().all(|cell| cell.starts_with("---")) => {}
            Some(row) => tables.last_mut().unwrap().rows.push(row),
        }
    }
    tables
}

/// What a count of a README is.
fn count(view: &View, name: &str) -> usize {
    let summary = &view.summary;
    let parties = &view.assessment.flow.register.parties;
    let of_proof = |proof: &str| {
        let rows = findings(view).into_iter();
        rows.filter(|row| row.evidence == proof).count()
    };
    match name {
        "parties" => summary.parties,
        "parties listed" => summary.parties - summary.implied,
        "parties with a name in Chinese" => parties
            .iter()
            .filter(|&party| parties.local_name(party).is_some())
            .count(),
        "relationships" => summary.relationships,
        "relationships active" => summary.active,
        "operators" => summary.operators,
        "partners with findings" => summary.partners,
        "tiers" => summary.tiers as usize,
        "findings that apply" => summary.of_status(Status::Applies),
        "findings that are conditional" => summary.of_status(Status::Conditional),
        "findings that are unconfirmed" => summary.of_status(Status::Unconfirmed),
        "findings not in force" => summary.open.iter().sum(),
        "clauses" => view.assessment.clauses().len(),
        "clauses in force" => {
            let clauses = view.assessment.clauses().iter();
            clauses
                .filter(|(_, proven)| proven.proof.in_force())
                .count()
        }
        "supply loops" => view.loops().len(),
        "customers without a marking" => view.unclear_customers().len(),
        _ => match name.strip_prefix("findings ") {
            Some(proof) if Proof::ALL.iter().any(|known| known.as_str() == proof) => {
                of_proof(proof)
            }
            _ => panic!("nothing counts `{name}`"),
        },
    }
}

/// The rows that a table must consist of, where it has to be complete.
fn complete(view: &View, head: &str) -> Option<Vec<Vec<String>>> {
    let policy = view.assessment.flow.policy;
    let rows = match head {
        "column|at|relationships|findings" => (view.hinges().iter())
            .map(|hinge| {
                let column = match hinge.missing {
                    Missing::Supports => "supports".to_owned(),
                    Missing::Relationship(fact) | Missing::Party(fact) => {
                        policy.fact(fact).name.clone()
                    }
                };
                let labels = hinge.relationships.iter();
                let labels: Vec<_> = labels.map(|&label| view.label(label)).collect();
                let at = view.id(hinge.party).to_owned();
                vec![column, at, labels.join(", "), hinge.findings.to_string()]
            })
            .collect(),
        "file|row|code|text|effect" => (view.issues().iter())
            .map(|issue| {
                let row = issue.row.map_or(String::new(), |row| row.to_string());
                let cells = [issue.file, &row, issue.code, issue.text];
                cells.map(str::to_owned).to_vec()
            })
            .collect(),
        "last day|party|document" => lapsing(view),
        _ => return None,
    };
    Some(rows)
}

/// What lapses within twelve months: the documents that findings and clauses in force rest on.
pub(super) fn lapsing(view: &View) -> Vec<Vec<String>> {
    let day = view.assessment.flow.as_of;
    let last = day.checked_add(1.year()).unwrap().yesterday().unwrap();
    let mut rows = BTreeSet::new();
    let mut collect = |expires: Option<Date>, party: &str, obligation: &str, shows: Shows| {
        let Some(expires) = expires.filter(|day| *day <= last) else {
            return;
        };
        let register = view.assessment.flow.register;
        let position = |evidence: &ciiflow::register::Evidence| usize::from(evidence.obligation);
        let documents = register.evidence.iter().filter(|evidence| {
            let obligation_id = &view.assessment.flow.policy.obligations[position(evidence)].id;
            let dated = match (evidence.issued, evidence.expires) {
                (_, Dated::On(until)) => until == expires,
                // Terms of validity are whole years here.
                (Dated::On(issued), _) => (1..=3).any(|years| {
                    issued
                        .checked_add(years.years())
                        .is_ok_and(|until| until == expires)
                }),
                _ => false,
            };
            let whose = register.parties.id(evidence.party) == party;
            whose && obligation_id == obligation && evidence.shows == Some(shows) && dated
        });
        for document in documents {
            let document = document.document.clone();
            rows.insert(vec![expires.to_string(), party.to_owned(), document]);
        }
    };
    for row in findings(view) {
        collect(row.expires, row.party, row.obligation, Shows::Duty);
    }
    for row in clauses(view) {
        collect(row.expires, row.supplier, row.obligation, Shows::Clause);
    }
    rows.into_iter().collect()
}

/// What a row of a table should be, from its first cells.
fn expected(view: &View, head: &str, row: &[String]) -> Vec<String> {
    let first = row[0].as_str();
    let cells: Vec<String> = match head {
        "count|value" => vec![first.to_owned(), count(view, first).to_string()],
        "party|obligation|status|tier|via|evidence|gap" => {
            let found = finding(view, first, &row[1]);
            let found = found.unwrap_or_else(|| panic!("no finding {row:?}"));
            let tier = found.tier.to_string();
            let (status, via) = (found.status, found.via.as_deref().unwrap_or_default());
            let gap = found.gap.map_or(String::new(), |gap| gap.to_string());
            let cells = [first, &row[1], status, &tier, via, found.evidence, &gap];
            cells.map(str::to_owned).to_vec()
        }
        "party|obligation|chain" => {
            let chain = chain(view, first, &row[1]);
            vec![first.to_owned(), row[1].clone(), chain]
        }
        "relationship|obligation|status|evidence" => {
            let found = clause(view, first, &row[1]);
            let found = found.unwrap_or_else(|| panic!("no clause {row:?}"));
            let cells = [first, &row[1], found.status, found.evidence];
            cells.map(str::to_owned).to_vec()
        }
        "party|applies|conditional|unconfirmed" => {
            let range = view.assessment.findings_of(party(view, first));
            let findings = &view.assessment.findings[range];
            let of = |status| findings.iter().filter(|f| f.status == status).count();
            let counts = Status::ALL.map(|status| of(status).to_string());
            [vec![first.to_owned()], counts.to_vec()].concat()
        }
        "rank|party|by statute|by contract|recommended" => {
            let concern = &view.concerns()[first.parse::<usize>().unwrap() - 1];
            let open = concern.open;
            let counts = [open.statute, open.contract, open.recommended];
            let counts = counts.map(|count| count.to_string());
            let who = view.id(concern.party).to_owned();
            [vec![first.to_owned(), who], counts.to_vec()].concat()
        }
        "customer|cii_status|starts" => {
            let flow = view.assessment.flow;
            let who = party(view, first);
            let starts = flow.operator(who).map_or("nothing", Status::as_str);
            let fact = flow.policy.origin.fact;
            let column = flow.register.parties.fact(usize::from(fact.0));
            let cell = match lookup::cell(view, fact, column, who.index()) {
                Some(cell) => cell,
                // What cannot be read stands among the faults.
                None => {
                    let row = flow.register.parties.place(who).map(|place| place.row);
                    let mut issues = view.issues().into_iter();
                    let fault =
                        issues.find(|issue| issue.column == "cii_status" && issue.row == row);
                    fault.map_or(String::new(), |issue| issue.text.to_owned())
                }
            };
            vec![first.to_owned(), cell, starts.to_owned()]
        }
        "marking|departments|active contracts" => marking(view, first),
        _ => panic!("nothing knows a table with the heading {head}"),
    };
    cells
}

/// Listed departments with a marking, and the contracts active for them; a blank marking is everybody else's.
fn marking(view: &View, word: &str) -> Vec<String> {
    let flow = view.assessment.flow;
    let fact = flow.policy.origin.fact;
    let column = flow.register.parties.fact(usize::from(fact.0));
    let marked = |party: PartyId| lookup::cell(view, fact, column, party.index());
    let relationships = &flow.register.relationships;
    let wanted = Some(word.to_owned()).filter(|word| word != "none");
    let customers: BTreeSet<_> = relationships
        .customers()
        .iter()
        .map(|party| party.0)
        .collect();
    let departments = customers
        .into_iter()
        .filter(|&party| marked(PartyId(party)) == wanted);
    let active = relationships.iter().filter(|&relationship| {
        relationships.is_active(relationship, flow.as_of)
            && marked(relationships.customer(relationship)) == wanted
    });
    let (departments, active) = (departments.count(), active.count());
    vec![word.to_owned(), departments.to_string(), active.to_string()]
}

/// Every table of a README says what is so.
pub(super) fn hold_tables(sample: &Sample, day: Date) {
    sample.look(day, |view| {
        for table in tables(&sample.readme()) {
            let head = table.head.join("|");
            if head == "File|What it is" {
                for row in &table.rows {
                    assert!(sample.folder.join(&row[0]).is_file(), "{row:?}");
                }
            } else if let Some(rows) = complete(view, &head) {
                // Cells beyond those that are compared are words.
                let width = rows[0].len();
                let told = table.rows.iter().map(|row| row[..width].to_vec());
                assert_eq!(told.collect::<Vec<_>>(), rows, "{head}");
            } else {
                for row in &table.rows {
                    assert_eq!(*row, expected(view, &head, row), "{head}");
                }
            }
        }
    });
}
