"""Which subjects a change of law can move at all: those that no rule can reach are not worked out."""

from collections.abc import Sequence

from apps.common.city_law import CityLaw
from apps.impact.laws import Laws
from apps.impact.voices import Voices


def wanted_subjects(laws: Laws, voices: Sequence[Voices], law: CityLaw) -> frozenset[str] | None:
    """Subjects whose answer may differ; None = any.

    With the same rulebooks only what rows of the changed themes speak of, unless some rule reads a fact that follows
    from one of these themes.
    """
    moved = frozenset(
        before.code
        for before, after in laws.pairs
        if (before.in_force, before.unread) != (after.in_force, after.unread)
    )
    facts = {rule.name for rule in law.facts if moved.intersection(rule.themes)}
    facts |= {net.name for net in law.net_areas if moved.intersection(net.minus)}
    if not laws.same_books or any(facts & one.cells().keys() for one in voices):
        return None
    return frozenset(subject for one in voices for subject in one.subjects_of(moved))
