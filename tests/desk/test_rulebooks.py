"""Tables of rules at the desk: faults with their cells, the difference to what is in force, drafts replaced."""

import csv
import io
import re
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from apps.common.city import current_city
from apps.common.errors import ForbiddenError
from apps.desk import rulebook_listing, rulebooks
from apps.desk.models import RulebookDraft
from apps.desk.rulebook_difference import RuleRow, difference
from apps.legal.models import Instrument, ProvisionRow, Rulebook
from apps.legal.rulebook_exchange import export
from apps.legal.rulebook_words import words_of
from apps.parties.models import Person
from tests.desk.acts_build import Desk as ActDesk
from tests.desk.intake_build import build_rulebooks_of_city, planner, send
from tests.legal.build import Desk

pytestmark = pytest.mark.django_db(transaction=True)
HEIGHTS = Path(django_settings.CITY_ROOT) / "rulebooks" / "isf-heights.csv"


@pytest.fixture(autouse=True)
def city(settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    build_rulebooks_of_city()


@pytest.fixture
def editor() -> Person:
    return planner()


@pytest.fixture
def desk(editor: Person) -> Client:
    client = Client()
    client.force_login(editor)
    return client


def text(response: object) -> str:
    return re.sub(r"\s+", " ", response.content.decode())  # type: ignore[attr-defined]


def changed(folder: Path, **cells: str) -> Path:
    """The heights of the sample city with its first row changed."""
    rows = list(csv.DictReader(io.StringIO(HEIGHTS.read_text(encoding="utf-8"))))
    out = folder / "heights.csv"
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows([{**rows[0], **cells}, *rows[1:]])
    return out


def brought(desk: Client, path: Path, **fields: str) -> RulebookDraft:
    sent = desk.post("/desk/rulebooks/new/", {"file": SimpleUploadedFile(path.name, path.read_bytes()), **fields})
    assert sent.status_code == 302, text(sent)
    return RulebookDraft.objects.get(pk=sent["Location"].split("/")[-2])


LOAD = {
    "book": "isf-heights",
    "source": "detailed_plan",
    "instrument": "isf-heights-1405",
    "title_fa": "ارتفاع",
    "title_en": "Heights",
}


def test_every_fault_is_shown_with_its_cell(desk: Client, tmp_path: Path) -> None:
    draft = brought(desk, changed(tmp_path, subject="max_floors", effect="put"))
    assert len(draft.faults) == 1
    page = text(desk.get(f"/en/desk/rulebooks/{draft.pk}/"))
    assert "faults; the table was not taken in" in page
    assert f'dir="ltr">{draft.faults[0]["cell"]}</bdi>' in page
    assert "put" in page
    refused = desk.post(f"/en/desk/rulebooks/{draft.pk}/", LOAD)
    assert refused.status_code == 422
    assert draft.faults[0]["cell"] in text(refused)
    assert not Instrument.objects.filter(code="isf-heights-1405").exists()
    assert "faults" in text(desk.get("/en/desk/rulebooks/"))


def test_the_difference_to_the_rulebook_in_force(desk: Client, tmp_path: Path) -> None:
    law = Desk()
    law.in_force(Instrument.objects.get(code="isf-heights"), "2020-01-01")
    draft = brought(desk, changed(tmp_path, text_en="Said in another way"))
    page = text(desk.get(f"/en/desk/rulebooks/{draft.pk}/?book=isf-heights"))
    assert "<b>1</b><span>rows changed</span>" in page
    assert "Said in another way" in page
    assert "<b>0</b><span>rows added</span>" in page
    assert "text_en" in page
    other = text(desk.get(f"/en/desk/rulebooks/{draft.pk}/"))
    assert f"<b>{draft.row_count}</b><span>rows added</span>" in other  # compared with nothing


def test_a_sound_table_becomes_a_draft_rulebook(desk: Client, tmp_path: Path) -> None:
    draft = brought(desk, changed(tmp_path, text_en="New words"))
    assert desk.post(f"/desk/rulebooks/{draft.pk}/", LOAD).status_code == 302
    book = Rulebook.objects.get(instrument__code="isf-heights-1405")
    assert (book.code, book.source, book.rows.count()) == ("isf-heights", "detailed_plan", draft.row_count)
    page = text(desk.get(f"/en/desk/rulebooks/{draft.pk}/"))
    assert "Draft, no law" in page
    assert "isf-heights-1405" in text(desk.get("/desk/rulebooks/"))


def test_a_spreadsheet_is_read_as_well(desk: Client, tmp_path: Path) -> None:
    sheet = tmp_path / "heights.xlsx"
    export(str(HEIGHTS), sheet, words_of(current_city()))
    draft = brought(desk, sheet)
    assert draft.faults == []
    assert rulebook_listing.difference_to_force(draft).removed == ()


def test_a_mended_table_takes_the_place_of_the_draft(desk: Client, tmp_path: Path) -> None:
    first = brought(desk, changed(tmp_path, text_en="One"))
    desk.post(f"/desk/rulebooks/{first.pk}/", LOAD)
    second = brought(desk, changed(tmp_path, text_en="Two"), corrects=str(first.pk))
    assert second.instrument_id is not None
    page = text(desk.get(f"/en/desk/rulebooks/{second.pk}/"))
    assert "Put it in the place of the draft" in page
    assert desk.post(f"/desk/rulebooks/{second.pk}/", LOAD).status_code == 302
    rows = ProvisionRow.objects.filter(rulebook__instrument__code="isf-heights-1405")
    assert rows.filter(text_en="Two").exists()
    assert not rows.filter(text_en="One").exists()
    first.refresh_from_db()
    assert (first.instrument_id, first.loaded_at) == (None, None)


def test_a_rulebook_with_an_act_is_fixed(desk: Client, tmp_path: Path) -> None:
    first = brought(desk, changed(tmp_path, text_en="One"))
    desk.post(f"/desk/rulebooks/{first.pk}/", LOAD)
    second = brought(desk, changed(tmp_path, text_en="Two"), corrects=str(first.pk))
    Desk().do("approve", Instrument.objects.get(code="isf-heights-1405"), "2024-01-01")
    refused = desk.post(f"/en/desk/rulebooks/{second.pk}/", LOAD)
    assert refused.status_code == 409
    assert "its table is fixed" in text(refused)
    assert desk.post(f"/desk/rulebooks/{first.pk}/remove/").status_code == 409
    assert ProvisionRow.objects.filter(text_en="One").exists()


def test_a_rulebook_that_waits_for_a_signature_holds_still(desk: Client, tmp_path: Path) -> None:
    """Else its writer could put another table under the draft after the second person looked at it."""
    first = brought(desk, changed(tmp_path, text_en="One"))
    desk.post(f"/desk/rulebooks/{first.pk}/", LOAD)
    second = brought(desk, changed(tmp_path, text_en="Two"), corrects=str(first.pk))
    law = ActDesk()
    draft = law.write("approve", "isf-heights-1405")
    refused = desk.post(f"/en/desk/rulebooks/{second.pk}/", LOAD)
    assert refused.status_code == 409
    assert "Withdraw that draft first" in text(refused)
    assert desk.post(f"/desk/rulebooks/{first.pk}/remove/").status_code == 409
    assert ProvisionRow.objects.filter(text_en="One").exists()
    law.writing.post(f"/en/desk/acts/{draft.pk}/withdraw/")
    assert desk.post(f"/desk/rulebooks/{second.pk}/", LOAD).status_code == 302
    assert ProvisionRow.objects.filter(text_en="Two").exists()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"title_fa": ""}, "Write the title in both languages"),
        ({"source": "astrology"}, "Choose who reads"),
        ({"instrument": "isf-heights"}, "Choose another code"),
        ({"book": "Ü"}, "small Latin letters"),
    ],
)
def test_what_is_wrong_is_said_on_the_form(change: dict[str, str], said: str, desk: Client, tmp_path: Path) -> None:
    draft = brought(desk, changed(tmp_path, text_en="x"))
    refused = desk.post(f"/en/desk/rulebooks/{draft.pk}/", {**LOAD, **change})
    assert refused.status_code == 400
    assert said in text(refused)
    assert not Rulebook.objects.filter(instrument__code="isf-heights-1405").exists()


def test_files_that_are_no_table(desk: Client, tmp_path: Path) -> None:
    for name, body, said in (
        ("plan.gpkg", b"SQLite", "Send the rulebook as"),
        ("rules.xlsx", b"PK\x03\x04 broken", "cannot be read as a rulebook"),
        ("rules.csv", b"\xff\xfe\x00", "not UTF-8"),
    ):
        refused = desk.post("/en/desk/rulebooks/new/", {"file": SimpleUploadedFile(name, body)})
        assert refused.status_code in {400, 422}, name
        assert said in text(refused), name
    assert "Choose the table" in text(desk.post("/en/desk/rulebooks/new/", {}))
    assert not RulebookDraft.objects.exists()


def test_deleting_takes_the_draft_rulebook_along(desk: Client, tmp_path: Path, settings) -> None:
    draft = brought(desk, changed(tmp_path, text_en="x"))
    desk.post(f"/desk/rulebooks/{draft.pk}/", LOAD)
    assert desk.post(f"/desk/rulebooks/{draft.pk}/remove/")["Location"] == "/desk/rulebooks/"
    assert not Rulebook.objects.filter(instrument__code="isf-heights-1405").exists()
    assert not list((Path(settings.MEDIA_ROOT) / "desk" / "rulebooks").iterdir())


def test_only_on_their_own_themes(tmp_path: Path) -> None:
    stranger = planner("09121110005", themes=["density"])
    path = changed(tmp_path, text_en="x")
    with pytest.raises(ForbiddenError, match="height_code"):
        rulebooks.bring(person=stranger, upload_ids=[send(stranger, path).pk])
    assert not RulebookDraft.objects.exists()


def test_another_persons_table_is_not_there(desk: Client, tmp_path: Path) -> None:
    draft = brought(desk, changed(tmp_path, text_en="x"))
    other = Client()
    other.force_login(planner("09121110006", themes=["density"]))
    assert other.get(f"/desk/rulebooks/{draft.pk}/").status_code == 404
    assert other.post(f"/desk/rulebooks/{draft.pk}/remove/").status_code == 404
    assert other.get("/desk/rulebooks/new/?corrects=x").status_code == 400


# --- the difference, pure --------------------------------------------------------------------------------

CELL = st.sampled_from(["", "4", "5"])
TABLE = st.dictionaries(st.sampled_from("abcdef"), st.tuples(CELL, CELL), max_size=6).map(
    lambda rows: [
        RuleRow(name, {"value": value}, {"plot_m2": when} if when else {}) for name, (value, when) in rows.items()
    ]
)


@given(TABLE, TABLE)
def test_the_difference_tells_every_row_once(before: list[RuleRow], after: list[RuleRow]) -> None:
    told = difference(before, after)
    assert len(told.added) + len(told.changed) + told.same == len(after)
    assert len(told.removed) + len(told.changed) + told.same == len(before)
    assert difference(before, before).is_none
    back = difference(after, before)
    assert {row.row for row in back.added} == {row.row for row in told.removed}
    assert {row.row for row, _ in back.changed} == {row.row for row, _ in told.changed}


def test_conditions_are_cells_too() -> None:
    old, new = RuleRow("a", {"value": "4"}, {"plot_m2": "..100"}), RuleRow("a", {"value": "4"}, {"corner": "yes"})
    ((_, changes),) = difference([old], [new]).changed
    assert [(c.column, c.before, c.after) for c in changes] == [
        ("when:plot_m2", "..100", ""),
        ("when:corner", "", "yes"),
    ]
