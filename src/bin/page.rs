//! The page's entry point.

fn main() {
    console_error_panic_hook::set_once();
    ecg_lens::view::open_page();
}
