"""What stands around every page: the moment it shows, its language, the sections, its headers."""

from dataclasses import dataclass, field
from functools import cached_property

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone, translation

from ..models import Section

CACHE_CONTROL = "public, max-age=0, must-revalidate"


def moment(request):
    """The one moment (UTC) a request is about; every query of it asks for this and not for a later now."""
    if not hasattr(request, "moment"):
        request.moment = timezone.now()
    return request.moment


@dataclass
class Shell:
    """The sections (all of them, in one query) as the masthead, the footer and section pages need them."""

    language: str = settings.LANGUAGE_CODE
    section: Section | None = None
    sections: list = field(default_factory=lambda: list(Section.objects.all()))

    @cached_property
    def by_path(self):
        """Section by its path (dict)."""
        return {section.path: section for section in self.sections}

    @cached_property
    def top_level(self):
        """Top-level sections, those in the site's own language first (list)."""
        top = [section for section in self.sections if section.level == 1]
        return sorted(top, key=lambda section: section.language != settings.LANGUAGE_CODE)

    @property
    def navigation(self):
        """The top-level sections in the page's language (list)."""
        return [section for section in self.top_level if section.language == self.language]

    @property
    def other_languages(self):
        """For each further language: its code and its top-level sections (list of pairs)."""
        codes = dict.fromkeys(section.language for section in self.top_level)
        return [(code, [s for s in self.top_level if s.language == code]) for code in codes if code != self.language]

    def children(self, section):
        """The sections directly below `section` (list)."""
        return [each for each in self.sections if each.parent_id == section.pk]

    def lineage(self, section):
        """From the top-level section down to `section` (list)."""
        return [self.by_path[path] for path in section.lineage]


def show(request, template, context, *, shell, status=200):
    """The response: `template` in the language of the page, not of the reader's browser."""
    names = {
        "shell": shell,
        "language": shell.language,
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
    }
    names |= {"site_claim": settings.SITE_CLAIM, "at": moment(request), "path": request.path}
    # Staff who look at the site as it stands at another moment are told so (articles/admin/planning/site_at.py).
    names["elsewhen"] = getattr(request, "elsewhen", None)
    with translation.override(shell.language):
        html = render_to_string(template, names | context)
    response = HttpResponse(html, status=status, headers={"Content-Language": shell.language})
    response._csp_config = settings.READERS_CSP
    return with_constant_lifetime(response)


def with_constant_lifetime(response):
    """The same caching headers on every public response: a lifetime cut short would tell what is coming."""
    response["Cache-Control"] = CACHE_CONTROL
    return response
