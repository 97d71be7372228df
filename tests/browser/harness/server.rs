//! A static host: the files of `dist/` on a free port, under a sub-path, and nothing else. No headers that a content
//! security policy or cross-origin isolation would need, since an ordinary host sends none; ten minutes of caching, as
//! GitHub's pages have it.
//!
//! It is the browser's proxy as well, so that it sees every request of the page and its workers, to whomever; those to
//! others it keeps in mind and answers with an error. For a page that something else serves it is that proxy alone.

use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

use tiny_http::{Header, Request, Response, Server};

/// Where the page lies on its host.
const BASE: &str = "/some/sub/path/";

/// Where the answers come from.
#[derive(Clone)]
enum Source {
    /// A folder's files, under [`BASE`].
    Folder(PathBuf),
    /// Another server on this machine (its host and port).
    Server(String),
}

/// Serves until dropped.
pub struct StaticHost {
    /// Host and port.
    address: String,
    source: Source,
    /// Nothing once it is stopped.
    server: Mutex<Option<Arc<Server>>>,
    /// The address of every request so far.
    requests: Arc<Mutex<Vec<String>>>,
    threads: Mutex<Vec<JoinHandle<()>>>,
}

impl StaticHost {
    /// Serves the folder `dist`.
    pub fn start(dist: &Path) -> Self {
        assert!(
            dist.join("index.html").is_file(),
            "{} holds no built page: run `make test`, or `trunk build` and set ECG_LENS_DIST",
            dist.display()
        );
        Self::start_with(Source::Folder(dist.to_owned()))
    }

    /// Passes on what is asked of the server at `address` (host and port).
    pub fn in_front_of(address: &str) -> Self {
        Self::start_with(Source::Server(address.to_owned()))
    }

    fn start_with(source: Source) -> Self {
        let server = Arc::new(Server::http("127.0.0.1:0").expect("a free port for the static host"));
        let address = server.server_addr().to_ip().expect("the static host listens on an IP address").to_string();
        let requests = Arc::new(Mutex::new(Vec::new()));
        // Several threads, so that one slow download does not hold up the others.
        let threads = (0..4)
            .map(|_| {
                let (server, requests, source) = (Arc::clone(&server), Arc::clone(&requests), source.clone());
                std::thread::spawn(move || {
                    for request in server.incoming_requests() {
                        requests.lock().expect("no thread has panicked").push(request.url().to_owned());
                        match &source {
                            Source::Folder(dist) => answer(request, dist),
                            Source::Server(address) => pass_on(request, address),
                        }
                    }
                })
            })
            .collect();
        StaticHost { address, source, server: Mutex::new(Some(server)), requests, threads: Mutex::new(threads) }
    }

    /// Goes away, and with it the browser's only way to any network.
    pub fn stop(&self) {
        let Some(server) = self.server.lock().expect("no thread has panicked").take() else { return };
        let threads = std::mem::take(&mut *self.threads.lock().expect("no thread has panicked"));
        for _ in &threads {
            server.unblock();
        }
        for thread in threads {
            let _ = thread.join();
        }
    }

    /// The page's address, with a trailing slash.
    pub fn url(&self) -> String {
        match self.source {
            Source::Folder(_) => format!("{}{}", self.origin(), BASE),
            Source::Server(_) => format!("{}/", self.origin()),
        }
    }

    /// Scheme, host and port.
    pub fn origin(&self) -> String {
        match &self.source {
            Source::Folder(_) => format!("http://{}", self.address()),
            Source::Server(address) => format!("http://{address}"),
        }
    }

    /// Host and port, where the proxy listens as well.
    pub fn address(&self) -> String {
        self.address.clone()
    }

    /// The address of every request so far, as the browser gives it to a proxy: whole, or host and port alone where it
    /// wants a tunnel.
    pub fn requests(&self) -> Vec<String> {
        self.requests.lock().expect("no thread has panicked").clone()
    }
}

impl Drop for StaticHost {
    fn drop(&mut self) {
        self.stop();
    }
}

/// A browser that goes away in the middle of an answer is no error of ours, hence the ignored results.
fn answer(request: Request, dist: &Path) {
    let opened = file_for(&request, dist).and_then(|path| Some((std::fs::File::open(&path).ok()?, path)));
    let Some((file, path)) = opened else {
        let _ = request.respond(Response::from_string("not found").with_status_code(404));
        return;
    };
    let content_type = Header::from_bytes("Content-Type", mime_type(&path)).expect("a valid header");
    let caching = Header::from_bytes("Cache-Control", "max-age=600").expect("a valid header");
    let _ = request.respond(Response::from_file(file).with_header(content_type).with_header(caching));
}

/// What the server at `address` answers, if it was asked.
fn pass_on(request: Request, address: &str) {
    let own = format!("http://{address}/");
    let answer = request.url().starts_with(&own).then(|| ureq::get(request.url()).call()).and_then(Result::ok);
    let Some(mut answer) = answer else {
        let _ = request.respond(Response::from_string("not found").with_status_code(404));
        return;
    };
    let content_type = answer.headers().get("content-type").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let content_type = Header::from_bytes("Content-Type", content_type).expect("a valid header");
    // A quick build's modules are longer than the 10 MB that ureq reads unless told.
    let Ok(body) = answer.body_mut().with_config().limit(1 << 30).read_to_vec() else { return };
    let _ = request.respond(Response::from_data(body).with_header(content_type));
}

/// The file a request names, if it is asked of this host and lies under the sub-path.
fn file_for(request: &Request, dist: &Path) -> Option<PathBuf> {
    let host = request.headers().iter().find(|header| header.field.equiv("Host"))?.value.as_str();
    let url = request.url().strip_prefix("http://")?.strip_prefix(host)?;
    let path = url.split(['?', '#']).next()?.strip_prefix(BASE)?;
    let path = Path::new(if path.is_empty() { "index.html" } else { path });
    path.components().all(|part| matches!(part, Component::Normal(_))).then(|| dist.join(path))
}

fn mime_type(path: &Path) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("woff2") => "font/woff2",
        Some("json" | "webmanifest") => "application/json",
        _ => "application/octet-stream",
    }
}
