"""An act as an entry of a feed, in the language of the request."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apps.extracts.render import instant
from apps.notices.act_entries import ActEntry
from frontend.wording import day, say


def absolute(request: HttpRequest, path: str) -> str:
    """The whole address of a path of this site."""
    return request.build_absolute_uri(path)


def _words(entry: ActEntry) -> str:
    """What happened, and the act that did it."""
    signed = _("No. %(number)s of %(body)s, %(day)s; effective from %(from)s.") % {
        "number": entry.number,
        "body": say(entry.body),
        "day": day(entry.act_date),
        "from": day(entry.effective_on),
    }
    return " ".join(part for part in (say(entry.text), signed, say(entry.reason)) if part)


def _guid(request: HttpRequest, entry: ActEntry) -> str:
    return f"tag:{request.get_host()},2026:acts/{entry.act}/{entry.phase}"


def atom_item(request: HttpRequest, entry: ActEntry) -> dict[str, Any]:
    """Arguments of `add_item`."""
    return {
        "title": say(entry.headline),
        "link": absolute(request, reverse("act", args=[entry.act])),
        "description": escape(_words(entry)),  # Atom reads it as HTML
        "unique_id": _guid(request, entry),
        "pubdate": entry.at,
        "updateddate": entry.at,
        "author_name": say(entry.body),
        "categories": [entry.kind, entry.instrument, *(code for code, _name in entry.themes)],
        "geometry": entry.place.bbox,
    }


def json_item(request: HttpRequest, entry: ActEntry) -> dict[str, Any]:
    """An item of a JSON Feed."""
    return {
        "id": _guid(request, entry),
        "url": absolute(request, reverse("act", args=[entry.act])),
        "title": say(entry.headline),
        "content_text": _words(entry),
        "date_published": instant(entry.at),
        "authors": [{"name": say(entry.body)}],
        "tags": [entry.kind, entry.instrument, *(code for code, _name in entry.themes)],
        "language": get_language(),
        "_parvaneh": {
            "act": entry.act,
            "phase": entry.phase,
            "kind": entry.kind,
            "number": entry.number,
            "date": entry.act_date.isoformat(),
            "effective_on": entry.effective_on.isoformat(),
            "recorded_at": instant(entry.recorded_at),
            "body": entry.body.as_dict(),
            "authority": entry.authority,
            "instrument": {"code": entry.instrument, "kind": entry.instrument_kind, "title": entry.title.as_dict()},
            "replaced_by": entry.successor[0] if entry.successor else None,
            "themes": [code for code, _name in entry.themes],
            "scoped": entry.place.scoped,
            "bbox": entry.place.bbox,
            "centre": entry.place.centre,
            "area_m2": entry.place.area_m2,
            "sample": entry.sample,
        },
    }
