"""Storeys, height, density and coverage of a proposal. Pure."""

from collections.abc import Iterator
from decimal import Decimal

from apps.common.text import Text
from apps.permits import proposal_words as words
from apps.permits.proposal import TOLERANCE_M2, ZERO, StoreyKind
from apps.permits.proposal_check import Asked, Check, Document, Outcome, Why
from apps.permits.proposal_limits import Figure, at_most, known_sum

HUNDRED = Decimal(100)


def storeys(asked: Asked) -> Check:
    """Storeys over pilotis; where none is permitted, one on the ground may be."""
    count = Decimal(asked.proposal.storey_count)
    if not asked.proposal.storeys:
        return asked.cannot(Why.MISSING, words.NO_ROWS)
    on_ground = asked.proposal.of(StoreyKind.GROUND) and not asked.proposal.of(StoreyKind.TYPICAL, StoreyKind.PILOTIS)
    if asked.measured.ground_storey and on_ground and count == 1 and asked.metric(asked.subject["value"]) < 1:
        return asked.said(Outcome.PASS, words.GROUND_INSTEAD, proposed=asked.shown(count))
    return at_most(asked, Figure(count, count))


def height(asked: Asked) -> Check:
    """From the passage to the roof against every limit; to the highest point where the limit is a hard cap.

    What stands on the roof does not count in an ordinary height while it keeps to its own limit.
    """
    winner = next((c for c in asked.subject["candidates"] if c["won"]), None)
    found = at_most(asked, _height(asked, whole=winner is not None and _cap(winner)))
    caps = [c for c in asked.subject["candidates"] if _cap(c) and c is not winner]
    for cap in caps if found.outcome is Outcome.PASS else ():
        own = Asked({**asked.subject, "value": cap["value"], "candidates": [{**cap, "won": True}], "parts": []},
                    asked.proposal, asked.measured, asked.document)  # fmt: skip
        capped = at_most(own, _height(own, whole=True))
        if capped.outcome is not Outcome.PASS:
            return capped
    return found


def _cap(candidate: Document) -> bool:
    return bool(candidate["strength"] == "cap")


def _height(asked: Asked, *, whole: bool) -> Figure:
    proposal = asked.proposal
    heights = [rows[0].height_m for rows in proposal.levels(proposal.above).values()]
    body = known_sum([proposal.plinth_m, *heights] if heights else [], words.HEIGHT)
    low, high, missing = body.low, body.high, body.missing
    for figure, subject, there, name in _on_roof(asked):
        least, most = _counted(asked, figure, subject, whole=whole) if there else (ZERO, ZERO)
        low, high = low + least, None if high is None or most is None else high + most
        if most is None and body.high is not None:
            missing = words.filled(words.NO_FIGURE, what=name)
    return Figure(low, high, missing if high is None else words.EXTRAS)


def _on_roof(asked: Asked) -> Iterator[tuple[Decimal | None, str, bool, Text]]:
    heads = asked.proposal.of(StoreyKind.STAIR_HEAD)
    yield (heads[0].height_m if heads else ZERO), "stair_head_height", bool(heads), words.STAIR_HEIGHT
    yield asked.proposal.parapet_m, "parapet_height", bool(asked.proposal.storeys), words.PARAPET


def _counted(asked: Asked, figure: Decimal | None, subject: str, *, whole: bool) -> tuple[Decimal, Decimal | None]:
    """How much of something on the roof counts in the height: at least, at most."""
    if whole:
        return (ZERO, None) if figure is None else (figure, figure)
    own = next((s for s in asked.document["subjects"] if s["code"] == subject), None)
    known = own is not None and own["outcome"] == "value"
    if own is None or not known:
        return ZERO, figure
    limit = Asked(own, asked.proposal, asked.measured, asked.document).metric(own["value"])
    if figure is None:
        return ZERO, None
    return (ZERO, ZERO) if figure <= limit else (figure, figure)


def density(asked: Asked) -> Check:
    """Countable area of all storeys over the plot. What the owner leaves out of a storey that is used is their word:
    it passes with all of it counted, fails without, and between the two a person looks at the drawings.
    """
    if asked.measured.plot_m2 is None:
        return asked.cannot(Why.NOT_KNOWN, words.NO_PLOT)
    rows = asked.proposal.storeys
    counted = known_sum([row.counted_m2 for row in rows], words.COUNTABLE)
    whole = known_sum([row.most_counted_m2 for row in rows], words.GROSS)
    missing = next((figure.missing for figure in (counted, whole) if figure.high is None), _LEFT_OUT)
    high = None if counted.high is None else whole.high
    figure = Figure(counted.low, high, missing, told=counted.high)
    return at_most(asked, figure, unit=asked.measured.plot_m2 / HUNDRED)


def coverage_ground(asked: Asked) -> Check:
    """The footprint over the plot."""
    measured = asked.measured
    if measured.plot_m2 is None:
        return asked.cannot(Why.NOT_KNOWN, words.NO_PLOT)
    if measured.footprint_m2 is None:
        return asked.cannot(Why.MISSING, words.NO_FOOTPRINT)
    area = measured.footprint_m2
    return at_most(asked, Figure(area, area, slack=TOLERANCE_M2), unit=measured.plot_m2 / HUNDRED)


def coverage(asked: Asked) -> Check:
    """The largest storey over the plot; the ground's own limit, where it has one, is checked by itself."""
    if asked.measured.plot_m2 is None:
        return asked.cannot(Why.NOT_KNOWN, words.NO_PLOT)
    if not _ground_has_its_own(asked.document):
        return coverage_ground(asked)
    rows = asked.proposal.of(StoreyKind.TYPICAL)
    if not rows:
        return (
            at_most(asked, Figure(ZERO, ZERO)) if asked.proposal.storeys else asked.cannot(Why.MISSING, words.NO_ROWS)
        )
    levels = [known_sum([row.gross_m2 for row in level], words.GROSS) for level in asked.proposal.levels(rows).values()]
    missing = next((level.missing for level in levels if level.high is None), words.NO_ROWS)
    known = [level.high for level in levels if level.high is not None]
    low = max(level.low for level in levels)
    high = max(known) if len(known) == len(levels) else None
    return at_most(asked, Figure(low, high, missing), unit=asked.measured.plot_m2 / HUNDRED)


def _ground_has_its_own(document: Document) -> bool:
    found = next((s for s in document["subjects"] if s["code"] == "max_coverage_ground"), None)
    return found is not None and found["outcome"] != "none"


_LEFT_OUT = Text(
    "به این بسته است که آنچه از زیربنا کم شده (پله، انباری، پارکینگ، تأسیسات) در تراکم شمرده شود یا نه. "
    "کارشناس نقشه آن را روی نقشه می‌سنجد.",
    "It hangs on whether what is left out of the gross area (stairs, storage, parking, plant) counts in the density. "
    "The drawing officer measures it on the drawings.",
)
