"""The write door: what it refuses, with words that say what to do, and what it does when it accepts."""

from datetime import date, timedelta

import pytest
from django.contrib.gis.geos import Polygon

from apps.common import clock
from apps.common.errors import BadInputError, ConflictError, ParvanehError
from apps.common.events import subscribe
from apps.legal.events import ActRecorded
from apps.legal.models import InForcePeriod, Instrument, InstrumentKind, LegalAct, Rank
from apps.legal.services import register_instrument
from tests.legal.build import Desk, at, box, edition

pytestmark = pytest.mark.django_db


def refused(error: type[ParvanehError], words: str, call) -> None:
    """The call raises, says so in both languages, and leaves nothing behind."""
    acts, periods = LegalAct.objects.count(), set(InForcePeriod.objects.values_list("pk", "known"))
    with pytest.raises(error, match=words) as caught:
        call()
    assert caught.value.message.fa != caught.value.message.en
    assert LegalAct.objects.count() == acts
    assert set(InForcePeriod.objects.values_list("pk", "known")) == periods


def test_two_people(desk: Desk) -> None:
    plan = edition("plan")
    refused(BadInputError, "two people", lambda: desk.do("approve", plan, "2020-01-01", countersigned_by=desk.first))


@pytest.mark.parametrize("kind", ["promulgate", "suspend", "annul", "repeal"])
def test_nothing_before_approval(desk: Desk, kind: str) -> None:
    plan = edition("plan")
    refused(ConflictError, "not approved on", lambda: desk.do(kind, plan, "2020-01-01"))
    desk.do("approve", plan, "2020-01-05")
    early = {"effective": "2020-01-04", "recorded": "2020-01-06"}
    words = "must be the act's date" if kind == "promulgate" else "not approved on 2020-01-04"
    error = BadInputError if kind == "promulgate" else ConflictError
    refused(error, words, lambda: desk.do(kind, plan, "2020-01-06", **early))


def test_approved_and_promulgated_once(desk: Desk) -> None:
    plan = edition("plan")
    desk.in_force(plan, "2020-01-01")
    refused(ConflictError, "approval of this instrument is already", lambda: desk.do("approve", plan, "2020-02-01"))
    refused(ConflictError, "promulgation of this instrument is", lambda: desk.do("promulgate", plan, "2020-02-01"))


def test_an_approval_slipped_in_before_the_standing_one_is_refused(desk: Desk) -> None:
    plan = edition("plan")
    desk.in_force(plan, "2020-01-05")
    refused(ConflictError, "already recorded", lambda: desk.do("approve", plan, "2020-01-01", recorded="2020-02-01"))


def test_approval_works_from_its_own_day(desk: Desk) -> None:
    plan = edition("plan")
    refused(BadInputError, "own day", lambda: desk.do("approve", plan, "2020-01-01", effective="2020-01-02"))


@pytest.mark.parametrize("last", ["annul", "repeal"])
@pytest.mark.parametrize("next_one", ["suspend", "annul", "repeal"])
def test_nothing_after_the_end(desk: Desk, last: str, next_one: str) -> None:
    plan = edition("plan")
    desk.in_force(plan, "2020-01-01")
    desk.do(last, plan, "2020-03-01")
    refused(ConflictError, "ended on 2020-03-01", lambda: desk.do(next_one, plan, "2020-04-01"))


def test_after_a_part_was_annulled_the_rest_lives_on(desk: Desk) -> None:
    plan = edition("plan")
    desk.in_force(plan, "2020-01-01")
    desk.do("annul", plan, "2020-03-01", scope=box(0, 0, 10, 10))
    gone = box(2, 2, 8, 8)
    refused(ConflictError, "ended on", lambda: desk.do("suspend", plan, "2020-04-01", scope=gone))
    assert desk.do("suspend", plan, "2020-04-01", scope=box(5, 5, 15, 15)).pk


def test_lift_names_an_active_suspension_of_the_same_instrument(desk: Desk) -> None:
    plan, other = edition("plan"), edition("other")
    promulgation = desk.in_force(plan, "2020-01-01")
    desk.in_force(other, "2020-01-01")
    stop, other_stop = desk.do("suspend", plan, "2020-03-01"), desk.do("suspend", other, "2020-03-01")
    for wrong in (None, promulgation, other_stop):
        refused(BadInputError, "must name", lambda wrong=wrong: desk.do("lift", plan, "2020-04-01", lifts=wrong))
    refused(BadInputError, "must name", lambda: desk.do("repeal", plan, "2020-04-01", lifts=stop))
    early = {"effective": "2020-02-01", "lifts": stop}
    refused(ConflictError, "not active on 2020-02-01", lambda: desk.do("lift", plan, "2020-04-01", **early))
    desk.do("lift", plan, "2020-04-01", lifts=stop)
    refused(ConflictError, "already lifted", lambda: desk.do("lift", plan, "2020-05-01", lifts=stop))


def test_replacement_names_a_successor_of_the_same_kind_and_never_runs_in_a_circle(desk: Desk) -> None:
    a, b, c = edition("a"), edition("b"), edition("c")
    for plan in (a, b, c):
        desk.in_force(plan, "2020-01-01")
    tariff = edition("tariff", kind=InstrumentKind.TARIFF)
    refused(BadInputError, "must name its successor", lambda: desk.do("replace", a, "2020-02-01"))
    refused(BadInputError, "same kind", lambda: desk.do("replace", a, "2020-02-01", replaced_by=tariff))
    refused(BadInputError, "must name its successor", lambda: desk.do("repeal", a, "2020-02-01", replaced_by=b))
    refused(ConflictError, "leads back", lambda: desk.do("replace", a, "2020-02-01", replaced_by=a))
    desk.do("replace", a, "2020-02-01", replaced_by=b)
    refused(ConflictError, "replacement of this", lambda: desk.do("replace", a, "2020-02-02", replaced_by=b))
    desk.do("replace", b, "2020-02-01", replaced_by=c)
    refused(ConflictError, "leads back", lambda: desk.do("replace", c, "2020-03-01", replaced_by=a))


def test_scope_must_be_an_area_of_an_edition(desk: Desk) -> None:
    plan, tariff = edition("plan"), edition("tariff", kind=InstrumentKind.TARIFF)
    desk.in_force(plan, "2020-01-01")
    desk.in_force(tariff, "2020-01-01")
    bowtie = Polygon([(0, 0), (10, 10), (10, 0), (0, 10), (0, 0)], srid=box(0, 0, 1, 1).srid)
    refused(BadInputError, "Mend it", lambda: desk.do("suspend", plan, "2020-02-01", scope=bowtie))
    refused(BadInputError, "layer edition", lambda: desk.do("suspend", tariff, "2020-02-01", scope=box(0, 0, 1, 1)))


def test_number_body_and_document_are_needed(desk: Desk) -> None:
    plan = edition("plan")
    for name in ("number", "body_fa", "body_en", "document"):
        refused(BadInputError, name, lambda name=name: desk.do("approve", plan, "2020-01-01", **{name: " "}))
    with pytest.raises(BadInputError, match="no kind of act"):
        desk.do("bless", plan, "2020-01-01")


@pytest.mark.parametrize("name", ["number", "body_fa", "body_en", "document", "reason_fa", "reason_en"])
def test_control_characters_never_become_law(desk: Desk, name: str) -> None:
    """Acts are never changed: one such character would break the public feed and the files for good."""
    made = edition("hc")
    refused(BadInputError, "control characters", lambda: desk.do("approve", made, "2020-01-01", **{name: "a\x0bb"}))
    assert not LegalAct.objects.exists()
    desk.do("approve", made, "2020-01-01", reason_fa="سطر یک\r\nسطر دو\tپایان")


def test_a_title_has_no_control_characters(db: None) -> None:
    titles = {"title_fa": "نام", "title_en": "na\x01me"}
    refused(
        BadInputError, "control characters",
        lambda: register_instrument(code="x", kind=InstrumentKind.EDITION, **titles),
    )  # fmt: skip
    assert not Instrument.objects.filter(code="x").exists()


def test_the_same_act_is_recorded_once(desk: Desk) -> None:
    plan = edition("plan")
    desk.do("approve", plan, "2020-01-01", number="نمونه-۷")
    refused(ConflictError, "already recorded", lambda: desk.do("approve", plan, "2020-01-01", number="نمونه-۷"))


def test_recorded_neither_in_the_future_nor_before_the_signature_nor_out_of_order(desk: Desk) -> None:
    plan, other = edition("plan"), edition("other")
    later = clock.now() + timedelta(hours=1)
    refused(BadInputError, "future", lambda: desk.do("approve", plan, "2020-01-01", recorded_at=later))
    naive = at("2020-01-01").replace(tzinfo=None)
    refused(BadInputError, "time zone", lambda: desk.do("approve", plan, "2020-01-01", recorded_at=naive))
    refused(BadInputError, "dated after", lambda: desk.do("approve", plan, "2020-01-05", recorded="2020-01-04"))
    first = desk.do("approve", plan, "2020-01-05")
    before = {"recorded_at": first.recorded_at - timedelta(seconds=1)}
    refused(ConflictError, "order of recording", lambda: desk.do("promulgate", plan, "2020-01-05", **before))
    same = {"recorded_at": first.recorded_at}
    refused(ConflictError, "unique", lambda: desk.do("approve", other, "2020-01-01", **same))
    assert desk.do("approve", other, "2020-01-01", **before).pk, "history of another group may lie before"


def test_recorded_at_grows_even_when_the_clock_stands_still(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: at("2020-01-05"))
    plan = edition("plan")
    acts = [desk.do(k, plan, "2020-01-05", recorded_at=None) for k in ("approve", "promulgate", "suspend")]
    tick = timedelta(microseconds=1)
    assert [a.recorded_at for a in acts] == [at("2020-01-05"), at("2020-01-05") + tick, at("2020-01-05") + 2 * tick]


def test_others_are_told_after_commit_and_only_then(desk: Desk, django_capture_on_commit_callbacks) -> None:
    heard: list[ActRecorded] = []
    subscribe(ActRecorded, heard.append)
    plan, heir = edition("plan"), edition("heir")
    with django_capture_on_commit_callbacks(execute=True):
        act = desk.do("approve", plan, "2020-01-01")
        assert heard == []
    assert (heard[0].act, heard[0].kind, heard[0].scoped, heard[0].group) == (act.pk, "approve", False, (plan.pk,))
    with django_capture_on_commit_callbacks(execute=True):
        desk.do("replace", plan, "2020-02-01", replaced_by=heir, scope=box(0, 0, 1, 1))
    assert (heard[1].scoped, set(heard[1].group)) == (True, {plan.pk, heir.pk})
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(ConflictError):
        desk.do("approve", plan, "2020-01-02")
    assert len(heard) == 2


def test_the_stored_act_is_what_was_handed_in(desk: Desk) -> None:
    plan = edition("plan")
    act = desk.do("approve", plan, "2020-01-01", number=" نمونه-۹ ", reason_fa="چون", reason_en="because")
    stored = LegalAct.objects.get(pk=act.pk)
    assert (stored.number, stored.act_date, stored.reason_fa) == ("نمونه-۹", date(2020, 1, 1), "چون")
    assert (stored.recorded_by, stored.countersigned_by) == (desk.first, desk.second)


def test_a_rulebook_without_a_table_is_not_approved(desk: Desk) -> None:
    book = edition("book", kind=InstrumentKind.RULEBOOK)
    refused(ConflictError, "Load the table first", lambda: desk.do("approve", book, "2020-01-01"))


def test_an_instrument_is_registered_once(db: None) -> None:
    first = edition("plan")
    assert edition("plan") == first
    with pytest.raises(ConflictError, match="other facts"):
        edition("plan", rank=Rank.LOCAL_PLAN)
    with pytest.raises(ConflictError, match="other facts"):
        register_instrument(code="plan", kind=InstrumentKind.EDITION, title_fa="دیگر", title_en="Other")
