# `make run` needs nothing but Python >= 3.11; `make test` needs Node >= 20 beside it.
PYTHON ?= python3
# Not ?=, because some shells export HOST as the name of the machine.
HOST := 127.0.0.1
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.DEFAULT_GOAL := help
.PHONY: help run test quick install browser check document types node bundle pytest browsers lighthouse offline soak fuzz clients audit coverage mutants sbom bench lock clean venv node-version

help:  ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(VENV)/run.stamp $(VENV)/kernel.stamp  ## serve on 127.0.0.1:8000 (PORT=8080, HOST=0.0.0.0 for elsewhere)
	@$(BIN)/python -m app --host $(HOST) --port $(PORT)

test: install browser check document node bundle pytest  ## install what the tests need, then hold everything that must hold

quick: $(VENV)/test.stamp $(VENV)/kernel.stamp node  ## for work in between: form, types and the mathematics, without a browser or a server
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/python -m pytest $(PARALLEL) tests/core/functions tests/core/record tests/test_architecture.py tests/test_contracts.py

install: $(VENV)/test.stamp $(VENV)/kernel.stamp node_modules/.stamp  ## .venv with what running and testing need

browser: $(VENV)/test.stamp  ## a Chromium for the browser tests (the one there is, else a new one), and curl
	@command -v curl >/dev/null || $(call apt,curl)
	@command -v chromium >/dev/null || command -v chromium-headless-shell >/dev/null || command -v google-chrome >/dev/null \
	  || test -d "/Applications/Google Chrome.app" || test -d /Applications/Chromium.app \
	  || { command -v apt-get >/dev/null && $(call apt,chromium-headless-shell fonts-noto-cjk); } \
	  || { command -v apt-get >/dev/null && $(call apt,chromium fonts-noto-cjk); } \
	  || $(BIN)/python -m playwright install --with-deps chromium

check: $(VENV)/test.stamp  ## ruff and mypy --strict
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

document: $(VENV)/test.stamp node_modules/.stamp  ## redocly and spectral over the OpenAPI document, by their recommended rules
	$(BIN)/python -m scripts.document $(VENV)/openapi.json
	REDOCLY_TELEMETRY=off REDOCLY_SUPPRESS_UPDATE_NOTICE=true npx --no-install redocly lint --config tests/openapi/redocly.yaml $(VENV)/openapi.json
	npx --no-install spectral lint --ruleset tests/openapi/spectral.yaml $(VENV)/openapi.json

types: $(VENV)/test.stamp node_modules/.stamp  ## static/js/api/schema.d.ts, the types of the API for the browser's code
	$(BIN)/python -m scripts.types

node: node_modules/.stamp  ## prettier, tsc and the tests of the browser code that need no browser
	npx --no-install prettier --check --log-level warn $(PRETTY)
	npx --no-install tsc
	node --test $$(find tests/js -name "*.test.js")

# What prettier holds in form; `npx prettier --write` with the same mends it.
PRETTY := "static/js/**/*.js" "static/css/**/*.css" "tests/**/*.{js,mjs}" "scripts/*.mjs"

PARALLEL := --numprocesses=auto --maxprocesses=4 --dist=worksteal

bundle: node_modules/.stamp  ## static/bundle/: the scripts of all pages in few files, which the server then serves; without, modules
	npm run --silent bundle

# The browser's by themselves: where Playwright has run, asyncio.run() refuses to.
pytest: $(VENV)/test.stamp  ## all other tests; one: .venv/bin/python -m pytest tests/core -k softmax
	$(BIN)/python -m pytest $(PARALLEL) --ignore=tests/browser
	$(BIN)/python -m pytest $(PARALLEL) tests/browser

browsers: $(VENV)/test.stamp  ## the main journeys in Chromium, Firefox ESR and WebKitGTK; Debian and Ubuntu
	@command -v chromedriver >/dev/null && command -v firefox >/dev/null && command -v WebKitWebDriver >/dev/null \
	  && command -v Xvfb >/dev/null || $(call apt,chromium chromium-driver firefox-esr webkit2gtk-driver xvfb fonts-noto-cjk)
	$(BIN)/python -m pytest -m browsers -s tests/browsers

lighthouse: browser $(VENV)/lighthouse.stamp  ## Lighthouse over the three large pages, mobile and desktop
	$(BIN)/python -m tests.lighthouse $(VENV)/lighthouse/node_modules/.bin/lighthouse

offline: install browser  ## the tests again, in a network that ends at this machine's loopback; Linux
	unshare --map-root-user --net sh -c 'ip link set lo up && exec $(MAKE) --no-print-directory node pytest'

soak: $(VENV)/test.stamp  ## minutes of load, abuse and kill -9 (SOAK_SCALE=0.1 for a taste); Linux
	$(BIN)/python -m pytest -m soak -s tests/soak

fuzz: $(VENV)/tools.stamp  ## every operation of the OpenAPI document, by schemathesis
	$(BIN)/python -m tests.fuzz $(VENV)/tools/bin/st

clients: $(VENV)/clients.stamp  ## clients that four generators make of the OpenAPI document, compiled and put to work
	$(BIN)/python -m tests.clients $(VENV)/clients

audit: $(VENV)/tools.stamp  ## bandit; what is left has its reason in scripts/audit.py
	$(BIN)/python -m scripts.audit $(VENV)/tools/bin/bandit

coverage: $(VENV)/coverage.stamp node_modules/.stamp  ## branch coverage of app/ and of the pure scripts, without the browser
	rm -rf $(VENV)/coverage && mkdir $(VENV)/coverage
	$(BIN)/python -m coverage run -m pytest --ignore=tests/browser
	$(BIN)/python -m coverage combine --quiet
	$(BIN)/python -m coverage report
	$(BIN)/python -m scripts.coverage_js

mutants: $(VENV)/mutmut.stamp  ## mutation tests of app/core: 10,000 mutants by mutmut, about two hours
	$(BIN)/python -m scripts.mutants $(VENV)/mutmut

sbom: $(VENV)/sbom.stamp  ## docs/sbom.cdx.json and docs/licences.md, by cyclonedx-py
	$(VENV)/sbom/bin/cyclonedx-py environment --pyproject pyproject.toml --spec-version 1.6 --output-reproducible \
	  $(VENV)/runtime/bin/python | $(BIN)/python -m scripts.sbom

bench: $(VENV)/test.stamp  ## ratios against peers; uses what is installed beside the tests (torch, micrograd, jax)
	OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 \
	  XLA_FLAGS="--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1" $(BIN)/python -m tests.benchmarks

COMPILE = $(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-annotate --no-header \
  --no-emit-index-url --no-emit-find-links --no-emit-trusted-host

lock: $(VENV)/test.stamp  ## refresh both lock files from pyproject.toml
	$(PIP) install pip-tools
	$(COMPILE) --output-file requirements.lock pyproject.toml
	$(COMPILE) --extra dev --output-file requirements-dev.lock pyproject.toml

clean:  ## remove what was installed and built; sessions stay
	rm -rf $(VENV) node_modules dist .mypy_cache .pytest_cache .ruff_cache .hypothesis

apt = { export DEBIAN_FRONTEND=noninteractive; SUDO=$$(test "$$(id -u)" = 0 || echo sudo -E); \
  $$SUDO apt-get update -qq && $$SUDO apt-get install -y -qq --no-install-recommends $(1) >/dev/null; }

# Made anew if pip is missing from it: on Debian without python3-venv the first attempt leaves half an environment.
venv:
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || { \
	  $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	    echo "Backpropscope needs Python 3.11 or newer as $(PYTHON). Name another one: make run PYTHON=python3.12" >&2; exit 1; }; \
	  $(PYTHON) -m venv --clear $(VENV) || { rm -rf $(VENV); \
	    echo "$(PYTHON) cannot make a virtual environment. On Debian and Ubuntu: sudo apt install python3-venv" >&2; exit 1; }; }

$(VENV)/run.stamp: requirements.lock | venv
	$(PIP) install --require-hashes -r requirements.lock
	@touch $@

# The compiled loops, where there is a C compiler; without them NumPy computes.
$(VENV)/kernel.stamp: app/kernel/kernel.c app/kernel/build.py | $(VENV)/run.stamp
	@$(BIN)/python app/kernel/build.py
	@touch $@

$(VENV)/test.stamp: requirements-dev.lock | venv
	$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@ $(VENV)/run.stamp

# In an environment of their own: they want other versions than the tests do.
$(VENV)/tools.stamp: $(VENV)/test.stamp
	$(BIN)/python -m venv $(VENV)/tools
	$(VENV)/tools/bin/python -m pip --disable-pip-version-check --quiet install "schemathesis>=4.32,<5" "bandit>=1.9,<2"
	@touch $@

$(VENV)/clients.stamp: $(VENV)/test.stamp | node-version
	$(BIN)/python -m venv $(VENV)/clients/python
	$(VENV)/clients/python/bin/python -m pip --disable-pip-version-check --quiet install "openapi-python-client==0.29.1" "mypy>=1.13" "ruff>=0.8"
	npm install --prefix $(VENV)/clients --silent --no-audit --no-fund --no-save --ignore-scripts openapi-typescript@7.13.0 openapi-fetch@0.17.0 \
	  orval@8.38.0 @hey-api/openapi-ts@0.99.0 typescript@5.9.3 esbuild@0.25.12 @types/node@20.19.0
	@touch $@

$(VENV)/coverage.stamp: $(VENV)/test.stamp
	$(PIP) install "coverage>=7.10,<8"
	@touch $@

# Without what the tests' environment has already: two versions of pytest would be one too many.
$(VENV)/mutmut.stamp: $(VENV)/coverage.stamp
	$(PIP) install --no-deps --target $(VENV)/mutmut "mutmut>=3.8,<4" "libcst>=1.9" "setproctitle>=1.3" "pyyaml>=6" \
	  "textual>=8" "rich>=14" "markdown-it-py>=4" "mdurl>=0.1" "linkify-it-py>=2" "mdit-py-plugins>=0.5" "platformdirs>=4"
	@touch $@

# What is installed to run the program, and nothing else, is what the bill is of.
$(VENV)/sbom.stamp: requirements.lock $(VENV)/test.stamp
	$(BIN)/python -m venv $(VENV)/sbom
	$(VENV)/sbom/bin/python -m pip --disable-pip-version-check --quiet install "cyclonedx-bom>=7.5,<8"
	$(BIN)/python -m venv --clear --without-pip $(VENV)/runtime
	$(PIP) --python $(VENV)/runtime/bin/python install --require-hashes -r requirements.lock
	@touch $@

$(VENV)/lighthouse.stamp: $(VENV)/test.stamp | node-version
	npm install --prefix $(VENV)/lighthouse --silent --no-audit --no-fund --no-save lighthouse@12.8.2
	@touch $@

node-version:
	@node -e 'process.exit(Number(process.versions.node.split(".")[0]) < 20 ? 1 : 0)' 2>/dev/null || { \
	  echo "The tests of the browser code need Node 20 or newer, with npm." >&2; exit 1; }

node_modules/.stamp: package-lock.json | node-version
	npm ci --silent --no-audit --no-fund --ignore-scripts
	@touch $@
