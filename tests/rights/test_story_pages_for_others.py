"""Every page of every story in every state, asked by those who do not write."""

import pytest
from cells import Cells, stories_asked
from table import (
    ROLES,
)

pytestmark = pytest.mark.django_db


OTHERS = [role for role in ROLES if role not in ("contributor", "editor", "chief")]


@pytest.mark.parametrize("role", OTHERS)
def test_every_page_of_every_story_lets_in_no_other_than_the_table_names(made, not_drawn, record_property, role):
    cells = Cells(made, role)
    stories_asked(cells, made)
    cells.done(record_property, "stories")
