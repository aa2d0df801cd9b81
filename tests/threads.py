"""Several people at the same moment: threads with connections of their own, for tests with transaction=True."""

import threading

from django.db import connections
from django.utils import translation


def at_once(*acts):
    """Runs each act in a thread of its own, all let go together; what each returned or raised (list)."""
    barrier, results = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place, act):
        try:
            barrier.wait(timeout=60)
            with translation.override("en"):
                results[place] = act()
        except Exception as error:
            results[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    [thread.start() for thread in threads]
    [thread.join(timeout=120) for thread in threads]
    return results


def outcome(results):
    """What was returned and what was raised (two lists)."""
    won = [result for result in results if not isinstance(result, Exception)]
    lost = [result for result in results if isinstance(result, Exception)]
    return won, lost
