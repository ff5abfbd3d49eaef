"""Publishing or suspending a city-wide edition is one small transaction, whatever the city holds; and two at once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection  # noqa: TID251 - the test looks at the rows' own transaction ids
from django.test import Client

from apps.legal.models import LegalAct
from apps.parties.models import Role
from tests.desk.acts_build import Desk, city_of, client_of, last_code, officer, seal_on
from tests.extracts.conftest import Grid, box

UNTOUCHED = (
    "gis_layers_feature", "gis_layers_edition", "gis_layers_theme", "extracts_overlay", "extracts_overlaychunk",
    "extracts_coveragecut", "cadastre_parcelversion", "cadastre_parcel", "map_services_tile",
)  # fmt: skip
MOST_STATEMENTS = 120


@pytest.fixture(autouse=True)
def media(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path


def marks() -> dict[str, list[tuple[str, str]]]:
    """Where each row lies and which transaction wrote it: a row that is rewritten gets others."""
    found = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND relname = ANY(%s)", [list(UNTOUCHED)])
        tables = [name for (name,) in cursor.fetchall()]
        for table in tables:
            cursor.execute(f"SELECT ctid::text, xmin::text FROM {table} ORDER BY 1")  # noqa: S608 - names from above
            found[table] = cursor.fetchall()
    return found


def grown(grid: Grid, *, parcels: int, zones: int) -> None:
    """hc-big: many zones over the whole grid, and parcels in it."""
    from gis_layers.models import Theme

    shapes = {f"Z{n}": box(n * 5, 0, n * 5 + 5, 1000) for n in range(zones)}
    theme = Theme.objects.get(code="height_code")
    grid.edition(theme, "hc-big", shapes, coverage=box(0, 0, 1000, 1000))
    for n in range(parcels):
        grid.parcel(f"3-1-2-{n + 1}-0-0-0", box(n * 20, 200, n * 20 + 10, 210))
    grid.overlay()


@pytest.mark.django_db
def test_an_act_rewrites_no_feature_no_overlay_and_no_tile(django_assert_max_num_queries) -> None:
    grid = city_of(Grid())
    grown(grid, parcels=40, zones=200)
    desk = Desk()
    desk.enact("approve", "hc-big", act_date="2024-04-01")
    before = marks()
    assert len(before["gis_layers_feature"]) > 200
    assert len(before["extracts_overlay"]) > 40
    for kind in ("promulgate", "suspend"):
        draft = desk.write(kind, "hc-big")
        client = client_of(officer(Role.RULE_APPROVER))
        seal = seal_on(client, draft)
        client.post(f"/en/desk/acts/{draft.pk}/code/", {"seal": seal})
        with django_assert_max_num_queries(MOST_STATEMENTS):
            response = client.post(f"/en/desk/acts/{draft.pk}/sign/", {"seal": seal, "code": last_code()})
        assert response.status_code == 302
    assert marks() == before


@pytest.mark.django_db
def test_signing_costs_the_same_whatever_the_city_holds() -> None:
    from django.test.utils import CaptureQueriesContext

    grid, costs = city_of(Grid()), []
    desk = Desk()
    for size in (2, 60):
        if size > 2:
            grown(grid, parcels=size, zones=size)
        draft = desk.write("suspend", "hc")
        client = client_of(officer(Role.RULE_APPROVER))
        seal = seal_on(client, draft)
        client.post(f"/en/desk/acts/{draft.pk}/code/", {"seal": seal})
        with CaptureQueriesContext(connection) as captured:
            client.post(f"/en/desk/acts/{draft.pk}/sign/", {"seal": seal, "code": last_code()})
        costs.append(len(captured))
    assert LegalAct.objects.filter(kind="suspend").count() == 2
    assert costs[1] <= costs[0] + 3  # the second finds the first one's act in its group


@pytest.mark.django_db(transaction=True)
def test_of_two_approvers_who_press_at_the_same_moment_one_signs() -> None:
    grid = city_of(Grid())
    assert grid
    desk = Desk()
    draft = desk.write("suspend", "hc")
    hands: list[tuple[Client, str, str]] = []
    for _ in range(2):
        client = client_of(officer(Role.RULE_APPROVER))
        seal = seal_on(client, draft)
        client.post(f"/en/desk/acts/{draft.pk}/code/", {"seal": seal})
        hands.append((client, seal, last_code()))
    gate = Barrier(len(hands))

    def press(hand: tuple[Client, str, str]) -> int:
        client, seal, code = hand
        gate.wait()
        try:
            return client.post(f"/en/desk/acts/{draft.pk}/sign/", {"seal": seal, "code": code}).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(hands)) as pool:
        answers = sorted(pool.map(press, hands))
    assert answers == [302, 409]
    assert LegalAct.objects.filter(kind="suspend").count() == 1
