"""Housekeeping of the database around bulk loads."""

from django.db import connection

# New entries of a GIN index wait in a list that every search reads in full.
_SORT_IN = """
SELECT gin_clean_pending_list(c.oid)
  FROM pg_class c JOIN pg_am a ON a.oid = c.relam AND a.amname = 'gin'
 WHERE c.relkind = 'i' AND c.relnamespace = 'public'::regnamespace
"""

# A bare ANALYZE also takes the catalogs that all databases share: inside a transaction it would hold up the builders of
# the others until its end.
_OURS = """
SELECT string_agg(oid::regclass::text, ', ')
  FROM pg_class
 WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace
"""


def refresh_statistics() -> None:
    """Let the planner see what has just been loaded, and sort new text into the indexes, before autovacuum would."""
    with connection.cursor() as cursor:
        cursor.execute(_SORT_IN)
        cursor.execute(_OURS)
        cursor.execute(f"ANALYZE {cursor.fetchone()[0]}")


def one_builder_at_a_time() -> None:
    """Wait for any other builder of the city; released at the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('city-build'))")
