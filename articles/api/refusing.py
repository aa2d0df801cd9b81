"""How the interface says no: always as JSON, always with one sentence."""

import json
from http import HTTPStatus

from django.http import HttpResponse

from ..views import standing
from ..views.shell import with_constant_lifetime

PREFIX = "/api/"
NOWHERE = "There is nothing at this address. /api/v1/ lists the addresses there are; each ends with a slash."
BROKEN = "Something went wrong here, and we have been told. Try again later."
UNREADABLE = "The request cannot be read."


class Refusal(Exception):
    """What was asked is not answered: `status` (number) and a sentence that says why; `more` goes beside it (dict)."""

    def __init__(self, sentence, *, status=HTTPStatus.BAD_REQUEST, more=None):
        super().__init__(sentence)
        self.sentence, self.status, self.more = sentence, status, more or {}


def write(data, *, status=HTTPStatus.OK):
    """`data` (what JSON can hold) as a response with the lifetime all public answers have."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    # What came in broken (half a surrogate pair) goes out as a question mark; no answer fails for it.
    content = text.encode("utf-8", "replace")
    return with_constant_lifetime(HttpResponse(content, status=status, content_type="application/json"))


def refuse(sentence, *, status=HTTPStatus.BAD_REQUEST, more=None):
    """The response that says `sentence`."""
    return write({"error": sentence} | (more or {}), status=status)


def bad_request(request, exception):
    """Django's handler400: JSON below `/api/`, elsewhere the site's page."""
    if request.path_info.startswith(PREFIX):
        return refuse(UNREADABLE)
    return standing.bad_request(request, exception)


def server_error(request):
    """Django's handler500: JSON below `/api/`, elsewhere the site's page; asks no database."""
    if request.path_info.startswith(PREFIX):
        return refuse(BROKEN, status=HTTPStatus.INTERNAL_SERVER_ERROR)
    return standing.server_error(request)
