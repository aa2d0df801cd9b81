"""What no log may say."""

import logging
import re

_SECRET = re.compile(r"(/preview/|/accounts/calendar/)[^/\s\"'?]+")


class HidePreviewTokens(logging.Filter):
    """Takes the key out of secret addresses, of preview links and calendars: who reads a log must not open them."""

    def filter(self, record):
        """Always lets the line through."""
        said = record.getMessage()
        if "/preview/" in said or "/accounts/calendar/" in said:
            record.msg, record.args = _SECRET.sub(r"\1…", said), ()
        return True
