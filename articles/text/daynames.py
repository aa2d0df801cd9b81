"""Days as a text names them: a weekday beside a date, and words such as "today" that change with the day."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from .newsdates import MONTHS, WEEKDAYS

_SHORT_DAYS = {
    "de": "Mo Di Mi Do Fr Sa So",
    "en": "Mon Tue Wed Thu Fri Sat Sun",
}
_MORE_DAYS = {"sonnabend": 5, "tues": 1, "thur": 3, "thurs": 3}
_SHORT_MONTHS = {
    "de": "Jan Feb Mär Apr Mai Jun Jul Aug Sep Okt Nov Dez",
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
}
_MORE_MONTHS = {"jänner": 1, "mrz": 3, "sept": 9}


def _numbered(*lists, start=0):
    return {word.lower(): number for words in lists for number, word in enumerate(words.split(), start=start)}


_DAY_NUMBERS = _numbered(*WEEKDAYS.values(), *_SHORT_DAYS.values()) | _MORE_DAYS
_MONTH_NUMBERS = _numbered(*MONTHS.values(), *_SHORT_MONTHS.values(), start=1) | _MORE_MONTHS


def _one_of(*lists):
    words = sorted({word for words in lists for word in words.split()}, key=len, reverse=True)
    return "|".join(words)


_DE_DAY = rf"(?P<weekday>{_one_of(WEEKDAYS['de'])}|Sonnabend)(?:früh|morgen|vormittag|mittag|nachmittag|abend|nacht)?"
_DE_MONTH = rf"(?P<month>{_one_of(MONTHS['de'], _SHORT_MONTHS['de'])}|Jänner|Mrz|Sept)(?!\w)(?:\.(?=,?\s?\d))?"
_EN_DAY = rf"(?P<weekday>{_one_of(WEEKDAYS['en'])}|(?:{_one_of(_SHORT_DAYS['en'])}|Tues|Thurs?)\.?)"
_EN_MONTH = rf"(?P<month>{_one_of(MONTHS['en'], _SHORT_MONTHS['en'])}|Sept)(?!\w)(?:\.(?=,?\s?\d))?"
_NUMBER = r"(?P<day>\d{1,2})(?!\d)"
_RANGE = r"(?!\s*(?:-|–|—|/|bis\b|to\b|und\b|and\b|through\b)\s*\d)"  # of several days no one is beside the weekday
_YEAR = r"(?:,?\s{0,2}(?P<year>[12]\d{3})(?!\d))?"
_GAP = r",?\s{1,2}(?:de[nmrs]\s)?"
_FORMS = [
    re.compile(form)
    for form in (
        rf"\b{_DE_DAY}{_GAP}{_NUMBER}\.\s{{0,2}}{_DE_MONTH}{_YEAR}",
        rf"\b(?:{_DE_DAY}|(?P<short>Mo|Di|Mi|Do|Fr|Sa|So)\.?){_GAP}{_NUMBER}\.\s?(?P<month>\d{{1,2}})\."
        rf"(?:\s?(?P<year>[12]\d{{3}})(?!\d))?{_RANGE}",
        rf"\b(?P<short>Mo|Di|Mi|Do|Fr|Sa|So)\.?,?\s{_NUMBER}\.\s{{0,2}}{_DE_MONTH}{_YEAR}",
        rf"\b{_NUMBER}\.\s{{0,2}}{_DE_MONTH}{_YEAR}\s?\((?:ein\s)?{_DE_DAY}\)",
        rf"\b{_EN_DAY},?\s{{1,2}}(?:the\s)?{_EN_MONTH}\s{{1,2}}{_NUMBER}(?:st|nd|rd|th)?{_RANGE}{_YEAR}",
        rf"\b{_EN_DAY},?\s{{1,2}}(?:the\s)?{_NUMBER}(?:st|nd|rd|th)?\s{{1,2}}(?:of\s)?{_EN_MONTH}{_YEAR}",
    )
]


@dataclass(frozen=True)
class NamedDay:
    """A weekday (0 is Monday) beside a date, as `said` in a text; `year` is None where none is said."""

    said: str
    weekday: int
    day: int
    month: int
    year: int | None

    def dates(self, near):
        """The dates this can mean (list of date): without a year the one nearest to `near` (date).

        Two where two years are nearly as near; none where there is no such day.
        """
        years = [self.year] if self.year else range(near.year - 4, near.year + 5)  # four years hold a leap day
        found = [each for each in (_day(year, self.month, self.day) for year in years) if each]
        if not found or self.year:
            return found
        distances = {each: abs(each - near) for each in found}
        return [each for each in found if distances[each] <= min(distances.values()) + timedelta(days=60)]


def _day(year, month, day):
    try:
        return date(year, month, day)
    except ValueError:
        return None


def named_days(text):
    """Every weekday beside a full day and month in `text` (iterator of NamedDay), German or English."""
    for form in _FORMS:
        for found in form.finditer(text):
            parts = found.groupdict()
            weekday = (parts.get("weekday") or parts.get("short")).lower().rstrip(".")
            month = parts["month"].lower()
            yield NamedDay(
                said=found[0],
                weekday=_DAY_NUMBERS[weekday],
                day=int(parts["day"]),
                month=int(month) if month.isdecimal() else _MONTH_NUMBERS[month],
                year=int(parts["year"]) if parts["year"] else None,
            )


_START = r"(?:(?<=^)|(?<=\n)|(?<=[.!?:]\s)|(?<=[.!?][“”\"«]\s)|(?<=[„“»\"]))"
_PASSING = {
    "de": re.compile(
        r"(?<![Bb]is )(?<![Vv]on )(?<![Ss]eit )(?<![Nn]och )(?<!als )(?<!wie )(?<!\w)"
        r"(?:vor|über)?(?:heute|gestern|morgen)(?![\w-])(?! noch\b)"
        rf"|{_START}(?:(?:Heute|Gestern|Vorgestern|Übermorgen)(?![\w-])|Morgen(?![\w-])(?! für Morgen))"
    ),
    "en": re.compile(
        r"(?<![Uu]ntil )(?<![Tt]ill )(?<!of )(?<!than )(?<!as )(?<![\w’'-])"
        r"(?:today|tonight|yesterday|tomorrow)(?![\w-])"
        rf"|{_START}(?:Today|Tonight|Yesterday|Tomorrow)(?![\w-])"
    ),
}


def passing_days(text, language):
    """Where `text` has words that mean another day tomorrow (iterator of re.Match), such as "heute" and "yesterday".

    Not: the morning ("der Morgen"), these times ("bis heute", "the city of today"), names ("USA Today").
    """
    return _PASSING.get(language, _PASSING["en"]).finditer(text)
