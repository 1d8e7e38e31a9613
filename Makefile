# Every target sets up what it needs, from a clean clone. `make help` lists them.
PYTHON ?= python3
VENV := .venv/bin/python
.DEFAULT_GOAL := help
.PHONY: help setup demo test soak conformance lint bench

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-11s %s\n", $$1, $$2}' Makefile
	@echo 'Variables: PORT=8000, FRESH=1 (demo starts over), PYTHON=python3.12, ASSAY_HOME=var, DATABASE_URL=sqlite:///…'

setup: ## Set up for development: Python and npm packages, front end, catalogues
	@$(PYTHON) -m tools.setup dev

demo: ## Run the living example on http://127.0.0.1:8000 (Ctrl-C stops it)
	@$(PYTHON) -m tools.setup app
	@exec $(PYTHON) -m tools.demo

test: ## Run every test on SQLite, and what meets a database on PostgreSQL, with a real broker, worker and browser
	@$(PYTHON) -m tools.setup test
	@exec $(VENV) -m tools.test

soak: ## Run what is long: kill points, load, large files
	@$(PYTHON) -m tools.setup test
	@exec $(VENV) -m tools.test soak

conformance: ## Run a suite of Label Studio's API (CONFORMANCE=folder) against a throw-away Assay
	@$(PYTHON) -m tools.setup test
	@exec $(VENV) -m tools.conformance

lint: ## Check format, types, layers, templates and the front end
	@$(PYTHON) -m tools.setup dev
	@exec $(VENV) -m tools.lint

bench: ## Measure what has to be fast
	@$(PYTHON) -m tools.setup dev
	@exec $(VENV) -m benchmarks
