"""Where the footprint lies: in its own parcel, in the envelope, clear of what each subject keeps free. Pure."""

from collections.abc import Iterable

from apps.common.text import Text
from apps.permits import proposal_words as words
from apps.permits.proposal import TOLERANCE_M2, ZERO, Measured, Proposal
from apps.permits.proposal_check import Asked, Check, Outcome, Why
from apps.permits.proposal_limits import known_sum

PARCEL, ENVELOPE = "inside_parcel", "inside_envelope"


def kept_free(asked: Asked) -> Check:
    """A setback, a strip, a chamfer: none of the footprint lies on the ground that it keeps free."""
    if asked.measured.footprint_m2 is None:
        return asked.cannot(Why.MISSING, words.NO_FOOTPRINT)
    taken = asked.measured.taken.get(asked.subject["code"])
    if taken is None:
        if asked.metric(asked.subject["value"]) == 0:
            return asked.said(Outcome.PASS, words.FITS)
        return asked.cannot(Why.UNCLEAR, words.NOT_PLACED)
    shown = words.area(taken.sure_m2)
    if taken.sure_m2 > TOLERANCE_M2:
        return asked.said(
            Outcome.FAIL,
            words.filled(words.TAKEN, n=shown),
            proposed=shown,
            margin=words.filled(words.MOVE_IN, n=shown),
        )
    if taken.perhaps_m2 > TOLERANCE_M2:
        return asked.cannot(Why.UNCLEAR, words.filled(words.SIDE_UNKNOWN, n=words.area(taken.perhaps_m2)))
    return asked.said(Outcome.PASS, words.FITS)


def inside_parcel(measured: Measured) -> Check:
    """The footprint leaves its own parcel nowhere."""
    if measured.footprint_m2 is None:
        return _cannot(PARCEL, words.INSIDE_PARCEL, Why.MISSING, words.NO_FOOTPRINT)
    if measured.outside_parcel_m2 is None:
        return _cannot(PARCEL, words.INSIDE_PARCEL, Why.NOT_KNOWN, _reasons(measured.reasons))
    if measured.outside_parcel_m2 > TOLERANCE_M2:
        return _outside(PARCEL, words.INSIDE_PARCEL, words.area(measured.outside_parcel_m2))
    return Check(PARCEL, words.INSIDE_PARCEL, Outcome.PASS, words.FITS)


def inside_envelope(measured: Measured, proposal: Proposal) -> Check:
    """The footprint stays in what setbacks, cut-outs and chamfers leave, on each level as far as its area tells."""
    label = words.INSIDE_ENVELOPE
    if measured.footprint_m2 is None:
        return _cannot(ENVELOPE, label, Why.MISSING, words.NO_FOOTPRINT)
    if measured.envelope == "impossible":
        return Check(ENVELOPE, label, Outcome.FAIL, _reasons(measured.reasons))
    sure, drawn = measured.outside_sure_m2, measured.outside_m2
    if sure is not None and sure > TOLERANCE_M2:
        return _outside(ENVELOPE, label, words.area(sure))
    if measured.envelope != "value" or drawn is None:
        return _cannot(ENVELOPE, label, Why.NOT_KNOWN, _reasons(measured.reasons))
    if drawn > TOLERANCE_M2:
        text = words.filled(words.SIDE_UNKNOWN, n=words.area(drawn))
        return _cannot(ENVELOPE, label, Why.UNCLEAR, text)
    return _upper_levels(measured, proposal)


def _upper_levels(measured: Measured, proposal: Proposal) -> Check:
    """On a level that is smaller, a storey of more area than there is room fails; one of less may lie anywhere."""
    label = words.INSIDE_ENVELOPE
    rows = proposal.levels(proposal.above)
    unsure: Check | None = None
    for number, fit in enumerate(measured.levels):
        if number not in rows or fit.outside_m2 <= TOLERANCE_M2:
            continue
        floor, level = known_sum([row.gross_m2 for row in rows[number]], words.GROSS), words.level_name(number)
        if floor.low > fit.inside_m2 + TOLERANCE_M2:
            found = {"level": level, "n": words.area(floor.low), "room": words.area(fit.inside_m2)}
            less = words.filled(words.LOWER, n=words.area(floor.low - fit.inside_m2))
            return Check(ENVELOPE, label, Outcome.FAIL, words.filled(words.UPPER_LEVEL, **found), margin=less)
        unsure = unsure or _cannot(ENVELOPE, label, Why.PERSON, words.filled(words.UPPER_UNSURE, level=level))
    return unsure or Check(ENVELOPE, label, Outcome.PASS, words.FITS)


def _outside(code: str, label: Text, shown: Text) -> Check:
    return Check(
        code, label, Outcome.FAIL, words.filled(words.OUTSIDE, n=shown),
        proposed=shown, limit=words.area(ZERO), margin=words.filled(words.MOVE_IN, n=shown),
    )  # fmt: skip


def _cannot(code: str, label: Text, why: Why, text: Text) -> Check:
    return Check(code, label, Outcome.CANNOT, text, why=why)


def _reasons(reasons: Iterable[Text]) -> Text:
    found = list(dict.fromkeys(reasons)) or [words.INCOMPLETE]
    return Text(" ".join(r.fa for r in found), " ".join(r.en for r in found))
