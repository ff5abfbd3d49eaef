"""What a draft would change, in the desk's terms: places in m², themes by precedence, rulebooks that bind."""

from collections.abc import Mapping
from datetime import date

from django.contrib.gis.db.models.functions import Area

from apps.common import clock
from apps.common.text import Text
from apps.desk.acts.checks import unfinished
from apps.desk.acts.shown import ActPreview, Held, InstrumentShown, OrderShown, PlaceShown, StretchShown
from apps.legal.drafts_comparison import PlaceChange, Stretch, status_on
from apps.legal.drafts_preview import ActLabel, DraftPreview, InstrumentChange, preview
from apps.legal.models import ActDraft, InstrumentKind
from apps.legal.snapshot import InstrumentLaw, LawSnapshot
from gis_layers.models import Edition


def act_preview(draft: ActDraft) -> ActPreview:
    """Rehearse the draft. Raises what signing it now would raise."""
    today = clock.today()
    day = max(draft.effective_on, today)
    found = preview(draft, day=day)
    coverages = _coverages([i.id for i in found.instruments])
    return ActPreview(
        seal=found.seal,
        day=day,
        instruments=tuple(_instrument(i, found, today, coverages.get(i.id)) for i in found.instruments),
        themes=_themes(found.before, found.after),
        rulebooks=_order(None, found.before, found.after, kind=InstrumentKind.RULEBOOK),
        changes=found.changes,
        backwards=draft.effective_on < today and found.changes,
        unfinished=unfinished(draft),
    )


def _instrument(change: InstrumentChange, found: DraftPreview, today: date, coverage: float | None) -> InstrumentShown:
    return InstrumentShown(
        code=change.code,
        title=change.title,
        places=tuple(_place(place, change, found, today, coverage) for place in change.places),
        changes=change.changes,
    )


def _place(
    place: PlaceChange, change: InstrumentChange, found: DraftPreview, today: date, coverage: float | None
) -> PlaceShown:
    rest = frozenset() in place.places
    return PlaceShown(
        whole=len(change.places) == 1,
        rest=rest,
        area=_area(place, change.areas, coverage),
        now=status_on(place.before, today),
        then=status_on(place.after, found.day),
        shifts=place.shifts,
        before=tuple(_stretch(s, found.acts) for s in place.before),
        after=tuple(_stretch(s, found.acts) for s in place.after),
    )


def _area(place: PlaceChange, areas: Mapping[frozenset[int], float], coverage: float | None) -> float | None:
    """m² of the scopes; what no scope holds is what they leave of the layer's coverage."""
    held = sum(areas[inside] for inside in place.places if inside)
    if frozenset() not in place.places:
        return held
    return None if coverage is None else max(coverage - sum(areas.values()), 0.0) + held


def _stretch(stretch: Stretch, acts: Mapping[int, ActLabel]) -> StretchShown:
    act = None if stretch.act is None else acts.get(stretch.act)
    return StretchShown(stretch.since, stretch.until, stretch.status, act)


def _coverages(instruments: list[int]) -> dict[int, float]:
    rows = Edition.objects.filter(instrument__in=instruments).annotate(size=Area("coverage"))
    return {pk: size.sq_m for pk, size in rows.values_list("instrument", "size")}


def _themes(before: LawSnapshot, after: LawSnapshot) -> tuple[OrderShown, ...]:
    """Themes whose order of precedence becomes another."""
    editions = Edition.objects.select_related("theme").defer("coverage").order_by("theme__position", "theme__code")
    by_theme: dict[str, tuple[Text, set[int]]] = {}
    for edition in editions:
        theme = edition.theme
        by_theme.setdefault(theme.code, (Text(theme.label_fa, theme.label_en), set()))[1].add(edition.instrument_id)
    orders = [_order(label, before, after, among=ids) for label, ids in by_theme.values()]
    return tuple(order for order in orders if order is not None)


def _order(
    label: Text | None,
    before: LawSnapshot,
    after: LawSnapshot,
    *,
    among: set[int] | None = None,
    kind: InstrumentKind = InstrumentKind.EDITION,
) -> OrderShown | None:
    was, becomes = _held(before, kind, among), _held(after, kind, among)
    if [(law.id, law.scoped) for law in was] == [(law.id, law.scoped) for law in becomes]:
        return None
    return OrderShown(
        label, tuple(Held(law.title, law.scoped) for law in was), tuple(Held(law.title, law.scoped) for law in becomes)
    )


def _held(snapshot: LawSnapshot, kind: InstrumentKind, among: set[int] | None) -> list[InstrumentLaw]:
    return [law for law in snapshot.in_force(kind) if among is None or law.id in among]
