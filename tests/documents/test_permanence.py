"""The permanent link: the same legal day and instant of knowledge give the same bytes, whatever is recorded later."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.test import Client

from apps.cadastre.models import District, ParcelVersion
from apps.extracts import kept, law_reader, render
from apps.extracts.models import AnswerState, IssuedExtract
from apps.extracts.overlays import compute_overlays
from apps.legal import reading
from apps.parties.models import Office
from gis_layers.models import Backdrop, Edition, IntakeState, Theme
from tests.browser.city import ALL, CODES, SQUARES, SmallCity
from tests.extracts.conftest import box, web

T0 = datetime(2026, 11, 22, 5, tzinfo=UTC)
DAYS = ("2026-11-22", "2023-09-01", "2012-01-01")


@pytest.fixture(autouse=True)
def at_t0() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(T0, tick=False) as traveller:
        yield traveller


def forget() -> None:
    """As a process that was started later: nothing is remembered."""
    law_reader.forget()
    reading._snapshot.cache_clear()
    kept.program_key.cache_clear()


def link(code: str, day: str) -> str:
    return f"/api/v1/parcels/{code}/extract?on={day}&permit_kind=NEW&known_at=2026-11-22T05:00:00Z"


def answers(client: Client) -> dict[str, bytes]:
    found = {link(code, day): client.get(link(code, day)) for code in CODES.values() for day in DAYS}
    assert {response.status_code for response in found.values()} == {200}
    return {url: response.content for url, response in found.items()}


def newer_law(city: SmallCity) -> None:
    """An approved revision is promulgated back to its first day, the suspended one annulled, a new plan comes."""
    city.recorded = T0
    city.act("hc-1404", "promulgate", "2025-10-01", recorded=T0 + timedelta(days=1))
    city.act("hc-1402", "annul", "2023-06-01", recorded=T0 + timedelta(days=2))
    height = Theme.objects.get(code="height_code")
    city.edition(height, "hc-1410", {"H1": ALL}, coverage=ALL, rank=20)
    city.act("hc-1410", "approve", "2012-01-01", recorded=T0 + timedelta(days=3))
    city.act("hc-1410", "promulgate", "2012-01-01", recorded=T0 + timedelta(days=4))
    city.act("hc", "annul", "2014-06-22", recorded=T0 + timedelta(days=5), scope=box(0, 0, 10, 100))
    compute_overlays()


def newer_parcels(city: SmallCity) -> None:
    """Every parcel was corrected: another shape, another width."""
    for version in ParcelVersion.objects.all():
        ParcelVersion.objects.filter(pk=version.pk).update(known=(version.known.lower, T0 + timedelta(days=9)))
        version.pk, version.known = None, (T0 + timedelta(days=9), None)
        version.passage_width_cm, version.plate = 2400, "other"
        version.save()
    compute_overlays()


def newer_backdrop(city: SmallCity) -> None:
    Backdrop.objects.create(kind="street", name_fa="گذر تازه", name_en="New lane", geom_web=web(box(0, 0, 9, 9)))


LATER = {"law": newer_law, "parcels": newer_parcels, "backdrop": newer_backdrop}


@pytest.mark.parametrize("change", LATER.values(), ids=LATER)
def test_what_is_recorded_later_is_not_in_it(
    change: Callable[[SmallCity], None], client: Client, city: SmallCity, at_t0: time_machine.Traveller
) -> None:
    before = answers(client)
    at_t0.move_to(T0 + timedelta(days=10))
    change(city)
    at_t0.move_to(T0 + timedelta(days=365))
    forget()
    assert answers(client) == before


def test_what_is_recorded_later_does_show_without_the_instant(
    client: Client, city: SmallCity, at_t0: time_machine.Traveller
) -> None:
    """Otherwise the test above would prove nothing."""
    url = f"/api/v1/parcels/{CODES['A']}/extract?on=2026-11-22"
    before = client.get(url).content
    at_t0.move_to(T0 + timedelta(days=10))
    newer_law(city)
    newer_parcels(city)
    forget()
    assert client.get(url).content != before


def test_the_instant_that_an_answer_states_gives_that_answer(client: Client, city: SmallCity) -> None:
    """Without an instant the answer names the last thing recorded: a link with it gives the same bytes."""
    now = client.get(f"/api/v1/parcels/{CODES['A']}/extract?on=2026-11-22")
    stated = now.json()["known_at"]
    again = client.get(f"/api/v1/parcels/{CODES['A']}/extract?on=2026-11-22&known_at={stated}")
    assert again.content == now.content


def rename_office(city: SmallCity) -> None:
    Office.objects.update(contact_fa="تلفن تازه", contact_en="new number")


def rename_theme(city: SmallCity) -> None:
    Theme.objects.update(label_en="Renamed")


def rename_district(city: SmallCity) -> None:
    District.objects.update(name_en="Renamed district")


REGISTERS = {"office": rename_office, "theme": rename_theme, "district": rename_district}


def stated_links(client: Client) -> dict[str, bytes]:
    """The permanent links as pages print them, each followed once."""
    found = {}
    for code in CODES.values():
        for day in DAYS:
            fresh = client.get(f"/api/v1/parcels/{code}/extract?on={day}&permit_kind=NEW")
            url = f"/api/v1/parcels/{code}/extract?on={day}&permit_kind=NEW&known_at={fresh.json()['known_at']}"
            found[url] = client.get(url).content
            assert found[url] == fresh.content
    return found


@pytest.mark.parametrize("change", REGISTERS.values(), ids=REGISTERS)
def test_a_link_that_was_followed_answers_the_same_when_a_register_is_edited(
    change: Callable[[SmallCity], None], client: Client, city: SmallCity, at_t0: time_machine.Traveller
) -> None:
    """And a fresh answer, which differs, states another instant: no instant names two answers."""
    before = stated_links(client)
    at_t0.move_to(T0 + timedelta(days=10))
    change(city)
    forget()
    assert {url: client.get(url).content for url in before} == before
    after = stated_links(client)
    assert not before.keys() & after.keys()
    at_t0.move_to(T0 + timedelta(days=365))
    forget()
    assert {url: client.get(url).content for url in {**before, **after}} == {**before, **after}


def test_a_link_that_was_followed_answers_the_same_under_another_program(
    client: Client, city: SmallCity, at_t0: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = stated_links(client)
    at_t0.move_to(T0 + timedelta(days=10))
    forget()
    monkeypatch.setattr(render, "SCHEMA", "parvaneh-extract/2")
    monkeypatch.setattr(kept, "program_key", lambda: "deadbeef")
    assert {url: client.get(url).content for url in before} == before
    after = stated_links(client)
    assert not before.keys() & after.keys()
    assert all(b"parvaneh-extract/2" in body for body in after.values())


def test_an_instant_that_no_answer_states_is_answered_and_not_issued(client: Client, city: SmallCity) -> None:
    """Otherwise anybody could fill the register of issued answers with instants of their own."""
    answers(client)
    assert not IssuedExtract.objects.exists()
    stated_links(client)
    assert IssuedExtract.objects.count() == len(CODES) * len(DAYS)


def test_what_was_issued_cannot_be_changed(client: Client, city: SmallCity) -> None:
    stated_links(client)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        IssuedExtract.objects.all().delete()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AnswerState.objects.update(fingerprint="x")


def test_an_answer_in_doubt_about_a_layer_not_taken_in_is_not_issued(client: Client, city: SmallCity) -> None:
    """It says 'not known' and may learn more: the document says so, and nothing is promised for ever."""
    late = city.edition(Theme.objects.get(code="starred_plot"), "late", {"STAR": SQUARES["A"]}, coverage=ALL)
    Edition.objects.filter(pk=late.pk).update(state=IntakeState.STAGING)
    city.act("late", "approve", "2025-12-01")
    city.act("late", "promulgate", "2025-12-02")
    stated_links(client)
    assert not IssuedExtract.objects.filter(day="2026-11-22").exists()
