"""The door of the room: the envelope of a parcel, from its extract and its shape."""

import hashlib
import logging
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import orjson
from django.core.cache import cache
from shapely.errors import ShapelyError

from apps.common import clock
from apps.common.city import current_city
from apps.common.text import Text
from apps.envelope import document, geojson, words
from apps.envelope.city_rules import envelope_rules
from apps.envelope.inputs import Doubt
from apps.envelope.reading import Reading, read
from apps.envelope.shapes import placed
from apps.envelope.solve import solve
from apps.extracts.kept import program_key
from apps.extracts.services import DEFAULT_KIND, compose
from gis_layers import postgis_envelope
from gis_layers.postgis_envelope import GroundRows

log = logging.getLogger(__name__)
KEEP_SECONDS = 86_400
_FAILURES = (ShapelyError, ArithmeticError, LookupError, TypeError, ValueError)


@dataclass(frozen=True, slots=True)
class EnvelopeAnswer:
    """`collection`: GeoJSON with the summary under "envelope"; `scene`: shapes in metres for drawing, or None."""

    collection: Mapping[str, Any]
    scene: Mapping[str, Any] | None

    @property
    def summary(self) -> Mapping[str, Any]:
        """The answer without its shapes."""
        found: Mapping[str, Any] = self.collection["envelope"]
        return found

    @property
    def body(self) -> bytes:
        """The collection's bytes, the same for the same answer."""
        return orjson.dumps(self.collection, option=orjson.OPT_SORT_KEYS)

    @property
    def tag(self) -> str:
        """sha256 over the bytes."""
        return "sha256:" + hashlib.sha256(self.body).hexdigest()


def envelope(
    *, parcel: str, on: date | None = None, known_at: datetime | None = None, permit_kind: str = DEFAULT_KIND
) -> EnvelopeAnswer:
    """The envelope of a parcel on a legal day as known at an instant. Raises as compose() does."""
    extract = compose(parcel=parcel, on=on, known_at=known_at, permit_kind=permit_kind)
    return envelope_of(extract.data, known_at=known_at)


def envelope_of(extract: Mapping[str, Any], *, known_at: datetime | None = None) -> EnvelopeAnswer:
    """The envelope that an extract document leaves of its parcel.

    Remembered by the extract's digest and the shapes, so nothing ever has to be forgotten.
    """
    city = current_city()
    reading = read(extract, envelope_rules(city.raw, city.law.units))
    rows = postgis_envelope.read_ground(
        code=extract["parcel"]["code"],
        on=date.fromisoformat(extract["on"]),
        known_at=known_at or clock.now(),
        features=reading.features,
    )
    key = f"envelope:{_program()}:{extract['digest']}:{_print(rows)}"
    held = cache.get(key)
    if held is None:
        try:
            held = orjson.dumps(_worked_out(extract, reading, rows))
        except _FAILURES:
            return _failed(extract)
        cache.set(key, held, KEEP_SECONDS)
    plain = orjson.loads(held)
    return EnvelopeAnswer(plain["collection"], plain["scene"])


def _failed(extract: Mapping[str, Any]) -> EnvelopeAnswer:
    """What cannot be computed is not known; never remembered, so the next question tries again."""
    incident = secrets.token_hex(4)
    log.exception("envelope of %s failed, incident %s", extract["parcel"]["code"], incident)
    return EnvelopeAnswer(**_nothing(extract, Doubt("failed", words.filled(words.FAILED, incident=Text.of(incident)))))


def _nothing(extract: Mapping[str, Any], why: Doubt) -> dict[str, Any]:
    said = {**document.head(extract), **document.unknown([why])}
    return {"collection": geojson.collection(None, None, said, extract["city"]["crs"]), "scene": None}


def _worked_out(extract: Mapping[str, Any], reading: Reading, rows: GroundRows | None) -> dict[str, Any]:
    if rows is None:
        return _nothing(extract, Doubt("no_shape", words.NO_SHAPE))
    place = placed(rows, reading)
    found = solve(place.lot, replace(reading.law, doubts=(*reading.law.doubts, *place.doubts)))
    said = {**document.head(extract), **document.summary(found, place.lot, reading)}
    shapes = geojson.collection(found, place, said, extract["city"]["crs"])
    return {"collection": shapes, "scene": geojson.scene(found, place)}


def _print(rows: GroundRows | None) -> str:
    """Fingerprint of everything that was read of the ground."""
    return hashlib.sha256(repr(rows).encode()).hexdigest()[:16]


@lru_cache(maxsize=1)
def _program() -> str:
    """Fingerprint of the code that works envelopes out and of what the extract's own names."""
    mill = hashlib.sha256(program_key().encode())
    for path in sorted(Path(__file__).parent.glob("*.py")):
        mill.update(path.read_bytes())
    return mill.hexdigest()[:12]
