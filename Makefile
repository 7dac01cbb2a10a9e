# Two commands: `make run` and `make test`. Each sets up what is missing first.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
MODEL := data/cache/.model-ready
GENERATED := README.md docs/evaluation.md docs/monitoring.md
BASELINE := eval/suites/seeds.baseline.json

.PHONY: help run test setup check docs fuzz screenshots eval baseline browser lock clean
.DEFAULT_GOAL := help

help: ## list the commands
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 13

run: setup ## set up, ingest seeds/, and serve http://127.0.0.1:8000
	@$(BIN)/python -m ingest seeds
	@exec $(BIN)/python -m service

test: setup check browser ## set up, and run every check and test
	@$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile

setup: .venv/.installed $(MODEL) ## install the pinned dependencies and prepare the model

.venv/.installed: pyproject.toml requirements.lock
	@test -n "$(PYTHON)" || { echo "Python 3.11 is needed; name it with PYTHON=..."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "installing dependencies (once, a few minutes) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check \
		--constraint requirements.lock --editable '.[dev]'
	@touch $@

$(MODEL): .venv/.installed ingest/embedding/export.py ingest/embedding/weights.json
	@echo "checking and preparing the embedding model (once, half a minute) ..."
	@$(BIN)/python -m ingest.embedding
	@mkdir -p $(@D) && touch $@

check: setup ## lint, formatting and types
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check .
	@$(BIN)/mypy --no-error-summary
	@PYTHONPATH=. $(BIN)/cog --check $(GENERATED) >/dev/null || { echo "README.md or docs/ is stale: make docs"; exit 1; }

docs: setup ## write the generated parts of README.md and docs/ again
	@PYTHONPATH=. $(BIN)/cog -r $(GENERATED)

fuzz: setup ## send the service what its OpenAPI document allows and forbids (twenty minutes)
	@$(BIN)/python -m tests.fuzz

screenshots: setup ## take the pictures in docs/ again
	@$(BIN)/python -m docs.screenshots

eval: setup ## ask the gold questions over seeds/, and fail where answers got worse
	@$(BIN)/python -m eval --baseline $(BASELINE) --html data/eval/report.html \
		--junit data/eval/junit.xml --markdown data/eval/summary.md
	@echo "each case with its sources: data/eval/report.html"

baseline: setup ## keep what the gold questions get now as what `make eval` compares with
	@$(BIN)/python -m eval --save-baseline $(BASELINE)

browser: # Chromium for the browser tests, which are skipped where it cannot be had
	@command -v chromium >/dev/null || command -v google-chrome >/dev/null || { \
		command -v apt-get >/dev/null && sudo=$$(test "$$(id -u)" = 0 || echo "sudo -n") && \
		$$sudo apt-get update -qq && $$sudo apt-get install -y -qq chromium >/dev/null; } || \
		echo "no Chromium here: the browser tests will be skipped"

lock: setup ## pin what is installed now
	@$(BIN)/python -m pip freeze --exclude-editable | sed 's/+[a-z0-9.]*$$//' > requirements.lock

clean: ## remove the environment, the index and the prepared model
	@rm -rf .venv data
