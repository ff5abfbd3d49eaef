"""The legal area of a parcel, one rule for every face. Pure."""

from decimal import Decimal

_ABSURD = Decimal(2)  # times: beyond this a deed and the ground speak of different plots


def legal_area(*, deed_m2: Decimal | None, drawn_m2: Decimal) -> Decimal | None:
    """The smaller of deed and drawn until corrected; None when either is absurd, or they cannot both be true.

    The smaller is not always the stricter (small plots may be built over more): a slip of the pen in a deed must
    not choose the rule.
    """
    if drawn_m2 <= 0 or (deed_m2 is not None and not drawn_m2 / _ABSURD < deed_m2 < drawn_m2 * _ABSURD):
        return None
    return drawn_m2 if deed_m2 is None else min(deed_m2, drawn_m2)
