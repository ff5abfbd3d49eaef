"""What people are told about visits, in both languages. Pure."""

from datetime import date, time
from decimal import Decimal

from apps.common.calendar import day_en, jalali_fa
from apps.common.text import Text, isolated, persian_digits
from apps.permits.models_inspection import InspectionVisit


def when(visit: InspectionVisit) -> Text:
    """Day and time of a visit."""
    return at(visit.day, visit.starts)


def at(day: date, starts: time) -> Text:
    """'۱۰ آذر ۱۴۰۵ ساعت ۰۸:۳۰'."""
    return Text(f"{jalali_fa(day)} ساعت {isolated(f'{starts:%H:%M}')}", f"{day_en(day)} at {starts:%H:%M}")


def booked(tracking: str, visit: InspectionVisit) -> Text:
    """A visit stands."""
    said = when(visit)
    return _about(
        tracking,
        f"بازدید در {said.fa} انجام می‌شود. آنچه باید در محل باشد در صفحهٔ بازدید نوشته شده است.",
        f"the inspection visit is on {said.en}. What must be there is written on the page of the visit.",
    )


def moved(tracking: str, before: Text, visit: InspectionVisit) -> Text:
    """Another time than before."""
    said = when(visit)
    return _about(
        tracking,
        f"بازدیدی که در {before.fa} بود به {said.fa} رفت.",
        f"the visit of {before.en} was moved to {said.en}.",
    )


def cancelled(tracking: str, visit: InspectionVisit) -> Text:
    """Nobody comes at that time."""
    said = when(visit)
    return _about(
        tracking,
        f"بازدید {said.fa} لغو شد. تا وقت تازه‌ای گرفته نشود این مرحله پیش نمی‌رود.",
        f"the visit of {said.en} was cancelled. This stage waits until another time is booked.",
    )


def freed(tracking: str, visit: InspectionVisit) -> Text:
    """The day became a day off."""
    said = when(visit)
    return _about(
        tracking,
        f"روز بازدید ({said.fa}) تعطیل شد و این بازدید انجام نمی‌شود. وقت دیگری بردارید؛ "
        "این از دفعه‌های جابه‌جایی شما کم نمی‌کند.",
        f"the day of the visit ({said.en}) became a day off, so nobody comes. Book another time; it does not count as "
        "one of your changes.",
    )


def ended(tracking: str, visit: InspectionVisit) -> Text:
    """The case left the stage in which it is visited."""
    said = when(visit)
    return _about(
        tracking,
        f"پرونده دیگر در مرحلهٔ بازدید نیست و بازدید {said.fa} انجام نمی‌شود.",
        f"the case is no longer waiting for an inspection, so the visit of {said.en} does not take place.",
    )


def reported(tracking: str, version: int, outcome: Text) -> Text:
    """A report was written."""
    again_fa = "" if version == 1 else f" (نسخهٔ {persian_digits(version)}، اصلاح‌شده)"
    again_en = "" if version == 1 else f" (version {version}, corrected)"
    return _about(
        tracking,
        f"گزارش بازدید ثبت شد{again_fa}: {outcome.fa}. آن را در صفحهٔ بازدید بخوانید.",
        f"the inspection report was recorded{again_en}: {outcome.en}. Read it on the page of the visit.",
    )


def corrected(tracking: str, *, before: Decimal | None, after: Decimal, measured: Decimal) -> Text:
    """The legal area is another one now: always with both figures."""
    was = square_metres(before)
    now, found = square_metres(after), square_metres(measured)
    return _about(
        tracking,
        f"مساحت قانونی قطعه از {was.fa} به {now.fa} اصلاح شد، چون در بازدید {found.fa} اندازه‌گیری شد. ضوابط از این پس "
        "با مساحت تازه نوشته می‌شود.",
        f"the legal area of the parcel was corrected from {was.en} to {now.en}, because {found.en} were measured on "
        "the spot. From now on its rules rest on the new area.",
    )


def square_metres(area: Decimal | None) -> Text:
    """'۲۳۱٫۵ متر مربع'; 'not known' for None."""
    if area is None:
        return Text("«نامعلوم»", "“not known”")
    plain = f"{area.normalize():f}"
    return Text(f"{persian_digits(plain).replace('.', '٫')} متر مربع", f"{plain} m²")


def _about(tracking: str, fa: str, en: str) -> Text:
    return Text(f"پروندهٔ {isolated(tracking)}: {fa}", f"Case {tracking}: {en}")
