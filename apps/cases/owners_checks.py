"""A co-owner as declared: what is checked before one is written down."""

from dataclasses import dataclass
from fractions import Fraction

from apps.cases.models import Case
from apps.common.errors import BadInputError, ConflictError
from apps.common.text import has_controls
from apps.parties.identifiers import is_legal_id, plain_identifier
from apps.parties.mobile import canonical_mobile, city_plan
from apps.parties.national_id import is_national_id

_MOST = 60
_BIGGEST = 100_000


@dataclass(frozen=True, slots=True)
class CoOwner:
    """A co-owner as the applicant declares them. Share as numerator and denominator (2 of 6 dang: 1/3).

    `national_id`: ten digits of a natural person, eleven of a legal one, which needs no `mobile`.
    """

    name: str
    mobile: str
    national_id: str
    numerator: int
    denominator: int


@dataclass(frozen=True, slots=True)
class Checked:
    """What is written down: canonical number ("" for a legal person) and identifier."""

    mobile: str
    national_id: str
    legal: bool


def checked(owner: CoOwner) -> Checked:
    """Mobile and identifier in canonical form. Raises BadInputError that says what to write."""
    if not owner.name.strip() or len(owner.name) > 160 or has_controls(owner.name):  # noqa: PLR2004 - the column
        raise BadInputError(fa="نام مالک را بنویسید.", en="Write the owner's name.")
    number = plain_identifier(owner.national_id)
    legal = is_legal_id(number)
    if not legal and not is_national_id(number):
        raise BadInputError(
            fa="کد ملی مالک درست نیست: ده رقم برای شخص، یا یازده رقم شناسهٔ ملی برای شرکت و سازمان.",
            en="The owner's national ID is not right: ten digits for a person, eleven for a company or body.",
        )
    if not 0 < owner.numerator <= owner.denominator <= _BIGGEST:
        raise BadInputError(
            fa="سهم را مانند ۲ از ۶ بنویسید؛ نه صفر و نه بیش از همه.",
            en="Write the share like 2 of 6: neither nothing nor more than the whole.",
        )
    mobile = "" if legal else canonical_mobile(owner.mobile, plan=city_plan())
    return Checked(mobile, number, legal)


def check_room(case: Case, owner: CoOwner, known: Checked) -> None:
    """Raises ConflictError for an owner who is named already, BadInputError when shares exceed the whole."""
    standing = list(case.parties.filter(removed_at__isnull=True))
    named = {p.national_id for p in standing} | {case.applicant.national_id} - {""}
    numbers = {p.mobile for p in standing if p.mobile} | {case.applicant.mobile}
    if known.mobile in numbers or known.national_id in named:
        raise ConflictError(fa="این مالک در فهرست هست.", en="This owner is on the list already.")
    if len(standing) >= _MOST:
        raise ConflictError(fa=f"حداکثر {_MOST} شریک ثبت می‌شود.", en=f"At most {_MOST} co-owners can be named.")
    total = sum((Fraction(p.share_numerator, p.share_denominator) for p in standing), Fraction(0))
    if total + Fraction(owner.numerator, owner.denominator) > 1:
        raise BadInputError(
            fa="جمع سهم‌ها از کل ملک بیشتر می‌شود. سهم‌ها را بررسی کنید.",
            en="The shares add up to more than the whole. Check them.",
        )
