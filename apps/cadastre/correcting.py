"""What a parcel's next version says when its area was measured on the spot: everything as before, and the figure."""

from dataclasses import fields
from datetime import date, datetime
from decimal import Decimal

from apps.cadastre.areas import legal_area
from apps.cadastre.models import ParcelVersion
from apps.cadastre.services import ParcelFields
from apps.common.errors import BadInputError, ConflictError, NotFoundError
from apps.common.text import isolated


def fields_with_measured(code: str, measured_area_dm2: int, *, on: date, known_at: datetime) -> ParcelFields:
    """The fields of the version that stands on the day, with the measured area. Raises as `services.correct_area`."""
    known = ParcelVersion.objects.filter(parcel__code=code, known__contains=known_at).select_related("district")
    standing = known.filter(legal__contains=on).defer("geom", "geom_web").first()
    if standing is None:
        raise NotFoundError(
            fa=f"قطعهٔ {isolated(code)} در این روز ثبت نیست.", en=f"No parcel {code} stands on this day.", code=code
        )
    if standing.legal.upper is not None:
        raise ConflictError(
            fa=f"برای قطعهٔ {isolated(code)} از روزی دیرتر نسخهٔ دیگری ثبت است. نخست کاداستر آن را روشن کند.",
            en=f"Another version of parcel {code} is recorded from a later day on. The cadastre settles that first.",
            code=code,
        )
    _check(standing, measured_area_dm2)
    same = {f.name: getattr(standing, f.name) for f in fields(ParcelFields) if f.name != "district"}
    district = None if standing.district is None else standing.district.number
    return ParcelFields(**{**same, "district": district, "measured_area_dm2": measured_area_dm2})


def _check(standing: ParcelVersion, measured_dm2: int) -> None:
    drawn = Decimal(standing.drawn_area_dm2)
    if legal_area(deed_m2=None, drawn_m2=drawn, measured_m2=Decimal(measured_dm2)) is None:
        raise BadInputError(
            fa="مساحت اندازه‌گیری‌شده بیش از دو برابر یا کمتر از نصف مساحت نقشه است. دوباره اندازه بگیرید؛ اگر درست است، "
            "نخست کاداستر شکل قطعه را اصلاح کند.",
            en="The measured area is more than twice or less than half of the drawn one. Measure again; if it is so, "
            "the cadastre corrects the shape of the parcel first.",
        )
