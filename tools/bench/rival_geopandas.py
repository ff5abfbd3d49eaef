"""geopandas.overlay on shapes from a file, edition by edition; prints the seconds it took."""

import sys
import time

import geopandas
import numpy as np
import shapely


def main() -> None:
    """Load, then time the overlays alone."""
    with np.load(sys.argv[1], allow_pickle=True) as stored:
        parcels = geopandas.GeoDataFrame(geometry=shapely.from_wkb(stored["parcels"]))
        features = geopandas.GeoDataFrame({"e": stored["editions"]}, geometry=shapely.from_wkb(stored["features"]))
    begun = time.perf_counter()
    for _, edition in features.groupby("e"):
        geopandas.overlay(parcels, edition, how="intersection", keep_geom_type=True).area.sum()
    print(time.perf_counter() - begun)


if __name__ == "__main__":
    main()
