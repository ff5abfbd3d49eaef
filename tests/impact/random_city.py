"""Random small cities on an integer grid: editions, rulebooks, scopes, acts, and facts on and beside every bound.

    0    10   20   30   40   50   60  x      parcels: 10 × 10 squares, one row in each of two chunks, some straddling
10  ┌────┬────┬────┬────┬────┬────┐          a zone's border, some half outside a coverage, one of 0.5 m² (a sliver
    │ P  │ P  │ P  │ P  │ P  │ P  │          decides)
 0  └────┴────┴────┴────┴────┴────┘
    zones: rectangles on multiples of 5, so borders fall on, beside and across parcels
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from hypothesis import strategies as st

from apps.common.text import Text
from apps.legal.models import Instrument, ProvisionRow, Rulebook
from tests.extracts.conftest import Grid, box

DAY = date(2020, 1, 1)
CODES = ("A", "B", "C")
EDGES = st.integers(0, 12).map(lambda n: n * 5)
# On, just below and just above the bounds that conditions use below (cm and dm²: hundredths).
PASSAGES = st.sampled_from([None, 599, 600, 601, 999, 1000, 1001, 1200])
AREAS = st.sampled_from([None, 9999, 10000, 10001, 15000, 19999, 20000, 20001])
COUNTS = st.sampled_from([None, 0, 1, 2, 3])
RANGES = st.sampled_from(["..6", "6..10", "10..", "6..", "..10"])
PLOTS = st.sampled_from(["..100", "100..150", "150..", "100..", "..200", "100.01..200"])
SHARES = st.sampled_from(["", "", "0.5..", "..0.5", "0.98.."])
KINDS = st.sampled_from(["", "", "NEW", "REPAIR", "not NEW"])


@st.composite
def zones(draw: st.DrawFn, *, wide: bool = False) -> dict[str, Any]:
    """Up to three rectangles side by side, and what the edition covers; `wide`: usually all of the city."""
    cuts = sorted(draw(st.lists(EDGES, min_size=2, max_size=4, unique=True)))
    if wide and draw(st.integers(0, 4)):
        cuts[0], cuts[-1] = -100, 200
    rows = [(code, left, right) for code, left, right in zip(CODES, cuts, cuts[1:], strict=False)]
    everywhere = wide or draw(st.booleans())
    covers = (-100, 200) if everywhere else (cuts[0], draw(EDGES.filter(lambda x: x > cuts[0])))
    return {"rows": rows, "covers": covers}


@st.composite
def rows(draw: st.DrawFn, *, heritage: bool = False) -> list[dict[str, Any]]:
    """A small decision table in which every effect, condition and kind of value cell may stand."""
    subjects = st.sampled_from(_SUBJECTS)
    found = _caps() if heritage else draw(_bases())
    for number in range(draw(st.integers(1, 6))):
        when = {
            "passage_m": draw(st.one_of(st.just(""), RANGES)),
            "plot_m2": draw(st.one_of(st.just(""), PLOTS)),
            "permit_kind": draw(KINDS),
            "corner": draw(st.sampled_from(["", "", "yes", "no"])),
        }
        effect = draw(st.sampled_from(_HERITAGE if heritage else _PLAN))
        theme = draw(st.sampled_from(["fabric"] if heritage else ["height", "use", "use", ""]))
        if theme:
            when["zone_share"] = draw(SHARES)
        row = {"subject": draw(subjects), "effect": effect, "theme": theme, "when": when}
        row["zone"] = draw(st.sampled_from([*CODES, ""])) if theme else ""
        row.update(draw(_value(effect, row)))
        if effect == "derive":
            row["subject"], row["when"]["storeys"] = "max_height", draw(st.sampled_from(["..3", "3..", "2..5"]))
        found.append({**row, "row": f"r{number}", "when": {k: v for k, v in row["when"].items() if v}})
    return found


_SETTING = ("set", "set", "set", "reduce", "raise", "floor", "derive", "cap")
_PLAN = (*_SETTING, "require", "forbid", "undecided", "policy", "uses")
_HERITAGE = ("cap", "cap", "require", "forbid", "undecided")
_VALUES = ("2", "3", "4", "4", "=0.06*plot_m2", "=max(2, 0.5*passage_m)", "fact:existing_height_m", "=plot_m2-99.99")
_SUBJECTS = ("max_storeys", "max_height", "max_density", "max_coverage")


def _caps() -> list[dict[str, Any]]:
    """A hard cap on every subject that heritage may limit, far away: so that none of them is without any row."""
    base = {"effect": "cap", "value": "9", "theme": "fabric", "zone": "Z", "when": {}}
    return [
        {**base, "row": f"c-{subject}", "subject": subject}
        for subject in (*_SUBJECTS, "max_coverage_ground", "min_plot")
    ]


@st.composite
def _bases(draw: st.DrawFn) -> list[dict[str, Any]]:
    """A value for most subjects on every zone, so that most of them are known."""
    kept = draw(st.lists(st.sampled_from(_SUBJECTS), min_size=2, unique=True))
    theme = draw(st.sampled_from(["height", "use"]))
    values = st.permutations(_VALUES[:6])
    base = {"effect": "set", "theme": theme, "when": {}}
    return [
        {**base, "row": f"b-{subject}-{zone}", "subject": subject, "zone": zone, "value": value}
        for subject in kept
        for zone, value in zip(CODES, draw(values), strict=False)
    ]


@st.composite
def _value(draw: st.DrawFn, effect: str, row: dict[str, Any]) -> dict[str, Any]:
    if effect in ("reduce", "raise", "floor"):
        return {"value": draw(st.sampled_from(["1", "2"]))}
    if effect in ("require", "forbid"):
        return {"value": draw(st.sampled_from(["heritage", "fire"])), "subject": ""}
    if effect == "undecided":
        return {"value": "planning"}
    if effect == "policy":
        policy = draw(st.sampled_from(["majority", "by_part", "strictest"]))
        return {"value": policy, "theme": "use", "zone": "", "when": {}}
    if effect == "uses":
        return {"effect": "set", "subject": "permitted_use", "value": draw(st.sampled_from(["RES", "RES|COM", "COM"]))}
    return {"value": draw(st.sampled_from(_VALUES))}


@dataclass(frozen=True, slots=True)
class Plan:
    """A drawn city: parcels, editions by code, rulebooks, and the acts to rehearse."""

    parcels: list[dict[str, Any]]
    editions: dict[str, dict[str, Any]]
    books: dict[str, list[dict[str, Any]]]
    acts: list[tuple[str, str, bool]]


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """A city with law in force, drafts, and one to three acts about them."""
    parcels = [
        {
            "at": (draw(st.sampled_from([0, 5, 10, 12, 20, 30, 45])), 1000 * chunk),
            "size": draw(st.sampled_from([10, 10, 10, 1])),
            "deed_area_dm2": draw(AREAS),
            "passage_width_cm": draw(PASSAGES),
            "corner": draw(st.sampled_from([None, True, False])),
            "existing_height_cm": draw(st.sampled_from([None, 0, 450, 600])),
            "consolidated": draw(COUNTS),
        }
        for chunk in (0, 1)
        for _ in range(draw(st.integers(2, 4)))
    ]
    editions = {
        "height-1": draw(zones(wide=True)), "height-2": draw(zones()), "use-1": draw(zones(wide=True)),
        "use-2": draw(zones()), "fabric-1": draw(zones(wide=True)), "fabric-2": draw(zones()),
    }  # fmt: skip
    books = {"plan-1": draw(rows()), "plan-2": draw(rows()), "heritage-1": draw(rows(heritage=True))}
    acts = draw(st.lists(st.sampled_from(_ACTS), min_size=1, max_size=3, unique=True))
    return Plan(parcels, editions, books, [(*act, draw(st.booleans())) for act in acts])


IN_FORCE = ("height-1", "use-1", "fabric-1", "plan-1", "heritage-1")
_ACTS = (
    ("height-2", "promulgate"), ("use-2", "promulgate"), ("fabric-2", "promulgate"), ("plan-2", "promulgate"),
    ("height-1", "suspend"), ("use-1", "annul"), ("fabric-1", "repeal"), ("plan-1", "repeal"),
    ("heritage-1", "suspend"), ("height-1", "replace"), ("plan-1", "replace"),
)  # fmt: skip
SCOPE = box(3, -10, 27, 2000)


def build(plan: Plan) -> list[dict[str, Any]]:
    """Make the city; returns the acts to rehearse, as arguments of `record_act`."""
    grid = Grid()
    themes = {
        "height": grid.theme("height"), "use": grid.theme("use"), "fabric": grid.theme("fabric", "cumulative"),
    }  # fmt: skip
    for code, drawn in plan.editions.items():
        shapes = {zone: box(left, -50, right, 2000) for zone, left, right in drawn["rows"]}
        coverage = box(drawn["covers"][0], -50, drawn["covers"][1], 2000)
        grid.edition(themes[code.split("-")[0]], code, shapes, coverage=coverage)
    for code, table in plan.books.items():
        _book(code, table)
    for number, parcel in enumerate(plan.parcels, start=1):
        (x, y), size = parcel["at"], parcel["size"]
        facts = {k: v for k, v in parcel.items() if k not in ("at", "size")}
        grid.parcel(f"3-1-{number}-1-0-0-0", box(x, y, x + size, y + (0.5 if size == 1 else size)), **facts)
    grid.overlay()
    for code in (*plan.editions, *plan.books):
        grid.act(code, "approve", "2015-01-01")
        if code in IN_FORCE:
            grid.act(code, "promulgate", "2015-01-01")
    return [_act(grid, *act) for act in plan.acts]


def _act(grid: Grid, code: str, kind: str, scoped: bool) -> dict[str, Any]:
    act = {
        "instrument": Instrument.objects.get(code=code), "kind": kind, "number": f"{code}-{kind}", "act_date": DAY,
        "body_fa": "-", "body_en": "-", "document": "-", "effective_on": DAY, "recorded_by": grid.clerk,
    }  # fmt: skip
    if kind == "replace":
        act["replaced_by"] = Instrument.objects.get(code=code.replace("-1", "-2"))
    if scoped and "plan" not in code and "heritage" not in code:
        act["scope"] = SCOPE
    return act


def _book(code: str, table: list[dict[str, Any]]) -> None:
    instrument = Instrument.objects.create(code=code, kind="rulebook", rank=10, title_fa=code, title_en=code)
    source = "heritage_zones" if code.startswith("heritage") else "detailed_plan"
    book = Rulebook.objects.create(instrument=instrument, code=code, source=source, checksum=code)
    text = Text("متن", "text")
    ProvisionRow.objects.bulk_create(
        ProvisionRow(rulebook=book, position=n, article="1", category="ISF-08", text_fa=text.fa, text_en=text.en, **row)
        for n, row in enumerate(table)
    )
