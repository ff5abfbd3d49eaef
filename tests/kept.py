"""What many tests build alike is built once in a process; later tests get its rows back, in one go.

Only into a database in which nothing stands, and at the real hour: else it is built as ever.
"""

import copy
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import time_machine
from django.conf import settings
from django.db import connection, transaction  # noqa: TID251 - rows are carried past the models

MIGRATED = frozenset({"spatial_ref_sys", "django_migrations", "django_content_type", "auth_permission"})
"""What migrations fill: it stands before and after, and no city writes it."""


@dataclass(frozen=True)
class Kept:
    """`rows`: what COPY reads, by "table (columns)". `sequences`: SQL that moves them past those rows."""

    rows: dict[str, bytes]
    sequences: str
    words: dict[str, Any]


_kept: dict[tuple[str, ...], Kept] = {}


def built(holder: object, build: Callable[[], None]) -> None:
    """As if `build` had run: its rows stand in the database, and what it wrote on `holder` is there."""
    key = (build.__qualname__, str(settings.CITY_ROOT), str(connection.settings_dict["NAME"]))
    if time_machine.escape_hatch.is_travelling() or _filled():
        build()
    elif (kept := _kept.get(key)) is not None:
        _put_back(kept)
        vars(holder).update(copy.deepcopy(kept.words))
    else:
        before = set(vars(holder))
        build()
        words = {name: value for name, value in vars(holder).items() if name not in before}
        _kept[key] = Kept(_rows(), _sequences(), copy.deepcopy(words))


def _asked(sql: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def _tables() -> list[str]:
    names = [name for (name,) in _asked("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")]
    return [name for name in names if name not in MIGRATED]


def _filled() -> list[str]:
    """The tables in which anything stands."""
    tables = _tables()
    (found,) = _asked("SELECT " + ", ".join(f"EXISTS (SELECT FROM {name})" for name in tables))  # noqa: S608 - no input
    return [name for name, filled in zip(tables, found, strict=True) if filled]


def _rows() -> dict[str, bytes]:
    rows = {}
    with connection.cursor() as cursor:
        for table in _filled():
            columns = ", ".join(f'"{c.name}"' for c in connection.introspection.get_table_description(cursor, table))
            with cursor.copy(f"COPY {table} ({columns}) TO STDOUT") as copied:
                rows[f"{table} ({columns})"] = b"".join(bytes(part) for part in copied)
    return rows


def _sequences() -> str:
    """After tables were made anew their sequences begin anew, and would come upon the rows put back."""
    owned = "SELECT schemaname || '.' || sequencename, last_value FROM pg_sequences WHERE last_value IS NOT NULL"
    return ";".join(
        f"SELECT setval('{name}', greatest(last_value, {last})) FROM {name}"  # noqa: S608 - no input
        for name, last in _asked(f"{owned} AND schemaname = 'public'")
    )


def _put_back(kept: Kept) -> None:
    """Triggers and references were asked when the rows were first written."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for place, rows in kept.rows.items():
            with cursor.copy(f"COPY {place} FROM STDIN") as copied:
                copied.write(rows)
        cursor.execute(f"SET LOCAL session_replication_role = origin;{kept.sequences}")
