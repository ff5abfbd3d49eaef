"""Reads the timeline of a theme from the periods of the law."""

from collections.abc import Mapping
from datetime import date, datetime

from apps.common.clock import now
from apps.common.text import Text
from apps.legal.acts import ActKind, Status
from apps.legal.models import InForcePeriod, LegalAct
from apps.map_services.timeline import Change, Span, Stop, stops
from gis_layers.models import Theme

_BEGUN: Mapping[Status, Text] = {
    Status.DRAFT: Text("پیش‌نویس", "draft"),
    Status.APPROVED: Text("تصویب شد؛ هنوز ابلاغ نشده", "approved, not promulgated yet"),
    Status.PROMULGATED: Text("ابلاغ شد؛ هنوز لازم‌الاجرا نیست", "promulgated, not effective yet"),
    Status.IN_FORCE: Text("لازم‌الاجرا شد", "came into force"),
    Status.SUSPENDED: Text("متوقف شد", "suspended"),
    Status.ANNULLED: Text("ابطال شد", "annulled"),
    Status.REPEALED: Text("لغو شد", "repealed"),
    Status.REPLACED: Text("جایگزین شد", "replaced"),
}
_LIFTED = Text("توقف آن رفع شد و دوباره لازم‌الاجراست", "suspension lifted, in force again")
_AGAIN = Text("دوباره لازم‌الاجرا شد", "in force again")
_PARTLY = Text(" (در بخشی از محدوده)", " (in a part of its area)")


def timeline_of(*, theme: Theme, known_at: datetime | None = None) -> tuple[Stop, ...]:
    """The days on which what the theme shows changes, past and future, as recorded by `known_at` (None = now)."""
    periods = InForcePeriod.objects.filter(instrument__edition__theme=theme, known__contains=known_at or now())
    rows = periods.select_related("instrument", "act").defer("scope", "act__scope").order_by("pk")
    lifts = LegalAct.objects.filter(kind=ActKind.LIFT, instrument__edition__theme=theme).order_by("-pk")
    lifted = {(row[0], row[1]): row[2] for row in lifts.values_list("lifts_id", "effective_on", "number")}
    return stops(_span(row, lifted) for row in rows)


def said_of(change: Change) -> Text:
    """What happened to the edition, in words."""
    words = _words(change)
    return Text(words.fa + _PARTLY.fa, words.en + _PARTLY.en) if change.partly else words


def _words(change: Change) -> Text:
    if change.status is Status.IN_FORCE and change.before is Status.SUSPENDED:
        return _LIFTED
    if change.status is Status.IN_FORCE and change.again:
        return _AGAIN
    return _BEGUN[change.status]


def _span(row: InForcePeriod, lifted: Mapping[tuple[int, date], str]) -> Span:
    end: date | None = row.legal.upper
    return Span(
        instrument=row.instrument.code,
        title=Text(row.instrument.title_fa, row.instrument.title_en),
        scope_key=row.scope_key,
        status=Status(row.status),
        start=row.legal.lower,
        number="" if row.act is None else row.act.number,
        order=row.act_id or 0,
        lifted_by="" if end is None or row.act_id is None else lifted.get((row.act_id, end), ""),
    )
