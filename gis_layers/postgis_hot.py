"""A connection for the two hot paths: straight from the pool, without what Django does for each request's first query.

Inside an open Django connection (a transaction, a test) that one is used, so both see the same rows.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from psycopg import Connection
from psycopg_pool import ConnectionPool


@contextmanager
def hot_connection() -> Iterator[Connection[Any]]:
    """A psycopg connection in autocommit mode, for one or two statements. Errors are Django's, as everywhere."""
    pool = getattr(connection, "pool", None)
    with connection.wrap_database_errors:
        if connection.connection is not None or not isinstance(pool, ConnectionPool):
            connection.ensure_connection()
            yield connection.connection
            return
        pool.open()  # nothing when it is open already
        with pool.connection() as straight:
            if not straight.autocommit:
                straight.autocommit = True
            yield straight
