"""Uses, parking and the lot that a use needs. Pure."""

from decimal import ROUND_CEILING, Decimal

from apps.common.text import Text
from apps.permits import proposal_words as words
from apps.permits.proposal import KIND_NAMES, Storey, totals
from apps.permits.proposal_check import Asked, Check, Outcome, Why
from apps.permits.proposal_schedule import Needed, facts_of, label_of, needed

_PER_PROPOSAL = ("units", "total_units")


def permitted_use(asked: Asked) -> Check:
    """Every use of the table is permitted on the whole parcel."""
    uses, permitted = asked.proposal.uses, set(asked.subject["value"])
    if not uses:
        return asked.cannot(Why.MISSING, words.NO_USE if asked.proposal.storeys else words.NO_ROWS)
    proposed = words.listed_codes(uses)
    strange = words.listed_codes(use for use in uses if use not in permitted)
    if strange is not None:
        return asked.said(
            Outcome.FAIL, words.filled(words.NOT_PERMITTED, codes=strange),
            proposed=proposed, margin=words.filled(words.CHANGE_USE, codes=strange),
        )  # fmt: skip
    unsaid = [row for row in asked.proposal.storeys if row.is_storey and not row.use]
    if unsaid:
        return asked.cannot(Why.MISSING, words.filled(words.NO_FIGURE, what=_of(words.USE, unsaid[0])))
    return asked.said(Outcome.PASS, words.FITS, proposed=proposed)


def parking(asked: Asked) -> Check:
    """Stalls of the whole table against what the schedule asks for each unit, rounded up unit by unit.

    A shop in the basement is asked like any other: what is used and names no units leaves the answer open.
    """
    rows = [row for row in asked.proposal.storeys if row.is_storey or row.units or row.use]
    if not rows:
        return asked.cannot(Why.MISSING, words.NO_ROWS)
    need = Decimal(0)
    for row in rows:
        stalls = _stalls(asked, row)
        if isinstance(stalls, Check):
            return stalls
        need = max(need, stalls) if _counts_all(asked) else need + stalls
    return _enough(asked, need)


def _counts_all(asked: Asked) -> bool:
    """Whether the schedule speaks of all units together ('4 for each of the units'), so that rows do not add up."""
    return any(name in str(row["value"]) for row in asked.subject["value"] for name in _PER_PROPOSAL)


def _stalls(asked: Asked, row: Storey) -> Decimal | Check:
    missing = [(row.units, words.UNITS), (row.use or None, words.USE), (row.counted_m2, words.COUNTABLE)]
    for figure, name in missing:
        if figure is None:
            return asked.cannot(Why.MISSING, words.filled(words.NO_FIGURE, what=_of(name, row)))
    if not row.units:
        return Decimal(0) if _asks_nothing(asked) else asked.cannot(
            Why.MISSING, words.filled(words.NO_FIGURE, what=_of(words.UNITS, row))
        )  # fmt: skip
    found = needed(asked.subject["value"], facts_of(asked, row))
    if found.number is None:
        return _open(asked, found, row)
    each = found.number.to_integral_value(ROUND_CEILING)
    return each if _counts_all(asked) else each * row.units


def _asks_nothing(asked: Asked) -> bool:
    return all(row["value"] == 0 for row in asked.subject["value"])


def _enough(asked: Asked, need: Decimal) -> Check:
    there = totals(asked.proposal).parking
    limit = words.plain(need)
    if there is None:
        return asked.cannot(Why.MISSING, words.filled(words.NO_FIGURE, what=words.STALLS), limit=limit)
    shown = words.plain(there)
    if there >= need:
        left = words.filled(words.LEFT, n=words.plain(there - need))
        return asked.said(Outcome.PASS, words.FITS, proposed=shown, limit=limit, margin=left)
    if any(candidate["also"] for candidate in asked.subject["candidates"]):
        return asked.cannot(Why.UNCLEAR, words.RELIEF, proposed=shown, limit=limit)
    more = words.filled(words.HIGHER, n=words.plain(need - there))
    return asked.said(Outcome.FAIL, words.SHORT, proposed=shown, limit=limit, margin=more)


def min_lot_for_use(asked: Asked) -> Check:
    """The plot is as large as each use of the table needs."""
    plot = asked.measured.plot_m2
    rows = [row for row in asked.proposal.storeys if row.use]
    if plot is None:
        return asked.cannot(Why.NOT_KNOWN, words.NO_PLOT)
    if not rows:
        return asked.cannot(Why.MISSING, words.NO_USE if asked.proposal.storeys else words.NO_ROWS)
    need = Decimal(0)
    for row in rows:
        found = needed(asked.subject["value"], facts_of(asked, row))
        if found.number is None:
            return _open(asked, found, row)
        need = max(need, asked.metric(float(found.number)))
    shown, limit = asked.shown(plot), asked.shown(need)
    if plot < need:
        return asked.said(Outcome.FAIL, words.SHORT, proposed=shown, limit=limit,
                          margin=words.filled(words.HIGHER, n=asked.shown(need - plot)))  # fmt: skip
    return asked.said(Outcome.PASS, words.FITS, proposed=shown, limit=limit)


def min_plot(asked: Asked) -> Check:
    """A limit of subdivision: a plot that reaches it keeps to it; of a smaller one a person judges the division."""
    return _on_division(asked, asked.measured.plot_m2)


def min_frontage(asked: Asked) -> Check:
    """As `min_plot`, for the recorded frontage (metres)."""
    recorded = asked.document["parcel"]["frontage_m"]
    return _on_division(asked, None if recorded is None else Decimal(str(recorded)))


def _on_division(asked: Asked, there: Decimal | None) -> Check:
    if there is None:
        label = Text.of(asked.subject["label"])
        return asked.cannot(Why.NOT_KNOWN, words.filled(words.OPEN_FACT, what=label))
    if there < asked.metric(asked.subject["value"]):
        return asked.cannot(Why.PERSON, words.ON_DIVISION, proposed=asked.shown(there))
    return asked.said(Outcome.PASS, words.FITS, proposed=asked.shown(there))


def _open(asked: Asked, found: Needed, row: Storey) -> Check:
    if not found.open_facts:
        return asked.cannot(Why.UNCLEAR, words.filled(words.NO_SCHEDULE_ROW, storey=_name(row)))
    what = [label_of(asked, name) for name in found.open_facts]
    text = Text("، ".join(w.fa for w in what), ", ".join(w.en for w in what))
    return asked.cannot(Why.NOT_KNOWN, words.filled(words.OPEN_FACT, what=text))


def _of(what: Text, row: Storey) -> Text:
    """'use of Storey 2'."""
    name = _name(row)
    return Text(f"{what.fa} {name.fa}", f"{what.en} of {name.en}")


def _name(row: Storey) -> Text:
    kind, number = KIND_NAMES[row.kind], words.level_name(row.number)
    return Text(f"{kind.fa} {number.fa}", f"{kind.en} {number.en}")
