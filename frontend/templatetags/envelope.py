"""The section "What may be built here" of a parcel's page: the envelope arranged for the template."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from apps.common.city import current_city
from apps.common.units import LENGTHS
from apps.envelope.picture import picture
from apps.envelope.services import envelope_of
from frontend import wording

register = template.Library()


@register.inclusion_tag("frontend/parts/envelope.html", takes_context=True)
def buildable(context: Mapping[str, Any]) -> dict[str, Any]:
    """The envelope of the page's extract: its numbers, its picture, and the limit that binds first."""
    extract, ask = context["extract"], context["ask"]
    answer = envelope_of(extract, known_at=ask.known_at)
    said = answer.summary
    drawn = answer.scene if answer.scene and said["levels"] else None
    asked = {"on": ask.on.isoformat(), "kind": ask.kind, **({"known_at": extract["known_at"]} if ask.known_at else {})}
    code = extract["parcel"]["code"]
    return {
        **_units(),
        "envelope": said,
        "picture": still(drawn, title=_("The buildable envelope, seen from the south-west")) if drawn else "",
        "binding": [x for x in said["limits"] if x["key"] in said["binding_limits"] and x["provisions"]],
        "edges": outline(answer.collection["features"]),
        "scene_url": f"{reverse('parcel_envelope', args=[code])}?{urlencode(asked)}",
        "api_url": f"/api/v1/parcels/{code}/envelope?{urlencode(_api(asked))}",
    }


def still(scene: Mapping[str, Any], *, title: str) -> SafeString:
    """The SVG of a scene; every text in it is escaped by `picture`."""
    drawn = picture(scene, title=title, height=_height, north=_("N"))
    return mark_safe(drawn)  # noqa: S308 - numbers and escaped texts only


@register.filter
def in_area(square_metres: float) -> float:
    """m² in the square of the city's unit of length."""
    return square_metres / _metres() ** 2


@register.filter
def in_volume(cubic_metres: float) -> float:
    """m³ in the cube of the city's unit of length."""
    return float(cubic_metres / _metres() ** 3)


@register.filter
def in_length(metres: float) -> float:
    """Metres in the city's unit of length."""
    return metres / _metres()


def _metres() -> float:
    return float(LENGTHS[current_city().law.units.length])


def _units() -> dict[str, Any]:
    name = current_city().law.units.length
    cubes = {"m": _("m³"), "ft": _("ft³")}
    return {"length": name, "area": f"{name}²", "volume": cubes[name], "per_metre": 1 / _metres()}


def _height(metres: float) -> str:
    """Isolated by its own language: the picture around it always runs from left to right."""
    written = wording.quantity(in_length(metres), current_city().law.units.length)
    return f"\u2067{written}\u2069" if wording.persian() else written


def outline(features: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What made the edges of the lowest level: length in m and provision, longest first; the lot's own edge last."""
    lengths: dict[tuple[str, str], dict[str, Any]] = {}
    edges = [f["properties"] for f in features if f["properties"]["role"] == "edge"]
    lowest = edges[0]["levels"] if edges else []
    for edge in (e for e in edges if e["levels"] == lowest):
        made = edge["provision"]
        key = (edge["kind"], made["row"] + made["rulebook"]["code"] if made else "")
        row = lengths.setdefault(key, {"kind": edge["kind"], "provision": made, "length_m": 0.0})
        row["length_m"] = round(row["length_m"] + edge["length_m"], 2)
    return sorted(lengths.values(), key=lambda row: (row["provision"] is None, -row["length_m"]))


def _api(asked: Mapping[str, str]) -> dict[str, str]:
    return {"permit_kind" if name == "kind" else name: value for name, value in asked.items()}
