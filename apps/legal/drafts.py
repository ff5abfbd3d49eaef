"""Drafts of acts: written by one person, signed by another, or withdrawn. The acts themselves go through `services`."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.gis.geos import GEOSGeometry
from django.db import transaction

from apps.common import clock
from apps.common.errors import BadInputError, ConflictError
from apps.common.text import Text
from apps.legal.acts import ActKind, Authority
from apps.legal.atoms import clean_scope
from apps.legal.drafts_digest import Named, digest_of, seal_of
from apps.legal.drafts_documents import address_of
from apps.legal.models import ActDocument, ActDraft, DraftState, DraftTarget, Instrument, LegalAct
from apps.legal.projecting import lock_law
from apps.legal.reading import law_version
from apps.legal.rehearsal import rehearsed
from apps.legal.services import record_act
from apps.legal.transition import Clause, clause_of
from apps.parties.models import Person

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


@transaction.atomic
def write_draft(*, facts: DraftFacts, by: Person) -> ActDraft:
    """A new draft. Raises what signing it now would raise, so that nothing waits that cannot be signed."""
    now = clock.now()
    draft = ActDraft(drafted_by=by, drafted_at=now, changed_at=now)
    return _stored(draft, facts)


@transaction.atomic
def revise_draft(*, draft: int, facts: DraftFacts, by: Person, seen: str) -> ActDraft:
    """Other facts for a draft of one's own. `seen`: its digest when it was opened; ConflictError when it moved."""
    held = _own(draft, by)
    if held.digest != seen:
        raise look_again()
    held.changed_at = clock.now()
    held.targets.all().delete()
    return _stored(held, facts)


@transaction.atomic
def withdraw_draft(*, draft: int, by: Person) -> ActDraft:
    """Give a draft of one's own up, for good."""
    held = _own(draft, by)
    held.state, held.closed_by, held.closed_at = DraftState.WITHDRAWN, by, clock.now()
    held.save()
    return held


@transaction.atomic
def sign_draft(*, draft: int, by: Person, seal: str) -> tuple[LegalAct, ...]:
    """Record the draft's acts with `by` as the second person, all or none. `seal`: of what was shown (`seal_of`).

    Raises ConflictError when draft or law moved since it was shown, or when it is closed; and what `record_act` raises.
    """
    held = locked(draft)
    lock_law()
    if current_seal(held) != seal:
        raise look_again()
    acts: list[LegalAct] = []
    for target, facts in zip(held.targets.all(), acts_of(held), strict=True):
        act = record_act(**facts, countersigned_by=by, recorded_at=_stamp(acts))
        DraftTarget.objects.filter(pk=target.pk).update(act=act)
        acts.append(act)
    held.state, held.closed_by, held.closed_at = DraftState.SIGNED, by, clock.now()
    held.save()
    return tuple(acts)


def current_seal(draft: ActDraft) -> str:
    """The seal of the draft over the law of this moment."""
    return seal_of(digest_of_draft(draft), law_version())


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


@contextmanager
def rehearsed_draft(draft: ActDraft) -> Iterator[tuple[LegalAct, ...]]:
    """The law with the draft's acts in it, taken back at the end. Raises what signing would raise."""
    with rehearsed(acts_of(draft)) as acts:
        yield acts


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


def locked(draft: int) -> ActDraft:
    """The draft, for this transaction alone; ConflictError when it was signed or withdrawn."""
    held = ActDraft.objects.select_for_update(of=("self",)).select_related("drafted_by", "document").get(pk=draft)
    require_open(held)
    return held


def require_open(draft: ActDraft) -> None:
    """Raises ConflictError when the draft was signed or withdrawn."""
    if draft.state == DraftState.DRAFTED:
        return
    words = {DraftState.SIGNED: ("امضا", "signed"), DraftState.WITHDRAWN: ("پس گرفته", "withdrawn")}
    fa, en = words[DraftState(draft.state)]
    raise ConflictError(
        fa=f"این پیش‌نویس پیش‌تر {fa} شده است و دیگر تغییر نمی‌کند. خطا با سند بعدی درست می‌شود.",
        en=f"This draft was already {en}; it never changes again. A mistake is corrected by a further act.",
        state=draft.state,
    )


def look_again() -> ConflictError:
    """Draft or law are not what the person saw."""
    return ConflictError(
        fa="پیش‌نویس یا قانون از زمانی که آن را دیدید تغییر کرده است. دوباره نگاه کنید و سپس امضا کنید.",
        en="The draft or the law has changed since you looked. Look again, then sign.",
    )


def _own(draft: int, by: Person) -> ActDraft:
    held = locked(draft)
    if held.drafted_by_id != by.pk:
        raise ConflictError(
            fa="پیش‌نویس را تنها نویسندهٔ آن تغییر می‌دهد یا پس می‌گیرد. از او بخواهید، یا پیش‌نویس تازه‌ای بنویسید.",
            en="Only its writer changes or withdraws a draft. Ask them, or write a draft of your own.",
        )
    return held


def _stored(draft: ActDraft, facts: DraftFacts) -> ActDraft:
    if not facts.targets:
        raise BadInputError(
            fa="بگویید این سند دربارهٔ چیست: دست‌کم یک لایه، دفتر ضوابط یا تعرفه را برگزینید.",
            en="Say what the act is about: choose at least one layer, rulebook or tariff.",
        )
    draft.kind, draft.authority, draft.number = facts.kind.value, facts.authority.value, facts.number.strip()
    draft.act_date, draft.effective_on = facts.act_date, facts.effective_on
    draft.body_fa, draft.body_en = facts.body.fa.strip(), facts.body.en.strip()
    draft.reason_fa, draft.reason_en = facts.reason.fa.strip(), facts.reason.en.strip()
    draft.scope = None if facts.scope is None else clean_scope(facts.scope)
    draft.transition, draft.document = [clause.as_json() for clause in facts.transition], facts.document
    draft.save()
    DraftTarget.objects.bulk_create(_targets(draft, facts.targets))
    # As the database gives it back: that is what will be signed.
    draft = ActDraft.objects.select_related("document", "drafted_by").get(pk=draft.pk)
    draft.digest = digest_of_draft(draft)
    draft.save(update_fields=["digest"])
    with rehearsed_draft(draft):
        return draft


def _targets(draft: ActDraft, targets: Sequence[Target]) -> list[DraftTarget]:
    return [
        DraftTarget(draft=draft, position=place, instrument=t.instrument, lifts=t.lifts, replaced_by=t.replaced_by)
        for place, t in enumerate(targets)
    ]


def _stamp(acts: Sequence[LegalAct]) -> datetime | None:
    """Acts of one order are recorded a microsecond apart; the first one takes the moment."""
    if not acts:
        return None
    following = acts[-1].recorded_at + timedelta(microseconds=1)
    return following if following <= clock.now() else None
