"""What no request may be: too long, too many, or for another host. Said before anything else looks at it."""

import logging

from django.core.exceptions import DisallowedHost
from django.http import HttpResponse, HttpResponseNotAllowed

from articles.api.refusing import bad_request

from .middleware import STAFF_PATHS

log = logging.getLogger(__name__)
LONGEST_PATH = 2_000  # bytes
LONGEST_QUERY = 8_000  # bytes, of readers' pages
MOST_PARAMETERS = 100  # the same
MOST_HEADERS, LARGEST_HEADERS = 100, 32_000  # number; bytes of them all
# Where something may be sent to; everywhere else is only read.
TAKES_FORMS = (*STAFF_PATHS, "/preview/")
READS = ("GET", "HEAD")
API = "/api/"  # has a door of its own, which says the same in JSON


class RequestLimitsMiddleware:
    """414 for a line too long, 431 for too many headers, 400 for a strange host, 405 for a change to a reader's page.

    First of all middleware, so that an answer costs nothing, and holds nothing of what was asked. The web server has
    limits of its own before this one (README, "What a request may be").
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        refused = _refusal(request)
        if refused:
            return _said(*refused)
        try:
            request.get_host()
        except DisallowedHost as error:  # said here, also of static files and health, and in one line of the log
            log.warning("A request for the host %.100r was refused.", request.META.get("HTTP_HOST", ""))
            return bad_request(request, error)
        return self.get_response(request)

    def process_view(self, request, _view, _args, _kwargs):
        """Reading is all there is on readers' pages; before CSRF's check, which would ask for a token first."""
        if request.method in READS or request.path_info.startswith((*TAKES_FORMS, API)):
            return None
        return HttpResponseNotAllowed(READS)


def _refusal(request):
    meta, path = request.META, request.path_info
    query = meta.get("QUERY_STRING", "")
    if len(path) > LONGEST_PATH and not path.startswith(API):
        return 414, "The address is too long."
    if not path.startswith((*STAFF_PATHS, API)) and (len(query) > LONGEST_QUERY or query.count("&") >= MOST_PARAMETERS):
        return 414, "The address has too many parameters."
    sizes = [len(name) + len(value) for name, value in meta.items() if name.startswith("HTTP_")]
    if len(sizes) > MOST_HEADERS or sum(sizes) > LARGEST_HEADERS:
        return 431, "The request has too many headers."
    return None


def _said(status, sentence):
    headers = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(f"{sentence}\n", status=status, content_type="text/plain; charset=utf-8", headers=headers)
