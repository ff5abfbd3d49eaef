"""Housekeeping around bulk loads."""

import pytest
from django.db import connection  # noqa: TID251 - locks and statistics are asked of the database itself

from apps.parties.models import Person
from gis_layers.postgis_maintenance import refresh_statistics

pytestmark = pytest.mark.django_db

HELD = """
SELECT relation::regclass::text FROM pg_locks
 WHERE pid = pg_backend_pid() AND locktype = 'relation' AND mode = 'ShareUpdateExclusiveLock' AND database = 0
"""
SEEN = "SELECT n_distinct FROM pg_stats WHERE tablename = 'parties_person' AND attname = 'mobile'"


def asked(sql: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def test_what_was_loaded_is_seen_and_no_other_database_is_held_up() -> None:
    """Locks on the catalogs that all databases share would last until the end of the transaction."""
    Person.objects.bulk_create([Person(mobile=f"+98912000{n:04}", password="!") for n in range(50)])
    assert asked(SEEN) == []
    refresh_statistics()
    assert asked(SEEN) == [(-1.0,)]
    assert asked(HELD) == []
