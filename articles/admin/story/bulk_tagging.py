"""Topics for many stories at once: a page that counts what would happen, then the deed in batches.

Up to MOST stories, also "all 4,812 of the filtered list". What is done is done to the stories that the page before
counted, even if the list has changed since.
"""

from django import forms
from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ... import desk
from ...models import Story, StoryTopic, Topic
from ...models.topic import no_name
from ...rules.policy import scoped
from ...rules.refusal import Refused
from ...text.topics import is_name, name_key, split_names
from ..scoped import is_key
from ..topics.entry import NamesSeenField, warn_of_similar

MOST, SHOWN = 5_000, 50


class BulkTagForm(forms.Form):
    """Topics to add and to take away."""

    add = forms.CharField(
        label=gettext_lazy("Add topics"),
        required=False,
        max_length=400,
        help_text=gettext_lazy("Names separated by commas."),
    )
    remove = forms.CharField(label=gettext_lazy("Remove topics"), required=False, max_length=400)
    similar_seen = NamesSeenField()

    def __init__(self, *args, may_add=True, **kwargs):
        super().__init__(*args, **kwargs)
        self.may_add = may_add

    def clean(self):
        """Something to add or to remove, and nothing both; a new name that is nearly a topic's is asked about once."""
        said = super().clean()
        if not self.errors and not (said.get("add") or said.get("remove")):
            raise forms.ValidationError(_("Name at least one topic."))
        removed = {topic.pk for topic in said.get("remove") or ()}
        adds = said.get("add") or ()
        for _name, topic in adds:
            if topic and topic.pk in removed:
                self.add_error("remove", _("“%(name)s” cannot be added and removed at once.") % {"name": topic.name})
        if self.may_add:
            warn_of_similar(self, "add", [name for name, topic in adds if not topic])
        return said

    def clean_add(self):
        """Names with their topics (list of pairs; None: a new one); new ones only for those who may make topics."""
        names = split_names(self.cleaned_data["add"])
        for name in names:
            if not is_name(name):
                raise forms.ValidationError(no_name(name))
        return self._found(names, may_be_new=self.may_add)

    def clean_remove(self):
        """Topics by name; unknown ones are a mistake worth hearing of."""
        found = self._found(split_names(self.cleaned_data["remove"]))
        return list(dict.fromkeys(topic for _name, topic in found))

    def _found(self, names, *, may_be_new=False):
        found = [(name, Topic.objects.called(name)) for name in names]
        for name, topic in found:
            if not (topic or may_be_new):
                raise forms.ValidationError(_("There is no topic “%(name)s”.") % {"name": name})
        return found


def bulk_tag(admin, request, queryset):
    """Ask for topics, count what would happen, and with `confirmed` in the form do it."""
    ids = _chosen(request, queryset)
    if len(ids) > MOST:
        text = _("Choose at most %(most)d stories at a time: filter the list further.") % {"most": MOST}
        admin.message_user(request, text, messages.ERROR)
        return None
    allowed = _allowed(request.user, ids)
    bound = "confirmed" in request.POST or "preview" in request.POST
    form = BulkTagForm(request.POST if bound else None, may_add=request.user.has_perm("articles.add_topic"))
    if bound and form.is_valid() and "confirmed" in request.POST:
        _do(admin, request, allowed, form.cleaned_data)
        _say_refused(admin, request, len(ids) - len(allowed))
        return None
    context = admin.admin_site.each_context(request) | {
        "title": bulk_tag.short_description,
        "form": form,
        "ids": ",".join(map(str, ids)),
        "across": request.POST.get("select_across", "0"),
        "first": ids[0] if ids else "",
        "chosen": len(ids),
        "possible": len(allowed),
        "refused": len(ids) - len(allowed),
        "shown": _shown(ids, allowed),
        "counts": _counts(allowed, form.cleaned_data) if bound and form.is_valid() else None,
        "opts": admin.opts,
        "checkbox_name": ACTION_CHECKBOX_NAME,
        "media": admin.media + form.media,
    }
    return TemplateResponse(request, "admin/articles/story/bulk_tag.html", context)


bulk_tag.short_description = gettext_lazy("Change topics of the selected stories")
bulk_tag.allowed_permissions = ["bulk_tag"]


def _chosen(request, queryset):
    """The stories (sorted ids, at most one more than MOST) meant: as the page before counted them, else as listed."""
    counted = request.POST.get("chosen", "")
    if counted:
        keys = [int(key) for key in counted.split(",")[: MOST + 1] if is_key(key)]
        found = set()
        for start in range(0, len(keys), 1_000):
            some = Story.objects.filter(pk__in=keys[start : start + 1_000])
            found.update(scoped(request.user, "read", some).values_list("pk", flat=True))
        return sorted(found)
    return sorted(queryset.order_by().values_list("pk", flat=True)[: MOST + 1])


def _allowed(user, ids):
    """Those of the stories (ids) whose topics `user` may change (sorted ids)."""
    found = set()
    for start in range(0, len(ids), 1_000):
        some = Story.objects.filter(pk__in=ids[start : start + 1_000])
        for verb in ("tag", "write"):
            found.update(scoped(user, verb, some).values_list("pk", flat=True))
    return sorted(found)


def _shown(ids, allowed):
    """The first stories with whether they will be changed (list of pairs)."""
    possible = set(allowed)
    first = Story.objects.filter(pk__in=ids[:SHOWN]).only("headline", "stage").order_by("pk")
    return [(story, story.pk in possible) for story in first]


def _counts(ids, said):
    """For each topic: its name, whether it is added, how many stories will change and how many will not (list)."""
    rows = []
    for name, topic in said["add"]:
        have = _having(topic, ids)
        rows.append({"name": topic.name if topic else name, "add": True, "new": not topic, "change": len(ids) - have})
        rows[-1]["stay"] = have
    for topic in said["remove"]:
        have = _having(topic, ids)
        rows.append({"name": topic.name, "add": False, "new": False, "change": have, "stay": len(ids) - have})
    return rows


def _having(topic, ids):
    if not topic:
        return 0
    rows = StoryTopic.objects.filter(tag=topic)
    batches = (ids[start : start + 1_000] for start in range(0, len(ids), 1_000))
    return sum(rows.filter(content_object__in=some).count() for some in batches)


def _do(admin, request, ids, said):
    add = {name_key(name): topic or name for name, topic in said["add"]}
    try:
        changed = desk.tag_many(ids, by=request.user, add=list(add.values()), remove=said["remove"])
    except Refused as refused:
        text = _("Not all was done: %(why)s Choose the same stories again to go on.") % {"why": refused}
        admin.message_user(request, text, messages.WARNING)
        return
    text = ngettext("Topics of %(count)d story changed.", "Topics of %(count)d stories changed.", changed)
    admin.message_user(request, text % {"count": changed}, messages.SUCCESS)
    if same := len(ids) - changed:
        text = ngettext("%(count)d story needed no change.", "%(count)d stories needed no change.", same)
        admin.message_user(request, text % {"count": same}, messages.INFO)


def _say_refused(admin, request, refused):
    if refused:
        text = ngettext(
            "%(count)d story was left alone: you may not change its topics.",
            "%(count)d stories were left alone: you may not change their topics.",
            refused,
        )
        admin.message_user(request, text % {"count": refused}, messages.WARNING)
