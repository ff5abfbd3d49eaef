"""What the desk refuses, each with its reason: people, places, orders of acts, files, forged forms."""

import json
from datetime import date

import pytest
from django.test import Client

from apps.legal.models import ActDocument, ActDraft, LegalAct
from apps.parties.models import Assignment, OutboxMessage, Person, Role
from apps.parties.services import ensure_assignment
from gis_layers.models import Theme
from tests.desk.acts_build import (
    CITY,
    Desk,
    city_of,
    client_of,
    last_code,
    officer,
    pdf,
    pk_of,
    rulebook,
    said,
    seal_on,
)
from tests.desk.test_acts_walk import lonlat, publish
from tests.extracts.conftest import Grid, box
from tests.legal.build import edition as instrument


@pytest.fixture(autouse=True)
def media(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def grid(db: None) -> Grid:
    return city_of(Grid())


@pytest.fixture
def desk(grid: Grid) -> Desk:
    return Desk()


# --- the two hands ------------------------------------------------------------------------------


def signature(desk: Desk, draft: ActDraft, client: Client) -> str:
    """What a person hears who may not sign; posted with the right seal, as a forged form would."""
    seal = seal_on(desk.signing, draft)
    before = OutboxMessage.objects.count()
    for step in ("code", "sign"):
        response = client.post(f"/en/desk/acts/{draft.pk}/{step}/", {"seal": seal, "code": "000000"})
        assert response.status_code == 403, said(response)
    assert OutboxMessage.objects.count() == before
    assert not LegalAct.objects.filter(kind="suspend").exists()
    return said(response)


def test_the_same_account_cannot_sign_what_it_wrote(desk: Desk) -> None:
    ensure_assignment(person=desk.editor, role=Role.RULE_APPROVER, since=date(2000, 1, 1))
    draft = desk.write("suspend", "hc")
    assert "you wrote this draft" in signature(desk, draft, desk.writing)


def test_two_accounts_of_one_national_id_are_one_person(desk: Desk) -> None:
    twin = officer(Role.RULE_APPROVER, identity=desk.editor.national_id)
    draft = desk.write("suspend", "hc")
    assert "you wrote this draft" in signature(desk, draft, client_of(twin))
    assert f"/desk/acts/{draft.pk}/" not in client_of(twin).get("/en/desk/acts/").content.decode()


@pytest.mark.parametrize("identity", ["", "123", "1111111111"])
def test_without_a_national_id_nobody_signs_and_nobody_drafts(desk: Desk, identity: str) -> None:
    nameless = officer(Role.RULE_APPROVER)
    ensure_assignment(person=nameless, role=Role.RULE_EDITOR, since=date(2000, 1, 1))
    Person.objects.filter(pk=nameless.pk).update(national_id=identity)
    draft = desk.write("suspend", "hc")
    assert "national ID" in signature(desk, draft, client_of(nameless))
    response = desk.post("suspend", "hc", client=client_of(nameless))
    assert response.status_code == 403
    assert "national ID" in said(response)


@pytest.mark.parametrize("lost", ["role", "theme", "account"])
def test_a_draft_whose_writer_may_write_it_no_longer_is_not_signed(desk: Desk, lost: str) -> None:
    draft = desk.write("suspend", "hc")
    seal = seal_on(desk.signing, draft)
    mine = Assignment.objects.filter(person=desk.editor)
    if lost == "account":
        Person.objects.filter(pk=desk.editor.pk).update(is_active=False)
    else:
        mine.update(**({"until": date(2020, 1, 1)} if lost == "role" else {"themes": ["density"]}))
    acts = LegalAct.objects.count()
    response = desk.signing.post(f"/en/desk/acts/{draft.pk}/code/", {"seal": seal})
    assert response.status_code == 409
    assert "no longer edits these rules" in response.content.decode()
    assert desk.signing.post(f"/en/desk/acts/{draft.pk}/sign/", {"seal": seal, "code": "1"}).status_code == 409
    assert LegalAct.objects.count() == acts


def test_a_draft_whose_writer_is_gone_is_withdrawn_by_others_of_these_rules(desk: Desk) -> None:
    """It holds its layer fast, so somebody must be able to let it go; as long as its writer serves, nobody else is."""
    draft = desk.write("suspend", "hc")
    where = f"/en/desk/acts/{draft.pk}/withdraw/"
    button, auditor = "Yes, withdraw it", client_of(officer(Role.AUDITOR))
    assert button not in desk.signing.get(f"/en/desk/acts/{draft.pk}/").content.decode()
    assert desk.signing.post(where).status_code == 403
    Assignment.objects.filter(person=desk.editor).update(until=date(2020, 1, 1))
    elsewhere = client_of(officer(Role.RULE_APPROVER, themes=["density"]))
    assert [client.post(where).status_code for client in (auditor, elsewhere)] == [403, 403]
    assert button in desk.signing.get(f"/en/desk/acts/{draft.pk}/").content.decode()
    assert desk.signing.post(where).status_code == 302
    draft.refresh_from_db()
    assert (draft.state, draft.closed_by) == ("withdrawn", desk.approver)


def test_a_draft_whose_writer_has_lost_the_national_id_is_not_signed(desk: Desk) -> None:
    draft = desk.write("suspend", "hc")
    seal = seal_on(desk.signing, draft)
    Person.objects.filter(pk=desk.editor.pk).update(national_id="")
    response = desk.signing.post(f"/en/desk/acts/{draft.pk}/sign/", {"seal": seal, "code": "000000"})
    assert response.status_code == 403
    assert "national ID" in said(response)


def test_an_editor_is_no_approver_and_an_approver_no_editor(desk: Desk) -> None:
    draft = desk.write("suspend", "hc")
    assert "Rule approver" in signature(desk, draft, client_of(officer(Role.RULE_EDITOR)))
    assert desk.post("suspend", "hc", client=desk.signing).status_code == 403
    assert desk.signing.get("/en/desk/acts/new/").status_code == 403


def test_an_auditor_sees_and_does_nothing(desk: Desk) -> None:
    draft = desk.write("suspend", "hc")
    looking = client_of(officer(Role.AUDITOR))
    page = looking.get(f"/en/desk/acts/{draft.pk}/").content.decode()
    assert 'name="seal"' not in page
    assert "Rule approver" in signature(desk, draft, looking)


@pytest.mark.parametrize("address", ["", "new/", "1/", "1/edit/", "recorded/1/"])
def test_a_citizen_and_a_stranger_do_not_come_in(grid: Grid, signed_in: Client, address: str) -> None:
    assert signed_in.get(f"/en/desk/acts/{address}").status_code == 403
    assert Client().get(f"/en/desk/acts/{address}").status_code == 302


def test_forms_need_their_token(desk: Desk) -> None:
    draft = desk.write("suspend", "hc")
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(desk.approver)
    for step in ("code", "sign", "withdraw"):
        assert strict.post(f"/en/desk/acts/{draft.pk}/{step}/", {"seal": "x"}).status_code == 403
        assert strict.get(f"/en/desk/acts/{draft.pk}/{step}/").status_code == 405


# --- themes and districts ------------------------------------------------------------------------


def test_an_editor_drafts_for_their_themes_only(desk: Desk) -> None:
    other = client_of(officer(Role.RULE_EDITOR, themes=["density"]))
    response = desk.post("suspend", "hc", client=other)
    assert response.status_code == 403
    assert "height_code" in said(response)
    own = client_of(officer(Role.RULE_EDITOR, themes=["height_code"]))
    assert desk.post("suspend", "hc", client=own).status_code == 302


def test_an_approver_signs_for_their_themes_only(desk: Desk) -> None:
    draft = desk.write("suspend", "hc")
    assert "height_code" in signature(desk, draft, client_of(officer(Role.RULE_APPROVER, themes=["density"])))


def test_an_editor_of_a_district_acts_inside_it(desk: Desk, grid: Grid) -> None:
    """District 3 is the grid's square of 1000 m; district 4 the 500 m east of it. hc speaks of district 3 alone."""
    from apps.cadastre.models import District

    east = box(1000, 0, 1500, 1000)
    District.objects.create(number=4, name_fa="۴", name_en="4", geom=east, geom_web=east.transform(3857, clone=True))
    grid.edition(Theme.objects.get(code="height_code"), "wide", {"H3": CITY}, coverage=box(0, 0, 1500, 1000))
    grid.in_force("wide", "2015-01-01")
    third = client_of(officer(Role.RULE_EDITOR, districts=[3]))
    assert desk.post("suspend", "hc", client=third).status_code == 302
    whole = desk.post("suspend", "wide", client=third)
    assert whole.status_code == 403
    assert "district 3, 4" in said(whole)
    for place, status in ((box(900, 0, 1000, 9), 302), (box(900, 0, 1000.002, 9), 302), (box(900, 0, 1100, 9), 403)):
        assert desk.post("suspend", "wide", client=third, scope=lonlat(place)).status_code == status


def test_a_place_in_no_district_is_for_those_of_the_whole_city(desk: Desk, grid: Grid) -> None:
    beyond = box(500, 0, 1200, 10)
    grid.edition(Theme.objects.get(code="height_code"), "beyond", {"H3": beyond}, coverage=beyond)
    third = client_of(officer(Role.RULE_EDITOR, districts=[3]))
    response = desk.post("approve", "beyond", client=third)
    assert response.status_code == 403
    assert "whole city" in said(response)
    assert desk.post("approve", "beyond").status_code == 302


def test_a_rulebook_belongs_to_the_themes_its_rows_name_and_to_all_when_one_names_none(desk: Desk) -> None:
    named, free = rulebook("book-h", themes=["height_code"]), rulebook("book-all", themes=["height_code", ""])
    heights = client_of(officer(Role.RULE_EDITOR, themes=["height_code"]))
    assert desk.post("approve", named.code, client=heights).status_code == 302
    response = desk.post("approve", free.code, client=heights)
    assert response.status_code == 403
    assert "all themes" in said(response)
    assert desk.post("approve", free.code).status_code == 302


def test_a_successor_counts_as_well(desk: Desk, grid: Grid) -> None:
    grid.edition(grid.theme("density"), "dn", {"D": CITY}, coverage=CITY)
    grid.in_force("dn", "2015-01-01")
    heights = client_of(officer(Role.RULE_EDITOR, themes=["height_code"]))
    pair = {"old_0": pk_of("hc"), "new_0": pk_of("dn"), "instruments": None}
    assert desk.post("replace", client=heights, **pair).status_code == 403


# --- what cannot be an act ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "fields", "status", "words"),
    [
        ("suspend", {"number": ""}, 400, "required"),
        ("suspend", {"number": "   "}, 400, "required"),
        ("suspend", {"body_en": ""}, 400, "required"),
        ("suspend", {"document": None}, 400, "Attach the signed text"),
        ("suspend", {"act_date": "31/02/1403"}, 400, "cannot be read"),
        ("suspend", {"act_date": "2190-01-01", "effective_on": "2190-01-01"}, 400, "dated after"),
        ("suspend", {"instruments": []}, 400, "required"),
        ("suspend", {"instruments": ["999999"]}, 400, "999999"),
        ("suspend", {"authority": "god"}, 400, "god"),
        ("suspend", {"clause-0-choices": ["bribe"]}, 400, "bribe"),
        ("suspend", {"clause-0-choices": ["continue"], "clause-0-until": "x"}, 400, "cannot be read"),
        ("promulgate", {"instruments": None}, 400, "required"),
        ("suspend", {"effective_on": "2001-01-01"}, 409, "not approved on 2001-01-01"),
        ("suspend", {"scope": "{"}, 422, "could not be read"),
        ("suspend", {"scope": "[1]"}, 422, "not what its name says"),
        ("suspend", {"scope": json.dumps({"type": "FeatureCollection", "features": []})}, 422, ""),
    ],
)  # fmt: skip
def test_a_form_that_says_something_impossible(desk: Desk, kind: str, fields: dict, status: int, words: str) -> None:
    response = desk.post(kind, "hc", **fields)
    assert response.status_code == status, said(response)
    assert words in said(response)
    assert not ActDraft.objects.exists()


def test_a_promulgation_before_its_approval_is_refused(desk: Desk) -> None:
    desk.enact("approve", "hc-new", act_date="2024-04-10")
    response = desk.post("promulgate", "hc-new", act_date="2024-04-01", effective_on="2024-04-01")
    assert (response.status_code, "not approved on 2024-04-01" in said(response)) == (409, True)


def test_a_court_does_not_promulgate(desk: Desk) -> None:
    desk.enact("approve", "hc-new", act_date="2024-04-10")
    assert desk.post("promulgate", "hc-new", authority="court").status_code == 400


def test_an_office_does_not_lift_the_stop_of_a_court(desk: Desk) -> None:
    (stop,) = desk.enact("suspend", "hc", authority="court")
    response = desk.post("lift", stops=[str(stop.pk)])
    assert (response.status_code, "only an order of a court" in said(response)) == (409, True)
    desk.enact("lift", stops=[str(stop.pk)], authority="court", act_date="2024-05-02", effective_on="2024-05-02")


def test_a_layer_without_a_file_is_not_approved(desk: Desk) -> None:
    instrument("empty")
    response = desk.post("approve", "empty")
    assert (response.status_code, "No file has been taken in" in said(response)) == (409, True)


def test_a_promulgation_waits_for_the_overlay(desk: Desk, grid: Grid) -> None:
    grid.edition(Theme.objects.get(code="height_code"), "late", {"H3": CITY}, coverage=CITY)
    desk.enact("approve", "late", act_date="2024-04-01")
    draft = desk.write("promulgate", "late")
    page = desk.signing.get(f"/en/desk/acts/{draft.pk}/").content.decode()
    assert "not yet fully laid over late" in page
    assert 'name="seal"' not in page
    grid.overlay()
    assert desk.sign(draft).status_code == 302


def test_places_that_overlap_or_lie_outside(desk: Desk) -> None:
    """hc speaks of 0–1000. 0–10 is annulled; 10–20 touches it and is fine, 5–15 overlaps by 50 m²."""
    publish(desk)
    desk.enact("annul", "hc-new", scope=lonlat(box(0, 0, 10, 10)))
    for kind, place, status, words in (
        ("annul", box(5, 0, 15, 10), 409, "already annulled"),
        ("suspend", box(5, 0, 15, 10), 409, "already annulled"),
        ("suspend", box(10, 0, 20, 10), 302, ""),
        ("suspend", box(990, 0, 1010, 10), 409, "outside the place"),
        ("annul", box(990, 0, 1000, 10), 302, ""),
    ):
        response = desk.post(kind, "hc-new", scope=lonlat(place))
        assert (response.status_code, words in said(response)) == (status, True), (kind, place.extent, said(response))


def test_a_court_may_stop_what_an_office_has_stopped_and_not_the_other_way(desk: Desk) -> None:
    place = {"scope": lonlat(box(0, 0, 10, 10))}
    desk.enact("suspend", "hc", **place)
    assert "already suspended" in said(desk.post("suspend", "hc", **place))
    desk.enact("suspend", "hc", authority="court", **place)
    assert "already suspended" in said(desk.post("suspend", "hc", **place))


def test_a_rulebook_has_no_place(desk: Desk) -> None:
    book = rulebook("book", themes=["height_code"])
    desk.enact("approve", book.code, act_date="2024-04-01")
    response = desk.post("suspend", book.code, scope=lonlat(box(0, 0, 10, 10)))
    assert (response.status_code, "bind the row to a zone" in said(response)) == (400, True)


@pytest.mark.parametrize("content", [b"<html><script>alert(1)</script></html>", b"MZ\x90", b"", b"%PDF-1.4 half"])
def test_a_hostile_file_is_no_minutes(desk: Desk, content: bytes) -> None:
    response = desk.post("suspend", "hc", document=pdf(content))
    assert response.status_code == 400, said(response)
    assert not ActDocument.objects.exists()


def test_a_request_that_is_too_large_is_told_so(desk: Desk) -> None:
    response = desk.post("suspend", "hc", document=pdf(b"%PDF-1.4\n" + b"x" * (21 << 20) + b"\n%%EOF"))
    assert response.status_code == 413
    assert "20 MB" in said(response)
    assert desk.post("suspend", "hc", document=pdf(b"%PDF-1.4\n" + b"x" * (5 << 20) + b"\n%%EOF")).status_code == 302


# --- the document ---------------------------------------------------------------------------------


def test_minutes_are_the_desks_until_they_are_an_acts(desk: Desk) -> None:
    draft = desk.write("suspend", "hc", document=pdf(name="صورت‌جلسه.pdf"))
    address = f"/acts/documents/{draft.document.sha256}/"
    assert Client().get(address).status_code == 404
    assert desk.signing.get(address).status_code == 200
    desk.sign(draft)
    response = Client().get(address)
    assert b"".join(response.streaming_content) == b"%PDF-1.4\nminutes\n%%EOF\n"
    assert response["Content-Disposition"].startswith("attachment; filename=")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert LegalAct.objects.get(kind="suspend").document == address
    assert Client().get("/acts/documents/0000/").status_code == 404


# --- changed meanwhile, and twice -----------------------------------------------------------------


def test_a_draft_that_changed_while_it_was_read_is_not_signed(desk: Desk) -> None:
    draft = desk.write("suspend", "hc")
    seal = seal_on(desk.signing, draft)
    desk.signing.post(f"/en/desk/acts/{draft.pk}/code/", {"seal": seal})
    code = last_code()
    edit = desk.post(
        "suspend", "hc", at=f"/en/desk/acts/{draft.pk}/edit/", seen=draft.digest, document=None, number="Z"
    )
    assert edit.status_code == 302, said(edit)
    response = desk.signing.post(f"/en/desk/acts/{draft.pk}/sign/", {"seal": seal, "code": code})
    assert (response.status_code, "Look again" in said(response)) == (409, True)
    assert not LegalAct.objects.filter(kind="suspend").exists()
    page = response.content.decode()
    assert '<bdi class="code" dir="ltr">Z</bdi>' in page


def test_law_that_changed_while_it_was_read_must_be_looked_at_again(desk: Desk) -> None:
    draft = desk.write("suspend", "hc")
    seal = seal_on(desk.signing, draft)
    desk.enact("approve", "hc-new", act_date="2024-04-01")
    response = desk.signing.post(f"/en/desk/acts/{draft.pk}/code/", {"seal": seal})
    assert (response.status_code, "Look again" in said(response)) == (409, True)
    assert desk.sign(draft).status_code == 302


def test_a_form_that_was_open_twice_changes_a_draft_once(desk: Desk) -> None:
    draft = desk.write("suspend", "hc")
    there = {"at": f"/en/desk/acts/{draft.pk}/edit/", "seen": draft.digest}
    assert desk.post("suspend", "hc", number="A", **there).status_code == 302
    response = desk.post("suspend", "hc", number="B", **there)
    assert (response.status_code, "changed since" in said(response)) == (409, True)
    draft.refresh_from_db()
    assert draft.number == "A"


def test_a_place_nested_without_end_is_refused_in_words(desk: Desk) -> None:
    response = desk.post("suspend", "hc", scope="[" * 50_000)
    assert response.status_code in {400, 422}, said(response)
    assert not ActDraft.objects.exists()


def test_a_forged_seal_and_no_seal_sign_nothing(desk: Desk) -> None:
    draft = desk.write("suspend", "hc")
    for seal in ("", "0" * 64, draft.digest):
        response = desk.signing.post(f"/en/desk/acts/{draft.pk}/sign/", {"seal": seal, "code": "000000"})
        assert response.status_code == 409
    assert not LegalAct.objects.filter(kind="suspend").exists()


def test_a_code_for_one_draft_signs_no_other(desk: Desk) -> None:
    one, other = desk.write("suspend", "hc"), desk.write("suspend", "hc")
    seals = [seal_on(desk.signing, draft) for draft in (one, other)]
    desk.signing.post(f"/en/desk/acts/{one.pk}/code/", {"seal": seals[0]})
    for seal in seals:
        response = desk.signing.post(f"/en/desk/acts/{other.pk}/sign/", {"seal": seal, "code": last_code()})
        assert response.status_code == 409
    assert not LegalAct.objects.filter(kind="suspend").exists()


def test_a_signed_draft_is_not_signed_or_changed_again(desk: Desk) -> None:
    draft = desk.write("suspend", "hc")
    seal = seal_on(desk.signing, draft)
    desk.sign(draft)
    response = desk.signing.post(f"/en/desk/acts/{draft.pk}/sign/", {"seal": seal, "code": last_code()})
    assert (response.status_code, "already signed" in said(response)) == (409, True)
    assert desk.writing.post(f"/en/desk/acts/{draft.pk}/withdraw/").status_code == 409
    assert desk.writing.get(f"/en/desk/acts/{draft.pk}/edit/").status_code == 302
    assert LegalAct.objects.filter(kind="suspend").count() == 1


def test_a_withdrawn_draft_is_shown_and_closed(desk: Desk) -> None:
    draft = desk.write("suspend", "hc")
    assert desk.signing.post(f"/en/desk/acts/{draft.pk}/withdraw/").status_code == 403
    assert desk.writing.post(f"/en/desk/acts/{draft.pk}/withdraw/").status_code == 302
    page = desk.signing.get(f"/en/desk/acts/{draft.pk}/").content.decode()
    assert "Withdrawn" in page
    assert 'name="seal"' not in page


def test_another_editor_does_not_change_a_draft(desk: Desk) -> None:
    draft = desk.write("suspend", "hc")
    other = client_of(officer(Role.RULE_EDITOR))
    assert other.post(f"/en/desk/acts/{draft.pk}/withdraw/").status_code == 409
    assert other.get(f"/en/desk/acts/{draft.pk}/edit/").status_code == 302


def test_a_draft_that_time_made_impossible_says_so(desk: Desk) -> None:
    draft = desk.write("suspend", "hc")
    desk.enact("annul", "hc")
    page = desk.signing.get(f"/en/desk/acts/{draft.pk}/").content.decode()
    assert "cannot be signed as it stands" in page
    assert "ended on" in page
    assert 'name="seal"' not in page


def test_unknown_drafts_and_acts_are_not_found(desk: Desk) -> None:
    for address in ("999999/", "recorded/999999/", "99999999999999999999999/", "999999/edit/"):
        assert desk.signing.get(f"/en/desk/acts/{address}").status_code == 404 or "edit" in address
    assert desk.writing.get("/en/desk/acts/999999/edit/").status_code == 404
