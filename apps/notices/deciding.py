"""Which watches an act touches, and what each is told. A constant number of queries for a batch, but for answers."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from apps.cadastre.models import ParcelVersion
from apps.common import clock
from apps.common.errors import ParvanehError
from apps.common.text import Text, isolated
from apps.extracts import history_words as words
from apps.extracts.history import names_of_codes
from apps.extracts.history_answer import answer_on
from apps.extracts.history_changes import changes
from apps.extracts.history_touch import touched
from apps.extracts.services import DEFAULT_KIND
from apps.legal.models import LegalAct
from apps.notices.deeds import Deed, deed_of, lies_in
from apps.notices.models import Phase, Watch, WatchKind

_DAY = timedelta(days=1)
_INSTANT = timedelta(microseconds=1)
_LEFT_OPEN = Text(
    "این سند شاید ضابطهٔ این قطعه را تغییر دهد؛ اکنون نتوانستیم آن را حساب کنیم. ضابطهٔ قطعه را ببینید.",
    "This act may change the rules of the parcel; it could not be worked out just now. Look at the parcel's rules.",
)


@dataclass(frozen=True, slots=True)
class Told:
    """A watch that is touched and what it is told; `link`: path without language."""

    watch: Watch
    text: Text
    link: str


def decide(*, act: LegalAct, phase: str, watches: Sequence[Watch]) -> tuple[Told, ...]:
    """The watches that this act touches, in their order."""
    deed = deed_of(act, phase)
    parcels = dict(_parcels(deed, [w for w in watches if w.kind == WatchKind.PARCEL]))
    found = []
    for watch in watches:
        text = parcels.get(watch.pk) if watch.kind == WatchKind.PARCEL else _other(deed, watch)
        if text is not None:
            found.append(Told(watch, text, _link(deed, watch)))
    return tuple(found)


def _other(deed: Deed, watch: Watch) -> Text | None:
    if watch.kind == WatchKind.THEME:
        return deed.text if watch.theme in deed.themes else None
    place = watch.district.geom if watch.district is not None else watch.area
    return deed.text if place is not None and lies_in(deed, place) else None


def _parcels(deed: Deed, watches: Sequence[Watch]) -> Iterator[tuple[int, Text]]:
    """(watch, what it is told) of the parcels whose answer the act changes."""
    wanted = _reached(deed, {w.parcel for w in watches})
    names = names_of_codes() if wanted else {}
    for watch in watches:
        if watch.parcel in wanted:
            text = _news(deed, watch.parcel, names)
            if text is not None:
                yield watch.pk, text


def _reached(deed: Deed, codes: Iterable[str]) -> set[str]:
    """Of these parcels those that the act can reach at all: cheap, and leaving none out that it may."""
    versions = ParcelVersion.objects.filter(parcel__code__in=codes, known__endswith=None)
    if deed.scope is not None:
        versions = versions.filter(geom__intersects=deed.scope)
    rows = list(versions.values_list("pk", "chunk", "parcel__code"))
    if deed.everywhere:
        return {code for _, _, code in rows}
    found = touched({pk: chunk for pk, chunk, _ in rows}, editions=deed.group_editions)
    return {code for pk, _, code in rows if found[pk]}


def _news(deed: Deed, parcel: str, names: words.Names) -> Text | None:
    """What the act changes on a parcel; None when nothing a person would call a change."""
    try:
        changed = _changes(deed, parcel, names)
    except ParvanehError:
        changed = (_LEFT_OPEN,)
    if not changed:
        return None
    what = Text("؛ ".join(t.fa.rstrip(".") for t in changed), "; ".join(t.en.rstrip(".") for t in changed))
    return Text(f"قطعهٔ {isolated(parcel)}: {what.fa}. {deed.text.fa}", f"Parcel {parcel}: {what.en}. {deed.text.en}")


def _changes(deed: Deed, parcel: str, names: words.Names) -> tuple[Text, ...]:
    """As said with the act against just before it, on its effective day or, for one that reaches back, the day it came.

    When a later day has come: that day against the day before it, as known now.
    """
    act = deed.act
    if deed.phase == Phase.EFFECT:
        known = clock.now()
        return _between(parcel, (act.effective_on - _DAY, known), (act.effective_on, known), names)
    recorded = timezone.localtime(act.recorded_at).date()
    before, after = act.recorded_at - _INSTANT, act.recorded_at
    for day in dict.fromkeys((max(act.effective_on, recorded), act.effective_on)):
        changed = _between(parcel, (day, before), (day, after), names)
        if changed:
            return changed
    return ()


def _between(
    parcel: str, one: tuple[date, datetime], other: tuple[date, datetime], names: words.Names
) -> tuple[Text, ...]:
    """What is said otherwise at the other (legal day, instant of knowledge) than at the one."""
    asked = (one, other)
    then, now = (answer_on(parcel=parcel, on=on, known_at=at, permit_kind=DEFAULT_KIND) for on, at in asked)
    if (then.core if then else None) == (now.core if now else None):
        return ()
    return changes(then, now, names)


def _link(deed: Deed, watch: Watch) -> str:
    """Where the news can be read: the parcel's history, or the act."""
    return f"/parcels/{watch.parcel}/history/" if watch.kind == WatchKind.PARCEL else f"/acts/{deed.act.pk}/"
