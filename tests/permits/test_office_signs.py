"""What officers sign on a permit's page: reasons for open checks, and that a former permit was looked up."""

import pytest
from django.test import Client

from apps.cases.models import Case
from tests.permits.conftest import Street
from tests.permits.walking import at, office
from tests.signing_in import office_client


def text(answer) -> str:  # type: ignore[no-untyped-def] # the client's answers have no type here
    return answer.content.decode()


def test_the_drawing_officer_signs_a_reason_on_the_page(street: Street, monkeypatch: pytest.MonkeyPatch) -> None:
    made = at(street, "drawing_review", monkeypatch)
    url = f"/en/officer/cases/{made.case.tracking}/"
    drawing = office_client(office("drawing_officer"))
    page = text(drawing.get(url))
    assert "Checks that a person judges" in page
    assert "Sign a reason" in page
    assert drawing.post(f"{url}sign/", {"code": "max_projection", "said": "خوب"}).status_code == 400, "too short"
    assert drawing.post(f"{url}sign/", {"code": "nothing", "said": "روی نقشه دیده شد"}).status_code == 409
    assert drawing.post(f"{url}sign/", {"code": "max_projection", "said": "روی نقشه دیده شد"}).status_code == 302
    assert made.case.events.filter(kind="check_reason").count() == 1
    assert 'value="max_projection"' not in text(drawing.get(url)), "what has its reason is not asked again"
    other = office_client(street.officer)
    assert "Sign a reason" not in text(other.get(url))
    assert other.post(f"{url}sign/", {"code": "max_projection", "said": "روی نقشه دیده شد"}).status_code == 403


def test_the_officer_says_where_the_former_permit_was_found(street: Street, client: Client) -> None:
    made = street.request("A", kind="RENEWAL", sent=True)
    url = f"/en/officer/cases/{made.case.tracking}/"
    officer = office_client(street.officer, client)
    assert "Found in the archive" in text(officer.get(url))
    assert officer.post(f"{url}former/", {"said": " "}).status_code == 400
    assert officer.post(f"{url}former/", {"said": "قفسهٔ ۳"}).status_code == 302
    assert "Found in the archive" not in text(officer.get(url))
    assert officer.post(f"{url}step/", {"verb": "confirm", "expected": "submitted"}).status_code == 302
    assert Case.objects.get(pk=made.case_id).status == "inspection"
