"""Links of map services that people paste: the place is read out of the address itself, nothing is asked of anybody.

A pin counts before a route's end, that before the middle of the view. Patterns name what they read, not whose map it
is, so that a service nobody thought of is read too when it writes its place in a usual way.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote_plus, urlsplit

from apps.cadastre.search_points import Asked, chosen, either_order, point
from apps.common.text import latin_digits

_LINK = re.compile(
    r"(?:https?://|www\.|geo:)\S+|(?:maps\.app\.goo\.gl|goo\.gl|g\.page|nshn\.ir|osm\.org|balad\.ir|neshan\.org)/\S+",
    re.IGNORECASE,
)
_END = ".,;:!?)]}>»\"'،؛"
_SHORT_HOSTS = {"maps.app.goo.gl", "goo.gl", "g.co", "g.page", "nshn.ir", "bit.ly", "tinyurl.com", "t.co", "maps.apple"}
_N = r"([+-]?\d{1,3}\.\d{1,16})"
_PINS = (re.compile(rf"!3d{_N}!4d{_N}"), re.compile(rf"!2d{_N}!3d{_N}"), re.compile(rf"!1d{_N}!2d{_N}"))
_PLACES = ("q", "query", "destination", "daddr", "to", "pt", "marker", "markers", "coordinate", "coordinates", "ll")
_VIEWS = ("center", "cp", "sll", "map", "c")
_AXES = (("mlat", "mlon"), ("latitude", "longitude"), ("lat", "lon"), ("lat", "lng"), ("lat", "long"), ("y", "x"))
_PAIR = re.compile(rf"(?<![\d.]){_N}\s*[,~;|\s]\s*{_N}(?![\d.])")
_IN_THE_PATH = re.compile(rf"/{_N},\s*{_N}(?=[/?#]|$)")
_AT = re.compile(rf"@{_N},{_N}")
_HASHES = (re.compile(rf"#(?:map=)?\d{{1,2}}(?:\.\d+)?/{_N}/{_N}"), re.compile(rf"#c{_N}-{_N}"))
_OWN = re.compile(r"[?&]parcel=([^&#]+)|/parcels/([^/?#]+)")
_QUADS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_~"
_QUAD_LINK = re.compile(r"/go/([A-Za-z0-9_~@]{2,10})")


@dataclass(frozen=True, slots=True)
class Link:
    """What a pasted link names: a parcel's code (a link of this site), a point, or nothing that can be read.

    `short`: it hides its place behind a redirect, which cannot be followed from here.
    """

    code: str = ""
    place: Asked | None = None
    short: bool = False


def link(q: str) -> Link | None:
    """The first link in the text, read; None when there is none."""
    match = _LINK.search(q)
    if not match:
        return None
    raw = match[0].rstrip(_END)
    url = latin_digits(unquote_plus(unquote_plus(raw)))
    own = _OWN.search(url)
    if own:
        return Link(code=own[1] or own[2])
    try:
        parts = urlsplit(raw if ":" in raw.split("/")[0] else f"https://{raw}")
        place = next((asked for asked in _readings(url, parts.query) if asked), None)
    except ValueError:  # brackets that are no address
        return Link()
    host = (parts.hostname or "").removeprefix("www.")
    return Link(place=place, short=place is None and host in _SHORT_HOSTS)


def _readings(url: str, query: str) -> Iterator[Asked | None]:
    """Every way to read a place out of it, the surest first."""
    yield from _matches(_PINS, url)
    values = {name.lower(): latin_digits(value) for name, value in parse_qsl(query)}
    for names in _AXES:
        pair = [values.get(name, "") for name in names]
        if all(pair):
            yield point(", ".join(pair))
    yield from (_pair(values[name]) for name in _PLACES if name in values)
    yield from reversed(list(_matches((_IN_THE_PATH,), url)))
    yield from (point(part) for part in url.split("?", maxsplit=1)[0].split("/") if "°" in part)
    if url.lower().startswith("geo:"):
        yield _pair(url[4:])
    yield from _matches((_AT, *_HASHES), url)
    yield from (_pair(values[name]) for name in _VIEWS if name in values)
    quads = _QUAD_LINK.search(url)
    yield chosen([_quad(quads[1])]) if quads else None


def _matches(patterns: Iterable[re.Pattern[str]], url: str) -> Iterator[Asked | None]:
    for pattern in patterns:
        for found in pattern.finditer(url):
            yield chosen(either_order(float(found[1]), float(found[2])))


def _pair(text: str) -> Asked | None:
    found = _PAIR.search(text)
    return chosen(either_order(float(found[1]), float(found[2]))) if found else point(text)


def _quad(code: str) -> tuple[float, float]:
    """(lon, lat) of OpenStreetMap's short code: three bits of each axis in a letter, woven."""
    x = y = bits = 0
    for letter in code.replace("@", "~"):
        value = _QUADS.index(letter)
        for shift in (4, 2, 0):
            pair = value >> shift & 3
            x, y, bits = x << 1 | pair >> 1, y << 1 | pair & 1, bits + 1
    return x * 360 / 2**bits - 180, y * 180 / 2**bits - 90
