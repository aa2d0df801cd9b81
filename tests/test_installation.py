"""What an installation needs before it starts, and what the tree promises a newcomer."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

from articles.checks import DEMO_ACCOUNTS, no_demo_accounts

ROOT = Path(__file__).parent.parent
PRODUCTION = {
    "NEWSROOM_MODE": "production",
    "NEWSROOM_SECRET_KEY": "k" * 30 + "0123456789abcdefghijklmnopqrstuvwxyz",
    "NEWSROOM_SITE_URL": "https://www.example.org",
    "NEWSROOM_HOSTS": "www.example.org",
}


def manage(*arguments, **environment):
    """Runs manage.py in a process of its own, with only this environment."""
    base = {"PATH": os.environ["PATH"], "NEWSROOM_VAR": os.environ.get("NEWSROOM_VAR", str(ROOT / "var"))}
    base |= {name: os.environ[name] for name in ("DATABASE_URL",) if os.environ.get(name)}
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env=base | environment, capture_output=True, text=True, timeout=120)


def test_production_settings_pass_every_deployment_check(tmp_path):
    done = manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION | {"NEWSROOM_VAR": str(tmp_path)})
    assert (done.returncode, done.stdout.strip()) == (0, "System check identified no issues (0 silenced)."), done.stderr


@pytest.mark.parametrize("missing", ["NEWSROOM_SECRET_KEY", "NEWSROOM_SITE_URL", "NEWSROOM_HOSTS"])
def test_production_does_not_start_without_what_it_needs(missing, tmp_path):
    environment = {name: value for name, value in PRODUCTION.items() if name != missing}
    done = manage("check", **environment | {"NEWSROOM_VAR": str(tmp_path)})
    assert done.returncode == 1
    assert f"Set {missing}: NEWSROOM_MODE=production does not start without it." in done.stderr


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("NEWSROOM_MODE", "staging", "NEWSROOM_MODE must be demo or production, not 'staging'."),
        ("NEWSROOM_TWO_FACTOR", "yes", "NEWSROOM_TWO_FACTOR must be required or optional, not 'yes'."),
        ("NEWSROOM_DEBUG", "yes", "NEWSROOM_DEBUG must be True or False, not 'yes'."),
        ("NEWSROOM_LANGUAGE", "fr", "NEWSROOM_LANGUAGE must be one of de, en, not 'fr'."),
        ("NEWSROOM_INGEST_MAX_BYTES", "2 MB", "NEWSROOM_INGEST_MAX_BYTES must be a whole number, not '2 MB'."),
        ("DATABASE_URL", "mysql://x/y", "DATABASE_URL must start with sqlite:/// or postgres://."),
    ],
)
def test_a_setting_that_makes_no_sense_is_named(name, value, sentence):
    done = manage("check", **{name: value})
    assert done.returncode == 1
    assert sentence in done.stderr


@pytest.mark.django_db
def test_models_and_migrations_agree():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db
def test_demo_accounts_outside_the_demo_are_an_error(settings, django_user_model):
    django_user_model.objects.create_user("chief", password="newsroom-demo")
    django_user_model.objects.create_user("admin", password="something else entirely")
    assert no_demo_accounts(None) == []
    settings.PRODUCTION = True
    assert [error.id for error in no_demo_accounts(None)] == ["articles.E001"]
    assert "chief" in no_demo_accounts(None)[0].msg
    call_command("demo", remove_accounts=True, verbosity=0)
    assert no_demo_accounts(None) == []
    assert {"chief", "admin"} <= set(DEMO_ACCOUNTS)


def test_the_web_server_does_not_start_where_a_demo_account_works(tmp_path):
    files = {"NEWSROOM_VAR": str(tmp_path), "DATABASE_URL": f"sqlite:///{tmp_path / 'n.sqlite3'}"}
    assert manage("migrate", "--verbosity", "0", **files).returncode == 0
    make = "from django.contrib.auth.models import User; User.objects.create_user('chief', password='newsroom-demo')"
    assert manage("shell", "--verbosity", "0", "-c", make, **files).returncode == 0
    start = [sys.executable, "-c", "import newsroom.wsgi"]
    environment = {"PATH": os.environ["PATH"]} | PRODUCTION | files
    refused = subprocess.run(start, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)
    assert (refused.returncode, "The demo account “chief” can sign in" in refused.stderr) == (1, True)
    assert "Switched off: chief." in manage("demo", "--remove-accounts", **PRODUCTION | files).stdout
    started = subprocess.run(start, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)
    assert started.returncode == 0, started.stderr


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-test.lock"])
def test_the_lock_files_pin_with_hashes_and_name_no_host(lock):
    text = (ROOT / lock).read_text()
    assert re.findall(r"https?://|--index-url|--find-links", text) == []
    pinned = re.findall(r"^[a-z0-9._-]+==\S+", text, re.MULTILINE)
    assert len(pinned) > 20
    assert text.count("--hash=sha256:") >= len(pinned)


def test_every_file_is_small_enough_to_be_read():
    lengths = {path: path.read_text("utf-8").count("\n") for path in (ROOT / "articles").rglob("*.py")}
    long = {path.name: length for path, length in lengths.items() if length > 400 and "migrations" not in path.parts}
    assert long == {}


def test_a_newsroom_can_have_other_languages():
    done = manage("shell", "-c", "print([c for c, _n in __import__('django.conf').conf.settings.LANGUAGES])",
                  NEWSROOM_LANGUAGES="fr, ar", NEWSROOM_LANGUAGE="fr")  # fmt: skip
    assert "['fr', 'ar']" in done.stdout, done.stderr
    wrong = manage("check", NEWSROOM_LANGUAGES="de,klingon")
    assert "NEWSROOM_LANGUAGES must be codes such as de,en,fr,ar, not 'klingon'." in wrong.stderr
