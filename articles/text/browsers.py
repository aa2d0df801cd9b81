"""The name of a browser out of what it says about itself."""

import re

# The first that fits counts: most browsers also claim to be those further down.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("FxiOS", "Firefox"),
    ("Firefox", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def browser_name(user_agent):
    """Browser and system (such as `Firefox, Windows`) of a User-Agent header (any text); else its first word.

    No version and no device: enough to tell two readers apart, too little to follow one.
    """
    said = [next((name for sign, name in table if sign in user_agent), "") for table in (_BROWSERS, _SYSTEMS)]
    known = ", ".join(filter(None, said))
    first = re.match(r"[A-Za-z][\w.-]{0,39}", user_agent)
    return known or (first[0] if first else "")
