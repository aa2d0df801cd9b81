"""`/api/v1/openapi.json` (OpenAPI 3.1): the interface in its own words, made of the types requests pass through."""

import re
from functools import cache

from ninja.openapi.schema import OpenAPISchema

from .refusing import write

PREFIX = "api/v1/"


class Description:
    """The OpenAPI document of `api` (NinjaAPI), written when first asked for; the same bytes ever after."""

    def __init__(self, api):
        self.api = api
        self.document = cache(self._written)
        self.parameters = cache(self._parameters)

    def _written(self):
        document = OpenAPISchema(api=self.api, path_prefix=PREFIX)
        for path in document["paths"].values():
            path["head"] = path["get"] | {"operationId": f"{path['get']['operationId']}_head"}
        return document

    def _parameters(self, path):
        operation = self.document()["paths"].get(path, {}).get("get", {})
        return frozenset(each["name"] for each in operation.get("parameters", ()) if each["in"] == "query")

    def known_to(self, request):
        """The query parameters of the operation that `request` is for (frozenset of names)."""
        return self.parameters("/" + re.sub(r"<(?:[^:>]+:)?([^>]+)>", r"{\1}", request.resolver_match.route))

    def view(self, request):
        """The document."""
        return write(self.document())
