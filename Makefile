# Two commands for a newcomer: `make demo` and `make test`. Only Python >= 3.11 and make are needed.

PYTHON  ?= python3
VENV    ?= .venv
OUT     ?= pmreport-demo
REQUIRE ?=
BIN     := $(VENV)/bin
READY   := $(VENV)/.ready
NPM     := tests/npm/node_modules/.ready

.PHONY: demo test check fix docs lock bench clean help

help:
	@echo "make demo   install, then make a weekly report from a simulated Jira (into $(OUT)/)"
	@echo "make test   install, then run every check and test (REQUIRE=all: a missing part is a failure)"
	@echo "make fix    format the code and mend what ruff can mend"
	@echo "make docs   write docs/metrics.md and docs/goal-catalogue.md"
	@echo "make lock   renew requirements.lock and tests/npm/package-lock.json"
	@echo "make bench  measure speed and memory; the sync beside its peers goes into benchmarks/RESULTS.md"

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "pmreport needs Python 3.11 or newer; name one: make PYTHON=python3.11 $(MAKECMDGOALS)"; exit 1; }
	@echo "Installing into $(VENV) ..."
	@$(PYTHON) -m venv $(VENV) \
	  || { echo "Python's venv module is missing (on Debian: apt install python3-venv)"; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# Node comes from a Python wheel, so that no system Node is needed; its data are test tools only.
$(NPM): tests/npm/package-lock.json $(READY)
	@cd tests/npm && $(CURDIR)/$(BIN)/python node.py npm ci --silent --no-audit --no-fund
	@touch $@

demo: $(READY)
	@$(BIN)/pmreport demo --out $(OUT)

test: $(READY) $(NPM)
	@$(BIN)/python tests/checks.py $(if $(REQUIRE),--require $(REQUIRE))

fix: $(READY)
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format --quiet .

docs: $(READY)
	@$(BIN)/python -c 'from pmreport.metrics import catalog, glossary; print(glossary.markdown(catalog.FAMILIES), end="")' > docs/metrics.md
	@$(BIN)/python -c 'from pmreport.goals import catalog, catalogue_page; print(catalogue_page.markdown(catalog.load().values()), end="")' > docs/goal-catalogue.md

lock: $(READY)
	@$(PYTHON) -m venv build/lock && build/lock/bin/pip install --quiet uv
	@build/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --group dev --no-strip-extras \
	  --custom-compile-command "make lock" --upgrade -o requirements.lock pyproject.toml
	@cd tests/npm && $(CURDIR)/$(BIN)/python node.py npm update --package-lock-only --no-audit --no-fund

bench: $(READY)
	@$(BIN)/python benchmarks/demo.py
	@$(BIN)/python benchmarks/simulator.py
	@$(BIN)/python benchmarks/metrics.py --rounds 3 --keep
	@$(BIN)/python benchmarks/tagging.py --rounds 3 --keep
	@$(BIN)/python benchmarks/reports.py --rounds 3 --keep
	@$(BIN)/python benchmarks/sync.py --large 100000 --rounds 3 --keep

clean:
	@rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage* tests/npm/node_modules
