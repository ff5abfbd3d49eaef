"""Which office roles of a person reach a district, for people who work on cases."""

from apps.common import clock
from apps.parties.models import Person, Role
from apps.parties.role_days import held_on
from apps.parties.roles import OFFICE_ROLES

NOT_ON_CASES = frozenset({Role.RULE_EDITOR, Role.RULE_APPROVER, Role.AUDITOR, Role.NOTARY})
"""Roles that never act in a case: they write rules, look on, or look up certificates."""

Reach = frozenset[int] | None
"""Numbers of districts; None = the whole city."""


def reach_by_role(person: Person) -> dict[str, Reach]:
    """The districts that each role of a person reaches today; nothing for who is switched off.

    Office roles of whoever sent a request count only with the second factor in its session (see `office_gate`).
    """
    held = reach_held(person)
    if held.keys() & OFFICE_ROLES and person.office_gate is not None and not person.office_gate():
        return {role: reach for role, reach in held.items() if role not in OFFICE_ROLES}
    return held


def reach_held(person: Person) -> dict[str, Reach]:
    """The same whatever the session, in one query: to show people the way to their pages, never what is there."""
    if person.pk is None or not person.is_active:
        return {}
    found: dict[str, Reach] = {}
    rows = held_on(clock.today()).filter(person=person).values_list("role", "districts")
    for role, districts in rows:
        before = found.get(role, frozenset())
        found[role] = None if districts is None or before is None else before | frozenset(districts)
    return found


def roles_reaching(person: Person, *, district: int | None) -> frozenset[str]:
    """Roles in which the person may act on a case of this district; None = not known, then those for the whole city."""
    reached = reach_by_role(person).items()
    return frozenset(
        role for role, reach in reached if role not in NOT_ON_CASES and (reach is None or district in reach)
    )
