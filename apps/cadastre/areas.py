"""The legal area of a parcel, one rule for every face. Pure."""

from decimal import Decimal

_ABSURD = Decimal(2)  # times: beyond this two figures speak of different plots


def legal_area(*, deed_m2: Decimal | None, drawn_m2: Decimal, measured_m2: Decimal | None = None) -> Decimal | None:
    """The smaller of deed and ground; None when a figure is absurd, or they cannot all be true.

    The ground is what an inspector measured, else what is drawn. The smaller is not always the stricter (small plots
    may be built over more): a slip of the pen, in a deed or in a report, must not choose the rule.
    """
    ground = drawn_m2 if measured_m2 is None else measured_m2
    if drawn_m2 <= 0 or not _near(ground, drawn_m2) or (deed_m2 is not None and not _near(deed_m2, ground)):
        return None
    return ground if deed_m2 is None else min(deed_m2, ground)


def _near(one: Decimal, other: Decimal) -> bool:
    return other / _ABSURD < one < other * _ABSURD
