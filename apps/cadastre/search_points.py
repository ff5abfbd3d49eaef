"""Points that a person writes: degrees (decimal, or with minutes and seconds) and metres on the city's grid.

A text may have several readings (which number is the latitude?). The one that falls into the city counts.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from apps.common.city import current_city
from apps.common.text import latin_digits
from gis_layers.crs import city_to_lonlat, utm_to_lonlat

LonLat = tuple[float, float]
_HALF_TURN, _QUARTER_TURN, _SIXTY = 180.0, 90.0, 60.0
_LAST_ZONE = 60
_SIGNS = str.maketrans(
    {
        "٫": ".",
        "،": ",",
        "؛": ";",
        "º": "°",
        "˚": "°",
        "′": "'",
        "’": "'",
        "ʹ": "'",
        "″": '"',
        "”": '"',
        "“": '"',
        "ʺ": '"',
    }
    | dict.fromkeys((0x200C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)), None)
)
_WORDS = (
    (re.compile(r"\b(?:latitude|lat)\b\s*[:=]?|عرض(?: جغرافیایی)?\s*[:=]?|شمالی?", re.IGNORECASE), " N "),
    (re.compile(r"\b(?:longitude|long|lon|lng)\b\s*[:=]?|طول(?: جغرافیایی)?\s*[:=]?|شرقی?", re.IGNORECASE), " E "),
    (re.compile(r"جنوبی?"), " S "),
    (re.compile(r"غربی?"), " W "),
    (re.compile(r"درجه|\bdeg\b\.?", re.IGNORECASE), "°"),
    (re.compile(r"دقیقه|\bmin\b\.?", re.IGNORECASE), "'"),
    (re.compile(r"ثانیه|\bsec\b\.?|''", re.IGNORECASE), '"'),
)
_PART = r"(\d{1,2}(?:\.\d{1,12})?)"
_DEGREES = rf"""([+-]?\d{{1,3}}(?:\.\d{{1,15}})?)\s*(?:°\s*(?:{_PART}\s*'\s*(?:{_PART}\s*"\s*)?)?)?"""
_BETWEEN = r"""(?:\s*[,;/]\s*|\s+|(?<=[NSEW°'"]))"""
_AFTER, _BEFORE = rf"{_DEGREES}([NSEW])?", rf"([NSEW])\s*{_DEGREES}"
_TWO_ANGLES = [re.compile(rf"[(\[]?\s*{one}{_BETWEEN}{one}\s*[)\]]?", re.ASCII) for one in (_AFTER, _BEFORE)]
_METRES = r"([ENXY])?\s*[:=]?\s*(\d{5,8}(?:\.\d{1,6})?)\s*M?\s*([EN])?"
_ON_A_GRID = re.compile(rf"(?:(?:ZONE|UTM)?\s*(\d{{1,2}})\s*([C-HJ-NP-X])?[\s,]+)?{_METRES}[\s,;/]+{_METRES}", re.ASCII)
_SURE_METRES = 100_000.0


@dataclass(frozen=True, slots=True)
class Asked:
    """A point named by a text. `inside`: it lies within the city's bounds (WGS 84, longitude first)."""

    lon: float
    lat: float
    inside: bool


def point(q: str) -> Asked | None:
    """The point that the whole text names; None when it names none."""
    text = latin_digits(q).translate(_SIGNS)
    for pattern, sign in _WORDS:
        text = pattern.sub(sign, text)
    text = " ".join(text.upper().split())
    return _by_angles(text) or _by_metres(text)


def chosen(readings: Sequence[LonLat]) -> Asked | None:
    """The first reading that falls into the city, else the first that is on the Earth; None without any."""
    west, south, east, north = current_city().bounds
    real = [(lon, lat) for lon, lat in readings if abs(lon) <= _HALF_TURN and abs(lat) <= _QUARTER_TURN]
    for lon, lat in real:
        if west <= lon <= east and south <= lat <= north:
            return Asked(lon, lat, inside=True)
    return Asked(*real[0], inside=False) if real else None


def either_order(first: float, second: float) -> list[LonLat]:
    """(lon, lat) of two bare numbers: latitude first, as maps write it, then longitude first."""
    return [(second, first), (first, second)]


def _by_angles(text: str) -> Asked | None:
    match = next((found for pattern in _TWO_ANGLES if (found := pattern.fullmatch(text))), None)
    if not match or not ("." in text or "°" in text or re.search("[NSEW]", text)):
        return None
    one, two = _angle(match.groups()[:4]), _angle(match.groups()[4:])
    if one is None or two is None:
        return None
    (value, axis), (other, other_axis) = one, two
    if not axis and not other_axis:
        return chosen(either_order(value, other))
    if axis == other_axis:
        return None
    latitude_first = axis == "lat" or other_axis == "lon"
    return chosen([(other, value) if latitude_first else (value, other)])


def _angle(groups: Sequence[str | None]) -> tuple[float, str] | None:
    """(degrees, axis or "") of degrees, minutes and seconds with a half of the Earth before or behind them."""
    hemisphere = next((part for part in (groups[0], groups[-1]) if part and part in "NSEW"), "")
    degrees, minutes, seconds = groups[1:] if groups[0] in tuple("NSEW") else groups[:3]
    small = [float(part or 0) for part in (minutes, seconds)]
    if degrees is None or max(small) >= _SIXTY:
        return None
    sign = -1 if degrees.startswith("-") or hemisphere in ("S", "W") else 1
    value = sign * (abs(float(degrees)) + small[0] / _SIXTY + small[1] / _SIXTY**2)
    return value, {"N": "lat", "S": "lat", "E": "lon", "W": "lon"}.get(hemisphere, "")


def _by_metres(text: str) -> Asked | None:
    """'39S 562873 3613000', 'E 562873 N 3613000', or two bare numbers that fall into the city on its own grid."""
    match = _ON_A_GRID.fullmatch(text)
    if not match:
        return None
    zone, band, before, one, after, _before, two, _after = match.groups()
    first, second = float(one), float(two)
    northing_first = (before or after) in ("N", "Y")
    pairs = [(second, first)] if northing_first else [(first, second)]
    if not (before or after):
        pairs.append((second, first))
    found = chosen(list(_on_the_earth(pairs, int(zone) if zone else None, band or "")))
    sure = zone or before or after or min(first, second) >= _SURE_METRES
    return found if found and (found.inside or sure) else None


def _on_the_earth(pairs: Sequence[LonLat], zone: int | None, band: str) -> Iterator[LonLat]:
    if zone is None:
        yield from (city_to_lonlat(easting, northing) for easting, northing in pairs)
        return
    if not 1 <= zone <= _LAST_ZONE:
        return
    # 'S' is a band of the north and, to many, the southern half: both are read, the city decides.
    halves = [True] if band and band < "N" else [False, True] if band == "S" else [False]
    for south in halves:
        yield from (utm_to_lonlat(easting, northing, zone=zone, south=south) for easting, northing in pairs)
