"""Every page of every story in every state, asked by those who write."""

import pytest
from cells import Cells, stories_asked

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", ["contributor", "editor", "chief"])
def test_every_page_of_every_story_lets_in_whom_the_table_names(made, not_drawn, record_property, role):
    cells = Cells(made, role)
    stories_asked(cells, made)
    cells.done(record_property, "stories")
