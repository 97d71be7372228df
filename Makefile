# `make serve` to see the page, `make test` to test it; both set up what they need first. `make help` lists the rest.

# Built things outlive a clone: the machine that tests fresh clones builds burn once. CARGO_TARGET_DIR names another place.
export ECG_LENS_CACHE ?= $(HOME)/.cache/ecg-lens
export CARGO_TARGET_DIR ?= $(ECG_LENS_CACHE)/target
# Where .ci/setup puts the tools.
export PATH := $(ECG_LENS_CACHE)/bin:$(or $(CARGO_HOME),$(HOME)/.cargo)/bin:$(PATH)
PORT ?= 8080
ADDRESS ?= 127.0.0.1:$(PORT)

# Everything but the page's components, which only the browser tests can try. The command line is built with the same
# profile and features, so that nothing is built twice.
native := --profile quick --features cli
# Lints while it compiles, this crate alone. `cargo clippy` would check all of burn and leptos once more for itself,
# natively and for WebAssembly, and that is a third of a build from nothing. Served and tested pages are built alike, so
# that either uses what the other has built; .ci/deny-warnings makes a lint fail a test.
lint := RUSTC_WORKSPACE_WRAPPER=clippy-driver
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
serve: setup ## Build the page quickly and serve it on this machine; PORT=8080
	@echo "The first build takes about a quarter of an hour, later ones seconds. Then: http://127.0.0.1:$(PORT)/"
	@echo "(This page keeps nothing for use without a network; the published one, from make build, does.)"
	ECG_LENS_SERVE=1 $(lint) trunk serve --port $(PORT)

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
	.ci/deny-warnings env $(lint) cargo test $(native) --no-run
	$(lint) cargo test $(native)

.PHONY: test-browser
test-browser: ## Build the page quickly, lint that, and run the browser tests
	.ci/deny-warnings env $(lint) trunk build --dist $(test_dist)
	.ci/deny-warnings env $(lint) cargo test $(native) --test browser --bench page --no-run
	$(lint) ECG_LENS_DIST=$(test_dist) cargo test $(native) --test browser --bench page -- --test-threads=2

.PHONY: test-served
test-served: setup-tests ## Have a browser look at the page that make serve serves at ADDRESS=127.0.0.1:8080
	$(lint) ECG_LENS_SERVED=$(ADDRESS) cargo test $(native) --test browser served -- --ignored

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
