# Everything a person types. `make run` and `make test` set themselves up from nothing but Python, its venv module and make.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
MAKEFLAGS += --no-print-directory

VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done)
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq --no-input
INSTALL := $(PIP) install --require-hashes -r
ITSELF := $(PIP) install --no-deps --no-build-isolation -e .

# As many tests at once as there are cores; JOBS=0 runs them one after another in this process.
JOBS ?= auto
PYTEST := $(BIN)/pytest -n $(JOBS) --dist worksteal

.PHONY: help run test test-fast lint bench messages migration lock

help: ## this list
	@sed -nE 's/^([a-z-]+):.*## (.*)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

run: $(VENV)/runtime ## try it: demo data on the first start, then the server on port 8000 (or PORT=…)
	@$(BIN)/extranet run

test: $(VENV)/dev ## the whole suite, on both databases and in a browser
	@$(PYTEST)

test-fast: $(VENV)/dev ## about a minute: one database, no browser, no permission table
	@EXTRANET_TEST_DATABASES=sqlite $(PYTEST) -m "not browser and not slow" -k "not test_access"

lint: $(VENV)/dev ## style, types, and who may import whom
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

bench: $(VENV)/dev ## what the main pages cost, and 500 people who sign up at once
	@$(BIN)/python -m tests.bench

messages: $(VENV)/dev ## which sentences lack a translation
	@$(BIN)/python -m tests.tools.messages --missing

migration: $(VENV)/dev ## make migration m="Add x to y": from the difference between models and migrations
	@$(BIN)/python -m tests.tools.migration "$(m)"

lock: ## the exact versions, with hashes and without the name of any registry (needs uv: pip install uv)
	@command -v uv >/dev/null || { echo "make lock needs uv: python3 -m pip install uv"; exit 1; }
	uv pip compile pyproject.toml --group build --universal --python-version 3.11 \
		--generate-hashes --no-header --no-annotate --quiet -o requirements.lock
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 \
		--generate-hashes --no-header --no-annotate --quiet -o requirements-dev.lock

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed: apt install python3 python3-venv"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null \
		|| { echo "Python's venv module is missing: apt install python3-venv"; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/runtime: requirements.lock pyproject.toml | $(VENV)/bin/python
	@echo "Installing the extranet into $(VENV) …"
	@$(INSTALL) requirements.lock
	@$(ITSELF)
	@touch $@

$(VENV)/dev: requirements-dev.lock pyproject.toml | $(VENV)/bin/python
	@echo "Installing the extranet and its tests into $(VENV) …"
	@$(INSTALL) requirements-dev.lock
	@$(ITSELF)
	@touch $@ $(VENV)/runtime
