"""What a crook, an angry co-owner and a revoked agent try: other cases' things, forged words, other people's names."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from apps.cases import asks, owners, posts
from apps.cases.asks import Asked
from apps.cases.models import Case, CaseParty
from apps.common.errors import ForbiddenError, NotFoundError
from apps.common.text import Text
from apps.parties.models import Mandate, Person
from apps.parties.services import ensure_person
from apps.permits import services
from tests.access.world import World
from tests.browser.city import CODES
from tests.cases import files_build

pytestmark = pytest.mark.django_db


def api(client: Client, method: str, path: str, body: Any) -> Any:
    return client.generic(method, f"/api/v1/{path}", json.dumps(body), content_type="application/json")


@pytest.fixture
def crook(world: World) -> tuple[Client, Case]:
    """A stranger with a case of their own, in their own hands."""
    own = services.start(person=world.people["stranger"], parcel_code=CODES["C"], kind="REPAIR", extract_digest="")
    return world.client("stranger"), own.case


OTHERS_THINGS = (
    ("asks/{asks}/answer/", {"text": "پاسخ"}),
    ("asks/{asks}/dispute/", {"text": "نه"}),
    ("owners/{owners}/remove/", {}),
    ("owners/{owners}/consent/", {"about": ""}),
)


@pytest.mark.parametrize(("tail", "form"), OTHERS_THINGS, ids=[tail for tail, _ in OTHERS_THINGS])
def test_anothers_thing_under_ones_own_number(
    world: World, crook: tuple[Client, Case], tail: str, form: dict[str, str]
) -> None:
    client, own = crook
    before = world.state()
    answer = client.post(f"/en/requests/{own.tracking}/{tail.format(**world.values)}", form)
    assert answer.status_code in (403, 404, 409)
    assert world.state() == before


def test_anothers_file_under_ones_own_number(world: World, crook: tuple[Client, Case]) -> None:
    client, own = crook
    document = world.values["document"]
    for path in ("case-files/{}/{}/1/", "case-files/{}/{}/1/picture/", "api/v1/case-files/{}/{}/1"):
        assert client.get("/" + path.format(own.tracking, document)).status_code == 404, path
    sent = {"document": document, "file": SimpleUploadedFile("a.pdf", files_build.pdf())}
    before = world.state()
    assert client.post(f"/en/case-files/{own.tracking}/", sent).status_code in (400, 404)
    sent = {"document": document, "file": SimpleUploadedFile("a.pdf", files_build.pdf())}
    assert client.post(f"/api/v1/case-files/{own.tracking}", sent).status_code in (400, 404)
    assert world.state() == before


def test_anothers_document_as_ones_answer(world: World, crook: tuple[Client, Case]) -> None:
    _, own = crook
    Case.objects.filter(pk=own.pk).update(status="submitted", district=3)
    asked = Asked("answer", Text("چه", "What"), Text("چرا", "Why"))
    made = asks.ask(person=world.people["officer"], tracking=own.tracking, asked=asked)
    client = world.client("stranger")
    form = {"text": "", "document": world.values["document"]}
    assert client.post(f"/en/requests/{own.tracking}/asks/{made.pk}/answer/", form).status_code == 400
    made.refresh_from_db()
    assert (made.state, made.document_id) == ("open", None)


FORGED_STEPS = (
    ("owner", "archive"), ("owner", "send_back"), ("owner", "inspected"), ("owner", "reject"), ("owner", "confirm"),
    ("co_owner", "cancel"), ("co_owner", "withdraw"), ("viewer", "cancel"), ("viewer", "withdraw"),
    ("auditor", "reject"), ("head", "inspected"), ("officer", "inspected"), ("officer", "cancel"),
    ("inspector", "submit"), ("agent_of_co_owner", "cancel"), ("agent_revoked", "withdraw"),
)  # fmt: skip


@pytest.mark.parametrize(("reader", "verb"), FORGED_STEPS, ids=["-".join(pair) for pair in FORGED_STEPS])
def test_forged_steps(world: World, reader: str, verb: str) -> None:
    client, before, status = world.client(reader), world.state(), world.case.status
    said = {"said": "چون", "article": "۱", "data": {}, "capacity": "inspector", "actor": "system"}
    tracking = world.case.tracking
    form = {"verb": verb, "expected": status, "said": "چون", "article": "۱", "capacity": "inspector"}
    for answer in (
        api(client, "POST", f"requests/{tracking}/steps", {"verb": verb, "expected": status, **said}),
        api(client, "POST", f"cases/{tracking}/steps", {"verb": verb, "expected": status, **said}),
        client.post(f"/en/requests/{tracking}/step/", form),
        client.post(f"/en/officer/cases/{tracking}/step/", form),
    ):
        assert answer.status_code in (302, 400, 403, 404, 409), answer.content
    assert world.state() == before


READS_ONLY = ("viewer", "auditor", "co_owner", "agent_revoked", "agent_expired", "officer_without_factor", "stranger")


@pytest.mark.parametrize("reader", READS_ONLY)
def test_whole_bodies_of_who_only_reads(world: World, reader: str) -> None:
    """The walk sends empty bodies; here they are sound, so that nothing but the right to do it is missing."""
    client, tracking, before = world.client(reader), world.case.tracking, world.state()
    numbers, slot = world.values, "2099-01-01T08:00"
    pages = {
        f"requests/{tracking}/asks/{numbers['asks']}/answer/": {"text": "پاسخ"},
        f"requests/{tracking}/asks/{numbers['asks']}/dispute/": {"text": "نه"},
        f"requests/{tracking}/owners/declare/": {
            "name": "نو", "mobile": "09125550999", "national_id": "0012345679", "part": "1", "whole": "6",
        },
        f"requests/{tracking}/owners/{numbers['owners']}/remove/": {},
        f"requests/{tracking}/inspection/cancel/": {},
        f"requests/{tracking}/inspection/move/": {"slot": slot},
        f"requests/{tracking}/answers/": {"registry_plate": "1/1/1", "do": "send"},
        f"officer/cases/{tracking}/ask/": {"kind": "answer", "title": "چه", "reason": "چرا"},
        f"officer/cases/{tracking}/asks/{numbers['asks']}/settle/": {"accepted": "yes", "said": "-"},
        f"officer/cases/{tracking}/owners/{numbers['owners']}/confirm/": {},
        f"officer/cases/{tracking}/take/": {},
        f"officer/cases/{tracking}/hold/": {
            "rank": "50", "number": "1", "dated": "2020-01-02", "body": "دادگاه", "level": "stop", "reason": "چون",
        },
        f"officer/inspections/{numbers['inspections']}/": {"outcome": "as_described", "area": "400"},
    }  # fmt: skip
    for path, form in pages.items():
        assert client.post(f"/en/{path}", form).status_code in (302, 400, 403, 404, 409), path
        assert world.state() == before, path
    for method, path, body in (
        ("PUT", f"cases/{tracking}/form", {"form": {"registry_plate": "1/1/1"}}),
        ("POST", f"requests/{tracking}/cancel", {}),
        ("POST", f"requests/{tracking}/submit", {"accepted": ""}),
        ("DELETE", f"requests/{tracking}/inspection", {}),
        ("PUT", f"requests/{tracking}/proposal", {"storeys": [], "footprint": None}),
    ):
        assert api(client, method, path, body).status_code in (400, 403, 404, 409), path
        assert world.state() == before, path


def test_more_than_the_body_says_is_ignored(world: World) -> None:
    """No field of a body reaches a column that it does not name."""
    client = world.client("stranger")
    forged = {"applicant": world.people["owner"].pk, "status": "issued", "public_code": "000000", "district": 9}
    answer = api(client, "POST", "requests", {"parcel": CODES["C"], "permit_kind": "REPAIR", **forged})
    assert answer.status_code in (201, 400), answer.content
    for made in Case.objects.filter(opened_by=world.people["stranger"]):
        assert (made.applicant_id, made.status) == (world.people["stranger"].pk, "draft")
        assert (made.public_code, made.district) != ("000000", 9)


def test_nobody_files_for_an_owner_without_their_mandate(world: World) -> None:
    client, owner = world.client("stranger"), world.people["owner"]
    before = Case.objects.count()
    body = {"service": "notary_inquiry", "parcel": CODES["B"], "form": {}, "for_owner": True}
    assert api(client, "POST", "cases", body).status_code in (400, 403, 404)
    for service in ("notary_inquiry", "complaint"):
        form = {"parcel": CODES["B"], "principal": str(owner.pk), "lon": "51.6", "lat": "32.6"}
        assert client.post(f"/en/services/{service}/start/", form).status_code in (400, 403, 404)
    assert Case.objects.count() == before


def test_a_mandate_of_a_co_owner_opens_nothing_of_the_applicants(world: World) -> None:
    client = world.client("agent_of_co_owner")
    assert client.get(f"/en/requests/{world.case.tracking}/").status_code == 404
    with pytest.raises(NotFoundError):
        posts.say(person=world.people["agent_of_co_owner"], tracking=world.case.tracking, text="سلام")


def test_revoked_between_two_calls(world: World) -> None:
    """The page is open; the owner takes the mandate back; what is sent from it does nothing."""
    client, owner = world.client("agent"), world.people["owner"]
    assert client.get(f"/en/requests/{world.case.tracking}/").status_code == 200
    number = Mandate.objects.get(agent=world.people["agent"]).pk
    assert world.client("owner").post(f"/en/mandates/{number}/revoke/").status_code == 302
    before = world.state()
    for tail, form in (("say/", {"text": "سخن"}), (f"asks/{world.values['asks']}/answer/", {"text": "پاسخ"})):
        assert client.post(f"/en/requests/{world.case.tracking}/{tail}", form).status_code == 404
    assert world.state() == before
    assert owner.is_active


def drafted(world: World) -> tuple[Case, CaseParty]:
    """The draft on the other land names the co-owner."""
    named = owners.CoOwner("شریک", world.people["co_owner"].mobile, "0012345679", 1, 6)
    party = owners.declare(person=world.people["owner"], tracking=world.draft.tracking, owner=named)
    return world.draft, party


def test_consent_after_removal(world: World) -> None:
    draft, party = drafted(world)
    owners.withdraw(person=world.people["owner"], tracking=draft.tracking, pk=party.pk)
    with pytest.raises(NotFoundError):  # not even the case is there any more
        owners.consent(person=world.people["co_owner"], tracking=draft.tracking, pk=party.pk)
    assert CaseParty.objects.get(pk=party.pk).consented_at is None


def test_consent_in_another_co_owners_place(world: World) -> None:
    draft, party = drafted(world)
    for reader in ("owner", "agent_elsewhere"):  # the applicant, and who acts for the applicant
        with pytest.raises(ForbiddenError):
            owners.consent(person=world.people[reader], tracking=draft.tracking, pk=party.pk)


def test_consent_under_another_national_id(world: World) -> None:
    """A second account of the applicant, named with the national ID of the true owner, consents to nothing."""
    draft, party = drafted(world)
    Person.objects.filter(pk=world.people["co_owner"].pk).update(national_id="0499370899")
    with pytest.raises(ForbiddenError):
        owners.consent(person=world.people["co_owner"], tracking=draft.tracking, pk=party.pk)
    Person.objects.filter(pk=world.people["co_owner"].pk).update(national_id="0012345679")
    assert owners.consent(person=world.people["co_owner"], tracking=draft.tracking, pk=party.pk).consented_at


def test_an_officer_named_by_national_id_alone_is_no_officer_of_the_case(world: World) -> None:
    """The co-owner has no account under that number; the officer's own account has the same national ID."""
    ensure_person(mobile="09125550998", name_fa="-", name_en="-")
    CaseParty.objects.filter(case=world.case).update(person=None, mobile="+989125550997")
    client = world.client("officer_kin")
    assert client.get(f"/en/officer/cases/{world.case.tracking}/").status_code == 404
    with pytest.raises(NotFoundError):
        asks.ask(
            person=world.people["officer_kin"],
            tracking=world.case.tracking,
            asked=Asked("answer", Text("چه", "What"), Text("چرا", "Why")),
        )
