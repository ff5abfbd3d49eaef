"""When an act is recorded: strictly one after the other, never in the future, never before it was signed."""

from datetime import datetime, timedelta

from django.db.models import Max
from django.utils import timezone

from apps.common import clock
from apps.common.errors import BadInputError, ConflictError
from apps.legal.models import LegalAct

_TICK = timedelta(microseconds=1)


def stamp_of(recorded_at: datetime | None, group: frozenset[int]) -> datetime:
    """The instant of recording: given (history being loaded) or now. Raises BadInputError or ConflictError."""
    now = clock.now()
    if recorded_at is None:
        last = LegalAct.objects.aggregate(last=Max("recorded_at"))["last"]
        return now if last is None or last < now else last + _TICK
    if timezone.is_naive(recorded_at) or recorded_at > now:
        raise BadInputError(
            fa="زمان ثبت باید با منطقهٔ زمانی نوشته شود و در آینده نباشد.",
            en="The time of recording must carry a time zone and must not lie in the future.",
            recorded_at=recorded_at.isoformat(),
        )
    taken = LegalAct.objects.filter(recorded_at=recorded_at).exists()
    if taken or LegalAct.objects.filter(instrument__in=group, recorded_at__gte=recorded_at).exists():
        raise ConflictError(
            fa="زمان ثبت باید یکتا و پس از همهٔ اسناد ثبت‌شدهٔ این مجموعه باشد. سوابق را به ترتیب ثبت بارگذاری کنید.",
            en="The time of recording must be unique and later than every recorded act of this group of instruments."
            " Load history in the order of recording.",
            recorded_at=recorded_at.isoformat(),
        )
    return recorded_at


def check_signed_before(act: LegalAct) -> None:
    """Raises BadInputError for an act dated after its recording."""
    if act.act_date > timezone.localdate(act.recorded_at):
        raise BadInputError(
            fa="تاریخ سند پس از روز ثبت آن است. سند را پس از امضا ثبت کنید، یا تاریخ را درست کنید.",
            en="The act is dated after the day of its recording. Record it once it is signed, or correct its date.",
        )
