"""What the pages that compare two states of a theme show: rows, days, and the JSON block of their script."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apps.common.city import current_city
from apps.common.text import Text
from apps.map_services.differences import Difference
from apps.map_services.timeline import Stop, stop_at
from apps.map_services.timeline_reading import said_of
from frontend import wording
from frontend.map_page import addresses
from frontend.texts import script_texts
from gis_layers.models import Edition, Theme
from gis_layers.postgis_difference_pieces import Line

_TILE = "0/0/0.mvt"


@dataclass(frozen=True, slots=True)
class Sides:
    """What is compared: the law of `left`, and either the law of `right` or a new edition."""

    theme: Theme
    left: date
    right: date | None = None
    edition: Edition | None = None


def kind_names() -> dict[str, str]:
    """Kinds of differences in words."""
    return {"changed": _("changed"), "gained": _("added"), "lost": _("dropped")}


def rows_of(found: Difference, theme: Theme) -> list[dict[str, Any]]:
    """The lines of the table; codes with the names that the legend has for them."""
    names = {str(entry["code"]): Text.of(entry["label"]) for entry in theme.style.get("colors", ())}
    return [_row(line, names) for line in found.lines if line.count]


def slivers_of(found: Difference) -> dict[str, Any] | None:
    """How many pieces below the tolerance there are, and their area in m²; None when there are none."""
    count = sum(line.slivers for line in found.lines)
    return {"count": count, "m2": sum(line.sliver_m2 for line in found.lines)} if count else None


def days_of(stops: Sequence[Stop], day: date) -> list[dict[str, Any]]:
    """The stops of the timeline with what happens on them; `now`: the one that holds on the day."""
    at = stop_at(stops, day)
    return [
        {
            "day": stop.day,
            "now": number == at,
            "changes": [{"title": c.title, "said": said_of(c), "number": c.number} for c in stop.changes],
        }
        for number, stop in enumerate(stops)
    ]


def script_data(sides: Sides, found: Difference, days: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The JSON block of the page. Coordinates are WGS 84."""
    city = current_city()
    west, south, east, north = city.bounds
    return {
        "language": get_language(),
        "theme": sides.theme.code,
        "layers": addresses()["layers"],
        "map": {"bounds": [[south, west], [north, east]], "center": list(city.center), "zoom": city.zoom},
        "left": {"on": sides.left.isoformat()},
        "right": {"on": None if sides.right is None else sides.right.isoformat(), "tiles": _edition_tiles(sides)},
        "difference": {
            "tiles": _template("compare_tile" if found.public else "desk_difference_tile", found.key),
            "state": reverse("compare_state", args=[found.key]),
            "done": found.done,
            "bbox": found.bbox,
        },
        "days": [_day(day) for day in days],
        "kinds": kind_names(),
        "texts": {**script_texts(), **_texts()},
    }


def _texts() -> dict[str, str]:
    return {
        "law_of": _("Law of {day}"),
        "swipe_at": _("{n}% of the map shows the older state"),
        "play": _("Play"),
        "pause": _("Pause"),
        "percent_done": _("{n}% computed"),
        "nothing_there": _("nothing"),
    }


def _row(line: Line, names: Mapping[str, Text]) -> dict[str, Any]:
    return {
        "kind": line.kind,
        "kind_name": kind_names()[line.kind],
        "old": _zone(line.old, names),
        "new": _zone(line.new, names),
        "attributes_only": line.old == line.new,
        "count": line.count,
        "m2": line.m2,
        "bbox": line.bbox,
    }


def _zone(codes: str, names: Mapping[str, Text]) -> dict[str, Any] | None:
    if not codes:
        return None
    return {"code": codes, "name": names.get(codes)}


def _day(day: Mapping[str, Any]) -> dict[str, Any]:
    said = [f"{wording.say(c['title'])}: {wording.say(c['said'])}" for c in day["changes"]]
    return {"day": day["day"].isoformat(), "label": wording.day(day["day"]), "said": said, "now": day["now"]}


def _edition_tiles(sides: Sides) -> str | None:
    return None if sides.edition is None else _template("desk_edition_tile", sides.edition.pk)


def _template(name: str, key: object) -> str:
    return reverse(name, args=[key, 0, 0, 0]).removesuffix(_TILE) + "{z}/{x}/{y}.mvt"
