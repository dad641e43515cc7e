# UGCGen. `make help` lists what there is.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv
READY := $(VENV)/.ready
SOURCES := shared/src functions cloudrun-postprod/src cli/src infra tests
# Three files of tests at a time: much of a test waits. A file's tests stay together, since they share what they start;
# whole jobs come first, so that no long file is left for the end.
SIDE_BY_SIDE := --numprocesses=3 --dist=loadfile --no-loadscope-reorder
# The web client: what is installed and built is older or newer than this by a stamp.
WEB_SOURCES := $(shell find web/src web/public -type f) web/index.html web/vite.config.ts web/tsconfig.json web/package-lock.json
WEB_READY := web/node_modules/.ready
WEB_BUILT := web/dist/index.html
# Bytecode is worth two thirds of every import's time.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help install demo dev test unit lint format lock bench bench-render bench-api bench-web look-pictures chaos calibrate eval examples openapi web web-types e2e clean

help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

install: $(READY) ## Install everything into .venv, from the hashed locks

$(READY): requirements/dev.txt pyproject.toml */pyproject.toml infra/install_check.py
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "UGCGen needs Python 3.11 or newer; set PYTHON=python3.12")'
	@test -x $(BIN)/pip || $(PYTHON) -m venv $(VENV)
	@test -x $(UV) || $(BIN)/pip install --quiet --disable-pip-version-check uv
	@UV_PYTHON_DOWNLOADS=never $(UV) pip sync --quiet --python $(BIN)/python --require-hashes requirements/dev.txt
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation \
		-e shared -e functions -e cloudrun-postprod -e cli -e .
	@$(BIN)/python infra/install_check.py
	@$(BIN)/python -m compileall -q $(VENV)/lib shared/src functions cloudrun-postprod/src cli/src infra || true
	@touch $@

demo: install ## Make one ad from examples/ on this machine, into out/demo/
	@$(BIN)/python -m ugcgen_cli.demo

$(WEB_READY): web/package.json web/package-lock.json web/.npmrc
	@command -v npm > /dev/null || { echo "The web client needs Node 20.19 or newer with npm: https://nodejs.org (Debian: apt-get install nodejs npm)"; exit 1; }
	@cd web && npm ci --silent
	@touch $@

$(WEB_BUILT): $(WEB_READY) $(WEB_SOURCES)
	@cd web && npm run --silent build -- --logLevel warn

web: $(WEB_BUILT) ## Build the web client into web/dist

web-types: install ## Write the web client's types from the Python models
	@$(BIN)/python -m infra.web_types

dev: install web ## Start the local cloud with the web client and keep it up until Ctrl-C
	@$(BIN)/python -m infra.local up

test: install lint web ## Check and test everything
	@cd web && npm run --silent test -- --reporter=dot
	@$(BIN)/pytest -q $(SIDE_BY_SIDE)

e2e: install web ## The web client's tests in a real browser alone
	@$(BIN)/pytest -q $(SIDE_BY_SIDE) tests/e2e/web

unit: install ## The unit tests alone, in seconds
	@$(BIN)/pytest -q $(SIDE_BY_SIDE) tests/unit

lint: install $(WEB_READY) ## Format, lint, types, imports, locks
	@$(BIN)/ruff format --quiet --check $(SOURCES)
	@$(BIN)/ruff check --quiet $(SOURCES)
	@$(BIN)/mypy --no-error-summary shared/src functions cloudrun-postprod/src cli/src infra tests/eval tests/chaos
	@$(BIN)/lint-imports --no-logo > .lint-imports.log 2>&1 || { cat .lint-imports.log; exit 1; }; rm -f .lint-imports.log
	@cd web && npm run --silent check

format: install $(WEB_READY) ## Format the code and fix what can be fixed
	@$(BIN)/ruff format --quiet $(SOURCES)
	@$(BIN)/ruff check --quiet --fix $(SOURCES)
	@cd web && npm run --silent format

bench: install ## Measure the core and what safety costs; prints and writes out/bench/*.json
	@$(BIN)/python -m tests.bench.core
	@$(BIN)/python -m tests.bench.safety

bench-render: install ## Measure what a film costs against the bare encode of its frames; writes out/bench/render.json
	@$(BIN)/python -m tests.bench.render

bench-api: install ## Measure the API under load: reads, job starts and talk; prints and writes out/bench/api.json
	@$(BIN)/python -m tests.bench.api

bench-web: install web ## Measure what each screen of the web client loads, and Lighthouse's view; writes out/bench/web.json
	@$(BIN)/python -m tests.bench.web

look-pictures: install ## Draw the pictures of docs/look.md again
	@$(BIN)/python -m tests.bench.look_pictures docs/images/look

chaos: install ## Strike every boundary with faults, and 100 jobs at once; prints and writes out/chaos/report.json
	@$(BIN)/python -m tests.chaos

eval: install ## Ten briefs and a fault for each layer of consistency; writes out/eval/report.json and a page
	@$(BIN)/python -m tests.eval

calibrate: install ## Weigh likeness: labelled pictures, ROC and errors; writes the scores' curves into post-production
	@$(BIN)/python -m tests.eval.calibrate

examples: install ## Draw the example photos again
	@$(BIN)/python -m infra.local.studio.art.photos examples/photos

openapi: install ## Write the description of the REST API to out/openapi.json
	@$(BIN)/python -m infra.openapi out/openapi.json

lock: ## Resolve the newest allowed versions into requirements/
	@$(UV) lock --quiet --upgrade --python $(BIN)/python
	@$(UV) export --quiet --all-packages --no-emit-workspace --no-header -o requirements/dev.txt > /dev/null
	@for package in functions postprod; do \
		$(UV) export --quiet --package ugcgen-$$package --no-dev --no-emit-workspace --no-header -o requirements/$$package.txt > /dev/null; done

clean: ## Remove what was built, made and kept: .venv, .local, out
	@rm -rf $(VENV) .local out build web/dist web/node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
