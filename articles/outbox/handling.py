"""Which function does effects of which kind."""

from collections.abc import Callable
from dataclasses import dataclass

HANDLERS = {}


@dataclass(frozen=True)
class Handler:
    """What does effects of a kind; `outside` where it talks to the world beyond the database."""

    do: Callable
    outside: bool


def handles(kind, *, outside=False):
    """Registers a function as the one that does effects of `kind`; it is called with the Effect.

    It runs in one transaction with the mark that the effect is done, so what it writes is written once. A
    handler that waits for something `outside`, such as a mail server, runs without a transaction (SQLite
    would hold up every other writer): it may happen twice if the process dies between deed and mark, so it
    must do no harm when it does. It may raise anything: the effect is then tried again later. It must be
    over well within the lease (claiming.LEASE), or ask for more of it now and then (claiming.hold_on).
    """

    def register(function):
        if kind in HANDLERS:
            raise ValueError(f"Effects of the kind {kind!r} are handled already.")
        HANDLERS[kind] = Handler(function, outside)
        return function

    return register
