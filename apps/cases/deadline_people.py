"""Who hears of a deadline: those whose turn it is, and those above them."""

from apps.cases.capacities import owners_of, told_of
from apps.cases.models import Case, Deadline
from apps.cases.telling import holders
from apps.parties.models import Person, Role
from apps.parties.roles import same_natural_person


def in_charge(case: Case, deadline: Deadline) -> list[Person]:
    """Whose turn it is: the owners; or who took the entry, else everybody with its role for its district.

    A deadline without an entry is for the case officers.
    """
    item = deadline.item
    if item is not None and item.side == "owner":
        return told_of(case)
    if item is not None and item.assignee is not None and item.assignee.is_active:
        return [item.assignee]
    role, district = (Role.CASE_OFFICER, case.district) if item is None else (Role(item.role), item.district)
    return _strangers(case, holders(role, district))


def above(case: Case) -> list[Person]:
    """The planning head of the case's district; where there is none, the case officers for the whole city."""
    heads = _strangers(case, holders(Role.DISTRICT_HEAD, case.district))
    return heads or _strangers(case, holders(Role.CASE_OFFICER, None))


def _strangers(case: Case, people: list[Person]) -> list[Person]:
    """Without anybody who is an owner of the case, under whichever account."""
    owners = owners_of(case)
    return [p for p in people if not any(same_natural_person(p, owner) for owner in owners)]
