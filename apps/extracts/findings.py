"""From overlay rows to what each theme says: pure, no database, no geometry library.

A theme whose parcel is cut by a coverage or a scope asks the exact walk (a callable) instead of whole rows.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from apps.extracts.doubts import with_doubts
from apps.extracts.ground import EXACT_SHARE, Ground, Walker, counts, cover, full, matters
from apps.extracts.law_day import EditionDay, ThemeDay
from apps.extracts.unknown_words import unknown, unread
from apps.legal.answers import Outcome, ThemeFinding, Unknown, WhyNot, ZoneHit

ROUNDING_M2 = 0.01  # the drawn area is recorded in hundredths of m²


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
    if any(not cover(ground, edition).complete for edition in theme.in_force):
        return _unknown(theme, WhyNot.COMPUTING, share=1.0)
    return with_doubts(theme, ground, _find(theme, ground, walker))


def _find(theme: ThemeDay, ground: Ground, walker: Walker) -> ThemeFinding:
    if _is_cut(theme, ground):
        walked = walker(theme)
        return _judge(theme, ground, hits=walked.hits, rest_m2=walked.rest_m2)
    if theme.partition:
        return _whole_partition(theme, ground)
    hits = tuple(hit for edition in theme.in_force for hit in ground.hits.get(edition.edition_id, ()))
    covered = max(cover(ground, edition).share for edition in theme.in_force)
    return _judge(theme, ground, hits=hits, rest_m2=0.0 if full(covered) else ground.area_m2)


def _whole_partition(theme: ThemeDay, ground: Ground) -> ThemeFinding:
    for edition in theme.in_force:
        if full(cover(ground, edition).share):
            return _judge(theme, ground, hits=ground.hits.get(edition.edition_id, ()), rest_m2=0.0)
    return _unknown(theme, WhyNot.OUTSIDE_COVERAGE, share=1.0)


def _speaks_here(edition: EditionDay, ground: Ground) -> bool:
    return edition.speaks_elsewhere or bool(ground.touched.intersection(edition.only or ()))


def _is_cut(theme: ThemeDay, ground: Ground) -> bool:
    for edition in theme.in_force:
        if ground.touched.intersection(edition.scope_periods):
            return True
        share = cover(ground, edition).share
        if EXACT_SHARE < share < 1 - EXACT_SHARE:
            return True
        if theme.partition and full(share):
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
    big = tuple(h for h in hits if counts(theme, areas[h.code], shares[h.code]))
    if not big and theme.partition:
        return tuple(hits), ()
    small = tuple(replace(h, sliver=True) for h in hits if h not in big)
    return big, small


def _holes(theme: ThemeDay, ground: Ground, *, hits: Sequence[ZoneHit], rest_m2: float) -> Sequence[Unknown]:
    """Places of the parcel where nothing in force speaks (rest), or where a partition has no value (gap)."""
    rest_share = rest_m2 / ground.area_m2 if ground.area_m2 else 1.0
    found = []
    if matters(theme, rest_m2, rest_share):
        whole = rest_m2 > ground.area_m2 - ROUNDING_M2
        why = WhyNot.OUTSIDE_COVERAGE if whole else WhyNot.PARTLY_OUTSIDE
        found.append(unknown(theme, why, share=min(rest_share, 1.0)))
    if theme.partition:
        gap_m2 = ground.area_m2 - rest_m2 - sum(h.area_m2 for h in hits)
        gap_share = gap_m2 / ground.area_m2 if ground.area_m2 else 1.0
        if matters(theme, gap_m2, gap_share):
            found.append(unknown(theme, WhyNot.GAP, share=gap_share))
    return found


def _unknown(theme: ThemeDay, why: WhyNot, *, share: float) -> ThemeFinding:
    return ThemeFinding(
        theme=theme.code,
        outcome=Outcome.NOT_KNOWN,
        unknowns=(unknown(theme, why, share=share),),
        editions=tuple(e.instrument for e in theme.in_force),
    )
