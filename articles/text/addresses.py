"""Addresses as people type, paste or import them: the path of an old page, and where it is to lead."""

import re
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext as _

LONGEST_PATH, LONGEST_TARGET = 500, 1000
# Doors of the site that no redirect may stand before, and that nothing is counted behind.
DOORS = ("admin", "accounts", "preview", "static", "media", "livez", "readyz")
_HOST = re.compile(r"(?=.{1,253}\Z)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+\Z", re.I)


class NoAddress(ValueError):
    """What was typed is no address that can be used here; says so in a sentence."""


def old_path(typed):
    """The path under which an old address (text, whole or from its first slash) is looked up.

    As Django sees it (percent-encodings read), without query, fragment and the slash at its end. Raises NoAddress.
    """
    parts = _split(typed)
    if parts.netloc and parts.scheme not in ("http", "https"):
        raise NoAddress(_("“%(typed)s”: an old address begins with a slash.") % {"typed": typed[:80]})
    path = key(parts.path)
    if path is None or not path.strip("/"):
        raise NoAddress(
            _("“%(typed)s” is no old address: write it from its first slash, such as /2019/ferry.html.")
            % {"typed": typed[:80]}
        )
    if is_door(path):
        raise NoAddress(_("“%(path)s” belongs to the site itself and cannot lead elsewhere.") % {"path": path})
    return path


def target(typed, *, site):
    """Where an address leads (text) and its own path (text; empty where it leads off this site).

    `site` is the address of this site. Off it only https is taken, without user name or password. Raises NoAddress.
    """
    typed = typed.strip()
    parts = _split(typed[len(site) :] or "/" if typed == site or typed.startswith(f"{site}/") else typed)
    if not parts.netloc and not parts.scheme:
        path = key(parts.path)
        if path is None or is_door(path) or len(typed) > LONGEST_TARGET:
            raise NoAddress(_("“%(typed)s” is no page of this site.") % {"typed": typed[:80]})
        return parts.geturl(), path
    if parts.scheme != "https" or parts.netloc.lower() != parts.hostname or not _HOST.match(parts.hostname):
        raise NoAddress(
            _("“%(typed)s”: write a path of this site such as /politik/, or an address that begins with https://.")
            % {"typed": typed[:80]}
        )
    if len(typed) > LONGEST_TARGET:
        raise NoAddress(_("An address has at most %(most)d characters.") % {"most": LONGEST_TARGET})
    return parts.geturl(), ""


def key(path):
    """A path (text, percent-encoded or not) as redirects are kept by; None for what none could be kept for."""
    try:
        path = unquote(path, errors="strict")
    except UnicodeDecodeError:
        return None
    segments = path.split("/")
    odd = not path.isprintable() or "\\" in path or {".", ".."} & set(segments) or path.startswith("//")
    if not path.startswith("/") or odd or len(path) > LONGEST_PATH:
        return None
    return path.rstrip("/") or "/"


def is_door(path):
    """Whether a path belongs to a part of the site that is no reader's page."""
    return path.lstrip("/").partition("/")[0] in DOORS


def _split(typed):
    typed = typed.strip()
    if not typed.isprintable() or " " in typed or "\\" in typed:
        raise NoAddress(_("An address holds no spaces, line breaks or backslashes."))
    try:
        parts = urlsplit(typed)
        parts.port  # noqa: B018  (raises for what is no number)
    except ValueError as error:
        raise NoAddress(_("“%(typed)s” is no address.") % {"typed": typed[:80]}) from error
    return parts
