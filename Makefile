# The two commands of the README, and what they are made of.
HOST ?= 127.0.0.1
PORT ?= 8000
VAR ?= $(CURDIR)/var
PYTHON ?= python3
VENV := $(CURDIR)/.venv
PY := $(VENV)/bin/python
CATALOGUES := $(wildcard articles/locale/*/LC_MESSAGES/django.po)
STATIC := $(shell find static -type f) requirements.lock

export NEWSROOM_VAR = $(abspath $(VAR))
export NEWSROOM_SITE_URL ?= http://$(HOST):$(PORT)
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.PHONY: demo test lint lock messages bench clean

demo: $(VENV)/.runtime $(CATALOGUES:.po=.mo) $(NEWSROOM_VAR)/.static
	@$(PY) manage.py demo
	@exec $(VENV)/bin/granian --interface wsgi --host $(HOST) --port $(PORT) --workers 1 --blocking-threads 4 \
	  --workers-kill-timeout 5 --log-level warning --no-ws newsroom.wsgi:application

test: $(VENV)/.test $(CATALOGUES:.po=.mo)
	@sh tests/run.sh $(PY)

lint: $(VENV)/.test
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .

# PHOTOS=folder measures with photographs instead of paintings.
bench: $(VENV)/.test $(CATALOGUES:.po=.mo)
	$(PY) bench/renditions.py $(PHOTOS:%=--photos %)
	$(PY) bench/page_bytes.py $(PHOTOS:%=--photos %)
	$(PY) bench/search.py --small 1000 --large 100000 --databases sqlite,postgres
	$(PY) bench/library.py --small 1000 --large 100000 --databases sqlite,postgres
	$(PY) bench/bench.py --small 1000 --large 1000000 --databases sqlite,postgres

# For maintainers: pins every dependency with its hashes and names no package index.
lock:
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -o requirements.lock
	uv pip compile pyproject.toml --extra test --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -o requirements-test.lock

# For maintainers: collects the strings to translate (needs GNU gettext).
messages:
	$(PY) manage.py makemessages --locale de --no-location --no-obsolete --no-wrap --ignore .venv --ignore tests --ignore var --ignore bench

clean:
	rm -rf $(VENV) $(NEWSROOM_VAR)

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements.lock | $(VENV)/bin/python
	$(PY) -m pip install --quiet --no-deps --require-hashes -r requirements.lock
	@touch $@

$(VENV)/.test: requirements-test.lock | $(VENV)/bin/python
	$(PY) -m pip install --quiet --no-deps --require-hashes -r requirements-test.lock
	@touch $@ $(VENV)/.runtime

%.mo: %.po | $(VENV)/bin/python
	@$(PY) -m babel.messages.frontend compile --input-file $< --output-file $@ 2>/dev/null

$(NEWSROOM_VAR)/.static: $(STATIC)
	@mkdir -p $(NEWSROOM_VAR)
	@$(PY) manage.py collectstatic --noinput --clear --verbosity 0
	@touch $@
