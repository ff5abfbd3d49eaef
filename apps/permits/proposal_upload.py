"""A file that brings a footprint: GeoJSON or DXF by its content, within limits; the sha256 of its bytes is kept.

A drawing of several layers waits half an hour for its sender to choose one: its outlines only, never the file.
"""

import hashlib
from dataclasses import dataclass, replace

import orjson
import shapely
from django.core.cache import cache
from shapely import MultiPolygon

from apps.common.errors import BadInputError, TooLargeError
from apps.permits.proposal_document import Origin
from apps.permits.proposal_dxf import DrawnLayer, footprint_of, read_layers
from apps.permits.proposal_geojson import read_geojson

MOST_BYTES = 4 * 1024 * 1024
_LONGEST_NAME = 120
_WAIT_SECONDS = 1_800


@dataclass(frozen=True, slots=True)
class Brought:
    """The footprint of a file in the city's CRS, and where it came from."""

    footprint: MultiPolygon
    origin: Origin


def read_file(content: bytes, *, name: str, layer: str = "", whose: str = "") -> Brought:
    """The footprint in a file. `whose`: for whom a drawing of several layers waits, '' = for nobody.

    Raises TooLargeError, BadInputError (where a layer must be chosen with `details.layers`, and `details.file` for
    `read_waiting`).
    """
    if len(content) > MOST_BYTES:
        raise TooLargeError(
            fa="پروندهٔ سطح اشغال حداکثر ۴ مگابایت است. تنها خط بیرونی ساختمان را در پرونده‌ای جدا بفرستید.",
            en="A file of a footprint is at most 4 MB. Send the outline of the building alone in a file of its own.",
            limit_bytes=MOST_BYTES,
        )
    kind, mark = sniffed(content), hashlib.sha256(content).hexdigest()
    plain = "".join(c for c in name.rpartition("/")[2] if c.isprintable())[-_LONGEST_NAME:]
    if kind == "geojson":
        return Brought(read_geojson(content), Origin(kind, plain, "", mark))
    layers = read_layers(content)
    try:
        return _of_layer(layers, layer, Origin(kind, plain, "", mark))
    except BadInputError as error:
        if whose and "layers" in error.details:
            kept = {one.name: [shapely.to_wkb(p, hex=True) for p in one.outlines] for one in layers}
            cache.set(_key(whose, mark), orjson.dumps({"name": plain, "layers": kept}), _WAIT_SECONDS)
            error.details["file"] = mark
        raise


def read_waiting(sha256: str, *, layer: str, whose: str) -> Brought:
    """The footprint on a layer of a drawing that was sent before. Raises BadInputError when it waits no longer."""
    held = cache.get(_key(whose, sha256))
    if held is None:
        raise BadInputError(
            fa="پرونده‌ای که فرستاده بودید دیگر در دست نیست. آن را دوباره بفرستید.",
            en="The file that you sent is no longer at hand. Send it again.",
        )
    kept = orjson.loads(held)
    layers = tuple(DrawnLayer(n, list(shapely.from_wkb(outlines))) for n, outlines in kept["layers"].items())
    return _of_layer(layers, layer, Origin("dxf", kept["name"], "", sha256))


def _of_layer(layers: tuple[DrawnLayer, ...], layer: str, origin: Origin) -> Brought:
    footprint = footprint_of(layers, layer)
    return Brought(footprint, replace(origin, layer=layer or layers[0].name))


def _key(whose: str, sha256: str) -> str:
    return f"proposal-file:{hashlib.sha256(f'{whose}:{sha256}'.encode()).hexdigest()}"


def sniffed(content: bytes) -> str:
    """'geojson' or 'dxf', by what stands in it and never by its name. Raises BadInputError for anything else."""
    start = content[:200].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith((b"{", b"[")):
        return "geojson"
    if start.startswith((b"0", b"999", b"AutoCAD Binary DXF")) and b"SECTION" in content[:4000]:
        return "dxf"
    if start.startswith(b"AutoCAD Binary DXF"):
        return "dxf"
    raise BadInputError(
        fa="این پرونده نه GeoJSON است و نه DXF. یکی از این دو را بفرستید، یا سطح اشغال را روی نقشه بکشید.",
        en="This file is neither GeoJSON nor DXF. Send one of these, or draw the footprint on the map.",
    )
