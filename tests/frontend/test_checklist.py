"""One list of everything that is asked: what stands on it, when, and what becomes of it."""

import pytest

from apps.cases import asks, owners
from apps.cases.asked import Asked
from apps.cases.models import Case, CaseAsk
from apps.cases.steps import take_step
from apps.common.text import Text
from apps.parties.models import Scope
from tests.frontend.case_pages import World

pytestmark = pytest.mark.django_db


def items(world: World, who=None, query: str = "") -> list[str]:
    """Keys of the items on the page, in order."""
    page = world.page(who or world.owner, query)
    wanted = ("ask-", "field-", "wanted-", "consent-", "proposal")
    return [a["id"] for tag, a, _t in page.elements if tag == "li" and a.get("id", "").startswith(wanted)]


def state(ask: CaseAsk) -> str:
    ask.refresh_from_db()
    return ask.state


def test_a_draft_asks_for_fields_documents_and_consents(world: World) -> None:
    party = world.declare()
    assert items(world) == ["field-why", "wanted-deed", f"consent-{party.pk}", "wanted-photo"]
    html = world.html(world.owner)
    assert "Ask your notary for it" in html
    assert "All four corners are seen" in html
    assert "May be left out" in html
    assert "Complete what is asked for (3)" in html


def test_what_is_done_leaves_the_list(world: World) -> None:
    world.complete()
    assert items(world) == ["wanted-photo"]
    assert "Everything is ready: take the next step" in world.html(world.owner)
    assert 'id="document-' in world.html(world.owner), "what was sent stands below"


def test_a_file_with_a_virus_is_asked_for_again(world: World) -> None:
    world.send_document("deed", "سند", scan="infected")
    assert "wanted-deed" in items(world)
    assert "Send a sound one" in world.html(world.owner)


def test_documents_are_not_asked_for_while_the_office_has_the_case(world: World) -> None:
    assert items(world.submitted()) == []


def test_an_ask_says_what_why_by_which_article_and_until_when(world: World) -> None:
    ask = world.sent_back()
    assert items(world)[0] == f"ask-{ask.pk}"
    html = world.html(world.owner)
    for words in ("Plan of the garden", "The tree is not seen", "Rule 12", "Asked by Case officer", "until <time"):
        assert words in html, words


def test_what_is_asked_while_the_office_goes_on_is_the_thing_to_do(world: World) -> None:
    world.submitted().ask()
    html = world.html(world.owner)
    assert "Complete what is asked for (1)" in html
    assert "nothing you need to do now" not in html
    viewer = world.viewer
    world.mandate(viewer, Scope.VIEW)
    assert "no step is yours" in world.html(viewer)


def test_only_what_was_sent_after_the_ask_is_chosen_for_the_answer(world: World) -> None:
    world.complete()
    asks_for_deed = Asked("document", Text("سند", "Title deed"), Text("ناخوانا", "Not readable"), code="deed")
    take_step(tracking=world.case.tracking, actor=world.owner, verb="submit")
    asks.ask(person=world.officer, tracking=world.case.tracking, asked=asks_for_deed)
    take_step(tracking=world.case.tracking, actor=world.officer, verb="send_back", said="Not readable")
    document = world.case.documents.get()
    assert f'<option value="{document.pk}">' in world.html(world.owner), "the page that was not readable is no answer"
    again = world.send_document("deed", "سند")
    assert f'<option value="{again.pk}" selected>' in world.html(world.owner)


def test_answer_with_words_and_a_document(world: World) -> None:
    ask = world.sent_back()
    document = world.send_document("", "نقشه")
    answer = world.post(world.owner, f"asks/{ask.pk}/answer/", text="Here it is", document=document.pk)
    assert answer.status_code == 302
    assert state(ask) == "answered"
    assert ask.document == document
    html = world.html(world.owner)
    assert "the city has not said its word yet" in html
    assert "Here it is" in html
    again = world.post(world.owner, f"asks/{ask.pk}/answer/", text="Once more")
    assert again.status_code == 409


def test_dispute_needs_a_reason_and_keeps_nothing_without_one(world: World) -> None:
    ask = world.sent_back()
    refused = world.post(world.owner, f"asks/{ask.pk}/dispute/", text="  ")
    assert refused.status_code == 400
    assert state(ask) == "open"
    assert world.post(world.owner, f"asks/{ask.pk}/dispute/", text="The tree is not mine").status_code == 302
    assert state(ask) == "disputed"
    assert "Disputed" in world.html(world.owner)


def test_what_was_typed_stays_when_it_is_refused(world: World) -> None:
    ask = world.sent_back()
    refused = world.post(world.owner, f"asks/{ask.pk}/answer/", text="bad \x07 bell")
    assert refused.status_code == 400
    assert "bell</textarea>" in refused.content.decode()


def test_not_accepted_it_is_open_again_with_the_reason_and_accepted_it_is_folded_away(world: World) -> None:
    ask = world.sent_back()
    world.post(world.owner, f"asks/{ask.pk}/answer/", text="Here it is")
    asks.settle(person=world.officer, tracking=world.case.tracking, pk=ask.pk, accepted=False, said="It is cut off")
    html = world.html(world.owner)
    assert "Your answer was not accepted: It is cut off" in html
    world.post(world.owner, f"asks/{ask.pk}/answer/", text="The whole of it")
    asks.settle(person=world.officer, tracking=world.case.tracking, pk=ask.pk, accepted=True)
    assert "Settled (1)" in world.html(world.owner)
    assert "Send in again" in world.html(world.owner)


def test_a_document_that_an_officer_asked_for_is_not_listed_twice(world: World) -> None:
    ask = world.sent_back()
    CaseAsk.objects.filter(pk=ask.pk).update(code="photo")
    assert items(world) == [f"ask-{ask.pk}"]


def test_a_document_of_another_case_is_no_answer(world: World, make_parcel) -> None:
    ask = world.sent_back()
    document = world.send_document("", "نقشه")
    other = Case.objects.create(
        tracking="TT-OTHER-1", case_type="test_tree", applicant=world.owner, holds_land=False,
        opened_at=world.case.opened_at,
    )  # fmt: skip
    document.case = other
    document.save()
    assert world.post(world.owner, f"asks/{ask.pk}/answer/", text="", document=document.pk).status_code == 400
    assert state(ask) == "open"


@pytest.mark.parametrize("tail", ["answer/", "dispute/"])
def test_an_officer_does_not_answer_for_the_owner(world: World, tail: str) -> None:
    ask = world.sent_back()
    assert world.post(world.officer, f"asks/{ask.pk}/{tail}", text="x").status_code == 403
    assert state(ask) == "open"


# --- the questions of the type -------------------------------------------------------------------------------


def test_missing_answers_lead_to_their_question_on_the_forms_page(world: World) -> None:
    links = [a["href"] for a in world.page(world.owner).attributes("a") if "href" in a]
    assert f"/en/requests/{world.case.tracking}/answers/#f-why" in links
    assert "not answered yet" in world.html(world.owner)


def test_a_form_is_read_only_once_it_was_sent(world: World) -> None:
    world.submitted()
    html = world.html(world.owner)
    assert "It leans over the wall" in html
    assert "/answers/" not in html


# --- co-owners -----------------------------------------------------------------------------------------------


def test_a_co_owner_is_declared_with_a_share_in_dang_and_removed(world: World) -> None:
    said = {"name": "شریک", "mobile": world.partner.mobile, "national_id": "0012345679", "part": "۲", "whole": "6"}
    assert world.post(world.owner, "owners/declare/", **said).status_code == 302
    [party] = world.case.parties.all()
    html = world.html(world.owner)
    assert "2 of 6 dang" in html
    assert "4 of 6 dang" in html, "what is left for the applicant"
    assert world.post(world.owner, "owners/declare/", **{**said, "part": "x"}).status_code == 400
    assert world.post(world.owner, f"owners/{party.pk}/remove/").status_code == 302
    party.refresh_from_db()
    assert party.removed_at is not None


def test_a_co_owner_reads_what_they_consent_to_and_consents(world: World) -> None:
    party = world.declare()
    world.complete()
    page = world.page(world.partner)
    html = world.html(world.partner)
    assert "You are named as a co-owner in this case of" in html
    assert "Read the request, then consent or object" in html
    assert "It leans over the wall" in html
    about = next(a["value"] for a in page.attributes("input") if a.get("name") == "about")
    assert world.post(world.partner, f"owners/{party.pk}/consent/", about=about).status_code == 302
    party.refresh_from_db()
    assert (party.consented_by, party.consented_to) == (world.partner, about)
    assert "You consented" in world.html(world.partner)
    assert world.step(world.owner, "submit", expected="draft").status_code == 302


def test_consent_to_another_request_than_the_one_that_was_read_is_refused(world: World) -> None:
    party = world.declare()
    page = world.page(world.partner)
    about = next(a["value"] for a in page.attributes("input") if a.get("name") == "about")
    world.complete()
    refused = world.post(world.partner, f"owners/{party.pk}/consent/", about=about)
    assert refused.status_code == 409
    assert "has changed since you read it" in refused.content.decode()
    party.refresh_from_db()
    assert party.consented_at is None


def test_a_consent_to_an_earlier_version_is_shown_as_that(world: World) -> None:
    party = world.declare()
    owners.consent(person=world.partner, tracking=world.case.tracking, pk=party.pk, about="sha256:old")
    assert "Consented to an earlier version" in world.html(world.owner)


def test_nobody_consents_for_a_co_owner(world: World) -> None:
    party = world.declare()
    assert 'name="about"' not in world.html(world.owner)
    page = world.page(world.partner)
    about = next(a["value"] for a in page.attributes("input") if a.get("name") == "about")
    assert world.post(world.owner, f"owners/{party.pk}/consent/", about=about).status_code == 403


def test_a_co_owner_objects_and_everybody_reads_it(world: World) -> None:
    party = world.declare()
    owners.consent(person=world.partner, tracking=world.case.tracking, pk=party.pk)
    assert world.post(world.partner, "owners/object/", text=" ").status_code == 400
    assert world.post(world.partner, "owners/object/", text="I never agreed to this").status_code == 302
    party.refresh_from_db()
    assert party.consented_at is None
    html = world.html(world.owner)
    assert "I never agreed to this" in html
    assert "objects to case" in html, "the applicant is told"
    assert world.post(world.owner, "owners/object/", text="me too").status_code == 403


def test_a_co_owner_takes_no_steps(world: World) -> None:
    world.declare()
    assert 'name="verb"' not in world.html(world.partner)
    assert world.step(world.partner, "cancel", expected="draft").status_code == 409
    assert world.status() == "draft"
