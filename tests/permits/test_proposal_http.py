"""The proposal over HTTP: page and API, what they refuse, and who learns nothing."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from apps.parties.models import Person
from apps.permits import proposals
from apps.permits.models import PermitProposal
from apps.permits.proposal_shape import as_lonlat
from apps.permits.proposal_upload import MOST_BYTES
from tests.permits.conftest import Street
from tests.permits.proposing import on_grid
from tests.permits.test_proposal_files import SQUARE, drawing, saved
from tests.signing_in import office_client

SHAPE = as_lonlat(on_grid((2, 22, 17, 37)))
ROWS = {
    "seen": "0", "footprint_is": "kept", "plinth_m": "0", "parapet_m": "۱٫۱",
    "kind-0": "PILOTIS", "number-0": "۰", "gross_m2-0": "۲۰۰", "height_m-0": "2.7", "parking-0": "8",
    "kind-1": "TYPICAL", "number-1": "۱ تا ۴", "use-1": "RES", "gross_m2-1": "200", "countable_m2-1": "190",
    "height_m-1": "3٫2", "units-1": "2",
}  # fmt: skip
BODY: dict[str, Any] = {
    "footprint": SHAPE,
    "parapet_m": 1.1,
    "storeys": [
        {"number": 0, "kind": "PILOTIS", "gross_m2": 200, "height_m": 2.7, "parking": 8},
        {
            "number": 1,
            "kind": "TYPICAL",
            "use": "RES",
            "gross_m2": 200,
            "countable_m2": 190,
            "height_m": 3.2,
            "units": 2,
        },
    ],
}


@pytest.fixture
def draft(street: Street, client: Client) -> str:
    """The tracking number of a draft without a proposal; its owner is signed in."""
    client.force_login(street.owner)
    tracking: str = street.request("A", proposed=False).case.tracking
    return tracking


def page(tracking: str) -> str:
    return f"/en/requests/{tracking}/proposal/"


def api(tracking: str) -> str:
    return f"/api/v1/requests/{tracking}/proposal"


def put(client: Client, tracking: str, body: Any) -> Any:
    raw = body if isinstance(body, str) else json.dumps(body)
    return client.put(api(tracking), raw, content_type="application/json")


def test_the_form_without_scripts(draft: str, client: Client) -> None:
    assert client.get(page(draft)).status_code == 200
    answer = client.post(page(draft), ROWS)
    assert (answer.status_code, answer["Location"]) == (302, f"{page(draft)}#checks")
    kept = proposals.content_of(PermitProposal.objects.get())
    assert [(r["kind"], r["number"], r["height_m"]) for r in kept["storeys"]] == [
        ("PILOTIS", 0, 2.7), ("TYPICAL", 1, 3.2), ("TYPICAL", 2, 3.2), ("TYPICAL", 3, 3.2), ("TYPICAL", 4, 3.2),
    ]  # fmt: skip
    text = client.get(page(draft)).content.decode()
    assert 'value="1-4"' in text, "storeys that are alike are one row again"
    assert "Nothing that could be checked stands against it" in text
    assert text.index("Could not be evaluated") < text.index("Judged by an officer") < text.index("Kept to")


def test_a_file_and_a_layer_chosen_of_it(draft: str, client: Client) -> None:
    content = saved(drawing(lines=[("HOUSE", SQUARE, True), ("TREES", [(x, y + 20) for x, y in SQUARE], True)]))
    asked = client.post(page(draft), {**ROWS, "file": SimpleUploadedFile("plan.dxf", content)})
    text = asked.content.decode()
    assert asked.status_code == 400
    assert "<option>HOUSE</option>" in text
    assert 'value="3٫2"' in text, "what was typed is kept"
    assert not PermitProposal.objects.exists()
    waiting = text.split('name="waiting" value="')[1].split('"')[0]
    assert client.post(page(draft), {**ROWS, "layer": "HOUSE", "waiting": waiting}).status_code == 302
    kept = proposals.content_of(PermitProposal.objects.get())
    assert (kept["source"]["name"], kept["source"]["layer"], kept["source"]["sha256"]) == ("plan.dxf", "HOUSE", waiting)
    assert "plan.dxf" in client.get(page(draft)).content.decode()
    later = {**ROWS, "seen": "1", "units-1": "1"}
    assert client.post(page(draft), later).status_code == 302
    assert proposals.content_of(PermitProposal.objects.last())["source"] == kept["source"], "the footprint stands"


def test_what_is_drawn_replaces_and_may_be_taken_away(draft: str, client: Client) -> None:
    drawn = {**ROWS, "footprint_is": "drawn", "footprint": json.dumps(SHAPE)}
    assert client.post(page(draft), drawn).status_code == 302
    assert PermitProposal.objects.get().version == 1
    assert client.post(page(draft), {**drawn, "seen": "1", "footprint": ""}).status_code == 302
    assert proposals.content_of(PermitProposal.objects.last())["footprint"] is None


@pytest.mark.parametrize(
    ("changes", "status", "said"),
    [
        ({"number-1": "x"}, 400, "Row 2: write the number of the storey"),
        ({"number-1": "4-1"}, 400, "a range of storeys goes from below upwards"),
        ({"gross_m2-1": "many"}, 400, "cannot be read"),
        ({"kind-1": "ATTIC"}, 400, "cannot be read"),
        ({"units-1": "2.5"}, 400, "cannot be read"),
        ({"countable_m2-1": "900"}, 400, "the countable area is larger than the gross area"),
        ({"number-1": "2-4"}, 400, "Storey 1 is missing"),
        ({"seen": "7"}, 409, "Another version of the proposal was saved"),
        ({"footprint_is": "drawn", "footprint": "{"}, 400, "no readable GeoJSON"),
        ({"footprint_is": "drawn", "footprint": "[" * 9000}, 400, "no readable GeoJSON"),
        ({"layer": "A", "waiting": "0" * 64}, 400, "no longer at hand"),
    ],
)
def test_a_wrong_form_is_said_on_the_page_and_nothing_is_kept(draft, client, changes, status, said) -> None:
    answer = client.post(page(draft), {**ROWS, **changes})
    assert (answer.status_code, said in answer.content.decode()) == (status, True)
    assert 'role="alert"' in answer.content.decode()
    assert not PermitProposal.objects.exists()


@pytest.mark.parametrize(
    ("content", "status"),
    [(b"%PDF", 400), (b"0" * (MOST_BYTES + 1), 413), (b"\x00" * 99, 400)],
    ids=["pdf", "large", "0"],
)
def test_a_wrong_file(draft: str, client: Client, content: bytes, status: int) -> None:
    answer = client.post(page(draft), {**ROWS, "file": SimpleUploadedFile("x.dxf", content)})
    assert answer.status_code == status
    assert not PermitProposal.objects.exists()


def test_a_request_without_end_is_too_large(draft: str, client: Client) -> None:
    assert client.post(page(draft), {"file": SimpleUploadedFile("x", b"0" * 7 * 1024 * 1024)}).status_code == 413
    assert put(client, draft, json.dumps({"x": "y" * 3 * 1024 * 1024})).status_code == 413


def test_a_stranger_learns_nothing(draft: str, client: Client, other_person: Person) -> None:
    client.force_login(other_person)
    for path in (page(draft), page("PR-NONE")):
        assert client.get(path).status_code == 404
        assert client.post(path, ROWS).status_code == 404
    for tracking in (draft, "PR-NONE"):
        assert client.get(api(tracking)).status_code == 404
        assert put(client, tracking, BODY).status_code == 404
    client.logout()
    assert client.get(page(draft)).status_code == 302
    assert client.post(page(draft), ROWS).status_code == 302
    assert client.get(api(draft)).status_code == 401
    assert put(client, draft, BODY).status_code == 401


def test_the_api_writes_and_reads(draft: str, client: Client) -> None:
    empty = client.get(api(draft)).json()
    assert (empty["version"], empty["checks"], empty["writable"], empty["needed"]) == (0, None, True, True)
    answer = put(client, draft, {**BODY, "seen": 0, "totals": {"units": 2, "parking": 8}})
    assert answer.status_code == 200
    found = answer.json()
    assert (found["version"], found["proposal"]["totals"]["gross_m2"]) == (1, 400)
    assert found["checks"]["outcome"] == "cannot_evaluate"
    check = next(c for c in found["checks"]["checks"] if c["code"] == "max_storeys")
    assert (check["outcome"], check["article"], check["act"]["kind"]) == ("pass", "8-1", "promulgate")
    assert found["differs_today"] is None
    assert put(client, draft, BODY).json()["version"] == 1, "the same content is the same version"


def test_the_part_outside_comes_back_as_geojson(draft: str, client: Client) -> None:
    astray = as_lonlat(on_grid((10, 25, 30, 35)))
    storeys = [{"number": 0, "kind": "GROUND", "use": "RES", "gross_m2": 150, "countable_m2": 150, "height_m": 3}]
    found = put(client, draft, {"footprint": astray, "storeys": storeys}).json()["checks"]
    assert found["outcome"] == "fail"
    assert found["outside"]["type"] == "Polygon"
    assert found["outside_m2"] == pytest.approx(100, abs=0.3)
    failed = {c["code"]: c for c in found["checks"] if c["outcome"] == "fail"}
    assert {"inside_parcel", "inside_envelope"} <= set(failed)
    assert "red on the map" in failed["inside_envelope"]["margin"]["en"]


@pytest.mark.parametrize(
    "body",
    [
        "{",
        "[]",
        "null",
        "{}",
        '{"storeys": [{"number": 1}]}',
        '{"storeys": [{"number": 1, "kind": "ATTIC"}]}',
        '{"storeys": [{"number": 1, "kind": "TYPICAL", "gross_m2": -1}]}',
        '{"storeys": [], "plinth_m": NaN}',
        '{"storeys": [], "footprint": 5}',
        '{"storeys": [], "footprint": {"type": "Point", "coordinates": [1, 2]}}',
        '{"storeys": [{"number": 1e99, "kind": "TYPICAL"}]}',
        '{"storeys": [{"number": 1, "kind": "TYPICAL", "use": "\\u0000"}]}',
        '{"storeys": [], "seen": -1}',
        '{"storeys": [{"number": 1, "kind": "TYPICAL"}]}',
        '{"storeys": [], "footprint": {"type": "Polygon", "coordinates": [[[1e400, 1], [2, 2], [3, 1]]]}}',
    ],
)
def test_bad_json(draft: str, client: Client, body: str) -> None:
    answer = put(client, draft, body)
    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == "bad_input"
    assert not PermitProposal.objects.exists()


def test_what_was_sent_in_is_shown_with_what_differs_today(street: Street, client: Client) -> None:
    made = street.request("A", sent=True)
    client.force_login(street.owner)
    street.heard("hc-1404", "promulgate")
    text = client.get(page(made.case.tracking)).content.decode()
    assert "Checks as they were sent in" in text
    assert "By today's rules these come out otherwise" in text
    assert "inert" in text
    assert client.post(page(made.case.tracking), {**ROWS, "seen": "1"}).status_code == 409
    found = client.get(api(made.case.tracking)).json()
    assert [d["code"] for d in found["differs_today"]][:1] == ["max_storeys"]
    assert found["frozen_digest"].startswith("sha256:")
    office_client(street.officer, client)
    assert client.get(page(made.case.tracking)).status_code == 200
    assert client.post(page(made.case.tracking), {**ROWS, "seen": "1"}).status_code == 403


def test_a_parcel_that_is_gone_keeps_its_page(street: Street, client: Client) -> None:
    from apps.cadastre.models import ParcelVersion
    from apps.extracts.models import KeptExtract

    made = street.request("A")
    client.force_login(street.owner)
    ParcelVersion.objects.filter(parcel=made.case.parcel).update(legal=("2010-01-01", "2020-01-01"))
    KeptExtract.objects.all().delete()
    answer = client.get(page(made.case.tracking))
    assert answer.status_code == 200
    assert "no longer stands as it was" in answer.content.decode()


def test_a_repair_says_that_it_needs_none(street: Street, client: Client) -> None:
    made = street.request("A", kind="REPAIR", proposed=False)
    client.force_login(street.owner)
    assert "may be sent in without a proposal" in client.get(page(made.case.tracking)).content.decode()


def test_limits_of_calls(draft: str, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from apps.common.limits import Limit
    from frontend.views import proposal as view

    monkeypatch.setattr(view, "PER_PERSON", Limit("proposal-person", 1, 600))
    assert client.post(page(draft), ROWS).status_code == 302
    assert client.post(page(draft), ROWS).status_code == 429
