"""The offices' pages over HTTP: the worklist, one case, each thing an officer does there, and who is kept out."""

import pytest
from django.test import Client
from django.utils.html import escape

from apps.cases.models import AccessRecord, Case, CaseAsk, CasePost, KartablItem
from apps.cases.owners import CoOwner, declare
from apps.cases.steps import take_step
from apps.parties.models import Person
from tests.cases.conftest import Cast
from tests.cases.test_steps import ready
from tests.signing_in import office_client

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(cast: Cast) -> Cast:
    ready(cast)
    take_step(tracking=cast.case.tracking, actor=cast.owner, verb="submit")
    cast.fresh()
    return cast


def url(cast: Cast, deed: str = "") -> str:
    return f"/en/officer/cases/{cast.case.tracking}/{deed}"


def page(who: Person, path: str) -> str:
    answer = office_client(who).get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_the_worklist_shows_what_waits_for_the_role(sent: Cast) -> None:
    shown = page(sent["officer"], "/en/officer/cases/")
    assert sent.case.tracking in shown
    assert "Sample well" in shown
    assert "Sample One" in shown, "officers see whose case it is"
    assert sent.owner.mobile not in shown, "and no number in a list"
    assert "working days left" in shown or "last day" in shown or "one working day" in shown
    for name in ("other_officer", "inspector"):
        assert sent.case.tracking not in page(sent[name], "/en/officer/cases/"), name
        assert sent.case.tracking not in page(sent[name], "/en/officer/cases/?all=1"), name
    assert sent.case.tracking in page(sent["auditor"], "/en/officer/cases/?all=1")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?q=sample", True),
        ("?q=nobody", False),
        ("?role=inspector", False),
        ("?role=case_officer&district=3", True),
        ("?district=4", False),
        ("?district=٣", True),
        ("?district=x&role=x&page=x", True),
        ("?mine=1", False),
        ("?held=1", False),
        ("?all=1&q=3-2-14-5", True),
        ("?all=1&held=1", False),
    ],
)
def test_it_is_narrowed_by_the_address(sent: Cast, query: str, found: bool) -> None:
    assert (sent.case.tracking in page(sent["officer"], f"/en/officer/cases/{query}")) is found


def test_who_has_no_role_is_kept_out(sent: Cast) -> None:
    plain = Client()
    assert plain.get("/en/officer/cases/").status_code == 302
    for name in ("stranger", "editor"):
        answer = office_client(sent[name]).get("/en/officer/cases/")
        assert answer.status_code == 403, name
    without_factor = Client()
    without_factor.force_login(sent["officer"])
    assert without_factor.get(url(sent)).status_code == 302
    assert without_factor.post(url(sent, "take/")).status_code in (302, 403)
    assert not KartablItem.objects.filter(assignee__isnull=False).exists()


def test_the_page_of_a_case_is_written_in_its_log(sent: Cast) -> None:
    shown = page(sent["officer"], url(sent))
    for words in ("Sample well", "Depth", "Deed", "send back", sent.case.parcel.code[:8]):
        assert words in shown, words
    record = AccessRecord.objects.get()
    assert (record.person, record.capacity, record.what) == (sent["officer"], "case_officer", "view")
    assert office_client(sent["other_officer"]).get(url(sent)).status_code == 404
    assert office_client(sent.owner).get(url(sent)).status_code in (302, 403)
    assert AccessRecord.objects.count() == 1


def test_an_auditor_looks_and_does_nothing(sent: Cast) -> None:
    shown = page(sent["auditor"], url(sent))
    assert "no step is yours" in shown
    assert sent.owner.mobile not in shown
    client = office_client(sent["auditor"])
    for deed, data in (
        ("take/", {}),
        ("ask/", {"kind": "answer", "title": "x", "reason": "y"}),
        ("say/", {"text": "x"}),
        ("step/", {"verb": "send_back", "said": "x", "expected": "submitted"}),
        ("hold/", {}),
    ):
        assert client.post(url(sent, deed), data).status_code in (400, 403, 409), deed
    assert not CaseAsk.objects.exists()
    assert not CasePost.objects.exists()
    assert sent.fresh().status == "submitted"


def test_the_way_of_a_case_through_the_office(sent: Cast) -> None:
    officer = office_client(sent["officer"])
    assert officer.post(url(sent, "take/")).status_code == 302
    asked = officer.post(url(sent, "ask/"), {"kind": "document", "code": "deed", "reason": "ناخوانا", "article": "م ۴"})
    assert asked.status_code == 302
    assert "Waits for the applicant" in page(sent["officer"], url(sent))
    back = officer.post(url(sent, "step/"), {"verb": "send_back", "said": "سند تازه", "expected": "submitted"})
    assert back.status_code == 302
    ask = CaseAsk.objects.get()
    own = Client()
    own.force_login(sent.owner)
    mine = f"/en/requests/{sent.case.tracking}"
    assert own.post(f"{mine}/asks/{ask.pk}/dispute/", {"text": "خواناست"}).status_code == 302
    assert own.post(f"{mine}/step/", {"verb": "submit", "expected": "needs_docs"}).status_code == 302
    assert "خواناست" in page(sent["officer"], url(sent))
    assert officer.post(url(sent, f"asks/{ask.pk}/settle/"), {"accepted": "no"}).status_code == 400, "says why"
    assert officer.post(url(sent, f"asks/{ask.pk}/settle/"), {"accepted": "yes"}).status_code == 302
    assert officer.post(url(sent, "say/"), {"text": "سپاس"}).status_code == 302
    handed = {"to": sent["colleague"].pk, "note": "مرخصی"}
    assert officer.post(url(sent, "hand-over/"), handed).status_code == 302
    colleague = office_client(sent["colleague"])
    assert colleague.post(url(sent, "step/"), {"verb": "visit", "expected": "submitted"}).status_code == 302
    inspector = office_client(sent["inspector"])
    assert sent.case.tracking in inspector.get("/en/officer/cases/").content.decode()
    assert inspector.post(url(sent, "step/"), {"verb": "confirm", "expected": "visit"}).status_code == 302
    assert sent.fresh().status == "closed"
    kinds = [e.kind for e in sent.case.events.order_by("pk")]
    office = ["taken", "ask", "send_back", "disputed", "submit", "settle", "handed_over", "visit", "confirm"]
    assert kinds == ["open", "submit", *office]


@pytest.mark.parametrize(
    ("deed", "data", "status", "said"),
    [
        ("step/", {"verb": "reject", "said": "چون", "expected": "submitted"}, 400, "article"),
        ("step/", {"verb": "send_back", "said": "x", "expected": "draft"}, 409, "moved on"),
        ("step/", {"verb": "confirm", "expected": "submitted"}, 409, "not possible"),
        ("ask/", {"kind": "document", "code": "nothing", "reason": "x"}, 400, "from the list"),
        ("ask/", {"kind": "answer", "title": "", "reason": "x"}, 400, "title"),
        ("hand-over/", {"to": "", "note": "x"}, 400, "colleague"),
        ("hand-over/", {"to": "99999999999999999999", "note": "x"}, 400, "colleague"),
        ("say/", {"text": ""}, 400, "message"),
    ],
)
def test_what_stands_against_it_is_said_on_the_page(
    sent: Cast, deed: str, data: dict[str, str], status: int, said: str
) -> None:
    answer = office_client(sent["officer"]).post(url(sent, deed), data)
    assert answer.status_code == status
    assert said in answer.content.decode()
    assert sent.fresh().status == "submitted"


def test_what_was_typed_is_not_lost(sent: Cast) -> None:
    answer = office_client(sent["officer"]).post(
        url(sent, "step/"), {"verb": "reject", "said": "a <long> reason", "expected": "submitted"}
    )
    assert escape("a <long> reason") in answer.content.decode()


def test_a_co_owner_is_confirmed_from_the_deed_once(cast: Cast) -> None:
    fact = CoOwner(name="شریک", mobile="09120000031", national_id="0012345679", numerator=1, denominator=3)
    party = declare(person=cast.owner, tracking=cast.case.tracking, owner=fact)
    cast.stands("submitted")
    officer = office_client(cast["officer"])
    for _ in range(2):
        assert officer.post(url(cast, f"owners/{party.pk}/confirm/")).status_code == 302
    party.refresh_from_db()
    assert party.confirmed_by == cast["officer"]
    assert [e.kind for e in cast.case.events.all()].count("co_owner_confirmed") == 1
    assert officer.post(url(cast, f"owners/{party.pk + 1}/confirm/")).status_code == 404
    cast.stands("closed")
    assert officer.post(url(cast, f"owners/{party.pk}/confirm/")).status_code == 409


def test_lists_cost_the_same_however_long_they_are(sent: Cast, django_assert_max_num_queries, make_parcel) -> None:  # type: ignore[no-untyped-def] # the fixture has no type
    client = office_client(sent["officer"])
    from django.db import connection  # noqa: TID251
    from django.test.utils import CaptureQueriesContext

    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert client.get("/en/officer/cases/").status_code == 200
        return len(seen)

    cost()
    one = cost()
    for n in range(6, 16):
        case = Case.objects.get(pk=sent.case.pk)
        case.pk, case.tracking, case.land_code, case.parcel = (
            None,
            f"WL-{n}",
            f"3-2-14-{n}",
            make_parcel(f"3-2-14-{n}", col=n),
        )
        case.save()
        KartablItem.objects.create(
            case=case, state="submitted", side="office", role="case_officer", district=3, opened_at=case.opened_at
        )
    assert cost() == one
