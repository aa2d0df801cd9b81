"""What can be done on the board: each deed is a small form, sent as it is or by dragging."""

from django.core.exceptions import SuspiciousOperation
from django.utils.translation import gettext as _

from ...desk import fronts as verbs
from ...models import Front
from ...rules.policy import scoped
from ...rules.refusal import Refused, refuse_if
from ...text.ids import is_public_id
from ...vocabulary import ContainerKind
from .board import containers_or_usual
from .forms import AddForm, ContainerForm, SlotForm


class Unfit(Exception):
    """A form that was not filled in right; `form` says why, `key` and `place` where it belongs."""

    def __init__(self, form, key, place=None):
        super().__init__()
        self.wrong = {"form": form, "key": key, "place": place}


def do(front, request):
    """Do what the form that was sent asks for; begins the working copy where nobody has. Returns the Front.

    Raises Refused, Unfit, and SuspiciousOperation (400) for a form that is none of the board's.
    """
    deed = DEEDS.get(request.POST.get("deed", ""))
    if not deed:
        raise SuspiciousOperation("A deed there is not.")
    if not front.version:
        usual = containers_or_usual(front)
        front = verbs.begin(Front.objects.of(front.section), containers=usual)
    return deed(front, request)


def _place(front, request):
    story, where = request.POST.get("story", ""), _where(request)
    known = is_public_id(story) and scoped(request.user, "read").filter(public_id=story).exists()
    on_it = any(slot.story == story for each in containers_or_usual(front) for slot in each.slots)
    refuse_if([] if known or (on_it and story) else [_("There is no such story.")])
    return verbs.place(front, by=request.user, story=story, **where)


def _clear(front, request):
    return verbs.clear(front, by=request.user, **_where(request))


def _tell(front, request):
    where = _where(request)
    form = SlotForm(request.POST, auto_id=f"id_{where['key']}_{where['at_place']}_%s")
    if not form.is_valid():
        raise Unfit(form, where["key"], where["at_place"])
    try:
        return verbs.tell(front, by=request.user, **where, **form.cleaned_data)
    except Refused as refused:
        form.add_error(None, refused.reasons)
        raise Unfit(form, where["key"], where["at_place"]) from refused


def _add(front, request):
    form = AddForm(request.POST, prefix="add")
    if not form.is_valid():
        raise Unfit(form, "add")
    kind, places = ContainerKind(form.cleaned_data["kind"]), form.cleaned_data["places"]
    return verbs.add(front, by=request.user, kind=kind, places=places, **form.rule())


def _arrange(front, request):
    key = request.POST.get("key", "")
    form = ContainerForm(request.POST, auto_id=f"id_{key}_%s")
    if not form.is_valid():
        raise Unfit(form, key)
    return verbs.arrange(front, by=request.user, key=key, places=form.cleaned_data["places"], **form.rule())


def _remove(front, request):
    return verbs.remove(front, by=request.user, key=request.POST.get("key", ""))


def _shift(front, request):
    return verbs.shift(front, by=request.user, key=request.POST.get("key", ""), to=_number(request, "to"))


def _lead_hours(front, request):
    return verbs.set_lead_hours(front, by=request.user, hours=_number(request, "hours"))


def _undo(front, request):
    return verbs.undo(front, by=request.user, version=_number(request, "version"))


def _bring_back(front, request):
    numbers = {name: _number(request, name) for name in ("number", "version")}
    return verbs.bring_back(front, by=request.user, **numbers)


DEEDS = {
    "place": _place,
    "clear": _clear,
    "tell": _tell,
    "add": _add,
    "arrange": _arrange,
    "remove": _remove,
    "shift": _shift,
    "lead_hours": _lead_hours,
    "undo": _undo,
    "bring_back": _bring_back,
}


def _where(request):
    """Container and place: `to` is both in one, as a choice of places sends it (`k3j4h5:2`)."""
    key, _colon, place = request.POST.get("to", "").partition(":")
    if not place.isascii() or not place.isdecimal() or len(place) > 3:
        raise SuspiciousOperation("A place there is not.")
    return {"key": key, "at_place": int(place)}


def _number(request, name):
    text = request.POST.get(name, "")
    if not text.isascii() or not text.isdecimal() or len(text) > 9:
        raise SuspiciousOperation("A number there is not.")
    return int(text)
