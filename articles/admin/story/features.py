"""What the parts of the story's form have in common: each adds pages of its own and panels to the form.

A part is a module with `urls(admin)`, a list of `path()`s below `/admin/articles/story/`, and
`panels(request, story, line)`, what it shows on the form of `story` (None: a new one) whose readers' state
is `line` (press Timeline, None for a new one).
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Panel:
    """A piece of the form: `template` is included with `panel` set to `context`.

    `place` is "top", "side", "end", or "beside": outside the form, so that what is typed there is not sent with it.
    """

    template: str
    context: dict = field(default_factory=dict)
    place: str = "side"
