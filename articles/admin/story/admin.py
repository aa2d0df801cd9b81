"""The story's screens: list, form, preview, log."""

import re

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.forms import Script
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ... import desk, press
from ...desk.columns import TEXT
from ...models import Byline, Section, Story
from ...press.timeline import Timeline
from ...rules.policy import can, scoped, sections_to_file
from ...rules.readiness import name_of
from ...rules.refusal import Refused
from ...templatetags.desk import field_label
from ...text.html import plain_text
from ...text.ids import PUBLIC_ID
from ...text.topics import join_names
from ...views.pictures import hang_all
from ...views.story import show_edition
from ...vocabulary import Act
from ..fields import topics_field, translation_field
from ..live import screens as live
from ..notes import screens as notes
from ..planning import screens as planning
from ..preflight import screens as preflight
from ..scoped import ScopedModelAdmin, is_key
from ..sharing import screens as sharing
from ..topics import screens as topic_desk
from ..workflow import screens as workflow
from . import illustrating, revisions, writing
from .acts import ACTS, act_page, acts_for
from .bulk import BULK
from .conflicts import differences, kept_from_stored, merged_post, say_if_no_longer_cleared, say_what_was_merged
from .form import BylineInline, RelatedInline, StoryForm, TaggingForm, rows_of, with_unseen
from .layout import TAG, WRITE, fieldsets, mode_for, readonly
from .list import (
    BoundedPaginator,
    DueFilter,
    ReadersFilter,
    WhoseFilter,
    badges,
    presences,
    readers_have,
    short_time,
    stage_badge,
)

FEATURES = (writing, workflow, live, preflight, topic_desk, notes, revisions, sharing, planning, illustrating)


@admin.register(Story)
class StoryAdmin(ScopedModelAdmin):
    """Where a newsroom spends its day."""

    inlines = (BylineInline, RelatedInline)
    list_display = (
        "story_cell",
        "stage_cell",
        "readers_cell",
        "section",
        "bylines_cell",
        "due_cell",
        "saved_cell",
    )
    list_display_links = None
    list_filter = (WhoseFilter, "stage", ReadersFilter, DueFilter, "section", "language", "kind")
    search_fields = ("headline", "slugline", "kicker", "dek", "body")
    date_hierarchy = "due_at"  # of what is planned; by any date of the whole archive it would read all of it
    ordering = ("-saved_at",)
    paginator = BoundedPaginator
    actions = list(BULK.values())
    autocomplete_fields = ("lead_picture",)

    class Media:
        css = {
            "all": [
                *(f"desk/{name}.css" for name in ("story", "preflight", "workflow", "compare", "writing", "sharing")),
                *(f"desk/{name}.css" for name in ("notes", "topics", "figures", "picture_chooser")),
            ]
        }
        js = (
            "desk/story.js",
            Script("desk/conflict.js", type="module"),
            Script("desk/presence.js", type="module"),
            Script("desk/topics.js", type="module"),
            Script("desk/picture_chooser_lead.js", type="module"),
            *notes.SCRIPTS,
            *preflight.SCRIPTS,
        )

    # Who may: every question goes to rules.policy.

    def has_view_permission(self, request, obj=None):
        """Who may read the story."""
        return can(request.user, "read", obj)

    def has_add_permission(self, request):
        """Who may start stories."""
        return can(request.user, "create")

    def has_change_permission(self, request, obj=None):
        """Who may write the story, or at least its topics."""
        return can(request.user, "write", obj) or can(request.user, "tag", obj)

    def has_bulk_submit_permission(self, request):
        """Who may submit anything."""
        return can(request.user, "submit")

    def has_bulk_clear_permission(self, request):
        """Who may clear anything."""
        return can(request.user, "clear")

    def has_bulk_publish_permission(self, request):
        """Who may publish anything."""
        return can(request.user, "publish")

    has_bulk_schedule_permission = has_bulk_publish_permission

    def has_bulk_tag_permission(self, request):
        """Who may tag anything."""
        return can(request.user, "tag") or can(request.user, "write")

    # The list

    def get_queryset(self, request):
        """The list asks for everything it shows in a fixed number of queries."""
        rows = super().get_queryset(request)
        if request.resolver_match and request.resolver_match.url_name == "articles_story_changelist":
            return rows.with_readers_state().for_list(request.user)
        return rows.select_related("section", "lead_picture", "saved_by")

    def get_search_results(self, request, queryset, search_term):
        """By words, or by a pasted address of the site."""
        address = _PUBLIC_ADDRESS.search(search_term)
        if address:
            return queryset.filter(public_id=address[1]), False
        return super().get_search_results(request, queryset, search_term)

    @admin.display(description=gettext_lazy("Story"), ordering="headline")
    def story_cell(self, story):
        """Headline, with what stands around it."""
        url = reverse("admin:articles_story_change", args=[story.pk])
        above = story.slugline or story.kicker
        cell = format_html('<a class="story-link" href="{}">{}</a> <span class="slugline">{}</span>', url, story, above)
        return cell + presences(story)

    @admin.display(description=gettext_lazy("Stage"), ordering="stage")
    def stage_cell(self, story):
        """Where the working copy stands."""
        return stage_badge(story)

    @admin.display(description=gettext_lazy("Readers have"))
    def readers_cell(self, story):
        """What readers have, from the same query."""
        return badges(readers_have(story))

    @admin.display(description=gettext_lazy("Bylines"))
    def bylines_cell(self, story):
        """Who is named, in order."""
        return ", ".join(line.contributor.name for line in story.bylines.all()) or story.source or "–"

    @admin.display(description=gettext_lazy("Due, assigned to"), ordering="due_at")
    def due_cell(self, story):
        """When the desk wants it, and from whom."""
        when = short_time(story.due_at) if story.due_at else ""
        who = name_of(story.assignee) if story.assignee else ""
        return format_html("{}<br>{}", when, who) if when and who else when or who or "–"

    @admin.display(description=gettext_lazy("Last saved"), ordering="saved_at")
    def saved_cell(self, story):
        """Who saved it last, when."""
        who = name_of(story.saved_by) if story.saved_by else "–"
        return format_html("{}<br>{}", who, short_time(story.saved_at))

    # The form

    def get_form(self, request, obj=None, change=False, **kwargs):
        """The fields this user may write, with choices in scope."""
        base = TaggingForm if mode_for(request.user, obj) == TAG else StoryForm
        added = {"refused": getattr(request, "desk_refused", ())}
        may_add = request.user.has_perm("articles.add_topic")
        added |= {"topics": topics_field(self.admin_site, may_add=may_add)}
        added |= {} if may_add else {"new_topics": None}  # left out of the page alone, it could still be sent
        if base is StoryForm:
            added["translation_of"] = translation_field(self.admin_site, scoped(request.user, "read"))
        return super().get_form(request, obj, change=change, form=type(base.__name__, (base,), added), **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        """Sections into which this user may file, and those that are ticked; in the order of the tree."""
        if db_field.name == "further_sections":
            pk = request.resolver_match.kwargs.get("object_id", "")
            # 0 is no story: with None it would be every section that no story is further in.
            ticked = Section.objects.filter(pk__in=Section.objects.filter(further_stories=pk if is_key(pk) else 0))
            kwargs["queryset"] = (sections_to_file(request.user) | ticked).order_by("path")
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Sections are chosen here and made elsewhere: no buttons for that beside the field."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and db_field.name in ("section", "further_sections"):
            field.widget = getattr(field.widget, "widget", field.widget)
        return field

    def get_fieldsets(self, request, obj=None):
        """Laid out for what this user may do."""
        may_add = request.user.has_perm("articles.add_topic")
        mode, lead = mode_for(request.user, obj), illustrating.lead_look(obj)
        return fieldsets(mode, new=obj is None, may_add_topics=may_add, above_lead=lead)

    def get_readonly_fields(self, request, obj=None):
        """What this user sees as text."""
        return readonly(mode_for(request.user, obj))

    @admin.display(description=gettext_lazy("Text"))
    def body_as_text(self, story):
        """The text, for those who do not write it."""
        return format_html('<div class="body-as-text">{}</div>', SafeString(illustrating.drawn(story.body)))

    @admin.display(description=gettext_lazy("Assigned to"))
    def assignee_as_text(self, story):
        """The name, for those who do not plan."""
        return name_of(story.assignee) if story.assignee else "–"

    @admin.display(description=gettext_lazy("Topics"))
    def topics_as_text(self, story):
        """The topics, for those who do not tag."""
        return join_names(story.topics.all()) or "–"

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Sections into which this user may file; the one a story is in can always stay."""
        if db_field.name == "section":
            pk = request.resolver_match.kwargs.get("object_id", "")
            kept = Section.objects.filter(pk__in=Story.objects.filter(pk=pk if is_key(pk) else None).values("section"))
            kwargs["queryset"] = (sections_to_file(request.user) | kept).order_by("path")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def render_change_form(self, request, context, *args, **kwargs):
        """With what readers have, what this user could do now, and why the rest is refused."""
        story = context.get("original")
        if story and request.method == "POST":
            # A form that was sent back holds what was typed: what stands beside it is about what is stored.
            story = self.get_object(request, str(story.pk)) or story
        line = Timeline.read(story) if story else None
        context["panels"] = [panel for feature in FEATURES for panel in feature.panels(request, story, line)]
        if story:
            possible, refused = acts_for(request.user, line)
            context |= {
                "line": line,
                "possible": possible,
                "refused": refused,
                "moved": story.events.filter(act=Act.MOVED).select_related("by").first(),
            }
            if conflict := getattr(request, "desk_conflict", None):
                context["differences"] = differences(conflict, request.user)
                context["kept_from_stored"] = kept_from_stored(conflict)
        context["show_save_and_add_another"] = False
        return super().render_change_form(request, context, *args, **kwargs)

    # Saving: through the desk's verbs, all fields and rows at once.

    def save_model(self, request, obj, form, change):
        """Nothing yet: `save_related` has the rows as well."""

    def save_related(self, request, form, formsets, change):
        """Start or save the story. A refusal at this point was caused by somebody else, a moment ago."""
        values = form.values()
        if isinstance(form, StoryForm):
            values |= self._rows(request, form.instance, formsets)
        if change:
            version = form.cleaned_data["version_token"][1]
            before = Story.objects.values_list("stage", flat=True).get(pk=form.instance.pk)
            form.changed_by_desk = desk.save(form.instance, by=request.user, values=values, version=version)
            say_what_was_merged(request, form.changed_by_desk)
            say_if_no_longer_cleared(request, form.instance, before)
        else:
            story = desk.start(by=request.user, values=values)
            form.instance.pk, form.instance.public_id = story.pk, story.public_id
            form.changed_by_desk = []
        writing.drop_typed(request, form.instance if change else None)

    def _rows(self, request, story, formsets):
        rows = {}
        for formset in formsets:
            kept = rows_of(formset)
            if formset.model is Byline:
                rows["bylines"] = [(row["contributor"], row["credit"]) for row in kept]
            else:
                rows["related"] = with_unseen(story, [row["other"] for row in kept], scoped(request.user, "read"))
        return rows

    def construct_change_message(self, request, form, formsets, add=False):
        """For Django's own log; ours (StoryEvent) says more."""
        return [{"added": {}}] if add else [{"changed": {"fields": form.changed_by_desk}}]

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Django's; what the desk refuses after all is said on the form, with everything that was typed."""
        if request.method == "POST" and object_id and (kept := self._no_longer_theirs(request, unquote(object_id))):
            return kept
        if kept := writing.offered(request, self._asked_for(request, object_id)):
            writing.as_if_sent(request, kept)
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except desk.Conflict as conflict:
            writing.keep_typed(request, conflict.story)
            request.desk_conflict, request.POST = conflict, merged_post(request.POST, conflict)
            request.desk_refused = conflict.reasons
        except Refused as refused:
            request.desk_refused = refused.reasons
        response = super().changeform_view(request, object_id, form_url, extra_context)
        response.status_code = 409
        return response

    def _asked_for(self, request, object_id):
        pk = unquote(object_id) if object_id else ""
        return self.get_object(request, pk) if is_key(pk) else None

    def _no_longer_theirs(self, request, pk):
        """Where somebody wrote on a story that was moved on meanwhile: a page with what they typed, to take along."""
        story = self.get_object(request, pk) if is_key(pk) else None
        if not story or mode_for(request.user, story) == WRITE or "headline" not in request.POST:
            return None
        if not can(request.user, "write"):  # nor could they before: what their form does not have is not looked at
            return None
        names = [name for name in StoryForm.written if request.POST.get(name)]
        texts = {name: request.POST[name] for name in names if name in TEXT}
        typed = [(field_label(name), plain_text(text) if name == "body" else text) for name, text in texts.items()]
        context = self.admin_site.each_context(request) | {"title": story, "story": story, "typed": typed}
        return TemplateResponse(request, "admin/articles/story/kept.html", context, status=409)

    def response_change(self, request, obj):
        """Where a button that also saves leads: to the act's page, or the preview."""
        return self._and_then(request, obj) or super().response_change(request, obj)

    def response_add(self, request, obj, post_url_continue=None):
        """A new story is opened again, so that its buttons are there."""
        if then := self._and_then(request, obj):
            return then
        messages.success(request, _("“%(story)s” was saved.") % {"story": obj})
        return HttpResponseRedirect(reverse("admin:articles_story_change", args=[obj.pk]))

    def _and_then(self, request, obj):
        name = request.POST.get("_then", "")
        if name == "preview":
            return HttpResponseRedirect(reverse("admin:articles_story_preview", args=[obj.pk]))
        if name in ACTS:
            return HttpResponseRedirect(reverse("admin:articles_story_act", args=[obj.pk, name]))
        if name in workflow.CHECK_ACTS:
            return HttpResponseRedirect(reverse("admin:articles_story_check", args=[obj.pk, name]))
        return None

    # Further pages

    def get_urls(self):
        """Acts and preview beside Django's own pages."""
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/act/<slug:name>/", view(self.act_view), name="articles_story_act"),
            path("<int:pk>/preview/", view(self.preview_view), name="articles_story_preview"),
            *(url for feature in FEATURES for url in feature.urls(self)),
            *super().get_urls(),
        ]

    def act_view(self, request, pk, name):
        """One move or verb of the press."""
        return act_page(self, request, pk, name)

    def preview_view(self, request, pk):
        """The working copy exactly as readers would get it if it were printed now."""
        story = self.get_or_deny(request, pk, lambda story: can(request.user, "read", story))
        response = show_edition(request, hang_all(press.preview(story)))
        response["Cache-Control"] = "private, no-store"
        response["X-Robots-Tag"] = "noindex"
        return response

    def history_view(self, request, object_id, extra_context=None):
        """The story's own log instead of Django's: who did what when."""
        may = lambda story: can(request.user, "read", story)  # noqa: E731
        story = self.get_or_deny(request, unquote(object_id), may)
        context = self.admin_site.each_context(request) | {
            "title": _("Log"),
            "story": story,
            "opts": self.opts,
        }
        context["events"] = story.events.select_related("by", "edition")[:500]
        return TemplateResponse(request, "admin/articles/story/log.html", context)


_PUBLIC_ADDRESS = re.compile(rf"(?:/|-|^)({PUBLIC_ID})/?\s*$")
