"""The rule by which a measured area corrects the legal one, as a table; and where it may not decide."""

from decimal import Decimal

import pytest

from apps.cadastre.areas import legal_area
from apps.permits.inspection_area import Figures, Ruling, Tolerance, judge

SAMPLE = Tolerance(share=Decimal("0.02"), least_m2=Decimal(1))


def m2(raw: str | None) -> Decimal | None:
    return None if raw is None else Decimal(raw)


@pytest.mark.parametrize(
    ("deed", "drawn", "measured", "found", "ruling", "after"),
    [
        ("200", "200", None, "200", Ruling.SAME, "200"),
        ("200", "200", None, "196", Ruling.SAME, "200"),  # 2 % exactly
        ("200", "200", None, "195.99", Ruling.CORRECTS, "195.99"),
        ("200", "200", None, "230", Ruling.SAME, "200"),  # the deed bounds it
        ("200", "190", None, "199", Ruling.CORRECTS, "199"),  # the drawing was too small
        ("200", "190", None, "230", Ruling.CORRECTS, "200"),  # up to the deed, not beyond
        (None, "200", None, "204", Ruling.SAME, "200"),
        (None, "200", None, "204.01", Ruling.CORRECTS, "204.01"),
        ("30", "30", None, "29", Ruling.SAME, "30"),  # 1 m² is the larger tolerance on small plots
        ("30", "30", None, "28.99", Ruling.CORRECTS, "28.99"),
        ("200", "200", "180", "181", Ruling.SAME, "180"),  # measured anew
        ("200", "200", "180", "198", Ruling.CORRECTS, "198"),
        ("500", "200", None, "210", Ruling.OPEN, None),  # the deed still speaks of another plot
        ("500", "260", None, "254", Ruling.CORRECTS, "254"),
        ("500", "240", None, "300", Ruling.CORRECTS, "300"),  # not known before; measured settles it
        (None, "200", None, "400", Ruling.OPEN, None),  # twice the drawing: a slip of the pen decides nothing
        (None, "200", None, "399.99", Ruling.CORRECTS, "399.99"),
        (None, "200", None, "100", Ruling.OPEN, None),
        ("200", "200", None, "0", Ruling.OPEN, None),
    ],
)
def test_the_rule(
    deed: str | None, drawn: str, measured: str | None, found: str, ruling: Ruling, after: str | None
) -> None:
    judged = judge(Figures(m2(deed), Decimal(drawn), m2(measured)), Decimal(found), SAMPLE)
    assert (judged.ruling, judged.after) == (ruling, m2(after))


@pytest.mark.parametrize(
    ("deed", "drawn", "measured", "legal"),
    [
        ("200", "190", None, "190"),
        ("200", "190", "180", "180"),
        ("200", "190", "210", "200"),
        (None, "190", "210", "210"),
        ("200", "0", "200", None),
        ("200", "190", "380", None),
        ("400", "190", "210", "210"),
    ],
)
def test_legal_area_once_measured(deed: str | None, drawn: str, measured: str | None, legal: str | None) -> None:
    assert legal_area(deed_m2=m2(deed), drawn_m2=Decimal(drawn), measured_m2=m2(measured)) == m2(legal)
