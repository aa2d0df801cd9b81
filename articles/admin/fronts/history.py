"""Who placed what when, what was launched when, and how two states of a front differ."""

from django.core.exceptions import SuspiciousOperation
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from ...models import FrontRevision, Story, layout
from ...rules.fronts import may_edit_front
from ...rules.policy import scoped
from ...vocabulary import ContainerKind
from ..scoped import is_key

SHOWN = 100


def history_page(admin, request, front):
    """The saves and launches of a front, newest first; with `a` and `b` (revision numbers) also what differs."""
    revisions = list(FrontRevision.objects.filter(front=front).select_related("by")[:SHOWN]) if front.pk else []
    launches = list(front.editions.select_related("launched_by", "cancelled_by")[:SHOWN]) if front.pk else []
    headlines = _headlines(revisions, request.user)
    for each in revisions:
        each.said = [sentence(change, headlines) for change in each.changes]
    context = admin.admin_site.each_context(request) | {
        "title": _("History: %(front)s") % {"front": front},
        "front": front,
        "opts": admin.opts,
        "revisions": revisions,
        "launches": launches,
        "compared": _compared(request, front, headlines),
        "may_edit": may_edit_front(request.user, front),
        "media": admin.media,
    }
    return TemplateResponse(request, "admin/articles/front/history.html", context)


def _headlines(revisions, user):
    ids = {change["story"] for each in revisions for change in each.changes if change.get("story")}
    for each in revisions:
        ids |= {slot["story"] for box in each.containers for slot in box["slots"] if slot.get("story")}
    return dict(scoped(user, "read", Story.objects.filter(public_id__in=ids)).values_list("public_id", "headline"))


def sentence(change, headlines):
    """What a change (JSON object written by desk/fronts.py) did (text)."""
    box = change.get("title") or str(ContainerKind(change["kind"]).label) if "kind" in change else ""
    said = {"box": box, "place": change.get("place"), "number": change.get("number"), "to": change.get("to")}
    said["story"] = headlines.get(change.get("story"), _("a story"))
    return _SAID()[change["did"]] % said


def _SAID():
    return {
        "begun": _("The working copy was begun."),
        "placed": _("“%(story)s” put into %(box)s, place %(place)s"),
        "cleared": _("“%(story)s” taken out of %(box)s, place %(place)s"),
        "told": _("“%(story)s” in %(box)s, place %(place)s: headline, crop, size or times changed"),
        "added": _("Container %(box)s added"),
        "arranged": _("Container %(box)s: title, rule or places changed"),
        "removed": _("Container %(box)s removed"),
        "shifted": _("Container %(box)s moved to position %(to)s"),
        "brought_back": _("Revision %(number)s brought back"),
    }


def _compared(request, front, headlines):
    """What differs between the revisions `a` and `b` of the address (list of text); None where none are asked for."""
    asked = [request.GET.get(name, "") for name in ("a", "b")]
    if not any(asked):
        return None
    if not all(is_key(each) and len(each) < 10 for each in asked):
        raise SuspiciousOperation("A revision that is none.")
    kept = FrontRevision.objects.filter(front=front, number__in=asked) if front.pk else ()
    found = {each.number: each for each in kept}
    if len(found) < len(set(asked)):
        return {"a": asked[0], "b": asked[1], "lines": [_("One of these revisions is not kept any more.")]}
    before, after = (layout.read(found[int(each)].containers) for each in asked)
    return {"a": asked[0], "b": asked[1], "lines": differences(before, after, headlines)}


def differences(before, after, headlines):
    """How two layouts (tuples of Container) differ, in sentences (list of text)."""
    old, new = ({each.key: each for each in side} for side in (before, after))
    lines = [_("%(box)s is gone") % {"box": _name(each)} for key, each in old.items() if key not in new]
    lines += [_("%(box)s is new") % {"box": _name(each)} for key, each in new.items() if key not in old]
    for key in (key for key in new if key in old):
        lines += _in_places(old[key], new[key], headlines)
    both = [[key for key in side if key in old and key in new] for side in (old, new)]
    return lines + ([_("The order of the containers differs")] if both[0] != both[1] else [])


def _in_places(old, new, headlines):
    said = {"box": _name(new)}
    rules = [(each.title, each.section, each.topic, each.kinds, len(each.slots)) for each in (old, new)]
    if rules[0] != rules[1]:
        yield _("%(box)s: title, rule or number of places differ") % said
    for number, (was, now) in enumerate(zip(old.slots, new.slots, strict=False), start=1):
        said |= {"place": number, "was": _story(was, headlines), "now": _story(now, headlines)}
        if was.story != now.story:
            yield _("%(box)s, place %(place)d: %(was)s → %(now)s") % said
        elif was != now:
            yield _("%(box)s, place %(place)d: %(now)s is shown otherwise") % said


def _name(container):
    return container.title or str(ContainerKind(container.kind).label)


def _story(slot, headlines):
    headline = headlines.get(slot.story, _("a story"))
    return f"“{headline}”" if slot.story else _("by rule")
