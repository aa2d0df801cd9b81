"""The likeness of a picture: the same after what happens to pictures on their way, another for another picture."""

import io
from itertools import combinations

import pytest
from negatives import file_of, scene
from PIL import Image, ImageEnhance

from articles.media import ordering
from articles.media.likening import NEAR

SEEDS = range(1, 6)


def likeness_of(image, tmp_path):
    path = tmp_path / "picture"
    path.write_bytes(file_of(image, "PNG"))
    return ordering.examine(path, looks=[])["likeness"]


def apart(one, other):
    return sum((a ^ b).bit_count() for a, b in zip(one, other, strict=True))


def trimmed(image):
    width, height = image.size
    return image.crop((round(width * 0.01), round(height * 0.01), round(width * 0.99), round(height * 0.99)))


CHANGED = {
    "re-encoded": lambda image: Image.open(io.BytesIO(file_of(image, "JPEG", quality=40))),
    "as a gif": lambda image: Image.open(io.BytesIO(file_of(image, "GIF"))).convert("RGB"),
    "a quarter as large": lambda image: image.resize((image.width // 4, image.height // 4)),
    "brighter": lambda image: ImageEnhance.Brightness(image).enhance(1.1),
    "darker": lambda image: ImageEnhance.Brightness(image).enhance(0.9),
    "harder": lambda image: ImageEnhance.Contrast(image).enhance(1.1),
    "trimmed by 2 %": trimmed,
}


@pytest.mark.parametrize("change", CHANGED)
def test_a_picture_is_like_itself_after_it_was(change, tmp_path):
    found = [
        apart(likeness_of(scene(seed), tmp_path), likeness_of(CHANGED[change](scene(seed)), tmp_path))
        for seed in (1, 2)
    ]
    assert [each for each in found if each > NEAR] == []


def test_different_pictures_are_far_apart(tmp_path):
    found = [likeness_of(scene(seed), tmp_path) for seed in SEEDS]
    assert min(apart(one, other) for one, other in combinations(found, 2)) > 2 * NEAR


def test_a_picture_without_drawing_has_none(tmp_path):
    assert likeness_of(Image.new("RGB", (90, 60), "red"), tmp_path) == [0, 0, 0, 0]
    assert likeness_of(Image.new("L", (1, 1)), tmp_path) == [0, 0, 0, 0]
