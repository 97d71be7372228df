# `make serve` to see the page, `make test` to test it; both set up what they need first. `make help` lists the rest.

# Built things outlive a clone: the machine that tests fresh clones builds burn once. CARGO_TARGET_DIR names another place.
export ECG_LENS_CACHE ?= $(HOME)/.cache/ecg-lens
export CARGO_TARGET_DIR ?= $(ECG_LENS_CACHE)/target
# .ci/bin/wasm-bindgen comes before the real one.
export PATH := $(CURDIR)/.ci/bin:$(or $(CARGO_HOME),$(HOME)/.cargo)/bin:$(PATH)

# Every room natively, the page's included: what they compute needs no browser. One profile and one set of features for
# all native work, so that nothing is built twice.
native := --profile native --features cli,page
# Lints while it compiles, this crate alone. `cargo clippy` would check all of burn and leptos once more for itself,
# natively and for WebAssembly, and that is a third of a build from nothing.
lint := RUSTC_WORKSPACE_WRAPPER=clippy-driver CLIPPY_ARGS=--deny__CLIPPY_HACKERY__warnings__CLIPPY_HACKERY__
test_dist := $(CARGO_TARGET_DIR)/dist-test

.PHONY: help
help: ## List what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## (.*)/  make \1\t\2/' | expand -t 22

.PHONY: setup
setup: ## Install what building the page needs (trunk, wasm-bindgen, wasm-opt)
	@.ci/setup

.PHONY: setup-tests
setup-tests: ## Install what the tests need besides (Chromium, chromedriver, brotli)
	@.ci/setup tests

.PHONY: serve
serve: setup ## Build the page and serve it on this machine
	@echo "The first build takes minutes; then open http://127.0.0.1:8080/"
	ECG_LENS_SERVE=1 trunk serve --release

.PHONY: build
build: setup ## Build the page for publication, into dist/
	trunk build --release

.PHONY: test
test: setup-tests check-format test-native test-browser ## Lint, and run every test

.PHONY: check-format
check-format: ## Check formatting
	cargo fmt --check

.PHONY: test-native
test-native: ## Lint the native side and run the tests that need no browser
	$(lint) cargo test $(native)

.PHONY: test-browser
test-browser: ## Build the page quickly, lint that, and run the browser tests
	$(lint) trunk build --cargo-profile wasm-test --dist $(test_dist)
	$(lint) ECG_LENS_DIST=$(test_dist) cargo test $(native) --test browser --bench page -- --test-threads=2

.PHONY: sizes
sizes: setup-tests build ## Print what each module weighs, against its limit
	@.ci/sizes dist

.PHONY: bench
bench: setup-tests build ## Measure the published page against onnxruntime-web
	npm install --no-save --no-audit --no-fund --loglevel=error --prefix $(ECG_LENS_CACHE)/onnxruntime-web onnxruntime-web@1.30.0
	$(lint) ECG_LENS_DIST=dist cargo bench $(native) --bench page

.PHONY: clean
clean: ## Remove dist/ and everything built
	rm -rf dist screenshots bench-out
	cargo clean
