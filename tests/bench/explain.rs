//! `explain` of a 30-s recording on the CPU engine (band-limiting, resampling, forward pass, gradients, map), beside
//! onnxruntime-web (WebAssembly with SIMD, one thread) running nothing but the forward pass of the same network.
//!
//! Both in workers of one page, by turns, so that whatever else the machine does meets both alike. Each is timed inside
//! its worker; what it takes to post the question and the answer is not counted for either.

use std::path::{Path, PathBuf};

use burn::tensor::Device;
use ecg_lens::engine::self_test::known_input;
use ecg_lens::network::{Network, onnx};
use ecg_lens::signal::normalise;
use safetensors::SafeTensors;
use serde::Deserialize;
use serde_json::json;

use crate::harness::{Page, Webgpu, native};
use crate::{median, row};

const WARM_UP: usize = 5;
const ROUNDS: usize = 20;

#[derive(Deserialize)]
struct Measured {
    /// Milliseconds in our worker, and from the click to the importance in the document.
    ours: Vec<f64>,
    shown: Vec<f64>,
    /// Milliseconds of onnxruntime-web's `run`.
    theirs: Vec<f64>,
    /// Its answer to the known input.
    logits: Vec<f32>,
}

pub fn run() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    copy(&native::dist(), folder.path());
    let beside = folder.path().join("bench");
    std::fs::create_dir(&beside).expect("a folder");
    for file in ["ort.wasm.bundle.min.mjs", "ort-wasm-simd-threaded.mjs", "ort-wasm-simd-threaded.wasm"] {
        let from = onnxruntime().join(file);
        std::fs::copy(&from, beside.join(file)).unwrap_or_else(|error| panic!("{}: {error}", from.display()));
    }
    let weights = native::weights();
    let network = Network::from_safetensors(&weights, &Device::flex()).expect("the weights of the page");
    std::fs::write(beside.join("network.onnx"), onnx::export(network)).expect("a written ONNX file");

    let page = Page::of(Webgpu::Absent, folder.path());
    page.open("?engine=cpu");
    page.wait_for(r#"#answer[data-state="answered"]"#);
    let input = normalise(&known_input().samples);
    let measured: Measured =
        serde_json::from_value(page.run_with(SCRIPT, json!([input, WARM_UP, ROUNDS]))).expect("what the page measured");
    assert_answers_alike(&measured.logits, &weights);

    row("explain, 30 s, CPU engine, in its worker", "ms", &measured.ours);
    row("onnxruntime-web 1.30, forward pass alone, in its worker", "ms", &measured.theirs);
    let ratio = sorted_median(measured.ours) / sorted_median(measured.theirs);
    println!("{:<58} {ratio:>8.2}", "  the whole explanation costs, in its forward passes");
    row("explain, from the click to the importance in the document", "ms", &measured.shown);
}

fn sorted_median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    median(&values)
}

/// Both run the same network: onnxruntime-web's logits are those stored with the weights.
fn assert_answers_alike(logits: &[f32], weights: &[u8]) {
    let file = SafeTensors::deserialize(weights).expect("a weights file");
    let stored = file.tensor("self_test.logits").expect("the stored answer");
    let stored: Vec<f32> = stored.data().as_chunks().0.iter().map(|&four| f32::from_le_bytes(four)).collect();
    let alike = logits.len() == stored.len() && logits.iter().zip(&stored).all(|(a, b)| (a - b).abs() < 1e-3);
    assert!(alike, "onnxruntime-web answers {logits:?}, and the stored answer is {stored:?}");
}

/// Where npm put onnxruntime-web; `make bench` has done so.
fn onnxruntime() -> PathBuf {
    let cache = std::env::var("ECG_LENS_CACHE").expect("ECG_LENS_CACHE: run `make bench`");
    PathBuf::from(cache).join("onnxruntime-web/node_modules/onnxruntime-web/dist")
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).unwrap_or_else(|error| panic!("{}: {error}", from.display())) {
        let path = entry.expect("a directory entry").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            std::fs::copy(&path, &target).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        }
    }
}

const SCRIPT: &str = r##"
    const [input, warmUp, rounds] = arguments;
    const beside = new URL("bench/", document.baseURI).href;
    // Started as the page starts its own workers, under the same policy, which takes a static import for a worker.
    const code = `
        const arrived = new Promise(resolve => self.onmessage = ({ data }) => resolve(data));
        const ort = await import("${beside}ort.wasm.bundle.min.mjs");
        ort.env.wasm.numThreads = 1;
        ort.env.wasm.wasmPaths = "${beside}";
        ort.env.wasm.proxy = false;
        const options = { executionProviders: ["wasm"], intraOpNumThreads: 1, interOpNumThreads: 1 };
        const session = await ort.InferenceSession.create("${beside}network.onnx", options);
        const answer = async data => {
            const feeds = { signal: new ort.Tensor("float32", data, [1, 1, data.length]) };
            const start = performance.now();
            const { logits } = await session.run(feeds);
            postMessage({ time: performance.now() - start, logits: [...logits.data] });
        };
        self.onmessage = ({ data }) => answer(data);
        await answer(await arrived);`;
    const worker = new Worker(URL.createObjectURL(new Blob([code], { type: "text/javascript" })), { type: "module" });
    const signal = Float32Array.from(input);
    const broken = new Promise((_, reject) => {
        worker.onerror = event => reject(Error(event.message || "onnxruntime-web cannot be loaded"));
    });
    const answered = () => new Promise(resolve => worker.onmessage = ({ data }) => resolve(data));
    const theirs = () => (worker.postMessage(signal), Promise.race([answered(), broken]));
    const shown = () => performance.getEntriesByName("ecg-lens:explain");
    // Another class each time, so that it is another explanation.
    const codes = ["N", "A", "O", "~"];
    let turn = 0;
    const ours = async () => {
        const before = shown().length;
        document.querySelector(`#probabilities button[data-class="${codes[turn++ % 4]}"]`).click();
        while (shown().length === before) await new Promise(resolve => setTimeout(resolve));
        const time = Number(document.querySelector("#device").dataset.milliseconds);
        return { time, shown: shown().at(-1).duration };
    };
    const measured = { ours: [], shown: [], theirs: [], logits: [] };
    for (let round = -warmUp; round < rounds; round++) {
        const [one, other] = [await ours(), await theirs()];
        if (round < 0) continue;
        measured.ours.push(one.time);
        measured.shown.push(one.shown);
        measured.theirs.push(other.time);
        measured.logits = other.logits;
    }
    return measured;
"##;
