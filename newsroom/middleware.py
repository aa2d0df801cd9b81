"""What every response carries, and whose language the staff's pages speak."""

from django.middleware.gzip import GZipMiddleware
from django.middleware.http import ConditionalGetMiddleware
from django.middleware.locale import LocaleMiddleware
from django.utils.cache import get_conditional_response, set_response_etag

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
            return get_conditional_response(request, etag=response.get("ETag"), response=response)
        return super().process_response(request, response)
