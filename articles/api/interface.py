"""The addresses of the interface: django-ninja's, each behind our own door."""

from http import HTTPStatus

from django.conf import settings
from django.http import Http404
from django.urls import path
from ninja import NinjaAPI
from ninja.errors import ValidationError

from . import nouns, stories
from .description import Description
from .door import guarded, unknown
from .refusing import NOWHERE, Refusal, refuse

__all__ = ["unknown", "urls"]

ABOUT = (
    "Everything readers of the site can see, as JSON, read-only and without a key. Stories come newest first; `next` "
    "leads on, however deep, at the same cost. Every answer has an ETag: send it as If-None-Match and pay nothing for "
    "what you have. Any page may read this (CORS). HEAD and OPTIONS are answered everywhere."
)
api = NinjaAPI(
    title=f"{settings.SITE_NAME}: stories for programs",
    version=nouns.VERSION,
    description=ABOUT,
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
    servers=[{"url": settings.SITE_URL}],
    openapi_extra={
        "tags": [
            {"name": "Index", "description": "Where everything is."},
            {"name": "Stories", "description": "Stories as readers have them now."},
            {"name": "ninjs 3.1", "description": "The same in the IPTC's JSON for news."},
            *({"name": name, "description": f"{name} of the site."} for name in ("Sections", "Topics")),
            {"name": "Contributors", "description": "Writers, photographers and agencies."},
            {"name": "Corrections", "description": "What stories got wrong."},
        ]
    },
)
api.get_openapi_operation_id = lambda operation: operation.view_func.__name__
api.add_router("", stories.router)
api.add_router("", nouns.router)


@api.exception_handler(ValidationError)
def _wrong(request, error):
    first = error.errors[0]
    said = first["msg"].removeprefix("Value error, ")
    return refuse(f"The parameter “{first['loc'][-1]}” cannot be used: {said}")


@api.exception_handler(Refusal)
def _refused(request, error):
    return refuse(error.sentence, status=error.status, more=error.more)


@api.exception_handler(Http404)
def _nowhere(request, error):
    return refuse(NOWHERE, status=HTTPStatus.NOT_FOUND)


def _broken(request, error):
    raise error  # as anywhere else: told to whoever keeps watch, answered by handler500


api.add_exception_handler(Exception, _broken)
description = Description(api)


def _behind_the_door(patterns):
    for pattern in patterns:
        if pattern.name != "api-root":  # ninja's own, which would lead to a page of documentation
            pattern.callback = guarded(pattern.callback, description.known_to)
            yield pattern


_patterns, _app, _namespace = api.urls
urls = (
    [
        path("openapi.json", guarded(description.view), name="description"),
        *_behind_the_door(_patterns),
    ],
    "api",
    "api",
)
