"""The verbs that print and close editions; the only writers of Edition.

`publish`, `schedule`, `replace`, `retime`, `cancel`, `set_end`, `lift_end`, `withdraw` and
`restore` each do one act, whole or not at all, and raise Refused with sentences
otherwise. Who may is asked by the faces, not here. `settle_rights` and `set_stand_in` do the
same for pictures, `launch` and `cancel_launch` for fronts, `print_reply` and `end_reply` for the
right of reply. `compose` is what printing
means, `timeline` keeps a story's intervals in order; start with `publishing.py`.
"""

from .compose import compose, preview
from .endings import lift_end, restore, set_end, withdraw
from .fronts import cancel_launch, launch
from .publishing import publish
from .replies import end_reply, print_reply
from .retiming import retime
from .rights import set_stand_in, settle_rights
from .scheduling import cancel, replace, schedule

__all__ = [
    "cancel",
    "cancel_launch",
    "compose",
    "end_reply",
    "launch",
    "lift_end",
    "preview",
    "print_reply",
    "publish",
    "replace",
    "restore",
    "retime",
    "schedule",
    "set_end",
    "set_stand_in",
    "settle_rights",
    "withdraw",
]
