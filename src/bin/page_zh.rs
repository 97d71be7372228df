//! The entry point of the page in 简体中文.

fn main() {
    console_error_panic_hook::set_once();
    ecg_lens::view::open_page();
}
