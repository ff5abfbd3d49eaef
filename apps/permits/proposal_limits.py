"""Numbers of a proposal held against upper limits: a figure may be known within bounds only. Pure."""

from dataclasses import dataclass
from decimal import Decimal

from apps.common.text import Text
from apps.permits import proposal_words as words
from apps.permits.proposal_check import Asked, Check, Outcome, Why


@dataclass(frozen=True, slots=True)
class Figure:
    """A proposed number, metric: `low` for sure, `high` at most (None = no telling), `missing`: what was not said.

    `told`: the number as the table says it, to be shown where the bounds lie apart.
    """

    low: Decimal
    high: Decimal | None
    missing: Text = words.NO_ROWS
    slack: Decimal = Decimal(0)
    told: Decimal | None = None


def at_most(asked: Asked, figure: Figure, *, unit: Decimal = Decimal(1)) -> Check:
    """Pass, fail or neither against the subject's limit. `unit`: what one unit of the limit is in the figure's.

    Where each part of the parcel has its own value, what is over the strictest and not over the largest is open.
    """
    strict, loose = _limits(asked)
    told = figure.low if figure.low == figure.high else figure.told
    proposed = None if told is None else asked.shown(told / unit)
    if loose is not None and figure.low > loose * unit + figure.slack:
        return asked.said(
            Outcome.FAIL, words.BEYOND, proposed=proposed or asked.shown(figure.low / unit),
            margin=words.filled(words.LOWER, n=asked.shown(figure.low / unit - loose)),
        )  # fmt: skip
    if figure.high is None:
        return asked.cannot(Why.MISSING, figure.missing)
    if figure.high <= strict * unit + figure.slack:
        left = max(strict - figure.high / unit, Decimal(0))
        return asked.said(
            Outcome.PASS, words.FITS, proposed=proposed, margin=words.filled(words.LEFT, n=asked.shown(left))
        )
    if figure.low > strict * unit + figure.slack:
        return asked.cannot(Why.UNCLEAR, words.PARTS, proposed=proposed)
    return asked.cannot(Why.MISSING, figure.missing, proposed=proposed)


def _limits(asked: Asked) -> tuple[Decimal, Decimal | None]:
    """The strictest value, and the largest that any part has; None where a part's own value is not known."""
    strict = asked.metric(asked.subject["value"])
    policy = asked.subject.get("policy") or {}
    parts = asked.subject.get("parts", ())
    if policy.get("name") != "by_part" or not parts:
        return strict, strict
    if any(part["value"] is None for part in parts):
        return strict, None
    return strict, max([strict, *(asked.metric(part["value"]) for part in parts)])


def known_sum(values: list[Decimal | None], missing: Text) -> Figure:
    """A sum whose missing parts make it open upwards."""
    known = sum((v for v in values if v is not None), Decimal(0))
    whole = bool(values) and len(values) == len([v for v in values if v is not None])
    said = words.filled(words.NO_FIGURE, what=missing) if values else words.NO_ROWS
    return Figure(known, known if whole else None, said)
