"""What may be wrong with a file of a case."""

from apps.cases.files.kinds import ACCEPTED
from apps.common.errors import BadInputError, Fault, ParvanehError, UnavailableError
from apps.common.text import Text


class RefusedFileError(BadInputError):
    """The file is not taken; nothing of it is kept. The message says what to send instead."""

    code = "file_refused"


class DamagedFileError(ParvanehError):
    """What lies in the store is not what was sent (its digest differs, or it is gone): it is not handed out."""

    code = "file_damaged"
    status = 500
    fault = Fault.DATA


class StoreAwayError(UnavailableError):
    """The store of files does not answer; nothing was kept."""

    code = "store_away"


def refused(text: Text, **details: object) -> RefusedFileError:
    """The error of these words."""
    return RefusedFileError(fa=text.fa, en=text.en, **details)


def not_taken(what: str = "") -> RefusedFileError:
    """Content that is none of the kinds taken. `what`: what it seems to be, '' = nobody knows."""
    seems = Text(f"این فایل {what} است و پذیرفته نمی‌شود.", f"This file is {what}, which is not taken.")
    unknown = Text("محتوای این فایل شناخته نشد.", "What this file holds is not known.")
    text = seems if what else unknown
    return RefusedFileError(fa=f"{text.fa} {ACCEPTED.fa} بفرستید.", en=f"{text.en} Send {ACCEPTED.en}.")


def broken_off() -> RefusedFileError:
    """A file whose end is missing."""
    return RefusedFileError(
        fa="این فایل ناقص است: پایان آن نرسیده است. آن را دوباره ذخیره کنید و بفرستید.",
        en="This file breaks off: its end is missing. Save it again and send it again.",
    )


def damaged(number: object) -> DamagedFileError:
    """The stored bytes are not those that were sent."""
    return DamagedFileError(
        fa=f"فایل ذخیره‌شده (نسخهٔ {number}) با اثر انگشتِ ثبت‌شده نمی‌خواند و داده نمی‌شود. موضوع ثبت شد؛ "
        "به مدیر سامانه خبر دهید یا نسخهٔ تازه‌ای بفرستید.",
        en=f"The stored file (version {number}) no longer fits its recorded digest and is not handed out. This was "
        "logged; tell the administrator, or send a new version.",
    )


def store_away() -> StoreAwayError:
    """The store does not answer."""
    return StoreAwayError(
        fa="انبار فایل‌ها اکنون پاسخ نمی‌دهد و چیزی ذخیره نشد. چند دقیقهٔ دیگر دوباره تلاش کنید.",
        en="The store of files does not answer now, and nothing was saved. Try again in some minutes.",
    )
