"""Going through the whole site as a crawler does: from the front page along every link."""

import re
from collections import defaultdict, deque
from html import unescape

from django.urls import resolve

LINK = re.compile(r"""<(?:a|link|img|source|script|iframe)\b[^>]*?\b(?:href|src)="([^"]+)\"""")
NOT_FOR_READERS = ("/admin/", "/accounts/")


def walk(get, site):
    """What every address answers that links lead to from the front page (path -> (status, content type, text)).

    `get` takes a path and gives these three; `site` is the address that absolute links of ours begin with. Addresses of
    staff, of other sites and fragments are left out. Raises AssertionError, with the page that led there, where an
    answer is not 200.
    """
    seen, ahead = {}, deque([("/", "")])
    known = {"/"}
    while ahead:
        path, referrer = ahead.popleft()
        seen[path] = status, kind, text = get(path)
        assert status == 200, f"{path} answers {status}; {referrer} leads there"
        if kind.startswith("text/html"):
            found = [_inside(unescape(link), path, site) for link in LINK.findall(text)]
            new = [link for link in dict.fromkeys(found) if link and link not in known]
            known.update(new)
            ahead.extend((link, path) for link in new)
    return seen


def _inside(link, page, site):
    link = link.split("#")[0].removeprefix(site)
    if link.startswith("?"):
        link = page.split("?")[0] + link
    return link if link.startswith("/") and not link.startswith(("//", *NOT_FOR_READERS)) else ""


def pages_by_kind(seen):
    """Which HTML pages there are of each address pattern (name of the pattern -> list of paths)."""
    kinds = defaultdict(list)
    for path, (_, kind, _) in seen.items():
        if kind.startswith("text/html"):
            kinds[resolve(path.split("?")[0]).view_name].append(path)
    return kinds
