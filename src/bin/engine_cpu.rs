//! The CPU engine's worker.

fn main() {
    #[cfg(target_arch = "wasm32")]
    ecg_lens::engine::worker::serve(async { Ok(ecg_lens::engine::worker::Acquired::cpu()) });
}
