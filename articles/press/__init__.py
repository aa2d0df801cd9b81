"""The verbs that print and close editions; the only writers of Edition.

`publish`, `schedule`, `replace`, `retime`, `cancel`, `set_end`, `lift_end`, `withdraw` and
`restore` each do one act, whole or not at all, and raise Refused with sentences
otherwise; so do the five of `live.py` with the entries of a live blog.
Who may is asked by the faces, not here. `settle_rights` and `set_stand_in` do the
same for pictures, `launch` and `cancel_launch` for fronts, `print_reply` and `end_reply` for the
right of reply. `compose` is what printing
means, `timeline` keeps a story's intervals in order; start with `publishing.py`.
"""

from .compose import compose, preview
from .endings import lift_end, restore, set_end, withdraw
from .fronts import cancel_launch, launch
from .live import change_entry, mark_entry, pin_entry, post_entry, remove_entry
from .publishing import publish
from .replies import end_reply, print_reply
from .retiming import retime
from .rights import set_stand_in, settle_rights
from .scheduling import cancel, replace, schedule

__all__ = [
    "cancel",
    "cancel_launch",
    "change_entry",
    "compose",
    "end_reply",
    "launch",
    "lift_end",
    "mark_entry",
    "pin_entry",
    "post_entry",
    "preview",
    "print_reply",
    "publish",
    "remove_entry",
    "replace",
    "restore",
    "retime",
    "schedule",
    "set_end",
    "set_stand_in",
    "settle_rights",
    "withdraw",
]
