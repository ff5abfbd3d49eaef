"""What the map shows, as text: every layer with its legend, editions and their legal status."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.map_services.selectors import layers
from frontend.asking import read_ask


@require_safe
def layer_list(request: HttpRequest) -> HttpResponse:
    """The layers of a day."""
    ask = read_ask(request)
    return render(request, "frontend/layers.html", {"ask": ask, "layers": layers(on=ask.on, known_at=ask.known_at)})
