"""Drafts of acts: written by one person, signed by another, or withdrawn. The acts themselves go through `services`."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import transaction

from apps.common import clock
from apps.common.errors import BadInputError, ConflictError
from apps.legal.drafts_digest import seal_of
from apps.legal.drafts_facts import DraftFacts, Target, acts_of, digest_of_draft, fill_in
from apps.legal.models import ActDraft, DraftState, DraftTarget, LegalAct
from apps.legal.projecting import lock_law
from apps.legal.reading import law_version
from apps.legal.rehearsal import rehearsed
from apps.legal.services import record_act
from apps.parties.models import Person

__all__ = ["DraftFacts", "Target"]


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
def withdraw_draft(*, draft: int, by: Person, abandoned: bool = False) -> ActDraft:
    """Give a draft of one's own up, for good; `abandoned`: its writer can do nothing with it any more, others may."""
    held = locked(draft) if abandoned else _own(draft, by)
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


@contextmanager
def rehearsed_draft(draft: ActDraft) -> Iterator[tuple[LegalAct, ...]]:
    """The law with the draft's acts in it, taken back at the end. Raises what signing would raise."""
    with rehearsed(acts_of(draft)) as acts:
        yield acts


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
    fill_in(draft, facts)
    # As the database gives it back: that is what will be signed.
    draft = ActDraft.objects.select_related("document", "drafted_by").get(pk=draft.pk)
    draft.digest = digest_of_draft(draft)
    draft.save(update_fields=["digest"])
    with rehearsed_draft(draft):
        return draft


def _stamp(acts: Sequence[LegalAct]) -> datetime | None:
    """Acts of one order are recorded a microsecond apart; the first one takes the moment."""
    if not acts:
        return None
    following = acts[-1].recorded_at + timedelta(microseconds=1)
    return following if following <= clock.now() else None
