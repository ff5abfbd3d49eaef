"""A request led through the offices: each edge by who may take it, and what each guard says when it does not hold."""

from typing import Any

import pytest

from apps.cases import asks, guards
from apps.cases.asked import Asked
from apps.cases.models import Case, CaseMessage, Deadline, KartablItem
from apps.common.errors import BadInputError, ConflictError, ForbiddenError
from apps.common.text import Text
from apps.permits import guards as permit_guards
from apps.permits import proposals, services
from apps.permits.drawing_checks import sign_reason
from apps.permits.evidence import relied_documents
from apps.permits.former import check_former
from tests.permits.conftest import Street, kinds
from tests.permits.filling import fill
from tests.permits.proposing import plain_house, propose
from tests.permits.walking import ORDER, at, inspected, mandate, office, sign_all, step

pytestmark = pytest.mark.django_db
REASON = Text("برای شناسایی", "For identification")


def refused(request: Any, verb: str, by: Any, **more: Any) -> str:
    with pytest.raises(ConflictError) as said:
        step(request, verb, by, **more)
    assert said.value.message.fa
    return said.value.message.en


def test_from_draft_to_inquiries_and_no_further(street: Street, monkeypatch: pytest.MonkeyPatch) -> None:
    made = at(street, "inquiries", monkeypatch)
    assert kinds(made.case)[-5:] != []
    moves = [(e.data["from"], e.data["to"]) for e in made.case.events.order_by("pk") if "from" in e.data]
    assert moves == [
        ("draft", "submitted"), ("submitted", "inspection"), ("inspection", "rules"), ("rules", "design"),
        ("design", "drawing_review"), ("drawing_review", "inquiries"),
    ]  # fmt: skip
    assert "Fire department" in refused(made, "inquiries_done", "case_officer")


def test_a_request_nobody_must_be_asked_about_comes_to_the_fee(street: Street, monkeypatch: pytest.MonkeyPatch) -> None:
    made = at(street, "inquiries", monkeypatch)
    free = relied_documents([made])[made.relied_digest]
    free["duties"] = [duty for duty in free["duties"] if duty["kind"] != "consultation"]
    monkeypatch.setattr(permit_guards, "relied_documents", lambda _requests: {made.relied_digest: free})
    assert step(made, "inquiries_done", "case_officer").status == "fee_calc"


def test_each_thing_that_is_missing_is_named_at_once(street: Street) -> None:
    made = street.request("A", proposed=False, filled=False)
    assert "Registry plate" in refused(made, "submit", street.owner)
    fill(street.owner, made.case.tracking)
    made.case.documents.get(code="deed").versions.update(scan="infected")
    assert "Title deed" in refused(made, "submit", street.owner)
    fill(street.owner, made.case.tracking)
    assert "no proposal" in refused(made, "submit", street.owner)
    propose(street.owner, made.case.tracking)
    assert step(made, "submit", street.owner).status == "submitted"


def test_back_for_documents_and_on_where_it_was(street: Street, monkeypatch: pytest.MonkeyPatch) -> None:
    """The office's clock stands still meanwhile; the case comes back to the state and the person it left."""
    made = at(street, "rules", monkeypatch)
    zoning = office("zoning_officer")
    with pytest.raises(BadInputError):
        step(made, "send_back", zoning)
    step(made, "send_back", zoning, said="بنچاق خوانا نیست")
    asked = asks.ask(person=zoning, tracking=made.case.tracking, asked=Asked("question", REASON, REASON))
    running = {d.code: d for d in Deadline.objects.filter(case=made.case, met_at__isnull=True)}
    assert set(running) == {"needs_docs", "rules"}
    assert running["rules"].due_at is None
    assert (running["needs_docs"].amount, running["needs_docs"].unit) == (30, "days")
    assert "For identification" in refused(made, "return", street.owner)
    asks.answer(person=street.owner, tracking=made.case.tracking, pk=asked.pk, text="فرستادم")
    assert step(made, "return", street.owner).status == "rules"
    again = Deadline.objects.get(case=made.case, met_at__isnull=True)
    assert (again.code, again.pk) == ("rules", running["rules"].pk)
    assert again.due_at is not None


def test_nobody_answers_for_thirty_days(street: Street) -> None:
    from apps.cases.steps import system_step

    made = street.request("A", sent=True)
    step(made, "send_back", street.officer, said="شناسنامه نیست")
    assert system_step(case=made.case, verb="archive").status == "archived"
    with pytest.raises(ConflictError):
        system_step(case=made.case, verb="archive")
    assert not KartablItem.objects.filter(case=made.case, closed_at__isnull=True).exists()


def test_drawings_that_changed_meanwhile_are_reviewed_again(street: Street, monkeypatch: pytest.MonkeyPatch) -> None:
    made = at(street, "inquiries", monkeypatch)
    step(made, "send_back", "case_officer", said="سند تازه بفرستید")
    assert step(made, "return", street.owner).status == "inquiries"
    step(made, "send_back", "case_officer", said="سند تازه بفرستید")
    proposals.save_proposal(person=street.owner, tracking=made.case.tracking, draft=plain_house(height=3.1))
    assert step(made, "return", street.owner).status == "drawing_review"


def test_drawings_are_reviewed_again_when_the_owner_chose_to_be_judged_anew(
    street: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Held among the inquiries by a new height plan: the checks of before say nothing about today's answer."""
    from apps.permits.choosing import choose

    made = at(street, "inquiries", monkeypatch)
    street.heard("hc-1404", "promulgate")
    made.refresh_from_db()
    choose(person=street.owner, tracking=made.case.tracking, choice="recompose", seen=made.examined_version)
    assert "were not checked against" in refused(made, "inquiries_done", "case_officer")
    step(made, "send_back", "case_officer", said="نقشه با پاسخ تازه سنجیده شود")
    assert step(made, "return", street.owner).status == "drawing_review"
    sign_all(made)
    assert step(made, "approve_drawings", "drawing_officer").status == "inquiries"


def test_who_has_no_mandate_learns_nothing_of_the_owners_request(street: Street, other_person: Any) -> None:
    from tests.browser.city import CODES

    made = street.request("A")
    with pytest.raises(ForbiddenError) as said:
        services.start(person=other_person, parcel_code=CODES["A"], kind="REPAIR", extract_digest="",
                       applicant=street.owner)  # fmt: skip
    assert made.case.tracking not in said.value.message.en


def test_an_inspection_that_nobody_reports_is_not_passed(street: Street, monkeypatch: pytest.MonkeyPatch) -> None:
    made = street.request("A", sent=True)
    step(made, "confirm", "case_officer")
    monkeypatch.delitem(guards._guards, "inspection_done", raising=False)
    assert "inspection_done" in refused(made, "inspected", "inspector")
    inspected(monkeypatch)
    assert step(made, "inspected", "inspector").status == "rules"


@pytest.mark.parametrize(("name", "unknown"), [("C", "Storeys"), ("E", "eritage")])
def test_rules_that_are_not_known_stop_the_zoning_order(
    street: Street, monkeypatch: pytest.MonkeyPatch, name: str, unknown: str
) -> None:
    """C: nobody knows how wide its passage is. E: outside the coverage of the heritage layer."""
    made = at(street, "rules", monkeypatch, name=name)
    said = refused(made, "announce", "zoning_officer", data=ORDER)
    assert "not complete" in said
    assert unknown in said


def test_the_zoning_order_keeps_the_answer_of_its_day(street: Street, monkeypatch: pytest.MonkeyPatch) -> None:
    """The passage was measured anew meanwhile: the order rests on three storeys, and the owner hears of it."""
    from apps.cadastre.models import ParcelVersion
    from apps.extracts.models import KeptExtract
    from tests.browser.city import CODES

    made = at(street, "rules", monkeypatch)
    before = made.relied_digest
    ParcelVersion.objects.filter(parcel__code=CODES["A"]).update(passage_width_cm=700)
    KeptExtract.objects.all().delete()
    step(made, "announce", "zoning_officer", data=ORDER)
    made.refresh_from_db()
    assert made.relied_digest != before
    assert made.filed_digest == before
    event = made.case.events.get(kind="announce")
    assert event.data["number"] == ORDER["number"]
    assert (event.data["dated"], event.data["digest"]) == (ORDER["dated"], made.relied_digest)
    told = CaseMessage.objects.filter(case=made.case, person=street.owner).latest("pk")
    assert "4 storeys → 3 storeys" in told.text_en
    assert proposals.frozen_checks(made)["extract"] == made.relied_digest


@pytest.mark.parametrize(
    ("data", "field"),
    [({}, "number"), ({"number": "1"}, "dated"), ({"number": "1", "dated": "rubbish"}, "dated"),
     ({"number": "1", "dated": "2999-01-01"}, "dated"), ({"number": "1\x00", "dated": "2020-01-01"}, "number")],
)  # fmt: skip
def test_an_order_without_number_or_day_is_none(
    street: Street, monkeypatch: pytest.MonkeyPatch, data: dict[str, str], field: str
) -> None:
    made = at(street, "rules", monkeypatch)
    with pytest.raises(BadInputError) as said:
        step(made, "announce", "zoning_officer", data=data)
    assert field in said.value.details["fields"]
    assert Case.objects.get(pk=made.case_id).status == "rules"


def test_article_5_needs_number_approval_and_promulgation(street: Street, monkeypatch: pytest.MonkeyPatch) -> None:
    made = at(street, "rules", monkeypatch)
    step(made, "refer", "zoning_officer", said="تراکم مازاد")
    decision = {"number": "م-9", "approved_on": "2020-02-02", "promulgated_on": "2020-03-03"}
    for lacking in decision:
        with pytest.raises(BadInputError):
            step(made, "decided", "article5_secretary", data={k: v for k, v in decision.items() if k != lacking})
    with pytest.raises(BadInputError) as said:
        step(made, "decided", "article5_secretary", data={**decision, "promulgated_on": "2020-01-01"})
    assert "before it is approved" in said.value.message.en
    assert step(made, "decided", "article5_secretary", data=decision).status == "rules"
    assert made.case.events.get(kind="decided").data.items() >= decision.items()


def test_a_rejection_names_reason_and_article(street: Street) -> None:
    made = street.request("A", sent=True)
    for words in ({}, {"said": "نمی‌شود"}, {"article": "۱۳-۱"}):
        with pytest.raises(BadInputError):
            step(made, "reject", "case_officer", **words)
    step(made, "reject", "case_officer", said="در عرصهٔ میراثی است", article="۱۳-۱")
    assert made.case.events.get(kind="reject").data["article"] == "۱۳-۱"
    assert street.request("A").case.status == "draft"


def test_open_checks_need_a_signed_reason_each(street: Street, monkeypatch: pytest.MonkeyPatch) -> None:
    made = at(street, "drawing_review", monkeypatch)
    drawing = office("drawing_officer")
    assert "signed reason" in refused(made, "approve_drawings", drawing)
    with pytest.raises(BadInputError):
        sign_reason(person=drawing, tracking=made.case.tracking, code="max_projection", said="خوب")
    with pytest.raises(ForbiddenError):
        sign_reason(person=street.officer, tracking=made.case.tracking, code="max_projection", said="روی نقشه دیده شد")
    signed = sign_all(made)
    assert signed
    assert step(made, "approve_drawings", drawing).status == "inquiries"
    assert made.case.events.filter(kind="check_reason", actor=drawing).count() == len(signed)


def test_a_failed_check_is_passed_by_no_reason(street: Street, monkeypatch: pytest.MonkeyPatch) -> None:
    made = at(street, "design", monkeypatch)
    proposals.save_proposal(person=street.owner, tracking=made.case.tracking, draft=plain_house(storeys=6))
    step(made, "send_drawings", street.owner)
    sign_all(made)
    assert "no reason passes them" in refused(made, "approve_drawings", "drawing_officer")
    with pytest.raises(ConflictError):
        sign_reason(person=office("drawing_officer"), tracking=made.case.tracking, code="max_storeys",
                    said="شش طبقه هم خوب است")  # fmt: skip
    step(made, "return_drawings", "drawing_officer", said="شش طبقه بیش از حد است")
    assert Case.objects.get(pk=made.case_id).status == "design"


def test_signed_reasons_are_for_these_drawings_only(street: Street, monkeypatch: pytest.MonkeyPatch) -> None:
    made = at(street, "drawing_review", monkeypatch)
    sign_all(made)
    step(made, "return_drawings", "drawing_officer", said="پارکینگ را جابه‌جا کنید")
    proposals.save_proposal(person=street.owner, tracking=made.case.tracking, draft=plain_house(height=3.1))
    step(made, "send_drawings", street.owner)
    assert "signed reason" in refused(made, "approve_drawings", "drawing_officer")


def test_consent_is_asked_where_the_kind_asks_and_is_void_when_the_request_changes(
    street: Street, other_person: Any
) -> None:
    from apps.cases.owners import CoOwner, consent, declare, withdraw
    from apps.cases.owners_confirming import confirm, reopen

    made = street.request("A")
    tracking = made.case.tracking
    party = declare(person=street.owner, tracking=tracking,
                    owner=CoOwner("شریک", other_person.mobile, "0084575948", 1, 3))  # fmt: skip
    assert "have not consented" in refused(made, "submit", street.owner)
    consent(person=other_person, tracking=tracking, pk=party.pk)
    fill(street.owner, tracking, registry_plate="5/100/9")
    assert "have not consented" in refused(made, "submit", street.owner)
    consent(person=other_person, tracking=tracking, pk=party.pk)
    assert step(made, "submit", street.owner).status == "submitted"
    assert kinds(made.case).count("consents_void") == 1
    assert "Hold these owners against the deed" in refused(made, "confirm", "case_officer")
    confirm(person=street.officer, tracking=tracking, pk=party.pk)
    assert step(made, "confirm", "case_officer").status == "inspection"
    step(made, "send_back", "inspector", said="سند تازه بفرستید")
    with pytest.raises(ConflictError, match="held this owner against the deed"):
        withdraw(person=street.owner, tracking=tracking, pk=party.pk)
    reopen(person=street.officer, tracking=tracking, pk=party.pk)
    withdraw(person=street.owner, tracking=tracking, pk=party.pk)
    another = declare(person=street.owner, tracking=tracking,
                      owner=CoOwner("شریک دیگر", other_person.mobile, "0013542419", 1, 3))  # fmt: skip
    consent(person=other_person, tracking=tracking, pk=another.pk)
    assert step(made, "return", street.owner).status == "inspection"
    assert kinds(made.case).count("co_owner_reopened") == 1


@pytest.mark.parametrize(
    ("kind", "way"),
    [
        ("REPAIR", ["submitted", "inspection", "rules", "inquiries"]),
        ("DUPLICATE", ["submitted", "rules", "inquiries"]),
        ("RENEWAL", ["submitted", "inspection", "rules", "inquiries"]),
        ("AMENDMENT", ["submitted", "inspection", "rules", "design", "drawing_review", "inquiries"]),
    ],
)
def test_kinds_pass_by_what_they_do_not_need(
    street: Street, monkeypatch: pytest.MonkeyPatch, kind: str, way: list[str]
) -> None:
    made = at(street, "inquiries", monkeypatch, kind=kind)
    assert [e.data["to"] for e in made.case.events.order_by("pk") if "from" in e.data] == way


def test_a_former_permit_is_checked_by_an_officer_and_again_when_it_is_another(
    street: Street, other_person: Any
) -> None:
    made = street.request("A", kind="RENEWAL", sent=True)
    tracking = made.case.tracking
    assert "archive" in refused(made, "confirm", "case_officer")
    with pytest.raises(ForbiddenError):
        check_former(person=street.owner, tracking=tracking, said="خودم دیدم")
    with pytest.raises(BadInputError):
        check_former(person=street.officer, tracking=tracking, said=" ")
    check_former(person=street.officer, tracking=tracking, said="قفسهٔ ۳")
    step(made, "send_back", street.officer, said="شماره را درست کنید")
    fill(street.owner, tracking, former_number="1398/13")
    step(made, "return", street.owner)
    assert "archive" in refused(made, "confirm", "case_officer")
    check_former(person=street.officer, tracking=tracking, said="قفسهٔ ۳، برگهٔ دیگر")
    assert step(made, "confirm", "case_officer").status == "inspection"
    plain = street.request("B", owner=other_person, sent=True)
    with pytest.raises(ConflictError):
        check_former(person=street.officer, tracking=plain.case.tracking, said="قفسهٔ ۳")


def test_an_agent_starts_and_sends_in_the_owners_name(street: Street, other_person: Any) -> None:
    from tests.browser.city import CODES

    land = "-".join(CODES["A"].split("-")[:4])
    ask = {"person": other_person, "parcel_code": CODES["A"], "kind": "NEW", "extract_digest": ""}
    with pytest.raises(ForbiddenError):
        services.start(**ask, applicant=street.owner)
    mandate(street.owner, other_person, land, "view")
    with pytest.raises(ForbiddenError):
        services.start(**ask, applicant=street.owner)
    assert not Case.objects.exists()
    given = mandate(street.owner, other_person, land, "view", "act")
    made = services.start(**ask, applicant=street.owner)
    assert services.start(**ask, applicant=street.owner) == made
    assert (made.case.applicant, made.case.opened_by) == (street.owner, other_person)
    propose(other_person, made.case.tracking)
    fill(other_person, made.case.tracking)
    step(made, "submit", other_person)
    event = made.case.events.get(kind="submit")
    assert (event.actor, event.data["as"], event.data["for"]) == (other_person, "agent", street.owner.pk)
    assert made.case.events.get(kind="start").data["for"] == street.owner.pk
    assert given.agent == other_person


def test_a_mandate_that_ended_between_page_and_post(street: Street, other_person: Any) -> None:
    from apps.common import clock
    from apps.common.errors import NotFoundError
    from tests.browser.city import CODES

    given = mandate(street.owner, other_person, "-".join(CODES["A"].split("-")[:4]), "view", "act")
    made = street.request("A")
    given.ended_at, given.ended_by, given.end_ground = clock.now(), street.owner, "revoked"
    given.save()
    with pytest.raises(NotFoundError):
        step(made, "submit", other_person)
    assert Case.objects.get(pk=made.case_id).status == "draft"


def test_the_page_was_older_than_the_case(street: Street) -> None:
    made = street.request("A", sent=True)
    assert "moved on" in refused(made, "withdraw", street.owner, expected="draft")
    step(made, "withdraw", street.owner)
    assert "moved on" in refused(made, "withdraw", street.owner, expected="submitted")


def test_an_act_that_nobody_has_heard_of_stops_every_step_on(street: Street, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between its commit and its examination nothing slips through, whoever asks; steps back stay open."""
    made = at(street, "drawing_review", monkeypatch)
    sign_all(made)
    street.decree("hc-1404", "promulgate")
    assert "being examined" in refused(made, "approve_drawings", "drawing_officer")
    step(made, "return_drawings", "drawing_officer", said="بازبینی")
    assert "being examined" in refused(made, "send_drawings", street.owner)


def test_a_worker_that_dies_inside_a_step_leaves_nothing(street: Street, monkeypatch: pytest.MonkeyPatch) -> None:
    from apps.permits.models import FrozenChecks

    made = at(street, "rules", monkeypatch)
    before = (made.relied_digest, FrozenChecks.objects.count(), len(kinds(made.case)))

    def dies(*_args: Any, **_kwargs: Any) -> None:
        raise RuntimeError("killed")

    monkeypatch.setattr("apps.cases.steps.hand_on", dies)
    with pytest.raises(RuntimeError):
        step(made, "announce", "zoning_officer", data=ORDER)
    made.refresh_from_db()
    assert made.case.status == "rules"
    assert (made.relied_digest, FrozenChecks.objects.count(), len(kinds(made.case))) == before
