"""What would change if a draft were signed now: rehearsed, read, taken back, and compared outside the law's lock."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.gis.geos import MultiPolygon

from apps.common.text import Text
from apps.legal.acts import ActKind, ActRecord
from apps.legal.atoms import cut
from apps.legal.drafts import rehearsed_draft
from apps.legal.drafts_comparison import PlaceChange, compare
from apps.legal.drafts_digest import seal_of
from apps.legal.drafts_facts import digest_of_draft
from apps.legal.models import ActDraft, Instrument, LegalAct
from apps.legal.projecting import group_of, records_of, scopes_of
from apps.legal.projection import project, reachable
from apps.legal.reading import law_snapshot
from apps.legal.snapshot import LawSnapshot

_TICK = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class ActLabel:
    """How an act is named to people; `new`: one of the draft's."""

    kind: ActKind
    number: str
    act_date: date
    new: bool


@dataclass(frozen=True, slots=True)
class InstrumentChange:
    """What the days of one instrument become; `areas`: m² of each place inside scopes ('' has none here)."""

    id: int
    code: str
    title: Text
    places: tuple[PlaceChange, ...]
    areas: Mapping[frozenset[int], float]

    @property
    def changes(self) -> bool:
        """Whether any day changes at any place."""
        return any(place.shifts for place in self.places)


@dataclass(frozen=True, slots=True)
class DraftPreview:
    """The law without and with a draft. `seal`: of this draft over exactly this law. `day`: of the snapshots."""

    seal: str
    day: date
    before: LawSnapshot
    after: LawSnapshot
    instruments: tuple[InstrumentChange, ...]
    acts: Mapping[int, ActLabel]

    @property
    def changes(self) -> bool:
        """Whether signing would change the standing of anything on any day."""
        return any(instrument.changes for instrument in self.instruments)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What was read while the rehearsal lasted."""

    law: int
    new: frozenset[int]
    before: LawSnapshot
    after: LawSnapshot
    records: tuple[ActRecord, ...]
    scopes: Mapping[int, MultiPolygon]
    numbers: Mapping[int, str]


def preview(draft: ActDraft, *, day: date) -> DraftPreview:
    """Rehearse a draft; `day`: on which precedence is shown. Raises what signing it now would raise."""
    seen = _rehearse(draft, day)
    group = sorted({r.instrument for r in seen.records})
    titles = Instrument.objects.in_bulk(group)
    return DraftPreview(
        seal=seal_of(digest_of_draft(draft), seen.law),
        day=day,
        before=seen.before,
        after=seen.after,
        instruments=tuple(_change(seen, titles[instrument]) for instrument in group),
        acts={r.id: ActLabel(r.kind, seen.numbers[r.id], r.act_date, r.id in seen.new) for r in seen.records},
    )


def _rehearse(draft: ActDraft, day: date) -> _Seen:
    with rehearsed_draft(draft) as acts:
        new = frozenset(act.pk for act in acts)
        group = frozenset(i for act in acts for i in group_of(act.instrument_id))
        records = records_of(group)
        return _Seen(
            law=LegalAct.objects.exclude(pk__in=new).order_by("-pk").values_list("pk", flat=True).first() or 0,
            new=new,
            before=law_snapshot(on=day, known_at=acts[0].recorded_at - _TICK),
            after=law_snapshot(on=day),
            records=records,
            scopes=scopes_of(records),
            numbers=dict(LegalAct.objects.filter(instrument__in=group).values_list("pk", "number")),
        )


def _change(seen: _Seen, instrument: Instrument) -> InstrumentChange:
    chain = reachable(seen.records, instrument.pk)
    atoms = cut({r.scope: seen.scopes[r.scope] for r in seen.records if r.instrument in chain and r.scope is not None})
    places = {instrument.pk: tuple(atoms)}
    older = [r for r in seen.records if r.id not in seen.new]
    return InstrumentChange(
        id=instrument.pk,
        code=instrument.code,
        title=Text(instrument.title_fa, instrument.title_en),
        places=compare(project(older, places), project(seen.records, places), atoms, instrument=instrument.pk),
        areas={inside: shape.area for inside, shape in atoms.items() if shape is not None},
    )
