//! The worker that reads files.

fn main() {
    #[cfg(target_arch = "wasm32")]
    ecg_lens::reader::worker::serve();
}
