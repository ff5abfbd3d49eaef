"""Opening a case of any type of the city, filling its form in, sending it in: the doors that need no code per type."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction

from apps.cases import forms
from apps.cases.capacities import acting_as, capacities, hold_mandate
from apps.cases.models import Case, CaseStatus
from apps.cases.opening_checks import check_data_alone, check_in_name_of, check_offered, check_operator
from apps.cases.opening_ground import Ground, Where, ground_of
from apps.cases.recording import append_history, locked_case
from apps.cases.services import Opening, open_case
from apps.cases.types.definition import CaseType
from apps.cases.types.registry import case_type, definition_of, keep
from apps.cases.workflow import OWNER
from apps.common import clock
from apps.common.errors import ConflictError, ForbiddenError
from apps.common.text import Text
from apps.parties.models import Person

__all__ = ["Where", "check_owners_turn", "open_service", "save_form"]

_SAME_FOR = timedelta(minutes=10)


@transaction.atomic
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

    The same call within ten minutes gives the same case: a button pressed twice files nothing twice.
    Raises NotFoundError (no such service, no such parcel), ConflictError (switched off here, not on this channel, an
    open case on the land), ForbiddenError (no mandate, no role for the channel), BadInputError.
    """
    definition = case_type(code)
    check_data_alone(definition)
    owner = applicant or person
    check_operator(person, channel)
    ground = ground_of(definition, where)
    check_offered(definition, channel=channel, district=ground.district)
    check_in_name_of(person, owner, channel=channel, land_code=ground.parcel.land_code if ground.parcel else "")
    opening = Opening(
        channel=channel,
        opened_by=person,
        place=ground.point,
        district=ground.district,
        form=forms.judge(definition, answers or {}).values,
        holds_land=definition.holds_land,
        type_version=definition.digest,
    )
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)  # two presses come one after the other
    return _just_opened(definition, owner, ground, opening) or _opened(definition, owner, ground, opening)


def _opened(definition: CaseType, owner: Person, ground: Ground, opening: Opening) -> Case:
    keep(definition)
    return open_case(
        parcel=ground.parcel, applicant=owner, case_type=definition.code, prefix=definition.prefix, opening=opening
    )


def _just_opened(definition: CaseType, owner: Person, ground: Ground, opening: Opening) -> Case | None:
    """The same case, opened by the same person a moment ago and still as it was opened."""
    same = Case.objects.open().filter(
        applicant=owner,
        opened_by=opening.opened_by,
        case_type=definition.code,
        type_version=definition.digest,
        channel=opening.channel,
        parcel=ground.parcel,
        form=opening.form,
        opened_at__gte=clock.now() - _SAME_FOR,
    )
    here = same.filter(place__isnull=True) if ground.point is None else same.filter(place=ground.point)
    return here.order_by("-pk").first()


@transaction.atomic
def save_form(*, person: Person, tracking: str, answers: Mapping[str, Any]) -> dict[str, Text]:
    """Keep the sound answers of a form and return what is wrong with the others, by field.

    Only while it is the owner's turn, by who may act for the owner. Raises NotFoundError, ConflictError.
    """
    case = locked_case(tracking=tracking, actor=person)
    held = capacities(case, person)
    check_owners_turn(case, held)
    hold_mandate(case, person, held)
    judged = forms.judge(definition_of(case), answers)
    if judged.values != case.form:
        case.form = judged.values
        case.save(update_fields=["form"])
        append_history(case=case, actor=person, kind="form", data={"form": case.form, "as": acting_as(held)})
        _forget_consents(case)
    return judged.errors


def _forget_consents(case: Case) -> None:
    """Owners consented to the former answers."""
    from apps.cases.owners import forget_consents

    forget_consents(case, because="form")


def check_owners_turn(case: Case, held: frozenset[str]) -> None:
    """Raises ForbiddenError for who may not act for the owner, ConflictError when it is not the owner's turn."""
    if OWNER not in held:
        raise ForbiddenError(
            fa="این کار با متقاضی یا نمایندهٔ او با اختیار اقدام است.",
            en="This is for the applicant, or for an agent with a mandate to act.",
        )
    if not form_open(case):
        raise ConflictError(
            fa="پرونده اکنون در دست شما نیست و تغییر نمی‌کند. صفحهٔ پرونده می‌گوید نوبت کیست.",
            en="The case is not in your hands now and is not changed. Its page says whose turn it is.",
            status=case.status,
        )


def form_open(case: Case) -> bool:
    """Whether the owner's side may change what it brought: a draft, while documents are asked, as the type says."""
    if case.status in (CaseStatus.DRAFT, CaseStatus.NEEDS_DOCS):
        return True
    return definition_of(case).state(case.status).form_open
