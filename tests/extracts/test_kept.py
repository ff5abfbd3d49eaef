"""Kept extracts: the same bytes as fresh ones, and never of another law, day, program or half-made overlay.

   0    10   20
20 ┌────┬────┐
   │ A  │ B  │    hc-old: H3 everywhere
 0 └────┴────┘
"""

import gzip
import html
import re
from datetime import date

import pytest
from django.db import connection  # noqa: TID251 - the test makes its own transaction read-only

from apps.extracts import answers, kept, law_reader
from apps.extracts.models import KeptExtract
from apps.extracts.services import compose
from apps.legal.answers import SourceAnswer
from tests.extracts.conftest import box

A, B = "3-1-1-1-0-0-0", "3-1-1-2-0-0-0"
DAY = date(2026, 1, 1)


class Source:
    """Says nothing, or raises when told to."""

    name = "plain"
    broken = False
    asked = 0

    def subjects(self):
        return ("max_storeys",)

    def answer(self, _question):
        type(self).asked += 1
        if type(self).broken:
            raise RuntimeError("boom")
        return SourceAnswer()


@pytest.fixture
def city(grid, monkeypatch):
    theme = grid.theme("height_code")
    grid.edition(theme, "hc-old", {"H3": box(0, 0, 20, 20)}, coverage=box(0, 0, 20, 20))
    grid.parcel(A, box(0, 0, 10, 20))
    grid.parcel(B, box(10, 0, 20, 20))
    grid.overlay()
    grid.in_force("hc-old", "2014-09-27")
    Source.broken, Source.asked = False, 0
    monkeypatch.setattr(answers, "registered_sources", lambda: (Source(),))
    monkeypatch.setattr(law_reader, "registered_sources", lambda: (Source(),))
    monkeypatch.setattr(answers, "_ask", _ask_without_rulebooks)
    law_reader.forget()
    return grid


def _ask_without_rulebooks(source, question):
    try:
        return source.answer(question), ()
    except RuntimeError:
        text = answers.Text("خطا", "failed")
        return SourceAnswer(), (answers.Failure(source.name, "00", text),)


def test_the_second_answer_is_the_same_bytes_without_asking_the_rules(city):
    first = compose(parcel=A, on=DAY)
    asked = Source.asked
    second = compose(parcel=A, on=DAY)
    assert (second.body, second.digest) == (first.body, first.digest)
    assert Source.asked == asked == 1
    assert KeptExtract.objects.count() == 1


def test_another_parcel_day_or_kind_is_another_extract(city):
    bodies = {
        compose(parcel=A, on=DAY).body,
        compose(parcel=B, on=DAY).body,
        compose(parcel=A, on=date(2026, 1, 2)).body,
        compose(parcel=A, on=DAY, permit_kind="REPAIR").body,
    }
    assert len(bodies) == 4


def test_an_act_is_seen_at_once(city):
    before = compose(parcel=A, on=DAY).data
    city.act("hc-old", "suspend", "2024-05-01")
    after = compose(parcel=A, on=DAY).data
    assert [t["theme"] for t in before["themes"]["applies"]] == ["height_code"]
    assert [t["theme"] for t in after["themes"]["not_known"]] == ["height_code"]
    assert after["pending"][0]["status"] == "suspended"


def test_what_is_still_being_computed_is_not_kept(city):
    late = "3-1-1-3-0-0-0"
    city.parcel(late, box(0, 0, 10, 20).transform(32639, clone=True))
    assert compose(parcel=late, on=DAY).data["themes"]["not_known"][0]["unknown"][0]["why"] == "overlay_incomplete"
    assert KeptExtract.objects.count() == 0
    city.overlay()
    assert compose(parcel=late, on=DAY).data["themes"]["applies"]


def test_a_failure_is_not_kept(city):
    Source.broken = True
    assert compose(parcel=A, on=DAY).data["failures"]
    Source.broken = False
    assert not compose(parcel=A, on=DAY).data["failures"]


def test_another_program_or_registry_is_another_key(city, monkeypatch):
    compose(parcel=A, on=DAY)
    monkeypatch.setattr(kept, "program_key", lambda: "other123")
    compose(parcel=A, on=DAY)
    assert Source.asked == 2
    city.theme("density")
    law_reader.forget()
    assert "density" in {t["theme"] for t in compose(parcel=A, on=DAY).data["themes"]["not_known"]}


def test_asking_as_of_the_stated_instant_gives_the_same_bytes(city):
    """The permanent link: `on` and `known_at` of an answer reproduce it, also after later acts."""
    first = compose(parcel=A, on=DAY)
    stated = law_reader.law_day(on=DAY, known_at=None).instant
    assert stated is not None
    assert compose(parcel=A, on=DAY, known_at=stated).body == first.body
    city.act("hc-old", "suspend", "2024-05-01")
    assert compose(parcel=A, on=DAY, known_at=stated).body == first.body


def test_sweep_leaves_what_today_can_ask(city):
    compose(parcel=A, on=DAY)
    compose(parcel=A, on=date(2026, 1, 5))
    law = law_reader.current(DAY)
    assert kept.sweep(today=date(2026, 1, 5), law=law) == 1
    assert list(KeptExtract.objects.values_list("day", flat=True)) == [date(2026, 1, 5)]


def test_the_scheduled_tasks_exist_and_run(city):
    from celery import current_app
    from django.conf import settings

    compose(parcel=A, on=date(2020, 1, 1))
    current_app.loader.import_default_modules()
    for entry in settings.CELERY_BEAT_SCHEDULE.values():
        current_app.tasks[entry["task"]]()
    assert not KeptExtract.objects.exists(), "a day long past is swept"


def test_over_http_the_kept_bytes_are_the_fresh_bytes(city, client):
    address = f"/api/v1/parcels/{A}/extract?on={DAY}"
    fresh = client.get(address, headers={"accept-encoding": "gzip"})
    plain = client.get(address, headers={"accept-encoding": "identity"})
    zipped = client.get(address, headers={"accept-encoding": "gzip"})
    assert "Content-Encoding" not in plain.headers
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.content) == plain.content
    assert fresh.headers["ETag"] == plain.headers["ETag"] == zipped.headers["ETag"]
    assert client.get(address, headers={"if-none-match": plain.headers["ETag"]}).status_code == 304


def test_the_permanent_link_of_the_page_still_says_the_same_after_a_later_act(city, client):
    page = client.get(f"/parcels/{A}/?on={DAY}").content.decode()
    link = html.unescape(re.search(r'href="([^"]+)" data-permanent', page).group(1))
    seal = re.search(r"sha256:[0-9a-f]{64}", page).group(0)
    city.act("hc-old", "suspend", "2024-05-01")
    now = client.get(f"/parcels/{A}/?on={DAY}").content.decode()
    then = client.get(link).content.decode()
    assert seal in then
    assert seal not in now
    assert "ثبت‌های بعدی در آن نیست" in then
    assert "ثبت‌های بعدی در آن نیست" not in now


def test_a_page_cannot_be_asked_as_of_the_future(city, client):
    answer = client.get(f"/parcels/{A}/?known_at=2999-01-01T00:00:00Z")
    assert answer.status_code == 400
    assert "آینده" in answer.content.decode()


def test_a_read_only_database_answers_and_keeps_nothing(city):
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION READ ONLY")
        answer = compose(parcel=A, on=DAY)
        assert answer.data["themes"]["applies"]
