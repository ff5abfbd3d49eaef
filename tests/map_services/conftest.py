import pytest

from tests.legal.build import Desk


@pytest.fixture
def desk(db: None) -> Desk:
    return Desk()
