"""The door to a parcel's legal history: since when which main values, by which acts, and what is announced.

Computed, never stored: for each day on which something that speaks on the parcel changes its standing, the parcel's
plain answer is asked; stretches of days with one answer are said once (docs/decisions/0021).
"""

import hashlib
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.core.cache import cache

from apps.cadastre.parcel_code import parse
from apps.cadastre.selectors import parcel_by_code
from apps.common import clock
from apps.common.city import current_city
from apps.common.errors import BadInputError, NotFoundError
from apps.common.text import Text
from apps.extracts import history_words as words
from apps.extracts.compose import answer
from apps.extracts.history_answer import answer_on, pose
from apps.extracts.history_read import Days, days_of
from apps.extracts.history_shapes import Announced, ParcelHistory, Stretch
from apps.extracts.history_telling import Span, merged, told_of
from apps.extracts.kept import key_of
from apps.extracts.law_day import LawDay
from apps.extracts.law_reader import law_day
from apps.extracts.pieces import act as act_json
from apps.extracts.services import DEFAULT_KIND
from gis_layers.models import Theme

__all__ = ["Announced", "ParcelHistory", "Stretch", "history", "names_of_codes"]

MOST_STRETCHES = 120
_KEEP_SECONDS = 86_400
_DAY = timedelta(days=1)


def history(*, parcel: str, permit_kind: str = DEFAULT_KIND, known_at: datetime | None = None) -> ParcelHistory:
    """The parcel's legal history as recorded by an instant (now).

    Raises NotFoundError with suggestions for an unknown code, BadInputError for what is no code or an instant to come.
    """
    now, today = clock.now(), clock.today()
    if known_at is not None and known_at > now:
        raise BadInputError(
            fa="«known_at» نمی‌تواند در آینده باشد: از آینده هنوز چیزی ثبت نشده است.",
            en="`known_at` cannot lie in the future: nothing has been recorded there yet.",
        )
    instant, code = known_at or now, str(parse(parcel))
    days = days_of(code=code, known_at=instant)
    if days is None:
        parcel_by_code(code, on=today, known_at=instant)  # raises, with suggestions
        raise NotFoundError(fa="این قطعه همین حالا ثبت شد؛ دوباره بخواهید.", en="Recorded a moment ago; ask again.")
    law = law_day(on=today, known_at=instant)
    stated = known_at or max((m for m in (law.instant, law.state_instant) if m), default=now)
    key = _key(code, permit_kind, days, law, stated)
    held: ParcelHistory | None = cache.get(key)
    if held is not None:
        return held
    found, lasting = _found(code, permit_kind, days, today=today, instant=instant, stated=stated)
    if lasting and not law.unread:
        cache.set(key, found, _KEEP_SECONDS)
    return found


def _key(code: str, kind: str, days: Days, law: LawDay, stated: datetime) -> str:
    """Names everything the history depends on."""
    parts = (code, kind, days.versions, days.lifetimes, law.version, law.on, key_of(law), stated)
    return "history:" + hashlib.sha256(repr(parts).encode()).hexdigest()


def _found(
    code: str, kind: str, days: Days, *, today: date, instant: datetime, stated: datetime
) -> tuple[ParcelHistory, bool]:
    starts = days.starts[-MOST_STRETCHES:]
    cut = len(starts) < len(days.starts)
    spans: list[tuple[date | None, date | None, date]] = []
    if starts and not cut:
        spans.append((None, starts[0], starts[0] - _DAY))
    spans += [(day, after, day) for day, after in zip(starts, (*starts[1:], None), strict=True)]
    asked = [
        Span(since, until, answer_on(parcel=code, on=day, known_at=instant, permit_kind=kind))
        for since, until, day in spans or [(None, None, today)]
    ]
    neighbours = merged(asked)
    found = ParcelHistory(
        parcel=code,
        permit_kind=kind,
        today=today,
        known_at=stated,
        stretches=tuple(told_of(neighbours, days.acts, today, names_of_codes())),
        announced=_announced(code, kind, today, instant),
        cut=cut,
    )
    return found, all(span.answer is None or span.answer.lasting for span in asked)


def _announced(code: str, kind: str, today: date, instant: datetime) -> tuple[Announced, ...]:
    posed = pose(parcel=code, on=today, known_at=instant, permit_kind=kind)
    if posed is None:
        return ()
    return tuple(
        Announced(p.edition.title, p.edition.status, words.announced(p), act_json(p.edition.act))
        for p in answer(posed.case).pending
    )


def names_of_codes() -> Mapping[str, Text]:
    """What codes of plans are called: by the legends of the layers, and by the city where it says so itself."""
    styles = Theme.objects.values_list("style", flat=True)
    legends = {entry["code"]: Text.of(entry["label"]) for style in styles for entry in style.get("colors", ())}
    return legends | {code: Text.of(label) for code, label in current_city().raw.get("names", {}).items()}
