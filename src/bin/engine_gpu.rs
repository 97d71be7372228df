//! The GPU engine's worker.

fn main() {
    #[cfg(target_arch = "wasm32")]
    ecg_lens::engine::worker::serve(ecg_lens::engine::webgpu::acquire());
}
