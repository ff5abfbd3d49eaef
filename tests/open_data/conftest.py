"""A street with law, and a caller of the open layers."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.legal.build import Desk

Ask = Callable[..., dict[str, Any]]


@pytest.fixture
def desk(db: None) -> Desk:
    return Desk()


@pytest.fixture
def ask(db: None) -> Ask:
    """`ask("height_code/items", limit=2)`: the JSON of an address under /ogc/collections/ that must answer."""

    def call(path: str, **given: object) -> dict[str, Any]:
        names = {name.replace("_crs", "-crs"): value for name, value in given.items()}
        response = Client().get(f"/ogc/collections/{path}", names)
        assert response.status_code == 200, response.content.decode()
        return response.json()

    return call
