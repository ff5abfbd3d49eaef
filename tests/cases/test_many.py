"""200,000 cases in the database: no list and no page walks them all, and none costs more queries for it."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction  # noqa: TID251 - plans are asked of the database itself
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from apps.cases.kartabl import office_items, owner_items
from apps.cases.models import Case, KartablItem
from apps.cases.selectors import visible_cases
from apps.cases.types.definition import CaseType
from apps.parties.models import Person, Role
from tests.cases.conftest import CODE, someone
from tests.signing_in import office_client
from tools.bench.many_cases import fill

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
BIG = ("cases_case", "cases_kartablitem", "cases_caseevent", "cases_deadline")


@pytest.fixture(scope="module")
def filled(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Once for the module, and undone after it: what a test changes is undone before the next."""
    with django_db_blocker.unblock(), transaction.atomic(), connection.cursor() as cursor:
        fill(cursor, case_type=CODE)
        connection.check_constraints()  # now, else the end of each test checks a million references anew
        yield
        transaction.set_rollback(True)


@pytest.fixture
def many(filled: None, db: None, wells: CaseType) -> dict[str, Person]:
    return {
        "local": someone(61, Role.CASE_OFFICER, [3]),
        "city": someone(62, Role.CASE_OFFICER),
        "auditor": someone(63, Role.AUDITOR),
        "owner": Case.objects.filter(status="needs_docs").select_related("applicant")[0].applicant,
    }


def plan_of(rows: QuerySet[Any]) -> dict[str, Any]:
    return json.loads(rows.explain(format="json"))[0]["Plan"]  # type: ignore[no-any-return]


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for inner in plan.get("Plans", ()):
        yield from nodes(inner)


def walked(rows: QuerySet[Any]) -> list[str]:
    """Big tables that the plan reads from end to end."""
    return [
        n["Relation Name"] for n in nodes(plan_of(rows)) if n["Node Type"] == "Seq Scan" and n["Relation Name"] in BIG
    ]


def test_a_full_walk_would_be_seen(many: dict[str, Person]) -> None:
    """Otherwise the test below could not fail."""
    assert walked(Case.objects.filter(channel="portal").order_by()) == ["cases_case"]


def test_no_list_walks_all_cases(many: dict[str, Person]) -> None:
    some = Case.objects.filter(status="submitted", district=3)[0]
    lists = {
        "worklist of a district": office_items(many["local"])[:25],
        "worklist of the city": office_items(many["city"])[:25],
        "worklist, searched": office_items(many["city"], q=some.tracking)[:25],
        "in my hands": office_items(many["local"], mine=True)[:25],
        "waiting for an owner": owner_items(many["owner"])[:25],
        "an owner's cases": Case.objects.of_owner_side(many["owner"]).order_by("-opened_at", "-pk")[:25],
        "one case": visible_cases(many["local"]).filter(tracking=some.tracking),
        "one case, asked by its owner": visible_cases(some.applicant).filter(tracking=some.tracking),
        "all I may see, searched": Case.objects.at_office_of(many["auditor"]).filter(
            search__contains=some.tracking.lower()
        )[:25],
    }
    assert {name: walked(rows) for name, rows in lists.items() if walked(rows)} == {}


def test_pages_cost_the_same_number_of_queries_as_with_few_cases(many: dict[str, Person]) -> None:
    client = office_client(many["local"])
    tracking = Case.objects.filter(status="submitted", district=3)[0].tracking

    def cost(path: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(path).status_code == 200, path
        return len(seen)

    paths = ("/officer/cases/", f"/officer/cases/{tracking}/", "/officer/cases/?all=1")
    for path in paths:
        cost(path)
    with_many = [cost(path) for path in paths]
    few = KartablItem.objects.filter(role="case_officer", district=3, closed_at__isnull=True)
    keep = set(few.order_by("pk").values_list("pk", flat=True)[:30])
    few.exclude(pk__in=keep).update(closed_at=few[0].opened_at)
    assert [cost(path) for path in paths[:2]] == with_many[:2]
    assert max(with_many) < 60
