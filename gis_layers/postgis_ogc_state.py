"""What names the state of everything that the open layers show, in one small question."""

from django.db import connection

_STATE = """
SELECT concat_ws('-',
  (SELECT coalesce(max(id), 0) FROM legal_legalact),
  (SELECT concat_ws('.', count(*), max(id), extract(epoch FROM max(taken_in_at))) FROM gis_layers_edition
    WHERE state = 'taken_in'),
  (SELECT coalesce(max(id), 0) FROM cadastre_parcelversion),
  (SELECT md5(coalesce(string_agg(concat_ws('|', t.code, t.kind, t.position, t.label_fa, t.label_en, o.name_fa,
                                            o.name_en), ';' ORDER BY t.code), ''))
     FROM gis_layers_theme t LEFT JOIN parties_office o ON o.code = t.office_code),
  (SELECT md5(coalesce(string_agg(concat_ws('|', code, rank, title_fa, title_en, sample), ';' ORDER BY code), ''))
     FROM legal_instrument))
"""


def state() -> str:
    """Changes whenever an act, an edition, a parcel, a theme, an office or a title does."""
    with connection.cursor() as cursor:
        cursor.execute(_STATE)
        row = cursor.fetchone()
    return str(row[0]) if row else ""
