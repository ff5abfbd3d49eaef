"""Where a case is to be: what a form or a link brought, places that words lead to, and in whose name one may ask."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from apps.cadastre.selectors import search
from apps.cases.opening import Where
from apps.common.city import current_city
from apps.common.errors import BadInputError
from apps.common.text import Text, latin_digits
from apps.parties import mandates
from apps.parties.mandate_telling import principal_name
from apps.parties.models import Person, Scope
from frontend.texts import script_texts

MOST_HITS = 8
_LONGEST = 200
SENTENCES = (
    *("outside_city", "locating", "map_failed", "locate_insecure", "locate_unsupported", "locate_denied"),
    *("locate_unavailable", "locate_timeout", "failed", "slow"),
)


@dataclass(frozen=True, slots=True)
class Principal:
    """Somebody in whose name the person may ask, on one land."""

    key: str
    name: Text
    land_code: str


def where_of(said: Mapping[str, str]) -> Where:
    """`parcel`, `lon`, `lat` of a form or a link. Raises BadInputError for coordinates that are no numbers."""
    lon, lat = said.get("lon", "").strip(), said.get("lat", "").strip()
    return Where(parcel=said.get("parcel", "").strip()[:_LONGEST], lon=_degree(lon), lat=_degree(lat))


def places(words: str) -> list[dict[str, Any]]:
    """Places that an address, a code or a name leads to: {"label", "lon", "lat"} for links, WGS 84."""
    words = words.strip()[:_LONGEST]
    found = search(words, limit=MOST_HITS).results if words else []
    return [{"label": hit.label, "lon": f"{hit.lon:.6f}", "lat": f"{hit.lat:.6f}"} for hit in found]


def principals(person: Any) -> list[Principal]:
    """Owners for whom the person may act, each with the land; a mandate for one case only opens no other."""
    if not isinstance(person, Person):
        return []
    rows = mandates.held_by(person).filter(scopes__contains=[Scope.ACT]).exclude(land_code="")
    rows = rows.select_related("principal", "principal_organisation").order_by("land_code", "pk")
    found = {(row.principal_id, row.land_code): row for row in rows}
    return [Principal(str(row.principal_id), principal_name(row), row.land_code) for row in found.values()]


def principal_of(person: Person, key: str) -> Person | None:
    """The owner that was chosen; None = oneself. Raises BadInputError for anybody who gave no mandate."""
    if not key:
        return None
    rows = mandates.held_by(person).filter(scopes__contains=[Scope.ACT]).select_related("principal")
    found = next((r.principal for r in rows if str(r.principal_id) == key), None)
    if found is None:
        raise BadInputError(
            fa="برای این مالک اختیار اقدام ندارید. از او بخواهید در «نمایندگی‌ها» آن را به شما بدهد.",
            en="You hold no mandate to act for this owner. Ask them to give it to you under “Mandates”.",
            fields=["principal"],
        )
    return found


def map_of_places() -> dict[str, Any]:
    """The JSON block of the map on which a place is shown."""
    city, texts = current_city(), script_texts()
    west, south, east, north = city.bounds
    return {
        "language": get_language(),
        "center": list(city.center),
        "zoom": city.zoom,
        "bounds": [[south, west], [north, east]],
        "layers": "/api/v1/layers",
        "texts": {key: texts[key] for key in SENTENCES},
    }


def _degree(raw: str) -> float | None:
    if not raw:
        return None
    try:
        return float(latin_digits(raw[:40]).replace("٫", "."))
    except ValueError as error:
        raise BadInputError(
            fa="جای برگزیده خوانا نیست. آن را دوباره روی نقشه نشان دهید.",
            en="The place cannot be read. Show it on the map again.",
            fields=["lon", "lat"],
        ) from error
