"""The app, its system checks and the promises its database keeps."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    """Registers what Django cannot know from the models alone."""

    name = "articles"
    verbose_name = _("Newsroom")

    def ready(self):
        """Connect the checks, and renew the timeline's promises after every migrate."""
        from . import checks  # noqa: F401  (registers itself; needs the app registry)
        from .models.promises import keep_promises
        from .search.choosing import prepare

        post_migrate.connect(keep_promises, sender=self)
        post_migrate.connect(prepare, sender=self)
