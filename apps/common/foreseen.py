"""What others raise (Django, the database, Redis, the broker), as errors of our own taxonomy."""

from django.conf import settings
from django.core.exceptions import BadRequest, PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from kombu.exceptions import OperationalError as BrokerError
from psycopg_pool import PoolTimeout

from apps.common.cache import AWAY
from apps.common.errors import (
    BadInputError,
    ForbiddenError,
    MethodError,
    NotFoundError,
    ParvanehError,
    TooLargeError,
    UnavailableError,
)

RETRY_AFTER = 5
UNREADABLE = (SuspiciousOperation, BadRequest, MultiPartParserError, UnreadablePostError)
DATABASE_LOST = (OperationalError, InterfaceError)
# Everything as_error() knows; anything else is a fault that nobody foresaw, and is logged with its trace.
FORESEEN = (
    ParvanehError,
    *DATABASE_LOST,
    PoolTimeout,
    *AWAY,
    BrokerError,
    Http404,
    PermissionDenied,
    *UNREADABLE,
)


def as_error(exc: BaseException | None) -> ParvanehError | None:
    """`exc` as one of our errors; None when it is a fault that nobody foresaw."""
    if isinstance(exc, ParvanehError):
        return exc
    if isinstance(exc, (*DATABASE_LOST, PoolTimeout)):
        return _away(fa="پایگاه داده", en="The database", part="database")
    if isinstance(exc, (*AWAY, BrokerError)):
        return _away(fa="صف کارها", en="The task queue", part="redis")
    if isinstance(exc, RequestDataTooBig):
        return too_large()
    return _of_django(exc)


def too_large() -> TooLargeError:
    """The request does not fit settings.MAX_REQUEST_BYTES."""
    limit = settings.MAX_REQUEST_BYTES // 1024
    return TooLargeError(
        fa=f"درخواست بزرگ‌تر از {limit} کیلوبایت است. آن را کوچک‌تر کنید.",
        en=f"The request is larger than {limit} KB. Make it smaller.",
        limit_bytes=settings.MAX_REQUEST_BYTES,
    )


def _of_django(exc: BaseException | None) -> ParvanehError | None:
    if isinstance(exc, Http404):
        return no_such_page()
    if isinstance(exc, PermissionDenied):
        return forbidden()
    if isinstance(exc, UNREADABLE):
        return unreadable()
    return None


def no_such_page() -> NotFoundError:
    """Nothing stands at that address."""
    return NotFoundError(
        fa="چنین صفحه‌ای نیست. نشانی را بررسی کنید یا از نقشه آغاز کنید.",
        en="There is no such page. Check the address, or start from the map.",
    )


def wrong_method() -> MethodError:
    """A form's address opened as a page (reload, bookmark), or the other way round."""
    return MethodError(
        fa="این نشانی صفحه‌ای برای دیدن ندارد؛ با دکمهٔ یک فرم به آن می‌رسند. به صفحهٔ پیش برگردید یا از نقشه آغاز کنید.",
        en="This address is no page to look at; a form's button leads to it. Go back, or start from the map.",
    )


def forbidden() -> ForbiddenError:
    """The reader lacks the right."""
    return ForbiddenError(
        fa="شما اجازهٔ این کار را ندارید. اگر باید داشته باشید، با اداره تماس بگیرید.",
        en="You may not do this. If you should be able to, contact the office.",
    )


def unreadable() -> BadInputError:
    """A request that no form of ours can have sent (wrong host, broken form data, a NUL in the address)."""
    return BadInputError(
        fa="این درخواست خوانا نیست. به صفحهٔ پیش برگردید و دوباره تلاش کنید.",
        en="This request cannot be read. Go back and try again.",
    )


def _away(*, fa: str, en: str, part: str) -> UnavailableError:
    return UnavailableError(
        fa=f"{fa} اکنون در دسترس نیست. چیزی از دست نرفته است؛ چند لحظهٔ دیگر دوباره تلاش کنید.",
        en=f"{en} cannot be reached now. Nothing was lost; try again in a moment.",
        part=part,
        retry_after=RETRY_AFTER,
    )


def unforeseen() -> ParvanehError:
    """What is shown for a fault of ours; the cause stands in the log only."""
    return ParvanehError(
        fa="خطایی در سامانه رخ داد و ثبت شد. دوباره تلاش کنید؛ اگر ماند، با پشتیبانی تماس بگیرید.",
        en="Something failed on our side and was recorded. Try again; if it stays, contact support.",
    )
