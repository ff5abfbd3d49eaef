"""Housekeeping of the database around bulk loads."""

from django.db import connection


def refresh_statistics() -> None:
    """Let the planner see what has just been loaded, instead of waiting for autovacuum."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def one_builder_at_a_time() -> None:
    """Wait for any other builder of the city; released at the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('city-build'))")
