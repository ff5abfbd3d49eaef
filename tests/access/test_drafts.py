"""A draft is its owner's side's own, for every office; and the admin site changes no law and no case."""

import pytest
from django.test import Client

from apps.cases.models import Case
from apps.parties.models import Person
from tests.access import routes
from tests.access.world import READERS, World

pytestmark = pytest.mark.django_db
WHOSE = ("owner", "agent_elsewhere")  # the applicant, and the agent on that land


def pages(world: World) -> list[str]:
    """Every address that shows a case, with the draft's number."""
    values = {**world.values, "tracking": world.draft.tracking}
    shown = [route.pattern for route in routes.declared().values() if route.methods.get("GET") == "*"]
    return [routes.filled(pattern, values) for pattern in shown if "tracking" in pattern]


@pytest.mark.usefixtures("unlimited")
@pytest.mark.parametrize("reader", READERS)
def test_a_draft(world: World, reader: str) -> None:
    client, own = world.client(reader), [path for path in pages(world) if "/officer/" not in path]
    assert len(own) > 8
    answers = {path: client.get(path) for path in own}
    if reader in WHOSE:
        assert {path: answer.status_code for path, answer in answers.items()} == dict.fromkeys(own, 200)
        assert all(world.draft.tracking in answers[path].content.decode() for path in own if "/requests/" in path)
        return
    for path, answer in answers.items():
        assert answer.status_code in (302, 401, 403, 404), path
        assert "5/100/2" not in answer.content.decode(), path
    office = client.get(f"/officer/cases/{world.draft.tracking}/")
    assert office.status_code in (302, 403, 404)
    assert "/requests/" not in office.headers.get("Location", "")


def test_the_admin_site_changes_no_law_and_no_case(world: World) -> None:
    client = Client()
    client.force_login(Person.objects.create_superuser("+989125550995"))
    for room in ("cases/case", "legal/legalact", "legal/instrument", "legal/inforceperiod"):
        assert client.get(f"/admin/{room}/").status_code == 200
        assert client.get(f"/admin/{room}/add/").status_code == 403
    change = f"/admin/cases/case/{world.case.pk}/"
    before = world.state()
    assert client.get(f"{change}change/").status_code == 200
    assert client.post(f"{change}change/", {"status": "closed"}).status_code == 403
    assert client.post(f"{change}delete/", {"post": "yes"}).status_code == 403
    assert world.state() == before
    assert Case.objects.filter(pk=world.case.pk).exists()
