"""Rows that an edition could not take in: where one may lie, nothing else is certain. Pure."""

from collections.abc import Iterator
from dataclasses import replace

from apps.extracts.ground import Ground, cover, full, matters
from apps.extracts.law_day import EditionDay, ThemeDay
from apps.extracts.unknown_words import unknown
from apps.legal.answers import Outcome, ThemeFinding, Unknown, WhyNot


def with_doubts(theme: ThemeDay, ground: Ground, finding: ThemeFinding) -> ThemeFinding:
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
        if theme.partition and not scoped and full(cover(ground, edition).share):
            return


def _quarantine(theme: ThemeDay, ground: Ground, edition: EditionDay) -> Iterator[Unknown]:
    here = ground.quarantined.get(edition.edition_id, 0.0)
    share = min(here / ground.area_m2, 1.0) if ground.area_m2 else 1.0
    if matters(theme, here, share):
        yield unknown(theme, WhyNot.QUARANTINE, share=share)
    elif edition.unplaced and not theme.partition:
        yield unknown(theme, WhyNot.QUARANTINE, share=1.0)
