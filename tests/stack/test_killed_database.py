"""The database server killed around the commit of an act: the act and the word of it both stand, or neither does.

A cluster of its own, with every promise of durability kept, so that the server may be killed for real.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.stack import instance, postgres, queue
from tools.stack.paths import ROOT, Layout
from tools.stack.supervisor import Supervisor

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(postgres.find_server() is None or queue.find_server() is None, reason="no server here"),
]

DIES = "kill_server()\n"
PRELUDE = """
import os, signal, time
import django
django.setup()
from datetime import date
from django.db import connection, transaction
from apps.common import durable
from apps.common.durable import deliver_pending
from apps.common.events import subscribe_durably
from apps.common.models import EventDelivery, EventRecord
from apps.legal.events import ActRecorded
from apps.legal.models import Instrument, InstrumentKind, LegalAct
from apps.legal.services import record_act, register_instrument
from apps.parties.models import Office, Person

durable._wake = lambda: None
def hold(event):
    Office.objects.create(code=f"held-{event.act}", name_fa="-", name_en="-")
subscribe_durably(ActRecorded, hold, name="test.hold")
def act(number):
    people = [Person.objects.get_or_create(mobile=f"+98912000000{n}")[0] for n in (1, 2)]
    plan = register_instrument(code="plan", kind=InstrumentKind.TARIFF, title_fa="t", title_en="t")
    record_act(instrument=plan, kind="approve" if number == 1 else "promulgate", number=str(number),
               act_date=date(2024, 1, number), body_fa="-", body_en="-", document="-",
               effective_on=date(2024, 1, number), recorded_by=people[0], countersigned_by=people[1])
def kill_server():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
    with open(os.environ["POSTMASTER"]) as file:
        os.kill(int(file.readline()), signal.SIGQUIT)  # immediate: no checkpoint, no farewell
def told():
    waiting = EventRecord.objects.filter(settled=False)
    heard = EventDelivery.objects.filter(listener="test.hold")
    held = Office.objects.filter(code__startswith="held-")
    print([LegalAct.objects.count(), waiting.count(), heard.count(), held.count()])
"""


class City:
    """A cluster that can be killed and started again, and programs that run against it."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout

    def run(self, program: str) -> str:
        """Run a program against the server; what it printed last, '' when it died with the server."""
        with (
            Supervisor() as supervisor,
            instance.running(self.layout, "smoke", supervisor, durable=True, purpose="test") as found,
        ):
            place = instance.recorded(self.layout, "smoke") or self.layout.var / "smoke"
            env = os.environ | found.env() | {"PARVANEH_MODE": "test", "DJANGO_SETTINGS_MODULE": "apps.config.settings"}
            env["POSTMASTER"] = str(place / "postgres" / "postmaster.pid")
            words = [sys.executable, "-c", program]
            done = subprocess.run(words, env=env, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
        lines = done.stdout.strip().splitlines()
        assert (done.returncode != 0) == (DIES in program), done.stderr
        return lines[-1] if lines else ""


@pytest.fixture
def city(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[City]:
    for name in ("DATABASE_URL", "REDIS_URL"):
        monkeypatch.delenv(name, raising=False)
    with tempfile.TemporaryDirectory() as outside:
        Path(outside).chmod(0o755)
        monkeypatch.setattr(instance, "SYSTEM_STATE", Path(outside))
        layout = Layout(tmp_path)
        made = City(layout)
        made.run(
            "import django; django.setup()\nfrom django.core.management import call_command\n"
            "call_command('migrate', verbosity=0)\nprint('ready')"
        )
        yield made
        instance.remove(layout, "smoke", purpose="test")


def test_the_act_and_the_word_of_it_stand_together_whenever_the_server_is_killed(city: City) -> None:
    """`told()`: acts, events that wait, events heard, what the listener wrote. One database for all three kills."""
    # before the commit: neither stands
    city.run(PRELUDE + f"with transaction.atomic():\n    act(1)\n    {DIES}    time.sleep(1)\n")
    assert city.run(PRELUDE + "told()") == "[0, 0, 0, 0]"
    # between the commit and the telling: the word waits, and is told once
    city.run(PRELUDE + f"act(1)\n{DIES}os._exit(9)\n")
    assert city.run(PRELUDE + "told()") == "[1, 1, 0, 0]"
    assert city.run(PRELUDE + "deliver_pending(); deliver_pending(); told()") == "[1, 0, 1, 1]"
    # in the middle of the telling: nothing half told stands, and it is told again
    dying = f"act(2)\nplain = hold\ndef dying(event):\n    plain(event)\n    {DIES}    time.sleep(1)\n"
    again = "subscribe_durably(ActRecorded, dying, name='test.hold')\ndeliver_pending()\nos._exit(9)\n"
    city.run(PRELUDE + dying + again)
    assert city.run(PRELUDE + "told()") == "[2, 1, 1, 1]"
    assert city.run(PRELUDE + "deliver_pending(); told()") == "[2, 0, 2, 2]"
