"""Drafts of acts: what is signed is what was written and shown; what is closed never changes again."""

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from itertools import pairwise

import pytest
from django.db import DatabaseError, transaction

from apps.common import clock
from apps.common.errors import BadInputError, ConflictError
from apps.common.text import Text
from apps.legal.acts import ActKind, Status
from apps.legal.drafts import DraftFacts, Target, current_seal, revise_draft, sign_draft, withdraw_draft, write_draft
from apps.legal.drafts_documents import address_of, document_at, keep_document
from apps.legal.drafts_preview import preview
from apps.legal.models import ActDocument, ActDraft, DraftState, DraftTarget, InstrumentKind, LegalAct
from apps.legal.selectors import is_in_force, law_snapshot, law_version
from tests.legal.build import Desk, box, edition

PDF = b"%PDF-1.4\nminutes\n%%EOF\n"
DAY = date(2024, 5, 1)


@pytest.fixture(autouse=True)
def media(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path


def facts(desk: Desk, kind: str, *targets, **extra) -> DraftFacts:
    document = keep_document(file=BytesIO(PDF), name="minutes.pdf", by=desk.first)
    named = tuple(t if isinstance(t, Target) else Target(t) for t in targets)
    given = {"number": "7", "act_date": DAY, "effective_on": DAY, "body": Text("مرجع", "Body"), **extra}
    return DraftFacts(kind=ActKind(kind), document=document, targets=named, **given)


def write(desk: Desk, kind: str, *targets, **extra) -> ActDraft:
    return write_draft(facts=facts(desk, kind, *targets, **extra), by=desk.first)


def sign(desk: Desk, draft: ActDraft, seal: str = "") -> tuple[LegalAct, ...]:
    return sign_draft(draft=draft.pk, by=desk.second, seal=seal or current_seal(draft))


def test_one_order_on_several_instruments_is_one_act_for_each_a_microsecond_apart(desk: Desk) -> None:
    plans = [edition(code) for code in ("c", "a", "b")]
    draft = write(desk, "approve", *plans)
    assert not LegalAct.objects.exists()
    acts = sign(desk, draft)
    assert [act.instrument.code for act in acts] == ["c", "a", "b"]
    apart = [b.recorded_at - a.recorded_at for a, b in pairwise(acts)]
    assert apart == [timedelta(microseconds=1)] * 2
    draft.refresh_from_db()
    assert (draft.state, draft.closed_by) == (DraftState.SIGNED, desk.second)
    assert [t.act for t in draft.targets.all()] == list(acts)
    assert {(a.recorded_by, a.countersigned_by, a.number) for a in acts} == {(desk.first, desk.second, "7")}


def test_if_one_of_several_cannot_be_signed_none_is(desk: Desk) -> None:
    ready, other = edition("a"), edition("b")
    desk.do("approve", ready, "2024-01-01")
    desk.do("approve", other, "2024-01-01")
    draft = write(desk, "promulgate", ready, other)
    seal = current_seal(draft)
    desk.do("annul", other, "2024-02-01")
    with pytest.raises(ConflictError, match="changed since you looked"):
        sign(desk, draft, seal)
    with pytest.raises(ConflictError, match="ended on"):
        sign(desk, draft)
    assert not LegalAct.objects.filter(kind="promulgate").exists()
    assert ActDraft.objects.get().state == DraftState.DRAFTED


def test_what_cannot_be_signed_is_not_written(desk: Desk) -> None:
    plan = edition("plan")
    for kind, extra, error, words in (
        ("promulgate", {}, ConflictError, "not approved"),
        ("approve", {"number": " "}, BadInputError, "number"),
        ("approve", {"effective_on": date(2024, 6, 1)}, BadInputError, "own day"),
        ("approve", {"act_date": date(2999, 1, 1), "effective_on": date(2999, 1, 1)}, BadInputError, "dated after"),
    ):
        with pytest.raises(error, match=words):
            write(desk, kind, plan, **extra)
    with pytest.raises(BadInputError, match="at least one"):
        write(desk, "approve")
    assert not ActDraft.objects.exists()


def test_an_effective_day_before_the_approval_is_refused(desk: Desk) -> None:
    plan = edition("plan")
    desk.do("approve", plan, "2024-05-10")
    with pytest.raises(ConflictError, match="not approved on 2024-05-01"):
        write(desk, "promulgate", plan)


def test_the_table_of_a_rulebook_comes_first(desk: Desk) -> None:
    with pytest.raises(ConflictError, match="no table"):
        write(desk, "approve", edition("book", kind=InstrumentKind.RULEBOOK))


def test_a_draft_changes_by_its_writer_only_and_from_what_he_saw(desk: Desk) -> None:
    plan = edition("plan")
    draft = write(desk, "approve", plan)
    seal, seen = current_seal(draft), draft.digest
    with pytest.raises(ConflictError, match="Only its writer"):
        revise_draft(draft=draft.pk, facts=facts(desk, "approve", plan), by=desk.second, seen=seen)
    changed = revise_draft(draft=draft.pk, facts=facts(desk, "approve", plan, number="8"), by=desk.first, seen=seen)
    assert changed.digest != seen
    with pytest.raises(ConflictError, match="changed since"):
        revise_draft(draft=draft.pk, facts=facts(desk, "approve", plan), by=desk.first, seen=seen)
    with pytest.raises(ConflictError, match="changed since"):
        sign(desk, draft, seal)
    assert [act.number for act in sign(desk, changed)] == ["8"]


@pytest.mark.parametrize(
    "change",
    [
        {"number": "8"}, {"act_date": date(2024, 4, 30)}, {"effective_on": date(2024, 5, 2)},
        {"scope": box(0, 0, 5, 6)},
        {"body": Text("مرجع", "Other")}, {"reason": Text("چرا", "Why")}, {"kind": ActKind.ANNUL}, {"scope": None},
    ],
    ids=["number", "act day", "effective day", "place", "body", "reason", "kind", "no place"],
)  # fmt: skip
def test_the_digest_moves_with_every_fact(desk: Desk, change: dict) -> None:
    plan = edition("plan")
    desk.in_force(plan, "2020-01-01")
    written = facts(desk, "suspend", plan, scope=box(0, 0, 5, 5))
    one = write_draft(facts=written, by=desk.first)
    same = write_draft(facts=written, by=desk.first)
    other = write_draft(facts=replace(written, **change), by=desk.first)
    assert one.digest == same.digest != other.digest


def test_a_draft_whose_row_was_changed_behind_its_digest_is_not_signed(desk: Desk) -> None:
    draft = write(desk, "approve", edition("plan"))
    seal = current_seal(draft)
    ActDraft.objects.filter(pk=draft.pk).update(number="forged")
    with pytest.raises(ConflictError, match="changed since"):
        sign(desk, draft, seal)


def test_withdrawn_and_signed_drafts_stay_as_they_are(desk: Desk) -> None:
    plan = edition("plan")
    gone, signed = write(desk, "approve", plan), write(desk, "approve", plan)
    withdraw_draft(draft=gone.pk, by=desk.first)
    sign(desk, signed)
    for draft, word in ((gone, "withdrawn"), (signed, "signed")):
        with pytest.raises(ConflictError, match=word):
            sign(desk, draft, "x")
        for change in (
            lambda d: ActDraft.objects.filter(pk=d.pk).update(number="x"),
            lambda d: ActDraft.objects.filter(pk=d.pk).update(state="drafted", closed_by=None, closed_at=None),
            lambda d: ActDraft.objects.filter(pk=d.pk).delete(),
            lambda d: DraftTarget.objects.filter(draft=d).update(position=9),
            lambda d: DraftTarget.objects.create(draft=d, position=2, instrument=edition(f"new-{d.pk}")),
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                change(draft)


def test_even_an_open_draft_is_never_deleted(desk: Desk) -> None:
    draft = write(desk, "approve", edition("plan"))
    with pytest.raises(DatabaseError, match="DELETE refused"), transaction.atomic():
        ActDraft.objects.filter(pk=draft.pk).delete()


def test_a_draft_is_no_law(desk: Desk) -> None:
    plan = edition("plan")
    desk.do("approve", plan, "2024-01-01")
    before = law_version()
    write(desk, "promulgate", plan)
    assert law_version() == before
    assert not is_in_force(plan, clock.today())


def test_the_preview_is_what_signing_does(desk: Desk) -> None:
    """Old plan; the new one replaced it, and would be stopped in a 10 m zone: there the old one governs again."""
    old, new = edition("old"), edition("new")
    desk.in_force(old, "2012-03-01")
    desk.in_force(new, "2018-06-01")
    desk.do("replace", old, "2018-06-01", replaced_by=new)
    draft = write(desk, "suspend", new, scope=box(0, 0, 10, 10))
    seen = preview(draft, day=DAY)
    assert seen.seal == current_seal(draft)
    found = {i.code: i for i in seen.instruments}
    (zone, rest) = found["old"].places
    assert [(s.since, s.until, s.was, s.becomes) for s in zone.shifts] == [
        (DAY, None, Status.REPLACED, Status.IN_FORCE)
    ]
    assert (rest.shifts, rest.places) == ((), (frozenset(),))
    assert sum(found["old"].areas[place] for place in zone.places) == pytest.approx(100)
    assert [(s.was, s.becomes) for s in found["new"].places[0].shifts] == [(Status.IN_FORCE, Status.SUSPENDED)]
    assert [act.number for act in seen.acts.values() if act.new] == ["7"]
    sign(desk, draft)
    assert {law.code: law.statuses for law in law_snapshot(on=DAY).instruments} == {
        law.code: law.statuses for law in seen.after.instruments
    }


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<html><script>alert(1)</script>", "something else"),
        (b"GIF89a%PDF-1.4 %%EOF", "something else"),
        (b"MZ\x90\x00 %PDF-", "something else"),
        (b"", "something else"),
        (b"%PDF-1.4\nhalf", "breaks off"),
        (b"\x89PNG\r\n\x1a\nhalf", "breaks off"),
        (b"\xff\xd8\xffhalf", "breaks off"),
    ],
)
def test_what_is_no_whole_document_is_refused_whatever_its_name(desk: Desk, content: bytes, words: str) -> None:
    with pytest.raises(BadInputError, match=words):
        keep_document(file=BytesIO(content), name="minutes.pdf", by=desk.first)
    assert not ActDocument.objects.exists()


def test_a_document_is_kept_once_by_its_content_under_a_name_of_ours(desk: Desk, settings) -> None:
    one = keep_document(file=BytesIO(PDF), name="../../etc/passwd\r\n.pdf", by=desk.first)
    two = keep_document(file=BytesIO(PDF), name="other.exe", by=desk.second)
    assert one == two
    assert (one.name, one.file.name) == ("passwd.pdf", f"acts/{one.sha256}.pdf")
    assert one.file.read() == PDF
    assert document_at(address_of(one.sha256)) == one
    assert document_at("sample/1393.pdf") is None
    for change in ({"name": "x"}, {"sha256": "0" * 64}):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            ActDocument.objects.filter(pk=one.pk).update(**change)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        one.delete()


def test_a_document_that_is_too_large_is_refused(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("apps.legal.drafts_documents.MAX_BYTES", 10)
    with pytest.raises(Exception, match="larger than"):
        keep_document(file=BytesIO(PDF), name="minutes.pdf", by=desk.first)
