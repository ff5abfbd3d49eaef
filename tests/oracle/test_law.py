"""Every act sequence of the law's own tests, and sequences drawn at random: both tell the same status."""

from datetime import date
from random import Random

import pytest

from tests.oracle import black_box
from tests.oracle.law_check import differences

pytestmark = pytest.mark.django_db
KINDS = ("promulgate", "suspend", "lift", "annul", "repeal", "replace", "suspend", "replace")
SCOPES = (None, None, (0, 0, 10, 10), (5, 0, 15, 10), (0, 5, 5, 15))


@pytest.mark.parametrize("case", black_box.law_fixtures())
def test_the_fixtures_of_the_law(case: str) -> None:
    witness = black_box.Witness()
    black_box.law_fixtures()[case](witness)
    assert list(differences(witness.acts, black_box.status, draw=Random(case))) == []


def test_the_fixtures_are_found() -> None:
    assert len([name for name in black_box.law_fixtures() if name.startswith("test_field_cases.")]) >= 12


@pytest.mark.parametrize("seed", range(10))
def test_acts_drawn_at_random(seed: int) -> None:
    draw, witness = Random(seed), black_box.Witness()
    codes = [f"plan-{seed}-{n}" for n in range(3)]
    first = date(2020, 1, 1)
    for code in codes:
        witness.attempt("approve", code, signed=first, effective=first)
        witness.attempt("promulgate", code, signed=first, effective=date(2020, draw.randint(1, 3), 1))
    for month in range(2, 12):
        which = draw.randrange(3)
        witness.attempt(
            draw.choice(KINDS),
            codes[which],
            signed=date(2020, month, 1),
            effective=date(2020, draw.randint(1, 12), 1),
            heir=codes[min(which + draw.randint(1, 2), 2)],
            scope=draw.choice(SCOPES),
        )
    assert len(witness.acts) > 6
    assert list(differences(witness.acts, black_box.status, draw=draw)) == []
