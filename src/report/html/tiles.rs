//! The answer at a glance: how many of each, and how much of it is shown.

use super::super::words::status_word;
use super::body::escaped;
use crate::flow::Status;
use crate::lang::{grouped, say};
use crate::view::{Summary, View};

/// A tile for who is reached and one for each status, each a link to the rows behind it.
pub(super) fn tiles(view: &View) -> String {
    let lang = view.lang;
    let Summary {
        partners, tiers, ..
    } = view.summary;
    let operators = view.summary.operators_words(lang);
    let tiers = lang.count(tiers as usize, "tier", "tiers", "层");
    let reached = Tile {
        kind: "reached",
        href: "#chains".to_owned(),
        number: partners,
        label: match partners {
            1 => say!(lang, "partner reached", "家合作方"),
            _ => say!(lang, "partners reached", "家合作方"),
        },
        note: say!(lang, "{operators}, {tiers}", "{operators}，{tiers}"),
        shown: None,
    };
    let of_status = |status: Status| {
        let (all, open) = (
            view.summary.of_status(status),
            view.summary.open[status as usize],
        );
        let open_words = grouped(open);
        Tile {
            kind: status.as_str(),
            href: format!("#findings?status={}", status.as_str()),
            number: all,
            label: status_word(status, lang).to_owned(),
            note: match all {
                0 => String::new(),
                _ => say!(
                    lang,
                    "{open_words} without full evidence",
                    "{open_words} 项无完整有效证据"
                ),
            },
            shown: (all > 0).then_some((all - open, all)),
        }
    };
    let mut out = String::from("<ul class=\"tiles\">\n");
    out += &reached.html();
    for status in Status::ALL {
        out += &of_status(status).html();
    }
    out + "</ul>\n"
}

struct Tile {
    kind: &'static str,
    href: String,
    number: usize,
    label: String,
    note: String,
    /// How many of how many are shown by evidence in force.
    shown: Option<(usize, usize)>,
}

impl Tile {
    fn html(&self) -> String {
        let (kind, href, number) = (self.kind, &self.href, grouped(self.number));
        let (label, note) = (escaped(&self.label), escaped(&self.note));
        let bar = self.shown.map_or(String::new(), |(shown, all)| {
            format!("<progress value=\"{shown}\" max=\"{all}\" aria-hidden=\"true\"></progress>")
        });
        format!(
            "<li class=\"tile tile-{kind}\"><a href=\"{href}\"><strong>{number}</strong> <span>{label}</span></a>{bar}<small>{note}</small></li>\n"
        )
    }
}
