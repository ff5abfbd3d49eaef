"""The closed vocabulary: which of two values is stricter. Written from the names; the comparison checks it too."""

from collections.abc import Mapping
from typing import Any

_MAX = """
max_storeys max_height max_coverage max_coverage_ground max_density max_projection stair_head_height stair_head_share
parapet_height clear_height_storey clear_height_pilotis clear_height_basement clear_height_shop ramp_slope
"""
_MIN = """
front_setback rear_setback side_setback_interior side_setback_exterior no_build_strip corner_chamfer min_plot
min_frontage projection_clearance facing_windows facing_windows_service window_to_yard window_sill
light_well_main_area light_well_main_side light_well_service_area light_well_service_side
"""
DIRECTIONS = {
    **dict.fromkeys(_MAX.split(), "max"),
    **dict.fromkeys(_MIN.split(), "min"),
    "permitted_use": "set",
    "min_parking": "schedule",
    "min_lot_for_use": "schedule",
}
HERITAGE = ("max_storeys", "max_height", "max_coverage", "max_coverage_ground", "max_density", "min_plot")


def spoken_for(source: str, city: Mapping[str, Any]) -> tuple[str, ...]:
    """The subjects about which a source owes an answer in this city."""
    words = tuple(city.get("subjects", ())) or tuple(DIRECTIONS)
    return words if source == "detailed_plan" else tuple(w for w in words if w in HERITAGE)
