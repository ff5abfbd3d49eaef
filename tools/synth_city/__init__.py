"""Deterministic generator of the synthetic demo city: real frame, invented parcels and plan layers."""

VERSION = "1.4"
EPSG = 32639
"""Every coordinate this package writes is UTM zone 39 north, in metres."""
