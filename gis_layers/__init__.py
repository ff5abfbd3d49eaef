"""Layers that carry law: themes, editions with coverage, features, quarantine; intake, raster, raw SQL."""
