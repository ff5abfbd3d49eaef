"""Parcels that are split, merged or recorded anew while a request is open on them.

y                       before          split            merged
40 ┌─────┬─────┐      ┌─────┬─────┐   ┌──┬──┬─────┐   ┌───────────┐
   │  A  │  B  │      │  A  │  B  │   │A │A'│  B  │   │     A     │
20 └─────┴─────┘      └─────┴─────┘   └──┴──┴─────┘   └───────────┘
   0    20    40  x                   0  10 20    40
"""

from datetime import timedelta

import pytest

from apps.cadastre.models import Parcel, ParcelVersion
from apps.cadastre.services import ParcelFields, add_parcel_version
from apps.cases.models import Case, CaseMessage
from apps.common import clock
from apps.common.errors import BadInputError, ConflictError
from apps.permits import land
from apps.permits.selectors import request_facts
from tests.browser.city import CODES
from tests.extracts.conftest import box
from tests.permits.conftest import Street, active, hear
from tests.permits.walking import step

pytestmark = pytest.mark.django_db
HALF = "3-1-1-1-1-0-0"  # a part of A: the same land, the first four parts
AWAY = "3-1-1-9-0-0-0"  # a number of its own


def record(code: str, *bounds: float, width: int = 1200) -> None:
    """The parcel is so from today on."""
    fields = ParcelFields(district=3, deed_area_dm2=20_000, passage_width_cm=width, frontage_cm=1000, corner=False,
                          consolidated=1, existing_storeys=2, existing_height_cm=640, plate="5/100/1")  # fmt: skip
    add_parcel_version(code=code, shape=box(*bounds), fields=fields, legal_from=clock.today(), known_at=clock.now())


def split(other: str = HALF) -> None:
    record(CODES["A"], 0, 20, 10, 40)
    record(other, 10, 20, 20, 40)


@pytest.mark.parametrize("bounds", [(0, 20, 10, 40), (0, 20, 40, 40)], ids=["split", "merged"])
def test_a_request_whose_land_changed_is_held_and_told(street: Street, bounds: tuple[float, ...]) -> None:
    made = street.request("A", sent=True)
    record(CODES["A"], *bounds)
    assert land.why_changed(made) is not None
    with pytest.raises(ConflictError) as early:  # before anybody has heard of it
        step(made, "confirm", "case_officer")
    assert "borders" in early.value.message.en
    hear()
    (hold,) = active(made)
    assert (hold.level, hold.number, hold.act_id) == ("stop", "LAND-1", None)
    told = CaseMessage.objects.filter(case=made.case, text_en__contains="LAND-1")
    assert {street.owner.pk, street.officer.pk} <= {message.person_id for message in told}
    with pytest.raises(ConflictError) as refused:
        step(made, "confirm", "case_officer")
    assert refused.value.details["held"]
    assert request_facts(tracking=made.case.tracking, person=street.owner).stopped
    record(CODES["A"], *bounds)  # heard of again: held once
    hear()
    assert len(active(made)) == 1
    assert step(made, "withdraw", street.owner).status == "cancelled"


def test_a_parcel_that_ended_is_gone(street: Street) -> None:
    made = street.request("A", sent=True)
    ParcelVersion.objects.filter(parcel__code=CODES["A"]).update(
        legal=(clock.today() - timedelta(days=9), clock.today())
    )
    assert "no longer stands" in land.why_changed(made).en


def test_a_new_record_of_the_same_shape_and_a_change_next_door_hold_nobody(street: Street) -> None:
    """The border with the neighbour is the same line: what B loses on its far side does not touch A."""
    made = street.request("A", sent=True)
    record(CODES["A"], 0, 20, 20, 40, width=1500)
    record(CODES["B"], 20, 20, 30, 40)
    hear()
    assert active(made) == []
    assert step(made, "confirm", "case_officer").status == "inspection"


@pytest.mark.parametrize("onto", [HALF, AWAY, CODES["A"]], ids=["part", "own_number", "rest"])
def test_a_held_request_goes_on_on_what_took_its_place(street: Street, onto: str) -> None:
    made = street.request("A", sent=True)
    before = made.relied_digest
    split(onto if onto != CODES["A"] else HALF)
    hear()
    assert step(made, "rebase", street.owner, data={"parcel": onto}).status == "draft"
    made.refresh_from_db()
    assert (made.case.parcel.code, made.filed_on) == (onto, None)
    assert made.case.land_code == Parcel.objects.get(code=onto).land_code
    assert made.relied_digest != before
    assert active(made) == []
    event = made.case.events.get(kind="rebase")
    assert (event.data["from_parcel"], event.data["parcel"]) == (CODES["A"], onto)
    assert land.why_changed(made) is None


def test_a_request_moves_only_to_its_own_land_and_only_when_it_changed(street: Street, other_person: object) -> None:
    made = street.request("A", sent=True)
    with pytest.raises(ConflictError) as unchanged:
        step(made, "rebase", street.owner, data={"parcel": CODES["C"]})
    assert "has not changed" in unchanged.value.message.en
    split()
    hear()
    for elsewhere in ("C", "B"):  # B only shares a border with it
        with pytest.raises(BadInputError):
            step(made, "rebase", street.owner, data={"parcel": CODES[elsewhere]})
    with pytest.raises(BadInputError):
        step(made, "rebase", street.owner, data={})
    assert Case.objects.get(pk=made.case_id).status == "submitted"


def test_a_request_moves_only_to_the_land_that_it_was_about(street: Street) -> None:
    """The parcel once held B's land, or lies a little over its border: that makes B no successor of it."""
    from apps.permits import services

    record(AWAY, 0, 20, 40, 40)
    record(AWAY, 0, 20, 20.01, 40)
    made = services.start(person=street.owner, parcel_code=AWAY, kind="REPAIR", extract_digest="")
    record(AWAY, 0, 20, 10, 40)
    hear()
    with pytest.raises(BadInputError):
        step(made, "rebase", street.owner, data={"parcel": CODES["B"]})
    assert step(made, "rebase", street.owner, data={"parcel": CODES["A"]}).status == "draft"


def test_a_request_does_not_move_onto_land_with_an_open_case(street: Street, other_person: object) -> None:
    made = street.request("A", sent=True)
    split(AWAY)
    hear()
    from apps.permits import services

    other = services.start(person=other_person, parcel_code=AWAY, kind="NEW", extract_digest="")
    Case.objects.filter(pk=other.case_id).update(status="submitted")
    with pytest.raises(ConflictError) as refused:
        step(made, "rebase", street.owner, data={"parcel": AWAY})
    assert "open on that parcel" in refused.value.message.en
    made.refresh_from_db()
    assert made.case.parcel.code == CODES["A"]


def test_parent_and_child_codes_block_each_other(street: Street, other_person: object) -> None:
    """A flat or a part has the land's first four parts: one open case for all of them (3-domain 9.12)."""
    from apps.permits import services

    ask = {"kind": "REPAIR", "extract_digest": ""}
    split()
    half = services.start(person=street.owner, parcel_code=HALF, **ask)
    Case.objects.filter(pk=half.case_id).update(status="submitted")
    with pytest.raises(ConflictError) as parent:
        services.start(person=other_person, parcel_code=CODES["A"], **ask)
    assert parent.value.details["open"] is None
    Case.objects.update(status="cancelled")
    whole = services.start(person=other_person, parcel_code=CODES["A"], **ask)
    Case.objects.filter(pk=whole.case_id).update(status="submitted")
    with pytest.raises(ConflictError):
        services.start(person=street.owner, parcel_code=HALF, **ask)
