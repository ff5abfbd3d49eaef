"""Migrations are rehearsed: on a filled database, back to each room's first state and forwards again."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection  # noqa: TID251 - the executor of migrations wants it
from django.db.migrations.executor import MigrationExecutor

from apps.cadastre.models import Parcel
from apps.extracts.models import Overlay
from apps.legal.models import InForcePeriod, LegalAct
from gis_layers.models import Feature
from tests.extracts.conftest import Grid, box

ROOT = Path(__file__).resolve().parents[2]
MAPS = {"3857", "4326"}  # Web Mercator and WGS 84 are everybody's

ROOMS = (
    "parties", "legal", "gis_layers", "cadastre", "extracts", "map_services", "cases", "permits",
    "open_data", "notices", "desk", "heritage_zones", "impact",
)  # fmt: skip


def firsts(executor: MigrationExecutor) -> list[tuple[str, str | None]]:
    """Each room's first state; a room that was first built on later states of others goes back to nothing."""
    nodes = executor.loader.graph.node_map
    first = {room: min(key for key in nodes if key[0] == room) for room in ROOMS}
    late: set[str] = set()
    while more := {room for room in set(ROOMS) - late if _built_late(nodes[first[room]].parents, first, late)}:
        late |= more
    return [(room, None) if room in late else first[room] for room in ROOMS]


def _built_late(parents, first: dict[str, tuple[str, str]], late: set[str]) -> bool:
    return any(p.key[0] in ROOMS and (p.key[0] in late or p.key not in first.values()) for p in parents)


def counts() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in (Parcel, Overlay, LegalAct, InForcePeriod, Feature)}


@pytest.mark.django_db(transaction=True)
def test_back_to_the_first_state_and_forwards_loses_nothing():
    grid = Grid()
    theme = grid.theme("height_code")
    grid.edition(theme, "hc", {"H3": box(0, 0, 20, 20)}, coverage=box(0, 0, 20, 20))
    grid.parcel("3-1-1-1-0-0-0", box(0, 0, 10, 20))
    grid.overlay()
    grid.in_force("hc", "2014-09-27")
    before = counts()
    assert all(before.values())
    executor = MigrationExecutor(connection)
    executor.migrate(firsts(executor))
    try:
        assert counts() == before
    finally:
        executor = MigrationExecutor(connection)
        executor.migrate(executor.loader.graph.leaf_nodes())
    assert counts() == before


def test_every_room_with_tables_is_rehearsed():
    ours = {c.label for c in apps.get_app_configs() if not c.name.startswith(("django", "allauth", "leaflet"))}
    with_tables = {label for label in ours if any(m._meta.managed for m in apps.get_app_config(label).get_models())}
    assert with_tables - {"common"} == set(ROOMS)


def test_no_migration_names_the_reference_system_of_one_city() -> None:
    """A city brings its own; a number written by makemigrations would be Isfahan's everywhere."""
    named = {}
    rooms = (ROOT / "apps", ROOT / "gis_layers", ROOT / "heritage_zones", ROOT / "detailed_plan")
    for path in (found for room in rooms for found in room.rglob("migrations/0*.py")):
        numbers = set(re.findall(r"srid=(\d+)", path.read_text(encoding="utf-8"))) - MAPS
        if numbers:
            named[str(path.relative_to(ROOT))] = numbers
    assert named == {}
