"""The published files of the package as they are: read raw, by no code of the product."""

import json
from functools import cache
from pathlib import Path
from typing import Any

FILES = Path(__file__).parents[2] / "cities" / "cockrell_hill" / "files"


@cache
def zoning() -> dict[str, dict[str, Any]]:
    """The district features by their short name."""
    text = (FILES / "cockrell_hill.zoning.geojson").read_text()
    return {f["properties"]["dist_abbr"]: f for f in json.loads(text)["features"]}


@cache
def features_of_lots() -> dict[str, list[dict[str, Any]]]:
    """What the file says of each lot's sides and centre, by parcel_id."""
    found: dict[str, list[dict[str, Any]]] = {}
    for feature in json.loads((FILES / "cockrell_hill.parcel.geojson").read_text())["features"]:
        found.setdefault(feature["properties"]["parcel_id"], []).append(feature["properties"])
    return found


def centre_of(parcel_id: str) -> dict[str, Any]:
    """Width and depth in feet, area in acres."""
    return next(p for p in features_of_lots()[parcel_id] if p["side"] == "centroid")
