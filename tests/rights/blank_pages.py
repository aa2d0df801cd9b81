"""A template engine that leaves every page blank: where only statuses and writes are asked, nothing need be drawn."""

from django.template.backends.base import BaseEngine


class BlankPages(BaseEngine):
    """Any template, empty."""

    app_dirname = "templates"

    def __init__(self, params):
        params = params | {"OPTIONS": {}}
        params.pop("OPTIONS")
        super().__init__(params)

    def get_template(self, name):
        """One that draws nothing."""
        return _Blank()


class _Blank:
    origin = None

    def render(self, context=None, request=None):
        """Nothing."""
        return ""
