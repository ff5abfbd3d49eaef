"""A co-owner as declared: what is checked before one is written down."""

from dataclasses import dataclass
from fractions import Fraction

from apps.cases.models import Case
from apps.common.errors import BadInputError, ConflictError
from apps.common.text import has_controls, latin_digits
from apps.parties.mobile import canonical_mobile, city_plan
from apps.parties.national_id import is_national_id

_MOST = 60
_BIGGEST = 100_000


@dataclass(frozen=True, slots=True)
class CoOwner:
    """A co-owner as the applicant declares them. Share as numerator and denominator (2 of 6 dang: 1/3)."""

    name: str
    mobile: str
    national_id: str
    numerator: int
    denominator: int


def checked(owner: CoOwner) -> tuple[str, str]:
    """(mobile, national ID) in canonical form. Raises BadInputError that says what to write."""
    if not owner.name.strip() or len(owner.name) > 160 or has_controls(owner.name):  # noqa: PLR2004 - the column
        raise BadInputError(fa="نام مالک را بنویسید.", en="Write the owner's name.")
    national_id = latin_digits(owner.national_id).strip()
    if not is_national_id(national_id):
        raise BadInputError(fa="کد ملی مالک درست نیست.", en="The owner's national ID is not right.")
    if not 0 < owner.numerator <= owner.denominator <= _BIGGEST:
        raise BadInputError(
            fa="سهم را مانند ۲ از ۶ بنویسید؛ نه صفر و نه بیش از همه.",
            en="Write the share like 2 of 6: neither nothing nor more than the whole.",
        )
    return canonical_mobile(owner.mobile, plan=city_plan()), national_id


def check_room(case: Case, owner: CoOwner, *, mobile: str) -> None:
    """Raises ConflictError for an owner who is named already, BadInputError when shares exceed the whole."""
    standing = list(case.parties.filter(removed_at__isnull=True))
    if any(p.mobile == mobile for p in standing) or mobile == case.applicant.mobile:
        raise ConflictError(fa="این مالک در فهرست هست.", en="This owner is on the list already.")
    if len(standing) >= _MOST:
        raise ConflictError(fa=f"حداکثر {_MOST} شریک ثبت می‌شود.", en=f"At most {_MOST} co-owners can be named.")
    total = sum((Fraction(p.share_numerator, p.share_denominator) for p in standing), Fraction(0))
    if total + Fraction(owner.numerator, owner.denominator) > 1:
        raise BadInputError(
            fa="جمع سهم‌ها از کل ملک بیشتر می‌شود. سهم‌ها را بررسی کنید.",
            en="The shares add up to more than the whole. Check them.",
        )
