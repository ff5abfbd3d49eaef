"""A draft edition leaves with everything that hangs on it, in the caller's transaction. Tables above by name only.

Overlays are computed by other processes meanwhile. A chunk in the making either holds a key-share lock on the edition
by its completeness row, and is waited for here; or it writes that row later, is refused by the foreign key, and takes
its overlay rows back with it. So none stays behind.
"""

from django.db import connection

_HOLD = "SELECT id FROM gis_layers_edition WHERE id = %(edition)s FOR UPDATE"
# By the chunks that the edition was computed in: the overlay is kept by parcel, and by nothing else.
_GONE = (
    """DELETE FROM extracts_overlay o USING extracts_overlaychunk k, cadastre_parcelversion v
        WHERE k.edition_id = %(edition)s AND v.chunk = k.chunk
          AND o.parcel_version_id = v.id AND o.edition_id = %(edition)s""",
    """DELETE FROM extracts_coveragecut c USING extracts_overlaychunk k, cadastre_parcelversion v
        WHERE k.edition_id = %(edition)s AND v.chunk = k.chunk
          AND c.parcel_version_id = v.id AND c.edition_id = %(edition)s""",
    "DELETE FROM extracts_overlaychunk WHERE edition_id = %(edition)s",
    "DELETE FROM gis_layers_feature WHERE edition_id = %(edition)s",
    "DELETE FROM gis_layers_quarantined WHERE edition_id = %(edition)s",
)


def discard(edition_id: int) -> None:
    """Delete its overlay rows, coverage shares, completeness, features and quarantine. Needs a transaction."""
    with connection.cursor() as cursor:
        cursor.execute(_HOLD, {"edition": edition_id})
        for statement in _GONE:
            cursor.execute(statement, {"edition": edition_id})
