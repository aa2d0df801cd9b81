"""What a verb says when it refuses."""

import pytest

from articles.rules.refusal import Refused


def refusal(verb, *args, **kwargs):
    """The reasons why the verb says no (list of text); a test in which it does not say no fails."""
    with pytest.raises(Refused) as refused:
        verb(*args, **kwargs)
    return refused.value.reasons
