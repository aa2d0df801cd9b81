"""Which of its printed pictures an edition shows at the moment a page is about."""

from ..models import SectionPicture


def hang(rows, at):
    """The editions (list) of `rows` (editions or places in a list, read for a page) with the pictures readers see.

    Sets `shown_picture` (as printed; the section's stand-in, where the rights have ended; or None) and
    `shown_numbers`, the numbers of the pictures in the text that are shown. An edition that was not hung shows none.
    Asks the database only where a lead picture may not be shown (once).
    """
    editions = [_hung(row) for row in rows]
    _stand_in([edition for edition in editions if edition.picture and not edition.shown_picture], at)
    return editions


def hang_all(edition):
    """Give an edition all that it was printed with: a preview, for whoever may see it before or after its time."""
    edition.shown_numbers = {each["number"] for each in edition.pictures}
    edition.shown_picture = edition.picture
    return edition


def _hung(row):
    edition = getattr(row, "edition", row)
    edition.shown_numbers = {int(number) for number in row.live_pictures.split(",")} if row.live_pictures else set()
    edition.shown_picture = edition.picture if 0 in edition.shown_numbers else None
    return edition


def _stand_in(editions, at):
    """What the nearest section has for lead pictures that may not be shown any more."""
    if not editions:
        return
    paths = {path for edition in editions for path in edition.section.lineage}
    rows = SectionPicture.objects.live(at).filter(section__path__in=paths)
    by_path = dict(rows.order_by("pk").values_list("section__path", "shown"))
    for edition in editions:
        nearest = (by_path[path] for path in reversed(edition.section.lineage) if path in by_path)
        edition.shown_picture = next(nearest, None)
