"""What the engine says, in the form of the plain way."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from apps.cadastre.models import ParcelVersion
from apps.impact.differences import Change
from apps.impact.engine import Engine
from apps.impact.laws import read_laws


def changes(
    *, acts: Sequence[Mapping[str, Any]], on: date, kinds: Sequence[str] = ("NEW",), at_a_time: int = 1
) -> dict[Any, Change]:
    """(parcel version, permit kind) → what differs; chunks are looked at so many at a time."""
    engine = Engine(read_laws(acts=acts, on=on), kinds=kinds)
    chunks = sorted(set(ParcelVersion.objects.values_list("chunk", flat=True)))
    found = {}
    for start in range(0, len(chunks), at_a_time):
        changed = engine.run(chunks[start : start + at_a_time])
        for version, number in zip(changed.version.tolist(), changed.change.tolist(), strict=True):
            change = engine.changes[number]
            found[version, change.kind] = change
    return found
