"""The legal history of a parcel: a page of its own, and a part that the parcel's panel loads when it is opened."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.extracts import history_words as words
from apps.extracts.history import Stretch, history, names_of_codes
from apps.extracts.status_labels import STATUS_LABELS
from frontend.asking import read_ask


@require_safe
def parcel_history(request: HttpRequest, code: str) -> HttpResponse:
    """The whole page; with `?part=1` the timeline alone. Raises NotFoundError with suggestions."""
    ask = read_ask(request)
    found = history(parcel=code, permit_kind=ask.kind, known_at=ask.known_at)
    names = names_of_codes()
    context = {
        "ask": ask,
        "history": found,
        "stretches": [_shown(stretch, names) for stretch in reversed(found.stretches)],
        "statuses": STATUS_LABELS,
    }
    part = request.GET.get("part") == "1"
    return render(request, "frontend/parts/history.html" if part else "frontend/history.html", context)


def _shown(stretch: Stretch, names: words.Names) -> dict[str, Any]:
    """A stretch with its values and acts in words."""
    return {
        "stretch": stretch,
        "days": words.days(stretch.since, stretch.until, when=stretch.when),
        "unknown": all(s.outcome == "not_known" and s.bound is None for s in stretch.said),
        "values": [(said.label, words.value_of(said, names), said.outcome) for said in stretch.said],
        "acts": [(act, words.act(act)) for act in stretch.acts],
        "quiet": [(act, words.act(act)) for act in stretch.quiet],
    }
