"""Django 6's Content-Security-Policy API, on Django 5.2.

Same setting (`SECURE_CSP`), same middleware and context names as Django 6, so
that dropping 5.2 means deleting this file. A nonce is made, and named in the
header, only for a response whose page asked for one.
"""

import secrets

from django.conf import settings
from django.utils.functional import SimpleLazyObject

try:
    from django.middleware.csp import ContentSecurityPolicyMiddleware, get_nonce
    from django.template.context_processors import csp
    from django.utils.csp import CSP

    NONCE = CSP.NONCE
except ImportError:
    NONCE = "<CSP_NONCE_SENTINEL>"

    def get_nonce(request):
        """The nonce of this request's page (lazy text), made when it is first turned into text."""
        return getattr(request, "_csp_nonce", None)

    def csp(request):
        """Template context: `csp_nonce`."""
        return {"csp_nonce": get_nonce(request)}

    class ContentSecurityPolicyMiddleware:
        """Sends `SECURE_CSP` (W3C Content Security Policy Level 3) with every response."""

        def __init__(self, get_response):
            self.get_response = get_response

        def __call__(self, request):
            made = []

            def make():
                made.append(secrets.token_urlsafe(16))
                return made[0]

            request._csp_nonce = SimpleLazyObject(make)
            response = self.get_response(request)
            policy = getattr(response, "_csp_config", settings.SECURE_CSP)
            if policy and "Content-Security-Policy" not in response:
                response["Content-Security-Policy"] = _header(policy, made[0] if made else None)
            return response

    def _header(policy, nonce):
        parts = []
        for name, sources in policy.items():
            named = [
                f"'nonce-{nonce}'" if source == NONCE else source for source in sources if source != NONCE or nonce
            ]
            parts.append(" ".join([name, *named]))
        return "; ".join(parts)
