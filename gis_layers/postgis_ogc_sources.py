"""The read-only views that the open layers are read from."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """A view: its key (a growing integer), the columns shown, and the condition that picks its rows."""

    view: str
    key: str
    columns: tuple[str, ...]
    holds: str


FEATURES = Source(
    "open_data_shown",
    "source_row",
    ("code", "label_fa", "label_en", "attributes"),
    "v.shape = %(shape)s AND v.edition_id = %(edition)s",
)
PARCELS = Source(
    "open_data_parcel",
    "version",
    ("code", "district", "drawn_area_m2", "deed_area_m2", "passage_width_m", "frontage_m", "corner", "ended"),
    # Both clocks as in postgis_clocks.HOLDS, but for a span of days.
    "(v.legal && daterange(%(first)s::date, %(last)s::date, '[]')) IS TRUE"
    " AND (v.known && tstzrange(%(known_at)s::timestamptz, %(known_at)s::timestamptz, '[]')) IS TRUE",
)
DISTRICTS = Source("open_data_district", "number", ("name_fa", "name_en", "approximate"), "true")
