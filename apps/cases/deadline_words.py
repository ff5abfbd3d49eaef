"""What people are told of a deadline, in both languages, from how it stands now."""

from dataclasses import dataclass
from datetime import date

from apps.common.calendar import day_en, jalali_fa
from apps.common.text import Text, isolated, persian_digits


@dataclass(frozen=True, slots=True)
class Told:
    """What a sentence is made of. `left`: working days, 0 = the last one. `passed`: the last moment is over."""

    tracking: str
    name: Text
    last: date
    left: int
    passed: bool
    certain: bool


def reminder(told: Told) -> Text:
    """To those whose turn it is: until when, how much is left; or since when it is late."""
    if told.passed:
        return _about(
            told,
            f"مهلت «{told.name.fa}» در {jalali_fa(told.last)} به پایان رسید و این کار هنوز انجام نشده است. "
            "پرونده را باز کنید و آن را انجام دهید.",
            f"the time for “{told.name.en}” ended on {day_en(told.last)} and it is still to be done. "
            "Open the case and do it.",
        )
    fa, en = _left(told)
    doubt_fa, doubt_en = ("", "") if told.certain else _DOUBT
    return _about(
        told,
        f"مهلت «{told.name.fa}» تا {jalali_fa(told.last)} است{fa}.{doubt_fa}",
        f"the time for “{told.name.en}” ends on {day_en(told.last)}{en}.{doubt_en}",
    )


def escalation(told: Told) -> Text:
    """To those above: it is late, and reminding did not help."""
    return _about(
        told,
        f"مهلت «{told.name.fa}» در {jalali_fa(told.last)} به پایان رسید و با یادآوری هم انجام نشد. رسیدگی با شماست.",
        f"the time for “{told.name.en}” ended on {day_en(told.last)}, and reminding did not help. Please see to it.",
    )


def escalated(told: Told) -> Text:
    """To the owners: the office is late, and who was asked to see to it."""
    return _about(
        told,
        f"شهرداری مهلت «{told.name.fa}» را که تا {jalali_fa(told.last)} بود رعایت نکرده است. "
        "موضوع به مقام بالاتر گفته شد؛ لازم نیست کاری کنید.",
        f"the office has missed the time for “{told.name.en}”, which ended on {day_en(told.last)}. "
        "Those above it were told; there is nothing you need to do.",
    )


def stepped(told: Told, target: Text) -> Text:
    """To the owners: what followed from a deadline that passed."""
    return _about(
        told,
        f"مهلت «{told.name.fa}» در {jalali_fa(told.last)} به پایان رسید و پرونده به وضعیت «{target.fa}» رفت.",
        f"the time for “{told.name.en}” ended on {day_en(told.last)}, and the case is now “{target.en}”.",
    )


_DOUBT = (
    " تعطیلی‌های این روزها هنوز قطعی نیست و شاید جابه‌جا شود.",
    " Days off around then are not certain yet; it may still move.",
)


def _left(told: Told) -> tuple[str, str]:
    if told.left <= 0:
        return "؛ امروز روز پایانی است", ": today is the last day"
    days = "one working day is" if told.left == 1 else f"{told.left} working days are"
    return f"؛ {persian_digits(told.left)} روز کاری مانده است", f": {days} left"


def _about(told: Told, fa: str, en: str) -> Text:
    return Text(f"پروندهٔ {isolated(told.tracking)}: {fa}", f"Case {told.tracking}: {en}")
