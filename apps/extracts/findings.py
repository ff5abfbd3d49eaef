"""From overlay rows to what each theme says: pure, no database, no geometry library.

A theme whose parcel is cut by a coverage or a scope asks the exact walk (a callable) instead of whole rows.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from apps.common.text import Text
from apps.extracts.law_day import EditionDay, ThemeDay
from apps.extracts.unknown_words import unknown, unread
from apps.legal.answers import Outcome, ThemeFinding, Unknown, WhyNot, ZoneHit

EXACT_SHARE = 1e-6
ROUNDING_M2 = 0.01  # the drawn area is recorded in hundredths of m²


@dataclass(frozen=True, slots=True)
class Cover:
    """How one edition lies over this parcel: computed or not, and the covered share (0..1)."""

    complete: bool
    share: float


@dataclass(frozen=True, slots=True)
class Ground:
    """What the overlay says of one parcel, by edition id. `touched`: scope periods the parcel touches.

    `quarantined`: m² of the parcel under rows that the edition could not take in.
    """

    area_m2: float
    hits: Mapping[int, tuple[ZoneHit, ...]]
    covers: Mapping[int, Cover]
    touched: frozenset[int]
    quarantined: Mapping[int, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Walked:
    """The exact answer of a walk: hits in precedence order, and the area that no edition holds, m²."""

    hits: tuple[ZoneHit, ...]
    rest_m2: float


Walker = Callable[[ThemeDay], Walked]


def find(theme: ThemeDay, ground: Ground, *, walker: Walker) -> ThemeFinding:
    """What `theme` says of the parcel on the day. Never raises for missing data: that is 'not known'."""
    found = _found(theme, ground, walker)
    if not theme.unread:
        return found
    return replace(found, outcome=Outcome.NOT_KNOWN, unknowns=(*unread(theme), *found.unknowns))


def _found(theme: ThemeDay, ground: Ground, walker: Walker) -> ThemeFinding:
    if not theme.in_force:
        return _unknown(theme, WhyNot.NO_EDITION, share=1.0)
    theme = replace(theme, in_force=tuple(e for e in theme.in_force if _speaks_here(e, ground)))
    if not theme.in_force:
        return _unknown(theme, WhyNot.OUTSIDE_COVERAGE, share=1.0)
    if any(not _cover(ground, edition).complete for edition in theme.in_force):
        return _unknown(theme, WhyNot.COMPUTING, share=1.0)
    return _with_doubts(theme, ground, _find(theme, ground, walker))


def _find(theme: ThemeDay, ground: Ground, walker: Walker) -> ThemeFinding:
    if _is_cut(theme, ground):
        walked = walker(theme)
        return _judge(theme, ground, hits=walked.hits, rest_m2=walked.rest_m2)
    if theme.partition:
        return _whole_partition(theme, ground)
    hits = tuple(hit for edition in theme.in_force for hit in ground.hits.get(edition.edition_id, ()))
    covered = max(_cover(ground, edition).share for edition in theme.in_force)
    return _judge(theme, ground, hits=hits, rest_m2=0.0 if _full(covered) else ground.area_m2)


def _whole_partition(theme: ThemeDay, ground: Ground) -> ThemeFinding:
    for edition in theme.in_force:
        if _full(_cover(ground, edition).share):
            return _judge(theme, ground, hits=ground.hits.get(edition.edition_id, ()), rest_m2=0.0)
    return _unknown(theme, WhyNot.OUTSIDE_COVERAGE, share=1.0)


def _speaks_here(edition: EditionDay, ground: Ground) -> bool:
    return edition.speaks_elsewhere or bool(ground.touched.intersection(edition.only or ()))


def _is_cut(theme: ThemeDay, ground: Ground) -> bool:
    for edition in theme.in_force:
        if ground.touched.intersection(edition.scope_periods):
            return True
        share = _cover(ground, edition).share
        if EXACT_SHARE < share < 1 - EXACT_SHARE:
            return True
        if theme.partition and _full(share):
            return False
    return False


def _judge(theme: ThemeDay, ground: Ground, *, hits: Sequence[ZoneHit], rest_m2: float) -> ThemeFinding:
    kept, slivers = _split_slivers(theme, hits)
    unknowns = tuple(_holes(theme, ground, hits=hits, rest_m2=rest_m2))
    outcome = Outcome.APPLIES if kept else Outcome.DOES_NOT_APPLY
    return ThemeFinding(
        theme=theme.code,
        outcome=Outcome.NOT_KNOWN if unknowns else outcome,
        hits=kept,
        slivers=slivers,
        unknowns=unknowns,
        editions=tuple(e.instrument for e in theme.in_force),
    )


def _split_slivers(theme: ThemeDay, hits: Sequence[ZoneHit]) -> tuple[tuple[ZoneHit, ...], tuple[ZoneHit, ...]]:
    areas: dict[str, float] = defaultdict(float)
    shares: dict[str, float] = defaultdict(float)
    for hit in hits:  # a zone drawn in pieces is as large as its pieces together
        areas[hit.code] += hit.area_m2
        shares[hit.code] += hit.share
    big = tuple(h for h in hits if _counts(theme, areas[h.code], shares[h.code]))
    if not big and theme.partition:
        return tuple(hits), ()
    small = tuple(replace(h, sliver=True) for h in hits if h not in big)
    return big, small


def _holes(theme: ThemeDay, ground: Ground, *, hits: Sequence[ZoneHit], rest_m2: float) -> Sequence[Unknown]:
    """Places of the parcel where nothing in force speaks (rest), or where a partition has no value (gap)."""
    rest_share = rest_m2 / ground.area_m2 if ground.area_m2 else 1.0
    found = []
    if _matters(theme, rest_m2, rest_share):
        whole = rest_m2 > ground.area_m2 - ROUNDING_M2
        why = WhyNot.OUTSIDE_COVERAGE if whole else WhyNot.PARTLY_OUTSIDE
        found.append(unknown(theme, why, share=min(rest_share, 1.0)))
    if theme.partition:
        gap_m2 = ground.area_m2 - rest_m2 - sum(h.area_m2 for h in hits)
        gap_share = gap_m2 / ground.area_m2 if ground.area_m2 else 1.0
        if _matters(theme, gap_m2, gap_share):
            found.append(unknown(theme, WhyNot.GAP, share=gap_share))
    return found


def _matters(theme: ThemeDay, area_m2: float, share: float) -> bool:
    return area_m2 > 0 and _counts(theme, area_m2, share)


def _counts(theme: ThemeDay, area_m2: float, share: float) -> bool:
    return area_m2 >= theme.tolerance_m2 or share >= theme.tolerance_share


def _with_doubts(theme: ThemeDay, ground: Ground, finding: ThemeFinding) -> ThemeFinding:
    """The finding, not known where an edition that was asked could not take in a row that may lie here.

    The coverage of that edition has a hole there; another edition (an older plan, a second list of monuments) must
    not fill it in silence: the row, once mended, may say something stricter.
    """
    doubts = [u for edition in _asked(theme, ground) for u in _quarantine(theme, ground, edition)]
    if not doubts:
        return finding
    unknowns = (*finding.unknowns, max(doubts, key=lambda u: u.share or 0.0))
    return replace(finding, outcome=Outcome.NOT_KNOWN, unknowns=unknowns)


def _asked(theme: ThemeDay, ground: Ground) -> Iterator[EditionDay]:
    """Editions that may say something here: in a partition none below one that holds the whole parcel."""
    for edition in theme.in_force:
        yield edition
        scoped = bool(ground.touched.intersection(edition.scope_periods))
        if theme.partition and not scoped and _full(_cover(ground, edition).share):
            return


def _quarantine(theme: ThemeDay, ground: Ground, edition: EditionDay) -> Iterator[Unknown]:
    here = ground.quarantined.get(edition.edition_id, 0.0)
    share = min(here / ground.area_m2, 1.0) if ground.area_m2 else 1.0
    if _matters(theme, here, share):
        yield unknown(theme, WhyNot.QUARANTINE, share=share)
    elif edition.unplaced and not theme.partition:
        yield unknown(theme, WhyNot.QUARANTINE, share=1.0)


def _cover(ground: Ground, edition: EditionDay) -> Cover:
    return ground.covers.get(edition.edition_id, Cover(complete=False, share=0.0))


def _full(share: float) -> bool:
    return share >= 1 - EXACT_SHARE


def _unknown(theme: ThemeDay, why: WhyNot, *, share: float) -> ThemeFinding:
    return ThemeFinding(
        theme=theme.code,
        outcome=Outcome.NOT_KNOWN,
        unknowns=(unknown(theme, why, share=share),),
        editions=tuple(e.instrument for e in theme.in_force),
    )


def raw_hit(row: Sequence[Any], *, theme: str, instrument: str) -> ZoneHit:
    """A ZoneHit from a raw row (edition, feature, code, label_fa, label_en, attributes, m², share)."""
    return ZoneHit(
        theme=theme,
        feature_id=row[1],
        code=row[2],
        label=Text(fa=row[3], en=row[4]),
        attributes=row[5],
        edition=instrument,
        area_m2=row[6],
        share=row[7],
    )
