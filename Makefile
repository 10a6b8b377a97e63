# `make demo` and `make test` are all a fresh machine needs: Python 3.11 or newer, make and a
# package index. Whatever the machine has, every environment is made in one way, by `.ci/env`.

VENV ?= .venv
BIN := $(VENV)/bin

# The first of these that runs and is new enough. Override: make PYTHON=/path/to/python3 test
PYTHON ?= $(firstword $(foreach python,python3 python3.14 python3.13 python3.12 python3.11,\
	$(shell $(python) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
		&& echo $(python))))

LOCK = uv pip compile --quiet $(UPGRADE) --universal --python-version 3.11 --generate-hashes \
	--custom-compile-command 'make lock'

.DEFAULT_GOAL := help
.PHONY: help demo desk test engines mutants deep fuzz bench lint format types mypy pyright arch docs site assemble site-test desk-test \
	refresh api lock clean

help: ## show this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 11

demo: $(VENV)/.ready-demo ## decide and audit a real charter
	@$(BIN)/python examples/nodejs-bluesky/demo.py

desk: $(VENV)-desk/.ready ## run a publishing desk, with invented people, at http://127.0.0.1:8000
	$(VENV)-desk/bin/python examples/desk/run.py $(ARGS)

test: $(VENV)/.ready ## run every test and every example of the docs; 100 % branch coverage
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder --cov --cov-report=term

deep: $(VENV)/.ready ## run the tests with 20,000 Hypothesis examples each
	HYPOTHESIS_PROFILE=deep $(BIN)/python -m pytest -n auto --dist loadfile -o faulthandler_timeout=0 tests

fuzz: $(VENV)/.ready ## try 20,000 mutated files over all commands: no traceback, no hang
	$(BIN)/python benchmarks/fuzz_cli.py

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
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict # never --quiet: it hides warnings from --strict too

site: docs assemble ## build the whole site: the pages, and the Python that runs their examples

assemble: $(VENV)/.ready-dev # beside the pages that `make docs` built
	$(BIN)/python docs/.site/assemble.py site

site-test: $(VENV)/.ready-dev ## drive the site that `make site` built in a headless browser
	CMCORE_SITE=site $(BIN)/python -m pytest -p no:cacheprovider tests/site

desk-test: $(VENV)/.ready-dev ## drive the publishing desk in a headless browser
	CMCORE_BROWSER=yes $(BIN)/python -m pytest -p no:cacheprovider tests/examples/test_desk.py

refresh: $(VENV)/.ready ## write into the docs what their examples really print
	$(BIN)/python docs/.site/refresh.py

api: $(VENV)/.ready-dev ## compare the public API with the last tag
	VENV=$(VENV) bash .ci/api

mutants: $(VENV)-mutants/.ready ## mutate the pure core and see what its tests notice; goes on where it stopped
	$(VENV)-mutants/bin/python benchmarks/mutants.py $(ARGS)

engines: $(VENV)-engines/.ready ## run frames on Spark in local mode (needs Java)
	$(VENV)-engines/bin/python -m pytest -q -W default -p no:cacheprovider tests/engines.py

# The first lock is all that `make test` needs. The demo and the tests on every Python take a part of
# it, the tools and the large engines add to it, at the same pins. Two stand by themselves: what ours
# is measured beside, since one of those engines wants an older package than the others, and the
# lowest versions of what every install needs.
lock: ## pin every dependency (needs uv); UPGRADE=--upgrade renews the pins
	@command -v uv >/dev/null || { echo "make lock needs uv: install it with 'pip install uv'"; exit 1; }
	$(LOCK) pyproject.toml --extra all --group build --group tests -o requirements.lock
	$(LOCK) -c requirements.lock pyproject.toml --extra cli --group build -o requirements-demo.lock
	$(LOCK) -c requirements.lock pyproject.toml --group build --group desk -o requirements-desk.lock
	$(LOCK) -c requirements.lock pyproject.toml --group matrix -o requirements-matrix.lock
	$(LOCK) -c requirements.lock --group lint --group typing --group docs --group site --group arch \
		-o requirements-dev.lock
	$(LOCK) -c requirements.lock pyproject.toml --extra spark --extra pandas --group build --group matrix \
		-o requirements-engines.lock
	$(LOCK) -c requirements.lock pyproject.toml --group build --group mutants \
		-o requirements-mutants.lock
	$(LOCK) pyproject.toml --extra frames --extra re2 --group build --group bench -o requirements-bench.lock
	$(LOCK) pyproject.toml --resolution lowest-direct -o requirements-lowest.lock

clean: ## remove all that make and the tools have made
	rm -rf $(VENV) $(VENV)-desk $(VENV)-engines $(VENV)-bench $(VENV)-mutants benchmarks/figures dist site htmlcov .coverage \
		.coverage.* .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache .cache

.PHONY: python
python:
	@test -n "$(PYTHON)" || { \
		echo "cmcore needs Python 3.11 or newer, and none is on the PATH:"; \
		echo "install one, or name it: make PYTHON=/path/to/python3.13 $(MAKECMDGOALS)"; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "cmcore needs Python 3.11 or newer, and '$(PYTHON)' is not:"; \
		echo "install one, or name it: make PYTHON=/path/to/python3.13 $(MAKECMDGOALS)"; exit 1; }

$(VENV)/.ready-demo: requirements-demo.lock pyproject.toml | python
	bash .ci/env $(VENV) "$(PYTHON)" requirements-demo.lock .
	@touch $@

$(VENV)/.ready: requirements.lock $(VENV)/.ready-demo
	bash .ci/env $(VENV) "$(PYTHON)" requirements.lock
	@touch $@

$(VENV)/.ready-dev: requirements-dev.lock $(VENV)/.ready
	bash .ci/env $(VENV) "$(PYTHON)" requirements-dev.lock
	@touch $@

$(VENV)-%/.ready: requirements-%.lock pyproject.toml | python
	bash .ci/env $(VENV)-$* "$(PYTHON)" requirements-$*.lock .
	@touch $@
