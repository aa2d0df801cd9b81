"""What follows from an act and may happen a little later: mails, and whatever else lies outside the database.

`add` writes an effect in the transaction that caused it; `handles` registers the function that does effects
of a kind; `working.py` is the loop that claims them with a lease, tries again with growing pauses and parks
what fails for good; `health` says how it is getting on. Knows nothing of stories: what an effect means is
said where it is handled.
"""

from .adding import add
from .claiming import hold_on
from .handling import handles
from .health import Health, health
from .retrying import try_again

__all__ = ["Health", "add", "handles", "health", "hold_on", "try_again"]
