"""ASGI entry point, for hosts that only speak it; WSGI is the tested and faster way."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

application = get_asgi_application()
