"""The map's list of layers: tile URLs with immutable keys, legends, and which law each layer shows."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from apps.common.text import Text
from apps.legal.selectors import ActFacts, InstrumentLaw, law_version
from apps.map_services.keys import base_keys
from apps.map_services.plates import PendingView, ThemeView, theme_views


def tile_urls(*, on: date, known_at: datetime | None = None) -> dict[str, str]:
    """Layer → URL template with {z}/{x}/{y}; themes show what is in force on the day."""
    return _urls(theme_views(on=on, known_at=known_at), on=on, known_at=known_at)


def layers(*, on: date, known_at: datetime | None = None) -> dict[str, Any]:
    """The body of GET /api/v1/layers (docs/extract-format.md)."""
    views = theme_views(on=on, known_at=known_at)
    return {
        "on": on.isoformat(),
        "law_version": law_version(known_at),
        "tiles": _urls(views, on=on, known_at=known_at),
        "themes": [_theme(view) for view in views],
    }


def url_template(layer: str, key: str) -> str:
    """'/tiles/<layer>/<key>/{z}/{x}/{y}.mvt'."""
    some = reverse("map_services:tile", args=(layer, key, 0, 0, 0))
    return some.removesuffix("0/0/0.mvt") + "{z}/{x}/{y}.mvt"


def _urls(views: tuple[ThemeView, ...], *, on: date, known_at: datetime | None) -> dict[str, str]:
    keys = base_keys(on=on, known_at=known_at) | {t.theme.code: t.view.key for t in views if t.view is not None}
    return {layer: url_template(layer, key) for layer, key in keys.items()}


def _theme(view: ThemeView) -> dict[str, Any]:
    theme = view.theme
    return {
        "code": theme.code,
        "label": Text(theme.label_fa, theme.label_en).as_dict(),
        "kind": theme.kind,
        "style": theme.style,
        "legend": [_legend(entry) for entry in theme.style.get("colors", ())],
        "editions": [_edition(law, "in_force", law.promulgation) for _, law in view.in_force],
        "pending": [_pending(view, pending) for pending in view.pending],
    }


def _legend(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {"code": entry["code"], "label": Text.of(entry["label"]).as_dict(), "color": entry["color"]}


def _pending(view: ThemeView, pending: PendingView) -> dict[str, Any]:
    atoms = [a.act for a in pending.law.atoms if a.status is pending.status and a.act is not None]
    body = _edition(pending.law, pending.status.value, atoms[0] if atoms else None)
    return {**body, "tiles": url_template(view.theme.code, pending.view.key)}


def _edition(law: InstrumentLaw, status: str, act: ActFacts | None) -> dict[str, Any]:
    return {
        "instrument": law.code,
        "title": law.title.as_dict(),
        "status": status,
        "act": None if act is None else _act(act),
        "sample": law.sample,
    }


def _act(act: ActFacts) -> dict[str, Any]:
    return {
        "kind": act.kind.value,
        "number": act.number,
        "date": act.act_date.isoformat(),
        "effective_on": act.effective_on.isoformat(),
        "body": act.body.as_dict(),
        "document": act.document,
    }
