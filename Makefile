# `make run` and `make test` need nothing but Python >= 3.11 (and, for the tests, Node >= 20).
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test install check pytest browser node bench lock clean

run: $(VENV)/run.stamp  ## serve on http://127.0.0.1:8000 (PORT=8080 for another port)
	$(BIN)/python -m app --host $(HOST) --port $(PORT)

test: install browser check node pytest  ## everything that must hold

install: $(VENV)/test.stamp node_modules/.stamp  ## .venv with what running and testing need

$(VENV)/run.stamp: requirements.lock
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	touch $@

$(VENV)/test.stamp: requirements-dev.lock
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@ $(VENV)/run.stamp

node_modules/.stamp: package-lock.json
	npm ci --silent --no-audit --no-fund
	touch $@

browser:  # a Chromium for the browser tests: the one there is, else Debian's
	@command -v chromium >/dev/null || command -v google-chrome >/dev/null \
	|| test -d "/Applications/Google Chrome.app" || test -d /Applications/Chromium.app \
	|| { SUDO=$$(test "$$(id -u)" = 0 || echo sudo); \
	     $$SUDO apt-get update -qq && $$SUDO apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk >/dev/null; }

check:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

node:
	npx --no-install tsc
	node --test 'tests/js/*.test.js'

pytest:
	$(BIN)/python -m pytest

bench: $(VENV)/test.stamp  ## ratios against peers; uses what is installed beside the tests (torch, micrograd, jax)
	$(BIN)/python -m tests.benchmarks

lock: $(VENV)/test.stamp  ## refresh both lock files from pyproject.toml
	$(BIN)/python -m pip install --quiet pip-tools
	$(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-annotate --no-header \
	  --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --output-file requirements.lock pyproject.toml
	$(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-annotate --no-header \
	  --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --extra dev --output-file requirements-dev.lock pyproject.toml

clean:
	rm -rf $(VENV) node_modules dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
