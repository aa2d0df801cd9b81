"""Old addresses: the table of redirects with its import, and the pages readers look for in vain."""

from . import missing
from .redirects import RedirectAdmin

__all__ = ["RedirectAdmin", "missing"]
