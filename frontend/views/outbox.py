"""The outbox: messages that a real installation would send. Only where the demo writes them here."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from apps.parties import selectors
from apps.parties.sample_factor import sample_codes


@require_safe
@never_cache
def outbox(request: HttpRequest) -> HttpResponse:
    """The latest messages. NotFoundError outside the demo: nobody may read another's code."""
    context = {"sent": selectors.outbox(), "codes": sample_codes()}
    return render(request, "frontend/outbox.html", context)
