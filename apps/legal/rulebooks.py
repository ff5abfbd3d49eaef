"""Taking a decision table (CSV or spreadsheet) into a rulebook: all or nothing. Format: docs/rulebook-format.md."""

import hashlib
from pathlib import Path

from django.db import transaction

from apps.common.city import current_city
from apps.common.errors import ConflictError, IntakeError
from apps.legal.drafts_targets import named_in_a_draft
from apps.legal.models import Instrument, InstrumentKind, LegalAct, ProvisionRow, Rulebook
from apps.legal.rulebook_grid import Row
from apps.legal.rulebook_reading import read_table
from apps.legal.rulebook_words import words_of


@transaction.atomic
def load_rulebook(*, instrument: Instrument, path: Path, source: str, code: str = "") -> Rulebook:
    """The rulebook of the instrument, filled from the table at `path`; `code` defaults to the instrument's.

    The same file again changes nothing. Another file takes the place of the first until the instrument has an act, or
    an open draft of one: who signs must have seen this very table. Raises IntakeError that lists every faulty cell;
    ConflictError when fixed.
    """
    raw = read_file(path)
    facts = {"code": code or instrument.code, "source": source, "checksum": hashlib.sha256(raw).hexdigest()}
    standing = Rulebook.objects.filter(instrument=instrument).first()
    if standing is not None and all(getattr(standing, name) == value for name, value in facts.items()):
        return standing
    require_open(instrument)
    rows = read_table(raw, file=path.name, words=words_of(current_city())).rows
    if standing is not None:
        standing.delete()
    rulebook = Rulebook.objects.create(instrument=instrument, **facts)
    ProvisionRow.objects.bulk_create(_stored(rulebook, position, row) for position, row in enumerate(rows, start=1))
    return rulebook


def read_file(path: Path) -> bytes:
    """The bytes of a rulebook file. Raises IntakeError when it is not there."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise IntakeError(
            fa=f"پروندهٔ «{path.name}» خوانده نشد. نشانی و اجازهٔ خواندن آن را بررسی کنید.",
            en=f"The file “{path.name}” cannot be read. Check that it is there and may be read.",
            file=path.name,
        ) from error


def require_open(instrument: Instrument) -> None:
    """Raise ConflictError unless the instrument's table may still change. It may not begin to be law meanwhile: its row
    is locked, as acts and their drafts lock it, until the end of the transaction.
    """
    Instrument.objects.select_for_update().get(pk=instrument.pk)
    if instrument.kind != InstrumentKind.RULEBOOK:
        raise ConflictError(
            fa=f"سند «{instrument.code}» دفتر ضوابط نیست. آن را از نوع دفتر ضوابط ثبت کنید.",
            en=f"“{instrument.code}” is not a rulebook. Register an instrument of the kind rulebook.",
        )
    if LegalAct.objects.filter(instrument=instrument).exists():
        raise ConflictError(
            fa=f"«{instrument.code}» سند ثبت‌شده دارد و جدول آن دیگر تغییر نمی‌کند. برای متن تازه سند تازه ثبت کنید.",
            en=f"“{instrument.code}” has legal acts: its table is fixed. Register the new text as a new instrument.",
            instrument=instrument.code,
        )
    if named_in_a_draft(instrument):
        raise ConflictError(
            fa=f"پیش‌نویسِ سندی از {instrument.code} نام می‌برد. نخست آن پیش‌نویس را پس بگیرید.",
            en=f"A draft of an act names {instrument.code}. Withdraw that draft first.",
            instrument=instrument.code,
        )


def _stored(rulebook: Rulebook, position: int, row: Row) -> ProvisionRow:
    return ProvisionRow(rulebook=rulebook, position=position, when=dict(row.when), **row.cells)
