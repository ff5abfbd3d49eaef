"""A small city, its extracts, and documents that land in a folder of the test."""

import json
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from apps.extracts.services import compose
from tests.browser.city import CODES, SmallCity

FIXTURES = Path(__file__).parents[1] / "frontend" / "fixtures"


@pytest.fixture
def city(db: None) -> SmallCity:
    return SmallCity()


@pytest.fixture(autouse=True)
def own_folder(settings: Settings, tmp_path: Path) -> Path:
    """Nothing printed in one test is found by another."""
    settings.VAR_DIR = tmp_path
    return tmp_path


@pytest.fixture
def extract(city: SmallCity) -> dict[str, Any]:
    """Parcel A: everything in force, and a revision that is not law."""
    return compose(parcel=CODES["A"]).data


def fixtures() -> dict[str, dict[str, Any]]:
    """The extract documents of the page tests, by name."""
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(FIXTURES.glob("*.json"))}
