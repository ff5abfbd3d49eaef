"""The outbox: messages that a real installation would send. Only where the demo writes them here."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from apps.parties.models import OutboxMessage

SHOWN = 20


@require_safe
@never_cache
def outbox(request: HttpRequest) -> HttpResponse:
    """The latest messages; 404 outside demo and test: nobody may read another's code."""
    if settings.MODE not in ("demo", "test"):
        raise Http404
    return render(request, "frontend/outbox.html", {"messages_sent": OutboxMessage.objects.all()[:SHOWN]})
