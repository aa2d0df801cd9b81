"""Crops around the focal point, and which renditions there are."""

import pytest

from articles.media.framing import crop_boxes, names_ahead, size_of, widths_of


@pytest.mark.parametrize(
    ("size", "focal", "wide", "square"),
    [
        ((1600, 900), (500, 500), [0, 0, 1600, 900], [350, 0, 900, 900]),
        ((1600, 900), (0, 0), [0, 0, 1600, 900], [0, 0, 900, 900]),
        ((1600, 900), (1000, 1000), [0, 0, 1600, 900], [700, 0, 900, 900]),
        ((1600, 900), (400, 500), [0, 0, 1600, 900], [190, 0, 900, 900]),
        ((900, 1600), (500, 250), [0, 147, 900, 506], [0, 0, 900, 900]),
        ((900, 1600), (500, 900), [0, 1094, 900, 506], [0, 700, 900, 900]),
        ((1, 5000), (500, 500), [0, 2500, 1, 1], [0, 2500, 1, 1]),
    ],
)
def test_a_crop_is_the_largest_of_its_shape_as_near_to_the_focal_point_as_can_be(size, focal, wide, square):
    boxes = crop_boxes(*size, focal=focal)
    assert (boxes["16x9"], boxes["1x1"], boxes["original"]) == (wide, square, [0, 0, *size])


def test_a_crop_by_hand_is_what_was_chosen_and_stays_inside():
    boxes = crop_boxes(1000, 500, by_hand={"1x1": (100, 200, 300), "16x9": (900, 900, 1000), "3x2": (0, 0, 1000)})
    assert (boxes["1x1"], boxes["16x9"], boxes["3x2"]) == ([100, 100, 300, 300], [111, 0, 889, 500], [0, 0, 750, 500])


@pytest.mark.parametrize(
    ("width", "widths"),
    [(10, [10]), (320, [320]), (700, [320, 640, 700]), (5000, [320, 640, 960, 1200, 1600, 2000])],
)
def test_nothing_is_enlarged(width, widths):
    assert widths_of(width) == widths


def test_a_rendition_has_at_least_one_row_of_pixels():
    assert (size_of([0, 0, 5000, 1], 320), size_of([0, 0, 1600, 900], 320)) == ((320, 1), (320, 180))


@pytest.mark.parametrize(("size", "ratio"), [((1600, 900), "original"), ((900, 1600), "4x3"), ((1100, 1000), "4x3")])
def test_what_a_storys_page_shows_as_its_lead_is_made_ahead(size, ratio):
    names = names_ahead(crop_boxes(*size), "lead")
    made = {name.rpartition("-")[0] for name in names}
    assert made == {"16x9", "3x2", ratio}
    shared = [name for name in names if name.endswith(".jpg")]
    assert [name.rpartition("-")[0] for name in shared] == ["16x9"]


def test_of_a_picture_in_the_text_only_what_is_shown_there_is_made_ahead():
    boxes = crop_boxes(1600, 900)
    made = [{name.rpartition("-")[0] for name in names_ahead(boxes, place)} for place in ("body", "gallery")]
    assert made == [{"original"}, {"3x2"}]
