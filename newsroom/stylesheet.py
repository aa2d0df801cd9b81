"""The site's one stylesheet: written as one file a component, sent to readers as one file.

The parts lie in `static/css/`, where nothing is served from; their cascade layers (tokens.css names them) decide
what overrules what, so their order here is that of their names, with the tokens first.
"""

from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

PARTS = settings.BASE_DIR / "static" / "css"
NAME = "site/site.css"


def parts():
    """The files the stylesheet is made of (list of Path), in their order."""
    return sorted(PARTS.glob("*.css"), key=lambda path: (path.name != "tokens.css", path.name))


def write(folder):
    """Write the stylesheet below `folder` (Path) where it is missing or older than a part; returns its Path."""
    whole, found = folder / NAME, parts()
    newest = max(path.stat().st_mtime for path in [PARTS, *found])
    if not whole.exists() or whole.stat().st_mtime < newest:
        whole.parent.mkdir(parents=True, exist_ok=True)
        unfinished = whole.with_suffix(".unfinished")
        unfinished.write_text("".join(path.read_text("utf-8") for path in found), "utf-8")
        unfinished.replace(whole)
    return whole


class StylesheetFinder(BaseFinder):
    """Lets Django's static files find the stylesheet, made when it is asked for (runserver, collectstatic, tests)."""

    folder = Path(settings.VAR) / "made"

    def find(self, path, find_all=False, **_options):
        """Where the stylesheet lies (text), if that is what `path` names; else nothing."""
        if path != NAME:
            return []
        found = str(write(self.folder))
        return [found] if find_all else found

    def list(self, ignore_patterns):
        """The one file, as collectstatic wants it."""
        write(self.folder)
        yield NAME, FileSystemStorage(self.folder)
