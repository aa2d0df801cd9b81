"""The web server's entry point; refuses to start an installation that fails its own checks."""

import gc
import os
import sys

from django.core.checks import ERROR, run_checks
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

application = get_wsgi_application()

from articles.outbox.embedded import start_embedded_worker  # noqa: E402  (needs the app registry)
from articles.views import counting  # noqa: E402

if errors := [message for message in run_checks() if message.level >= ERROR]:
    sys.exit("\n".join(str(message) for message in errors))

start_embedded_worker()
counting.start()
# The checks have loaded all there is, and it stays: looking it over for garbage again and again takes, in
# the middle of a page, 70 ms.
gc.collect()
gc.freeze()
