"""Reports: asked for, computed batch by batch, killed and taken up, stopped, stale; nothing is doubled."""

from datetime import date, timedelta

import pytest

from apps.common import clock
from apps.common.errors import BadInputError, ConflictError, ForbiddenError
from apps.common.text import Text
from apps.impact import filling, running, services
from apps.impact.models import ImpactChange, ImpactParcel, ImpactReport, ReportState
from apps.legal.models import Instrument
from apps.parties.models import Role
from apps.parties.services import ensure_assignment
from tests.extracts.conftest import Grid, box
from tests.impact import brute

LABEL = Text("ویرایش تازه", "A new edition")
DAY = clock.today()
SINCE = date(2010, 1, 1)


@pytest.fixture
def city(db) -> Grid:
    """Two chunks of three parcels each; 'hc-2' (draft) gives the western half of the city another code.

    H3 everywhere in force ("hc-1"); the draft: H5 for x < 15.
    """
    grid = Grid()
    theme = grid.theme("height_code")
    everywhere = box(-50, -50, 3000, 3000)
    grid.edition(theme, "hc-1", {"H3": everywhere}, coverage=everywhere)
    grid.edition(theme, "hc-2", {"H5": box(-50, -50, 15, 3000)}, coverage=box(-50, -50, 15, 3000))
    grid.in_force("hc-1", "2015-01-01")
    for number, (x, y) in enumerate([(0, 0), (10, 0), (20, 0), (0, 1000), (10, 1000), (20, 1000)], start=1):
        grid.parcel(f"3-1-{number}-1-0-0-0", box(x, y, x + 10, y + 10))
    grid.overlay()
    ensure_assignment(person=grid.clerk, role=Role.RULE_EDITOR, since=SINCE)
    return grid


def ask(grid: Grid, **extra: object) -> ImpactReport:
    asked = {"on": DAY, "person": grid.clerk, "label": LABEL, **extra}
    return services.request_report_for_instruments(instruments=[Instrument.objects.get(code="hc-2")], **asked)


def rows(report: ImpactReport) -> set[tuple[int, str]]:
    kinds = dict(ImpactChange.objects.filter(report=report).values_list("number", "kind"))
    listed = list(ImpactParcel.objects.filter(report=report).values_list("version", "change"))
    assert len(listed) == len(set(listed))
    return {(version, kinds[change]) for version, change in listed}


def expected(report: ImpactReport) -> set[tuple[int, str]]:
    from apps.impact.acts_json import acts_of

    return set(brute.changes(acts=acts_of(report.acts), on=report.on, kinds=report.kinds))


def test_a_report_holds_what_composing_every_parcel_twice_shows(city):
    report = ask(city, kinds=["NEW", "REPAIR"])
    running.perform(report.pk)
    report.refresh_from_db()
    assert report.state == ReportState.DONE
    assert rows(report) == expected(report) != set()
    assert report.summary["NEW"]["parcels"] == 4
    assert report.summary["NEW"]["area_m2"] == 400
    (theme,) = (g for g in report.summary["NEW"]["groups"] if g["what"] == "theme")
    told = {(*line["was"]["codes"], "→", *line["would_be"]["codes"]): line["parcels"] for line in theme["lines"]}
    assert told == {("H3", "→", "H5"): 2, ("H3", "→", "H3", "H5"): 2}
    assert theme["lines"][0]["districts"] == {"3": {"parcels": 2, "area_m2": 200}}


def test_asked_again_under_the_same_law_it_is_the_same_report(city):
    first = ask(city)
    assert ask(city) == first
    running.perform(first.pk)
    assert ask(city) == first
    city.act("hc-1", "suspend", "2016-01-01", recorded=clock.now())
    assert ask(city) != first


@pytest.mark.parametrize("dies_in", ["write", "count"])
def test_a_worker_killed_in_the_middle_doubles_nothing(city, monkeypatch, dies_in):
    monkeypatch.setattr(filling, "BATCH_PARCELS", 1)
    report = ask(city)
    real, seen = filling._write, []

    def dying(*args: object) -> None:
        seen.append(1)
        if len(seen) == 2 and dies_in == "write":
            raise KeyboardInterrupt
        real(*args)
        if len(seen) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(filling, "_write", dying)
    with pytest.raises(KeyboardInterrupt):
        running.perform(report.pk)
    report.refresh_from_db()
    assert (report.state, report.done, len(report.plan)) == (ReportState.RUNNING, 1, 2)
    running.perform(report.pk)  # the message comes again while the dead worker still counts as alive
    assert len(seen) == 2
    assert running.revive(at=clock.now() + 2 * running.STALE) == 1
    ImpactReport.objects.update(heartbeat=clock.now() - 2 * running.STALE)
    running.perform(report.pk)
    report.refresh_from_db()
    assert (report.state, report.done, report.attempt) == (ReportState.DONE, 2, 2)
    assert rows(report) == expected(report)
    assert report.looked_at == 4


def test_law_that_moves_between_two_workers_begins_the_report_anew(city, monkeypatch):
    monkeypatch.setattr(filling, "BATCH_PARCELS", 1)
    report = ask(city)
    monkeypatch.setattr(filling, "_finish", lambda _run: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        running.perform(report.pk)
    monkeypatch.undo()
    city.act("hc-1", "suspend", "2016-01-01", recorded=clock.now())
    ImpactReport.objects.update(heartbeat=clock.now() - 2 * running.STALE)
    running.perform(report.pk)
    report.refresh_from_db()
    assert report.state == ReportState.DONE
    assert rows(report) == expected(report)


def test_a_report_that_is_stopped_leaves_nothing(city, monkeypatch):
    monkeypatch.setattr(filling, "BATCH_PARCELS", 1)
    report = ask(city)
    real = filling._batch

    def stopped(run: object, place: int) -> None:
        if place:
            services.cancel(report=report, person=city.clerk)
        real(run, place)

    monkeypatch.setattr(filling, "_batch", stopped)
    running.perform(report.pk)
    report.refresh_from_db()
    assert report.state == ReportState.CANCELLED
    assert not ImpactParcel.objects.exists()
    assert not ImpactChange.objects.exists()
    running.perform(report.pk)
    assert ImpactReport.objects.get().state == ReportState.CANCELLED


def test_one_that_was_not_begun_is_stopped_at_once(city):
    report = ask(city)
    services.cancel(report=report, person=city.clerk)
    assert ImpactReport.objects.get().state == ReportState.CANCELLED


def test_it_waits_for_an_overlay_that_is_still_computed(city):
    city.parcel("3-1-9-1-0-0-0", box(30, 0, 40, 10))
    report = ask(city)
    running.perform(report.pk)
    report.refresh_from_db()
    assert (report.state, report.attempt) == (ReportState.WAITING, 1)
    city.overlay()
    assert running.revive(at=clock.now() + timedelta(minutes=1)) == 1
    running.perform(report.pk)
    report.refresh_from_db()
    assert (report.state, report.attempt) == (ReportState.DONE, 1)


def test_acts_that_the_law_refuses_end_in_words(city):
    report = ask(city)
    city.act("hc-2", "approve", "2016-01-01")
    city.act("hc-2", "repeal", "2016-01-01", recorded=clock.now())
    running.perform(report.pk)
    report.refresh_from_db()
    assert report.state == ReportState.FAILED
    assert set(report.error) == {"fa", "en"}


def test_after_some_dead_workers_it_gives_up(city):
    report = ask(city)
    ImpactReport.objects.update(state=ReportState.RUNNING, attempt=running.MOST_ATTEMPTS)
    running.perform(report.pk)
    assert ImpactReport.objects.get().state == ReportState.FAILED


def test_who_may_not_edit_the_theme_may_not_ask(city):
    with pytest.raises(ForbiddenError):
        ask(city, person=city.head)
    ensure_assignment(person=city.head, role=Role.AUDITOR, since=SINCE)
    with pytest.raises(ForbiddenError):
        ask(city, person=city.head)
    ensure_assignment(person=city.head, role=Role.RULE_APPROVER, since=SINCE, themes=["land_use"])
    with pytest.raises(ForbiddenError):
        ask(city, person=city.head)


@pytest.mark.parametrize("kinds", [["NONSENSE"], []])
def test_permit_kinds_that_are_not_known_are_refused(city, kinds):
    with pytest.raises(BadInputError):
        ask(city, kinds=kinds)


def test_a_report_on_no_act_is_refused(city):
    with pytest.raises(BadInputError):
        services.request_report(acts=[], on=DAY, person=city.clerk, label=LABEL)


def test_law_that_is_no_draft_is_refused(city):
    with pytest.raises(ConflictError):
        services.request_report_for_instruments(
            instruments=[Instrument.objects.get(code="hc-1")], on=DAY, person=city.clerk, label=LABEL
        )


def test_a_layer_that_was_not_taken_in_is_refused(city):
    from gis_layers.models import Edition

    Edition.objects.filter(instrument__code="hc-2").update(state="staging")
    with pytest.raises(ConflictError):
        ask(city)


def test_old_reports_that_a_newer_one_replaced_are_swept(city):
    old = ask(city)
    running.perform(old.pk)
    city.act("hc-1", "suspend", "2016-01-01", recorded=clock.now())
    new = ask(city)
    running.perform(new.pk)
    ImpactReport.objects.update(requested_at=clock.now() - 2 * services.SWEEP_DAYS)
    ImpactReport.objects.filter(pk=new.pk).update(requested_at=clock.now() - services.SWEEP_DAYS - timedelta(days=1))
    assert services.sweep() == 1
    assert list(ImpactReport.objects.values_list("pk", flat=True)) == [new.pk]
    assert set(ImpactParcel.objects.values_list("report", flat=True)) == {new.pk}
