# `make demo` and `make test` are all a fresh machine needs: Python 3.11 or newer, make and a
# package index. uv is used when it is there; nothing asks for it.

VENV := .venv
BIN := $(VENV)/bin
UV := $(shell command -v uv 2>/dev/null)

# The first of these that runs and is new enough. Override: make PYTHON=/path/to/python3 test
PYTHON ?= $(firstword $(foreach python,python3 python3.14 python3.13 python3.12 python3.11,\
	$(shell $(python) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
		&& echo $(python))))

ifdef UV
MAKE_VENV = uv venv --quiet --clear --python "$$(command -v "$(PYTHON)")" $(VENV)
INSTALL = uv pip install --quiet --python $(BIN)/python
else
MAKE_VENV = "$(PYTHON)" -m venv --clear $(VENV)
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check
endif

.DEFAULT_GOAL := help
.PHONY: help demo test engines deep bench lint format types mypy pyright arch docs site site-test \
	refresh api lock clean

help: ## show this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 11

demo: $(VENV)/.ready ## decide and audit a real charter
	@$(BIN)/python examples/nodejs-bluesky/demo.py

test: $(VENV)/.ready ## run every test and every example of the docs; 100 % branch coverage
	$(BIN)/python -m pytest -n auto --dist loadfile --cov --cov-report=term

deep: $(VENV)/.ready ## run the tests with 20,000 Hypothesis examples each
	HYPOTHESIS_PROFILE=deep $(BIN)/python -m pytest -n auto --dist loadfile tests

bench: $(VENV)-bench/.ready ## measure speed beside other engines, and draw it for the docs
	$(VENV)-bench/bin/python benchmarks/fast.py

lint: $(VENV)/.ready-dev ## check style and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: $(VENV)/.ready-dev ## mend what can be mended
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types: mypy pyright ## run both type checkers

mypy: $(VENV)/.ready-dev
	$(BIN)/mypy

pyright: $(VENV)/.ready-dev
	$(BIN)/pyright --pythonpath $(BIN)/python

arch: $(VENV)/.ready-dev ## check that imports only go down
	$(BIN)/lint-imports

docs: $(VENV)/.ready-dev ## build the pages into site/, strictly
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet --strict

site: docs ## build the whole site: the pages, and the Python that runs their examples
	$(BIN)/python docs/.site/assemble.py site

site-test: $(VENV)/.ready-dev ## drive the site that `make site` built in a headless browser
	CMCORE_SITE=site $(BIN)/python -m pytest -p no:cacheprovider tests/site

refresh: $(VENV)/.ready ## write into the docs what their examples really print
	$(BIN)/python docs/.site/refresh.py

api: $(VENV)/.ready-dev ## compare the public API with the last tag
	bash .ci/api

engines: $(VENV)-engines/.ready ## run frames on Spark in local mode (needs Java)
	$(VENV)-engines/bin/python -m pytest -q -W default -p no:cacheprovider tests/engines.py

# The first lock is all that demo and test need; the second adds the other tools, the third the
# engines that are large, at the same pins. The last, of what ours is measured beside, stands by
# itself: one of these engines wants an older package than the others.
lock: ## pin every dependency again (needs uv)
	@command -v uv >/dev/null || { echo "make lock needs uv: install it with 'pip install uv'"; exit 1; }
	uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
		--custom-compile-command 'make lock' pyproject.toml \
		--extra all --group build --group tests -o requirements.lock
	uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
		--custom-compile-command 'make lock' -c requirements.lock \
		--group lint --group typing --group docs --group site --group arch -o requirements-dev.lock
	uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
		--custom-compile-command 'make lock' -c requirements.lock pyproject.toml \
		--extra spark --group build --group tests -o requirements-engines.lock
	uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
		--custom-compile-command 'make lock' pyproject.toml \
		--extra frames --group build --group bench -o requirements-bench.lock

clean: ## remove all that make and the tools have made
	rm -rf $(VENV) $(VENV)-engines $(VENV)-bench benchmarks/figures dist site htmlcov .coverage \
		.coverage.* .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache .cache

$(VENV)/.python:
	@test -n "$(PYTHON)" || { \
		echo "cmcore needs Python 3.11 or newer, and none is on the PATH:"; \
		echo "install one, or name it: make PYTHON=/path/to/python3.13 $(MAKECMDGOALS)"; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "cmcore needs Python 3.11 or newer, and '$(PYTHON)' is not:"; \
		echo "install one, or name it: make PYTHON=/path/to/python3.13 $(MAKECMDGOALS)"; exit 1; }
	@$(MAKE_VENV) || { \
		echo "no virtual environment: on Debian and Ubuntu, 'apt install python3-venv' first"; exit 1; }
	@touch $@

$(VENV)/.ready: requirements.lock pyproject.toml $(VENV)/.python
	$(INSTALL) --require-hashes -r requirements.lock
	$(INSTALL) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)-engines/.ready: requirements-engines.lock pyproject.toml $(VENV)/.python
	@$(subst $(VENV),$(VENV)-engines,$(MAKE_VENV))
	$(subst $(BIN),$(VENV)-engines/bin,$(INSTALL)) --require-hashes -r requirements-engines.lock
	$(subst $(BIN),$(VENV)-engines/bin,$(INSTALL)) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)-bench/.ready: requirements-bench.lock pyproject.toml $(VENV)/.python
	@$(subst $(VENV),$(VENV)-bench,$(MAKE_VENV))
	$(subst $(BIN),$(VENV)-bench/bin,$(INSTALL)) --require-hashes -r requirements-bench.lock
	$(subst $(BIN),$(VENV)-bench/bin,$(INSTALL)) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.ready-dev: requirements-dev.lock $(VENV)/.ready
	$(INSTALL) --require-hashes -r requirements-dev.lock
	@touch $@
