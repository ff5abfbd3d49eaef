"""Opening a case of any type of the city, filling its form in, sending it in: the doors that need no code per type."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.gis.geos import Point
from django.db import transaction

from apps.cadastre.facts import ParcelFacts
from apps.cadastre.models import Parcel
from apps.cadastre.selectors import parcel_at, parcel_by_code
from apps.cases import forms
from apps.cases.capacities import acting_as, capacities
from apps.cases.models import Case, CaseStatus
from apps.cases.recording import append_history, locked_case
from apps.cases.services import Opening, open_case
from apps.cases.types.definition import CaseType, Place
from apps.cases.types.registry import case_type, definition_of, keep
from apps.cases.workflow import OWNER
from apps.common import clock
from apps.common.errors import BadInputError, ConflictError, ForbiddenError, NoParcelHereError
from apps.common.text import Text, isolated
from apps.parties import mandates
from apps.parties.models import Person, Role, Scope
from apps.parties.reaching import reach_by_role

_OPERATORS = {"call_137": Role.OPERATOR_137}


@dataclass(frozen=True, slots=True)
class Where:
    """What the case is about: a parcel's code, or a point (WGS 84), as its type asks; `note` in words."""

    parcel: str = ""
    lon: float | None = None
    lat: float | None = None


@dataclass(frozen=True, slots=True)
class Ground:
    """Where it is, as kept: the parcel, the point in the city's metres, the district; None = not known."""

    parcel: Parcel | None = None
    point: Point | None = None
    district: int | None = None


def open_service(
    *,
    person: Person,
    code: str,
    where: Where,
    answers: Mapping[str, Any] | None = None,
    channel: str = "portal",
    applicant: Person | None = None,
) -> Case:
    """A draft of a service of the city. `applicant`: in whose name (None = one's own).

    Raises NotFoundError (no such service, no such parcel), ConflictError (switched off here, not on this channel, an
    open case on the land), ForbiddenError (no mandate, no role for the channel), BadInputError.
    """
    definition = case_type(code)
    ground = _ground(definition, where)
    _check_offered(definition, channel=channel, district=ground.district)
    owner = applicant or person
    _check_may_open(person, owner, channel=channel, ground=ground)
    keep(definition)
    opening = Opening(
        channel=channel,
        opened_by=person,
        place=ground.point,
        district=ground.district,
        form=forms.judge(definition, answers or {}).values,
        holds_land=definition.holds_land,
        type_version=definition.digest,
    )
    return open_case(
        parcel=ground.parcel, applicant=owner, case_type=definition.code, prefix=definition.prefix, opening=opening
    )


@transaction.atomic
def save_form(*, person: Person, tracking: str, answers: Mapping[str, Any]) -> dict[str, Text]:
    """Keep the sound answers of a form and return what is wrong with the others, by field.

    Only while it is the owner's turn, by who may act for the owner. Raises NotFoundError, ConflictError.
    """
    case = locked_case(tracking=tracking, actor=person)
    held = capacities(case, person)
    check_owners_turn(case, held)
    judged = forms.judge(definition_of(case), answers)
    if judged.values != case.form:
        case.form = judged.values
        case.save(update_fields=["form"])
        append_history(case=case, actor=person, kind="form", data={"form": case.form, "as": acting_as(held)})
    return judged.errors


def check_owners_turn(case: Case, held: frozenset[str]) -> None:
    """Raises ForbiddenError for who may not act for the owner, ConflictError when it is not the owner's turn."""
    if OWNER not in held:
        raise ForbiddenError(
            fa="این کار با متقاضی یا نمایندهٔ او با اختیار اقدام است.",
            en="This is for the applicant, or for an agent with a mandate to act.",
        )
    if case.status not in (CaseStatus.DRAFT, CaseStatus.NEEDS_DOCS):
        raise ConflictError(
            fa="پرونده اکنون در دست شما نیست و تغییر نمی‌کند. صفحهٔ پرونده می‌گوید نوبت کیست.",
            en="The case is not in your hands now and is not changed. Its page says whose turn it is.",
            status=case.status,
        )


def _ground(definition: CaseType, where: Where) -> Ground:
    if definition.place is Place.PARCEL:
        facts = parcel_by_code(where.parcel, on=clock.today(), known_at=clock.now())
        return Ground(parcel=Parcel.objects.get(pk=facts.parcel_id), district=_number(facts))
    if definition.place is Place.POINT:
        return _at_point(where)
    return Ground()


def _at_point(where: Where) -> Ground:
    """A place: the district is that of the parcel there; where there is none it is not known and nobody guesses."""
    if where.lon is None or where.lat is None:
        raise BadInputError(
            fa="جای موضوع را روی نقشه نشان دهید.", en="Show on the map where it is.", fields=["lon", "lat"]
        )
    point = Point(where.lon, where.lat, srid=4326)
    try:
        district = _number(parcel_at(lon=where.lon, lat=where.lat).parcel)
    except NoParcelHereError:
        district = None
    point.transform(Case._meta.get_field("place").srid)
    return Ground(point=point, district=district)


def _number(facts: ParcelFacts) -> int | None:
    return None if facts.district is None else facts.district.number


def _check_offered(definition: CaseType, *, channel: str, district: int | None) -> None:
    if channel not in definition.channels:
        raise ConflictError(
            fa=f"خدمت «{definition.name.fa}» از این راه پذیرفته نمی‌شود.",
            en=f"The service “{definition.name.en}” is not offered through this channel.",
            channels=list(definition.channels),
        )
    if district is not None and district in definition.off_in:
        raise ConflictError(
            fa=f"خدمت «{definition.name.fa}» در منطقهٔ {isolated(district)} هنوز برخط نیست. از شهرداری منطقه بپرسید.",
            en=f"The service “{definition.name.en}” is not online in district {district} yet. Ask the district office.",
            district=district,
        )


def _check_may_open(person: Person, owner: Person, *, channel: str, ground: Ground) -> None:
    """An agent opens in the owner's name by a mandate to act; an operator of 137 for whoever calls."""
    needed = _OPERATORS.get(channel)
    if needed is not None:
        if needed.value not in reach_by_role(person):
            raise ForbiddenError(
                fa="ثبت از سامانهٔ ۱۳۷ با اپراتور ۱۳۷ است.", en="Only an operator of 137 files calls to 137."
            )
        return
    if owner.pk == person.pk:
        return
    land = "" if ground.parcel is None else ground.parcel.land_code
    if Scope.ACT not in mandates.scopes(person, principal_id=owner.pk, land_code=land):
        raise ForbiddenError(
            fa="برای ثبت به نام مالک، وکالت یا نمایندگی با اختیار اقدام برای همین ملک لازم است. مالک آن را از صفحهٔ "
            "«نمایندگی‌ها» می‌دهد.",
            en="To file in an owner's name you need a mandate to act for this land. The owner gives it on the page "
            "“Mandates”.",
        )
