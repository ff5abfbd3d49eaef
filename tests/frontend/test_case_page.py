"""The page of a case: what each kind of reader sees and may do, in each state; old pages and double presses."""

import pytest
from django.core.cache import cache

from apps.cases import access_log
from apps.cases.models import AccessRecord, CaseEvent
from apps.cases.steps import take_step
from apps.parties.models import Scope
from apps.parties.services import ensure_person
from tests.frontend.case_pages import World
from tests.permits.conftest import kinds

pytestmark = pytest.mark.django_db


def steps(world: World, who) -> list[str]:
    """Verbs of the steps that are offered, the way on first."""
    inputs = world.page(who).attributes("input")
    return [a["value"] for a in inputs if a.get("name") == "verb"]


def track(world: World) -> list[tuple[str, str]]:
    """(class, name) of the track."""
    page = world.page(world.owner)
    marks = [a["class"] for tag, a, _t in page.elements if tag == "li" and a.get("class") in ("done", "now", "to_come")]
    return list(zip(marks, page.texts("track-name"), strict=True))


# --- where it stands ---------------------------------------------------------------------------------------


def test_a_draft_says_whose_turn_what_is_missing_and_the_way_on(world: World) -> None:
    html = world.html(world.owner)
    assert "Tree pruning" in html
    assert "Yours" in html
    assert "Complete what is asked for" in html
    assert track(world) == [
        ("now", "Draft"), ("to_come", "Being checked"), ("to_come", "Answer is written"), ("to_come", "Answered"),
    ]  # fmt: skip


def test_sent_in_it_is_the_offices_turn_until_a_day_that_is_explained(world: World) -> None:
    html = world.submitted().html(world.owner)
    assert "Case officer" in html
    assert "There is nothing you need to do now" in html
    assert "The term is 5 working days" in html
    assert "test rule 7" in html
    assert "4 working days left" in html or "5 working days left" in html
    assert track(world)[:2] == [("done", "Draft"), ("now", "Being checked")]


def test_sent_back_the_offices_time_stands_still(world: World) -> None:
    world.sent_back()
    html = world.html(world.owner)
    assert "own time stands still" in html
    assert "The term is 10 days" in html
    assert track(world) == [
        ("done", "Draft"), ("now", "Back with you"), ("to_come", "Being checked"), ("to_come", "Answer is written"),
        ("to_come", "Answered"),
    ]  # fmt: skip


def test_a_closed_case_asks_for_nothing(world: World) -> None:
    world.submitted()
    assert world.step(world.owner, "withdraw", said="I sell the house").status_code == 302
    html = world.html(world.owner)
    assert "nothing left to do" in html
    assert steps(world, world.owner) == []
    assert "I sell the house" in html


def test_a_rejected_case_says_why_and_by_which_article_at_the_top(world: World) -> None:
    world.submitted()
    take_step(tracking=world.case.tracking, actor=world.officer, verb="reject", said="It is listed", article="Art. 4")
    top = world.html(world.owner).partition('id="files"')[0]
    assert "It is listed" in top
    assert "By <bdi>Art. 4</bdi>" in top


def test_what_the_owner_wrote_on_leaving_is_no_reason_of_the_city(world: World) -> None:
    world.submitted()
    world.step(world.owner, "withdraw", said="I sell the house")
    assert 'class="ended"' not in world.html(world.owner)


# --- steps ---------------------------------------------------------------------------------------------------


def test_steps_are_buttons_and_a_refusal_says_what_is_missing(world: World) -> None:
    assert steps(world, world.owner) == ["submit", "cancel"]
    html = world.html(world.owner)
    assert "These answers are not complete yet: Why it is asked." in html
    refused = world.step(world.owner, "submit", expected="draft")
    assert refused.status_code == 409
    assert "not complete yet" in refused.content.decode()
    assert world.status() == "draft"


def test_a_step_says_what_follows(world: World) -> None:
    world.complete()
    html = world.html(world.owner)
    assert "The case becomes “Being checked”, and the turn goes to: Case officer, within 5 working days." in html
    assert "The case is closed as “Given up”; this case cannot be brought back." in html


def test_pressed_twice_it_is_done_once(world: World) -> None:
    world.complete()
    for _ in range(2):
        assert world.step(world.owner, "submit", expected="draft").status_code == 302
    assert kinds(world.case).count("submit") == 1


def test_an_old_page_does_nothing(world: World) -> None:
    """The draft was sent in elsewhere; the page that still shows the draft gives it up in vain."""
    world.submitted()
    answer = world.step(world.owner, "cancel", expected="draft")
    assert answer.status_code == 409
    assert "moved on" in answer.content.decode()
    assert world.status() == "submitted"


def test_the_same_step_by_somebody_else_is_no_double_press(world: World) -> None:
    world.mandate(world.agent, Scope.VIEW, Scope.ACT)
    world.submitted()
    assert world.step(world.agent, "submit", expected="draft").status_code == 409


def test_a_step_with_a_reason_asks_for_it_and_keeps_what_was_typed(world: World) -> None:
    world.submitted()
    assert 'name="said"' in world.html(world.owner)
    refused = world.step(world.owner, "withdraw", said=" ", expected="submitted")
    assert refused.status_code == 400
    assert world.status() == "submitted"


@pytest.mark.parametrize("verb", ["approve", "reject", "send_back", "no_such_step", ""])
def test_steps_of_others_are_refused(world: World, verb: str) -> None:
    world.submitted()
    assert world.step(world.owner, verb, said="x", article="y", expected="submitted").status_code == 409
    assert world.status() == "submitted"


# --- readers -------------------------------------------------------------------------------------------------


def test_a_stranger_finds_nothing(world: World) -> None:
    stranger = ensure_person(mobile="09120000399", name_fa="غریبه", verified=True)
    assert world.client(stranger).get(world.url()).status_code == 404
    for tail in ("step/", "say/", "asks/1/answer/", "owners/declare/", "owners/1/consent/", "owners/object/"):
        assert world.post(stranger, tail, text="x", verb="submit").status_code == 404, tail
    assert not AccessRecord.objects.exists()


def test_who_is_signed_out_comes_back_to_the_page(world: World) -> None:
    from django.test import Client

    for tail in ("step/", "say/", "asks/1/dispute/", "owners/1/remove/"):
        answer = Client().post(world.url(tail))
        assert answer.status_code == 302
        assert answer.url.endswith(f"next=%2Fen%2Frequests%2F{world.case.tracking}%2F"), tail


def test_an_agent_acts_in_the_owners_name(world: World) -> None:
    world.mandate(world.agent, Scope.VIEW, Scope.ACT)
    html = world.html(world.agent)
    assert "You act in the name of <b>Owner Sample</b>" in html
    assert steps(world, world.agent) == ["submit", "cancel"]
    world.complete()
    assert world.step(world.agent, "submit", expected="draft").status_code == 302
    assert "Agent Sample (the owner" in world.html(world.owner)


def test_a_viewer_only_looks(world: World) -> None:
    world.mandate(world.viewer, Scope.VIEW)
    html = world.html(world.viewer)
    assert "You look at this in the name of <b>Owner Sample</b>" in html
    assert "<textarea" not in html
    assert steps(world, world.viewer) == []
    assert world.post(world.viewer, "say/", text="hello").status_code == 403
    assert world.step(world.viewer, "cancel", expected="draft").status_code == 409
    assert world.status() == "draft"


def test_a_revoked_agent_finds_nothing(world: World) -> None:
    held = world.mandate(world.agent, Scope.VIEW, Scope.ACT)
    assert world.client(world.agent).get(world.url()).status_code == 200
    held.ended_at, held.ended_by, held.end_ground = held.given_at, world.owner, "revoked"
    held.save()
    assert world.client(world.agent).get(world.url()).status_code == 404


def test_an_officer_reads_and_goes_to_the_officers_page(world: World) -> None:
    html = world.submitted().html(world.officer)
    assert f"/en/officer/cases/{world.case.tracking}/" in html
    assert steps(world, world.officer) == []
    assert 'id="log"' not in html
    assert world.case.public_code not in html, "the code for tracking is the owner's"


def test_officers_are_named_by_their_role_alone(world: World) -> None:
    world.sent_back()
    html = world.html(world.owner)
    assert "Officer Sample" not in html
    assert "Case officer" in html
    assert "Owner Sample" in world.html(world.officer)


# --- who looked ----------------------------------------------------------------------------------------------


def test_every_look_is_written_down_with_its_address(world: World) -> None:
    world.submitted()
    world.client(world.owner).get(world.url(), REMOTE_ADDR="203.0.113.9")
    world.html(world.officer)
    rows = list(AccessRecord.objects.order_by("pk").values_list("person_id", "capacity", "what", "address"))
    assert rows == [
        (world.owner.pk, "applicant", "view", "203.0.113.9"),
        (world.officer.pk, "case_officer", "view", "127.0.0.1"),
    ]


def test_the_owner_reads_who_looked_by_day_and_person(world: World) -> None:
    world.submitted()
    for _ in range(3):
        world.html(world.officer)
    access_log.record(case=world.case, person=world.officer, what="download", thing="deed v1")
    html = world.html(world.owner)
    assert "looked 3 times" in html
    assert "Downloaded: deed v1" in html


def test_a_refused_form_shows_the_page_and_counts_as_a_look(world: World) -> None:
    assert world.post(world.owner, "say/", text=" ").status_code == 400
    assert AccessRecord.objects.filter(person=world.owner).count() == 1


# --- speed and language --------------------------------------------------------------------------------------


def test_the_page_takes_the_same_number_of_queries_however_long_the_case(
    world: World, django_assert_max_num_queries
) -> None:
    client = world.client(world.owner)
    world.sent_back()
    client.get(world.url())
    with django_assert_max_num_queries(60) as first:
        client.get(world.url())
        count = len(first.captured_queries)
    for n in range(6):
        world.ask(f"Thing {n}")
        world.send_document("", f"سند {n}")
        world.post(world.owner, "say/", text=f"sentence {n}")
    cache.clear()
    client.get(world.url())
    with django_assert_max_num_queries(count):
        client.get(world.url())


def test_the_line_of_time_is_paged_and_filtered_by_links(world: World) -> None:
    world.submitted()
    CaseEvent.objects.bulk_create(
        [CaseEvent(case=world.case, at=world.case.opened_at, kind="form", data={"as": "applicant"}) for _ in range(40)]
    )
    world.post(world.owner, "say/", text="Hello there")
    assert "Older" in world.html(world.owner)
    assert "Hello there" in world.html(world.owner, "?show=messages")
    assert "Send in</b>" not in world.html(world.owner, "?show=messages")
    assert "Hello there" not in world.html(world.owner, "?show=steps")
    assert "Newer" in world.html(world.owner, "?show=nonsense&page=2")


def test_the_persian_page_is_persian(world: World) -> None:
    world.submitted()
    html = world.client(world.owner).get(f"/requests/{world.case.tracking}/").content.decode()
    for english in ("Whose turn", "Comes next", "What you may do", "Line of time", "Who looked"):
        assert english not in html
    assert "کارشناس پرونده" in html
    assert "روز کاری" in html
