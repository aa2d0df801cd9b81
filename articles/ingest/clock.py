"""A date and a time as German papers print them, each on its own line."""

import re

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from ..text.walltime import WallTimeError, parse
from .draft import ParseError

_DATE = re.compile(r"[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}")
_UHR = " Uhr"
_TIME = re.compile(rf"[0-9]{{1,2}}:[0-9]{{2}}{_UHR}")


def is_date(text):
    """Whether `text` has the form DD.MM.YYYY, possible or not."""
    return bool(_DATE.fullmatch(text))


def check_date(line):
    """Raises ParseError where the Line has not the form DD.MM.YYYY."""
    if not is_date(line.text):
        raise _refusal(line, _("The date (DD.MM.YYYY) should stand here, not “%(text)s”."))


def check_time(line):
    """Raises ParseError where the Line has not the form HH:MM Uhr."""
    if not _TIME.fullmatch(line.text):
        raise _refusal(line, _("The time (HH:MM Uhr) should stand here, not “%(text)s”."))


def moment(day, hour, zone):
    """The moment (UTC) that two Lines of the right form mean in `zone` (tzinfo).

    An hour that exists twice means the earlier moment, so that no story is dated after it went out; one
    that the clocks skip is refused. Raises ParseError with the line that is wrong.
    """
    if not _is_possible(f"{day.text} 12:00", zone):
        raise _refusal(day, _("There is no such date as %(text)s."))
    try:
        return parse(f"{day.text} {hour.text.removesuffix(_UHR)}", zone)
    except WallTimeError as error:
        if error.reason == "twice":
            return error.choices[0]
        if error.reason == "format":
            raise _refusal(hour, _("There is no such time as %(text)s.")) from error
        sentence = _("The clocks of %(zone)s skip %(text)s on %(day)s.")
        raise _refusal(hour, sentence, zone=zone, day=day.text) from error


def _is_possible(typed, zone):
    try:
        parse(typed, zone)
    except WallTimeError as error:
        return error.reason != "format"
    return True


def _refusal(line, sentence, **facts):
    return ParseError(sentence % {"text": Truncator(line.text).chars(40), **facts}, line=line.number)
