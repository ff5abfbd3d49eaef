"""A case of a type that asks for documents, its people and officers, and a store of its own: for several tests."""

import io
from datetime import date, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from apps.cases.documents import Upload, add_version
from apps.cases.files.choosing import case_store
from apps.cases.models import Case, DocumentVersion
from apps.cases.services import open_case
from apps.cases.types import registry
from apps.cases.types.definition import CaseType, DocumentWanted, Place
from apps.common.clock import now
from apps.common.text import Text
from apps.parties.models import Mandate, MandateKind, Person, Role
from apps.parties.services import ensure_assignment, ensure_person
from apps.permits.workflow import STATES, TABLE
from tests.cases import files_build as build
from tests.conftest import MakeParcel

DEED = DocumentWanted("deed", Text("سند مالکیت", "Title deed"), guide=Text("هر دو روی سند", "Both sides"))
PLAN = DocumentWanted("plan", Text("نقشه", "Drawing"), families=("drawing",), required=False)


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.STORAGES = {**settings.STORAGES, "cases": case_store({}, var=tmp_path)}
    settings.CLAMD, settings.SCAN_REQUIRED = "", False
    return tmp_path / "cases"


@pytest.fixture
def case(person: Person, make_parcel: MakeParcel, monkeypatch: pytest.MonkeyPatch) -> Case:
    """Sent in, in district 3; `person` is its applicant."""
    sample = CaseType("sample", Text("نمونه", "Sample"), "SM", Place.PARCEL, STATES, TABLE, documents=(DEED, PLAN))
    monkeypatch.setitem(registry._brought, "sample", lambda: sample)
    made = open_case(parcel=make_parcel("3-2-14-5"), applicant=person, case_type="sample", prefix="SM")
    Case.objects.filter(pk=made.pk).update(status="submitted", district=3)
    made.refresh_from_db()
    return made


def officer_of(district: int, *, mobile: str, role: Role = Role.CASE_OFFICER) -> Person:
    made = ensure_person(mobile=mobile, name_fa="کارشناس", name_en="Officer", verified=True)
    ensure_assignment(person=made, role=role, since=date(2020, 1, 1), districts=[district])
    return made


@pytest.fixture
def officer(db: None) -> Person:
    return officer_of(3, mobile="09120000011")


@pytest.fixture
def elsewhere(db: None) -> Person:
    """An officer of another district."""
    return officer_of(4, mobile="09120000012")


@pytest.fixture
def agent(db: None) -> Person:
    return ensure_person(mobile="09120000013", name_fa="وکیل", name_en="Attorney", verified=True)


def mandate(case: Case, agent: Person, *scopes: str) -> Mandate:
    return Mandate.objects.create(
        principal=case.applicant,
        agent=agent,
        kind=MandateKind.ATTORNEY,
        scopes=list(scopes),
        land_code=case.land_code,
        since=now(),
        until=now() + timedelta(days=9),
        given_at=now(),
        basis="given in the portal",
    )


def revoke(given: Mandate) -> None:
    given.ended_at, given.ended_by, given.end_ground = now(), given.principal, "revoked"
    given.save()


def send(person: Person, case: Case, body: bytes = b"", *, name: str = "deed", **more: object) -> DocumentVersion:
    """A file for the title deed, unless told otherwise."""
    target = more if more.keys() & {"code", "title", "document"} else {**more, "code": "deed"}
    upload = Upload(io.BytesIO(body or build.pdf()), name=name, sha256=str(target.pop("sha256", "")))
    return add_version(person=person, tracking=case.tracking, upload=upload, **target)


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]
