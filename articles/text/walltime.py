"""What a date and time on the newsroom's wall clock mean.

Twice a year a wall time does not exist, or exists twice. Neither is guessed:
both readings are offered and the editor picks one, by typing it as offered.
"""

import re
from datetime import UTC, datetime, timedelta

FORMATS = ("%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%d/%m/%Y %H:%M")
_OFFSET = re.compile(r"\s*([+-])(\d{2}):?(\d{2})$|Z$")


class WallTimeError(ValueError):
    """Not one moment. `choices` holds the moments it could mean (aware datetimes), earliest first."""

    def __init__(self, reason, choices=()):
        super().__init__(reason)
        self.reason, self.choices = reason, list(choices)


def moments(naive, zone):
    """All moments (UTC datetimes, earliest first) at which clocks in `zone` show `naive`: none, one or two."""
    found = {naive.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)}
    return sorted(moment for moment in found if moment.astimezone(zone).replace(tzinfo=None) == naive)


def resolve(naive, zone):
    """The one moment (UTC) of a wall time in `zone`. Raises WallTimeError where there is none, or two."""
    found = moments(naive, zone)
    if len(found) == 1:
        return found[0]
    if found:
        raise WallTimeError("twice", found)
    skipped = naive.replace(tzinfo=zone, fold=1).utcoffset() - naive.replace(tzinfo=zone, fold=0).utcoffset()
    before, after = naive - abs(skipped), naive + abs(skipped)
    raise WallTimeError("never", [moments(before, zone)[0], moments(after, zone)[0]])


def parse(typed, zone):
    """The moment (UTC) that `typed` means in `zone`, e.g. `31.10.2027 02:30` or, with its offset, `… 02:30 +01:00`.

    Raises WallTimeError with reason `format`, `never` or `twice`.
    """
    text = " ".join(typed.replace("T", " ").split())
    offset = _OFFSET.search(text)
    naive = _naive(text[: offset.start()].strip() if offset else text)
    if not offset:
        return resolve(naive, zone)
    sign, hours, minutes = offset.groups()
    if not sign:
        return naive.replace(tzinfo=UTC)
    distance = timedelta(hours=int(hours), minutes=int(minutes))
    try:
        return (naive - distance if sign == "+" else naive + distance).replace(tzinfo=UTC)
    except OverflowError as error:
        raise WallTimeError("format") from error


def _naive(text):
    for pattern in FORMATS:
        try:
            naive = datetime.strptime(text, pattern)
        except ValueError:
            continue
        if 1900 <= naive.year <= 2200:
            return naive
    raise WallTimeError("format")


def write(moment, zone):
    """`moment` as it is typed and shown at the desk, e.g. `31.10.2027 02:30 +01:00`; `parse` reads it back."""
    local = moment.astimezone(zone)
    seconds = f":{local.second:02d}" if local.second else ""
    offset = local.strftime("%z")
    return f"{local:%d.%m.%Y %H:%M}{seconds} {offset[:3]}:{offset[3:5]}"
