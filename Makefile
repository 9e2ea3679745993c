# `make run` and `make test` need only Python >= 3.11 (on Debian also python3-venv) and make.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
PYTEST_WORKERS ?= auto
# `make run` shows error pages as visitors see them; use `make run DEBUG=1` for development.
export DEBUG ?= 0
# Remove a virtual environment that failed half-way, so that the next run does not take it for complete.
MAKE_VENV = test -x $(BIN)/pip || { rm -rf $(VENV); $(PYTHON) -m venv $(VENV); } || { rm -rf $(VENV); exit 1; }

.PHONY: run test test-browser lint bench

run: $(VENV)/run.installed
	$(BIN)/python manage.py migrate --verbosity 0
	$(BIN)/python manage.py compile_translations
	$(BIN)/python manage.py set_up_site
	$(BIN)/python manage.py seed_demo --once
	$(BIN)/python manage.py runserver --nostatic 127.0.0.1:8000

test: $(VENV)/dev.installed
	$(BIN)/python manage.py compile_translations
	$(BIN)/python -m pytest -n $(PYTEST_WORKERS) --dist worksteal -m "not browser" tests

# Needs Chromium, by default CHROMIUM=/usr/bin/chromium; see tests/stories/conftest.py.
test-browser: $(VENV)/dev.installed
	$(BIN)/python manage.py compile_translations
	$(BIN)/python -m pytest -n $(PYTEST_WORKERS) --dist worksteal -m browser tests

# Needs wrk, and PostgreSQL and Redis in DATABASE_URL and REDIS_URL; see benchmarks/__main__.py.
bench: $(VENV)/dev.installed
	$(BIN)/python -m benchmarks $(BENCH)

lint: $(VENV)/dev.installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/python manage.py makemigrations --check --dry-run

$(VENV)/run.installed: requirements.txt
	$(MAKE_VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

$(VENV)/dev.installed: requirements.txt requirements-prod.txt requirements-dev.txt
	$(MAKE_VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@ $(VENV)/run.installed
