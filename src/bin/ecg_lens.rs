//! The native command line; see `ecg_lens::cli`.

fn main() -> std::process::ExitCode {
    ecg_lens::cli::run()
}
