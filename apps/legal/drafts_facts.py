"""Everything an act says, as facts and as the rows of a draft, and what of it is signed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib.gis.geos import GEOSGeometry

from apps.common.text import Text
from apps.legal.acts import ActKind, Authority
from apps.legal.atoms import clean_scope
from apps.legal.drafts_digest import Named, digest_of
from apps.legal.drafts_documents import address_of
from apps.legal.models import ActDocument, ActDraft, DraftTarget, Instrument, LegalAct
from apps.legal.transition import Clause, clause_of

_NOTHING = Text("", "")


@dataclass(frozen=True, slots=True)
class Target:
    """One instrument the act is about; `lifts` only for a lift, `replaced_by` only for a replacement."""

    instrument: Instrument
    lifts: LegalAct | None = None
    replaced_by: Instrument | None = None


@dataclass(frozen=True, slots=True)
class DraftFacts:
    """Everything an act says. `scope`: polygon in the city's CRS, None = everywhere."""

    kind: ActKind
    number: str
    act_date: date
    effective_on: date
    body: Text
    document: ActDocument
    targets: tuple[Target, ...]
    authority: Authority = Authority.ADMINISTRATIVE
    reason: Text = _NOTHING
    scope: GEOSGeometry | None = None
    transition: tuple[Clause, ...] = field(default=())


def fill_in(draft: ActDraft, facts: DraftFacts) -> None:
    """Write the facts and what they name into the draft's rows. The scope is made clean; raises BadInputError."""
    draft.kind, draft.authority, draft.number = facts.kind.value, facts.authority.value, facts.number.strip()
    draft.act_date, draft.effective_on = facts.act_date, facts.effective_on
    draft.body_fa, draft.body_en = facts.body.fa.strip(), facts.body.en.strip()
    draft.reason_fa, draft.reason_en = facts.reason.fa.strip(), facts.reason.en.strip()
    draft.scope = None if facts.scope is None else clean_scope(facts.scope)
    draft.transition, draft.document = [clause.as_json() for clause in facts.transition], facts.document
    draft.save()
    DraftTarget.objects.bulk_create(_targets(draft, facts.targets))


def acts_of(draft: ActDraft) -> list[dict[str, Any]]:
    """Arguments of `record_act` for each target, but the second person."""
    shared = {
        "kind": draft.kind, "number": draft.number, "act_date": draft.act_date, "effective_on": draft.effective_on,
        "body_fa": draft.body_fa, "body_en": draft.body_en, "document": address_of(draft.document.sha256),
        "reason_fa": draft.reason_fa, "reason_en": draft.reason_en, "scope": draft.scope, "authority": draft.authority,
        "transition": [clause_of(raw) for raw in draft.transition], "recorded_by": draft.drafted_by,
    }  # fmt: skip
    targets = draft.targets.select_related("instrument", "lifts", "replaced_by")
    return [{**shared, "instrument": t.instrument, "lifts": t.lifts, "replaced_by": t.replaced_by} for t in targets]


def digest_of_draft(draft: ActDraft) -> str:
    """The digest of what stands in the database, not of what was remembered of it."""
    targets = draft.targets.values_list("instrument_id", "lifts_id", "replaced_by_id")
    return digest_of(
        kind=draft.kind,
        authority=draft.authority,
        number=draft.number,
        days=(draft.act_date, draft.effective_on),
        texts=(draft.body_fa, draft.body_en, draft.reason_fa, draft.reason_en),
        transition=draft.transition,
        scope=bytes(draft.scope.wkb) if draft.scope else b"",
        document=draft.document.sha256,
        targets=[Named(*row) for row in targets],
    )


def _targets(draft: ActDraft, targets: Sequence[Target]) -> list[DraftTarget]:
    return [
        DraftTarget(draft=draft, position=place, instrument=t.instrument, lifts=t.lifts, replaced_by=t.replaced_by)
        for place, t in enumerate(targets)
    ]
