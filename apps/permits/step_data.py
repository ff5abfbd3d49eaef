"""What some steps ask for besides a text: numbers and days of orders. Checked like the questions of a form."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from apps.cases import forms
from apps.cases.types.definition import Field, FieldKind
from apps.common import clock
from apps.common.errors import BadInputError
from apps.common.text import Text


def _number(label: Text) -> Field:
    return Field("number", label, FieldKind.TEXT, maximum=40)


def _day(code: str, label: Text) -> Field:
    return Field(code, label, FieldKind.DAY)


ASKS: Mapping[str, tuple[Field, ...]] = {
    "announce": (
        _number(Text("شمارهٔ دستور نقشه", "Number of the zoning order")),
        _day("dated", Text("تاریخ دستور نقشه", "Day of the zoning order")),
    ),
    "decided": (
        _number(Text("شمارهٔ مصوبه", "Number of the decision")),
        _day("approved_on", Text("تاریخ تصویب", "Day of approval")),
        _day("promulgated_on", Text("تاریخ ابلاغ", "Day of promulgation")),
    ),
    "rebase": (Field("parcel", Text("کد قطعهٔ تازه", "Code of the new parcel"), FieldKind.TEXT, maximum=80),),
}
"""By verb. A decision that was approved and not promulgated is none: both days are asked for."""


def read(verb: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """The answers in canonical form, days as ISO. Raises BadInputError that names each field and what is wrong."""
    from apps.permits.case_type import permit_type

    judged = forms.judge(replace(permit_type(), fields=ASKS[verb]), data)
    errors = {**judged.errors, **(_order_of_days(judged.values) if not judged.errors else {})}
    if errors:
        labels = {field.code: field.label for field in ASKS[verb]}
        raise BadInputError(
            fa=" ".join(f"{labels[code].fa}: {text.fa}" for code, text in errors.items()),
            en=" ".join(f"{labels[code].en}: {text.en}" for code, text in errors.items()),
            fields=sorted(errors),
        )
    return judged.values


def _order_of_days(values: Mapping[str, Any]) -> dict[str, Text]:
    days = {
        code: date.fromisoformat(values[code]) for code in ("dated", "approved_on", "promulgated_on") if code in values
    }
    ahead = Text("این روز هنوز نرسیده است.", "This day has not come yet.")
    wrong = {code: ahead for code, day in days.items() if day > clock.today()}
    if not wrong and "approved_on" in days and days["promulgated_on"] < days["approved_on"]:
        wrong["promulgated_on"] = Text("ابلاغ پیش از تصویب نمی‌شود.", "It is not promulgated before it is approved.")
    return wrong
