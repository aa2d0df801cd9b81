"""How much more work a longer input is: a ratio within one run, since no test asserts a time."""

import time
from statistics import median

FOUR_TIMES = 11  # what four times the input may cost at most: linear work costs 4 times as much, quadratic 16


def growth(call, make, size):
    """How many times as long `call(*make(4 * size))` takes as `call(*make(size))`, each the best of three runs.

    The first of ten such ratios that is below FOUR_TIMES, else the smallest: noise of a shared machine makes some
    larger, hardly ever all of them, and quadratic work is never below.
    """
    small, large = (make(count) for count in (size, 4 * size))
    found = []
    while len(found) < 10 and min(found, default=FOUR_TIMES) >= FOUR_TIMES:
        found.append(_ratio(call, small, large))
    return min(found)


def usual_growth(call, make, size):
    """The middle one of five such ratios: what is to be told of work that is known to be quadratic.

    Of the smallest, noise in the short run would now and then make less than it is.
    """
    small, large = (make(count) for count in (size, 4 * size))
    return median(_ratio(call, small, large) for _try in range(5))


def _ratio(call, small, large):
    best = [min(_seconds(call, texts) for _try in range(3)) for texts in (small, large)]
    return best[1] / best[0]


def _seconds(call, texts):
    start = time.process_time()
    call(*texts)
    return time.process_time() - start
