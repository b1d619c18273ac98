//! What `samples/cloud-partner/README.md` says.

use super::lookup::*;
use super::*;

#[test]
fn tables_are_so() {
    hold_tables(&Sample::cloud_partner(), DAY);
}

#[test]
fn commands_run() {
    run_commands(&Sample::cloud_partner());
}

#[test]
fn the_whole_is_so() {
    let sample = Sample::cloud_partner();
    let prose = Prose::of(&sample);
    sample.look(DAY, |view| {
        let cell = |id: &str, column: &str| party_cell(view, id, column);
        prose.says(
            "Two of the partner's customers were notified that they operate critical information infrastructure, a third says so itself.",
            customers_of(view, "yunzhouqiao", "designated") == ["bank-luming", "grid-heyan"]
                && customers_of(view, "yunzhouqiao", "declared") == ["hospital-songxi"],
        );
        prose.says(
            "The hospital's word is all there is: it shows no notice.",
            cell("hospital-songxi", "notice").is_none() && cell("bank-luming", "notice").is_some(),
        );
        prose.says(
            "both are reported as unknown, because silence is no all-clear. The parts maker is not",
            ids(view, view.unclear_customers()) == ["market-mizhou", "insurer-canglan"],
        );
        let candidates = view.assessment.candidates();
        let candidates: Vec<&str> = candidates.map(|candidate| view.id(candidate.party)).collect();
        prose.says(
            "Whom to ask first, the screening says: the insurer, then the market, then `tiaohuai`, which supplies the hospital.",
            candidates == ["insurer-canglan", "market-mizhou", "tiaohuai"]
                && ends(view, "R53") == ("hospital-songxi", "tiaohuai"),
        );
        let worklist = view.assessment.worklist();
        let register = worklist.applied(sample.reading.register.clone(), &sample.policy);
        let flow = Flow::new(&register, &sample.policy, DAY);
        let found = flow.findings();
        let conditional = found.iter().filter(|finding| finding.status == Status::Conditional);
        prose.says(
            "With `--screen` the insurer counts as a possible operator, and 53 findings are conditional.",
            ids(view, &worklist.proposed) == ["insurer-canglan"] && conditional.count() == 53,
        );
        let called_out = view.assessment.called_out();
        let called_out: Vec<&str> = called_out.map(|out| view.id(out.party)).collect();
        prose.says(
            "The subsidiary in Suzhou is called out, because its owner sits outside the mainland.",
            called_out == ["ostrevind-cn"] && cell("ostrevind", "country").as_deref() == Some("DK"),
        );
        let concern = |rank: usize| &view.concerns()[rank - 1];
        prose.says(
            "`yuanmulin` and `yunzhouqiao` have the same counts, and the highest criticality of both is critical: the id decides.",
            concern(3).open == concern(4).open
                && concern(3).criticality == concern(4).criticality
                && concern(3).criticality == Some(3),
        );
    });
}

#[test]
fn chains_are_so() {
    let sample = Sample::cloud_partner();
    let prose = Prose::of(&sample);
    sample.look(DAY, |view| {
        prose.says(
            "to a host that no list of parties knows, `nephelis`.",
            view.implied().map(|party| view.id(party)).eq(["nephelis"]),
        );
        prose.says(
            "The partner has documents recognised by `moliying`, which rents machines from `chichu`, which overflow to a host",
            ends(view, "R23") == ("yunzhouqiao", "moliying")
                && ends(view, "R24") == ("moliying", "chichu")
                && ends(view, "R26") == ("chichu", "nephelis"),
        );
        let alone = |id: &str| {
            let rows = findings(view).into_iter().filter(|row| row.party == id);
            rows.into_iter().all(|row| row.operator == "bank-luming" && row.origins == Some(ciiflow::flow::Origins::Exactly(1)))
        };
        prose.says(
            "(`supports`: R01, then R23, then R24), so all this stands on the bank alone.",
            supports("R23") == "R01"
                && supports("R24") == "R23"
                && supports("R26") == "R24"
                && ["moliying", "chichu", "nephelis"].into_iter().all(alone),
        );
        prose.says(
            "R23 above it has no clause: the chain breaks at step 2. So it is with the guards of the data park (R12 above R20), and with `skarnfeld` below a clause that has run out in R28.",
            chain(view, "qiyuanli", "background-check") == "bank-luming, R01, R12, R20",
        );
        prose.says(
            "At `orrindale` it is the last contract itself, R34, that lacks the clause.",
            chain(view, "orrindale", "vulnerability-notice") == "bank-luming, R31, R33, R34",
        );
        let nephelis = finding(view, "nephelis", "data-handling").unwrap();
        prose.says(
            "Where `nephelis` sits is unknown, so what makes it owed is `undetermined` for data-handling.",
            nephelis.binding == Some("undetermined") && party_cell(view, "nephelis", "country").is_none(),
        );
        prose.says(
            "`weijiao` watches over `muzhenqiao` (R16), which runs the systems of `weijiao` (R17). `yeyuezhi` lends people to both.",
            view.loops().len() == 1
                && ids(view, &view.loops()[0]) == ["muzhenqiao", "weijiao"]
                && ends(view, "R16") == ("muzhenqiao", "weijiao")
                && ends(view, "R17") == ("weijiao", "muzhenqiao")
                && ends(view, "R18") == ("muzhenqiao", "yeyuezhi")
                && ends(view, "R19") == ("weijiao", "yeyuezhi"),
        );
        prose.says(
            "Data handling takes the longer way, because R18 brings no data.",
            relationship_cell(view, "R18", "data").as_deref() == Some("none")
                && clause(view, "R18", "data-handling").is_none(),
        );
        prose.says(
            "The contract of the partner with `weijiao`, R15, does not say what it supports: `weijiao` is known at tier 3 and only possible at tier 2.",
            supports("R15").is_empty()
                && clause(view, "R15", "incident-notice").unwrap().tier == 2
                && finding(view, "weijiao", "incident-notice").unwrap().tier == 3,
        );
    });
}

#[test]
fn the_parent_is_so() {
    let sample = Sample::cloud_partner();
    let prose = Prose::of(&sample);
    sample.look(DAY, |view| {
        let parties = &view.assessment.flow.register.parties;
        let owner = |id: &str| parties.owner(party(view, id)).map(|owner| view.id(owner));
        prose.says(
            "`ostrevind` is reached from the partner directly (R09) and through its own subsidiary in Suzhou (R10, R11).",
            ends(view, "R09") == ("yunzhouqiao", "ostrevind")
                && ends(view, "R10") == ("yunzhouqiao", "ostrevind-cn")
                && ends(view, "R11") == ("ostrevind-cn", "ostrevind")
                && owner("ostrevind-cn") == Some("ostrevind")
                && clause(view, "R11", "data-handling").unwrap().tier == 3,
        );
        prose.says(
            "its own parent `brevindal` delivers nothing and owes nothing.",
            owner("ostrevind") == Some("brevindal")
                && view.assessment.flow.supplied_by(party(view, "brevindal")).count() == 0,
        );
        prose.says(
            "The bank's technology company in Hong Kong does deliver, and counts as outside the mainland.",
            owner("luming-hk") == Some("bank-luming")
                && party_cell(view, "luming-hk", "country").as_deref() == Some("HK")
                && relationship_cell(view, "R51", "access_location").as_deref() == Some("HK")
                && relationship_cell(view, "R51", "data_location").as_deref() == Some("CN"),
        );
        prose.says(
            "R01 says that the bank's systems are reached from the mainland only; R09, which supports it, is worked from Denmark.",
            relationship_cell(view, "R01", "access_location").as_deref() == Some("CN")
                && relationship_cell(view, "R09", "access_location").as_deref() == Some("DK")
                && supports("R09") == "R01;R03",
        );
        prose.says(
            "so it is found along the hospital's R03, and R01 asks for no such clause.",
            clause(view, "R01", "cross-border-assessment").is_none()
                && clause(view, "R03", "cross-border-assessment").is_some(),
        );
    });
}

#[test]
fn scopes_are_so() {
    let sample = Sample::cloud_partner();
    let prose = Prose::of(&sample);
    let supported = with_cell("R21", "supports", "all");
    prose.says(
        "Were `supports` of R21 `all`, background checks would apply to it.",
        supports("R21") == "none"
            && supported.look(DAY, |view| {
                finding(view, "muyuzhai", "background-check")
                    .unwrap()
                    .status
                    == "applies"
            }),
    );
    sample.look(DAY, |view| {
        prose.says(
            "The furniture supplier's people are on the partner's premises (R21)",
            relationship_cell(view, "R21", "access").as_deref() == Some("physical"),
        );
        let asks = |relationship, obligation| clause(view, relationship, obligation).is_some();
        prose.says(
            "Background checks travel along the first, data that may leave along the second.",
            ends(view, "R35") == ends(view, "R47")
                && ends(view, "R35") == ("grid-heyan", "yuanmulin")
                && asks("R35", "background-check")
                && !asks("R47", "background-check")
                && !asks("R35", "cross-border-assessment")
                && asks("R47", "cross-border-assessment"),
        );
        prose.says(
            "Behind R35 stands `fangtingdu`, behind R47 `aavellin` in Finland: it has access, but owes no background check, since the portal does not touch critical systems.",
            supports("R36") == "R35"
                && supports("R48") == "R47"
                && party_cell(view, "aavellin", "country").as_deref() == Some("FI")
                && relationship_cell(view, "R48", "access").as_deref() == Some("remote")
                && relationship_cell(view, "R47", "serves_cii").as_deref() == Some("no")
                && finding(view, "aavellin", "background-check").is_none(),
        );
        let origins = |id| finding(view, id, "vulnerability-notice").unwrap().origins;
        prose.says(
            "The circuits of `chensui` are in everything that `kelanxin` delivers, the library of `tavermoor` only in the bank's product (R31): 2 operators reach the one, 1 the other.",
            supports("R33") == "all"
                && supports("R46") == "R31"
                && ends(view, "R31").0 == "bank-luming"
                && origins("chensui") == Some(ciiflow::flow::Origins::Exactly(2))
                && origins("tavermoor") == Some(ciiflow::flow::Origins::Exactly(1)),
        );
        prose.says(
            "The bank collects the grid's bills (R50).",
            ends(view, "R50") == ("grid-heyan", "bank-luming"),
        );
        let testing = |id| finding(view, id, "testing-authorisation").unwrap();
        prose.says(
            "`shuangjinghu` tests the grid with a letter of authorisation that runs out on 2026-11-30, and passes a part on to `fangtingdu`, which has none.",
            testing("shuangjinghu").expires == Some(date(2026, 11, 30))
                && chain(view, "fangtingdu", "testing-authorisation") == "grid-heyan, R37, R38",
        );
        let reached = |id| ids_of_operators(view, id);
        prose.says(
            "The railway is a potential operator. Its displays, and the helpdesk behind R04, are reached by nobody else, so everything they have is conditional.",
            ends(view, "R44") == ("rail-beiluo", "mingxidu")
                && reached("mingxidu") == ["rail-beiluo"]
                && reached("jianqiuhe") == ["rail-beiluo"],
        );
    });
}

#[test]
fn the_unknown_is_so() {
    let sample = Sample::cloud_partner();
    let prose = Prose::of(&sample);
    sample.look(DAY, |view| {
        let columns: BTreeSet<_> = view.hinges().iter().map(|hinge| hinge.missing).collect();
        prose.says("Unconfirmed findings hang on blank cells of four columns", columns.len() == 4);
        prose.says(
            "Nobody wrote down what `tiaohuai` delivers to the hospital, nor which deliveries `xunchewan` watches over.",
            relationship_cell(view, "R53", "kind").is_none() && supports("R52").is_empty(),
        );
        let open = parties_where(view, |row| row.status == "unconfirmed" && row.party == "heluzhou");
        let hanging = findings(view).into_iter();
        let hanging = hanging.filter(|row| row.status == "unconfirmed" && row.party == "heluzhou");
        prose.says(
            "Whether the hospital's R03 touches critical systems decides two findings one tier further, at `heluzhou`",
            relationship_cell(view, "R03", "serves_cii").is_none()
                && open.len() == 1
                && hanging.map(|row| row.tier).eq([2, 2]),
        );
        let hinges = view.hinges().iter();
        let columns = hinges.filter_map(|hinge| match hinge.missing {
            Missing::Relationship(fact) => Some(view.assessment.flow.policy.fact(fact).name.as_str()),
            _ => None,
        });
        prose.says(
            "The grid has not judged either whether R02 may affect national security, so the clauses on the review of it are unconfirmed; no finding hangs on that, because R01 is judged.",
            relationship_cell(view, "R02", "national_security").is_none()
                && relationship_cell(view, "R01", "national_security").as_deref() == Some("yes")
                && columns.into_iter().all(|column| column != "national_security"),
        );
    });
    let assumed = Sample::with(&folder("cloud-partner"), &[("data", "none")]);
    prose.says(
        "If every blank cell of `data` is taken for `none`, 16 unconfirmed findings are left; the assumption stands in the report.",
        assumed.look(DAY, |view| {
            let report = ciiflow::report::markdown::report(view, ciiflow::report::markdown::Beside::default());
            view.summary.of_status(Status::Unconfirmed) == 16 && report.contains("data=none")
        }),
    );
}

#[test]
fn evidence_is_so() {
    let sample = Sample::cloud_partner();
    let prose = Prose::of(&sample);
    sample.look(DAY, |view| {
        let document = |party: &str, name: &str| {
            let register = view.assessment.flow.register;
            let mut documents = register.evidence.iter();
            let found = documents.find(|document| {
                register.parties.id(document.party) == party && document.document == name
            });
            found.unwrap_or_else(|| panic!("no document {name}")).clone()
        };
        let readme = sample.readme();
        let all_told = Proof::ALL
            .iter()
            .all(|proof| readme.contains(&format!("| {} | ", proof.as_str())));
        prose.says("One of each, with two more", all_told);
        let waiver = document("ostrevind", "Exemption claimed for support sessions");
        prose.says(
            "the export assessment of R09 is waived by somebody, with a reason, for a time;",
            !waiver.owner.is_empty() && !waiver.reason.is_empty() && waiver.expires != Dated::Blank,
        );
        prose.says(
            "the record of `weijiao` has no date;",
            document("weijiao", "Supervision record, undated copy").issued == Dated::Blank,
        );
        let certificates = ["Security product certificate 5531", "Security product certificate 4019"];
        let until = certificates.map(|name| document("kelanxin", name).expires);
        prose.says(
            "one certificate of `kelanxin` serves R31, the one for R32 has expired;",
            matches!(until, [Dated::On(a), Dated::On(b)] if a > DAY && b < DAY),
        );
        let issued = |party, name| match document(party, name).issued {
            Dated::On(day) => day,
            _ => panic!("{name} has no date"),
        };
        prose.says(
            "the vetting of `muzhenqiao` was in 2025; the statement of `ostrevind-cn` is dated after the day;",
            issued("muzhenqiao", "Vetting statement 2025").year() == 2025
                && issued("ostrevind-cn", "Vetting statement 2026") > DAY,
        );
        let missing = |id, obligation| finding(view, id, obligation).unwrap().evidence == "missing";
        prose.says(
            "A draft (the hospital's assessment) and a rejected statement (`chensui`) prove nothing either.",
            missing("hospital-songxi", "annual-assessment") && missing("chensui", "vulnerability-notice"),
        );
        let unmatched = view.issues().into_iter();
        let unmatched = unmatched.filter(|issue| issue.code == "unmatched-evidence");
        let unmatched: Vec<_> = unmatched.map(|issue| issue.text.to_owned()).collect();
        prose.says(
            "Three documents match nothing: the policy on vulnerabilities of `ostrevind`, since no product chain reaches it; the code of conduct of `muyuzhai`; the clause of `yuanmulin` in R41, which has ended.",
            unmatched == ["ostrevind", "yuanmulin", "muyuzhai"],
        );
        let soon = DAY.checked_add(90.days()).unwrap().to_string();
        prose.says(
            "What lapses by 2027-10-31, the first nine within 90 days",
            lapsing(view).iter().filter(|row| row[0] <= soon).count() == 9,
        );
    });
}

#[test]
fn dates_and_faults_are_so() {
    let sample = Sample::cloud_partner();
    let prose = Prose::of(&sample);
    let asked = |view: &View| {
        let rows = clauses(view)
            .into_iter()
            .filter(|row| row.relationship == "R42");
        rows.map(|row| row.status).collect::<Vec<_>>()
    };
    let of_status = |view: &View, status: &str| {
        let asked = asked(view).into_iter();
        asked.filter(|known| *known == status).count()
    };
    prose.says(
        "On that day R42 asks for 14 clauses, 12 conditional and, since nobody has judged its national security, 2 unconfirmed; on 2026-11-01 it asks for none.",
        sample.look(date(2027, 1, 1), |view| {
            asked(view).len() == 14
                && of_status(view, "conditional") == 12
                && of_status(view, "unconfirmed") == 2
        })
            && sample.look(DAY, |view| asked(view).is_empty()),
    );
    sample.look(DAY, |view| {
        let inactive: Vec<_> = view.inactive().map(|relationship| view.label(relationship)).collect();
        prose.says(
            "R40 ended in 2025 and was replaced by R14 with the same company; R41 ended in June 2026 and was replaced by R49 with another, `sanqiuting`. R42 begins in 2027: the railway moves to the partner.",
            inactive == ["R40", "R41", "R42"]
                && ends(view, "R40") == ends(view, "R14")
                && ends(view, "R41") == ("bank-luming", "yuanmulin")
                && ends(view, "R49") == ("bank-luming", "sanqiuting")
                && ends(view, "R42") == ("rail-beiluo", "yunzhouqiao")
                && written("R40", "ends") == "2025-12-31"
                && written("R14", "starts") == "2026-01-01"
                && written("R41", "ends") == "2026-06-30"
                && written("R49", "starts") == "2026-07-01"
                && written("R42", "starts") == "2027-01-01",
        );
        prose.says(
            "Five of the ten are warnings, five are notes, and no row is set aside. `check` ends with exit 1 because of the warnings.",
            view.diagnostics.count(Severity::Error) == 0
                && view.diagnostics.count(Severity::Warning) == 5
                && view.diagnostics.count(Severity::Note) == 5
                && view.summary.set_aside == 0,
        );
    });
}
