"""What the database itself refuses, whoever asks."""

import pytest
from django.db import IntegrityError, transaction

from apps.legal.models import InstrumentKind, LegalAct, ProvisionRow
from tests.legal.build import Desk, edition
from tests.legal.tables import table

pytestmark = pytest.mark.django_db


def refused(words: str, call) -> None:
    with pytest.raises(IntegrityError, match=words), transaction.atomic():
        call()


def test_an_act_is_neither_changed_nor_deleted(desk: Desk) -> None:
    act = desk.do("approve", edition("plan"), "2020-01-01")
    acts = LegalAct.objects.filter(pk=act.pk)
    refused("append-only: UPDATE refused", lambda: acts.update(number="x"))
    refused("append-only: DELETE refused", acts.delete)
    refused("append-only: DELETE refused", lambda: acts._raw_delete("default"))
    act.number = "x"
    refused("append-only", act.save)
    assert LegalAct.objects.get(pk=act.pk).number != "x"


def test_an_instrument_is_fixed_from_its_first_act_on(desk: Desk) -> None:
    plan = edition("plan")
    plan.title_en = "Corrected"
    plan.save()
    desk.do("approve", plan, "2020-01-01")
    plan.rank = 20
    refused("has legal acts", plan.save)


def test_a_rulebook_is_fixed_from_its_first_act_on(desk: Desk, tmp_path) -> None:
    book = edition("book", kind=InstrumentKind.RULEBOOK)
    rulebook = table(tmp_path).load(book)
    row = rulebook.rows.get()
    row.value = "3"
    row.save()
    desk.do("approve", book, "2020-01-01")
    row.value = "9"
    refused("has legal acts", row.save)
    refused("has legal acts", row.delete)
    refused("has legal acts", rulebook.delete)
    extra = {"rulebook": rulebook, "position": 2, "row": "new", "article": "1", "category": "C", "effect": "warn"}
    refused("has legal acts", lambda: ProvisionRow.objects.create(**extra, text_fa="ف", text_en="e"))
    rulebook.source = "other"
    refused("has legal acts", rulebook.save)
    assert rulebook.rows.get().value == "3"


def test_rows_cannot_be_moved_between_a_fixed_rulebook_and_an_open_one(desk: Desk, tmp_path) -> None:
    fixed, draft = edition("fixed", kind=InstrumentKind.RULEBOOK), edition("draft", kind=InstrumentKind.RULEBOOK)
    fixed_book, draft_book = table(tmp_path).load(fixed), table(tmp_path).load(draft)
    desk.do("approve", fixed, "2020-01-01")
    refused("has legal acts", lambda: fixed_book.rows.update(rulebook=draft_book))
    draft_book.rows.update(row="other")
    refused("has legal acts", lambda: draft_book.rows.update(rulebook=fixed_book))


def test_truncate_is_refused_unless_the_connection_says_it_is_a_test(desk: Desk) -> None:
    desk.do("approve", edition("plan"), "2020-01-01")
    for name in ("legal_legalact", "legal_instrument", "legal_rulebook", "legal_provisionrow"):
        refused("TRUNCATE refused", lambda name=name: truncate(name, allow=""))
    assert LegalAct.objects.count() == 1
    truncate("legal_instrument", allow="on")
    assert LegalAct.objects.count() == 0


def truncate(name: str, *, allow: str) -> None:
    from django.db import connection  # noqa: TID251 - no ORM call truncates

    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SELECT set_config('parvaneh.allow_truncate', %s, true)", [allow])
        cursor.execute(f"TRUNCATE {name} CASCADE")
