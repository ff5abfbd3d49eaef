"""The doors of the desk for acts: draft, change, withdraw, ask for a code, countersign."""

from collections.abc import Callable
from dataclasses import replace

from django.db import transaction

from apps.common.errors import ConflictError, ForbiddenError
from apps.desk.acts import checks
from apps.desk.acts.reach import Subject, may_all, require_all
from apps.legal import drafts
from apps.legal.atoms import clean_scope
from apps.legal.drafts import DraftFacts
from apps.legal.models import ActDraft, LegalAct
from apps.parties.models import Person, Role
from apps.parties.national_id import is_national_id
from apps.parties.roles import require, same_natural_person


def draft_act(*, by: Person, facts: DraftFacts) -> ActDraft:
    """A new draft. Raises ForbiddenError (role, reach), BadInputError or ConflictError (why it could not be signed)."""
    return drafts.write_draft(facts=_admitted(by, facts), by=by)


def revise_act(*, by: Person, draft: int, facts: DraftFacts, seen: str) -> ActDraft:
    """Other facts for one's own draft; `seen` is its digest when it was opened. Raises as `draft_act`."""
    return drafts.revise_draft(draft=draft, facts=_admitted(by, facts), by=by, seen=seen)


def withdraw_act(*, by: Person, draft: int) -> ActDraft:
    """Give a draft up: one's own, or one that `may_clear` allows to."""
    cleared = may_clear(person=by, draft=ActDraft.objects.select_related("drafted_by").get(pk=draft))
    if not cleared:
        require(by, Role.RULE_EDITOR)
    return drafts.withdraw_draft(draft=draft, by=by, abandoned=cleared)


def may_clear(*, person: Person, draft: ActDraft) -> bool:
    """Whether the writer lost the role, so that nobody can sign it, and this person edits or approves its rules.

    An open draft holds its layers and tables fast: somebody must be able to let them go.
    """
    subject = subject_of(draft)
    if draft.drafted_by_id == person.pk or may_all(draft.drafted_by, Role.RULE_EDITOR, subject):
        return False
    return any(may_all(person, role, subject) for role in (Role.RULE_EDITOR, Role.RULE_APPROVER))


def require_signer(*, person: Person, draft: ActDraft) -> None:
    """Raises ForbiddenError unless this person may be the draft's second hand, and ConflictError while nobody may."""
    require_identity(person)
    require_identity(draft.drafted_by)
    if same_natural_person(person, draft.drafted_by):
        raise ForbiddenError(
            fa="هر سند را دو نفر امضا می‌کنند و نویسندهٔ این پیش‌نویس خود شمایید. همکار دیگری باید آن را امضا کند.",
            en="Every act needs two people, and you wrote this draft. Another officer must countersign it.",
        )
    subject = subject_of(draft)
    require_all(person, Role.RULE_APPROVER, subject)
    if not may_all(draft.drafted_by, Role.RULE_EDITOR, subject):
        raise ConflictError(
            fa="نویسندهٔ این پیش‌نویس دیگر ویرایشگر این ضوابط نیست و دست او به حساب نمی‌آید. کسی که این نقش را دارد سند "
            "را از نو بنویسد.",
            en="The writer of this draft no longer edits these rules, so theirs is no hand. Let somebody who does "
            "write the act anew.",
        )
    checks.check_signature(draft)


def require_shown(*, person: Person, draft: ActDraft, seal: str) -> None:
    """As `require_signer`; and ConflictError when draft or law are no longer what the seal names."""
    drafts.require_open(draft)
    require_signer(person=person, draft=draft)
    if drafts.current_seal(draft) != seal:
        raise drafts.look_again()


def countersign(*, by: Person, draft: int, seal: str, confirm: Callable[[], None]) -> tuple[LegalAct, ...]:
    """Record the acts of a draft, with `by` as the second hand. `confirm`: uses the fresh code up, or raises.

    Everything that can be refused without the code is refused before it, so that no code is spent in vain. Raises
    ForbiddenError, ConflictError (look again, already signed, why it cannot work), and what `confirm` raises.
    """
    held = ActDraft.objects.select_related("drafted_by", "document").get(pk=draft)
    require_shown(person=by, draft=held, seal=seal)
    confirm()
    with transaction.atomic():
        require_signer(person=by, draft=drafts.locked(draft))
        return drafts.sign_draft(draft=draft, by=by, seal=seal)


def require_identity(person: Person) -> None:
    """Both hands are known by national ID: without it nobody can tell that they are two. Raises ForbiddenError."""
    if is_national_id(person.national_id):
        return
    raise ForbiddenError(
        fa=f"کد ملی {person} ثبت نشده است و بی آن کسی نمی‌تواند سند بنویسد یا امضا کند. از مدیر سامانه بخواهید ثبت کند.",
        en=f"No national ID is recorded for {person.name_en or person}; without it nobody drafts or signs an act. "
        "Ask the administrator to record it.",
    )


def subject_of(draft: ActDraft) -> Subject:
    """What the draft is about."""
    named = ((target.instrument, target.replaced_by) for target in draft.targets.all())
    return Subject(tuple(i for pair in named for i in pair if i is not None), draft.scope)


def _admitted(by: Person, facts: DraftFacts) -> DraftFacts:
    """The facts with their scope made clean, when this person may draft them and nothing speaks against them."""
    require_identity(by)
    if facts.scope is not None:
        facts = replace(facts, scope=clean_scope(facts.scope))
    require_all(by, Role.RULE_EDITOR, Subject(tuple(checks.instruments_of(facts)), facts.scope))
    checks.check_facts(facts)
    return facts
