"""Two officers at the same instant, on two connections."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import close_old_connections

from apps.common import clock
from apps.common.errors import ConflictError
from apps.legal.models import LegalAct
from apps.legal.projecting import differs, group_of
from tests.legal.build import Desk, at, edition

pytestmark = pytest.mark.django_db(transaction=True)


def together(*calls: Callable[[], object]) -> list[object]:
    """Run the calls at once, each on a connection of its own; their results or their errors."""
    gate = Barrier(len(calls))

    def one(call: Callable[[], object]) -> object:
        gate.wait()
        try:
            return call()
        except ConflictError as error:
            return error
        finally:
            close_old_connections()
            _hang_up()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(one, calls))


def _hang_up() -> None:
    from django.db import connection  # noqa: TID251 - a thread gives its own connection back

    connection.close()


def test_acts_recorded_at_once_get_growing_instants(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: at("2020-01-05"))
    desk, plans = Desk(), [edition(f"plan-{n}") for n in range(4)]
    done = together(*(lambda p=p: desk.do("approve", p, "2020-01-05", recorded_at=None) for p in plans))
    assert all(isinstance(act, LegalAct) for act in done), done
    by_id = list(LegalAct.objects.order_by("pk").values_list("recorded_at", flat=True))
    assert by_id == sorted(set(by_id))


def test_of_two_equal_steps_at_once_one_is_refused() -> None:
    desk, plan = Desk(), edition("plan")
    desk.do("approve", plan, "2020-01-01")
    done = together(*(lambda: desk.do("promulgate", plan, "2020-01-05", recorded_at=None) for _ in range(3)))
    assert sorted(type(result).__name__ for result in done) == ["ConflictError", "ConflictError", "LegalAct"]
    assert not differs(group_of(plan.pk))
