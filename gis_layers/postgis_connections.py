"""Connections of this process to the database: drop the dead ones."""

from django.db import connections
from psycopg_pool import ConnectionPool


def renew() -> bool:
    """Close this thread's broken connections and let each pool test its idle ones.

    True when asking again makes sense; False inside a transaction, whose work cannot be taken up elsewhere.
    """
    if any(connection.in_atomic_block for connection in connections.all(initialized_only=True)):
        return False
    for connection in connections.all(initialized_only=True):
        connection.close()
        pool = getattr(connection, "pool", None)
        if isinstance(pool, ConnectionPool):
            pool.check()
    return True
