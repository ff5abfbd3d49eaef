"""Files for people outside: what the platform found, as GeoPackages. pyogrio is imported lazily: its own GDAL."""
