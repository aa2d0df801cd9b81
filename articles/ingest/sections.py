"""Where an imported story runs."""

from django.conf import settings
from django.utils.translation import gettext as _

from ..models import Section
from ..rules.refusal import Refused


def named_section(name):
    """The Section with the address `name` (`politics/europe`) or the only one so called. Raises Refused."""
    name = name.strip("/")
    found = list(Section.objects.filter(path=name) or Section.objects.filter(slug=name))
    if len(found) == 1:
        return found[0]
    if found:
        sentence = _("There are several sections “%(name)s”; choose one of: %(paths)s.")
    else:
        sentence = _("There is no section “%(name)s” (--section or NEWSROOM_INGEST_SECTION); there are: %(paths)s.")
    paths = ", ".join(section.path for section in found or Section.objects.order_by("path"))
    raise Refused(sentence % {"name": name, "paths": paths or _("none")})


def default_section(language):
    """The first top-level Section in `language` (code; empty: the site's own). Raises Refused."""
    language = language or settings.LANGUAGE_CODE
    if section := Section.objects.top_level().filter(language=language).first():
        return section
    sentence = _("There is no section for stories in this language (%(language)s); name one with --section.")
    raise Refused(sentence % {"language": dict(settings.LANGUAGES).get(language, language)})
