//! One chromedriver and one Chromium with a fresh profile, over WebDriver, which is JSON over HTTP
//! (<https://www.w3.org/TR/webdriver2/>), with Chromium's additions: its console and its DevTools protocol.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};

/// What the browser has to offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Webgpu {
    /// WebGPU on Chromium's software adapter, SwiftShader.
    Software,
    /// No adapter, as in most browsers on old machines.
    Absent,
}

impl Webgpu {
    /// Whether an adapter can be had.
    pub fn is_present(self) -> bool {
        self == Webgpu::Software
    }

    fn flags(self) -> &'static [&'static str] {
        match self {
            Webgpu::Software => &["--enable-unsafe-webgpu", "--use-webgpu-adapter=swiftshader"],
            Webgpu::Absent => &["--disable-features=WebGPU"],
        }
    }
}

/// A browser session; the browser ends when this is dropped.
pub struct Driver {
    chromedriver: Child,
    agent: ureq::Agent,
    /// The session's address at chromedriver.
    session: String,
}

impl Driver {
    /// Starts chromedriver on a free port and a browser that asks `proxy` (host and port) for everything.
    pub fn start(webgpu: Webgpu, proxy: &str) -> Self {
        let program = std::env::var("CHROMEDRIVER").unwrap_or_else(|_| "chromedriver".into());
        let start = || {
            let mut chromedriver = Command::new(&program)
                .arg("--port=0")
                .stdout(Stdio::piped())
                .stderr(Stdio::null())
                .spawn()
                .unwrap_or_else(|error| panic!("{program} does not start ({error}): `make setup-tests` installs it"));
            match announced_port(&mut chromedriver) {
                Some(port) => Some((chromedriver, port)),
                None => {
                    let _ = chromedriver.wait();
                    None
                }
            }
        };
        // Of two that look for a free port at once, both may find the same; the later one gives up.
        let (chromedriver, port) =
            (0..5).find_map(|_| start()).expect("chromedriver names its port when it has started");
        let config = ureq::Agent::config_builder()
            .proxy(None)
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(180)))
            .build();
        let mut driver =
            Driver { chromedriver, agent: config.into(), session: format!("http://127.0.0.1:{port}/session") };
        let answer = driver.post("", capabilities(webgpu, proxy));
        let id = answer["sessionId"].as_str().expect("a session id").to_owned();
        driver.session = format!("{}/{id}", driver.session);
        driver
    }

    /// One WebDriver command below the session's address; its `value`, or the error in its own words.
    pub fn try_post(&self, command: &str, body: Value) -> Result<Value, String> {
        Self::value_of(self.agent.post(format!("{}{command}", self.session)).send_json(body))
    }

    /// What WebDriver says under an address below the session's.
    #[track_caller]
    pub fn get(&self, command: &str) -> Value {
        let answer = self.agent.get(format!("{}{command}", self.session)).call();
        Self::value_of(answer).unwrap_or_else(|error| panic!("{command}: {error}"))
    }

    fn value_of(answer: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Result<Value, String> {
        let mut response = answer.map_err(|error| format!("chromedriver does not answer: {error}"))?;
        // Screenshots are longer than the 10 MB that ureq reads unless told.
        let body = response.body_mut().with_config().limit(1 << 30);
        let mut answer: Value = body.read_json().map_err(|error| format!("chromedriver answers no JSON: {error}"))?;
        let value = answer["value"].take();
        match value["error"].as_str() {
            Some(error) => Err(format!("{error}: {}", value["message"].as_str().unwrap_or_default())),
            None => Ok(value),
        }
    }

    /// As [`Self::try_post`], for commands that have no reason to fail.
    #[track_caller]
    pub fn post(&self, command: &str, body: Value) -> Value {
        self.try_post(command, body).unwrap_or_else(|error| panic!("{command}: {error}"))
    }

    /// A command of the DevTools protocol.
    #[track_caller]
    pub fn cdp(&self, command: &str, parameters: Value) -> Value {
        self.post("/goog/cdp/execute", json!({ "cmd": command, "params": parameters }))
    }

    /// What has come to the console since the last call, the workers' included.
    pub fn console(&self) -> Vec<Value> {
        match self.post("/se/log", json!({ "type": "browser" })) {
            Value::Array(entries) => entries,
            _ => Vec::new(),
        }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // Ending the session ends Chromium; ending chromedriver first would leave it behind.
        let _ = self.agent.delete(&self.session).call();
        let _ = self.chromedriver.kill();
        let _ = self.chromedriver.wait();
    }
}

/// Reads the port from chromedriver's first lines, and keeps reading, lest it stall on a full pipe. `None` where it ended
/// without one.
fn announced_port(chromedriver: &mut Child) -> Option<u16> {
    let mut lines = BufReader::new(chromedriver.stdout.take().expect("chromedriver's output")).lines();
    let port = lines
        .by_ref()
        .map_while(Result::ok)
        .find_map(|line| line.strip_suffix('.')?.rsplit_once("on port ")?.1.parse().ok())?;
    std::thread::spawn(move || lines.for_each(drop));
    Some(port)
}

fn capabilities(webgpu: Webgpu, proxy: &str) -> Value {
    let mut arguments = vec![
        "--headless",
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        // This machine's own addresses, too, are asked for through the proxy.
        "--proxy-bypass-list=<-loopback>",
        "--window-size=1280,900",
        "--lang=en",
    ];
    let proxy = format!("--proxy-server={proxy}");
    arguments.push(&proxy);
    arguments.extend(webgpu.flags());
    let mut chrome = json!({ "args": arguments });
    if let Ok(binary) = std::env::var("CHROMIUM") {
        chrome["binary"] = binary.into();
    }
    json!({ "capabilities": { "alwaysMatch": {
        "goog:chromeOptions": chrome,
        "goog:loggingPrefs": { "browser": "ALL" },
        "timeouts": { "script": 120_000, "pageLoad": 60_000 },
    } } })
}
