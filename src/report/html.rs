//! `report.html`: the report and what it was made from in one file, to be opened, searched and printed anywhere.
//!
//! The page holds the report of `report.md` as it reads, and beside it the rows as data, from which scripts make tables, a
//! page for each party and the graph of chains. It loads nothing: its policy allows only the scripts and the style that
//! stand in it, by their digests. Without scripts the report is there all the same.

mod body;
mod data;
mod parties;
mod rows;
mod tiles;
mod words;

use std::fmt::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use crate::lang::{Lang, say};
use crate::view::View;

const STYLE: &str = include_str!("html/style.css");
/// The libraries, each a script of its own; see `html/vendor/README.md`.
const LIBRARIES: [&str; 2] = [
    include_str!("html/vendor/table.min.js"),
    include_str!("html/vendor/cytoscape.min.js"),
];
/// The page's own script, in the order in which its parts build on each other.
const APP: [&str; 11] = [
    include_str!("html/app/data.js"),
    include_str!("html/app/dom.js"),
    include_str!("html/app/route.js"),
    include_str!("html/app/marks.js"),
    include_str!("html/app/table.js"),
    include_str!("html/app/tables.js"),
    include_str!("html/app/party.js"),
    include_str!("html/app/layers.js"),
    include_str!("html/app/drawing.js"),
    include_str!("html/app/chains.js"),
    include_str!("html/app/main.js"),
];

/// A picture that the report shows.
#[derive(Debug, Clone)]
pub struct Picture {
    /// Its name, as in `charts/NAME.svg`.
    pub name: &'static str,
    /// The picture as SVG.
    pub svg: String,
}

/// The whole page.
///
/// The same view gives the same bytes. Text of the register stands in it as text only.
pub fn page(view: &View, pictures: &[Picture]) -> String {
    let lang = view.lang;
    let app = format!("(() => {{\n\"use strict\";\n{}}})();\n", APP.concat());
    let scripts: Vec<&str> = LIBRARIES.into_iter().chain([app.as_str()]).collect();
    let policy = content_policy(&scripts);
    let register = body::escaped(&view.register_name);
    let title = say!(
        lang,
        "Flow-through obligations: {register}",
        "供应链传导义务：{register}"
    );
    let language = match lang {
        Lang::En => "en",
        Lang::Zh => "zh-CN",
    };
    let skip = say!(lang, "Skip to the content", "跳至正文");
    let report = body::report(view, pictures);
    let data = data::json(view);
    let mut out = String::new();
    out +=
        &format!("<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n");
    out += &format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n");
    out += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";
    out += "<meta name=\"referrer\" content=\"no-referrer\">\n<meta name=\"color-scheme\" content=\"light dark\">\n";
    out += &format!("<title>{title}</title>\n<link rel=\"icon\" href=\"data:,\">\n");
    // Cytoscape.js looks for a style of this name, and puts one of its own where there is none.
    out +=
        &format!("<style id=\"__________cytoscape_stylesheet\">{STYLE}</style>\n</head>\n<body>\n");
    out += &format!("<a class=\"skip\" href=\"#content\">{skip}</a>\n<div id=\"top\"></div>\n");
    out += &format!(
        "<main id=\"content\" tabindex=\"-1\">\n<article id=\"report\">\n{report}</article>\n<div id=\"view\" hidden></div>\n</main>\n"
    );
    out += &format!("<script type=\"application/json\" id=\"data\">{data}</script>\n");
    for script in scripts {
        let _ = writeln!(out, "<script>{script}</script>");
    }
    out + "</body>\n</html>\n"
}

/// What the page may load and run: nothing but what stands in it.
fn content_policy(scripts: &[&str]) -> String {
    let scripts: Vec<String> = scripts.iter().map(|script| digest(script)).collect();
    let (scripts, style) = (scripts.join(" "), digest(STYLE));
    format!(
        "default-src 'none'; script-src {scripts}; style-src {style}; img-src data:; base-uri 'none'; form-action 'none'"
    )
}

/// A script or style as a policy names it.
fn digest(text: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)))
}
