import pytest

from apps.map_services.tiles import held
from tests.legal.build import Desk


@pytest.fixture
def desk(db: None) -> Desk:
    return Desk()


@pytest.fixture(autouse=True)
def nothing_held() -> None:
    """Tiles drawn in other tests are forgotten."""
    held.clear()
