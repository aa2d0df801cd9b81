"""Pictures of the archive: rows of the library without their files, with the words by which they are found."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate, product
from operator import attrgetter

from django.db import transaction
from django.utils import timezone

from ...media.finding import words_of
from ...models import Picture, PictureWord
from ...press.archive import new_keys, write_rows
from ...text.html import shorten
from ...text.ids import ALPHABET
from ...text.slugs import slugify
from ...vocabulary import Rights
from . import text
from .building import BATCH, DENSER
from .words import FIRST_NAMES, LAST_NAMES, PLACES, TOPIC_HEADS, TOPIC_STEMS

AGENCIES = tuple(f"{place} {kind}" for kind, place in product(("Bild", "Press", "Foto", "Images", "Report"), PLACES))
CREATORS = tuple(f"{first} {last}" for first, last in product(FIRST_NAMES, LAST_NAMES))
OCCASIONS = tuple(stem + head for head, stem in product(TOPIC_HEADS, TOPIC_STEMS))  # a few often, most rarely
OFTEN = tuple(accumulate(1 / rank for rank in range(1, len(OCCASIONS) + 1)))
MOTIFS = {
    "de": (
        "Blick auf",
        "Menschen bei",
        "Porträt nach",
        "Pressegespräch zu",
        "Luftbild:",
        "Archivbild zu",
        "Detail von",
    ),
    "en": ("View of", "People at", "Portrait after", "Press talk on", "Aerial view:", "File picture of", "Detail of"),
}
SIZES = ((6000, 4000), (4000, 3000), (5472, 3648), (3000, 4500), (8256, 5504), (1920, 1080), (1200, 1500), (900, 600))
TERMS = ("", "", "Nur redaktionell.", "Editorial use only.", "Nicht für Titelseiten.", "Honorar beim ersten Druck.")
GROUNDS = {  # share of all pictures; the shortest and the longest time the rights last (days; none: without end)
    Rights.AGENCY: (42, (365, 2_500)),
    Rights.OWN: (31, None),
    Rights.SINGLE: (8, (14, 400)),
    Rights.HANDOUT: (6, (90, 1_000)),
    Rights.OPEN: (5, None),
    Rights.UNCLEARED: (4, None),
    Rights.PUBLIC_DOMAIN: (2, None),
    Rights.NONE: (2, None),
}
CHANGING = 0.04  # share of pictures whose rights begin or end within two months from now, either way
NO_ALT, NO_CREDIT, NO_SECTION, SYMBOLIC = 0.12, 0.06, 0.15, 0.03
NAMES = [field.attname for field in Picture._meta.concrete_fields]


@dataclass(frozen=True)
class Lot:
    """How many pictures of which seed (text), uploaded over how many years up to `now` (UTC)."""

    pictures: int
    seed: str
    years: float
    now: datetime

    def uploaded_at(self, rng, number):
        """When picture `number` was uploaded (UTC): the numbers go up in time, with more of them lately."""
        left = 1 - (number + rng.random()) / self.pictures
        return self.now - timedelta(days=365.25 * self.years) * left**DENSER - timedelta(seconds=1)


def build_pictures(sections, *, pictures, seed, years):
    """Add what is missing of `pictures` (number) synthetic pictures of `seed` (text); yields (done, added) by batch.

    They belong to `sections` (list of Section). Nothing uses them, and no file is written: the desk sees an empty
    frame. What they say follows from the seed and their number, their times also from the clock. Each batch is one
    transaction, so an interrupted run is taken up again.
    """
    lot = Lot(pictures, seed, years, timezone.now())
    for start in range(0, pictures, BATCH):
        numbers = range(start, min(start + BATCH, pictures))
        with transaction.atomic():
            added = _add_batch(sections, lot, numbers)
        yield numbers.stop, added


def _add_batch(sections, lot, numbers):
    # Keys and digests have a generator of their own, so that another section or phrase does not shift them.
    rng = random.Random(f"{lot.seed}/pictures/{numbers.start}/keys")
    files = [("".join(rng.choices(ALPHABET, k=26)), f"{rng.getrandbits(256):064x}") for _number in numbers]
    known = set(Picture.objects.filter(key__in=[key for key, _digest in files]).values_list("key", flat=True))
    rng = random.Random(f"{lot.seed}/pictures/{numbers.start}")
    made = [_picture(rng, sections, lot, number, file) for number, file in zip(numbers, files, strict=True)]
    missing = [picture for picture in made if picture.key not in known]
    for picture, pk in zip(missing, new_keys(Picture, len(missing)), strict=True):
        picture.pk = pk
    write_rows(Picture, NAMES, map(attrgetter(*NAMES), missing))
    words = ((picture.pk, word) for picture in missing for word in sorted(words_of(picture)))
    write_rows(PictureWord, ("picture_id", "word"), words)
    return len(missing)


def _picture(rng, sections, lot, number, file):
    section, uploaded_at = rng.choice(sections), lot.uploaded_at(rng, number)
    key, digest = file
    facts = _facts(rng) | _texts(rng, section.language) | _rights(rng, uploaded_at, lot.now)
    return Picture(
        key=key,
        digest=digest,
        uploaded_at=uploaded_at,
        taken_at=uploaded_at - timedelta(hours=72 * rng.random()) if rng.random() < 0.8 else None,
        section=None if rng.random() < NO_SECTION else section,
        **facts,
    )


def _facts(rng):
    """What the file would have told."""
    width, height = rng.choice(SIZES)
    bands = {f"likeness_{place}": rng.getrandbits(16) for place in (1, 2, 3, 4)}
    focal = (rng.randint(150, 850), rng.randint(150, 850)) if rng.random() < 0.3 else (500, 500)
    return bands | {
        "suffix": rng.choice(("jpg", "jpg", "jpg", "jpg", "jpg", "png", "webp", "heic")),
        "size": int(width * height * (0.1 + 0.3 * rng.random())),
        "width": width,
        "height": height,
        "colour": f"#{rng.getrandbits(24):06x}",
        "focal_x": focal[0],
        "focal_y": focal[1],
    }


def _texts(rng, language):
    creator, agency = rng.choice(CREATORS), rng.choice(AGENCIES) if rng.random() < 0.7 else ""
    place, occasion = text.place(rng, language), rng.choices(OCCASIONS, cum_weights=OFTEN)[0]
    return {
        "title": shorten(f"{occasion}: {text.headline(rng, language)}", limit=120),
        "alt": "" if rng.random() < NO_ALT else f"{rng.choice(MOTIFS[language])} {occasion}, {place}",
        "caption": text.dek(rng, language),
        "credit": "" if rng.random() < NO_CREDIT else "/".join(filter(None, (creator, agency))),
        "creator": creator,
        "agency": agency,
        "copyright_notice": f"© {agency or creator}",
        "source_url": f"https://pictures.example/{slugify(agency)}/{rng.getrandbits(32)}" if agency else "",
        "place": place,
        "symbol_photo": rng.random() < SYMBOLIC,
    }


def _rights(rng, uploaded_at, now):
    """On what ground and until when it may be printed."""
    ground = rng.choices(list(GROUNDS), weights=[share for share, _days in GROUNDS.values()])[0]
    _share, days = GROUNDS[ground]
    begins, ends = None, None
    if days and rng.random() < 0.6:
        begins, ends = uploaded_at, uploaded_at + timedelta(days=rng.uniform(*days))
    if rng.random() < CHANGING:
        soon = now + timedelta(days=rng.uniform(-60, 60))
        begins, ends = (soon, soon + timedelta(days=365)) if rng.random() < 0.3 else (None, soon)
    terms = rng.choice(TERMS) if days else ""
    return {"rights": ground, "usage_terms": terms, "allowed_from": begins, "allowed_until": ends}
