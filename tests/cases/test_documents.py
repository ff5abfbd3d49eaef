"""Documents of a case: versions that never replace each other, who may add and take out, quotas, infections, strays."""

import hashlib
import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, OperationalError, transaction
from pytest_django import DjangoAssertNumQueries, Settings

from apps.cases import document_rules, document_upkeep, document_writing, documents
from apps.cases.document_list import documents_of
from apps.cases.document_rules import Room, check_room
from apps.cases.documents import open_version
from apps.cases.files.faults import RefusedFileError
from apps.cases.files.scanning import Scan, ScanState
from apps.cases.models import AccessRecord, Case, CaseMessage, CaseParty, DocumentVersion
from apps.cases.selectors import history, visible_case
from apps.cases.tasks import scan_documents, sweep_documents
from apps.common.clock import now
from apps.common.errors import BadInputError, ConflictError, ForbiddenError, NotFoundError, TooLargeError
from apps.parties.models import Person, Role
from tests.cases import files_build as build
from tests.cases.documents_build import (
    agent,
    case,
    elsewhere,
    files_in,
    folder,
    mandate,
    officer,
    officer_of,
    revoke,
    send,
)

__all__ = ["agent", "case", "elsewhere", "folder", "officer"]
pytestmark = pytest.mark.django_db


def taken(person: Person, case: Case, version: DocumentVersion) -> documents.OpenedVersion:
    number = version.number
    return open_version(person=person, tracking=case.tracking, document=version.document_id, number=number)


def test_a_new_version_never_replaces_the_old_one(case: Case, person: Person, officer: Person, folder: Path) -> None:
    first = send(person, case, build.pdf(), name="سند.pdf")
    second = send(person, case, build.picture(), name="IMG_1.JPG")
    assert (first.number, first.media_type, first.pages, first.name) == (1, "application/pdf", 1, "سند.pdf")
    assert (second.number, second.family, second.pages, second.name) == (2, "image", None, "IMG_1.jpg")
    assert first.document == second.document
    assert first.document.title == "سند مالکیت"
    assert len(files_in(folder)) == 2
    assert taken(person, case, first).stored.sha256 == first.sha256 != second.sha256
    told = [(e.kind, e.data["number"], e.data["as"]) for e in history(case) if e.kind == "document"]
    assert told == [("document", 1, "applicant"), ("document", 2, "applicant")]
    assert CaseMessage.objects.filter(person=officer).count() == 2
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        first.delete()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        DocumentVersion.objects.update(sha256="0" * 64)


def test_the_same_content_twice_is_one_version(case: Case, person: Person, folder: Path) -> None:
    body = build.pdf()
    for more in ({"code": "deed"}, {"title": "نامه"}):
        first = send(person, case, body, **more)
        assert send(person, case, body, name="other.pdf", **more) == first
        assert send(person, case, body, document=first.document_id) == first
    assert DocumentVersion.objects.count() == 2
    assert len(files_in(folder)) == 2


def test_the_same_content_at_the_same_moment_is_one_version(
    case: Case, person: Person, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both looked before either wrote: the second finds the first under the lock and drops its own file."""
    body = build.pdf()
    first = send(person, case, body)
    monkeypatch.setattr(documents, "same_content", lambda *_, **__: None)
    assert send(person, case, body) == first
    assert len(files_in(folder)) == 1


def test_versions_of_a_free_document(case: Case, person: Person) -> None:
    letter = send(person, case, title="  نامهٔ   همسایه ")
    assert letter.document.title == "نامهٔ همسایه"
    other = send(person, case, build.picture(), title="نامهٔ همسایه")
    assert other.document != letter.document
    assert send(person, case, build.picture("PNG"), document=letter.document_id).number == 2


@pytest.mark.parametrize("title", ["", "   ", "x" * 161, "a\x07b"])
def test_a_document_nobody_asked_for_needs_a_title(case: Case, person: Person, folder: Path, title: str) -> None:
    with pytest.raises(BadInputError, match="what this document is"):
        send(person, case, title=title)
    assert files_in(folder) == []


def test_what_is_not_asked_for_is_told(case: Case, person: Person, folder: Path) -> None:
    with pytest.raises(BadInputError, match="No such document"):
        send(person, case, code="passport")
    with pytest.raises(BadInputError, match="Send a DXF/DWG drawing"):
        send(person, case, code="plan")
    with pytest.raises(NotFoundError):
        send(person, case, document=999_999)
    assert send(person, case, build.dxf(), name="plan.dxf", code="plan").family == "drawing"
    assert len(files_in(folder)) == 1


def test_a_digest_that_differs_refuses_the_file(case: Case, person: Person, folder: Path) -> None:
    body = build.pdf()
    with pytest.raises(RefusedFileError, match="arrived damaged"):
        send(person, case, body, sha256="0" * 64)
    assert send(person, case, body, sha256=hashlib.sha256(body).hexdigest().upper()).number == 1
    assert len(files_in(folder)) == 1


def test_a_refused_file_leaves_nothing(case: Case, person: Person, folder: Path) -> None:
    for body in (b"<svg/>", build.pdf(change=build.launching), build.pdf(pages=301)):
        with pytest.raises(RefusedFileError):
            send(person, case, body)
    assert files_in(folder) == []
    assert not case.documents.exists()


def test_who_may_add(
    case: Case, person: Person, other_person: Person, agent: Person, officer: Person, elsewhere: Person
) -> None:
    for stranger in (other_person, agent, elsewhere):
        with pytest.raises(NotFoundError):
            send(stranger, case)
    only_looks = mandate(case, agent, "view")
    with pytest.raises(ForbiddenError):
        send(agent, case)
    revoke(only_looks)
    acts = mandate(case, agent, "view", "act")
    version = send(agent, case)
    assert (version.by, version.capacity) == (agent, "agent")
    revoke(acts)
    with pytest.raises(NotFoundError):
        send(agent, case, build.picture())
    with pytest.raises(NotFoundError):
        taken(agent, case, version)
    office = send(officer, case, build.picture(), title="Letter of the office")
    assert (office.document.side, office.capacity) == ("office", "case_officer")


def test_co_owners_and_auditors_look_only(case: Case, person: Person, other_person: Person) -> None:
    CaseParty.objects.create(case=case, person=other_person)
    auditor = officer_of(3, mobile="09120000015", role=Role.AUDITOR)
    version = send(person, case)
    for reader in (other_person, auditor):
        assert taken(reader, case, version).number == 1
        assert not documents_of(visible_case(tracking=case.tracking, person=reader), person=reader).may_add
        with pytest.raises(ForbiddenError):
            send(reader, case, build.picture())


def test_each_side_adds_to_its_own_documents(case: Case, person: Person, officer: Person) -> None:
    deed = send(person, case)
    with pytest.raises(NotFoundError):
        send(officer, case, build.picture(), document=deed.document_id)


def test_a_mandate_revoked_while_the_file_is_looked_at(
    case: Case, agent: Person, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = mandate(case, agent, "view", "act")

    def slow(*_: object) -> Scan:
        revoke(given)
        return Scan(ScanState.CLEAN)

    monkeypatch.setattr(documents, "scan", slow)
    with pytest.raises(NotFoundError):
        send(agent, case)
    assert files_in(folder) == []
    assert not DocumentVersion.objects.exists()


def test_a_closed_case_takes_no_more(case: Case, person: Person) -> None:
    version = send(person, case)
    Case.objects.filter(pk=case.pk).update(status="closed")
    with pytest.raises(ConflictError, match="closed"):
        send(person, case, build.picture())
    assert taken(person, case, version).number == 1
    assert not documents_of(visible_case(tracking=case.tracking, person=person), person=person).may_add


def test_a_fault_of_the_database_leaves_the_file_to_the_sweep(
    case: Case, person: Person, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its row may have been committed, so nothing is removed on a guess; a day later the sweep knows."""

    def lost(*_: object, **__: object) -> None:
        raise OperationalError("server closed the connection")

    kept = send(person, case)
    monkeypatch.setattr(documents, "write", lost)
    with pytest.raises(OperationalError):
        send(person, case, build.picture())
    assert len(files_in(folder)) == 2
    assert sweep_documents() == 0
    for path in files_in(folder):
        os.utime(path, ((now() - timedelta(days=2)).timestamp(),) * 2)
    assert sweep_documents() == 1
    assert [path.name for path in files_in(folder)] == [kept.stored.rsplit("/")[-1]]


@pytest.mark.parametrize(
    ("of_case", "day", "size", "error"),
    [
        (Room(299, 0), Room(149, 0), 1, None),
        (Room(0, 2**30 - 5), Room(0, 0), 5, None),
        (Room(300, 0), Room(0, 0), 1, TooLargeError),
        (Room(0, 2**30 - 5), Room(0, 0), 6, TooLargeError),
        (Room(0, 0), Room(150, 0), 1, ConflictError),
        (Room(0, 0), Room(0, 2**30), 1, ConflictError),
    ],
)
def test_quotas(of_case: Room, day: Room, size: int, error: type[Exception] | None) -> None:
    if error is None:
        check_room(case=of_case, day=day, size=size)
        return
    with pytest.raises(error):
        check_room(case=of_case, day=day, size=size)


def test_a_full_day_and_a_full_case_leave_nothing(
    case: Case, person: Person, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(document_rules, "MOST_IN_A_DAY", 1)
    send(person, case)
    with pytest.raises(ConflictError, match="tomorrow"):
        send(person, case, build.picture())
    monkeypatch.setattr(document_rules, "MOST_BYTES_IN_CASE", 100)
    with pytest.raises(TooLargeError):
        send(person, case, build.picture())
    assert len(files_in(folder)) == 1


def infecting(*_: object) -> Scan:
    return Scan(ScanState.INFECTED, "Eicar-Test-Signature")


def test_an_infected_file_is_kept_from_everybody_and_told(
    case: Case, person: Person, officer: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "scan", infecting)
    version = send(person, case)
    assert version.scan == "infected"
    for reader in (person, officer):
        with pytest.raises(ConflictError, match="virus"):
            taken(reader, case, version)
        facts = documents_of(visible_case(tracking=case.tracking, person=reader), person=reader)
        assert [(v.opens, v.scan) for v in facts.documents[0].versions] == [(False, ScanState.INFECTED)]
    assert not AccessRecord.objects.exists()
    assert [m.person for m in CaseMessage.objects.all()] == [person]
    assert "virus" in CaseMessage.objects.get().text_en


def test_where_scanning_is_required_unscanned_files_stay_closed(case: Case, person: Person, settings: Settings) -> None:
    version = send(person, case)
    assert version.scan == "unscanned"
    assert taken(person, case, version).number == 1
    settings.SCAN_REQUIRED = True
    with pytest.raises(ConflictError, match="not scanned"):
        taken(person, case, version)


def test_files_without_an_answer_are_scanned_again(
    case: Case, person: Person, folder: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain, bad, gone = (send(person, case, body) for body in (build.pdf(), build.picture(), build.picture("PNG")))
    (folder / gone.stored).unlink()
    assert scan_documents() == 0
    settings.CLAMD = "127.0.0.1:1"
    assert scan_documents() == 0
    monkeypatch.setattr(
        document_upkeep, "scan", lambda f: infecting() if f.read(2) == b"\xff\xd8" else Scan(ScanState.CLEAN)
    )
    assert scan_documents() == 2
    assert [DocumentVersion.objects.get(pk=v.pk).scan for v in (plain, bad, gone)] == ["clean", "infected", "unscanned"]
    assert CaseMessage.objects.filter(person=person, text_en__contains="virus").count() == 1
    assert scan_documents() == 0


def test_taking_out_is_written_down(case: Case, person: Person, officer: Person) -> None:
    version = send(person, case)
    opened = open_version(
        person=officer, tracking=case.tracking, document=version.document_id, number=1, address="192.0.2.1"
    )
    assert (opened.name, opened.media_type, opened.stored.name) == ("deed.pdf", "application/pdf", version.stored)
    row = AccessRecord.objects.get()
    assert (row.person, row.what, row.thing, row.address) == (officer, "download", "سند مالکیت v1", "192.0.2.1")


def test_strangers_and_other_districts_find_nothing(
    case: Case, person: Person, other_person: Person, elsewhere: Person
) -> None:
    version = send(person, case)
    for stranger in (other_person, elsewhere):
        with pytest.raises(NotFoundError):
            taken(stranger, case, version)
    with pytest.raises(NotFoundError):
        open_version(person=person, tracking=case.tracking, document=version.document_id, number=2)
    assert not AccessRecord.objects.exists()


def test_a_document_of_another_case_is_not_reached_through_ones_own(
    case: Case, person: Person, other_person: Person, make_parcel: object
) -> None:
    from apps.cases.services import open_case

    own = open_case(parcel=make_parcel("3-2-14-6", col=2), applicant=other_person, case_type="sample", prefix="SM")
    version = send(person, case)
    with pytest.raises(NotFoundError):
        open_version(person=other_person, tracking=own.tracking, document=version.document_id, number=1)
    with pytest.raises(NotFoundError):
        send(other_person, own, document=version.document_id)


def test_the_list_says_what_is_there_and_what_is_missing(case: Case, person: Person, officer: Person) -> None:
    send(person, case)
    send(person, case, build.picture(), name="a.jpg")
    send(officer, case, build.heic(), name="b.heic", title="Photo")
    mine = documents_of(visible_case(tracking=case.tracking, person=person), person=person)
    assert [d.code for d in mine.missing] == ["plan"]
    assert [(d.title.en, d.side, d.mine, len(d.versions)) for d in mine.documents] == [
        ("Title deed", "owner", True, 2),
        ("Photo", "office", False, 1),
    ]
    assert [(v.number, v.drawn) for v in mine.documents[0].versions] == [(2, True), (1, False)]
    assert mine.documents[0].versions[0].by.en == "Sample One"
    assert (mine.documents[1].versions[0].by.en, mine.documents[1].versions[0].drawn) == ("", False)
    theirs = documents_of(visible_case(tracking=case.tracking, person=officer), person=officer)
    assert theirs.missing == ()
    assert [d.mine for d in theirs.documents] == [False, True]
    assert theirs.documents[0].versions[0].by.en == "Sample One"


def test_the_list_asks_as_often_whatever_there_is(
    case: Case, person: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    seen = visible_case(tracking=case.tracking, person=person)
    send(person, case)
    with django_assert_num_queries(2):
        documents_of(seen, person=person)
    for number in range(3):
        send(person, case, build.picture(size=(10 + number, 10)), title=f"n{number}")
    with django_assert_num_queries(2):
        documents_of(seen, person=person)


def test_nobody_is_told_of_a_drafts_documents(case: Case, person: Person, officer: Person) -> None:
    Case.objects.filter(pk=case.pk).update(status="draft")
    send(person, case)
    assert not CaseMessage.objects.exists()


def test_the_owner_is_told_of_the_offices_documents(case: Case, person: Person, officer: Person) -> None:
    send(officer, case, title="Letter")
    assert [m.person for m in CaseMessage.objects.all()] == [person]


def test_rules_are_asked_again_under_the_lock(case: Case, person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr(document_writing, "check_room", lambda **sizes: asked.append(sizes["size"]))
    version = send(person, case)
    assert asked == [1, version.size]
