SHELL := /bin/bash
PYTHON := .venv/bin/python
MANAGE := $(PYTHON) manage.py
SERVE ?= 1
OFFICE ?=
WORKER ?=
export HOST ?= 127.0.0.1
export PORT ?= 8000
# The tests start many processes; each that may not keep what it compiled compiles all of Assize anew.
export PYTHONDONTWRITEBYTECODE :=
# Several processes of linear algebra on the same cores only wait for one another.
export OPENBLAS_NUM_THREADS ?= 1
# Tests of engines, of the API's schema and of settings, which know neither database nor broker.
SERVERLESS := $(addprefix integration/,authorities bundles_pdf evidence_files search) \
	contract/test_deployment.py contract/test_schema.py

.PHONY: help setup demo run test test-servers check zoo bench lock

help: ## show this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 16

setup: ## install what is missing: Debian packages, virtual environment, pinned Python packages (OFFICE=1: LibreOffice; WORKER=1: PyTorch)
	@setup/install $(if $(OFFICE),office) $(if $(WORKER),worker$(if $(filter cuda,$(WORKER)),-cuda))

demo: setup ## load the demonstration dispute, build its bundle and serve the site (SERVE=0: do not serve; OFFICE=1)
	@$(MANAGE) demo
	@if [ "$(SERVE)" != 0 ]; then $(MAKE) --no-print-directory run; fi

run: setup ## serve the site on 127.0.0.1:8000 with the worker beside it (PORT=8001: another port)
	@if (exec 3<>/dev/tcp/$(HOST)/$(PORT)) 2>/dev/null; then \
		echo "Something else answers at $(HOST):$(PORT). Stop it, or choose another port: make run PORT=8001" >&2; exit 1; fi
	@$(MANAGE) migrate --verbosity 0
	@.venv/bin/honcho start

test: ## pass all tests, the browser's included
	@setup/install test
	@$(PYTHON) -m pytest -n 2 --dist loadscope --no-loadscope-reorder --ignore=tests/browser
	@$(PYTHON) -m pytest -n 2 --dist loadgroup tests/browser

test-servers: ## pass the integration tests on PostgreSQL and Redis, started for the purpose
	@setup/install test servers
	@setup/with-servers $(PYTHON) -m pytest -n 2 --dist loadscope --no-loadscope-reorder \
		tests/integration tests/contract $(SERVERLESS:%=--ignore=tests/%)

check: ## lint, types, import rules, migrations, deployment and docs
	@setup/install test
	@.venv/bin/ruff check . && .venv/bin/ruff format --check .
	@.venv/bin/mypy .
	@.venv/bin/lint-imports
	@$(MANAGE) makemigrations --check --dry-run
	@ASSIZE_HTTPS=1 SECRET_KEY=$$(openssl rand -hex 40) $(MANAGE) check --deploy --fail-level WARNING
	@$(PYTHON) docs/check.py

zoo: ## train the small models on which methods are validated, once, and tell where they lie
	@$(PYTHON) -m comparison.runner.zoo

bench: ## measure speed beside a floor taken in the same run, as JSON
	@setup/install test
	@$(PYTHON) -m tests.bench

lock: ## pin the newest versions that pyproject.toml allows, with hashes
	@.venv/bin/uv pip compile --quiet --upgrade --universal --generate-hashes --no-header pyproject.toml -o requirements.txt
	@.venv/bin/uv pip compile --quiet --upgrade --universal --generate-hashes --no-header --extra dev pyproject.toml -o requirements-dev.txt
	@.venv/bin/uv pip compile --quiet --upgrade --universal --generate-hashes --no-header -c requirements-dev.txt setup/worker.in -o requirements-worker.txt
