"""Tables of rules as the desk shows them: who sees which, what stands in them, what they change."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from apps.common import clock
from apps.common.city import current_city
from apps.common.errors import NotFoundError
from apps.common.text import Text
from apps.desk import rulebook_files
from apps.desk.intake_access import themes_of
from apps.desk.models import RulebookDraft
from apps.desk.rulebook_difference import CELLS, Difference, RuleRow, difference
from apps.legal.models import InstrumentKind, ProvisionRow, Rulebook
from apps.legal.rulebook_faults import Fault
from apps.legal.rulebook_grid import Table
from apps.legal.rulebook_reading import judged, read_grid
from apps.legal.rulebook_words import words_of
from apps.legal.rulebooks import read_file
from apps.legal.selectors import law_snapshot
from apps.parties.models import Person

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
    return read(draft)[0]


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


def read(draft: RulebookDraft) -> tuple[Table, tuple[Fault, ...]]:
    """The sound rows of the draft's file and all its faults. Raises IntakeError when it cannot be read."""
    raw = read_file(rulebook_files.file_of(draft))
    return judged(read_grid(raw, file=draft.file_name), words_of(current_city()))


def _of_table(cells: Mapping[str, str], when: Mapping[str, str]) -> RuleRow:
    return RuleRow(row=cells["row"], cells={name: cells[name] for name in CELLS}, when=dict(when))


def _found(drafts: QuerySet[RulebookDraft], draft_id: UUID | None) -> RulebookDraft:
    found = drafts.filter(pk=draft_id).first() if draft_id else None
    if found is None:
        raise NotFoundError(
            fa="چنین جدولی نیست، یا از آن شما نیست. از فهرست دفترهای ضوابط آغاز کنید.",
            en="There is no such table, or it is not yours. Start from the list of rulebooks.",
        )
    return found
