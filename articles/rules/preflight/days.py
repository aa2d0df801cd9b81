"""Days: whether a weekday fits its date, and words such as "today" in what goes out on another day."""

from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ...text.daynames import named_days, passing_days
from ...text.quotations import unquoted
from .finding import Finding, around


def weekdays(copy):
    """A weekday beside a date that is another day of the week, or no day at all."""
    near = copy.day_of(copy.starts or copy.written or timezone.now())
    for field, text in copy.lines:
        for named in named_days(text):
            dates = named.dates(near)
            if any(day.weekday() == named.weekday for day in dates):
                continue
            yield Finding(_wrong_day(named, dates), field, named.said)


def _wrong_day(named, dates):
    if not dates:
        return _("“%(said)s”: there is no such day.") % {"said": named.said}
    return _("“%(said)s” is wrong: %(date)s is a %(weekday)s.") % {
        "said": named.said,
        "date": date_format(dates[0], "DATE_FORMAT"),
        "weekday": WEEKDAYS[dates[0].weekday()],
    }


def passing_words(copy):
    """Words such as "today" and "heute" in a story that goes out on another day than it was written."""
    if not copy.starts:
        return
    goes_out, written = copy.day_of(copy.starts), copy.day_of(copy.written or timezone.now())
    if goes_out == written:
        return
    for field, text in copy.lines:
        for found in passing_days(unquoted(text), copy.language):
            sentence = _("“%(word)s” may be wrong on %(date)s, when this goes out: name the day.") % {
                "word": found[0],
                "date": date_format(goes_out, "DATE_FORMAT"),
            }
            yield Finding(sentence, field, around(text, *found.span()))
