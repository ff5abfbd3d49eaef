"""Who sees a case and as what they stand before it: every kind of person, before and after their ground is gone."""

from datetime import timedelta

import pytest
import time_machine

from apps.cases import posts
from apps.cases.capacities import acting_as, capacities, owners_of, side_of, told_of
from apps.cases.models import Case, CaseMessage, CaseParty, KartablItem
from apps.cases.selectors import visible_case, visible_cases
from apps.common import clock
from apps.common.errors import NotFoundError
from apps.parties.models import Person, Scope
from tests.cases.conftest import Cast, someone

pytestmark = pytest.mark.django_db


def seen(cast: Cast, who: Person) -> str:
    """Why this person sees the case; "" = they do not."""
    row = visible_cases(who).filter(pk=cast.case.pk).first()
    return row.seen_because if row else ""


@pytest.mark.parametrize(
    ("status", "name", "why"),
    [
        ("draft", "officer", ""),
        ("draft", "head", ""),
        ("draft", "auditor", ""),
        ("submitted", "officer", "case_officer"),
        ("submitted", "other_officer", ""),
        ("submitted", "head", "district_head"),
        ("submitted", "auditor", "auditor"),
        ("submitted", "inspector", ""),
        ("submitted", "editor", ""),
        ("submitted", "stranger", ""),
        ("submitted", "agent", ""),
    ],
)
def test_who_sees_it_and_why(cast: Cast, status: str, name: str, why: str) -> None:
    cast.stands(status)
    assert seen(cast, cast[name]) == why
    assert seen(cast, cast.owner) == "applicant"


def test_an_inspector_sees_what_came_to_their_worklist(cast: Cast) -> None:
    cast.stands("visit")
    item = KartablItem.objects.create(
        case=cast.case, kind="look", state="visit", side="office", role="inspector", district=3, opened_at=clock.now()
    )
    assert seen(cast, cast["inspector"]) == "inspector"
    item.closed_at = clock.now()
    item.save()
    assert seen(cast, cast["inspector"]) == "inspector", "what they worked on they may look up again"


def test_a_co_owner_sees_the_draft_and_does_not_once_removed(cast: Cast) -> None:
    party = CaseParty.objects.create(case=cast.case, person=cast["stranger"])
    assert seen(cast, cast["stranger"]) == "co_owner"
    assert capacities(cast.case, cast["stranger"]) == {"co_owner"}
    assert set(owners_of(cast.case)) == {cast.owner, cast["stranger"]}
    party.removed_at = clock.now()
    party.save()
    assert seen(cast, cast["stranger"]) == ""
    assert not capacities(cast.case, cast["stranger"])


@pytest.mark.parametrize(
    ("scopes", "held"),
    [
        pytest.param((Scope.VIEW,), {"viewer"}, id="view"),
        pytest.param((Scope.VIEW, Scope.ACT), {"viewer", "agent", "owner"}, id="view and act"),
        pytest.param((Scope.VIEW, Scope.PAY), {"viewer"}, id="view and pay"),
    ],
)
def test_an_agent_has_what_the_mandate_gives(cast: Cast, scopes: tuple[Scope, ...], held: set[str]) -> None:
    cast.mandate(cast["agent"], *scopes)
    assert seen(cast, cast["agent"]) == "agent"
    assert capacities(cast.case, cast["agent"]) == held


@pytest.mark.parametrize("subject", ["land_code", "case_tracking"])
def test_a_mandate_is_for_its_land_or_case_alone(cast: Cast, subject: str) -> None:
    other = {"land_code": "3-2-14-6", "case_tracking": "WL-2222-2222-2"}[subject]
    own = {"land_code": cast.case.land_code, "case_tracking": cast.case.tracking}[subject]
    cast.mandate(cast["agent"], Scope.VIEW, **{subject: other})
    assert seen(cast, cast["agent"]) == ""
    cast.mandate(cast["agent"], Scope.VIEW, **{subject: own})
    assert seen(cast, cast["agent"]) == "agent"


def test_a_mandate_of_somebody_else_opens_nothing(cast: Cast) -> None:
    """The neighbour who owned the land before gave a mandate on it: it is not this applicant's."""
    given = cast.mandate(cast["agent"], Scope.VIEW, Scope.ACT)
    type(given).objects.filter(pk=given.pk).update(ended_at=None)
    Case.objects.filter(pk=cast.case.pk).update(applicant=cast["stranger"])
    assert seen(cast, cast["agent"]) == ""
    assert not capacities(cast.fresh(), cast["agent"])


def test_an_expired_mandate_opens_nothing(cast: Cast) -> None:
    cast.mandate(cast["agent"], Scope.VIEW, Scope.ACT, days=1)
    with time_machine.travel(clock.now() + timedelta(days=1), tick=False):
        assert seen(cast, cast["agent"]) == ""
        assert not capacities(cast.case, cast["agent"])
        with pytest.raises(NotFoundError):
            visible_case(tracking=cast.case.tracking, person=cast["agent"])


def test_nobody_is_an_officer_of_their_own_case(cast: Cast) -> None:
    cast.stands("submitted")
    assert capacities(cast.case, cast["officer"]) == {"case_officer"}
    Person.objects.filter(pk__in=[cast.owner.pk, cast["officer"].pk]).update(national_id="0012345679")
    cast["officer"].refresh_from_db()
    assert not capacities(cast.fresh(), cast["officer"]), "another account of the same human being"
    CaseParty.objects.create(case=cast.case, person=cast["colleague"])
    assert capacities(cast.case, cast["colleague"]) == {"co_owner"}


def test_switched_off_is_nobody(cast: Cast) -> None:
    cast.stands("submitted")
    for who in (cast.owner, cast["officer"]):
        who.is_active = False
        assert not capacities(cast.case, who)
        assert seen(cast, who) == ""


@pytest.mark.parametrize(
    ("held", "side", "acts"),
    [
        ({"applicant", "owner"}, "owner", "applicant"),
        ({"viewer", "agent", "owner"}, "owner", "agent"),
        ({"co_owner", "viewer"}, "owner", "co_owner"),
        ({"inspector", "case_officer"}, "office", "case_officer"),
        (set(), "", ""),
    ],
)
def test_one_capacity_is_written_down(held: set[str], side: str, acts: str) -> None:
    assert (side_of(frozenset(held)), acting_as(frozenset(held))) == (side, acts)


def test_the_owners_list_is_what_is_visible_on_their_side(cast: Cast) -> None:
    """`of_owner_side` walks indexes; it must name the same cases as the filter that guards every page."""
    cast.mandate(cast["agent"], Scope.VIEW)
    CaseParty.objects.create(case=cast.case, person=cast["stranger"])
    for who in (cast.owner, cast["agent"], cast["stranger"], cast["officer"], cast["editor"]):
        listed = set(Case.objects.of_owner_side(who).values_list("pk", flat=True))
        own = {c.pk for c in visible_cases(who) if c.seen_because in ("applicant", "co_owner", "agent")}
        assert listed == own, who


def test_agents_who_receive_messages_are_told_and_no_others(cast: Cast) -> None:
    """By a standing mandate with that scope: whether they may also look is another scope."""
    receives, looks, ended = (someone(number) for number in (61, 62, 63))
    cast.mandate(receives, Scope.RECEIVE)
    cast.mandate(looks, Scope.VIEW, Scope.ACT)
    cast.mandate(ended, Scope.RECEIVE, days=1)
    with time_machine.travel(clock.now() + timedelta(days=2), tick=False):
        assert {p.pk for p in told_of(cast.case)} == {cast.owner.pk, receives.pk}
        posts.say(person=cast.owner, tracking=cast.case.tracking, text="سلام")
        told = set(CaseMessage.objects.filter(case=cast.case).values_list("person", flat=True))
    assert receives.pk in told
    assert told.isdisjoint({looks.pk, ended.pk})
    assert not capacities(cast.case, receives)
