"""The link by which an answer is found again: parcel, legal day, permit kind, and what was recorded by then."""

from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from frontend.asking import Ask


def permanent_link(request: HttpRequest, *, code: str, ask: Ask, known_at: str) -> str:
    """Absolute address of the parcel's page in the language of the request."""
    return request.build_absolute_uri(f"{reverse('parcel', args=[code])}?{question(ask=ask, known_at=known_at)}")


def question(*, ask: Ask, known_at: str) -> str:
    """The query of the same question: '' for an unknown instant leaves it out."""
    asked = {"on": ask.on.isoformat(), "kind": ask.kind} | ({"known_at": known_at} if known_at else {})
    return urlencode(asked)
