"""Dates as newspapers print them, without a locale on the machine; in other languages as Django has them."""

from django.utils import translation
from django.utils.formats import date_format

MONTHS = {
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "en": "January February March April May June July August September October November December",
}
WEEKDAYS = {
    "de": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
}


def news_time(local, language):
    """The hour of a local datetime: `21:04 Uhr`, `9:04 pm`."""
    if language not in MONTHS:
        return _in(language, local, "TIME_FORMAT")
    if language == "de":
        return f"{local:%H:%M} Uhr"
    return f"{local.hour % 12 or 12}:{local:%M} {'am' if local.hour < 12 else 'pm'}"


def news_datetime(local, language):
    """A local datetime in a story's head: `22.10.2024, 21:04 Uhr`, `22 October 2024, 9:04 pm`."""
    if language not in MONTHS:
        return _in(language, local, "DATETIME_FORMAT")
    if language == "de":
        return f"{local:%d.%m.%Y}, {news_time(local, language)}"
    return f"{local.day} {_month(local, 'en')} {local.year}, {news_time(local, language)}"


def news_date(day, language):
    """A date in full: `Dienstag, 22. Oktober 2024`, `Tuesday, 22 October 2024`."""
    if language not in MONTHS:
        return f"{_in(language, day, 'l')}, {_in(language, day, 'DATE_FORMAT')}"
    dot = "." if language == "de" else ""
    weekday = WEEKDAYS[language].split()[day.weekday()]
    return f"{weekday}, {day.day}{dot} {_month(day, language)} {day.year}"


def _month(day, language):
    return MONTHS[language].split()[day.month - 1]


def _in(language, value, form):
    with translation.override(language or "en"):
        return date_format(value, form)
