"""Answers to a case type's questions: read, checked, kept in canonical form. Pure but for the city's numbering plan."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from apps.cases.types.definition import CaseType, Condition, Field, FieldKind
from apps.common.calendar import parse_day
from apps.common.errors import BadInputError
from apps.common.text import Text, has_controls, latin_digits, persian_digits
from apps.parties.mobile import canonical_mobile, city_plan
from apps.parties.national_id import is_national_id

_LONGEST = {FieldKind.TEXT: 300, FieldKind.LONG_TEXT: 4000}
_BIGGEST = 10**12
_LONGEST_NUMBER, _DECIMALS = 24, 6
_YES, _NO = {"yes", "on", "true", "1"}, {"no", "off", "false", "0"}


@dataclass(frozen=True, slots=True)
class Answers:
    """`values`: sound answers by field code, as JSON keeps them. `errors`: what is wrong with the others."""

    values: dict[str, Any]
    errors: dict[str, Text]


def judge(definition: CaseType, raw: Mapping[str, Any]) -> Answers:
    """Read every question that is asked; a question whose condition does not hold is left out with its answer.

    A condition speaks of a question above it (`types.linting_questions` sees to it).
    """
    values: dict[str, Any] = {}
    errors: dict[str, Text] = {}
    for field in definition.fields:
        if not asked(field.when, values):
            continue
        written = _written(raw.get(field.code))
        if not written:
            if field.required:
                errors[field.code] = Text("این پاسخ لازم است.", "This answer is needed.")
            continue
        try:
            values[field.code] = _READERS[field.kind](field, latin_digits(written), written)
        except BadInputError as error:
            errors[field.code] = error.message
    return Answers(values, errors)


def _written(answer: Any) -> str:
    """As a person would have written it: programs send numbers, true and false."""
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    return "" if answer is None else str(answer).strip()


def asked(when: Condition | None, answers: Mapping[str, Any]) -> bool:
    """Whether a question or document is asked, given the answers so far."""
    return when is None or str(answers.get(when.field, "")) in when.values


def _text(field: Field, _latin: str, raw: str) -> str:
    longest = field.maximum or _LONGEST[field.kind]
    if has_controls(raw):
        raise _bad("نویسه‌های نامرئی متن را پاک کنید.", "Remove the invisible characters from the text.")
    if len(raw) > longest:
        raise _bad(f"حداکثر {longest} نویسه بنویسید.", f"Write at most {longest} characters.")
    if len(raw) < (field.minimum or 0):
        raise _bad(f"دست‌کم {field.minimum} نویسه بنویسید.", f"Write at least {field.minimum} characters.")
    return raw


def _integer(field: Field, latin: str, _raw: str) -> int:
    if not latin.removeprefix("-").isdecimal() or abs(int(latin)) > _BIGGEST:
        raise _bad("یک عدد صحیح بنویسید، مانند ۱۲.", "Write a whole number, such as 12.")
    return int(_within(field, Decimal(latin)))


def _decimal(field: Field, latin: str, _raw: str) -> str:
    try:
        value = Decimal(latin.replace("٫", ".").replace("/", "."))
    except InvalidOperation:
        raise _bad("یک عدد بنویسید، مانند ۱۲٫۵.", "Write a number, such as 12.5.") from None
    if not value.is_finite() or abs(value) > _BIGGEST or len(latin) > _LONGEST_NUMBER or _decimals(value) > _DECIMALS:
        raise _bad("یک عدد بنویسید، مانند ۱۲٫۵.", "Write a number, such as 12.5.")
    return format(_within(field, value), "f")


def _decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


def _within(field: Field, value: Decimal) -> Decimal:
    if field.minimum is not None and value < field.minimum:
        raise _bad(f"کمتر از {field.minimum} نمی‌شود.", f"It cannot be less than {field.minimum}.")
    if field.maximum is not None and value > field.maximum:
        raise _bad(f"بیشتر از {field.maximum} نمی‌شود.", f"It cannot be more than {field.maximum}.")
    return value


def _choice(field: Field, _latin: str, raw: str) -> str:
    if raw not in {c.code for c in field.choices}:
        raise _bad("یکی از گزینه‌ها را برگزینید.", "Choose one of the options.")
    return raw


def _yes_no(_field: Field, latin: str, _raw: str) -> str:
    if latin.lower() not in _YES | _NO:
        raise _bad("بله یا نه را برگزینید.", "Choose yes or no.")
    return "yes" if latin.lower() in _YES else "no"


def _day(_field: Field, latin: str, _raw: str) -> str:
    return parse_day(latin).isoformat()


def _mobile(_field: Field, latin: str, _raw: str) -> str:
    return canonical_mobile(latin, plan=city_plan())


def _national_id(_field: Field, latin: str, _raw: str) -> str:
    if not is_national_id(latin):
        raise _bad("کد ملی درست نیست؛ ده رقم آن را بررسی کنید.", "The national ID is not right; check its ten digits.")
    return latin


def _bad(fa: str, en: str) -> BadInputError:
    return BadInputError(fa=persian_digits(fa), en=en)


_READERS: dict[FieldKind, Callable[[Field, str, str], Any]] = {
    FieldKind.TEXT: _text,
    FieldKind.LONG_TEXT: _text,
    FieldKind.INTEGER: _integer,
    FieldKind.DECIMAL: _decimal,
    FieldKind.CHOICE: _choice,
    FieldKind.YES_NO: _yes_no,
    FieldKind.DAY: _day,
    FieldKind.MOBILE: _mobile,
    FieldKind.NATIONAL_ID: _national_id,
}
