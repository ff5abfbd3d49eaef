"""Who may open which service, where and through which channel."""

from apps.cases.types.definition import CaseType
from apps.cases.types.registry import is_brought
from apps.common.errors import BadInputError, ConflictError, ForbiddenError
from apps.common.text import isolated
from apps.parties import mandates
from apps.parties.models import Person, Role, Scope
from apps.parties.reaching import reach_by_role

OPERATORS = {"call_137": Role.OPERATOR_137}
"""Channels on which somebody of the city files for whoever calls, and the role that takes."""


def check_operator(person: Person, channel: str) -> None:
    """Raises ForbiddenError for who has not the role that this channel needs."""
    needed = OPERATORS.get(channel)
    if needed is not None and needed.value not in reach_by_role(person):
        raise ForbiddenError(
            fa="ثبت از سامانهٔ ۱۳۷ با اپراتور ۱۳۷ است.", en="Only an operator of 137 files calls to 137."
        )


def check_offered(definition: CaseType, *, channel: str, district: int | None = None) -> None:
    """Raises ConflictError for a service that this channel or this district does not have."""
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


def check_data_alone(definition: CaseType) -> None:
    """A type whose steps are code is started where its own room starts it."""
    if is_brought(definition.code):
        raise BadInputError(
            fa=f"«{definition.name.fa}» از صفحهٔ قطعه آغاز می‌شود. قطعه را روی نقشه برگزینید.",
            en=f"“{definition.name.en}” is started from the page of a parcel. Choose the parcel on the map.",
            service=definition.code,
        )


def check_in_name_of(person: Person, owner: Person, *, channel: str, land_code: str) -> None:
    """An agent opens in the owner's name by a mandate to act on this land; an operator of 137 for whoever calls.

    The mandate is locked until the end of the caller's transaction. Raises ForbiddenError when none stands.
    """
    if owner.pk != person.pk and channel not in OPERATORS:
        mandates.used_for(person, Scope.ACT, principal_id=owner.pk, land_code=land_code)
