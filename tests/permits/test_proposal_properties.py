"""Properties of checks: a smaller building never loses what a larger one had; what is not said never helps."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from apps.permits.proposal import LevelFit, Measured, Proposal, Storey, StoreyKind, Taken
from apps.permits.proposal_check import Outcome
from apps.permits.proposal_rules import check_all
from tests.permits.answering import VOCABULARY, answer, candidate, fine, subject

D = Decimal
CENT = D("0.01")
FIGURES = ("gross_m2", "countable_m2", "height_m", "units", "parking")
LIMITS = {
    "max_storeys": st.integers(0, 6),
    "max_height": st.integers(0, 30),
    "max_coverage": st.integers(0, 100),
    "max_coverage_ground": st.integers(0, 100),
    "max_density": st.integers(0, 400),
    "stair_head_height": st.integers(0, 5),
    "stair_head_share": st.integers(0, 40),
    "parapet_height": st.integers(0, 2),
    "clear_height_storey": st.integers(2, 4),
    "front_setback": st.integers(0, 5),
    "min_parking": st.sampled_from(
        [[fine(1, unit_m2="..100"), fine(2, unit_m2="100..")], [fine("max(1, unit_m2/50)")]]
    ),
    "permitted_use": st.sampled_from([["RES"], ["RES", "COM"], []]),
}
cents = st.integers(1, 40_000).map(lambda n: D(n) / 100)


def storey(kind, number, draw):
    gross = draw(cents)
    use = draw(st.sampled_from(["RES", "COM"]))
    return Storey(number, kind, use, gross, (gross * draw(st.integers(1, 100)) / 100).quantize(CENT),
                  D(draw(st.integers(1, 600))) / 100, draw(st.integers(1, 9)), 0)  # fmt: skip


@st.composite
def proposals(draw):
    count = draw(st.integers(0, 4))
    base = Storey(0, StoreyKind.PILOTIS, "", draw(cents), None, D(draw(st.integers(1, 400))) / 100, None,
                  draw(st.integers(0, 40)))  # fmt: skip
    rows = [base, *(storey(StoreyKind.TYPICAL, n, draw) for n in range(1, count + 1))]
    if draw(st.booleans()):
        rows.append(Storey(count + 1, StoreyKind.STAIR_HEAD, "", draw(cents), None, D(draw(st.integers(1, 500))) / 100))
    return Proposal(tuple(rows), parapet_m=D(draw(st.integers(0, 300))) / 100)


@st.composite
def laws(draw):
    """Some subjects with a value, some not known, some silent."""
    found = []
    for code, values in LIMITS.items():
        state = draw(st.sampled_from(["value", "value", "not_known", "silent"]))
        if state == "silent":
            continue
        value = draw(values)
        strength = draw(st.sampled_from(["ordinary", "cap"])) if code == "max_height" else "ordinary"
        found.append(subject(code, value, outcome=state, candidates=[candidate(value, strength=strength)]))
    return answer(*found)


def measured(area):
    return Measured(
        footprint_m2=area, plot_m2=D(400), outside_parcel_m2=D(0), envelope="value", outside_m2=D(0),
        outside_sure_m2=D(0), levels=(LevelFit(D(0), area),) * 9, taken={"front_setback": Taken(area / 9, area / 9)},
    )  # fmt: skip


def outcomes(proposal, law, area):
    return {c.code: c.outcome for c in check_all(proposal, measured(area), law, VOCABULARY).checks}


def shrunk(proposal, areas, heights):
    """Every area and every height smaller by a share (in percent)."""

    def scaled(value, percent):
        return None if value is None else (value * percent / 100).quantize(CENT)

    rows = tuple(
        replace(r, gross_m2=scaled(r.gross_m2, areas), countable_m2=scaled(r.countable_m2, areas),
                height_m=scaled(r.height_m, heights)) for r in proposal.storeys
    )  # fmt: skip
    return replace(proposal, storeys=rows, parapet_m=scaled(proposal.parapet_m, heights))


@given(proposals(), laws(), st.integers(1, 400), st.integers(50, 100), st.integers(0, 100), st.booleans())
def test_a_smaller_building_never_loses_what_a_larger_one_had(proposal, law, area, areas, heights, lower):
    small = shrunk(proposal, areas, heights)
    if lower:  # without its topmost storey
        top = max((r.number for r in small.of(StoreyKind.TYPICAL)), default=None)
        small = replace(small, storeys=tuple(r for r in small.storeys if r.number != top or r.kind != "TYPICAL"))
    before, after = outcomes(proposal, law, D(area)), outcomes(small, law, (D(area) * areas / 100).quantize(CENT))
    share = {"stair_head_share"}  # of a roof that shrank as well: rounding to the cent decides
    lost = [code for code in before if before[code] is Outcome.PASS and after[code] is Outcome.FAIL]
    assert set(lost) <= share


@given(proposals(), laws(), st.data())
def test_a_figure_that_is_left_out_never_helps(proposal, law, data):
    row = data.draw(st.integers(0, len(proposal.storeys) - 1))
    name = data.draw(st.sampled_from(FIGURES))
    rows = [replace(r, **{name: None}) if n == row else r for n, r in enumerate(proposal.storeys)]
    before, after = outcomes(proposal, law, D(200)), outcomes(replace(proposal, storeys=tuple(rows)), law, D(200))
    assert not [code for code in after if after[code] is Outcome.PASS and before[code] is not Outcome.PASS]


@given(proposals(), laws(), st.sampled_from(sorted(LIMITS)))
def test_what_is_not_known_is_never_accepted(proposal, law, code):
    subjects = [s for s in law["subjects"] if s["code"] != code]
    unknown = {**law, "subjects": [*subjects, subject(code, None, outcome="not_known")]}
    found = check_all(proposal, measured(D(200)), unknown, VOCABULARY)
    assert next(c.outcome for c in found.checks if c.code == code) is Outcome.CANNOT
    assert found.outcome is not Outcome.PASS


@given(proposals(), laws(), st.sampled_from(sorted(LIMITS)), st.data())
def test_a_stricter_limit_never_accepts_more(proposal, law, code, data):
    if code in ("min_parking", "permitted_use", "front_setback", "stair_head_height", "parapet_height"):
        return
    one, other = sorted(data.draw(st.tuples(LIMITS[code], LIMITS[code])))
    rest = [s for s in law["subjects"] if s["code"] != code]
    strict, mild = (outcomes(proposal, {**law, "subjects": [*rest, subject(code, v)]}, D(200)) for v in (one, other))
    assert not (strict[code] is Outcome.PASS and mild[code] is not Outcome.PASS)
