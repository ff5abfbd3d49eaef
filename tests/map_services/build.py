"""A street 1000 m long and 100 m wide, zones along it, law for them, and the one tile (z14) that shows it all."""

import gzip
from datetime import date, datetime
from itertools import pairwise

from django.contrib.gis.geos import MultiPolygon, Point
from django.test import Client

from apps.legal.models import Rank
from apps.map_services.selectors import layers, tile_urls
from gis_layers.models import Edition
from tests.legal.build import Desk
from tests.map_services.mvt import Shape, read
from tests.overlay.grid import CORNER, area, edition

TODAY = date(2026, 11, 22)
ZOOM = 14


def strip(x0: float, x1: float) -> MultiPolygon:
    """The piece of the street between x0 and x1."""
    return area((x0, 0, x1, 100))


def plan(code: str, *cuts: float, coverage: MultiPolygon | None = None, **extra: object) -> Edition:
    """An edition with zones between the cuts, speaking of the whole street if not said otherwise."""
    zones = [strip(a, b) for a, b in pairwise(cuts)]
    rank = extra.pop("rank", Rank.CITY_PLAN)
    made = edition(*zones, coverage=coverage or strip(cuts[0], cuts[-1]), code=code, **extra)
    made.instrument.rank = rank
    made.instrument.save(update_fields=["rank"])
    return made


def enact(desk: Desk, made: Edition, day: str, *, effective: str = "") -> None:
    """Approved and promulgated."""
    desk.in_force(made.instrument, day, effective=effective)


def tile_address(x: float, y: float, zoom: int = ZOOM) -> tuple[int, int, int]:
    """z, x, y of the tile that holds a point of the grid."""
    point = Point(CORNER[0] + x, CORNER[1] + y, srid=32639).transform(3857, clone=True)
    world = 40_075_016.685578488
    side = 2**zoom
    return zoom, int((point.x / world + 0.5) * side), int((0.5 - point.y / world) * side)


def shapes(url: str, *, zoom: int = ZOOM, at: tuple[float, float] = (500, 50)) -> list[Shape]:
    """Everything drawn on the tile at the point."""
    z, x, y = tile_address(*at, zoom=zoom)
    return shapes_of(Client().get(url.format(z=z, x=x, y=y)))


def shapes_of(response) -> list[Shape]:
    """The features of a tile answer."""
    assert response.status_code == 200, response.content
    body = response.content
    body = gzip.decompress(body) if response.headers.get("Content-Encoding") == "gzip" else body
    return [shape for layer in read(body).values() for shape in layer]


def theme_url(on: date = TODAY, known_at: datetime | None = None, code: str = "height_code") -> str:
    return tile_urls(on=on, known_at=known_at)[code]


def pending_urls(on: date = TODAY, code: str = "height_code") -> dict[tuple[str, str], str]:
    """(instrument, status) → URL template of its own map."""
    theme = next(t for t in layers(on=on)["themes"] if t["code"] == code)
    return {(p["instrument"], p["status"]): p["tiles"] for p in theme["pending"]}


def metres(found: list[Shape]) -> dict[tuple[str, str], int]:
    """(edition, zone) → metres of street it is drawn on: its area over the street's width, rounded to 10 m."""
    unit = 40_075_016.685578488 / 2**ZOOM / 4096
    scale = _true_scale()
    totals: dict[tuple[str, str], float] = {}
    for shape in found:
        key = (str(shape.tags["edition"]), str(shape.tags["code"]))
        totals[key] = totals.get(key, 0.0) + shape.area * (unit * scale) ** 2 / 100
    return {key: round(length / 10) * 10 for key, length in totals.items()}


def _true_scale() -> float:
    """Metres on the ground per metre of Web Mercator here."""
    one = strip(0, 100)
    return float((one.area / one.transform(3857, clone=True).area) ** 0.5)
