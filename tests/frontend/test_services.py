"""Pages of services without scripts: catalogue, guide, start, form, receipt, a call to 137, public tracking."""

import re
from datetime import date, timedelta
from urllib.parse import unquote

import pytest
import time_machine
from django.test import Client

from apps.cases.models import Case, CaseMessage
from apps.common import clock
from apps.parties.models import Mandate, Person, Role, Scope
from apps.parties.services import ensure_assignment, ensure_person
from tests.conftest import ORIGIN, MakeParcel
from tests.frontend.html import Page
from tests.signing_in import office_client

pytestmark = pytest.mark.django_db
HERE = {"lon": "51.674000", "lat": "32.654000"}
SOUND = {"kind": "complaint", "subject": "street", "text": "چاله‌ای در گذر است و پر نمی‌شود"}
CALL = "/en/services/tree_pruning/call/"
TREE = {"reason": "dead", "trees": "۲", "urgent": "no"}


@pytest.fixture
def operator(db: None) -> Client:
    person = ensure_person(mobile="09120000050", name_fa="کاربر", name_en="Operator", verified=True)
    ensure_assignment(person=person, role=Role.OPERATOR_137, since=date(2020, 1, 1))
    return office_client(person)


def draft(client: Client, service: str = "complaint", **said: str) -> Case:
    """A draft as its start page makes it."""
    made = client.post(f"/en/services/{service}/start/", said)
    assert made.status_code == 302, made.content
    return Case.objects.get(tracking=made["Location"].split("/")[3])


def answers(case: Case) -> str:
    return f"/en/requests/{case.tracking}/answers/"


# --- catalogue and guide --------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["", "/en"])
def test_the_catalogue_lists_every_service_under_its_heading(client: Client, language: str) -> None:
    html = client.get(f"{language}/services/").content.decode()
    for code in ("permit", "notary_inquiry", "tree_pruning", "complaint"):
        assert f'href="{language}/services/{code}/"' in html
    assert html.index("/permit/") < html.index("/notary_inquiry/") < html.index("/tree_pruning/")
    assert ("not known yet" if language else "هنوز معلوم نیست") in html, "no cost is known, and none is invented"
    assert len(Page(html).texts("tag")) == 3, "each sample says that it is one"


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("درخت", ["tree_pruning"]),
        ("DEED", ["notary_inquiry"]),
        ("۱۳۷", ["tree_pruning", "complaint"]),
        ("پروانه", ["permit", "notary_inquiry"]),
        ("deed tree", []),
        ("<script>", []),
    ],
)
def test_the_catalogue_is_searched_in_both_languages(client: Client, q: str, found: list[str]) -> None:
    html = client.get("/en/services/", {"q": q}).content.decode()
    assert re.findall(r'/en/services/(\w+)/"', html) == found
    assert "<script>" not in html.replace("<script>", "", html.count("<script type")), q


def test_from_a_parcel_only_services_about_land_are_shown_and_keep_it(client: Client) -> None:
    html = client.get("/en/services/", {"parcel": "3-2-14-5"}).content.decode()
    assert re.findall(r"/en/services/(\w+)/\?parcel=3-2-14-5", html) == ["permit", "notary_inquiry"]
    guide = client.get("/en/services/notary_inquiry/", {"parcel": "3-2-14-5"}).content.decode()
    assert "/en/services/notary_inquiry/start/?parcel=3-2-14-5" in guide
    start = client.get("/en/services/notary_inquiry/start/", {"parcel": "3-2-14-5"}).content.decode()
    assert 'name="parcel" value="3-2-14-5"' in start


def test_a_guide_says_what_who_documents_and_the_way(client: Client) -> None:
    html = client.get("/en/services/notary_inquiry/").content.decode()
    text = " ".join(re.sub(r"<[^>]+>", " ", html).split())
    for said in ("Who may ask", "Title deed (all pages)", "Sample: a straight, legible photo", "2 working days"):
        assert said in text
    assert "1 working day " in text, "one day is one day"
    assert "the city's time stands still meanwhile" in text.replace("&#x27;", "'")
    steps = Page(html).texts("service-way")[0]
    order = [steps.index(name) for name in ("Draft", "With the case officer", "Answer to be signed", "Answered")]
    assert order == sorted(order)
    assert "Not yet in district 15" in text


def test_the_permit_has_its_guide_and_is_started_from_the_map(client: Client) -> None:
    html = client.get("/en/services/permit/").content.decode()
    assert "Choose the parcel on the map" in html
    assert "/start/" not in html
    assert client.get("/en/services/permit/start/")["Location"] == "/en/services/permit/"


def test_an_unknown_service_is_not_there(client: Client) -> None:
    for tail in ("", "start/"):
        assert client.get(f"/en/services/castle/{tail}").status_code == 404


# --- start ------------------------------------------------------------------------------------------------------


def test_who_is_not_signed_in_comes_back_to_what_they_chose(client: Client) -> None:
    went = client.post("/en/services/tree_pruning/start/", HERE)["Location"]
    assert unquote(unquote(went)).endswith("/en/services/tree_pruning/start/?lon=51.674000&lat=32.654000")
    assert not Case.objects.exists()
    html = client.get("/en/services/tree_pruning/start/", HERE).content.decode()
    assert 'id="place-lon" value="51.674000"' in html


def test_a_place_is_found_by_words_without_scripts(client: Client, make_parcel: MakeParcel) -> None:
    make_parcel("3-2-14-5")
    html = client.get("/en/services/tree_pruning/start/", {"near": "3-2-14-5"}).content.decode()
    link = re.search(r'href="\?lon=([\d.]+)&amp;lat=([\d.]+)"', html)
    assert link is not None
    chosen = client.get("/en/services/tree_pruning/start/", {"lon": link[1], "lat": link[2]}).content.decode()
    assert "The place is chosen." in chosen
    nothing = client.get("/en/services/tree_pruning/start/", {"near": "qqqqq"}).content.decode()
    assert "Nothing was found. Write a street" in nothing


def test_a_point_becomes_metres_and_the_district_of_the_parcel_beside_it(
    signed_in: Client, make_parcel: MakeParcel
) -> None:
    """The square is 10 × 10 m at ORIGIN; its parcel has no district here, so none is guessed."""
    make_parcel("3-2-14-5")
    case = draft(signed_in, "tree_pruning", **HERE)
    assert case.place is not None
    assert abs(case.place.x - ORIGIN[0]) < 20_000
    assert case.district is None
    assert case.parcel is None


@pytest.mark.parametrize(
    ("service", "said", "status", "says"),
    [
        ("tree_pruning", {}, 400, "Show on the map where it is."),
        ("tree_pruning", {"lon": "here", "lat": "there"}, 400, "The place cannot be read."),
        ("tree_pruning", {"lon": "nan", "lat": "inf"}, 400, "outside the city"),
        ("tree_pruning", {"lon": "2.35", "lat": "48.85"}, 400, "outside the city"),
        ("notary_inquiry", {"parcel": "rubbish"}, 400, ""),
        ("notary_inquiry", {"parcel": "3-2-14-99"}, 404, "No parcel with"),
        ("notary_inquiry", {"parcel": "3-2-14-5", "principal": "999"}, 400, "You hold no mandate to act"),
    ],
    ids=lambda value: str(sorted(value)) if isinstance(value, dict) else None,
)
def test_what_is_wrong_is_said_and_what_was_chosen_is_kept(
    service: str, said: dict[str, str], status: int, says: str, signed_in: Client, make_parcel: MakeParcel
) -> None:
    make_parcel("3-2-14-5")
    response = signed_in.post(f"/en/services/{service}/start/", said)
    assert response.status_code == status
    html = response.content.decode()
    assert 'role="alert"' in html
    assert says in html
    assert all(f'value="{value}"' in html for name, value in said.items() if name != "principal")
    assert not Case.objects.exists()


def test_a_button_pressed_twice_makes_one_draft(signed_in: Client) -> None:
    first, second = draft(signed_in), draft(signed_in)
    assert first.pk == second.pk
    elsewhere = draft(signed_in, **HERE)
    assert elsewhere.pk != first.pk


def test_a_service_may_be_off_in_a_district(
    signed_in: Client, make_parcel: MakeParcel, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_parcel("15-2-14-5")
    monkeypatch.setattr("apps.cases.opening_ground._number", lambda _facts: 15)
    response = signed_in.post("/en/services/notary_inquiry/start/", {"parcel": "15-2-14-5"})
    assert response.status_code == 409
    assert "not online in district 15" in response.content.decode()
    assert not Case.objects.exists()


def test_an_agent_fills_in_in_the_owners_name(person: Person, other_person: Person, make_parcel: MakeParcel) -> None:
    make_parcel("3-2-14-5")
    now = clock.now()
    Mandate.objects.create(
        principal=person,
        agent=other_person,
        kind="technical_agent",
        scopes=[Scope.VIEW.value, Scope.ACT.value],
        land_code="3-2-14-5",
        since=now,
        until=now + timedelta(days=5),
        basis="portal",
        given_at=now,
    )
    agent = Client()
    agent.force_login(other_person)
    page = agent.get("/en/services/notary_inquiry/start/", {"parcel": "3-2-14-5"}).content.decode()
    assert "In whose name" in page
    case = draft(agent, "notary_inquiry", parcel="3-2-14-5", principal=str(person.pk))
    assert (case.applicant, case.opened_by) == (person, other_person)
    form = agent.get(answers(case)).content.decode()
    assert "You fill this in for" in form
    assert "Sample One" in form


# --- form -------------------------------------------------------------------------------------------------------


def test_errors_stand_beside_their_questions_and_nothing_written_is_lost(signed_in: Client) -> None:
    case = draft(signed_in)
    said = {**SOUND, "text": "کوتاه", "subject": "moon", "do": "send"}
    response = signed_in.post(answers(case), said)
    assert response.status_code == 400
    page = Page(response.content.decode())
    assert len(page.texts("errors")) == 2
    assert "Write at least 10 characters." in page.texts("errors")[1]
    assert "کوتاه" in response.content.decode()
    assert 'href="#f-text"' in response.content.decode()
    case.refresh_from_db()
    assert (case.status, case.form) == ("draft", {"kind": "complaint"}), "what is sound is kept"


def test_a_question_that_hangs_on_another_says_when_it_is_asked(signed_in: Client) -> None:
    """Without scripts all are there; one that comes to be asked by the answer is asked then."""
    case = draft(signed_in, "tree_pruning", **HERE)
    html = signed_in.get(answers(case)).content.decode()
    assert "Only if the answer to “Why should it be pruned?” is: Another reason" in html
    assert 'data-when="reason" data-values="other"' in html
    refused = signed_in.post(answers(case), {**TREE, "reason": "other", "do": "send"})
    assert Page(refused.content.decode()).texts("errors") == ["This answer is needed."]
    sent = signed_in.post(answers(case), {**TREE, "reason_other": "left over", "do": "send"})
    assert sent.status_code == 302
    case.refresh_from_db()
    assert case.form == {"reason": "dead", "trees": 2, "urgent": "no"}, "an answer that is not asked is left out"


def test_a_draft_is_saved_with_answers_missing_but_not_with_wrong_ones(signed_in: Client) -> None:
    case = draft(signed_in)
    saved = signed_in.post(answers(case), {"kind": "praise", "do": "save"})
    assert (saved.status_code, saved["Location"]) == (302, f"/en/requests/{case.tracking}/")
    wrong = signed_in.post(answers(case), {"kind": "praise", "subject": "moon", "do": "save"})
    assert Page(wrong.content.decode()).texts("errors") == ["Choose one of the options."]
    case.refresh_from_db()
    assert (case.status, case.form) == ("draft", {"kind": "praise"})


def test_days_are_shown_again_as_people_write_them(signed_in: Client) -> None:
    case = draft(signed_in)
    signed_in.post(answers(case), {**SOUND, "happened_on": "۱۴۰۴/۰۹/۰۱", "do": "save"})
    case.refresh_from_db()
    assert case.form["happened_on"] == "2025-11-22"
    assert 'value="1404/09/01"' in signed_in.get(answers(case)).content.decode().replace("-", "/")


def test_sent_in_once_and_then_it_is_out_of_the_owners_hands(signed_in: Client) -> None:
    case = draft(signed_in)
    said = {**SOUND, "do": "send", "expected": "draft"}
    sent = signed_in.post(answers(case), said)
    assert sent["Location"] == f"/en/requests/{case.tracking}/receipt/"
    again = signed_in.post(answers(case), said)
    assert again.status_code == 409
    assert "not in your hands now" in again.content.decode()
    assert case.events.filter(kind="submit").count() == 1
    looked = signed_in.get(answers(case)).content.decode()
    assert "disabled" in looked
    assert 'name="do"' not in looked


def test_missing_documents_are_named_where_one_wants_to_send(signed_in: Client, make_parcel: MakeParcel) -> None:
    make_parcel("3-2-14-5")
    case = draft(signed_in, "notary_inquiry", parcel="3-2-14-5")
    said = {
        "purpose": "transfer",
        "notary_office": "12",
        "letter_number": "9",
        "letter_day": "1404/09/01",
        "has_building": "no",
        "do": "send",
    }
    refused = signed_in.post(answers(case), said)
    assert refused.status_code == 409
    assert "Title deed (all pages)" in Page(refused.content.decode()).texts("error")[0]
    case.refresh_from_db()
    assert (case.status, case.form["notary_office"]) == ("draft", 12)


def test_hostile_answers_stay_text(signed_in: Client) -> None:
    case = draft(signed_in)
    bad = '"><script>alert(1)</script>{{ 7|add:7 }}'
    signed_in.post(answers(case), {**SOUND, "text": bad, "do": "save"})
    html = signed_in.get(answers(case)).content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_another_persons_form_and_receipt_are_not_there(signed_in: Client, other_person: Person) -> None:
    case = draft(signed_in)
    other = Client()
    other.force_login(other_person)
    for tail in ("answers", "receipt"):
        assert other.get(f"/en/requests/{case.tracking}/{tail}/").status_code == 404
        assert Client().get(f"/en/requests/{case.tracking}/{tail}/").status_code == 302
    assert other.post(answers(case), SOUND).status_code == 404


# --- receipt and tracking ------------------------------------------------------------------------------------------


def test_the_receipt_has_number_code_and_a_picture_that_leads_to_tracking(signed_in: Client, client: Client) -> None:
    case = draft(signed_in)
    html = signed_in.get(f"/en/requests/{case.tracking}/receipt/").content.decode()
    assert case.tracking in html
    assert case.public_code in html
    assert "<svg" in html
    link = f"http://testserver/en/t/{case.tracking}/{case.public_code}/"
    assert link in html
    answer = Client().get(link)
    assert answer.status_code == 200
    assert "Complaint or praise" in answer.content.decode()


def test_the_receipt_is_for_the_owners_side(signed_in: Client) -> None:
    case = draft(signed_in)
    signed_in.post(answers(case), {**SOUND, "do": "send"})
    officer = ensure_person(mobile="09120000051", verified=True)
    ensure_assignment(person=officer, role=Role.CASE_OFFICER, since=date(2020, 1, 1))
    client = office_client(officer)
    assert client.get(f"/en/requests/{case.tracking}/receipt/").status_code == 404
    form = client.get(answers(case))
    assert form.status_code == 404, "whoever decides a case reads it on the officer's page, where the look is recorded"


@pytest.mark.parametrize("path", ["/en/track/?number={n}&code={c}", "/en/t/{n}/{c}/"])
def test_tracking_shows_the_state_and_nobody(path: str, signed_in: Client, person: Person) -> None:
    case = draft(signed_in)
    signed_in.post(answers(case), {**SOUND, "do": "send"})
    answer = Client().get(path.format(n=case.tracking, c=case.public_code))
    text = " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())
    for said in ("Being handled", "Case officer", "Answer to be approved", "Until"):
        assert said in text
    for secret in (person.mobile, person.mobile[3:], person.name_en, person.name_fa, "چاله‌ای"):
        assert secret not in answer.content.decode()
    assert answer["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer["Cache-Control"]
    assert '<meta name="robots" content="noindex' in answer.content.decode()


def test_the_page_says_the_same_of_an_unknown_number_and_a_wrong_code(signed_in: Client) -> None:
    case = draft(signed_in)
    pages = []
    for number, code in ((case.tracking, "x"), ("CP-2222-2222-2", case.public_code)):
        answer = Client().get("/en/track/", {"number": number, "code": code})
        assert answer.status_code == 404
        pages.append(Page(answer.content.decode()).texts("error"))
    assert pages[0] == pages[1] != []
    assert Client().get("/en/track/").status_code == 200


def test_who_asks_too_often_is_told_when_to_come_back() -> None:
    client = Client()
    with time_machine.travel(clock.now(), tick=False):
        answers_ = [client.get("/en/track/", {"number": f"CP-{n}", "code": "1"}) for n in range(61)]
    assert {a.status_code for a in answers_[:60]} == {404}
    assert answers_[60].status_code == 429
    assert int(answers_[60]["Retry-After"]) > 0
    assert "Too many calls" in answers_[60].content.decode()


# --- calls to 137 ----------------------------------------------------------------------------------------------------


def test_a_call_is_filed_in_one_go_and_read_aloud(operator: Client) -> None:
    filed = operator.post(CALL, {"mobile": "۰۹۱۲ ۰۰۰ ۰۰۷۷", "name": "تماس‌گیرنده", **HERE, **TREE})
    assert filed.status_code == 302, filed.content
    case = Case.objects.get()
    caller = Person.objects.get(mobile="+989120000077")
    assert (case.status, case.channel, case.applicant) == ("submitted", "call_137", caller)
    assert not caller.mobile_verified, "nobody has proved that number yet"
    assert case.opened_by is not None
    assert case.opened_by.name_en == "Operator"
    html = operator.get(filed["Location"]).content.decode()
    assert case.tracking in html
    assert case.public_code in html
    told = CaseMessage.objects.get(person=caller)
    assert case.public_code in told.text_fa
    submit = case.events.get(kind="submit")
    assert (submit.actor_id, submit.data["as"]) == (case.opened_by.pk, "operator_137")


def test_the_same_call_twice_is_one_case(operator: Client) -> None:
    for _ in range(2):
        operator.post(CALL, {"mobile": "09120000077", **HERE, **TREE})
    assert Case.objects.count() == 1
    assert CaseMessage.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"mobile": ""}, "alert"),
        ({"mobile": "12"}, "alert"),
        ({"trees": "many"}, "Write a whole number"),
        ({"urgent": ""}, "This answer is needed."),
        ({"lon": "", "lat": ""}, "Show on the map"),
        ({"lon": "x"}, "The place cannot be read."),
        ({"name": "x" * 200}, "Write a shorter name."),
    ],
    ids=["no number", "bad number", "bad answer", "no answer", "no place", "bad place", "long name"],
)
def test_a_call_that_is_wrong_writes_nothing_and_keeps_what_was_typed(
    change: dict[str, str], says: str, operator: Client
) -> None:
    before = Person.objects.count()
    said = {"mobile": "09120000077", **HERE, **TREE, **change}
    response = operator.post(CALL, said)
    assert response.status_code == 400
    html = response.content.decode()
    assert says in html
    assert f'value="{said["trees"]}"' in html
    assert (Case.objects.count(), Person.objects.count()) == (0, before)


def test_calls_are_for_operators_and_for_services_by_telephone(operator: Client, signed_in: Client) -> None:
    assert signed_in.get(CALL).status_code == 403
    assert signed_in.post(CALL, {"mobile": "09120000077", **HERE, **TREE}).status_code == 403
    assert Client().get(CALL).status_code == 302
    assert "not asked for by telephone" in operator.get("/en/services/notary_inquiry/call/").content.decode()
    assert operator.post("/en/services/notary_inquiry/call/", {"mobile": "09120000077"}).status_code in (400, 409)
    assert operator.get("/en/services/permit/call/").status_code == 200
    assert not Case.objects.exists()
    assert "File a call to 137" in operator.get("/en/services/tree_pruning/").content.decode()
    assert "File a call to 137" not in signed_in.get("/en/services/tree_pruning/").content.decode()


def test_an_operator_reads_only_what_they_filed(operator: Client, signed_in: Client) -> None:
    case = draft(signed_in)
    assert operator.get(CALL, {"filed": case.tracking}).status_code == 404
    assert operator.get(f"/en/requests/{case.tracking}/answers/").status_code == 404


def test_the_caller_finds_the_case_when_they_sign_in(operator: Client) -> None:
    operator.post(CALL, {"mobile": "09120000077", **HERE, **TREE})
    caller = Client()
    caller.force_login(Person.objects.get(mobile="+989120000077"))
    case = Case.objects.get()
    assert caller.get(f"/en/requests/{case.tracking}/receipt/").status_code == 200
