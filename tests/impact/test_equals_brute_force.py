"""The impact table is what composing every parcel twice shows, whatever the city, the rules and the acts."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings

from apps.common.errors import ConflictError
from apps.extracts import law_reader
from tests.impact import brute, fast
from tests.impact.random_city import DAY, Plan, build, plans

KINDS = ("NEW", "REPAIR")


def _both(plan: Plan) -> tuple[object, object] | None:
    """What both ways say of a city that is gone afterwards; None for acts that the law refuses."""
    with transaction.atomic():
        law_reader.forget()
        acts = build(plan)
        try:
            return fast.changes(acts=acts, on=DAY, kinds=KINDS), brute.changes(acts=acts, on=DAY, kinds=KINDS)
        except ConflictError:
            return None
        finally:
            transaction.set_rollback(True)


@pytest.mark.slow
@pytest.mark.django_db
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(plan=plans())
def test_the_table_is_what_composing_every_parcel_twice_shows(plan):
    both = _both(plan)
    if both is not None:
        assert both[0] == both[1]
