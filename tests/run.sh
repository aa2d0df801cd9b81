#!/bin/sh
# The whole suite on SQLite and on PostgreSQL; `make test` calls it with the Python to use.
set -eu
python=$1
cd "$(dirname "$0")/.."
NEWSROOM_VAR=$(mktemp -d)
export NEWSROOM_VAR
trap 'rm -rf "$NEWSROOM_VAR" .coverage .coverage.*' EXIT
trap 'exit 130' INT TERM
unset NEWSROOM_MODE NEWSROOM_SITE_URL NEWSROOM_HOSTS NEWSROOM_LANGUAGE || true

"$python" -m ruff check --quiet .
"$python" -m ruff format --quiet --check .
"$python" -m coverage erase
echo "== SQLite"
DATABASE_URL="" "$python" -m coverage run -m pytest -n 2 --dist loadfile --ignore tests/rights
# The grid of rights is thousands of requests through code measured above; counting lines again would double its time.
echo "== SQLite: every role on every address"
DATABASE_URL="" "$python" -m pytest -n 2 --dist loadfile tests/rights
# What a browser shows does not depend on the database; everything else is asked of both.
echo "== PostgreSQL"
"$python" tests/postgres.py "$python" -m pytest -n 2 --dist loadfile --ignore tests/browser
"$python" -m coverage combine --quiet
"$python" -m coverage report
