"""Roofs and clear heights of a proposal. Pure."""

from apps.permits import proposal_words as words
from apps.permits.proposal import LIVED_IN, ZERO, StoreyKind
from apps.permits.proposal_check import Asked, Check, Outcome, Why
from apps.permits.proposal_limits import Figure, at_most, known_sum
from apps.permits.proposal_rules_size import HUNDRED


def stair_head_height(asked: Asked) -> Check:
    """Each stair head."""
    rows = asked.proposal.of(StoreyKind.STAIR_HEAD)
    figures = [row.height_m for row in rows]
    if any(figure is None for figure in figures):
        return asked.cannot(Why.MISSING, words.filled(words.NO_FIGURE, what=words.STAIR_HEIGHT))
    top = max([f for f in figures if f is not None], default=ZERO)
    return _of_table(asked, Figure(top, top))


def stair_head_share(asked: Asked) -> Check:
    """All stair heads over the roof, which is the topmost storey."""
    heads = known_sum([row.gross_m2 for row in asked.proposal.of(StoreyKind.STAIR_HEAD)] or [ZERO], words.GROSS)
    above = asked.proposal.levels(asked.proposal.above)
    roof = known_sum([row.gross_m2 for row in above[max(above)]] if above else [], words.ROOF)
    if roof.high is None or not roof.high:
        return asked.cannot(Why.MISSING, roof.missing)
    return at_most(asked, heads, unit=roof.high / HUNDRED)


def parapet(asked: Asked) -> Check:
    """The parapet of the roof."""
    figure = asked.proposal.parapet_m
    if figure is None:
        return asked.cannot(Why.MISSING, words.filled(words.NO_FIGURE, what=words.PARAPET))
    return _of_table(asked, Figure(figure, figure))


def _of_table(asked: Asked, figure: Figure) -> Check:
    return at_most(asked, figure) if asked.proposal.storeys else asked.cannot(Why.MISSING, words.NO_ROWS)


def clear_height_storey(asked: Asked) -> Check:
    """See `_clear`."""
    return _clear(asked, *LIVED_IN)


def clear_height_pilotis(asked: Asked) -> Check:
    """See `_clear`."""
    return _clear(asked, StoreyKind.PILOTIS)


def clear_height_basement(asked: Asked) -> Check:
    """See `_clear`."""
    return _clear(asked, StoreyKind.BASEMENT)


def _clear(asked: Asked, *kinds: StoreyKind) -> Check:
    """The height from floor to floor is more than the clear one: within the limit it passes, else a section tells."""
    figures = [row.height_m for row in asked.proposal.of(*kinds)]
    known = [figure for figure in figures if figure is not None]
    if not asked.proposal.storeys:
        return asked.cannot(Why.MISSING, words.NO_ROWS)
    if len(known) < len(figures):
        return asked.cannot(Why.MISSING, words.filled(words.NO_FIGURE, what=words.HEIGHT))
    top = max(known, default=ZERO)
    if top > asked.metric(asked.subject["value"]):
        return asked.cannot(Why.PERSON, words.CLEAR_HEIGHT, proposed=asked.shown(top))
    return asked.said(Outcome.PASS, words.FITS, proposed=asked.shown(top))
