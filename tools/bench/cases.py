"""python -m tools.bench.cases [--cases N]: lists and pages with 200,000 cases, against an empty view and their SQL.

A database of its own with a small city, invented cases of a service of the city (tools/bench/many_cases), one officer
of a district and one owner. Ratios are taken in one run: absolute figures move with the machine.
"""

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import django

from tools.bench.many_cases import CASES, fill
from tools.bench.place import manage, place
from tools.bench.report import Row, table

_ASKED = 60
_TARGET, _FLOOR = 2.0, 4.0
_SERVICE = "complaint"


def main() -> int:
    """Exit code 0."""
    parser = argparse.ArgumentParser(prog="python -m tools.bench.cases", description=__doc__)
    parser.add_argument("--cases", type=int, default=CASES)
    asked = parser.parse_args()
    urls = {"database_url": os.environ["DATABASE_URL"], "redis_url": os.environ["REDIS_URL"]}
    with place(**urls) as env:
        os.environ.update(env, PARVANEH_MODE="test", CALLS_PER_MINUTE="0", CALLS_PER_MINUTE_HOT="0")
        _build(env)
        rows = measure(asked.cases)
        print(f"\n{asked.cases:,} cases, load {os.getloadavg()[0]:.1f}\n\n{table(rows)}")
    return 0


def measure(cases: int) -> list[Row]:
    """p50 of each page over p50 of a request whose view does nothing plus the page's SQL."""
    from django.db import connection

    with connection.cursor() as cursor:
        fill(cursor, case_type=_SERVICE, type_version=_kept(), cases=cases)
    officer, owner, tracking, own = _people()
    hello = _p50(lambda: _ok(officer, "/hello"))
    pages = {
        "worklist of a district": (officer, "/officer/cases/"),
        "one case at the office": (officer, f"/officer/cases/{tracking}/"),
        "an owner's cases": (owner, "/requests/"),
        "one case, its owner's page": (owner, f"/requests/{own}/"),
    }
    rows = [Row("“hello” behind the ordinary middlewares, signed in: what a request costs", f"{hello * 1000:.1f} ms")]
    for name, (client, path) in pages.items():
        _ok(client, path)
        took, queries, sql = _p50(partial(_ok, client, path)), *_sql(client, path)
        rows.append(
            Row(
                f"{name}: p50, {queries} queries, {sql * 1000:.1f} ms of SQL",
                f"{took * 1000:.1f} ms",
                took / (hello + sql),
                _TARGET,
                _FLOOR,
                less=True,
            )
        )
    return rows


def _kept() -> str:
    """The digest of the service's definition, written down."""
    from apps.cases.types.registry import case_type, keep

    keep(case_type(_SERVICE))
    return case_type(_SERVICE).digest


def _people() -> tuple[Any, Any, str, str]:
    """(officer's client, owner's client, a case at the office, a case of the owner)."""
    from datetime import date

    from django.test import Client

    from apps.cases.models import Case
    from apps.parties.models import Role
    from apps.parties.services import ensure_assignment, ensure_person
    from tests.signing_in import office_client

    person = ensure_person(mobile="09129990001", name_fa="کارشناس ساختگی", name_en="Synthetic officer", verified=True)
    ensure_assignment(person=person, role=Role.CASE_OFFICER, since=date(2020, 1, 1), districts=[3])
    at_office = Case.objects.filter(status="submitted", district=3).order_by("pk")[0]
    own = Case.objects.filter(status="needs_docs").select_related("applicant").order_by("pk")[0]
    owner = Client()
    owner.force_login(own.applicant)
    return office_client(person), owner, at_office.tracking, own.tracking


def _ok(client: Any, path: str) -> None:
    answer = client.get(path)
    if answer.status_code != 200:  # noqa: PLR2004 - OK
        raise RuntimeError(f"{path}: {answer.status_code}")


def _p50(ask: Callable[[], None]) -> float:
    """Seconds."""
    seen = []
    for _ in range(_ASKED):
        begun = time.perf_counter()
        ask()
        seen.append(time.perf_counter() - begun)
    return statistics.median(seen)


def _sql(client: Any, path: str) -> tuple[int, float]:
    """(queries of a page, seconds until the database had answered them all)."""
    from django.db import connection

    took: list[float] = []

    def timed(execute: Callable[..., Any], *words: Any) -> Any:
        begun = time.perf_counter()
        answer = execute(*words)
        took.append(time.perf_counter() - begun)
        return answer

    with connection.execute_wrapper(timed):
        _ok(client, path)
    return len(took), sum(took)


def _build(env: Mapping[str, str]) -> None:
    manage(env, "migrate", "--verbosity", "0")
    manage(env, "build_demo", "--parcels", "1000", "--overlays", "skip")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "apps.config.settings")
    django.setup()


if __name__ == "__main__":
    sys.exit(main())
