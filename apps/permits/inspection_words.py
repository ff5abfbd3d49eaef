"""What people are told about visits, in both languages. Pure."""

from datetime import date, time
from decimal import Decimal

from apps.common.calendar import day_en, jalali_fa
from apps.common.errors import BadInputError, ConflictError, ForbiddenError
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


def full() -> ConflictError:
    """The last seat went to another."""
    return ConflictError(
        fa="این وقت همین حالا پر شد. وقت دیگری را برگزینید؛ چیزی تغییر نکرده است.",
        en="This time was taken just now. Choose another one; nothing has changed.",
    )


def not_offered() -> ConflictError:
    """A time that no calendar offers."""
    return ConflictError(
        fa="این وقت در تقویم بازدید منطقه نیست. صفحه را تازه کنید و یکی از وقت‌های فهرست را برگزینید.",
        en="This time is not in the district's calendar. Reload the page and choose one of those on the list.",
    )


def no_calendar() -> ConflictError:
    """Nobody comes to this district."""
    return ConflictError(
        fa="برای این منطقه هنوز تقویم بازدید نوشته نشده است. با شهرداری منطقه تماس بگیرید.",
        en="No calendar of visits is written for this district yet. Contact the municipal district.",
    )


def not_now() -> ConflictError:
    """The case is in another stage."""
    return ConflictError(fa="این پرونده در مرحلهٔ بازدید نیست.", en="This case is not at the stage of its inspection.")


def stands_already(visit: InspectionVisit) -> ConflictError:
    """A visit is booked."""
    said = when(visit)
    return ConflictError(
        fa=f"برای این پرونده بازدید {said.fa} گرفته شده است. همان را جابه‌جا یا لغو کنید.",
        en=f"A visit on {said.en} is booked for this case. Move or cancel that one.",
    )


def none_stands() -> ConflictError:
    """No visit is booked."""
    return ConflictError(
        fa="برای این پرونده بازدیدی گرفته نشده است. صفحه را تازه کنید.",
        en="No visit is booked for this case. Reload the page.",
    )


def too_late(visit: InspectionVisit) -> ConflictError:
    """It is the day of the visit, or later."""
    return ConflictError(
        fa="تغییر وقت بازدید تا روز پیش از آن ممکن است. اگر نمی‌توانید در محل باشید با شهرداری منطقه تماس بگیرید.",
        en="A visit can be changed up to the day before it. If you cannot be there, contact the municipal district.",
        day=visit.day.isoformat(),
    )


def no_more_moves(moves: int) -> ConflictError:
    """The owner changed the time as often as the rule allows."""
    return ConflictError(
        fa=persian_digits(
            f"وقت بازدید را {moves} بار تغییر داده‌اید و بیش از این نمی‌شود. بازرس منطقه می‌تواند برای شما وقت بگذارد."
        ),
        en=f"You have changed the time {moves} times, which is the most. The district's inspector can book for you.",
        moves=moves,
    )


def may_not() -> ForbiddenError:
    """Whoever may only look."""
    return ForbiddenError(
        fa="وقت بازدید را مالک، نماینده‌ای که اختیار اقدام دارد یا بازرس منطقه می‌گیرد.",
        en="A visit is booked by the owner, by an agent who may act, or by the district's inspector.",
    )


def unknown_report() -> BadInputError:
    """A device sent no key."""
    return BadInputError(
        fa="این گزارش نشانهٔ یکتا ندارد. صفحه را تازه کنید و دوباره بفرستید.",
        en="This report has no key of its own. Reload the page and send it again.",
    )


def _about(tracking: str, fa: str, en: str) -> Text:
    return Text(f"پروندهٔ {isolated(tracking)}: {fa}", f"Case {tracking}: {en}")
