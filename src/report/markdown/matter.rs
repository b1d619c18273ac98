//! Who matters: gatekeepers, shared suppliers and ownership groups, the first of each.

use super::super::words::{criticality_word, listed, listed_of};
use super::{Beside, escaped, section, table_head, table_row};
use crate::flow::{Dependents, Gatekeeper, ObligationSet, Origins, Status};
use crate::lang::say;
use crate::register::PartyId;
use crate::view::{Group, View};

/// Rows of each table.
const MOST: usize = 10;
/// Names in one cell.
const MOST_NAMES: usize = 4;

/// The tables of who matters in the whole register.
pub(super) fn matter(view: &View, beside: Beside, out: &mut String) {
    let lang = view.lang;
    let matter = Matter { view, beside };
    let is_any = !view.gatekeepers().all.is_empty()
        || !view.gatekeepers().unsettled.is_empty()
        || !view.shared_suppliers().is_empty()
        || !view.groups().is_empty();
    if !is_any {
        return;
    }
    let title = say!(lang, "Who matters", "关键主体");
    section(out, 2, "matter", &title);
    matter.gatekeepers(out);
    matter.shared(out);
    matter.groups(out);
}

struct Matter<'v> {
    view: &'v View<'v>,
    beside: Beside<'v>,
}

impl Matter<'_> {
    fn gatekeepers(&self, out: &mut String) {
        let lang = self.view.lang;
        let gatekeepers = self.view.gatekeepers();
        let unsettled = gatekeepers.unsettled.len();
        if gatekeepers.all.is_empty() && unsettled == 0 {
            return;
        }
        let title = say!(lang, "Gatekeepers", "必经主体");
        section(out, 3, "gatekeepers", &title);
        *out += &say!(
            lang,
            "If such a party delivered nothing, some obligation would no longer reach the parties behind it for certain: every chain to them without an unknown fact runs through it. An operator is no gatekeeper to what it starts itself.\n\n",
            "若该主体不再供应，部分义务将不再确定地传导至其后的主体，因为所有事实均已知的链条都经过该主体。运营者不因自身发起的义务而计为必经主体。\n\n"
        );
        table_head(
            out,
            &[
                say!(lang, "Gatekeeper", "必经主体"),
                say!(lang, "Parties behind it", "其后主体数"),
                say!(lang, "Who", "其后主体"),
                say!(lang, "For, with how many parties", "义务及涉及主体数"),
            ],
        );
        for gatekeeper in gatekeepers.all.iter().take(MOST) {
            let behind = self.names(&gatekeepers.behind(gatekeeper));
            let count = gatekeeper.behind.to_string();
            let party = self.name(gatekeeper.party);
            let obligations = self.held(gatekeeper);
            table_row(out, &[party, count, behind, obligations]);
        }
        self.rest(gatekeepers.all.len(), out);
        if unsettled > 0 {
            let parties = lang.count(unsettled, "more party", "more parties", "个主体");
            *out += &say!(
                lang,
                "\nOf {parties} in very long chains it was not found whether they are gatekeepers.\n",
                "\n另有 {parties}处于极长的链条中，未能判定是否为必经主体。\n"
            );
        }
    }

    /// The obligations with how many parties would lose each, the most first.
    fn held(&self, gatekeeper: &Gatekeeper) -> String {
        let lang = self.view.lang;
        let held = self.view.gatekeepers().holds(gatekeeper);
        let mut held: Vec<(u8, Status, usize)> = held
            .map(|(obligation, status, parties)| (obligation, status, parties.len()))
            .collect();
        held.sort_by_key(|&(_, status, count)| (status, std::cmp::Reverse(count)));
        let words = held.into_iter().map(|(obligation, status, count)| {
            let title = self.title(obligation);
            match status {
                Status::Applies => say!(lang, "{title} ({count})", "{title}（{count}）"),
                _ => say!(
                    lang,
                    "{title} ({count} conditionally)",
                    "{title}（附条件 {count}）"
                ),
            }
        });
        listed(words, MOST_NAMES, lang)
    }

    fn shared(&self, out: &mut String) {
        let lang = self.view.lang;
        let shared = self.view.shared_suppliers();
        if shared.is_empty() {
            return;
        }
        let title = say!(lang, "Shared suppliers", "共用供应商");
        section(out, 3, "shared", &title);
        *out += &say!(
            lang,
            "Two or more operators depend on each of these: an obligation comes to it from each of them, with nothing unknown on the way.\n\n",
            "以下主体各有两家以上的运营者依赖：每家运营者均有义务传导至该主体，且途中事实均已知。\n\n"
        );
        table_head(
            out,
            &[
                say!(lang, "Party", "主体"),
                say!(lang, "Operators", "运营者"),
                say!(lang, "Possible operators", "可能的运营者"),
                say!(lang, "For", "义务"),
                say!(lang, "Highest criticality", "最高重要程度"),
            ],
        );
        let criticality = |party: PartyId| {
            let mut concerns = self.view.concerns().iter();
            let concern = concerns.find(|concern| concern.party == party)?;
            concern.criticality
        };
        for shared in shared.iter().take(MOST) {
            let word = criticality(shared.party).map(|at| criticality_word(at, lang));
            table_row(
                out,
                &[
                    self.name(shared.party),
                    self.dependents(&shared.operators),
                    self.dependents(&shared.potential),
                    self.titles(shared.obligations),
                    word.unwrap_or_default().to_owned(),
                ],
            );
        }
        self.rest(shared.len(), out);
    }

    /// “3: A, B, C”.
    fn dependents(&self, dependents: &Dependents) -> String {
        let lang = self.view.lang;
        match dependents.count {
            Origins::Exactly(0) => String::new(),
            Origins::More => dependents.count.to_string(),
            Origins::Exactly(count) => {
                let names = self.names(&dependents.names);
                say!(lang, "{count}: {names}", "{count}：{names}")
            }
        }
    }

    fn groups(&self, out: &mut String) {
        let lang = self.view.lang;
        let groups = self.view.groups();
        if groups.is_empty() {
            return;
        }
        let title = say!(lang, "Ownership groups", "股权集团");
        section(out, 3, "groups", &title);
        *out += &say!(
            lang,
            "Parties with the same ultimate owner, where one is an operator or at least two carry obligations. Ownership carries nothing by itself: what applies to the members comes to them through supply.\n\n",
            "同一最终控制方下、有运营者或有两个以上成员承担义务的主体。股权本身不传导义务；成员的义务均经由供应关系而来。\n\n"
        );
        table_head(
            out,
            &[
                say!(lang, "Ultimate owner", "最终控制方"),
                say!(lang, "Members", "成员"),
                say!(lang, "Operators", "运营者"),
                say!(lang, "Findings that apply", "适用结论"),
                say!(lang, "No full evidence", "无完整有效证据"),
                say!(lang, "Obligations", "义务"),
            ],
        );
        for group in groups.iter().take(MOST) {
            let members = self.names(&group.members);
            let count = group.members.len();
            table_row(
                out,
                &[
                    self.name(group.owner),
                    say!(lang, "{count}: {members}", "{count}：{members}"),
                    self.names(&group.operators),
                    self.applying(group),
                    group.open.to_string(),
                    self.titles(group.obligations),
                ],
            );
        }
        self.rest(groups.len(), out);
    }

    /// “12 by statute, 5 to be agreed”.
    fn applying(&self, group: &Group) -> String {
        let lang = self.view.lang;
        let [
            statute,
            contract,
            standard,
            practice,
            undetermined,
            not_said,
        ] = group.applies;
        let recommended = standard + practice;
        let undetermined = undetermined + not_said;
        let parts = [
            (
                statute,
                say!(lang, "{statute} by statute", "法定 {statute} 项"),
            ),
            (
                contract,
                say!(lang, "{contract} to be agreed", "待约定 {contract} 项"),
            ),
            (
                recommended,
                say!(lang, "{recommended} recommended", "建议 {recommended} 项"),
            ),
            (
                undetermined,
                say!(
                    lang,
                    "{undetermined} of undetermined binding",
                    "约束力未定 {undetermined} 项"
                ),
            ),
        ];
        let parts = parts.into_iter().filter(|(count, _)| *count > 0);
        let parts: Vec<String> = parts.map(|(_, words)| words).collect();
        listed(parts.into_iter(), usize::MAX, lang)
    }

    fn name(&self, party: PartyId) -> String {
        escaped(self.view.name(party))
    }

    fn names(&self, parties: &[PartyId]) -> String {
        let first = parties.iter().take(MOST_NAMES);
        let first = first.map(|&party| self.name(party));
        listed_of(first, parties.len(), self.view.lang)
    }

    fn title(&self, obligation: u8) -> String {
        let policy = self.view.assessment.flow.policy;
        let obligation = &policy.obligations[usize::from(obligation)];
        escaped(obligation.title.get(self.view.lang))
    }

    fn titles(&self, set: ObligationSet) -> String {
        let all = (0..64_u8).filter(|at| set >> at & 1 == 1);
        let titles: Vec<String> = all.map(|at| self.title(at)).collect();
        listed(titles.into_iter(), MOST_NAMES, self.view.lang)
    }

    /// How many rows a table leaves out.
    fn rest(&self, all: usize, out: &mut String) {
        if all > MOST {
            let (rest, lang) = (all - MOST, self.view.lang);
            let whole = self.beside.whole("assessment.json", lang);
            *out += &say!(
                lang,
                "\nAnd {rest} more{whole}.\n",
                "\n另有 {rest} 项{whole}。\n"
            );
        }
    }
}
