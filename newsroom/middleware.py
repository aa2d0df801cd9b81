"""What every response carries, whose language the staff's pages speak, and who gets to them at all."""

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import suspend_request
from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import JsonResponse
from django.middleware.gzip import GZipMiddleware
from django.middleware.http import ConditionalGetMiddleware
from django.middleware.locale import LocaleMiddleware
from django.shortcuts import redirect, render
from django.utils.cache import get_conditional_response, set_response_etag
from django.utils.functional import SimpleLazyObject
from django.utils.http import parse_http_date_safe

from . import two_factor

STAFF_PATHS = ("/admin/", "/accounts/")


class PermissionsPolicyMiddleware:
    """Switches off the browser features no page of ours uses (W3C Permissions Policy)."""

    HEADER = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.setdefault("Permissions-Policy", self.HEADER)
        return response


class MiningReservedMiddleware:
    """Says with every public answer that text and data mining is reserved (W3C TDMRep), where the house says so."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if settings.AI_RESERVED and not request.path_info.startswith(STAFF_PATHS):
            response["TDM-Reservation"] = "1"
            if settings.TDM_POLICY:
                response["TDM-Policy"] = settings.TDM_POLICY
        return response


class PrivateStaffMiddleware:
    """No cache keeps an answer of the desk or about an account: pages, refusals, and where somebody is led on to.

    Django's admin says so of its own pages only. Scripts (the words of the admin's own) hold nothing private. What
    never changes under its address, the desk's looks at pictures, the browser of that member of staff may keep.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        is_script = response.get("Content-Type", "").startswith("text/javascript")
        kept = response.get("Cache-Control", "")
        is_safe = is_script or "no-store" in kept or (kept.startswith("private,") and "immutable" in kept)
        if request.path_info.startswith(STAFF_PATHS) and not is_safe:
            response["Cache-Control"] = "private, no-store"
        return response


class StaffLocaleMiddleware(LocaleMiddleware):
    """The browser's language for staff only.

    A reader's page takes its language from what it shows, so that its bytes
    depend on its address alone and no `Vary` splits the caches.
    """

    def process_request(self, request):
        if request.path_info.startswith(STAFF_PATHS):
            super().process_request(request)

    def process_response(self, request, response):
        if request.path_info.startswith(STAFF_PATHS):
            return super().process_response(request, response)
        return response


class PublicGZipMiddleware(GZipMiddleware):
    """Compresses readers' pages, which hold no secret that compression could give away (BREACH), and no others.

    Without Django's random padding, so that the same page is the same bytes.
    """

    max_random_bytes = 0

    def process_response(self, request, response):
        if request.path_info.startswith(STAFF_PATHS):
            return response
        return super().process_response(request, response)


class ConditionalReadMiddleware(ConditionalGetMiddleware):
    """Django's conditional GET, with the same headers and answers for HEAD (RFC 9110, section 9.3.2)."""

    def process_response(self, request, response):
        if request.method == "HEAD" and self.needs_etag(response) and not response.streaming:
            response = response if response.has_header("ETag") else set_response_etag(response)
            changed = parse_http_date_safe(response.get("Last-Modified", ""))
            etag = response.get("ETag")
            return get_conditional_response(request, etag=etag, last_modified=changed, response=response)
        return super().process_response(request, response)


class TwoFactorMiddleware:
    """Where a second factor is missing, staff pages lead to it, and every other page sees nobody signed in.

    After AuthenticationMiddleware, CsrfViewMiddleware and allauth's, for it stands on all three.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not request.path_info.startswith(STAFF_PATHS):
            signed_in = request.user  # lazy: readers' pages ask for no session

            def proven():
                return AnonymousUser() if two_factor.what_is_missing(request, signed_in) else signed_in

            request.user, request.auser = SimpleLazyObject(proven), sync_to_async(proven)
        return self.get_response(request)

    def process_view(self, request, _view, _args, _kwargs):
        """Lets nothing through on a staff page but what is still open; a form that was sent waits for the factor."""
        if not request.path_info.startswith(STAFF_PATHS):
            return None
        request.two_factor_missing = missing = two_factor.what_is_missing(request, request.user)
        if not missing or request.resolver_match.view_name in two_factor.STILL_OPEN[missing]:
            return None
        if not _is_navigation(request):
            return JsonResponse({"error": str(two_factor.WHY[missing])}, status=403)
        if missing == two_factor.SET_UP:
            return redirect("mfa_index")
        return suspend_request(request, get_adapter().get_reauthentication_methods(request.user)[0]["url"])

    def process_exception(self, request, exception):
        """Says so where a secret cannot be read."""
        if isinstance(exception, two_factor.SecretUnreadable):
            return render(request, "mfa/unreadable.html", {"reasons": exception.messages}, status=403)
        return None


def _is_navigation(request):
    """Whether a browser asks for a page to show (W3C Fetch Metadata), and no script for data."""
    mode = request.headers.get("Sec-Fetch-Mode", "navigate")
    by_script = request.headers.get("X-Requested-With") or request.content_type == "application/json"
    return mode == "navigate" and not by_script and request.accepts("text/html")
