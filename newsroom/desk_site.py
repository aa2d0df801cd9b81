"""The admin site of the newsroom."""

from allauth.account.decorators import secure_admin_login
from allauth.account.utils import get_login_redirect_url
from django.conf import settings
from django.contrib.admin import AdminSite
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.i18n import JavaScriptCatalog

# Their stock screens would go round ours: taggit's merge loses taggings, accounts are made in our own,
# and a second factor is nobody else's to look at.
NOT_SHOWN = ("taggit", "account", "mfa")


class DeskSite(AdminSite):
    """Django's admin with our name, the rate-limited sign-in, and without other apps' screens."""

    site_title = index_title = _("Desk")
    enable_nav_sidebar = False

    @property
    def site_header(self):
        """The newspaper's name."""
        return settings.SITE_NAME

    def register(self, model_or_iterable, admin_class=None, **options):
        """As Django's, but not for apps in NOT_SHOWN."""
        models = model_or_iterable if isinstance(model_or_iterable, list | tuple) else [model_or_iterable]
        if shown := [model for model in models if model._meta.app_label not in NOT_SHOWN]:
            super().register(shown, admin_class, **options)

    def index(self, request, extra_context=None):
        """The first page: what needs whoever is signed in now."""
        # Late: the desk's screens register themselves with this site while they are imported.
        from articles.admin.dashboard import cards

        context = {"cards": cards(request.user, timezone.now())}
        return super().index(request, context | (extra_context or {}))

    def get_urls(self):
        """Without `r/…`, which leads anybody on the staff to the address of any row, editions to come included."""
        return [url for url in super().get_urls() if getattr(url, "name", "") != "view_on_site"]

    def i18n_javascript(self, request, extra_context=None):
        """The words of the admin's own scripts and of the body editor."""
        return JavaScriptCatalog.as_view(packages=["django.contrib.admin", "django_prose_editor"])(request)

    def login(self, request, extra_context=None):
        """The one sign-in (/accounts/login/), with its limits and its second factor; no second door here.

        Nor for somebody who is signed in already: Django's own form would take any account's name and password.
        """
        return secure_admin_login(lambda request: redirect(get_login_redirect_url(request)))(request)

    def password_change(self, request, extra_context=None):
        """The one page for that (/accounts/password/change/), which counts wrong passwords."""
        return redirect("account_change_password")
