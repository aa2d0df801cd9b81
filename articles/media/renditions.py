"""The files of rendition sets: made when first asked for or ahead, once however many ask, by the darkroom."""

import contextlib
import logging
import os
import re
import secrets

from ..models import RenditionSet
from ..text.ids import ALPHABET
from ..vocabulary import Ratio
from . import files, ordering
from .encoding import ENCODINGS, job
from .framing import name_of, widths_of
from .looking import original
from .queueing import a_place_at_the_encoder, deadline, held, patiently
from .refusing import CannotStore, NotReady, UnusablePicture

_KEY = re.compile(rf"[{ALPHABET}]{{26}}")
_NAME = re.compile(rf"({'|'.join(Ratio.values)})-([1-9][0-9]{{0,4}})\.({'|'.join(ENCODINGS)})")
_AHEAD = 12  # renditions made in one go; others who encode get their turn in between

logger = logging.getLogger(__name__)


def rendition(key, name, *, develop=ordering.develop):
    """The Path of the rendition called `name` (such as `16x9-960.avif`) of the set `key`, made where it is missing.

    None where there is no such set or it has no such rendition. Raises NotReady where it cannot be had now: others
    are being made, the disk is full, the original cannot be read. Whether readers may have it is not asked here.
    """
    if not (_KEY.fullmatch(key) and _NAME.fullmatch(name)):
        return None
    path = files.renditions_of(key) / name
    if path.is_file():
        return path
    wanted = RenditionSet.objects.select_related("picture").filter(key=key).first()
    if wanted is None or _box_and_width(wanted, name) is None:
        return None
    until = deadline()
    with patiently(f"{key}-{name}", until=until, unless=path.is_file) as lock:
        if lock and not path.is_file():  # somebody may have made it between the last look and the lock
            _make(wanted, [name], develop=develop, until=until)
    return path if path.is_file() else None


def make_ahead(key, names, *, develop=ordering.develop):
    """Makes those renditions of the set `key` that are missing, decoding the original once for several; how many.

    Names it does not have are passed over, and so is what somebody else is making at the moment. Raises NotReady.
    """
    wanted = RenditionSet.objects.select_related("picture").filter(key=key).first()
    names = [name for name in names if wanted and _box_and_width(wanted, name)]
    made = 0
    for start in range(0, len(names), _AHEAD):
        with contextlib.ExitStack() as stack:
            mine = [name for name in names[start : start + _AHEAD] if stack.enter_context(held(f"{key}-{name}"))]
            missing = [name for name in mine if not (files.renditions_of(key) / name).is_file()]
            if missing:
                _make(wanted, missing, develop=develop, until=deadline())
                made += len(missing)
    return made


def names_of(wanted):
    """The names of all renditions a RenditionSet has (list)."""
    return [
        name_of(ratio, width, suffix)
        for ratio, box in wanted.crops.items()
        for width in widths_of(box[2])
        for suffix in ENCODINGS
    ]


def _box_and_width(wanted, name):
    """The box and the width of a rendition; None where the set has none of that name."""
    if not (found := _NAME.fullmatch(name)):
        return None
    ratio, width, _suffix = found.groups()
    box = wanted.crops.get(ratio)
    return (box, int(width)) if box and int(width) in widths_of(box[2]) else None


def _make(wanted, names, *, develop, until):
    """Has the renditions made under temporary names and puts them in place, all or none. Raises NotReady."""
    folder, turn = files.renditions_of(wanted.key), secrets.token_hex(4)
    temporary = {name: folder / f"{name}.{turn}{files.PART}" for name in names}
    try:
        if not (source := original(wanted.picture)):
            raise FileNotFoundError(f"the original of the picture {wanted.picture_id} is not there")
        files.make_folder(folder)
        with a_place_at_the_encoder(until=until):
            develop(source, [_order(wanted, name, to=path) for name, path in temporary.items()])
        for name, path in temporary.items():
            os.replace(path, folder / name)
    except (UnusablePicture, CannotStore, OSError) as error:
        logger.error("Renditions of the set %s could not be made: %s", wanted.key, error)
        raise NotReady from error
    finally:
        for path in temporary.values():
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)
    if not RenditionSet.objects.filter(pk=wanted.pk).exists():  # deleted in the meantime, see dropping.py
        files.clear(folder)


def _order(wanted, name, *, to):
    box, width = _box_and_width(wanted, name)
    suffix = name.rpartition(".")[2]
    said = {"credit": wanted.credit, "copyright_notice": wanted.copyright_notice}
    return job(box, width=width, suffix=suffix, to=to, **said)
