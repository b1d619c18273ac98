//! `report.html` in a real browser: that what it offers works, that nothing leaves it, that everybody can use it.
//!
//! Needs Chromium and chromedriver. Without them the tests say that they were skipped; where `CIIFLOW_BROWSER` is set,
//! that is a failure.

mod driver;
mod page;

use std::fmt::Write;
use std::path::Path;

use serde_json::json;

use driver::Browser;
use page::{Page, Register};

const AXE: &str = include_str!("axe.min.js");
const ENTER: &str = "\u{E007}";
const VIEWS: [&str; 7] = [
    "#report",
    "#parties",
    "#findings",
    "#contracts",
    "#chains",
    "#questions",
    "#faults",
];

/// How many rows a table says that it shows.
const COUNT: &str = "document.querySelector('.count').innerText";

/// Nothing went wrong on the page, and nothing was asked for but the page itself.
#[track_caller]
fn is_quiet(browser: &Browser) {
    let (console, requests) = browser.logs();
    assert_eq!(console, Vec::<String>::new());
    let is_own = |url: &&String| {
        let own = ["file:///", "data:", "about:blank"];
        !own.iter().any(|start| url.starts_with(start))
            || url.starts_with("file:///") && !url.contains("/report.html")
    };
    let others: Vec<_> = requests.iter().filter(is_own).collect();
    assert!(others.is_empty(), "{others:?}");
    assert!(!requests.is_empty());
}

#[test]
fn searching_filtering_and_sorting() {
    let Some(browser) = Browser::open() else {
        return;
    };
    let page = Page::sample("cloud-partner", "en");
    browser.visit(&page.file(), "#findings");
    browser.wait(COUNT, "344 of 344");
    browser.choose("#findings-status", "conditional");
    browser.wait(COUNT, "34 of 344");
    assert!(
        browser
            .texts("#view tbody .mark[class*='status-']")
            .iter()
            .all(|word| word == "conditional")
    );
    browser.keys("#findings-q", "RAIL 北珞");
    browser.wait(COUNT, "18 of 344");
    browser.wait(
        "decodeURI(location.hash)",
        "#findings?q=RAIL+北珞&status=conditional",
    );
    browser.keys("#view thead th:nth-child(2) button", ENTER);
    browser.wait(
        "document.querySelector('#view thead th:nth-child(2)').ariaSort",
        "ascending",
    );
    let up = browser.texts("#view tbody td:nth-child(2)");
    browser.keys("#view thead th:nth-child(2) button", ENTER);
    browser.wait(
        "document.querySelector('#view thead th:nth-child(2)').ariaSort",
        "descending",
    );
    let down = browser.texts("#view tbody td:nth-child(2)");
    assert!(up.iter().eq(down.iter().rev()) && up.len() == 18);

    // The same address shows the same rows.
    let address = browser.get("location.hash");
    browser.visit(&page.file(), address.as_str().expect("it is text"));
    assert_eq!(browser.texts("#view tbody td:nth-child(2)"), down);
    browser.click(".tools button");
    browser.wait(COUNT, "344 of 344");
    browser.click(".pager button:last-child");
    browser.wait(
        "document.querySelector('.pager span').innerText",
        "Page 2 of 7",
    );
    is_quiet(&browser);
}

#[test]
fn from_a_party_to_its_chains_and_back() {
    let Some(browser) = Browser::open() else {
        return;
    };
    let page = Page::sample("cloud-partner", "en");
    browser.visit(&page.file(), "#parties");
    browser.keys("#parties-q", "nephelis");
    browser.wait(COUNT, "1 of 41");
    browser.click("#view tbody th a");
    browser.wait("document.querySelector('#view h1').innerText", "nephelis");
    browser.click(".finding summary");
    browser.wait("document.querySelector('.finding').open", true);
    assert!(
        browser
            .texts(".finding[open] dt")
            .contains(&"Legal basis".to_owned())
    );
    browser.click(".finding[open] dl a.quiet");
    browser.wait(
        "document.querySelector('.lit .chain')?.innerText.includes('R26') ?? false",
        true,
    );
    let shown = "[...document.querySelectorAll('.list h3')].map((it) => it.textContent)";
    browser.wait(
        shown,
        json!(["Operators", "Tier 1", "Tier 2", "Tier 3", "Tier 4"]),
    );
    browser.wait(
        "document.querySelectorAll('.canvas canvas').length > 0",
        true,
    );
    browser.choose("#chains-show", "down");
    browser.wait("location.hash", "#chains?party=nephelis&show=down");
    browser.wait(
        "document.querySelector('.empty')?.innerText",
        "Nothing travels between these parties.",
    );
    browser.back();
    browser.wait("document.querySelector('.lit') !== null", true);

    // Of one party alone: those who are only named on the way to it are no operators.
    let sample = Path::new("samples/cloud-partner");
    let arguments = [
        "--as-of",
        "2026-11-01",
        "--lang",
        "en",
        "--focus",
        "ostrevind",
    ];
    let alone = Page::of(sample, &arguments);
    browser.visit(&alone.file(), "#chains");
    browser.wait(
        shown,
        json!(["Operators", "Tier 1", "Tier 2", "Tier 3", "Tier 4"]),
    );

    // A click on a party of the graph is the way to what is around it.
    browser.visit(&page.file(), "#chains");
    browser.wait(
        "document.querySelectorAll('.canvas canvas').length > 0",
        true,
    );
    browser.keys("#chains-party", &format!("chichu{ENTER}"));
    browser.wait("location.hash", "#chains?party=chichu");
    is_quiet(&browser);
}

#[test]
fn links_of_the_report_lead_somewhere() {
    let Some(browser) = Browser::open() else {
        return;
    };
    for (sample, lang) in [("cloud-partner", "zh"), ("canada-contracts", "en")] {
        let page = Page::sample(sample, lang);
        browser.visit(&page.file(), "");
        let dead = "[...document.querySelectorAll('#report a[href]')].map((it) => it.getAttribute('href')).filter((to) => {
            if (to.startsWith('#r-')) return document.getElementById(to.slice(1)) === null;
            return !/^#(parties|party|findings|contracts|chains|questions|faults)($|\\?)/.test(to);
        })";
        browser.wait(dead, json!([]));
        assert!(
            browser
                .get("document.querySelectorAll('#report a[href]').length > 10")
                .as_bool()
                == Some(true)
        );
        for view in VIEWS {
            browser.click(&format!("header.top nav a[href='{view}']"));
            browser.wait(
                "document.querySelector('[aria-current=page]').getAttribute('href')",
                view,
            );
        }
        browser.keys(".skip", ENTER);
        browser.wait("document.activeElement.id", "content");
        browser.wait("location.hash", *VIEWS.last().expect("there are views"));
        browser.wait("document.title.split(' · ').length", 2);
        is_quiet(&browser);
    }
}

#[test]
fn printing() {
    let Some(browser) = Browser::open() else {
        return;
    };
    let page = Page::sample("cloud-partner", "zh");
    browser.visit(&page.file(), "");
    let pages = |pdf: &[u8]| {
        pdf.windows(11)
            .filter(|bytes| bytes == b"/Type /Page")
            .count()
    };
    let report = browser.print();
    assert!(report.starts_with(b"%PDF"));
    browser.visit(&page.file(), "#party?id=nephelis");
    // Printed at length, and folded again.
    let party = browser.print();
    browser.wait("document.querySelector('details[open]')", json!(null));
    assert!(
        pages(&report) > 20 && (4..9).contains(&pages(&party)),
        "{} {}",
        pages(&report),
        pages(&party)
    );
    is_quiet(&browser);
}

#[test]
fn everybody_can_use_it() {
    let Some(browser) = Browser::open() else {
        return;
    };
    let pages = [
        ("cloud-partner", "en"),
        ("cloud-partner", "zh"),
        ("canada-contracts", "en"),
    ];
    for (sample, lang) in pages {
        let page = Page::sample(sample, lang);
        let party = match sample {
            "cloud-partner" => [
                "#party?id=ostrevind&finding=data-handling",
                "#chains?party=weijiao&finding=incident-notice",
            ],
            _ => ["#party?id=none-such", "#findings?q=no-such-thing"],
        };
        for (width, scheme) in [(1440, "light"), (390, "dark")] {
            browser.looks(width, scheme);
            for view in VIEWS.into_iter().chain(party) {
                browser.visit(&page.file(), view);
                let run = format!(
                    "{AXE}; return axe.run(document, {{ resultTypes: ['violations'] }}).then((it) => it.violations.map((found) => `${{found.id}}: ${{found.nodes.slice(0, 3).map((node) => node.html + ' ' + node.failureSummary).join(' | ')}}`))"
                );
                let violations = browser.script(&run, json!([]));
                assert_eq!(
                    violations,
                    json!([]),
                    "{sample} {lang} {view} {width} {scheme}"
                );
                let wider = browser.get(
                    "document.documentElement.scrollWidth - document.documentElement.clientWidth",
                );
                assert_eq!(
                    wider, 0,
                    "{sample} {lang} {view} is wider than a window of {width}"
                );
            }
        }
    }
}

#[test]
fn hostile_names_do_nothing() {
    let Some(browser) = Browser::open() else {
        return;
    };
    let names = [
        "<script>window.hacked = 1</script>",
        "</script><script>window.hacked = 2</script>",
        "<img src=x onerror='window.hacked = 3'>",
        "\"><svg onload=window.hacked=4>",
        "<!-- </table> ${window.hacked = 5} {{hacked}}",
        "[link](javascript:window.hacked=6) ![](https://example.com/x.png)",
        "&lt;b&gt; </title></style></svg>",
    ];
    let mut parties = String::from("id,name,local_name,cii_status,country\n");
    let mut relationships =
        String::from("id,customer,supplier,contract,kind,serves_cii,access,data\n");
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let _ = writeln!(parties, "operator,{},,designated,CN", quoted(names[0]));
    for (at, name) in names.iter().enumerate() {
        let name = quoted(name);
        let _ = writeln!(parties, "{name},{name},{name},,{name}");
        let _ = writeln!(
            relationships,
            "{},operator,{name},{name},cloud-hosting,yes,remote,personal",
            quoted(&format!("R{at}{}", names[at]))
        );
    }
    let register = Register::new(&parties, &relationships);
    for lang in ["en", "zh"] {
        let page = Page::of(register.path(), &["--lang", lang]);
        let around = names.map(|name| format!("#party?id={}", encoded(name)));
        let views = VIEWS.map(str::to_owned).into_iter().chain(around);
        for view in views {
            browser.visit(&page.file(), &view);
            browser.wait("window.hacked === undefined", true);
            let made = "document.querySelectorAll('main script, main img, main [onload], main [onerror], main a[href^=javascript]').length";
            browser.wait(made, 0);
        }
        browser.visit(&page.file(), "#parties");
        let shown = browser.texts("#view tbody th").concat();
        for name in names {
            let words = name.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(shown.contains(&words), "{name} is not among {shown}");
        }
        is_quiet(&browser);
    }
}

#[test]
fn a_large_register_shows_the_top_and_says_so() {
    let Some(browser) = Browser::open() else {
        return;
    };
    let pack = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/policy.toml");
    let mut parties = String::from("id,name,rank,staff\nbank,Bank,core,9000\n");
    let mut relationships = String::from("id,customer,supplier,supports,serves,access\n");
    for at in 0..5500 {
        let _ = writeln!(parties, "s{at},Supplier {at},plain,40");
        let customer = match at {
            0..500 => "bank".to_owned(),
            _ => format!("s{}", at % 500),
        };
        let _ = writeln!(relationships, "R{at},{customer},s{at},all,yes,user");
    }
    let register = Register::new(&parties, &relationships);
    let pack = pack.to_str().expect("it is UTF-8");
    let page = Page::of(register.path(), &["--policy", pack]);
    browser.visit(&page.file(), "#parties");
    browser.wait(COUNT, "5,000 of 5,000");
    assert!(browser.texts(".note").concat().contains("the other 501"));
    browser.keys("#parties-q", "s4321");
    browser.wait(
        "document.querySelector('#view tbody th')?.innerText.includes('Supplier 4321')",
        true,
    );
    browser.click("header.top nav a[href='#chains']");
    browser.wait(
        "document.querySelectorAll('.canvas canvas').length > 0",
        true,
    );
    is_quiet(&browser);
}

#[test]
fn without_scripts_the_report_is_there() {
    let Some(browser) = Browser::open() else {
        return;
    };
    let page = Page::sample("cloud-partner", "en");
    browser.devtools(
        "Emulation.setScriptExecutionDisabled",
        json!({ "value": true }),
    );
    browser.visit(&page.file(), "");
    let text = browser.texts("#report").concat();
    for part in [
        "The answer",
        "What to do next",
        "Skarnfeld Cloud",
        "Faults of the register",
    ] {
        assert!(text.contains(part), "{part}");
    }
    assert_eq!(
        browser.get("document.querySelector('header.top') === null"),
        true
    );
}

/// A value as it stands in a fragment.
fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}
