"""The days and instants on which the drawing of parcels changes: what names a past state of them."""

from dataclasses import dataclass
from datetime import date, datetime

from gis_layers.postgis_hot import hot_connection

_LEGAL = """
SELECT array_agg(d ORDER BY d) FROM (
  SELECT lower(legal) AS d FROM cadastre_parcelversion UNION SELECT upper(legal) FROM cadastre_parcelversion) b
 WHERE d IS NOT NULL
"""
_KNOWN = """
SELECT array_agg(t ORDER BY t) FROM (
  SELECT lower(known) AS t FROM cadastre_parcelversion UNION SELECT upper(known) FROM cadastre_parcelversion) b
 WHERE t IS NOT NULL
"""


@dataclass(frozen=True, slots=True)
class Bounds:
    """Every bound of the parcels' versions on both clocks, ascending."""

    days: tuple[date, ...]
    instants: tuple[datetime, ...]


def bounds() -> Bounds:
    """Read from all versions: once for each state of the parcels, then held (apps.map_services.parcel_states)."""
    with hot_connection() as straight:
        days, instants = (straight.execute(statement).fetchone() for statement in (_LEGAL, _KNOWN))
    return Bounds(tuple((days and days[0]) or ()), tuple((instants and instants[0]) or ()))
