"""Fixtures: a case with terms, in a town with a calendar of its own."""

from pathlib import Path

import pytest
from pytest_django import Settings

from apps.cases.types import registry
from apps.parties.models import Person
from tests.cases import terms
from tests.conftest import MakeParcel


@pytest.fixture
def town(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the town; its calendar may be written anew."""
    settings.CITY_ROOT = terms.town(tmp_path / "town")
    monkeypatch.setitem(registry._brought, terms.CODE, terms.service)
    return Path(settings.CITY_ROOT)


@pytest.fixture
def desk(town: Path, person: Person, make_parcel: MakeParcel) -> terms.Desk:
    return terms.open_desk(make_parcel("3-2-14-5"), person)
