"""An impact report as one HTML file for the commission's meeting: tables and a map, nothing loaded from anywhere.

folium draws the map; what it would fetch (Leaflet, and libraries that no part of this page uses) is written into the
file or left out. The ground under the points is drawn from our own data, without tiles.
"""

from pathlib import Path
from typing import Any

import folium
import leaflet
from branca.element import Element, Figure
from django.template.loader import render_to_string
from django.utils.translation import override

from apps.common.city import current_city
from apps.impact import selectors
from apps.impact.export import metadata
from apps.impact.models import ImpactReport
from apps.impact.words import COURSES
from frontend.desk_impact_page import table_of
from frontend.wording import say
from gis_layers import postgis_impact_ground

COLOURS = {
    "opens": "#9b1c1c",
    "doubt": "#9b1c1c",
    "less": "#c8801b",
    "new": "#7a3e9d",
    "more": "#2e7d4f",
    "settles": "#1f6f8b",
    "gone": "#5b7f2b",
    "other": "#4a5568",
}
"""As on the page's map (frontend/ts/desk_impact_points.ts)."""
_LIMIT = 5_000
_NEAREST = 17  # without tiles Leaflet knows no nearest zoom of its own
_STATIC = Path(leaflet.__file__).parent / "static" / "leaflet"


def impact_page(report: ImpactReport, *, language: str) -> str:
    """The whole file, in one language."""
    with override(language):
        points, total = selectors.points(report, limit=_LIMIT)
        drawn = _map(points)
        figure = _figure(drawn)
        context = {
            "report": report,
            "tables": [table_of(report, kind) for kind in report.kinds],
            "requests": selectors.requests_touched(report),
            "metadata": metadata(report),
            "city": current_city(),
            "legend": [(COLOURS[course], say(COURSES[course])) for course in _present(points)],
            "drawn": len(points),
            "total": total,
        }
        figure.html.add_child(_Written(render_to_string("frontend/desk/impact_file.html", context)), index=0)
        figure.header.add_child(_Written(_head(language)), name="ours", index=0)
        return _without_addresses(figure.render())


class _Written(Element):
    """Text that stands in the page as it is. branca reads what an element is made of as a Jinja template, so titles and
    numbers that people wrote are handed over as a value of one: nothing in them is ever run."""

    def __init__(self, text: str) -> None:
        super().__init__("{{ this.text }}")
        self.text = text


def _figure(drawn: folium.Map) -> Figure:
    root = drawn.get_root()
    if not isinstance(root, Figure):
        raise TypeError(f"{type(root)} is no page")
    return root


def _map(points: list[list[Any]]) -> folium.Map:
    city = current_city()
    drawn = folium.Map(
        location=(city.center[1], city.center[0]),
        zoom_start=city.zoom,
        tiles=None,
        max_zoom=_NEAREST + 2,
        height="520px",
        control_scale=True,
        prefer_canvas=True,
        attributionControl=False,
    )
    drawn.default_js, drawn.default_css = [], []
    folium.GeoJson(postgis_impact_ground.ground(), style_function=_ground_style, interactive=False).add_to(drawn)
    for code, course, lon, lat in points:
        folium.CircleMarker(
            (lat, lon),
            radius=4,
            weight=1,
            color="#ffffff",
            fill=True,
            fill_color=COLOURS[course],
            fill_opacity=0.9,
            tooltip=code,
        ).add_to(drawn)
    if points:
        lats, lons = [p[3] for p in points], [p[2] for p in points]
        drawn.fit_bounds([[min(lats), min(lons)], [max(lats), max(lons)]], max_zoom=_NEAREST)
    return drawn


def _ground_style(feature: dict[str, Any]) -> dict[str, Any]:
    district = feature["properties"]["kind"] == "district"
    colour = "#7d8a8c" if district else "#b9c4c6"
    return {"color": colour, "weight": 1.5 if district else 1, "fill": district, "fillOpacity": 0.04}


def _head(language: str) -> str:
    direction = "rtl" if language.startswith("fa") else "ltr"
    script = (_STATIC / "leaflet.js").read_text(encoding="utf-8")
    style = (_STATIC / "leaflet.css").read_text(encoding="utf-8")
    return (
        f"<script>{script}</script><style>{_without_pictures(style)}</style>"
        f"<script>document.documentElement.lang = {language!r}; document.documentElement.dir = {direction!r};</script>"
    )


def _without_pictures(style: str) -> str:
    """Leaflet's own marker pictures are files beside it; nothing here shows one."""
    return "\n".join(line for line in style.splitlines() if "url(" not in line or "behavior" in line)


def _without_addresses(page: str) -> str:
    return page.replace("<!DOCTYPE html>", "<!doctype html>")


def _present(points: list[list[Any]]) -> list[str]:
    found = {point[1] for point in points}
    return [course for course in COLOURS if course in found]
