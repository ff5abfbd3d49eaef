"""Percentages of a plot and light-wells as m². Pure."""

from decimal import Decimal

from apps.envelope.inputs import Law, Lot

HUNDRED = Decimal(100)


def share_of_plot(lot: Lot, law: Law, subject: str) -> float | None:
    """m² that a percentage of the plot stands for, part by part; None when nothing limits it or the plot is not known.

    The ground floor without a value of its own takes that of the storeys.
    """
    limit = law.limit(subject)
    if limit.state == "none" and subject == "max_coverage_ground":
        return share_of_plot(lot, law, "max_coverage")
    if limit.value is None or lot.plot_m2 is None:
        return None
    whole, plot = float(lot.shape.area), float(lot.plot_m2)
    found = plot * float(limit.value / HUNDRED)
    for part in lot.parts:
        if part.subject == subject and part.value > limit.value:
            found += plot * (part.shape.area / whole) * float((part.value - limit.value) / HUNDRED)
    return found


def wells_of(law: Law) -> float:
    """m² of light-wells that are taken off each storey."""
    wells = (law.limit(name).value for name in ("light_well_main_area", "light_well_service_area"))
    return float(sum((w for w in wells if w is not None), Decimal(0)))
