"""A consent stands for what was read, whatever is pressed in the same second."""

import threading
from typing import Any

import pytest
from django.db import connection, transaction  # noqa: TID251 - a thread closes its own

from apps.cases.models import Case
from frontend.views import case_forms
from tests.frontend.case_pages import World

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_request_does_not_change_between_the_comparison_and_the_consent(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While the digest that was read is compared, nobody else gets hold of the case: an edit comes before or after."""
    party = world.declare()
    world.complete()
    page = world.page(world.partner)
    about = next(a["value"] for a in page.attributes("input") if a.get("name") == "about")
    free: list[bool] = []

    def look() -> None:
        with transaction.atomic():
            rows = Case.objects.select_for_update(skip_locked=True).filter(pk=world.case.pk)
            free.append(len(rows) > 0)
        connection.close()

    def compared(*args: Any) -> str:
        other = threading.Thread(target=look)
        other.start()
        other.join()
        return real(*args)

    real = case_forms.request_digest
    monkeypatch.setattr(case_forms, "request_digest", compared)
    assert world.post(world.partner, f"owners/{party.pk}/consent/", about=about).status_code == 302
    assert free == [False]
