"""The small city of the browser tests: five plots of 20 × 20 m under the sample rulebooks."""

import pytest

from tests.browser.city import SmallCity


@pytest.fixture
def city(db: None) -> SmallCity:
    return SmallCity()
