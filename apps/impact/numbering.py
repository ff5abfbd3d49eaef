"""Stores the changes that an engine finds, each once in a report."""

from collections.abc import Sequence

from apps.impact.changes_json import change_json, digest
from apps.impact.engine import Engine
from apps.impact.models import ImpactChange, ImpactReport


def number_changes(report: ImpactReport, engine: Engine, places: Sequence[int], numbers: dict[str, int]) -> list[int]:
    """Numbers of the engine's changes at these places; those that are new are stored."""
    found, fresh = [], []
    for place in places:
        change = engine.changes[place]
        told = change_json(change)
        key = digest(change.kind, told)
        if key not in numbers:
            numbers[key] = len(numbers)
            fresh.append(
                ImpactChange(report=report, number=numbers[key], kind=change.kind, digest=key, difference=told)
            )
        found.append(numbers[key])
    ImpactChange.objects.bulk_create(fresh)
    return found
