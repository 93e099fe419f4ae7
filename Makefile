# Council Scorecard. `make` alone lists what can be asked for.
PYTHON ?= python3
PORT ?= 8501
BIN := .venv/bin
RUNTIME := .venv/.runtime-installed
DEV := .venv/.dev-installed
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --require-hashes
# A worker for each core, up to four: more would only wait for the longest module, as each goes whole to one worker.
# They are taken in the order that tests/conftest.py gives.
WORKERS := --numprocesses auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder
LOCK = $(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header --quiet $(LOCK_ARGS)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help install install-dev sample run test check bench bench-judgement lock clean

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' Makefile

install: $(RUNTIME) ## make .venv and install what the dashboard needs, by hash
install-dev: $(DEV) ## the same, with what the tests and checks need

sample: install ## write the demonstration council's files and load them
	@$(BIN)/python -m pipelines demo
	@$(BIN)/python -m pipelines run || { code=$$?; [ $$code -eq 3 ] || exit $$code; } # 3: published, a file refused

run: sample ## the same, then open the dashboard on http://localhost:8501 (or PORT=...)
	@echo "Council Scorecard: http://localhost:$(PORT)  (Ctrl-C stops it)"
	@$(BIN)/streamlit run app.py --server.port $(PORT)

test: install-dev ## run the tests, the browser's among them (ARGS="-k word" passes options on, ARGS=-n0 uses one process)
	@chromium=$$(scripts/chromium.sh) && SCORECARD_CHROMIUM="$$chromium" $(BIN)/python -m pytest $(WORKERS) $(ARGS)

check: install-dev ## lint, format, types, both metric catalogues, the import fence
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pipelines check
	$(BIN)/python -m pipelines check --catalogue examples/published/metrics.yaml
	$(BIN)/python -m pytest -q tests/test_architecture.py

bench: install-dev ## time the pipeline and the pages
	@$(BIN)/python -m bench

bench-judgement: install-dev ## how often judging cries wolf and what it sees, by simulation, in minutes
	@$(BIN)/python -m bench.judgement $(ARGS)

lock: install-dev ## make both lock files again from pyproject.toml (LOCK_ARGS=--upgrade for newer)
	$(LOCK) --output-file requirements.lock
	$(LOCK) --extra dev --constraint requirements.lock --output-file requirements-dev.lock
	@! grep -n '://' requirements.lock requirements-dev.lock

clean: ## remove .venv and the tools' caches (data/ stays)
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis test-output
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@command -v "$(PYTHON)" >/dev/null || { echo "Council Scorecard needs Python 3.11 to 3.14 and there is no '$(PYTHON)' here: run 'sudo apt-get install python3 python3-venv', or name another with make PYTHON=..." >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' || { echo "Council Scorecard needs Python 3.11 to 3.14 and '$(PYTHON)' is $$("$(PYTHON)" -c 'import platform; print(platform.python_version())'): install one of those and name it, for example make install PYTHON=python3.13" >&2; exit 1; }
	@"$(PYTHON)" -c 'import venv, ensurepip' 2>/dev/null || { echo "'$(PYTHON)' cannot make a virtual environment: run 'sudo apt-get install python3-venv', then the same make command again" >&2; exit 1; }
	@"$(PYTHON)" -m venv --clear .venv

$(RUNTIME): requirements.lock | $(BIN)/python
	@echo "Installing into .venv; the first time takes a minute or two."
	@$(PIP) -r requirements.lock
	@touch $@

# The development lock holds everything the runtime lock does, so it satisfies both.
$(DEV): requirements-dev.lock requirements.lock | $(BIN)/python
	@echo "Installing into .venv, with the development tools; the first time takes a minute or two."
	@$(PIP) -r requirements-dev.lock
	@touch $(RUNTIME) $@
