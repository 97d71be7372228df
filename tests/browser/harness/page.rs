//! [`Page`]: what a person does on the page and sees there. Input goes through the browser's own handling (WebDriver
//! actions, DevTools drags), so that the page gets trusted events. Waiting is for a condition, never for a length of time.

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde_json::{Value, json};

use super::driver::{Driver, Webgpu};
use super::pdf::{self, Printed};
use super::server::StaticHost;

/// How long anything may take unless a test says otherwise; generous, since two cores may run a software GPU meanwhile.
const PATIENCE: Duration = Duration::from_secs(60);

/// A browser with a fresh profile, and the page in it. At the end of a test that has not failed, checks that the console
/// holds no error, the content security policy was never broken, and no request went to another origin.
pub struct Page {
    driver: Driver,
    host: StaticHost,
    /// Files handed to the page, which must live as long as it may read them.
    files: tempfile::TempDir,
    console: RefCell<Vec<String>>,
    expected_errors: RefCell<Vec<String>>,
}

impl Page {
    /// A browser, its host, and no page in it yet: [`Self::open`] is next.
    pub fn new(webgpu: Webgpu) -> Self {
        Self::of(webgpu, &super::native::dist())
    }

    /// The same for a page that lies elsewhere.
    pub fn of(webgpu: Webgpu, dist: &Path) -> Self {
        Self::on(webgpu, StaticHost::start(dist))
    }

    /// The same for a page that something else serves at `address` (host and port).
    pub fn served_at(webgpu: Webgpu, address: &str) -> Self {
        Self::on(webgpu, StaticHost::in_front_of(address))
    }

    fn on(webgpu: Webgpu, host: StaticHost) -> Self {
        Page {
            driver: Driver::start(webgpu, &host.address()),
            host,
            files: tempfile::tempdir().expect("a temporary folder"),
            console: RefCell::default(),
            expected_errors: RefCell::default(),
        }
    }

    /// Opens the page; `query` is empty or such as `?engine=cpu`.
    #[track_caller]
    pub fn open(&self, query: &str) {
        self.driver.post("/url", json!({ "url": format!("{}{query}", self.host.url()) }));
    }

    /// From here on, every document runs this before its own scripts.
    #[track_caller]
    pub fn run_before_others(&self, script: &str) {
        self.driver.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": script }));
    }

    // What one sees.

    /// Waits for an element.
    #[track_caller]
    pub fn wait_for(&self, css: &str) {
        self.wait_for_within(css, PATIENCE);
    }

    /// Waits for an element, so long and no longer.
    #[track_caller]
    pub fn wait_for_within(&self, css: &str, patience: Duration) {
        self.until_within(&format!("`{css}` to be there"), patience, || self.count(css) > 0);
    }

    /// Waits for an element that holds this text.
    #[track_caller]
    pub fn wait_for_text(&self, css: &str, text: &str) {
        self.until(&format!("`{css}` to say `{text}`"), || self.texts(css).iter().any(|t| t.contains(text)));
    }

    /// Waits for `condition`, which `what` names in case it never comes true.
    #[track_caller]
    pub fn until(&self, what: &str, condition: impl FnMut() -> bool) {
        self.until_within(what, PATIENCE, condition);
    }

    /// As [`Self::until`], so long and no longer.
    #[track_caller]
    pub fn until_within(&self, what: &str, patience: Duration, mut condition: impl FnMut() -> bool) {
        let start = Instant::now();
        while !condition() {
            assert!(
                start.elapsed() < patience,
                "waited {patience:?} for {what}; the page says:\n{}",
                self.text("body")
            );
            std::thread::sleep(Duration::from_millis(25));
        }
    }

    /// How many elements match.
    #[track_caller]
    pub fn count(&self, css: &str) -> u64 {
        self.run_with("return document.querySelectorAll(arguments[0]).length", json!([css])).as_u64().unwrap_or(0)
    }

    /// The rendered text of the first element that matches.
    #[track_caller]
    pub fn text(&self, css: &str) -> String {
        self.texts(css).into_iter().next().unwrap_or_else(|| panic!("no element matches `{css}`"))
    }

    /// The rendered text of every element that matches (of SVG elements, which have no rendered text, all their text).
    #[track_caller]
    pub fn texts(&self, css: &str) -> Vec<String> {
        let script = "return [...document.querySelectorAll(arguments[0])].map(e => e.innerText ?? e.textContent)";
        serde_json::from_value(self.run_with(script, json!([css]))).expect("a list of texts")
    }

    /// An attribute of every element that matches and has it.
    #[track_caller]
    pub fn attributes(&self, css: &str, name: &str) -> Vec<String> {
        let script = "return [...document.querySelectorAll(arguments[0])].map(e => e.getAttribute(arguments[1])) \
                      .filter(value => value !== null)";
        serde_json::from_value(self.run_with(script, json!([css, name]))).expect("a list of attributes")
    }

    /// The durations in ms of every User Timing measure of this name so far, such as `ecg-lens:explain`.
    #[track_caller]
    pub fn measures(&self, name: &str) -> Vec<f64> {
        let script = "return performance.getEntriesByName(arguments[0], 'measure').map(m => m.duration)";
        serde_json::from_value(self.run_with(script, json!([name]))).expect("a list of durations")
    }

    /// Saves what is seen as `screenshots/NAME.png`.
    #[track_caller]
    pub fn screenshot(&self, name: &str) {
        let data = self.driver.cdp("Page.captureScreenshot", json!({ "format": "png" }))["data"].take();
        let bytes = BASE64.decode(data.as_str().expect("a picture")).expect("base64");
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("screenshots");
        std::fs::create_dir_all(&folder).expect("the folder screenshots");
        std::fs::write(folder.join(format!("{name}.png")), bytes).expect("a written screenshot");
    }

    /// What the body of an async function returns. For what no other word here can see.
    #[track_caller]
    pub fn run(&self, script: &str) -> Value {
        self.run_with(script, json!([]))
    }

    /// As [`Self::run`], with `arguments`.
    #[track_caller]
    pub fn run_with(&self, script: &str, arguments: Value) -> Value {
        let script = format!("return (async () => {{ {script} }})()");
        self.driver.post("/execute/sync", json!({ "script": script, "args": arguments }))
    }

    // What one does.

    /// Clicks the first element that matches, where a person could. A list that is still growing may draw its rows anew
    /// between finding one and clicking it; then the new one is clicked.
    #[track_caller]
    pub fn click(&self, css: &str) {
        for _ in 0..20 {
            let element = self.element(css);
            match self.driver.try_post(&format!("/element/{element}/click"), json!({})) {
                Ok(_) => return,
                Err(error) if error.starts_with("stale element reference") => {}
                Err(error) => panic!("{css}: {error}"),
            }
        }
        panic!("{css} is drawn anew faster than it can be clicked");
    }

    /// Types into a field or, with `body`, presses keys; named keys are WebDriver's, such as `\u{E014}` for →.
    #[track_caller]
    pub fn type_into(&self, css: &str, text: &str) {
        let element = self.element(css);
        self.driver.post(&format!("/element/{element}/value"), json!({ "text": text }));
    }

    /// Moves the pointer to a place within an element, each coordinate from 0 (left, top) to 1.
    #[track_caller]
    pub fn hover(&self, css: &str, at: (f64, f64)) {
        let (x, y) = self.point(css, at);
        self.mouse(json!([{ "type": "pointerMove", "x": x, "y": y, "duration": 0 }]));
    }

    /// Drags with the left button from one place within an element to another.
    #[track_caller]
    pub fn drag(&self, css: &str, from: (f64, f64), to: (f64, f64)) {
        let ((x0, y0), (x1, y1)) = (self.point(css, from), self.point(css, to));
        self.mouse(json!([
            { "type": "pointerMove", "x": x0, "y": y0, "duration": 0 },
            { "type": "pointerDown", "button": 0 },
            { "type": "pointerMove", "x": x1, "y": y1, "duration": 100 },
            { "type": "pointerUp", "button": 0 },
        ]));
    }

    /// Drags with one finger, as [`Self::drag`] does with the mouse.
    #[track_caller]
    pub fn drag_by_finger(&self, css: &str, from: (f64, f64), to: (f64, f64)) {
        let ((x0, y0), (x1, y1)) = (self.point(css, from), self.point(css, to));
        let actions = json!([
            { "type": "pointerMove", "x": x0, "y": y0, "duration": 0 },
            { "type": "pointerDown", "button": 0 },
            { "type": "pointerMove", "x": x1, "y": y1, "duration": 100 },
            { "type": "pointerUp", "button": 0 },
        ]);
        let finger = json!({ "type": "pointer", "id": "finger", "parameters": { "pointerType": "touch" },
            "actions": actions });
        self.act(json!([finger]));
    }

    /// Turns the wheel over a place within an element, by CSS pixels to the right and down.
    #[track_caller]
    pub fn wheel(&self, css: &str, at: (f64, f64), (right, down): (i32, i32)) {
        let (x, y) = self.point(css, at);
        let scroll = json!({ "type": "scroll", "x": x, "y": y, "deltaX": right, "deltaY": down, "duration": 0 });
        self.act(json!([{ "type": "wheel", "id": "wheel", "actions": [scroll] }]));
    }

    /// Moves two fingers on one line through an element's middle, `from` apart at first and `to` apart at last, as parts
    /// of its width.
    #[track_caller]
    pub fn pinch(&self, css: &str, from: f64, to: f64) {
        let finger = |id: &str, side: f64| {
            let ((x0, y), (x1, _)) =
                (self.point(css, (0.5 + side * from / 2.0, 0.5)), self.point(css, (0.5 + side * to / 2.0, 0.5)));
            json!({ "type": "pointer", "id": id, "parameters": { "pointerType": "touch" }, "actions": [
                { "type": "pointerMove", "x": x0, "y": y, "duration": 0 },
                { "type": "pointerDown", "button": 0 },
                { "type": "pointerMove", "x": x1, "y": y, "duration": 200 },
                { "type": "pointerUp", "button": 0 },
            ] })
        };
        self.act(json!([finger("thumb", -1.0), finger("index finger", 1.0)]));
    }

    /// Drops files of these names and contents on the middle of the page.
    #[track_caller]
    pub fn drop_files<Name: AsRef<str>, Bytes: AsRef<[u8]>>(&self, files: &[(Name, Bytes)]) {
        self.drop_paths(&self.write(files));
    }

    /// Drops files or folders that lie on this machine.
    #[track_caller]
    pub fn drop_paths(&self, paths: &[PathBuf]) {
        // In the middle of what shows, however long the page is and wherever it is scrolled to.
        let middle = self.run("return [innerWidth / 2, innerHeight / 2]");
        let (x, y) = (&middle[0], &middle[1]);
        let data = json!({ "items": [], "files": paths, "dragOperationsMask": 1 });
        for kind in ["dragEnter", "dragOver", "drop"] {
            self.driver.cdp("Input.dispatchDragEvent", json!({ "type": kind, "x": x, "y": y, "data": data }));
        }
    }

    /// Chooses files of these names and contents in a file input, which may be hidden.
    #[track_caller]
    pub fn choose_files<Name: AsRef<str>, Bytes: AsRef<[u8]>>(&self, css: &str, files: &[(Name, Bytes)]) {
        let paths: Vec<String> = self.write(files).iter().map(|path| path.display().to_string()).collect();
        self.type_into(css, &paths.join("\n"));
    }

    /// Writes files to hand over, in a folder of their own.
    #[track_caller]
    pub fn write<Name: AsRef<str>, Bytes: AsRef<[u8]>>(&self, files: &[(Name, Bytes)]) -> Vec<PathBuf> {
        let folder = tempfile::tempdir_in(&self.files).expect("a temporary folder").keep();
        let write = |(name, bytes): &(Name, Bytes)| {
            let path = folder.join(name.as_ref());
            std::fs::write(&path, bytes).expect("a written temporary file");
            path
        };
        files.iter().map(write).collect()
    }

    /// From here on, the window has so many pixels.
    #[track_caller]
    pub fn resize(&self, width: u32, height: u32) {
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600 });
        self.driver.cdp("Emulation.setDeviceMetricsOverride", metrics);
    }

    /// What `press` has the browser download: its name and contents.
    #[track_caller]
    pub fn download(&self, press: impl FnOnce()) -> (String, Vec<u8>) {
        let folder = tempfile::tempdir_in(&self.files).expect("a temporary folder").keep();
        let behaviour = json!({ "behavior": "allow", "downloadPath": folder });
        self.driver.cdp("Browser.setDownloadBehavior", behaviour);
        press();
        let finished = || {
            let entries = std::fs::read_dir(&folder).expect("the folder of downloads");
            let paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
            // Under way, it has a name of its own or ends so.
            let is_whole = |path: &&PathBuf| {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                !name.starts_with('.') && !name.ends_with(".crdownload")
            };
            paths.iter().find(is_whole).cloned()
        };
        self.until("a download", || finished().is_some_and(|path| path.metadata().is_ok_and(|it| it.len() > 0)));
        let path = finished().expect("it was there");
        let name = path.file_name().expect("a file's name").to_string_lossy().into_owned();
        (name, std::fs::read(path).expect("a readable download"))
    }

    /// The page as the browser prints it to a PDF: its text, and its pages' number. Kept as `screenshots/NAME.pdf`.
    #[track_caller]
    pub fn print(&self, name: &str) -> (String, usize) {
        let printed = self.print_on(name, (8.5, 11.0));
        (printed.text, printed.pages)
    }

    /// The same on paper of a size in inches, held upright.
    #[track_caller]
    pub fn print_on(&self, name: &str, (width, height): (f64, f64)) -> Printed {
        let paper = json!({ "preferCSSPageSize": true, "paperWidth": width, "paperHeight": height });
        let data = self.driver.cdp("Page.printToPDF", paper)["data"].take();
        let bytes = BASE64.decode(data.as_str().expect("a document")).expect("base64");
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("screenshots");
        std::fs::create_dir_all(&folder).expect("the folder screenshots");
        let path = folder.join(format!("{name}.pdf"));
        std::fs::write(&path, bytes).expect("a written document");
        let text = pdf::run("pdftotext", &["-layout"], &path);
        // Every page ends in a form feed.
        let pages = text.matches('\u{c}').count();
        Printed { path, text, pages }
    }

    /// The browser's own button.
    #[track_caller]
    pub fn back(&self) {
        self.driver.post("/back", json!({}));
    }

    #[track_caller]
    pub fn reload(&self) {
        self.driver.post("/refresh", json!({}));
    }

    #[track_caller]
    pub fn forward(&self) {
        self.driver.post("/forward", json!({}));
    }

    /// Opens another tab of the same browser, and goes there; the tab that one was in.
    #[track_caller]
    pub fn to_a_new_tab(&self) -> String {
        let before = self.driver.get("/window");
        let new = self.driver.post("/window/new", json!({ "type": "tab" }));
        self.to_tab(new["handle"].as_str().expect("a tab"));
        before.as_str().expect("a tab").to_owned()
    }

    #[track_caller]
    pub fn to_tab(&self, tab: &str) {
        self.driver.post("/window", json!({ "handle": tab }));
    }

    /// The host goes away, and what the browser has in its cache for any page is gone too.
    #[track_caller]
    pub fn go_offline(&self) {
        self.driver.cdp("Network.clearBrowserCache", json!({}));
        self.host.stop();
    }

    /// Presses keys one after the other, wherever the focus is; named keys are WebDriver's.
    #[track_caller]
    pub fn press_keys(&self, keys: &str) {
        let presses: Vec<Value> = keys
            .chars()
            .flat_map(|key| [json!({ "type": "keyDown", "value": key }), json!({ "type": "keyUp", "value": key })])
            .collect();
        self.act(json!([{ "type": "key", "id": "keyboard", "actions": presses }]));
    }

    /// From here on, the system prefers dark (or light) colours.
    #[track_caller]
    pub fn prefer_dark(&self, dark: bool) {
        let value = if dark { "dark" } else { "light" };
        let feature = json!({ "name": "prefers-color-scheme", "value": value });
        self.driver.cdp("Emulation.setEmulatedMedia", json!({ "features": [feature] }));
    }

    /// From here on, the page is on a phone held upright.
    #[track_caller]
    pub fn on_phone(&self) {
        let metrics = json!({ "width": 390, "height": 844, "deviceScaleFactor": 3, "mobile": true });
        self.driver.cdp("Emulation.setDeviceMetricsOverride", metrics);
        self.driver.cdp("Emulation.setTouchEmulationEnabled", json!({ "enabled": true, "maxTouchPoints": 5 }));
    }

    /// Ends the browser's GPU process, as a driver's crash does: every WebGPU device is lost.
    #[track_caller]
    pub fn crash_gpu(&self) {
        // The command takes its answer down with it.
        let _ = self.driver.try_post("/goog/cdp/execute", json!({ "cmd": "Browser.crashGpuProcess", "params": {} }));
    }

    // What goes on behind.

    /// The address of every request so far, the workers' included.
    pub fn requests(&self) -> Vec<String> {
        self.host.requests()
    }

    /// Every error in the console so far, and everything there about the content security policy.
    pub fn console_errors(&self) -> Vec<String> {
        let entries = self.driver.console().into_iter().filter_map(|entry| {
            let message = entry["message"].as_str()?.to_owned();
            let counts = entry["level"] == "SEVERE" || message.contains("Content Security Policy");
            counts.then_some(message)
        });
        self.console.borrow_mut().extend(entries);
        self.console.borrow().clone()
    }

    /// Errors that hold `text` belong to this test.
    pub fn expect_console_error(&self, text: &str) {
        self.expected_errors.borrow_mut().push(text.to_owned());
    }

    fn check_promises(&self) {
        let expected = self.expected_errors.borrow();
        let mut errors = self.console_errors();
        errors.retain(|error| !expected.iter().any(|text| error.contains(text)));
        assert!(errors.is_empty(), "errors in the console:\n{}", errors.join("\n"));

        let own = self.host.origin() + "/";
        let mut foreign = self.requests();
        foreign.retain(|url| !url.starts_with(&own) && !is_browsers_own(url));
        assert!(foreign.is_empty(), "requests to another origin:\n{}", foreign.join("\n"));
    }

    #[track_caller]
    fn element(&self, css: &str) -> String {
        let value = self.driver.post("/element", json!({ "using": "css selector", "value": css }));
        let id = value.as_object().and_then(|element| element.values().next()?.as_str());
        id.unwrap_or_else(|| panic!("no element matches `{css}`")).to_owned()
    }

    /// A place within the first element that matches, in CSS pixels of the window.
    #[track_caller]
    fn point(&self, css: &str, (right, down): (f64, f64)) -> (i64, i64) {
        let script = "const box = document.querySelector(arguments[0])?.getBoundingClientRect(); \
                      return box && [box.x + box.width * arguments[1], box.y + box.height * arguments[2]]";
        let place = self.run_with(script, json!([css, right, down]));
        let coordinate = |i: usize| place[i].as_f64().unwrap_or_else(|| panic!("no element matches `{css}`")) as i64;
        (coordinate(0), coordinate(1))
    }

    #[track_caller]
    fn mouse(&self, actions: Value) {
        self.act(
            json!([{ "type": "pointer", "id": "mouse", "parameters": { "pointerType": "mouse" }, "actions": actions }]),
        );
    }

    #[track_caller]
    fn act(&self, sources: Value) {
        self.driver.post("/actions", json!({ "actions": sources }));
    }
}

/// Chromium asks its maker for the time and for updates, whatever its flags say. (Fonts are what a page would ask for.)
fn is_browsers_own(url: &str) -> bool {
    let host = url.trim_start_matches("http://").split(['/', ':']).next().unwrap_or_default();
    [".google.com", ".googleapis.com", ".gvt1.com"].iter().any(|maker| host.ends_with(maker))
        && !host.starts_with("fonts.")
}

impl Drop for Page {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            return self.check_promises();
        }
        // A failed test leaves a picture and the console behind; neither may panic again.
        let _ = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            let test = std::thread::current().name().unwrap_or("test").replace("::", "-");
            eprintln!("screenshots/failed-{test}.png; the console's errors: {:#?}", self.console_errors());
            self.screenshot(&format!("failed-{test}"));
        }));
    }
}
