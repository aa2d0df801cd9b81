"""Which pages of the picture desk there are, and for whom."""

from django.contrib import admin
from django.urls import path
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt

from ...media.finding import matching
from ...models import Picture
from ..scoped import ScopedModelAdmin
from ..story.list import BoundedPaginator
from . import choosing
from .bulk import bulk_page, drop_many_page
from .describing import describe_page
from .ending import ending_page
from .library import library_page
from .looks import look, original
from .page import drop_page, picture_page
from .rights import may_drop
from .upload import upload_page


@admin.register(Picture)
class PictureAdmin(ScopedModelAdmin):
    """The library. Django's own pages of it are its history and the choice by typing."""

    search_fields = ("title",)  # asked for by the choice by typing; the words answer
    paginator = BoundedPaginator
    ordering = ("-uploaded_at", "-pk")

    def has_delete_permission(self, request, obj=None):
        """Who may drop pictures; whether one is used is asked when it is to be deleted."""
        return may_drop(request.user)

    def get_search_results(self, request, queryset, search_term):
        """By the beginning of words, which an index finds."""
        return matching(queryset, search_term), False

    def changelist_view(self, request, extra_context=None):
        """The grid or the list."""
        return library_page(self, request)

    # The token is in the body, which is not read before its size was asked: `upload_page` checks it then.
    @method_decorator(csrf_exempt)
    def add_view(self, request, form_url="", extra_context=None):
        """Taking files in."""
        return upload_page(self, request)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The form."""
        return picture_page(self, request, object_id)

    def delete_view(self, request, object_id, extra_context=None):
        """Deletes what nothing uses."""
        return drop_page(self, request, object_id)

    def get_urls(self):
        """With the pages for many, and the files that only staff may have."""
        pages = {"describe": describe_page, "bulk": bulk_page, "drop_many": drop_many_page, "ending": ending_page}
        own = [
            path(f"{name.replace('_', '-')}/", self._page(page), name=f"articles_picture_{name}")
            for name, page in pages.items()
        ]
        files = [
            path("looks/<slug:key>/<int:width>.webp", self._file(look), name="articles_picture_look"),
            path("<int:pk>/original/", self._file(original), name="articles_picture_original"),
        ]
        return [*own, *files, *choosing.urls(self), *super().get_urls()]

    def _page(self, page):
        return self.admin_site.admin_view(lambda request, **kwargs: page(self, request, **kwargs))

    def _file(self, view):
        return self.admin_site.admin_view(view, cacheable=True)
