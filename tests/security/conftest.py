"""The story that everything bad is sent to."""

import pytest
from cast import make_story


@pytest.fixture
def story():
    return make_story("Der alte Kai", body="<p>Alter Text.</p>", slugline="alt")
