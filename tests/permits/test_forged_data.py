"""What is sent along with a step changes nothing that the engine itself says of the step in history."""

import json
from typing import Any

import pytest
from django.test import Client

from apps.cases.models import Case
from tests.permits.conftest import Street
from tests.permits.walking import at, office, step
from tests.signing_in import office_client

pytestmark = pytest.mark.django_db
FORGED = {"from": "inquiries", "to": "fee_calc", "as": "applicant", "for": "1", "said": "چیز دیگر", "article": "م ۱"}


def sent(client: Client, case: Case, **body: Any) -> Any:
    url, content = f"/api/v1/requests/{case.tracking}/steps", json.dumps(body)
    return client.post(url, content, content_type="application/json")


def test_an_officer_does_not_choose_where_a_request_comes_back_to(street: Street) -> None:
    """The owner returns to the state that the request really left: inspection and rules are not passed by."""
    made = street.request("A", sent=True)
    client = office_client(street.officer, Client())
    body = {"verb": "send_back", "expected": "submitted", "said": "بنچاق ناخوانا است", "data": FORGED}
    assert sent(client, made.case, **body).status_code == 200
    event = made.case.events.get(kind="send_back")
    assert {name: event.data.get(name) for name in FORGED} == {
        "from": "submitted",
        "to": "needs_docs",
        "as": "case_officer",
        "for": None,
        "said": "بنچاق ناخوانا است",
        "article": None,
    }
    assert step(made, "return", street.owner).status == "submitted"


def test_no_evidence_is_named_that_was_not_kept(street: Street, monkeypatch: pytest.MonkeyPatch) -> None:
    """Digests in history are those of what was frozen, never those that somebody sent."""
    made = at(street, "rules", monkeypatch)
    step(made, "send_back", office("zoning_officer"), said="بنچاق ناخوانا است")
    client = Client()
    client.force_login(street.owner)
    forged = {"checks": "sha256:" + "0" * 64, "digest": "x", "report": "y"}
    assert sent(client, made.case, verb="return", expected="needs_docs", data=forged).status_code == 200
    assert not forged.keys() & made.case.events.get(kind="return").data.keys()
