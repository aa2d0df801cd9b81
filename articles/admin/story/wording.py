"""Values of a snapshot as people at the desk read them."""

from django.utils.translation import gettext as _

from ...desk.revising import values_of
from ...models import Story
from ...rules.readiness import desk_time, name_of

HIDDEN = {"translation_key"}  # a random key; that two stories are translations is shown by the form


def value_in_words(name, value):
    """One field's value in a snapshot as text: the section's name, the newsroom's time, the label of a choice."""
    if value is None or value == "":
        return ""
    shown = values_of({name: value})[name]
    if name == "assignee":
        return name_of(shown)
    if hasattr(shown, "tzinfo"):
        return desk_time(shown)
    if isinstance(shown, bool):
        return _("yes") if shown else _("no")
    choices = dict(Story._meta.get_field(name).flatchoices)
    return str(choices.get(shown, shown))
