"""One world for a module, and what happens in a test is undone."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings

from apps.cases.files.choosing import case_store
from apps.common.limits import Limit
from tests.access.world import World, built


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Built once for the module, and undone after it."""
    folder: Path = tmp_path_factory.mktemp("files")
    stores = {"default": {"BACKEND": "django.core.files.storage.InMemoryStorage"}, **_stores(folder)}
    undone = transaction.atomic()
    undone._from_testcase = True  # type: ignore[attr-defined] # as in Django's TestCase: durable blocks may be inside
    with (
        django_db_blocker.unblock(),
        override_settings(
            STORAGES=stores,
            CLAMD="",
            SCAN_REQUIRED=False,
            OUTBOX_SHOWN=False,
            CALLS_PER_MINUTE=0,
            CALLS_PER_MINUTE_HOT=0,
            SECOND_FACTOR_AT_DESK=True,
        ),
        undone,
    ):
        yield built()
        transaction.set_rollback(True)


def _stores(folder: Path) -> dict[str, Any]:
    from django.conf import settings

    return {**settings.STORAGES, "cases": case_store({}, var=folder)}


@pytest.fixture
def unlimited(monkeypatch: pytest.MonkeyPatch) -> None:
    """The walk is no flood: limits have tests of their own."""
    monkeypatch.setattr(Limit, "rate", property(lambda self: f"1000000000/{self.seconds}s"))
