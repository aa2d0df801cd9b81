"""Checks by others on the story's form, and who may make which move in a section."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.models import Group
from django.db import transaction
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ... import desk
from ...desk.checking import checks_of, drop_refusals, finish_refusals
from ...models import MoveRight, Section
from ...rules.moves import narrowed
from ...rules.policy import can
from ...vocabulary import CheckKind, CheckState, Stage, role_label
from ..story.act_forms import NoteForm
from ..story.acts import ActOnStory, act_page, may_act
from ..story.features import Panel
from .forms import MoveRightsForm, ReasonForm, with_moves


def urls(admin):
    """The pages of this part (list)."""
    view = admin.admin_site.admin_view

    def check_view(request, pk, name):
        """Ask for a check, pass it, object in it, drop it."""
        return act_page(admin, request, pk, name, CHECK_ACTS)

    return [path("<int:pk>/check/<slug:name>/", view(check_view), name="articles_story_check")]


def panels(request, story, line):
    """The checks of the story: who passed which text, what is open, and what this user may do about it."""
    if story is None:
        return []
    checks = checks_of(story)
    possible = [act for act in CHECK_ACTS.values() if may_act(request.user, act, story)]
    rows = [
        {
            "check": check,
            "older": check.version is not None and check.version != story.version,
            "acts": [(act, _SHORT[act.name.partition("_")[0]]) for act in possible if act.name in _fitting(check)],
        }
        for check in checks
    ]
    missing = {kind for kind in CheckKind if kind not in {check.kind for check in checks}}
    asks = [(act, act.label) for act in possible if act.name in {f"ask_{kind}" for kind in missing}]
    if not rows and not asks:
        return []
    return [Panel("admin/articles/story/_workflow.html", {"rows": rows, "asks": asks})]


# Beside the name of the check; the whole label is what a screen reader says.
_SHORT = {
    "ask": gettext_lazy("Ask again"),
    "pass": gettext_lazy("Pass"),
    "fail": gettext_lazy("Object"),
    "drop": gettext_lazy("Drop"),
}


def _fitting(check):
    """The names of the acts that make sense for the check as it stands (set of text)."""
    names = {f"pass_{check.kind}", f"fail_{check.kind}"} if check.state == CheckState.OPEN else {f"ask_{check.kind}"}
    names |= {f"pass_{check.kind}"} if check.state == CheckState.FAILED else set()
    return names | ({f"drop_{check.kind}"} if check.pk and not check.required else set())


def _may_drop(kind, user, story):
    """Whoever could do the check, or clear the story, or asked for the check and still writes the story."""
    if can(user, f"check_{kind}", story) or can(user, "clear", story):
        return True
    return can(user, "ask_check", story) and story.checks.filter(kind=kind, asked_by=user).exists()


def _without_version(verb, kind):
    return lambda story, by, version, **said: verb(story, kind, by=by, **said)


def _with_version(verb, kind):
    return lambda story, by, version, **said: verb(story, kind, by=by, version=version, **said)


def _ask_refusals(kind, line):
    asked = line.story.checks.filter(kind=kind, state=CheckState.OPEN).exists()
    return [_("This check was asked for already.")] if asked else []


def _taking_back(line, says):
    """What an act says that speaks against clearing, and what becomes of a story that is cleared (text)."""
    if line.story.stage != Stage.CLEARED:
        return says
    moves = _("The story moves from “%(start)s” to “%(end)s”.")
    return f"{says} {moves % {'start': Stage.CLEARED.label, 'end': Stage.SUBMITTED.label}}"


def _check_acts(kind, asks, passes, objects, drops):
    """The four acts of one kind of check, with their labels."""
    check = f"check_{kind}"
    finish = lambda line: finish_refusals(line.story, kind)  # noqa: E731
    return (
        ActOnStory(
            f"ask_{kind}",
            asks,
            "ask_check",
            NoteForm,
            lambda line: _taking_back(
                line, _("The story cannot be cleared until this check is passed. Those who can do it are told.")
            ),
            partial(_ask_refusals, kind),
            _without_version(desk.ask_check, kind),
        ),
        ActOnStory(
            f"pass_{kind}",
            passes,
            check,
            NoteForm,
            lambda line: _("Holds for the text as it stands now; a change of what you checked opens the check again."),
            finish,
            _with_version(desk.pass_check, kind),
        ),
        ActOnStory(
            f"fail_{kind}",
            objects,
            check,
            ReasonForm,
            lambda line: _taking_back(
                line, _("The story cannot be cleared until the check is passed. Its authors are told why.")
            ),
            finish,
            _with_version(desk.fail_check, kind),
        ),
        ActOnStory(
            f"drop_{kind}",
            drops,
            "ask_check",
            NoteForm,
            lambda line: _("The story can then be cleared without this check."),
            lambda line: drop_refusals(line.story, kind),
            _without_version(desk.drop_check, kind),
            partial(_may_drop, kind),
        ),
    )


CHECK_ACTS = {
    act.name: act
    for acts in (
        _check_acts(
            CheckKind.COPY,
            gettext_lazy("Ask for a copy check"),
            gettext_lazy("Pass the copy check"),
            gettext_lazy("Object in the copy check"),
            gettext_lazy("Drop the copy check"),
        ),
        _check_acts(
            CheckKind.LEGAL,
            gettext_lazy("Ask for a legal check"),
            gettext_lazy("Pass the legal check"),
            gettext_lazy("Object in the legal check"),
            gettext_lazy("Drop the legal check"),
        ),
        _check_acts(
            CheckKind.PICTURE,
            gettext_lazy("Ask for a picture check"),
            gettext_lazy("Pass the picture check"),
            gettext_lazy("Object in the picture check"),
            gettext_lazy("Drop the picture check"),
        ),
    )
    for act in acts
}


def move_rights_page(admin, request, pk):
    """The table of a section: each move, each role that could make it, and whether it may here and below."""
    section = admin.get_or_deny(request, pk, lambda section: admin.has_change_permission(request, section))
    roles = list(Group.objects.order_by("name").prefetch_related("permissions"))
    typed = request.POST if request.method == "POST" else None  # nothing ticked is a table as well
    form = MoveRightsForm(typed, section=section, roles=with_moves(roles))
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            Section.objects.select_for_update().get(pk=section.pk)  # of two who save at once, the later one's table
            MoveRight.objects.filter(section=section).delete()
            MoveRight.objects.bulk_create(form.chosen())
        admin.log_change(request, section, [{"changed": {"fields": [str(_("rights to moves"))]}}])
        messages.success(request, _("“%(section)s”: the rights to moves were saved.") % {"section": section})
        return redirect("admin:articles_section_change", section.pk)
    names = {role.pk: role_label(role.name) for role in roles}
    above = narrowed(section.parent) if section.parent else {}
    context = {
        **admin.admin_site.each_context(request),
        "title": _("Who may move stories here"),
        "section": section,
        "form": form,
        "rows": [
            (move, stages, fields, ", ".join(sorted(names[key] for key in above.get(move.name, ()) if key in names)))
            for move, stages, fields in form.rows()
        ],
        "opts": admin.opts,
    }
    return TemplateResponse(request, "admin/articles/section/moves.html", context)
