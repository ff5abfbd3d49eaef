"""A day that is not today is never taken for today: said first, compared, and no request starts from it."""

import copy
from typing import Any

import pytest
from django.test import Client

from apps.common.errors import NotFoundError
from frontend.other_day import differences
from tests.frontend.conftest import DOCUMENTS, FakeExtract
from tests.frontend.html import Page

NOW = DOCUMENTS["pending_and_suspended"]
CODE = NOW["parcel"]["code"]
OLD_DAY = "1402-06-20"


def as_it_was() -> dict[str, Any]:
    """The same parcel while the revised plan was in force: five storeys, and nothing suspended yet."""
    then = copy.deepcopy(NOW)
    then["pending"] = []
    next(s for s in then["subjects"] if s["code"] == "max_storeys")["value"] = 5
    return then


@pytest.fixture
def two_days(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    def compose(*, parcel: str, on: Any, known_at: Any, permit_kind: str) -> FakeExtract:
        return FakeExtract({**(as_it_was() if on.year == 2023 else NOW), "on": on.isoformat()})

    monkeypatch.setattr("frontend.parcel_page.compose", compose)
    monkeypatch.setattr("frontend.other_day.compose", compose)


def read(client: Client, query: str, *, path: str = f"/en/parcels/{CODE}/") -> Page:
    response = client.get(f"{path}?{query}")
    assert response.status_code == 200
    return Page(str(response.content, "utf-8"))


def forms(page: Page) -> list[str]:
    return [a["action"] for a in page.attributes("form") if a.get("action", "").endswith("/request/")]


def test_the_old_value_stands_beside_todays_and_what_was_suspended_is_named(client: Client, two_days: None) -> None:
    said = " ".join(read(client, f"on={OLD_DAY}").texts("other-day")[0].split())
    assert "Rules of 11 September 2023 (1402/06/20), not of today" in said
    assert said.index("5 storeys") < said.index("3 storeys")
    assert "Height, at most" not in said, "what did not change is not listed"
    assert "Height code revision 1402 (sample)" in said
    assert "Height code revision 1404" not in said, "what was never promulgated was not suspended"


def test_no_request_starts_from_another_day(client: Client, two_days: None) -> None:
    page = read(client, f"on={OLD_DAY}")
    assert forms(page) == []
    assert f"/en/parcels/{CODE}/?kind=NEW" in [a.get("href") for a in page.attributes("a")]


def test_on_the_map_the_way_to_today_stays_on_the_map(client: Client, two_days: None) -> None:
    page = read(client, f"on={OLD_DAY}", path=f"/en/parcels/{CODE}/panel/")
    assert f"/en/?parcel={CODE}&kind=NEW" in [a.get("href") for a in page.attributes("a")]


def test_today_is_no_other_day(client: Client, two_days: None) -> None:
    page = read(client, "")
    assert page.texts("other-day") == []
    assert len(forms(page)) == 1


def test_a_future_day_is_marked_too_and_tells_of_no_later_suspension(client: Client, two_days: None) -> None:
    said = read(client, "on=1420-01-01").texts("other-day")[0]
    assert "as far as they are recorded today" in said
    assert "The main numbers are the same today." in said
    assert "Suspended" not in said


def test_a_parcel_of_the_past_says_that_it_is_gone(client: Client, monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    def gone(**_: object) -> FakeExtract:
        raise NotFoundError(fa="نیست", en="gone")

    monkeypatch.setattr("frontend.parcel_page.compose", lambda **_: FakeExtract(as_it_was()))
    monkeypatch.setattr("frontend.other_day.compose", gone)
    page = read(client, f"on={OLD_DAY}")
    assert "This parcel does not exist today" in page.texts("other-day")[0]
    assert forms(page) == []


def test_known_and_not_known_differ_even_without_a_value() -> None:
    base = {"code": "x", "value": None, "direction": "max", "candidates": []}
    known, unknown = {**base, "outcome": "none"}, {**base, "outcome": "not_known"}
    assert differences([known], [known]) == ()
    assert [(d.then["outcome"], d.now["outcome"]) for d in differences([known], [unknown])] == [("none", "not_known")]
