"""Extract documents of the five situations a page must tell apart, answered without a database of parcels."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from apps.cases.types import registry
from apps.common.errors import NotFoundError
from tests.conftest import MakeParcel
from tests.frontend.case_pages import CODE, World, tree_type, world_on

FIXTURES = Path(__file__).parent / "fixtures"
DOCUMENTS = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(FIXTURES.glob("*.json"))}


@dataclass(frozen=True, slots=True)
class FakeExtract:
    data: dict[str, Any]


@pytest.fixture
def documents(monkeypatch: pytest.MonkeyPatch, db: None) -> dict[str, Any]:
    """compose() answers from the fixtures, by the parcel's code."""
    by_code = {d["parcel"]["code"]: d for d in DOCUMENTS.values()}

    def compose(*, parcel: str, on: Any, known_at: Any, permit_kind: str) -> FakeExtract:
        if parcel not in by_code:
            raise NotFoundError(fa="چنین قطعه‌ای نیست.", en="There is no such parcel.", suggestions=sorted(by_code)[:2])
        return FakeExtract({**by_code[parcel], "on": on.isoformat(), "permit_kind": permit_kind})

    monkeypatch.setattr("frontend.parcel_page.compose", compose)
    monkeypatch.setattr("frontend.other_day.compose", compose)
    return DOCUMENTS


@pytest.fixture
def world(make_parcel: MakeParcel, monkeypatch: pytest.MonkeyPatch) -> World:
    """A draft of a service on a parcel, and everybody who may look at it."""
    monkeypatch.setitem(registry._brought, CODE, tree_type)
    return world_on(make_parcel("3-2-14-5"))
