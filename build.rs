//! The page's module is taken apart after linking (see `src/view/page/lazily.rs`), which needs the linker's relocations.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    if std::env::var("CARGO_CFG_TARGET_ARCH").as_deref() == Ok("wasm32") {
        println!("cargo:rustc-link-arg-bin=page=--emit-relocs");
    }
}
