"""The doors of the desk for tables of rules: bring one, see its faults and what it changes, load it as a draft."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from apps.common import clock
from apps.common.city import current_city
from apps.common.errors import ConflictError, NotFoundError
from apps.common.text import Text
from apps.desk import intake_plan, rulebook_files, uploads
from apps.desk.intake_access import themes_of
from apps.desk.models import RulebookDraft
from apps.desk.rulebook_difference import CELLS, Difference, RuleRow, difference
from apps.legal.models import Instrument, InstrumentKind, LegalAct, ProvisionRow, Rulebook
from apps.legal.rulebook_faults import Fault
from apps.legal.rulebook_grid import Table
from apps.legal.rulebook_reading import judged, read_grid
from apps.legal.rulebook_words import words_of
from apps.legal.rulebooks import load_rulebook, read_file
from apps.legal.selectors import law_snapshot
from apps.legal.services import register_instrument
from apps.parties.models import Person, Role
from apps.parties.roles import require

CELLS_SHOWN = ("row", "article", "subject", "effect", "value", "theme", "zone")


@dataclass(frozen=True, slots=True)
class BookLine:
    """A rulebook with the statuses it has today."""

    instrument: str
    code: str
    title: Text
    rows: int
    statuses: tuple[str, ...]
    draft: UUID | None


@transaction.atomic
def bring(*, person: Person, upload_ids: Sequence[UUID], corrects: UUID | None = None) -> RulebookDraft:
    """Check the table of an upload; its faults, if any, stand in the draft. `corrects`: the draft it mends.

    Raises BadInputError for what is no table, IntakeError for what cannot be read at all, ForbiddenError for rows on
    themes out of reach.
    """
    uploads.require_editor(person)
    before = own(person, corrects) if corrects else None
    upload = uploads.take_over(person=person, upload_ids=list(upload_ids)[:1])[0]
    draft = RulebookDraft(person=person, corrects=before, file_name=upload.file_name, created_at=clock.now())
    draft.digest = upload.digest
    rulebook_files.gather(upload, draft.pk)
    _judge(draft)
    require(person, Role.RULE_EDITOR, themes=draft.themes)
    if before is not None:
        draft.book, draft.source = before.book, before.source
        draft.title_fa, draft.title_en, draft.instrument = before.title_fa, before.title_en, before.instrument
    draft.save(force_insert=True)
    return draft


@transaction.atomic
def load(
    *, person: Person, draft_id: UUID, book: str, source: str, instrument: str, title_fa: str, title_en: str
) -> RulebookDraft:
    """Load the table as the draft rulebook of a new instrument, or in the place of the draft that it corrects.

    Raises BadInputError naming the field, IntakeError with all faults, ConflictError once the instrument has an act.
    """
    draft = own(person, draft_id)
    require(person, Role.RULE_EDITOR, themes=draft.themes)
    if source not in settings.RULE_SOURCES:
        raise intake_plan.fault("source", fa="خوانندهٔ این ضوابط را برگزینید.", en="Choose who reads these rules.")
    standing = draft.instrument or _new_instrument(instrument, title_fa, title_en)
    draft.book = intake_plan.clean_book(book)
    load_rulebook(instrument=standing, path=rulebook_files.file_of(draft), source=source, code=draft.book)
    RulebookDraft.objects.filter(instrument=standing).exclude(pk=draft.pk).update(instrument=None, loaded_at=None)
    draft.instrument, draft.source, draft.loaded_at = standing, source, clock.now()
    draft.title_fa, draft.title_en = standing.title_fa, standing.title_en
    draft.save()
    return draft


@transaction.atomic
def remove(*, person: Person, draft_id: UUID) -> None:
    """Delete a table with its draft rulebook. Raises NotFoundError, ConflictError once the instrument has an act."""
    draft = own(person, draft_id)
    standing = draft.instrument
    if standing is not None and LegalAct.objects.filter(instrument=standing).exists():
        raise ConflictError(
            fa=f"«{standing.code}» سند حقوقی دارد و جدول آن دیگر برداشته نمی‌شود.",
            en=f"“{standing.code}” has legal acts: its table can no longer be taken away.",
        )
    if standing is not None:
        Rulebook.objects.filter(instrument=standing).delete()
    draft.delete()
    transaction.on_commit(partial(rulebook_files.forget, draft_id))


def visible(person: Person) -> QuerySet[RulebookDraft]:
    """Drafts of the person's own, and all of them for whoever may see every theme."""
    drafts = RulebookDraft.objects.select_related("instrument", "person")
    return drafts.all() if themes_of(person) is None else drafts.filter(person=person)


def seen(person: Person, draft_id: UUID) -> RulebookDraft:
    """A draft that the person may look at. Raises NotFoundError."""
    return _found(visible(person), draft_id)


def own(person: Person, draft_id: UUID | None) -> RulebookDraft:
    """A draft of the person's own. Raises NotFoundError."""
    return _found(RulebookDraft.objects.select_related("instrument").filter(person=person), draft_id)


def table_of(draft: RulebookDraft) -> Table:
    """The sound rows of the draft's file. Raises IntakeError when it cannot be read."""
    return _read(draft)[0]


def difference_to_force(draft: RulebookDraft) -> Difference:
    """What the draft's table says otherwise than the rulebook of its code that is in force (else: than nothing)."""
    after = [_of_table(row.cells, row.when) for row in table_of(draft).rows]
    return difference(rows_in_force(draft.book), after)


def rows_in_force(book: str) -> list[RuleRow]:
    """The rows of the rulebook of that code that is in force today; none when there is none."""
    law = law_snapshot(on=clock.today())
    for instrument in law.in_force(InstrumentKind.RULEBOOK):
        rows = ProvisionRow.objects.filter(rulebook__instrument=instrument.id, rulebook__code=book).order_by("position")
        if book and rows:
            return [_of_table({name: getattr(r, name) for name in ("row", *CELLS)}, r.when) for r in rows]
    return []


def statuses_of(draft: RulebookDraft) -> tuple[str, ...]:
    """Statuses that the draft's instrument has today; none before it was loaded."""
    if draft.instrument_id is None:
        return ()
    return tuple(sorted(s.value for s in law_snapshot(on=clock.today()).statuses(draft.instrument_id)))


def source_of(book: str) -> str:
    """Who reads the rulebook of that code ('' = there is none yet)."""
    found = Rulebook.objects.filter(code=book).order_by("-pk").first() if book else None
    return found.source if found else ""


def books(person: Person) -> list[BookLine]:
    """All rulebooks with their legal status, drafts first; anybody at the desk may see them."""
    law = law_snapshot(on=clock.today())
    drafts = dict(visible(person).filter(instrument__isnull=False).values_list("instrument", "pk"))
    lines = [
        BookLine(
            instrument=book.instrument.code,
            code=book.code,
            title=Text(book.instrument.title_fa, book.instrument.title_en),
            rows=book.rows.count(),
            statuses=tuple(sorted(s.value for s in law.statuses(book.instrument_id))),
            draft=drafts.get(book.instrument_id),
        )
        for book in Rulebook.objects.select_related("instrument").order_by("-pk")
    ]
    return sorted(lines, key=lambda line: "draft" not in line.statuses)


def _of_table(cells: Mapping[str, str], when: Mapping[str, str]) -> RuleRow:
    return RuleRow(row=cells["row"], cells={name: cells[name] for name in CELLS}, when=dict(when))


def _judge(draft: RulebookDraft) -> None:
    table, faults = _read(draft)
    draft.row_count = len(table.rows)
    draft.themes = sorted({row.cells["theme"] for row in table.rows if row.cells["theme"]})
    draft.faults = [{**fault.as_dict(), "where": fault.where.as_dict()} for fault in faults]


def _read(draft: RulebookDraft) -> tuple[Table, tuple[Fault, ...]]:
    raw = read_file(rulebook_files.file_of(draft))
    return judged(read_grid(raw, file=draft.file_name), words_of(current_city()))


def _new_instrument(code: str, title_fa: str, title_en: str) -> Instrument:
    return register_instrument(
        code=intake_plan.free_code(code),
        kind=InstrumentKind.RULEBOOK,
        title_fa=intake_plan.clean_title("title_fa", title_fa),
        title_en=intake_plan.clean_title("title_en", title_en),
        sample=current_city().sample_rules,
    )


def _found(drafts: QuerySet[RulebookDraft], draft_id: UUID | None) -> RulebookDraft:
    found = drafts.filter(pk=draft_id).first() if draft_id else None
    if found is None:
        raise NotFoundError(
            fa="چنین جدولی نیست، یا از آن شما نیست. از فهرست دفترهای ضوابط آغاز کنید.",
            en="There is no such table, or it is not yours. Start from the list of rulebooks.",
        )
    return found
