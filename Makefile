# The two commands are `make run` and `make test`; `make help` lists all.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

PYTHON := .venv/bin/python
# The widgets' tests need no screen; the end-to-end tests bring their own.
OFFSCREEN := QT_QPA_PLATFORM=offscreen
PYTEST := $(OFFSCREEN) $(PYTHON) -m pytest
# One worker a processor; a file's tests stay together, as they share a screen.
PARALLEL := -n auto --dist loadfile
NO_QT := -p no:pytest-qt -p tests.support.no_qt
# Tests with bounds in time, which hold without a tracer only.
TIMED := tests/storage/test_hostile_files.py

# Modules compiled once start faster; an environment that forbids it would slow the app and its figures.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help run test demo bench screenshots pictures clean lint types imports unit ui e2e wheel faults set-up-run set-up-test

help: ## list what there is (this)
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: set-up-run ## set up what is missing and open the app (ARGS="now --leg left" passes arguments on)
	@$(PYTHON) main.py $(ARGS)

test: ## set up what is missing and check everything: the parts below, in this order
	@tools/setup.sh test
	@mkdir -p build && rm -f build/test-tally
	@export RELIEF_TEST_TALLY=build/test-tally; \
	for part in lint types imports unit ui e2e wheel; do $(MAKE) --no-print-directory "$$part"; done

lint: set-up-test ## style and likely mistakes (ruff)
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .

types: set-up-test ## types (mypy, strict)
	$(PYTHON) -m mypy

imports: set-up-test ## the direction of imports (import-linter)
	@.venv/bin/lint-imports --no-logo

unit: set-up-test ## core and storage with PySide6 unimportable; every branch of core covered
	$(PYTHON) -m coverage run -m pytest $(NO_QT) $(addprefix --ignore=,$(TIMED)) tests/core tests/storage
	@$(PYTHON) -m coverage report
	$(PYTHON) -m pytest $(NO_QT) $(TIMED)

ui: set-up-test ## pictures, desktop, widgets and all the rest, offscreen
	$(PYTEST) $(PARALLEL) --ignore=tests/core --ignore=tests/storage --ignore=tests/e2e tests

e2e: set-up-test ## the real program on a private X display
	$(PYTEST) $(PARALLEL) --ignore=tests/e2e/test_wheel.py tests/e2e

wheel: set-up-test ## build the wheel, install it elsewhere, try it
	$(PYTEST) tests/e2e/test_wheel.py

faults: set-up-test ## 200 packs, each killed at a random moment: the alarm comes every time (about 12 minutes)
	RELIEF_FAULTS=200 $(PYTEST) tests/e2e/test_pack_faults.py

demo: set-up-test ## play the bed routine at 60x on a virtual screen; a picture of every step in build/demo
	@$(PYTHON) -m tools.demo

bench: set-up-test ## print the speed figures; fails where a ratio is out of its bound
	@$(PYTHON) -m tools.bench

screenshots: set-up-test ## renew the README's pictures in docs/screenshots
	@$(PYTHON) -m tools.screenshots

pictures: set-up-test ## renew the reference pictures; old beside new in build/pictures/sheet.png
	@$(OFFSCREEN) $(PYTHON) -m tools.pictures

clean: ## remove what was built, not .venv
	rm -rf build dist .coverage .coverage.* .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +

set-up-run:
	@tools/setup.sh run

set-up-test:
	@tools/setup.sh test
