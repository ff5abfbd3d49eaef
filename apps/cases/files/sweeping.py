"""Files that no row names: left over when a process died between the store and the commit."""

from collections.abc import Callable, Collection, Iterator
from datetime import datetime, timedelta

from django.core.files.storage import Storage

from apps.cases.files.storing import drop, store

OLD = timedelta(days=1)
Named = Callable[[Collection[str]], set[str]]
"""Which of these names a row names."""


def sweep(*, named: Named, at: datetime) -> int:
    """Remove files older than a day that no row names; returns how many. A file that a row names is never touched."""
    place, removed = store(), 0
    for names in _folders(place):
        known = named(names)
        for name in names:
            if name not in known and _is_old(place, name, at=at) and not named((name,)):
                drop(name)
                removed += 1
    return removed


def _folders(place: Storage) -> Iterator[list[str]]:
    """The names of the store, folder by folder (the first two letters): never the whole store at once."""
    for folder in sorted(_listed(place, "")[0]):
        yield [f"{folder}/{name}" for name in _listed(place, folder)[1]]


def _listed(place: Storage, folder: str) -> tuple[list[str], list[str]]:
    try:
        return place.listdir(folder)
    except FileNotFoundError:  # nothing was stored yet
        return [], []


def _is_old(place: Storage, name: str, *, at: datetime) -> bool:
    try:
        return place.get_modified_time(name) < at - OLD
    except FileNotFoundError:
        return False
