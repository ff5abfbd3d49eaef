"""How far the law has come, and whether a request's evidence was held against all of it. Behind it nothing goes on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Q, QuerySet

from apps.cases.querysets import CLOSED
from apps.common import clock
from apps.common.errors import ConflictError
from apps.legal.models import LegalAct
from apps.legal.selectors import law_version
from apps.permits.models import PermitRequest
from apps.permits.workflow import ISSUED


@dataclass(frozen=True, slots=True)
class Mark:
    """The law of this moment: id of the last act, the legal day, and the last day on which some act began to work."""

    version: int
    today: date
    last_day: date | None

    @property
    def behind(self) -> Q:
        """Requests whose evidence was not yet held against all of it."""
        newer = Q(examined_version__lt=self.version)
        return newer if self.last_day is None else newer | Q(examined_on__lt=self.last_day)

    def is_past(self, request: PermitRequest) -> bool:
        """Whether the law has moved on since this request was examined."""
        by_day = self.last_day is not None and request.examined_on < self.last_day
        return request.examined_version != self.version or by_day


def mark() -> Mark:
    """The law of this moment."""
    today = clock.today()
    last = LegalAct.objects.filter(effective_on__lte=today).aggregate(last=Max("effective_on"))["last"]
    return Mark(version=law_version(), today=today, last_day=last)


def ensure_examined(request: PermitRequest) -> Mark:
    """The law of this moment, up to which the request was examined. Raises ConflictError while it was not."""
    now = mark()
    if now.is_past(request):
        raise being_examined()
    return now


def being_examined() -> ConflictError:
    """The error for a step that comes between an act and its examination."""
    return ConflictError(
        fa="همین حالا سند حقوقی تازه‌ای ثبت شده است و درخواست شما با آن سنجیده می‌شود. چند لحظهٔ دیگر صفحه را تازه کنید.",
        en="A legal act was recorded just now and your request is being examined against it. Reload the page in a "
        "moment.",
        examining=True,
    )


def new_acts(requests: Iterable[PermitRequest], now: Mark) -> list[LegalAct]:
    """Acts that some of these requests were not held against: recorded since, or working since. Oldest first."""
    listed = list(requests)
    version = min(r.examined_version for r in listed)
    day = min(r.examined_on for r in listed)
    recorded = Q(pk__gt=version, pk__lte=now.version)
    begun = Q(pk__lte=now.version, effective_on__gt=day, effective_on__lte=now.today)
    return list(LegalAct.objects.filter(recorded | begun).select_related("instrument").order_by("pk"))


def wake_if_behind() -> None:
    """Ask for an examination when some open request is behind the law. Called after a commit that an act may cross."""
    from apps.permits.tasks import examine_requests

    if open_requests().filter(mark().behind).exists():
        examine_requests.delay()


def open_requests() -> QuerySet[PermitRequest]:
    """Requests that are neither closed nor led to a permit."""
    return PermitRequest.objects.exclude(case__status__in=(*CLOSED, *ISSUED))
