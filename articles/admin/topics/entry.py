"""A new topic is not made without a word where there is one of nearly the same name."""

from django import forms
from django.utils.translation import gettext as _

from ...models import Topic
from ...text.topics import name_key


class NamesSeenField(forms.CharField):
    """Which new names somebody was warned about already: the next time they are sent they are meant."""

    def __init__(self):
        super().__init__(required=False, max_length=4_000, widget=forms.HiddenInput)

    def clean(self, value):
        """The names' keys (set); nonsense is nothing."""
        return set(filter(None, str(value or "")[: self.max_length].split(",")))


def warn_of_similar(form, field, names, *, seen="similar_seen"):
    """Adds an error to `field` for each of the new `names` that is nearly another topic's, the first time it is sent.

    `seen` is the form's NamesSeenField; when the form is shown again it carries the names that were warned about.
    """
    known = form.cleaned_data.get(seen) or set()
    asked = set()
    for name in names:
        if name_key(name) in known or Topic.objects.called(name):
            continue
        if alike := Topic.objects.nearly_called(name):
            asked.add(name_key(name))
            form.add_error(field, similar(name, alike))
    if asked:
        form.data = form.data.copy()
        form.data[form.add_prefix(seen)] = ",".join(sorted(known | asked))


def similar(name, topics):
    """The sentence for a name that nearly is a topic's (text)."""
    others = ", ".join(f"“{topic.name}”" for topic in topics)
    said = {"name": name, "others": others}
    if len(topics) == 1:
        return _("There is a topic %(others)s already. Use it, or send again to make “%(name)s” as well.") % said
    return _("There are topics %(others)s already. Use one of them, or send again to make “%(name)s” as well.") % said
