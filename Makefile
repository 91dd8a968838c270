# Every command of the project. `make run` and `make test` are all a newcomer needs.
# The logic lives in Python (portal/config); this file only names it.

PYTHON ?= python3
PY := .venv/bin/python
PORT ?= 8000
HOST ?= 127.0.0.1
PYTEST := $(PY) -m pytest
SOURCES := portal trips insurance mofa_requests jcsos tests bench manage.py
CODE ?=

.PHONY: help setup setup-test run test proof check fix lock reset rule docs bench

help:
	@echo "make run        start everything: database, broker, web, worker, scheduler (PORT=8000 HOST=127.0.0.1)"
	@echo "make test       the whole test suite"
	@echo "make check      the static part: style, types, layers, templates, migrations, security, documents"
	@echo "make fix        put right what can be put right by machine"
	@echo "make proof      the same tests at exhaustive sizes"
	@echo "make setup      only the Python environment and the system parts"
	@echo "make reset      throw away the local database and files (asks first)"
	@echo "make rule CODE=LT01   explain one rule     make docs  write the generated documents     make bench  measure"

setup:
	@$(PYTHON) -m portal.config.install run

setup-test:
	@$(PYTHON) -m portal.config.install test

run: setup
	@exec $(PY) manage.py run --host $(HOST) --port $(PORT)

test: setup-test
	$(PYTEST) -n 2

proof: setup-test
	PORTAL_PROOF=1 $(PYTEST) -n 2

check: setup-test
	@$(PY) -m portal.config.check

fix: setup-test
	$(PY) -m ruff check --fix $(SOURCES)
	$(PY) -m ruff format $(SOURCES)

lock: setup-test
	$(PY) -m portal.config.lock

reset: setup
	@$(PY) -m portal.config.reset

rule: setup
	@$(PY) manage.py rule $(CODE)

docs: setup-test
	@$(PY) -m portal.config.documents

bench: setup
	$(PY) bench/startup.py
