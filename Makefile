# Thin door: every target is one `cargo xtask` command (crates/xtask), which does its own set-up.
.DEFAULT_GOAL := help
.PHONY: help demo test lint conformance bench bench-audio bench-numeric bench-rustify differential package wheel clean cargo

ARGS ?=

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 22

demo: cargo ## build the wheel, run examples/ on NumPy and on numpy_rs, compare answers and times; analyse sound
	@cargo xtask demo $(ARGS)

test: cargo ## everything CI checks: lint, Rust tests, wheel, Python tests, NumPy's own suite
	@cargo xtask test $(ARGS)

lint: cargo ## fmt, clippy, tidy (layers, circles, sizes), licences, typos, ruff
	@cargo xtask lint $(ARGS)

conformance: cargo ## NumPy's own test suite against the wheel; ARGS="--area indexing" and the like
	@cargo xtask conformance $(ARGS)

bench: cargo ## ours beside NumPy, alternating in one run, losers first
	@cargo xtask bench $(ARGS)

bench-audio: cargo ## sound: ours beside NumPy and SciPy, alternating in one run
	@cargo xtask bench-audio $(ARGS)

bench-numeric: cargo ## products, linalg, fft and random beside NumPy; ARGS="--kind fft" and the like
	@cargo xtask bench-numeric $(ARGS)

bench-rustify: cargo ## kernels of examples/rustify on CPython, rustify and Numba (if installed), losers first
	@cargo xtask bench-rustify $(ARGS)

differential: cargo ## random calls against real NumPy; ARGS="--cases 1000000 --seed 7"
	@cargo xtask differential $(ARGS)

package: cargo ## tests of a PyPI package on NumPy and under drop-in
	@cargo xtask package $(ARGS)

wheel: cargo ## build the wheel into target/wheels
	@cargo xtask wheel $(ARGS)

clean: ## remove the virtual environments and all build outputs
	rm -rf .venv target

cargo:
	@command -v cargo >/dev/null || { \
	  echo "cargo is not on PATH. Install Rust (https://rustup.rs), open a new shell, and run this again."; exit 1; }
