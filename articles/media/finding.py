"""How a picture is found again: by its words, by what is known of its rights, by whether anything uses it.

Nothing here counts or sorts the library: lists read it newest first and stop after a page, so each condition is one
that an index answers for a single picture, or one whose pictures are few and named by their keys.
"""

import re
from datetime import UTC, datetime, timedelta

from django.db.models import CharField, Exists, Func, OuterRef, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from ..models import EditionPicture, Picture, PictureWord, Section, SectionPicture, Story, StoryPicture
from ..models.prefix import begins_with
from ..text.slugs import slugify
from ..vocabulary import PRINTABLE_RIGHTS, Rights

LONGEST_WORD = 40  # characters, as the column holds
MOST_WORDS = 200  # of one picture
MOST_TYPED = 8  # words of a question; more would not narrow it down
FEW = 1_000  # pictures; so many are named by their keys, more are asked one by one, newest first
COUNTED = 20_000  # pictures; two words of so many are taken for equally common
SOON = timedelta(days=7)
NEVER = datetime(9999, 12, 31, tzinfo=UTC)
_FOUND_BY = ("title", "alt", "caption", "credit", "creator", "agency", "place")
_LONGEST_TEXT = 4_000  # characters, more than all of these together may have

RIGHTS_STATES = {
    "usable": _("Usable now"),
    "uncleared": _("Not cleared yet"),
    "none": _("No rights"),
    "later": _("Not allowed yet"),
    "soon": _("Rights end within 7 days"),
    "ended": _("Rights ended"),
}
# Literal, because no database can tell that a partial index fits a value it is only told when the query runs.
NOTHING = Func(template="''", output_field=CharField())


def words_in(text, *, most=MOST_WORDS):
    """The words of `text` as they are stored and compared (list): folded, each once, in their order."""
    words = (word[:LONGEST_WORD] for word in slugify(text, limit=_LONGEST_TEXT).split("-") if word)
    return list(dict.fromkeys(words))[:most]


def index(picture):
    """Write the words by which `picture` is found: call it in the transaction that saved its texts."""
    index_all([picture])


def index_all(pictures):
    """The same for many pictures (list), in three statements for each 500."""
    for start in range(0, len(pictures), 500):
        some = pictures[start : start + 500]
        wanted = {(each.pk, word) for each in some for word in words_of(each)}
        rows = PictureWord.objects.filter(picture__in=[each.pk for each in some])
        known = {(picture, word): pk for pk, picture, word in rows.values_list("pk", "picture", "word")}
        gone = [pk for pair, pk in known.items() if pair not in wanted]
        for first in range(0, len(gone), 5_000):
            PictureWord.objects.filter(pk__in=gone[first : first + 5_000]).delete()
        new = sorted(wanted - known.keys())
        PictureWord.objects.bulk_create(
            (PictureWord(picture_id=pk, word=word) for pk, word in new), batch_size=5_000, ignore_conflicts=True
        )


def words_of(picture):
    """The words by which `picture` is to be found (list)."""
    return words_in(" ".join(getattr(picture, name) for name in _FOUND_BY))


def matching(rows, text):
    """Those of `rows` (QuerySet of Picture) in which every word of `text` begins a word; all where nothing was typed.

    Asks the index first how many pictures each word has: a rare one is answered with its pictures' keys, whatever
    order the list has, and so are common ones that rarely stand together; else each picture is asked as the list comes
    to it.
    """
    typed = words_in(text[:_LONGEST_TEXT], most=MOST_TYPED)
    if not typed:
        return rows.none() if text.strip() else rows
    few, common = None, []
    for word in typed:
        beginning = PictureWord.objects.filter(begins_with("word", word))
        first = list(beginning.values_list("picture", flat=True)[: FEW + 1])
        if len(first) <= FEW:
            few = set(first) if few is None else few & set(first)
        else:
            common.append(beginning)
    if few is None and len(common) > 1 and (together := _together(common)) is not None:
        return rows.filter(pk__in=sorted(together))
    for beginning in common:
        rows = rows.filter(Exists(beginning.filter(picture=OuterRef("pk"))))
    return rows if few is None else rows.filter(pk__in=sorted(few))


def _together(common):
    """The pictures (set of keys) that have all of some common words (QuerySets of PictureWord); None for many."""
    rarest, *others = sorted(common, key=lambda beginning: beginning.order_by()[:COUNTED].count())
    for beginning in others:
        rarest = rarest.filter(Exists(beginning.filter(picture=OuterRef("picture"))))
    found = list(rarest.order_by().values_list("picture", flat=True)[: FEW + 1])
    return set(found) if len(found) <= FEW else None


def unused(rows):
    """Those of `rows` that no working copy, no edition of any time and no section's stand-in has."""
    here = OuterRef("pk")
    return rows.exclude(
        Exists(EditionPicture.objects.filter(picture=here))
        | Exists(StoryPicture.objects.filter(picture=here))
        | Exists(Story.objects.filter(lead_picture=here))
        | Exists(SectionPicture.objects.filter(picture=here))
    )


def missing(rows, what):
    """Those of `rows` that lack `what` ("alt" or "credit")."""
    # The first half is the condition of the partial index that holds only such pictures.
    return rows.filter(Q(credit=NOTHING) | Q(alt=NOTHING), **{what: NOTHING})


def rights_state(rows, state, at):
    """Those of `rows` whose rights stand so (a key of RIGHTS_STATES) at a moment (aware datetime)."""
    if state in ("uncleared", "none"):
        return rows.filter(rights=Rights.UNCLEARED if state == "uncleared" else Rights.NONE)
    # What is not granted is left out, not what is granted looked up: nearly all are, and in the list's order.
    granted = rows.exclude(rights__in=[each for each in Rights if each not in PRINTABLE_RIGHTS])
    if state == "usable":
        return granted.filter(Q(allowed_from=None) | Q(allowed_from__lte=at), _ends_after(at))
    if state == "later":
        return granted.filter(_ends_after(at), allowed_from__gt=at)
    ends = (
        {"allowed_until__lte": at} if state == "ended" else {"allowed_until__gt": at, "allowed_until__lte": at + SOON}
    )
    return few_or_walked(granted, "allowed_until", NEVER, **ends)


def _ends_after(at):
    return Q(allowed_until=None) | Q(allowed_until__gt=at)


def uploaded_by(rows, user):
    """Those of `rows` that a member of staff uploaded."""
    return few_or_walked(rows, "uploaded_by", 0, uploaded_by=user.pk)


def few_or_walked(rows, column, empty, **condition):
    """Those of `rows` for which a condition on one indexed `column` holds (`empty`: a value that never does).

    Without statistics SQLite takes the column's index also where half the library fits, and sorts it: so few are
    named by their keys, and many are looked for in the order of the list, where a page of them is found at once.
    """
    keys = list(Picture.objects.order_by().filter(**condition).values_list("pk", flat=True)[: FEW + 1])
    if len(keys) <= FEW:
        return rows.filter(pk__in=keys)
    walked = {name.replace(column, "walked"): value for name, value in condition.items()}
    return rows.alias(walked=Coalesce(column, Value(empty))).filter(**walked)


def rights_state_of(picture, at):
    """How the rights to a picture stand at a moment (a key of RIGHTS_STATES); "soon" also is usable."""
    if picture.rights in (Rights.UNCLEARED, Rights.NONE):
        return "uncleared" if picture.rights == Rights.UNCLEARED else "none"
    if picture.allowed_until and picture.allowed_until <= at:
        return "ended"
    if picture.allowed_from and picture.allowed_from > at:
        return "later"
    return "soon" if picture.allowed_until and picture.allowed_until <= at + SOON else "usable"


def naming(rows, column, text):
    """Those of `rows` whose `column` ("creator" or "agency") has `text` in it, whatever the case of its letters."""
    named = Picture.objects.order_by().filter(**{f"{column}__icontains": text})
    names = list(named.values_list(column, flat=True).distinct()[:2])
    if len(names) == 1:  # as mostly: an index has the pictures of one name in the list's order
        return rows.filter(**{column: names[0]})
    words = " ".join(words_in(text))
    # The words first: an index knows them. So a text is found from the beginning of a word on.
    return (matching(rows, words) if words else rows).filter(**{f"{column}__icontains": text})


def in_section(rows, section):
    """Those of `rows` that belong to `section` or to one below it."""
    below = list(Section.objects.under(section).values_list("pk", flat=True))
    # One alone is read off an index in the list's order; of several the database would have to sort.
    if len(below) == 1:
        return rows.filter(section=below[0])
    return rows.alias(walked_section=Coalesce("section", Value(0))).filter(walked_section__in=below)


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_CURSOR = re.compile(r"(-?\d{1,17})\.(\d{1,18})")


def newest_first(rows):
    """`rows` in the order of the library."""
    return rows.order_by("-uploaded_at", "-pk")


def cursor(picture):
    """The place of a picture in that order (text): its time to the microsecond and its key."""
    return f"{(picture.uploaded_at - _EPOCH) // timedelta(microseconds=1)}.{picture.pk}"


def read_cursor(text):
    """The time (UTC) and the key that a cursor names; None for anything that is none."""
    found = _CURSOR.fullmatch(text) if text.isascii() else None
    try:
        return found and (_EPOCH + timedelta(microseconds=int(found[1])), int(found[2]))
    except OverflowError:
        return None


def older_than(rows, uploaded_at, pk):
    """What follows the picture of that time and key in a list of `rows`, newest first."""
    # A plain range first: it lets both databases start reading the index at the right place.
    return newest_first(rows.filter(uploaded_at__lte=uploaded_at).exclude(uploaded_at=uploaded_at, pk__gte=pk))


def newer_than(rows, uploaded_at, pk):
    """What stands before that picture, from there back: the nearest first."""
    rows = rows.filter(uploaded_at__gte=uploaded_at).exclude(uploaded_at=uploaded_at, pk__lte=pk)
    return rows.order_by("uploaded_at", "pk")
