"""What stands against a visit or its report: each error says what to do."""

from apps.common.errors import BadInputError, ConflictError, ForbiddenError
from apps.common.text import persian_digits
from apps.permits import inspection_words as words
from apps.permits.models_inspection import InspectionVisit


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
    said = words.when(visit)
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
