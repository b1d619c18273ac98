//! The report as HTML: what `report.md` says, with links that lead to the page's own tables.

use std::collections::HashMap;

use pulldown_cmark::{CowStr, Event, LinkType, Options, Parser, Tag, TagEnd, html};

use super::super::markdown::{self, Beside};
use super::{Picture, tiles, words};
use crate::lang::{Lang, say};
use crate::view::View;

/// The files that the page's tables stand for, each with the view that shows it.
const TABLES: [(&str, &str); 5] = [
    ("findings.csv", "findings"),
    ("clauses.csv", "contracts"),
    ("exposure.csv", "parties"),
    ("questions.csv", "questions"),
    ("register-issues.csv", "faults"),
];

/// The report, with the pictures in their places.
pub(super) fn report(view: &View, pictures: &[Picture]) -> String {
    let mut beside: Vec<String> = TABLES.iter().map(|(file, _)| (*file).to_owned()).collect();
    beside.extend(
        pictures
            .iter()
            .map(|picture| format!("charts/{}.png", picture.name)),
    );
    let text = markdown::report(view, Beside(&beside));
    let page = Page {
        view,
        pictures: pictures
            .iter()
            .map(|it| (it.name, it.svg.as_str()))
            .collect(),
    };
    let events = page.events(Parser::new_ext(&text, Options::ENABLE_TABLES));
    let mut out = String::new();
    html::push_html(&mut out, events.into_iter());
    sections(&out, &tiles::tiles(view), view.lang)
}

/// Text as HTML shows it.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
    out
}

struct Page<'p> {
    view: &'p View<'p>,
    pictures: HashMap<&'p str, &'p str>,
}

impl<'p> Page<'p> {
    /// The Markdown's parts, with anchors, links and pictures turned into the page's own. Other HTML is shown as text.
    fn events<'t>(&self, parser: Parser<'t>) -> Vec<Event<'t>> {
        let mut out = Vec::new();
        // The name of the section whose heading comes next.
        let mut anchor = None;
        let mut parser = parser.peekable();
        while let Some(event) = parser.next() {
            match event {
                Event::Html(text) | Event::InlineHtml(text) => match anchor_of(&text) {
                    Some(name) => anchor = Some(name),
                    None if text.trim() == "</a>" => {}
                    None => out.push(Event::Text(text)),
                },
                Event::Start(Tag::Heading { level, .. }) => out.push(Event::Start(Tag::Heading {
                    level,
                    id: anchor.take().map(|name| CowStr::from(format!("r-{name}"))),
                    classes: Vec::new(),
                    attrs: Vec::new(),
                })),
                Event::Start(Tag::Link { dest_url, .. }) => {
                    self.link(&dest_url, &mut parser, &mut out);
                }
                Event::Start(Tag::Image { dest_url, .. }) => {
                    let shows: Vec<Event> = parser
                        .by_ref()
                        .take_while(|event| *event != Event::End(TagEnd::Image))
                        .collect();
                    self.picture(&dest_url, &text_of(&shows), &mut out);
                }
                event => out.push(event),
            }
        }
        without_empty_paragraphs(out)
    }

    /// A link: to a section, a party, or the table that stands for a file; its text alone where there is no such thing.
    fn link<'t>(
        &self,
        to: &str,
        parser: &mut impl Iterator<Item = Event<'t>>,
        out: &mut Vec<Event<'t>>,
    ) {
        let inner: Vec<Event> = parser
            .take_while(|event| *event != Event::End(TagEnd::Link))
            .collect();
        let table = TABLES.iter().find(|(file, _)| *file == to);
        let (href, inner) = match (table, to.strip_prefix('#')) {
            (Some((_, name)), _) => {
                let title = words::tab(name, self.view.lang);
                (format!("#{name}"), vec![Event::Text(title.into())])
            }
            (None, Some(anchor)) => (self.anchor(anchor), inner),
            (None, None) => {
                out.extend(inner);
                return;
            }
        };
        out.push(Event::Start(Tag::Link {
            link_type: LinkType::Inline,
            dest_url: href.into(),
            title: "".into(),
            id: "".into(),
        }));
        out.extend(inner);
        out.push(Event::End(TagEnd::Link));
    }

    /// Where a section stands: that of a party is a page of its own.
    fn anchor(&self, name: &str) -> String {
        let number = name
            .strip_prefix("party-")
            .and_then(|it| it.parse::<usize>().ok());
        let concern = number.and_then(|number| self.view.concerns().get(number.checked_sub(1)?));
        match concern {
            Some(concern) => format!("#party?id={}", encoded(self.view.id(concern.party))),
            None => format!("#r-{name}"),
        }
    }

    /// A picture as it was drawn, with its description.
    fn picture(&self, file: &str, shows: &str, out: &mut Vec<Event<'_>>) {
        let name = file.trim_start_matches("charts/").trim_end_matches(".png");
        if let Some(svg) = self.pictures.get(name) {
            let (name, shows) = (escaped(name), escaped(shows));
            let figure = format!(
                "<figure class=\"chart\" id=\"chart-{name}\"><div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"{shows}\">{svg}</div></figure>"
            );
            out.push(Event::InlineHtml(figure.into()));
        }
    }
}

/// The name in an anchor of ours.
fn anchor_of(html: &str) -> Option<String> {
    let name = html.trim().strip_prefix("<a id=\"")?;
    let name = name
        .strip_suffix("</a>")
        .unwrap_or(name)
        .strip_suffix("\">")?;
    let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
    name.chars().all(is_plain).then(|| name.to_owned())
}

fn text_of(events: &[Event]) -> String {
    let texts = events.iter().filter_map(|event| match event {
        Event::Text(text) | Event::Code(text) => Some(text.as_ref()),
        _ => None,
    });
    texts.collect()
}

/// Paragraphs that held nothing but an anchor are gone, and one that holds a picture alone is no paragraph.
fn without_empty_paragraphs(events: Vec<Event<'_>>) -> Vec<Event<'_>> {
    let mut out: Vec<Event> = Vec::with_capacity(events.len());
    for event in events {
        if event == Event::End(TagEnd::Paragraph) {
            match out.as_slice() {
                [.., Event::Start(Tag::Paragraph)] => {
                    out.pop();
                    continue;
                }
                [.., Event::Start(Tag::Paragraph), Event::InlineHtml(html)]
                    if html.starts_with("<figure") =>
                {
                    out.remove(out.len() - 2);
                    continue;
                }
                _ => {}
            }
        }
        out.push(event);
    }
    out
}

/// A value as it stands in a fragment.
fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    let mut out = String::new();
    for byte in text.bytes() {
        match plain(byte) {
            true => out.push(char::from(byte)),
            false => out += &format!("%{byte:02X}"),
        }
    }
    out
}

/// Each part under a heading of the second level in a section of its own, the tiles in the first place of all, and tables
/// where they can be scrolled.
fn sections(html: &str, tiles: &str, lang: Lang) -> String {
    let mut out = String::with_capacity(html.len() + 4096);
    for (number, part) in html.split("<h2").enumerate() {
        if number == 0 {
            out += &format!("<header>{part}</header>\n{tiles}");
            continue;
        }
        let name = part
            .strip_prefix(" id=\"r-")
            .and_then(|rest| Some(&rest[..rest.find('"')?]))
            .unwrap_or("answer");
        out += &format!("<section class=\"s-{name}\">\n<h2{part}</section>\n");
    }
    let label = say!(lang, "Table", "表格");
    let scroll =
        format!("<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"{label}\">");
    out.replace("<table>", &format!("{scroll}<table>"))
        .replace("</table>", "</table></div>")
}
