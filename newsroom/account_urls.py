"""Signing in and out, one's own password and second factor: all of allauth that the newsroom opens."""

from allauth.account import views
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as keys
from django.urls import path
from django.views.decorators.cache import never_cache

from articles.admin.planning import feed as calendar_feed


def _private(route, view, name):
    """A page about one's own factors: no cache keeps it."""
    return path(f"2fa/{route}", never_cache(view), name=name)


urlpatterns = [
    path("calendar/<str:key>.ics", calendar_feed.calendar_feed, name="account_calendar"),
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("password/change/", views.password_change, name="account_change_password"),
    _private("", second_factor.index, "mfa_index"),
    _private("authenticate/", second_factor.authenticate, "mfa_authenticate"),
    _private("reauthenticate/", second_factor.reauthenticate, "mfa_reauthenticate"),
    _private("app/add/", totp.activate_totp, "mfa_activate_totp"),
    _private("app/remove/", totp.deactivate_totp, "mfa_deactivate_totp"),
    _private("keys/", keys.list_webauthn, "mfa_list_webauthn"),
    _private("keys/add/", keys.add_webauthn, "mfa_add_webauthn"),
    _private("keys/login/", keys.login_webauthn, "mfa_login_webauthn"),
    _private("keys/reauthenticate/", keys.reauthenticate_webauthn, "mfa_reauthenticate_webauthn"),
    _private("keys/<int:pk>/edit/", keys.edit_webauthn, "mfa_edit_webauthn"),
    _private("keys/<int:pk>/remove/", keys.remove_webauthn, "mfa_remove_webauthn"),
    _private("recovery-codes/", recovery.view_recovery_codes, "mfa_view_recovery_codes"),
    _private("recovery-codes/new/", recovery.generate_recovery_codes, "mfa_generate_recovery_codes"),
    _private("recovery-codes/download/", recovery.download_recovery_codes, "mfa_download_recovery_codes"),
]
