"""/healthz: this process answers. /readyz: what it needs answers too."""

from celery import current_app
from django.conf import settings
from django.db import OperationalError
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe
from kombu.exceptions import OperationalError as BrokerError
from redis import Redis
from redis.exceptions import RedisError

from apps.common.foreseen import RETRY_AFTER
from apps.legal.models import Instrument

_SECONDS = 1.0


@require_safe
def healthz(_request: HttpRequest) -> JsonResponse:
    """200 as long as the process serves; asks nothing else, so a database outage restarts nobody."""
    return _uncached({"ok": True}, status=200)


@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when pages can be answered, else 503. With `?worker=1` also whether any worker is listening.

    Without Redis pages still work (limits are counted per process, background work waits), so its loss is
    told (`degraded`) but takes no web server out of rotation.
    """
    parts = {"database": _database(), "redis": _redis()}
    if "worker" in request.GET:
        parts["worker"] = parts["redis"] and _worker()
    body = {"ready": parts["database"], "degraded": not all(parts.values()), "parts": parts}
    response = _uncached(body, status=200 if parts["database"] else 503)
    if not parts["database"]:
        response["Retry-After"] = str(RETRY_AFTER)
    return response


def _database() -> bool:
    try:
        Instrument.objects.exists()
    except OperationalError:
        return False
    return True


def _redis() -> bool:
    client = Redis.from_url(settings.REDIS_URL, socket_connect_timeout=_SECONDS, socket_timeout=_SECONDS)
    try:
        return bool(client.ping())
    except RedisError:
        return False
    finally:
        client.close()


def _worker() -> bool:
    try:
        return bool(current_app.control.ping(timeout=_SECONDS))
    except (BrokerError, RedisError, OSError):
        return False


def _uncached(body: dict[str, object], *, status: int) -> JsonResponse:
    return JsonResponse(body, status=status, headers={"Cache-Control": "no-store"})
