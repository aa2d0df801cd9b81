"""The desk's screens, on Django's own admin.

`scoped.py` is what every screen inherits: nobody sees, chooses or changes what
`rules.policy` does not give them. `story/` is the list, the form and its acts;
`live/`, `notes/`, `planning/`, `preflight/`, `sharing/`, `topics/` and `workflow/` each add
pages and a panel to it (`story/features.py`); `dashboard/` is the first page, `pictures/` the picture desk,
`fronts/` what stands where on the front page, `addresses/` old addresses,
`nouns.py` and `people.py` are everything else.
"""

from . import nouns, people
from .addresses import RedirectAdmin
from .fronts.screens import FrontAdmin
from .pictures.admin import PictureAdmin
from .preflight import levels
from .story.admin import StoryAdmin
from .topics.admin import TopicAdmin
from .workflow import effects, preferences

__all__ = [
    "FrontAdmin",
    "PictureAdmin",
    "RedirectAdmin",
    "StoryAdmin",
    "TopicAdmin",
    "effects",
    "levels",
    "nouns",
    "people",
    "preferences",
]
