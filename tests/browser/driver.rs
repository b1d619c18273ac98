//! A browser that does what a test asks, over WebDriver.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Once;
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// Set where it is a failure that this machine has no browser.
const REQUIRED: &str = "CIIFLOW_BROWSER";
/// How long a page may take for what is waited for; the test fails after it.
const PATIENCE: Duration = Duration::from_secs(30);
/// The key of an element's reference, by the standard.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// chromedriver, which ends with it.
struct Driver(Child);

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A window of Chromium.
pub(crate) struct Browser {
    session: String,
    _driver: Driver,
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = ureq::delete(&self.session).call();
    }
}

impl Browser {
    /// A window; nothing, and a word about it, where there is no browser and none is required.
    pub(crate) fn open() -> Option<Browser> {
        let error = match Browser::start() {
            Ok(browser) => return Some(browser),
            Err(error) => error,
        };
        let is_required = std::env::var_os(REQUIRED).is_some();
        assert!(!is_required, "{REQUIRED} is set, but {error}");
        static TOLD: Once = Once::new();
        // Past what captures the output of tests, so that nobody takes these for passed.
        TOLD.call_once(|| {
            let told =
                format!("\nSKIPPED: the tests of report.html in a browser, because {error}\n");
            let _ = std::io::stderr().write_all(told.as_bytes());
        });
        None
    }

    fn start() -> Result<Browser, String> {
        let driver = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("chromedriver does not start ({error})"))?;
        let mut driver = Driver(driver);
        let said = driver.0.stdout.take().expect("it was asked for");
        let port = BufReader::new(said)
            .lines()
            .map_while(Result::ok)
            .find_map(|line| {
                let (_, port) = line.split_once("started successfully on port ")?;
                port.trim_end_matches('.').parse::<u16>().ok()
            })
            .ok_or("chromedriver names no port")?;
        let address = format!("http://127.0.0.1:{port}/session");
        let wanted = json!({ "capabilities": { "alwaysMatch": {
            "browserName": "chrome",
            "goog:chromeOptions": { "args": ["--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=1440,900"] },
            "goog:loggingPrefs": { "browser": "ALL", "performance": "ALL" },
        } } });
        let answer = send(
            ureq::post(&address)
                .config()
                .http_status_as_error(false)
                .build()
                .send_json(wanted),
        )
        .map_err(|error| format!("Chromium does not start ({error})"))?;
        let id = answer["sessionId"]
            .as_str()
            .ok_or("chromedriver gives no session")?;
        Ok(Browser {
            session: format!("{address}/{id}"),
            _driver: driver,
        })
    }

    #[track_caller]
    fn post(&self, command: &str, body: Value) -> Value {
        let address = format!("{}/{command}", self.session);
        let request = ureq::post(&address)
            .config()
            .http_status_as_error(false)
            .build();
        send(request.send_json(body)).unwrap_or_else(|error| panic!("{command}: {error}"))
    }

    /// What a script gives; `return` stands before it.
    #[track_caller]
    pub(crate) fn get(&self, expression: &str) -> Value {
        self.script(&format!("return {expression}"), json!([]))
    }

    /// What a script with arguments gives; a promise is waited for.
    #[track_caller]
    pub(crate) fn script(&self, script: &str, arguments: Value) -> Value {
        self.post(
            "execute/sync",
            json!({ "script": script, "args": arguments }),
        )
    }

    /// Waits until an expression is as expected.
    #[track_caller]
    pub(crate) fn wait(&self, expression: &str, expected: impl Into<Value>) {
        let (expected, start) = (expected.into(), Instant::now());
        loop {
            let found = self.get(expression);
            if found == expected {
                return;
            }
            assert!(
                start.elapsed() < PATIENCE,
                "{expression} is {found}, not {expected}"
            );
            sleep(Duration::from_millis(50));
        }
    }

    /// Opens a file at a fragment, as if it were opened anew.
    #[track_caller]
    pub(crate) fn visit(&self, file: &Path, fragment: &str) {
        self.post("url", json!({ "url": "about:blank" }));
        let url = format!("file://{}{fragment}", file.display());
        self.post("url", json!({ "url": url }));
    }

    /// Goes back, as the button of the window does.
    #[track_caller]
    pub(crate) fn back(&self) {
        self.post("back", json!({}));
    }

    /// The reference of the first element that a selector finds.
    #[track_caller]
    fn element(&self, selector: &str) -> String {
        let found = self.post(
            "element",
            json!({ "using": "css selector", "value": selector }),
        );
        found[ELEMENT]
            .as_str()
            .expect("it is an element")
            .to_owned()
    }

    /// Clicks as a person would, where the element can be seen.
    #[track_caller]
    pub(crate) fn click(&self, selector: &str) {
        self.post(
            &format!("element/{}/click", self.element(selector)),
            json!({}),
        );
    }

    /// Types into an element, or presses keys while it has the focus.
    #[track_caller]
    pub(crate) fn keys(&self, selector: &str, text: &str) {
        self.post(
            &format!("element/{}/value", self.element(selector)),
            json!({ "text": text }),
        );
    }

    /// Chooses a value of a select.
    #[track_caller]
    pub(crate) fn choose(&self, selector: &str, value: &str) {
        self.click(&format!("{selector} option[value='{value}']"));
    }

    /// The texts of the elements that a selector finds.
    #[track_caller]
    pub(crate) fn texts(&self, selector: &str) -> Vec<String> {
        let script =
            "return [...document.querySelectorAll(arguments[0])].map((it) => it.innerText)";
        let found = self.script(script, json!([selector]));
        let texts = found.as_array().expect("it is a list").iter();
        texts
            .map(|text| text.as_str().unwrap_or_default().to_owned())
            .collect()
    }

    /// A command of the browser's own protocol.
    #[track_caller]
    pub(crate) fn devtools(&self, command: &str, parameters: Value) -> Value {
        self.post(
            "goog/cdp/execute",
            json!({ "cmd": command, "params": parameters }),
        )
    }

    /// A window of this width, in light or dark.
    #[track_caller]
    pub(crate) fn looks(&self, width: u32, scheme: &str) {
        let size =
            json!({ "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", size);
        let scheme = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        self.devtools("Emulation.setEmulatedMedia", scheme);
    }

    /// The page as it prints.
    #[track_caller]
    pub(crate) fn print(&self) -> Vec<u8> {
        use base64::Engine;
        let paper = json!({ "page": { "width": 21.0, "height": 29.7 }, "background": false });
        let pdf = self.post("print", paper);
        let pdf = pdf.as_str().expect("it is text");
        base64::engine::general_purpose::STANDARD
            .decode(pdf)
            .expect("it is Base64")
    }

    /// What stood on the console since the last time, and every address that was asked for.
    #[track_caller]
    pub(crate) fn logs(&self) -> (Vec<String>, Vec<String>) {
        let entries = |kind: &str| {
            let log = self.post("se/log", json!({ "type": kind }));
            let log = log.as_array().expect("it is a list").iter();
            log.map(|entry| entry["message"].as_str().unwrap_or_default().to_owned())
                .collect::<Vec<String>>()
        };
        let requests = entries("performance").into_iter().filter_map(|entry| {
            let entry: Value = serde_json::from_str(&entry).ok()?;
            let message = &entry["message"];
            let is_request = message["method"] == "Network.requestWillBeSent";
            is_request.then(|| {
                message["params"]["request"]["url"]
                    .as_str()
                    .unwrap_or_default()
                    .to_owned()
            })
        });
        (entries("browser"), requests.collect())
    }
}

/// What the driver answers: its value, or its words for what is wrong.
fn send(answer: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Result<Value, String> {
    let mut answer = answer.map_err(|error| error.to_string())?;
    let body: Value = answer
        .body_mut()
        .with_config()
        .limit(1 << 28)
        .read_json()
        .map_err(|error| error.to_string())?;
    let value = body["value"].clone();
    match value["error"].as_str() {
        Some(error) => Err(format!(
            "{error}: {}",
            value["message"].as_str().unwrap_or_default()
        )),
        None => Ok(value),
    }
}
