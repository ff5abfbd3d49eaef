"""Guessing: codes of cases, and who has an account."""

import pytest
from django.test import Client

from apps.api.cases import FORMS
from apps.cases.models import CaseParty
from apps.cases.public_asking import PER_ADDRESS, WRONG_PER_NUMBER
from apps.common.limits import Limit
from frontend.views.case_doing import PER_PERSON
from frontend.views.case_forms import DECLARED
from tests.access.world import World

pytestmark = pytest.mark.django_db


def test_codes_are_not_guessed_from_many_addresses(world: World) -> None:
    """Once a number has had so many wrong codes, the right one is refused with the rest."""
    right = {"number": world.case.tracking, "code": world.case.public_code}
    assert Client().get("/api/v1/track", right).status_code == 200
    wrong = "000000" if world.case.public_code != "000000" else "000001"
    for n in range(WRONG_PER_NUMBER.amount):
        client = Client(REMOTE_ADDR=f"10.0.{n}.1")
        assert client.get("/api/v1/track", {**right, "code": wrong}).status_code == 404
    for path in ("/api/v1/track", "/en/track/"):
        assert Client(REMOTE_ADDR="10.1.1.1").get(path, right).status_code == 429
    short = f"/t/{world.case.tracking}/{world.case.public_code}/"
    assert Client(REMOTE_ADDR="10.1.1.2").get(short).status_code == 429


def test_numbers_are_not_tried_one_after_the_other(world: World) -> None:
    """A number that is not there and one with a wrong code are answered alike; an address has few tries."""
    number = world.case.tracking
    wrong = "000000" if world.case.public_code != "000000" else "000001"
    there = Client().get("/api/v1/track", {"number": number, "code": wrong})
    nowhere = Client().get("/api/v1/track", {"number": "PR-AAAA-AAAA-A", "code": wrong})
    assert (there.status_code, there.json()) == (nowhere.status_code, nowhere.json())
    codes = [
        Client().get("/api/v1/track", {"number": f"PR-{n:04d}-AAAA-A", "code": wrong}).status_code
        for n in range(PER_ADDRESS.amount)
    ]
    assert codes[0] == 404
    assert codes[-1] == 429


def test_who_has_an_account_is_not_read_off_the_list_of_co_owners(world: World) -> None:
    """Naming somebody tells whether they have signed in here: a person names few in an hour."""
    client, url = world.client("owner"), f"/en/requests/{world.draft.tracking}/owners"
    for n in range(DECLARED.amount):
        form = {"name": "x", "mobile": f"0912666{n:04d}", "national_id": "0012345679", "part": "1", "whole": "6"}
        assert client.post(f"{url}/declare/", form).status_code == 302
        number = CaseParty.objects.get(case=world.draft, removed_at__isnull=True).pk
        assert client.post(f"{url}/{number}/remove/").status_code == 302
    assert client.post(f"{url}/declare/", {**form, "mobile": "09126669999"}).status_code == 429


def test_answers_of_a_form_are_not_written_without_end_over_the_api(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each stays in the history for ever: pages and API have one limit together, and a stranger spends none of it."""
    monkeypatch.setattr("apps.api.cases.FORMS", Limit(PER_PERSON.name, 3, PER_PERSON.seconds))
    body, path = '{"form": {}}', f"/api/v1/cases/{world.draft.tracking}/form"
    stranger, owner = world.client("stranger"), world.client("owner")
    sent = [stranger.put(path, body, content_type="application/json").status_code for _ in range(4)]
    assert sent == [404] * 4
    sent = [owner.put(path, body, content_type="application/json").status_code for _ in range(4)]
    assert sent == [200, 200, 200, 429]
    assert FORMS == PER_PERSON
