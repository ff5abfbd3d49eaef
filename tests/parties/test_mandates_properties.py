"""Whatever was given and ended in whatever order, nobody may more than what stands says."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.parties import mandates
from apps.parties.models import Mandate, MemberRole, Membership, Organisation, Person, Scope
from tests.parties.conftest import NOON

HOUR = timedelta(hours=1)
SETS = st.sets(st.sampled_from(["view", "act", "pay", "receive"]), min_size=1).map(
    lambda found: sorted(found | {"view"} if "act" in found else found)
)
MANDATES = st.lists(
    st.fixed_dictionaries(
        {
            "scopes": SETS,
            "subject": st.sampled_from(["land", "case", "elsewhere"]),
            "begins": st.integers(-3, 3),
            "lasts": st.integers(1, 6),
            "ends": st.none() | st.integers(0, 6),
            "through_office": st.booleans(),
        }
    ),
    max_size=6,
)


def make(person: Person, agent: Person, office: Organisation, drawn: dict) -> Mandate:
    begins = NOON + drawn["begins"] * HOUR
    ended = None if drawn["ends"] is None else begins + drawn["ends"] * HOUR
    where = {"land": ("L-1", ""), "case": ("", "P-1"), "elsewhere": ("L-2", "")}[drawn["subject"]]
    return Mandate.objects.create(
        principal=person, kind="attorney", basis="portal", scopes=drawn["scopes"],
        agent=None if drawn["through_office"] else agent,
        agent_organisation=office if drawn["through_office"] else None,
        land_code=where[0], case_tracking=where[1],
        since=begins, given_at=begins, until=begins + drawn["lasts"] * HOUR,
        ended_at=ended, ended_by=person if ended else None, end_ground="revoked" if ended else "",
    )  # fmt: skip


def expected(drawn: list[dict], *, member: bool) -> set[Scope]:
    """The same question, asked of the drawn mandates one by one."""
    found: set[Scope] = set()
    for one in drawn:
        last = one["lasts"] if one["ends"] is None else min(one["lasts"], one["ends"])
        stands = one["begins"] <= 0 < one["begins"] + last
        if stands and one["subject"] != "elsewhere" and (member or not one["through_office"]):
            found |= {Scope(scope) for scope in one["scopes"]}
    return found


@pytest.mark.django_db
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=MANDATES, member=st.booleans(), on=st.booleans())
def test_scopes_are_exactly_what_stands(
    person: Person, agent: Person, office: Organisation, drawn: list[dict], member: bool, on: bool
) -> None:
    from django.db import transaction

    with transaction.atomic():
        for one in drawn:
            make(person, agent, office, one)
        if member:
            Membership.objects.create(
                person=agent, organisation=office, role=MemberRole.MEMBER, since=(NOON - timedelta(days=1)).date()
            )
        Person.objects.filter(pk=agent.pk).update(is_active=on)
        agent.refresh_from_db()
        allowed = mandates.scopes(agent, principal_id=person.pk, land_code="L-1", tracking="P-1", at=NOON)
        transaction.set_rollback(True)
    assert allowed == (expected(drawn, member=member) if on else set())
