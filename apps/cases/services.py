"""Write doors of cases: lock, check, write, append history, tell others after commit."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.gis.geos import Point
from django.db import IntegrityError, transaction

from apps.cadastre.models import Parcel
from apps.cases.events import CaseOpened
from apps.cases.models import Case
from apps.cases.recording import append_history, locked_case
from apps.cases.selectors import OpenOnLand, is_about_land, open_on_land
from apps.cases.steps import system_step, take_step
from apps.cases.telling import district_of
from apps.cases.turns import hand_on
from apps.cases.types.registry import definition_of
from apps.common import clock
from apps.common.calendar import day_en, jalali_fa
from apps.common.errors import ConflictError, ParvanehError
from apps.common.events import publish
from apps.common.ids import tracking_number
from apps.common.text import search_key
from apps.parties.models import Person

__all__ = ["Opening", "append_history", "locked_case", "open_already", "open_case", "system_step", "take_step"]

_TRIES = 5
_PUBLIC_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Opening:
    """What a case may begin with besides its parcel and applicant. `opened_by`: an agent or an operator, None = self.

    `district` None: that of the parcel.
    """

    channel: str = "portal"
    opened_by: Person | None = None
    place: Point | None = None
    district: int | None = None
    form: Mapping[str, Any] = field(default_factory=dict)
    holds_land: bool = True
    type_version: str = ""


def open_case(
    *,
    parcel: Parcel | None,
    applicant: Person,
    case_type: str,
    prefix: str,
    opening: Opening = Opening(),
) -> Case:
    """A new draft case. Raises ConflictError when its land (first four parts of the code) has a case under way, or a
    draft of the same applicant.

    Safe against a race: the database's constraints decide, here and when a draft is sent in.
    """
    if parcel is not None and opening.holds_land:
        _check_land(parcel, applicant)
    for _ in range(_TRIES):
        try:
            with transaction.atomic():
                return _insert(parcel=parcel, applicant=applicant, case_type=case_type, prefix=prefix, opening=opening)
        except IntegrityError as error:
            if parcel is None or not is_about_land(error):
                continue  # a tracking number that exists already: draw another
            _check_land(parcel, applicant, because=error)
            # Closed between our insert and our look: the land is free now, try again.
    raise _gave_up()


def _check_land(parcel: Parcel, applicant: Person, *, because: IntegrityError | None = None) -> None:
    standing = open_on_land(land_code=parcel.land_code, person=applicant)
    if standing is not None:
        raise open_already(standing) from because


def open_already(standing: OpenOnLand) -> ConflictError:
    """The error that says which case is open, to its applicant; and to others only that there is one, since when."""
    since = standing.since.astimezone().date()
    if standing.own_tracking:
        fa = f"شما برای این ملک درخواست باز دارید: {standing.own_tracking}. همان را ادامه دهید یا لغو کنید."
        en = f"You have an open request on this land: {standing.own_tracking}. Continue it or cancel it."
    else:
        fa = (
            f"برای این ملک از {jalali_fa(since)} درخواستی باز است. تا بسته نشود درخواست تازه نمی‌توان داد؛ "
            "اگر مالک هستید با ناحیهٔ شهرداری تماس بگیرید."
        )
        en = (
            f"A request has been open on this land since {day_en(since)}. No new one can be started until it is "
            "closed; if you own the land, contact the municipal district."
        )
    return ConflictError(fa=fa, en=en, open=standing.own_tracking, open_since=since.isoformat())


def _insert(*, parcel: Parcel | None, applicant: Person, case_type: str, prefix: str, opening: Opening) -> Case:
    now = clock.now()
    case = Case(
        tracking=tracking_number(prefix),
        case_type=case_type,
        type_version=opening.type_version,
        parcel=parcel,
        land_code="" if parcel is None else parcel.land_code,
        holds_land=opening.holds_land and parcel is not None,
        place=opening.place,
        district=opening.district,
        applicant=applicant,
        opened_by=opening.opened_by or applicant,
        channel=opening.channel,
        form=dict(opening.form),
        public_code="".join(secrets.choice("0123456789") for _ in range(_PUBLIC_DIGITS)),
        opened_at=now,
        moved_at=now,
    )
    if case.district is None and parcel is not None:
        case.district = district_of(case)
    case.search = _search_text(case)
    case.save()
    data = {"to": case.status, "channel": case.channel, **({"parcel": parcel.code} if parcel else {})}
    append_history(case=case, actor=case.opened_by, kind="open", data=data)
    hand_on(case, definition_of(case), by=case.opened_by, outcome="open")
    publish(CaseOpened(case_id=case.pk, tracking=case.tracking, land_code=case.land_code))
    return case


def _search_text(case: Case) -> str:
    """What officers find a case by: number, parcel, applicant's name and mobile."""
    who = case.applicant
    parcel = case.parcel.code if case.parcel else ""
    return search_key(f"{case.tracking} {parcel} {who.name_fa} {who.name_en} {who.mobile}")


def _gave_up() -> ParvanehError:
    return ConflictError(
        fa="ثبت درخواست به نتیجه نرسید چون هم‌زمان دیگری روی همین ملک کار می‌کرد. دوباره تلاش کنید.",
        en="The request could not be filed because somebody acted on the same land just now. Try again.",
    )
