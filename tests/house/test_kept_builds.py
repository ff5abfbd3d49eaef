"""A city that is put back is the city that was built."""

from datetime import UTC, datetime

import pytest
import time_machine

from apps.legal.models import LegalAct
from apps.parties.services import ensure_person
from tests import kept
from tests.browser.city import SmallCity


@pytest.fixture(autouse=True)
def nothing_kept(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_kept", {})


def build() -> SmallCity:
    city = object.__new__(SmallCity)
    kept.built(city, city._standing)
    return city


def forget() -> None:
    """As after a test: no row stands."""
    with kept.connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        cursor.execute(f"TRUNCATE {', '.join(kept._tables())}")


def test_every_row_comes_back_as_it_was_built() -> None:
    built = build()
    rows = kept._rows()
    forget()
    assert kept._rows() == {}
    again = build()
    assert kept._rows() == rows
    assert len(rows) > 10
    forget()
    third = build()
    assert vars(third) == vars(again) == vars(built)
    assert third.clerk is not again.clerk, "what one test does to it, another must not see"


def test_new_rows_come_after_those_put_back() -> None:
    build()
    last = LegalAct.objects.latest("pk").pk
    forget()
    with kept.connection.cursor() as cursor:
        cursor.execute("ALTER SEQUENCE legal_legalact_id_seq RESTART")
    city = build()
    city.act("hc-1404", "approve", "2025-09-10")
    assert LegalAct.objects.latest("pk").pk > last


def test_what_is_put_back_is_watched_as_before() -> None:
    build()
    forget()
    build()
    with pytest.raises(Exception, match="append"):
        LegalAct.objects.all()[0].delete()


def test_where_something_stands_it_is_built() -> None:
    build()
    forget()
    ensure_person(mobile="09120000999", name_fa="پیشین", name_en="Before", verified=True)
    before = LegalAct.objects.count()
    newest = kept._asked("SELECT last_value FROM legal_legalact_id_seq")
    build()
    assert before == 0 < LegalAct.objects.count()
    assert kept._asked("SELECT last_value FROM legal_legalact_id_seq") > newest


def test_on_another_day_it_is_built() -> None:
    build()
    forget()
    newest = kept._asked("SELECT last_value FROM legal_legalact_id_seq")
    with time_machine.travel(datetime(2030, 1, 1, tzinfo=UTC)):
        build()
    assert kept._asked("SELECT last_value FROM legal_legalact_id_seq") > newest
