"""Fifteen real lots, worked out by hand from the zoning file: what each extract must say, and why.

Rear and interior sides: the larger of 5 ft and 0.1 × lot_width, rounded up to hundredths. A district (or a gap between
districts) counts on a lot from 2 m² or from 2 % of it; below both it is a sliver of drawing. Where several count, the
strictest holds. No lot of the file lies outside all districts: the worst, 515925, lies outside with a tenth of it.
"""

from decimal import Decimal

from tests.cockrell_hill.districts import (
    ALL_USES,
    FIXED,
    NO_USE,
    ONE_OR_TWO,
    Lot,
    ft,
    nothing,
    unknown,
    with_setback,
)

D = Decimal
PLAIN = ("front", "interior side", "rear")
CORNER = ("exterior side", *PLAIN)
UNKNOWN = ("unknown",)
NO_WIDTH = unknown("lot_width stands as 1.0, the file's filler where it could not tell the sides: 0.1 × ? is not known")

_CUT_HALF = ft("10.32", "0.1 × 103.151 = 10.3151 > 5, so 10.32; the same formula in both districts")
_CUT_EDGE = ft("6.10", "0.1 × 60.953 = 6.0953 > 5, so 6.10; the same formula in both districts")
_SETBACKS = ("rear_setback", "side_setback_interior")

LOTS = (
    Lot(
        "231202", "R-S, a hair wider than 50 ft: a tenth wins by the rounding up alone",
        D("50.009"), D("189.766"), D("0.2172"), {"R-S": D("100.0")}, D("0.0"), PLAIN,
        with_setback(FIXED["R-S"], ft("5.01", "0.1 × 50.009 = 5.0009 > 5, so 5.01")), ONE_OR_TWO, ("R-S",),
    ),
    Lot(
        "231201", "R-S, its neighbour, a hair narrower than 50 ft",
        D("49.999"), D("190.904"), D("0.2184"), {"R-S": D("100.0")}, D("0.0"), PLAIN,
        with_setback(FIXED["R-S"], ft("5", "0.1 × 49.999 = 4.9999 < 5, so 5")), ONE_OR_TWO, ("R-S",),
    ),
    Lot(
        "451159", "R-S, the widest of its district: the setback is longer than the lot is deep (69.728 ft)",
        D("731.342"), D("69.728"), D("0.9849"), {"R-S": D("100.0")}, D("0.0"), PLAIN,
        with_setback(FIXED["R-S"], ft("73.14", "0.1 × 731.342 = 73.1342 > 5, so 73.14")), ONE_OR_TWO, ("R-S",),
    ),
    Lot(
        "446812", "R-S on a corner; 0.8 m² (0.1 %) lie outside every district: below 2 m² and 2 %, so without effect",
        D("54.458"), D("172.775"), D("0.2151"), {"R-S": D("99.9")}, D("0.8"), CORNER,
        with_setback(FIXED["R-S"], ft("5.45", "0.1 × 54.458 = 5.4458 > 5, so 5.45")), ONE_OR_TWO, ("R-S",),
    ),
    Lot(
        "229846", "R-S with a sliver of R-M (0.35 m², 0.04 %): R-M has no say, so 2.5 stories and not 2",
        D("50.328"), D("188.999"), D("0.2168"), {"R-S": D("100.0"), "R-M": D("0.0")}, D("0.0"), PLAIN,
        with_setback(FIXED["R-S"], ft("5.04", "0.1 × 50.328 = 5.0328 > 5, so 5.04")), ONE_OR_TWO, ("R-S",),
        slivers=("R-M",),
    ),
    Lot(
        "446797", "R-S, large, its sides unknown: what asks no width is known all the same",
        None, None, D("2.4922"), {"R-S": D("100.0")}, D("0.0"), UNKNOWN,
        with_setback(FIXED["R-S"], NO_WIDTH), ONE_OR_TWO, ("R-S",),
    ),
    Lot(
        "230684", "R-M on a corner",
        D("89.950"), D("231.388"), D("0.4765"), {"R-M": D("100.0")}, D("0.0"), CORNER,
        with_setback(FIXED["R-M"], ft("9.00", "0.1 × 89.950 = 8.9950 > 5, so 9.00")), ALL_USES, ("R-M",),
    ),
    Lot(
        "228597", "C, tiny, the narrowest of all: a fifth of the least lot size (0.16 ac), which is said, not judged",
        D("18.237"), D("91.578"), D("0.0326"), {"C": D("100.0")}, D("0.1"), PLAIN,
        with_setback(FIXED["C"], ft("5", "0.1 × 18.237 = 1.8237 < 5, so 5")), ALL_USES, ("C",),
    ),
    Lot(
        "230634", "C, wide, on a corner",
        D("200.577"), D("158.624"), D("0.5654"), {"C": D("100.0")}, D("0.0"), CORNER,
        with_setback(FIXED["C"], ft("20.06", "0.1 × 200.577 = 20.0577 > 5, so 20.06")), ALL_USES, ("C",),
    ),
    Lot(
        "228649", "C-A: no residence, and the file gives no number for anything else",
        D("62.405"), D("258.615"), D("0.3673"), {"C-A": D("100.0")}, D("0.0"), PLAIN,
        nothing('C-A: res_uses "none", no setback, coverage, stories or height in the file'), NO_USE,
    ),
    Lot(
        "453398", "cut in halves by R-S and R-M: 45 % from R-S, 2 stories from R-M, the uses both allow",
        D("103.151"), D("334.847"), D("0.7886"), {"R-M": D("50.1"), "R-S": D("49.9")}, D("0.0"), PLAIN,
        {
            **with_setback(FIXED["R-S"], _CUT_HALF),
            "max_coverage": ft("45", "min(45 in R-S, 60 in R-M) = 45"),
            "max_storeys": ft("2", "min(2.5 in R-S, 2 in R-M) = 2"),
        },
        ONE_OR_TWO, ("R-S", "R-M"),
        {
            "R-S": {"max_coverage": D(45), "max_storeys": D("2.5"), **dict.fromkeys(_SETBACKS, D("10.32"))},
            "R-M": {"max_coverage": D(60), "max_storeys": D(2), **dict.fromkeys(_SETBACKS, D("10.32"))},
        },
    ),
    Lot(
        "222027", "C, and 6.7 m² of R-S: below 2 % (1.0 %) but not below 2 m², so R-S counts",
        D("60.953"), D("131.022"), D("0.1608"), {"C": D("99.0"), "R-S": D("1.0")}, D("0.0"), PLAIN,
        {
            **with_setback(FIXED["C"], _CUT_EDGE),
            "max_coverage": ft("45", "min(60 in C, 45 in R-S) = 45"),
            "max_storeys": ft("2", "min(2 in C, 2.5 in R-S) = 2"),
        },
        ONE_OR_TWO, ("C", "R-S"),
        {
            "C": {"max_coverage": D(60), "max_storeys": D(2), **dict.fromkeys(_SETBACKS, D("6.10"))},
            "R-S": {"max_coverage": D(45), "max_storeys": D("2.5"), **dict.fromkeys(_SETBACKS, D("6.10"))},
        },
    ),
    Lot(
        "230671", "cut by C-A and R-S, sides unknown: what C-A leaves open stays open, R-S is the most there can be",
        None, None, D("1.1117"), {"C-A": D("71.5"), "R-S": D("28.5")}, D("0.0"), UNKNOWN,
        nothing("C-A gives no number for 71.5 % of the lot; R-S holds for the rest", FIXED["R-S"]), NO_USE,
    ),
    Lot(
        "515925", "R-S, but a tenth of it (86.8 m², 9.8 %) lies outside every district: nothing is known for the whole",
        D("132.158"), D("132.858"), D("0.2178"), {"R-S": D("90.2")}, D("86.8"), PLAIN,
        nothing(
            "9.8 % ≥ 2 % has no district; R-S holds for the rest",
            with_setback(FIXED["R-S"], ft("13.22", "0.1 × 132.158 = 13.2158 > 5, so 13.22")),
        ),
        None,
    ),
    Lot(
        "228593", "R-S, narrow; 7.1 m² lie outside: below 2 % (1.3 %) but not below 2 m², so nothing is known",
        D("39.844"), D("149.752"), D("0.1368"), {"R-S": D("98.7")}, D("7.1"), PLAIN,
        nothing(
            "7.1 m² ≥ 2 m² has no district; R-S holds for the rest",
            with_setback(FIXED["R-S"], ft("5", "0.1 × 39.844 = 3.9844 < 5, so 5")),
        ),
        None,
    ),
)  # fmt: skip
