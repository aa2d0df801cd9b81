"""Topics in the admin: the list, the form with aliases and pinned stories; their acts are in `acts.py`."""

from django.contrib import admin
from django.urls import path
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...desk.topic_naming import drop_refusals
from ...models import Topic, TopicAlias, TopicPin
from ...rules.policy import scoped
from ...text.figures import without_captions
from ...text.html import clean_body
from ...text.notes import without_marks
from ..fields import body_field
from ..scoped import KeySelect, PlainTextForm, ScopedModelAdmin
from ..story.list import BoundedPaginator
from .acts import drop_page, merge_page, rename_page, undo_page
from .entry import NamesSeenField, warn_of_similar
from .report import report_page


class _OfTopic(admin.TabularInline):
    """Rows of a topic, for who may change it."""

    extra = 1

    def has_view_permission(self, request, obj=None):
        """As for the topic."""
        return request.user.has_perm("articles.view_topic")

    def has_change_permission(self, request, obj=None):
        """As for the topic; a merged one is not changed."""
        return request.user.has_perm("articles.change_topic") and not (obj and obj.merged_into_id)

    has_add_permission = has_delete_permission = has_change_permission


class AliasInline(_OfTopic):
    """Other names of a topic."""

    model = TopicAlias
    fields = ("name",)


class PinInline(_OfTopic):
    """Stories that stand first on the topic's page while readers have them."""

    model = TopicPin
    fields = ("story", "position")
    verbose_name_plural = gettext_lazy("Pinned stories (the first five stand first on the topic's page)")

    def get_queryset(self, request):
        """Only of stories the user may read."""
        return super().get_queryset(request).filter(story__in=scoped(request.user, "read")).select_related("story")

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """A story the user may read, found by typing."""
        if db_field.name == "story":
            kwargs |= {"queryset": scoped(request.user, "read"), "widget": KeySelect(db_field, self.admin_site)}
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class MergedFilter(admin.SimpleListFilter):
    """Topics in use, unless asked for the merged ones."""

    title = gettext_lazy("merged")
    parameter_name = "merged"

    def lookups(self, request, model_admin):
        """The choices."""
        return [("yes", gettext_lazy("Merged into others"))]

    def choices(self, changelist):
        """Those in use are what is meant by all."""
        first, *others = super().choices(changelist)
        return [first | {"display": _("In use")}, *others]

    def queryset(self, request, queryset):
        """The topics of that kind."""
        return queryset.filter(merged_into__isnull=self.value() != "yes")


class TopicForm(PlainTextForm):
    """A topic; a new one of nearly the same name as another is asked about once."""

    introduction = body_field(label=gettext_lazy("Introduction"), required=False)
    similar_seen = NamesSeenField()

    class Meta:
        model = Topic
        fields = ("name", "kind", "description", "introduction")

    def clean_introduction(self):
        """Sanitised, once; without pictures, which a topic has none of."""
        return without_captions(without_marks(clean_body(self.cleaned_data["introduction"])))

    def clean(self):
        """Warns of similar names."""
        cleaned = super().clean()
        if not self.instance.pk and cleaned.get("name"):
            warn_of_similar(self, "name", [cleaned["name"]])
        return cleaned


@admin.register(Topic)
class TopicAdmin(ScopedModelAdmin):
    """What stories are about; offered by how often it is used."""

    form = TopicForm
    list_display = ("name", "kind", "uses", "slug", "merged_into")
    list_select_related = ("merged_into",)
    list_filter = (MergedFilter, "kind")
    search_fields = ("name",)
    ordering = ("-uses", "name")
    paginator = BoundedPaginator
    inlines = (AliasInline, PinInline)

    class Media:
        css = {"all": ("desk/topics.css",)}

    def has_change_permission(self, request, obj=None):
        """Who may change topics; a merged one only by undoing the merge."""
        return super().has_change_permission(request, obj) and not (obj and obj.merged_into_id)

    def get_queryset(self, request):
        """Only topics in use are chosen."""
        rows = super().get_queryset(request)
        choosing = request.resolver_match and request.resolver_match.url_name == "autocomplete"
        return rows.in_use() if choosing else rows

    def get_search_results(self, request, queryset, search_term):
        """By the beginning of a word, which an index finds; everything where nothing was typed."""
        return queryset.beginning(search_term) if search_term.strip() else queryset, False

    def get_fieldsets(self, request, obj=None):
        """A known topic is renamed on a page of its own."""
        first = ("name", "address") if obj else ("name",)
        hidden = () if obj else ((None, {"classes": ["hidden"], "fields": ["similar_seen"]}),)
        return ((None, {"fields": [*first, "kind", "description", "introduction"]}), *hidden)

    def get_readonly_fields(self, request, obj=None):
        """Name and address of a known topic."""
        return ("name", "address") if obj else ()

    def get_inlines(self, request, obj):
        """Aliases and pins need a topic first, pins somebody who may set them."""
        if not obj or obj.merged_into_id:
            return ()
        return self.inlines if self.has_change_permission(request, obj) else (AliasInline,)

    @admin.display(description=gettext_lazy("Address"))
    def address(self, topic):
        """Where the topic's page is."""
        return format_html('<a href="{0}">{0}</a>', topic.get_absolute_url())

    def render_change_form(self, request, context, *args, **kwargs):
        """With the merges that can be undone and whether the topic could be deleted."""
        if topic := context.get("original"):
            context |= {
                "may_act": super().has_change_permission(request),
                "merges": topic.merges.filter(undone_at=None).select_related("gone", "by")[:50],
                "merged_by": topic.merged_into_id
                and topic.merged_into.merges.filter(gone=topic, undone_at=None).select_related("by").first(),
                "droppable": not topic.uses and not list(drop_refusals(topic)),
            }
        return super().render_change_form(request, context, *args, **kwargs)

    def get_urls(self):
        """With the acts and the report."""
        pages = {
            "<int:pk>/merge/": (merge_page, "merge"),
            "<int:pk>/rename/": (rename_page, "rename"),
            "<int:pk>/drop/": (drop_page, "drop"),
            "merges/<int:pk>/undo/": (undo_page, "undo"),
            "report/": (report_page, "report"),
        }
        own = [path(route, self._page(page), name=f"articles_topic_{name}") for route, (page, name) in pages.items()]
        return [*own, *super().get_urls()]

    def _page(self, page):
        return self.admin_site.admin_view(lambda request, **kwargs: page(self, request, **kwargs))
