"""The desk's screens, on Django's own admin.

`scoped.py` is what every screen inherits: nobody sees, chooses or changes what
`rules.policy` does not give them. `story*.py` is the story's list and form,
`acts.py` the buttons (moves and verbs of the press), `bulk.py` the same for
many stories at once; `topic*.py` and `topics.py` are for topics, `nouns.py` and `people.py` are everything else.
"""

from . import effects, nouns, people, preferences, preflight_levels, story, topics

__all__ = ["effects", "nouns", "people", "preferences", "preflight_levels", "story", "topics"]
