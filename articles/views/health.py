"""For whoever watches the machine: does the process live, can it serve readers."""

import shutil

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

LEAST_FREE_BYTES = 100_000_000


@never_cache
@require_safe
def livez(request):
    """200 while the process answers; asks no database."""
    return JsonResponse({"live": True})


@never_cache
@require_safe
def readyz(request):
    """200 when database, migrations and disk are as they should be, else 503; names each, tells no version."""
    checks = {"database": _database(), "migrations": _migrations(), "disk": _disk()}
    return JsonResponse(checks, status=200 if all(checks.values()) else 503)


def _database():
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return True
    except DatabaseError:
        return False


def _migrations():
    try:
        executor = MigrationExecutor(connection)
        return not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return False


def _disk():
    try:
        return shutil.disk_usage(settings.VAR).free >= LEAST_FREE_BYTES
    except OSError:
        return False
