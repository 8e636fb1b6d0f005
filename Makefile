# EventHub data. `make help` lists the recipes.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DATA := $(or $(EVENTHUB_DATA_DIR),data)
export DO_NOT_TRACK := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1
MODELS := $(shell find dbt_project data/models -type f \( -name '*.sql' -o -name '*.yml' -o -name '*.csv' -o -name '*.md' -o -name '*.py' -o -name '*.j2' -o -name '*.css' \) 2>/dev/null) dbt_project.yml profiles.yml
MADE := $(addprefix $(DATA)/,eventhub.db udahub.db warehouse.duckdb data_card.html generated)
# Files are shared out in the order of tests/conftest.py, each as a whole.
WORKERS := --numprocesses 2 --dist loadfile --no-loadscope-reorder
UNITS := $(addprefix tests/,answers card content docs examples exports extract integrity models mutation)

.DEFAULT_GOAL := help
.PHONY: help run extract queries check test test-long docs screenshots bench bench-large lint lock audit clean

help: ## list the recipes
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: extract ## set up, pull the bundled content, build, test and export; does only what is missing
	@if $(MAKE) --no-print-directory --question $(DATA)/work/built 2>/dev/null; \
	then echo "Nothing to build: neither the raw content nor a model has changed since the last build."; \
	else $(MAKE) --no-print-directory $(DATA)/work/built; fi
	@$(BIN)/python -m dbt_project.exporting.summary

extract: $(VENV)/run.ok
	@$(BIN)/python extract/run.py

# A file that is gone, or the journal of a killed replacement, makes it stale too.
$(DATA)/work/built: $(wildcard $(DATA)/raw/*.parquet $(DATA)/work/replacing.json) $(DATA)/raw/manifest.json $(MODELS) | $(VENV)/run.ok
	@echo "Building and checking; the files of an earlier build stay until all rules hold ..."
	@[ -t 1 ] && [ -z "$$NO_COLOR" ] || export DBT_USE_COLORS=false; \
	$(BIN)/dbt build --quiet --exclude-resource-type unit_test || { echo "The build failed for the reason above; no file in $(DATA) was replaced." >&2; exit 1; }
	@touch $@

ifneq ($(filter-out $(wildcard $(MADE)),$(MADE)),)
$(DATA)/work/built: missing
endif
.PHONY: missing hashes integrity verify

check: $(VENV)/dev.ok ## in less than a minute: style, format and types of Python, and the tests that need no build, server or kill
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/python -m pytest $(WORKERS) -m 'not (builds or faults or long)' $(UNITS)

test: $(VENV)/dev.ok ## every test: units, the pipeline from extract to both databases, planted violations
	@$(BIN)/python -m pytest $(WORKERS)

test-long: $(VENV)/dev.ok ## the tests that take minutes: the full volume on a bad day, a hundred kills
	@$(BIN)/python -m pytest -m long

docs: run ## every model, column, seed, macro, rule and the lineage as one page
	@$(BIN)/dbt docs generate --static --quiet --target-path $(DATA)/work/docs
	@mv $(DATA)/work/docs/static_index.html $(DATA)/dbt_docs.html
	@echo "open   $(DATA)/dbt_docs.html in a browser; it needs no server"

screenshots: $(VENV)/dev.ok ## pictures of the data card for the README (needs Chromium)
	@$(BIN)/python -m tests.card.screenshots

hashes: $(VENV)/dev.ok ## write docs/content_hashes.csv anew, after a change of rows that is meant
	@$(BIN)/python -m tests.reproducible.hashes

integrity: $(VENV)/dev.ok ## write the table of rules in docs/integrity.md anew
	@$(BIN)/python -m tests.integrity.table

verify: $(VENV)/run.ok ## are the exported files what the build wrote, and do all rules hold in them?
	@$(BIN)/python -m dbt_project.exporting.verify

bench: $(VENV)/dev.ok ## every ratio of docs/benchmarks.md at up to 5 million bookings, in minutes
	@$(BIN)/python -m bench.run

bench-large: $(VENV)/dev.ok ## 50 million bookings against 5 million, and 100 million within 8 GB: 30 GB of disk
	@$(BIN)/python -m bench.run --large

lint: $(VENV)/dev.ok ## style and types of Python and SQL; most of its time goes to SQL
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/sqlfluff lint dbt_project/models dbt_project/tests --processes 2

queries: $(VENV)/run.ok ## renew the outputs in docs/analysts.md and docs/agents.md, from the full set told on 2026-06-01
	@EVENTHUB_DATA_DIR=$(DATA)/work/queries $(BIN)/python extract/run.py
	@EVENTHUB_DATA_DIR=$(DATA)/work/queries $(BIN)/dbt build --quiet --exclude-resource-type unit_test --vars '{as_of: 2026-06-01}'
	@$(BIN)/python -m docs.refresh $(DATA)/work/queries

lock: ## renew the locked dependencies (needs uv)
	uv pip compile --quiet --no-strip-extras --universal --generate-hashes --python-version 3.11 pyproject.toml -o requirements.lock
	uv pip compile --quiet --no-strip-extras --universal --generate-hashes --python-version 3.11 --group dev pyproject.toml -o requirements-dev.lock

audit: ## known vulnerabilities of the locked dependencies (needs uv and the network)
	uvx pip-audit --require-hashes --disable-pip -r requirements-dev.lock

clean: ## remove everything that was made, but not what was pulled
	rm -rf $(DATA)/work $(DATA)/generated $(DATA)/eventhub.db $(DATA)/udahub.db $(DATA)/warehouse.duckdb $(DATA)/data_card.html $(DATA)/dbt_docs.html $(DATA)/metadata.json target logs .pytest_cache .mypy_cache .ruff_cache

$(VENV)/run.ok: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' || { echo "$(PYTHON) is not Python 3.11, 3.12 or 3.13. Name one that is: make run PYTHON=python3.12" >&2; exit 1; }
	@echo "Setting up $(VENV), once ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install -qq --require-hashes --only-binary :all: -r requirements.lock
	@touch $@

$(VENV)/dev.ok: requirements-dev.lock
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install -qq --require-hashes --only-binary :all: -r requirements-dev.lock
	@touch $@ $(VENV)/run.ok
