"""Opens strangers' picture files in a process of its own, so that a hostile one can harm nothing but this process.

Run as a folder (`python -I articles/media/darkroom`), without Django and without the newsroom's secrets. One
order comes as JSON on stdin, one answer goes as JSON to stdout: what was asked for, or `refused` with a word that
`media/ordering.py` turns into a sentence. Whatever else happens (killed, crashed, rubbish) means the same there.
"""

import json
import os
import sys

from limits import keep_within


def main():
    """Reads the order, keeps within its limits, answers."""
    order = json.load(sys.stdin)
    answer_to = os.dup(1)
    os.dup2(2, 1)  # what a decoder's library prints is no part of the answer
    keep_within(**order["limits"])
    os.write(answer_to, json.dumps(_answer(order)).encode())


def _answer(order):
    # Imported under the limits, like everything that touches a stranger's bytes.
    from opening import Refused
    from work import WORK

    try:
        return WORK[order["do"]](order)
    except Refused as refused:
        return {"refused": refused.reason, "why": str(refused)[:300]}
    except MemoryError:
        return {"refused": "memory"}


if __name__ == "__main__":
    main()
