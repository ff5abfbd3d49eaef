"""The doors of the desk for tables of rules: bring one, see its faults and what it changes, load it as a draft."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from django.conf import settings
from django.db import transaction

from apps.common import clock
from apps.common.city import current_city
from apps.desk import intake_plan, rulebook_files, uploads
from apps.desk.models import RulebookDraft
from apps.desk.rulebook_listing import own, read
from apps.legal.models import Instrument, InstrumentKind, Rulebook
from apps.legal.rulebooks import load_rulebook, require_open
from apps.legal.services import register_instrument
from apps.parties.models import Person, Role
from apps.parties.roles import require


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
    """Delete a table with its draft rulebook. Raises NotFoundError; ConflictError once an act, or a draft of one, names
    it."""
    draft = own(person, draft_id)
    standing = draft.instrument
    if standing is not None:
        require_open(standing)
        Rulebook.objects.filter(instrument=standing).delete()
    draft.delete()
    transaction.on_commit(partial(rulebook_files.forget, draft_id))


def _judge(draft: RulebookDraft) -> None:
    table, faults = read(draft)
    draft.row_count = len(table.rows)
    draft.themes = sorted({row.cells["theme"] for row in table.rows if row.cells["theme"]})
    draft.faults = [{**fault.as_dict(), "where": fault.where.as_dict()} for fault in faults]


def _new_instrument(code: str, title_fa: str, title_en: str) -> Instrument:
    return register_instrument(
        code=intake_plan.free_code(code),
        kind=InstrumentKind.RULEBOOK,
        title_fa=intake_plan.clean_title("title_fa", title_fa),
        title_en=intake_plan.clean_title("title_en", title_en),
        sample=current_city().sample_rules,
    )
