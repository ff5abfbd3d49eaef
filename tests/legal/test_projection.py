"""The projection equals a replay of the acts: every instrument, day, instant and place."""

from itertools import chain, combinations

from hypothesis import given, settings

from apps.legal.acts import ActKind, ActRecord, Period, Status
from apps.legal.projection import project
from apps.legal.rules import status_on, verdict_on
from tests.legal.replay import DAYS, INSTRUMENTS, day, histories, instant, replay

EVERYWHERE = frozenset[int]()


def atoms_of(acts) -> dict[int, list[frozenset[int]]]:
    scopes = [a.scope for a in acts if a.scope is not None][:4]
    sets = chain.from_iterable(combinations(scopes, size) for size in range(len(scopes) + 1))
    atoms = [frozenset(s) for s in sets]
    return dict.fromkeys(range(1, INSTRUMENTS + 1), atoms)


def holds(period: Period, on, known_at) -> bool:
    legal = (period.legal_from is None or period.legal_from <= on) and (period.legal_to is None or on < period.legal_to)
    return legal and period.known_from <= known_at and (period.known_to is None or known_at < period.known_to)


def read(periods, instrument: int, on, known_at, inside) -> tuple[Status, int | None]:
    found = [p for p in periods if p.instrument == instrument and p.inside == inside and holds(p, on, known_at)]
    assert len(found) <= 1, "periods overlap"
    return (found[0].status, found[0].act) if found else (Status.DRAFT, None)


def questions(acts, atoms):
    for instrument in atoms:
        for inside in atoms[instrument]:
            for known in range(len(acts) + 1):
                for on in range(-3, DAYS + 2):
                    yield instrument, day(on), instant(known), inside


@settings(max_examples=60, deadline=None)
@given(histories())
def test_projection_equals_the_replay_of_acts(acts) -> None:
    atoms = atoms_of(acts)
    periods = project(acts, atoms)
    for instrument, on, known_at, inside in questions(acts, atoms):
        status, _ = read(periods, instrument, on, known_at, inside)
        assert status.value == replay(acts, instrument, on, known_at, inside)


@settings(max_examples=40, deadline=None)
@given(histories())
def test_projection_names_the_act_that_the_fold_names(acts) -> None:
    atoms = atoms_of(acts)
    periods = project(acts, atoms)
    for instrument, on, known_at, inside in questions(acts, atoms):
        verdict = verdict_on(acts, instrument=instrument, on=on, known_at=known_at, inside=inside)
        named = verdict.act.id if verdict.act else None
        assert read(periods, instrument, on, known_at, inside) == (verdict.status, named)


@settings(max_examples=60, deadline=None)
@given(histories())
def test_an_act_changes_no_answer_from_before_it_was_recorded(acts) -> None:
    """However early the day from which it works: known_at < recorded_at sees the law without it."""
    atoms = atoms_of(acts)
    whole, without = project(acts, atoms), project(acts[:-1], atoms)
    for instrument, on, known_at, inside in questions(acts[:-1], atoms):
        assert read(whole, instrument, on, known_at, inside) == read(without, instrument, on, known_at, inside)


@settings(max_examples=60, deadline=None)
@given(histories())
def test_periods_are_minimal_and_tile_all_days(acts) -> None:
    periods = project(acts, atoms_of(acts))
    keys = {
        (p.instrument, p.inside, p.status, p.act, p.legal_from, p.legal_to, p.known_from): p.known_to for p in periods
    }
    assert len(keys) == len(periods)
    for key, ended in keys.items():
        assert (*key[:6], ended) not in keys, "two neighbours in recording time could be one"
    for p in periods:
        assert p.known_to is None or p.known_from < p.known_to
        assert p.legal_from is None or p.legal_to is None or p.legal_from < p.legal_to
        twin = [
            q for q in periods
            if (q.instrument, q.inside, q.status, q.act) == (p.instrument, p.inside, p.status, p.act)
            and q.legal_from == p.legal_to is not None
            and (q.known_from, q.known_to) == (p.known_from, p.known_to)
        ]  # fmt: skip
        assert not twin, "two neighbours in days could be one"


@settings(max_examples=30, deadline=None)
@given(histories())
def test_every_atom_has_an_answer_as_soon_as_the_instrument_has_an_act_and_none_before(acts) -> None:
    """Also an atom that the first act does not reach: else a part of the plan would look like the whole of it."""
    atoms = atoms_of(acts)
    periods = project(acts, atoms)
    first = {i: min(a.recorded_at for a in acts if a.instrument == i) for i in atoms}
    for instrument, on, known_at, inside in questions(acts, atoms):
        mine = [p for p in periods if p.instrument == instrument and p.inside == inside]
        assert any(holds(p, on, known_at) for p in mine) == (known_at >= first[instrument])


@settings(max_examples=60, deadline=None)
@given(histories())
def test_order_in_which_acts_are_handed_over_does_not_matter(acts) -> None:
    atoms = atoms_of(acts)
    assert set(project(acts, atoms)) == set(project(tuple(reversed(acts)), atoms))


def act(number: int, kind: ActKind, effective: int, **extra) -> ActRecord:
    facts = {"instrument": 1, "act_date": day(effective), "recorded_at": instant(number)}
    return ActRecord(id=number, kind=kind, effective_on=day(effective), **{**facts, **extra})


def test_bounds_are_half_open_in_both_times() -> None:
    acts = (act(1, ActKind.APPROVE, 0), act(2, ActKind.PROMULGATE, 2), act(3, ActKind.REPEAL, 5))
    periods = project(acts, {1: [EVERYWHERE]})
    force = [p for p in periods if p.status is Status.IN_FORCE]
    assert [(p.legal_from, p.legal_to, p.known_from, p.known_to) for p in force] == [
        (day(2), None, instant(2), instant(3)),
        (day(2), day(5), instant(3), None),
    ]
    assert status_on(acts, instrument=1, on=day(4), known_at=instant(3)) is Status.IN_FORCE
    assert status_on(acts, instrument=1, on=day(5), known_at=instant(3)) is Status.REPEALED


def test_a_retroactive_annulment_rewrites_past_days_only_from_its_recording_on() -> None:
    acts = (act(1, ActKind.APPROVE, 0), act(2, ActKind.PROMULGATE, 0), act(3, ActKind.ANNUL, 0, act_date=day(8)))
    periods = project(acts, {1: [EVERYWHERE]})
    assert read(periods, 1, day(4), instant(2), EVERYWHERE)[0] is Status.IN_FORCE
    assert read(periods, 1, day(4), instant(3), EVERYWHERE)[0] is Status.ANNULLED


def test_an_instrument_without_acts_has_no_periods() -> None:
    assert project((act(1, ActKind.APPROVE, 0),), {2: [EVERYWHERE]}) == ()
