"""What every request passes on its way in and every answer on its way out."""

import re
from copy import copy
from functools import wraps
from http import HTTPStatus

from django.http import HttpResponse
from django.utils.cache import get_conditional_response, set_response_etag
from django.views.decorators.csrf import csrf_exempt

from .refusing import NOWHERE, refuse

MOST_CHARACTERS, MOST_PARAMETERS = 2_000, 20
METHODS = ("GET", "HEAD", "OPTIONS")
# Public and the same for everybody: any page may read it (WHATWG Fetch, CORS protocol).
OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, Content-Language",
}
PREFLIGHT = {
    "Allow": ", ".join(METHODS),
    "Access-Control-Allow-Methods": ", ".join(METHODS),
    "Access-Control-Allow-Headers": "If-None-Match, Accept, Accept-Language, Content-Type",
    "Access-Control-Max-Age": "86400",
}


def guarded(view, parameters=lambda request: frozenset()):
    """`view` behind the door: reading methods only, a bounded query of known parameters, errors and headers as JSON's.

    `parameters(request)` names what may be asked there. A HEAD is answered as the GET it stands for.
    """

    @csrf_exempt  # nothing here changes anything, and a refusal has to be JSON
    @wraps(view)
    def through(request, *args, **kwargs):
        if request.method == "OPTIONS":
            return _opened(HttpResponse(status=HTTPStatus.NO_CONTENT, headers=PREFLIGHT))
        response = _method_refused(request) or _query_refused(request, parameters)
        if not response:
            asked = copy(request)
            asked.method = "GET"
            response = view(asked, *args, **kwargs)
        return _opened(_unless_known(request, response))

    return through


def _method_refused(request):
    if request.method in METHODS:
        return None
    response = refuse(
        "This interface is read-only: it answers GET, HEAD and OPTIONS.", status=HTTPStatus.METHOD_NOT_ALLOWED
    )
    response["Allow"] = PREFLIGHT["Allow"]
    return response


def _query_refused(request, parameters):
    if len(request.META.get("QUERY_STRING", "")) > MOST_CHARACTERS:
        sentence = f"A query has at most {MOST_CHARACTERS} characters."
        return refuse(sentence, status=HTTPStatus.REQUEST_URI_TOO_LONG)
    given = [name for name, values in request.GET.lists() for _value in values]
    if len(given) > MOST_PARAMETERS:
        return refuse(f"A query has at most {MOST_PARAMETERS} parameters.")
    known = parameters(request) if given else ()
    for name in given:
        if name not in known:
            there = f"There are: {', '.join(sorted(known))}." if known else "This address takes none."
            return refuse(f"There is no parameter “{_short(name)}”. {there}")
        if given.count(name) > 1:
            return refuse(f"The parameter “{name}” is given more than once.")
    return None


def _short(name):
    return re.sub(r"[^\w.-]", "?", name[:40])


def _unless_known(request, response):
    """The response, or 304 where the client has these very bytes; here, because a 304 needs the open headers too."""
    if response.status_code != HTTPStatus.OK:
        return response
    set_response_etag(response)
    return get_conditional_response(request, etag=response["ETag"], response=response)


def _opened(response):
    for name, value in OPEN.items():
        response[name] = value
    return response


def nowhere(request):
    """Whatever lies below `/api/` and is no address."""
    return refuse(NOWHERE, status=HTTPStatus.NOT_FOUND)


unknown = guarded(nowhere, parameters=lambda request: request.GET.keys())
