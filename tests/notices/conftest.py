"""The city of five parcels (tests/browser/city.py), acts recorded now, and deliveries made by hand."""

from datetime import date
from typing import Any

import pytest

from apps.common.clock import now
from apps.common.durable import deliver_pending
from apps.legal.models import Instrument, LegalAct
from apps.legal.services import record_act
from apps.notices.rounds import run_rounds
from apps.parties.models import Person
from gis_layers.models import Theme
from tests.browser.city import SmallCity


class NewsCity(SmallCity):
    """The small city with acts that are recorded at the present instant."""

    def enact(self, instrument: str, kind: str, **extra: Any) -> LegalAct:
        """An act signed and recorded today, effective today unless said otherwise."""
        today = now().date()
        facts = {"act_date": today, "effective_on": today, "number": f"{instrument}-{kind}"} | extra
        return record_act(
            instrument=Instrument.objects.get(code=instrument), kind=kind, body_fa="کمیسیون", body_en="Commission",
            document="-", recorded_by=self.clerk, countersigned_by=self.head, **facts,
        )  # fmt: skip

    def layer(self, theme: str, code: str, zones: dict[str, Any], coverage: Any) -> None:
        """A further edition, its overlays computed."""
        self.edition(Theme.objects.get(code=theme), code, zones, coverage=coverage)
        self.overlay()


@pytest.fixture
def city(db: None) -> NewsCity:
    made = NewsCity()
    deliver()
    return made


def deliver() -> int:
    """What workers do: hand over events, ask the watches. Returns the notices written."""
    deliver_pending()
    return run_rounds()


def texts(person: Person) -> list[str]:
    """What the person was told, oldest first."""
    return [n.text_en for n in person.notices.order_by("pk")]


def day(raw: str) -> date:
    return date.fromisoformat(raw)
