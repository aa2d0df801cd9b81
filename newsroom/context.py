"""What every template for staff may name."""

from django.conf import settings


def newspaper(request):
    """Template context: `site_name`, the newspaper's name (text)."""
    return {"site_name": settings.SITE_NAME}
