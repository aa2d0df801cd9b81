"""What every response carries, and whose language the staff's pages speak."""

from django.middleware.locale import LocaleMiddleware

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
