"""Tables of parcels as a file brings them. Knows nothing of Django."""

from typing import Any

import geopandas
from shapely import Polygon, box

from tests.gis_layers.files import ORIGIN

SIDE = 600  # metres: neighbours fall into different cells of the overlay grid


def rows(*codes: str, **columns: Any) -> geopandas.GeoDataFrame:
    """One parcel for each code, 600 m apart to the east, with every field of the contract."""
    count = len(codes)
    body: dict[str, Any] = {
        "code": list(codes),
        "plate": [f"5/{n}" for n in range(count)],
        "district": [3] * count,
        "neighbourhood_fa": ["محله"] * count,
        "address_fa": ["کوچهٔ ياس"] * count,
        "passage_name_fa": ["گذر"] * count,
        "deed_area": [240.05] * count,
        "passage_width": [8.5] * count,
        "frontage": [12.34] * count,
        "corner": [True] * count,
        "consolidated": [1] * count,
        "existing_storeys": [2] * count,
        "existing_height": [6.4] * count,
    }
    body.update({name: values if isinstance(values, list) else [values] * count for name, values in columns.items()})
    shapes = body.pop("geometry", [plot(n) for n in range(count)])
    return geopandas.GeoDataFrame(body, geometry=shapes, crs=32639)


def plot(n: int) -> Polygon:
    return box(ORIGIN[0] + SIDE * n, ORIGIN[1], ORIGIN[0] + SIDE * n + 20, ORIGIN[1] + 12)
