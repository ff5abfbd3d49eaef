"""What a mandate is about, checked: the parcel exists, or the case is the principal's. `parties` knows neither."""

from datetime import date, datetime

from apps.cadastre.selectors import parcel_by_code
from apps.cases.models import Case
from apps.common import clock
from apps.common.errors import NotFoundError
from apps.parties.mandate_rules import Offer, end_of, offer
from apps.parties.models import Person


def checked_offer(
    *, principal: Person, kind: str, scopes: list[str], last_day: date, land_code: str, tracking: str, basis: str
) -> Offer:
    """An offer about a parcel that exists or a case of the principal, until the end of `last_day`.

    `land_code`: any code of a parcel on that land, in any spelling. Raises BadInputError, NotFoundError.
    """
    now: datetime = clock.now()
    said = offer(
        kind=kind,
        scopes=scopes,
        until=end_of(last_day),
        now=now,
        land_code=parcel_by_code(land_code).land_code if land_code.strip() and not tracking.strip() else land_code,
        tracking=tracking,
        basis=basis,
    )
    if said.tracking and not Case.objects.filter(tracking=said.tracking, applicant=principal).exists():
        raise NotFoundError(
            fa="پرونده‌ای با این شمارهٔ پیگیری برای این مالک نیست. شماره را بررسی کنید.",
            en="This owner has no case with this tracking number. Check the number.",
            field="tracking",
        )
    return said
