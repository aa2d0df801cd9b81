"""Which renditions readers get of a picture: a set with a name of its own for each way it is cropped and credited."""

import hashlib
import json

from ..models import RenditionSet
from .framing import crop_boxes


def rendition_set(picture, *, credit=None):
    """The RenditionSet of the picture as it is cropped and credited now; made where there is none.

    `credit` is what stands in this one place instead of the picture's own. Whoever asks at the same moment gets the
    same set.
    """
    by_hand = {crop.ratio: (crop.left, crop.top, crop.width) for crop in picture.crops.all()}
    focal = (picture.focal_x, picture.focal_y)
    shown = {
        "crops": crop_boxes(picture.width, picture.height, focal=focal, by_hand=by_hand),
        "credit": picture.credit if credit is None else credit,
        "copyright_notice": picture.copyright_notice,
    }
    # Neither qualities nor the table of widths: what is printed keeps its address when those change.
    digest = hashlib.sha256(json.dumps(shown, sort_keys=True).encode()).hexdigest()
    made, _is_new = RenditionSet.objects.get_or_create(picture=picture, digest=digest, defaults=shown)
    return made
