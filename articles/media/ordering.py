"""Sends an order to the darkroom, the process that opens strangers' files, and reads its answer with suspicion.

The server never opens a picture itself. Whatever becomes of that process is a sentence here: refused, crashed, killed
by a limit, out of time, or answering rubbish.
"""

import contextlib
import json
import logging
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

from django.conf import settings

from .refusing import CannotStore, unusable

DARKROOM = Path(__file__).parent / "darkroom"
LONGEST_SIDE = 16_383  # pixels; WebP knows no larger
EXAMINING, DEVELOPING = 20, 5  # seconds of processor time: for one file; more for each rendition, see `develop`
_LONGEST_ANSWER = 2**20  # bytes
_TOLD = ("PATH", "LD_LIBRARY_PATH", "DARKROOM_LOG")  # of the environment; never the newsroom's secrets

logger = logging.getLogger(__name__)


def examine(path, *, looks):
    """What the darkroom found in the file at `path` (dict, see darkroom/work.py), after it wrote the `looks` (jobs).

    Raises UnusablePicture, and CannotStore where the looks could not be written.
    """
    return _send({"do": "examine", "path": str(path), "looks": looks}, seconds=EXAMINING)


def develop(path, jobs):
    """Makes renditions of the original at `path`, one for each of `jobs` (list, see encoding.job).

    Raises UnusablePicture, and CannotStore where they could not be written.
    """
    _send({"do": "develop", "path": str(path), "jobs": jobs}, seconds=EXAMINING + DEVELOPING * len(jobs))


def _send(order, *, seconds):
    order["size"] = {"max_pixels": settings.PICTURE_MAX_PIXELS, "longest_side": LONGEST_SIDE}
    memory = settings.PICTURE_MEMORY
    order["limits"] = {"memory": memory, "seconds": seconds, "file_size": 2 * settings.PICTURE_MAX_BYTES}
    answer, ended = _run(json.dumps(order).encode(), seconds=2 * seconds)
    if ended or answer.get("refused"):
        reason = ended or answer["refused"]
        logger.info("The darkroom refused a file: %s %s", reason, answer.get("why", ""))
        raise CannotStore if reason == "disk" else unusable(reason)
    return answer


def _run(order, *, seconds):
    """What the process answered (dict), and why it did not (word, or nothing)."""
    environment = {name: text for name, text in os.environ.items() if name in _TOLD or name.startswith("COVERAGE_")}
    process = subprocess.Popen(  # noqa: S603 - our own program, nothing from outside on its command line
        [sys.executable, "-I", DARKROOM],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment | {"MALLOC_ARENA_MAX": "2"},
        cwd="/",
        start_new_session=True,
    )
    late = threading.Event()
    alarm = threading.Timer(seconds, lambda: (late.set(), _kill(process)))
    alarm.start()
    try:
        said = _talk(process, order)
    finally:
        _kill(process)
        status = process.wait()
        alarm.cancel()
        process.stdout.close()
    if late.is_set() or status == -signal.SIGXCPU:
        return {}, "time"
    return _read(said)


def _talk(process, order):
    with contextlib.suppress(BrokenPipeError), process.stdin:
        process.stdin.write(order)
    return process.stdout.read(_LONGEST_ANSWER + 1)


def _kill(process):
    """Ends it and whatever it started; nothing where it has ended and was waited for."""
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def _read(said):
    try:
        answer = json.loads(said) if len(said) <= _LONGEST_ANSWER else None
    except (ValueError, RecursionError):
        answer = None
    return (answer, None) if isinstance(answer, dict) else ({}, "crash")
