"""What a mandate may say, and to whom it may be given. Pure but for the names of its kinds and scopes."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from apps.common.errors import BadInputError
from apps.common.text import has_controls, latin_digits, persian_digits
from apps.parties.models import MandateKind, OrganisationKind, Scope

LONGEST_DAYS = 731
PORTAL = "portal"  # the basis of what was given in the portal itself
_BASIS = 200
_FAR = date(9000, 1, 1)  # far beyond what may be offered, and a day that still has a next one
_CODE = re.compile(r"[0-9A-Za-z-]{1,60}", flags=re.ASCII)
_TRACKING = re.compile(r"[0-9A-Za-z-]{1,20}", flags=re.ASCII)
# Which organisations may stand in which place; None = a natural person.
FITTING: dict[MandateKind, frozenset[OrganisationKind | None]] = {
    MandateKind.ATTORNEY: frozenset({None, OrganisationKind.LEGAL_PERSON}),
    MandateKind.TECHNICAL_AGENT: frozenset({None, OrganisationKind.ENGINEERING_OFFICE}),
    MandateKind.COUNTER_OFFICE: frozenset({OrganisationKind.COUNTER_OFFICE}),
    MandateKind.CO_OWNER: frozenset({None, OrganisationKind.LEGAL_PERSON}),
}


@dataclass(frozen=True, slots=True)
class Offer:
    """What is to be allowed. Exactly one of `land_code` and `tracking`; `until`: an instant, half-open."""

    kind: MandateKind
    scopes: frozenset[Scope]
    until: datetime
    land_code: str = ""
    tracking: str = ""
    basis: str = PORTAL

    @property
    def stored_scopes(self) -> list[str]:
        """In the order of the enumeration, so that equal offers are stored equal."""
        return [scope.value for scope in Scope if scope in self.scopes]


def offer(
    *, kind: str, scopes: Iterable[str], until: datetime, now: datetime, land_code: str = "", tracking: str = "",
    basis: str = "",
) -> Offer:  # fmt: skip
    """An offer from what people wrote. Raises BadInputError that says what to write instead."""
    land, case = latin_digits(land_code).strip(), latin_digits(tracking).strip().upper()
    _check_subject(land, case)
    _check_time(until, now)
    return Offer(
        kind=_kind(kind), scopes=_scopes(scopes), until=until, land_code=land, tracking=case, basis=_basis(basis)
    )


def end_of(day: date) -> datetime:
    """The instant at which a day of the city ends: a mandate "until" a day stands on all of it."""
    after = datetime.combine(min(day, _FAR) + timedelta(days=1), time.min)
    return timezone.make_aware(after, timezone.get_default_timezone())


def fits(kind: MandateKind, organisation: OrganisationKind | None) -> bool:
    """Whether an organisation of this kind (None = a natural person) may be the agent."""
    return organisation in FITTING[kind]


def _kind(raw: str) -> MandateKind:
    if raw not in MandateKind.values:
        raise BadInputError(
            fa="نوع نمایندگی شناخته نیست. یکی از گزینه‌ها را برگزینید.",
            en="This kind of mandate is not known. Choose one of those offered.",
            field="kind",
            known=MandateKind.values,
        )
    return MandateKind(raw)


def _scopes(raw: Iterable[str]) -> frozenset[Scope]:
    asked = set(raw)
    if not asked or asked - set(Scope.values):
        raise BadInputError(
            fa="دست‌کم یک اجازه برگزینید: دیدن، انجام کارها، پرداخت یا دریافت.",
            en="Choose at least one thing to allow: view, act, pay or receive.",
            field="scopes",
            known=Scope.values,
        )
    found = frozenset(Scope(scope) for scope in asked)
    if Scope.ACT in found and Scope.VIEW not in found:
        raise BadInputError(
            fa="کسی که کارها را انجام می‌دهد باید پرونده را هم ببیند. «دیدن پرونده» را نیز برگزینید.",
            en="Who takes steps must see the case too. Choose “see the case” as well.",
            field="scopes",
        )
    return found


def _check_subject(land: str, case: str) -> None:
    if bool(land) == bool(case):
        raise BadInputError(
            fa="یا کد یک ملک را بنویسید یا شمارهٔ پیگیری یک پرونده را، نه هر دو.",
            en="Write either the code of one parcel or the tracking number of one case, not both.",
            field="land_code",
        )
    if not (_CODE.fullmatch(land) if land else _TRACKING.fullmatch(case)):
        raise BadInputError(
            fa="کد خوانا نیست. آن را همان‌گونه که روی صفحهٔ ملک یا پرونده آمده است بنویسید.",
            en="The code cannot be read. Write it as it stands on the page of the parcel or of the case.",
            field="land_code" if land else "tracking",
        )


def _check_time(until: datetime, now: datetime) -> None:
    if now < until and (until - now).days < LONGEST_DAYS:
        return
    raise BadInputError(
        fa=f"پایان نمایندگی باید پس از امروز و حداکثر {persian_digits(2)} سال دیگر باشد. روز دیگری برگزینید.",
        en="The mandate must end after today and within two years. Choose another day.",
        field="until",
    )


def _basis(raw: str) -> str:
    said = " ".join(raw.split())
    if len(said) > _BASIS or has_controls(said):
        raise BadInputError(
            fa=f"مبنای نمایندگی را کوتاه‌تر بنویسید: شماره و تاریخ وکالت‌نامه، حداکثر {persian_digits(_BASIS)} نویسه.",
            en=f"Write the basis shorter: number and date of the power of attorney, at most {_BASIS} characters.",
            field="basis",
        )
    return said or PORTAL
