"""Files from outside become rows: open safely, read, check, repair, quarantine. The only room of pyogrio.

Imported lazily (it carries its own GDAL): go through gis_layers.services.
"""
