"""The stored periods always equal what the acts say, however they came to be; and the command that proves it."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db.backends.postgresql.psycopg_any import DateRange
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.common.errors import ParvanehError
from apps.legal.acts import ActKind
from apps.legal.models import InForcePeriod, LegalAct
from apps.legal.projecting import differs, group_of, records_of, scopes_of
from apps.legal.rules import status_on
from apps.legal.selectors import law_snapshot, statuses_at
from tests.legal.build import Desk, box, edition, spot
from tests.legal.replay import day

pytestmark = pytest.mark.django_db
DAYS = 6
# Scopes on a grid of 5 m; one cell of each kind is asked.
SCOPES = [None, None, (0, 0, 10, 10), (5, 0, 15, 10), (0, 5, 5, 15)]
CELLS = [(2, 2), (7, 7), (12, 2), (2, 12), (17, 12)]
_steps = st.lists(
    st.tuples(
        st.sampled_from([k for k in ActKind if k is not ActKind.APPROVE]),
        st.integers(0, 1),
        st.integers(0, DAYS),
        st.sampled_from(SCOPES),
    ),
    min_size=2,
    max_size=7,
)


def attempt(desk: Desk, plans, step) -> None:
    """Record what can be recorded; what the door refuses is not part of the history."""
    kind, which, number, scope = step
    plan = plans[which]
    stops = LegalAct.objects.filter(instrument=plan, kind=ActKind.SUSPEND)
    extra = {
        "lifts": stops.order_by("pk").last() if kind is ActKind.LIFT else None,
        "replaced_by": plans[1] if kind is ActKind.REPLACE else None,
        "scope": box(*scope) if scope else None,
        "recorded_at": None,
    }
    try:
        desk.do(kind, plan, day(number).isoformat(), **extra)
    except ParvanehError:
        return


def scopes_by_cell(acts) -> dict[tuple[int, int], frozenset[int]]:
    scopes = scopes_of(acts)
    return {cell: frozenset(pk for pk, scope in scopes.items() if scope.contains(spot(*cell))) for cell in CELLS}


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_steps)
def test_act_after_act_the_periods_are_those_of_a_rebuild_and_of_the_replay(desk: Desk, steps) -> None:
    serial = LegalAct.objects.count()
    plans = [edition(f"plan-{serial}-{n}") for n in (0, 1)]
    for plan in plans:
        desk.do("approve", plan, day(0).isoformat(), recorded_at=None)
    for step in [(ActKind.PROMULGATE, 0, 1, None), *steps]:
        attempt(desk, plans, step)
        assert not any(differs(group_of(plan.pk)) for plan in plans)
    acts = records_of([plan.pk for plan in plans])
    cells = scopes_by_cell(acts)
    for known_at in [acts[0].recorded_at - timedelta(microseconds=1), *(a.recorded_at for a in acts[1::2])]:
        for number in range(-1, DAYS + 2):
            check_places(plans, acts, day(number), known_at, cells)


def check_places(plans, acts, on, known_at, cells) -> None:
    for plan in plans:
        law = law_snapshot(on=on, known_at=known_at).by_id.get(plan.pk)
        uneven = law is not None and law.scoped
        for cell, inside in list(cells.items())[: len(cells) if uneven else 1]:
            (part,) = statuses_at(instrument=plan, place=spot(*cell), on=on, known_at=known_at)
            assert part.status is status_on(acts, instrument=plan.pk, on=on, known_at=known_at, inside=inside)


def _run(*arguments: str) -> str:
    out = StringIO()
    call_command("rebuild_periods", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def history(desk: Desk) -> Desk:
    old, new = edition("old"), edition("new")
    desk.in_force(old, "2020-01-01")
    desk.in_force(new, "2021-01-01")
    desk.do("replace", old, "2021-01-01", replaced_by=new, scope=box(0, 0, 10, 10))
    desk.do("suspend", new, "2021-05-01")
    desk.in_force(edition("alone"), "2020-01-01")
    return desk


def test_check_passes_on_what_stands_and_rebuild_changes_nothing(history: Desk) -> None:
    rows = set(InForcePeriod.objects.values_list("pk", flat=True))
    assert "8 acts in 2 groups" in _run("--check")
    assert "0 periods were wrong" in _run()
    assert set(InForcePeriod.objects.values_list("pk", flat=True)) == rows


@pytest.mark.parametrize("harm", ["lost", "changed", "invented", "moved", "emptied"])
def test_check_finds_a_wrong_period_and_rebuild_mends_it(history: Desk, harm: str) -> None:
    rows = InForcePeriod.objects.filter(instrument__code="old")
    scoped = rows.exclude(scope_key="")
    if harm == "lost":
        rows.filter(status="in_force").delete()
    elif harm == "changed":
        rows.filter(status="replaced").update(status="in_force")
    elif harm == "moved":
        scoped.update(scope=box(0, 0, 10, 11))
    elif harm == "emptied":
        InForcePeriod.objects.all().delete()
    else:
        ghost = edition("ghost")
        facts = {"status": "in_force", "legal": DateRange(None, None), "known": rows[0].known}
        InForcePeriod.objects.create(instrument=ghost, **facts)
    before = sorted(InForcePeriod.objects.values_list("pk", flat=True))
    with pytest.raises(CommandError, match="ghost" if harm == "invented" else "new, old"):
        _run("--check")
    assert sorted(InForcePeriod.objects.values_list("pk", flat=True)) == before, "--check writes nothing"
    _run()
    assert "8 acts" in _run("--check")


def test_no_acts_no_periods(db: None) -> None:
    assert "0 acts in 0 groups stand for 0 periods" in _run("--check")
    assert "0 periods were wrong" in _run()
