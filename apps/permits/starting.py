"""Starting a permit request: in one's own name or an owner's, on the answer of today."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from apps.cadastre.models import Parcel
from apps.cadastre.selectors import parcel_by_code
from apps.cases.capacities import capacities, in_name_of
from apps.cases.opening_checks import check_in_name_of
from apps.cases.selectors import open_on_land
from apps.cases.services import Opening, append_history, open_already, open_case
from apps.common import clock
from apps.common.errors import ConflictError, SignInRequiredError
from apps.parties.models import Person
from apps.permits import evidence as evidence_of
from apps.permits import kinds
from apps.permits.case_type import CODE, PREFIX
from apps.permits.evidence import Evidence, read_digest
from apps.permits.examined import wake_if_behind
from apps.permits.filing import answer_changed
from apps.permits.models import PermitKind, PermitRequest
from apps.permits.selectors import permit_kind
from apps.permits.states import DRAFT


@dataclass(frozen=True, slots=True)
class Begun:
    """What is to be started: in whose name, by whom, where, of which kind, through which channel."""

    owner: Person
    by: Person
    parcel: Parcel
    kind: PermitKind
    channel: str


def start(
    *,
    person: Person,
    parcel_code: str,
    kind: str,
    extract_digest: str,
    channel: str = "portal",
    applicant: Person | None = None,
) -> PermitRequest:
    """A draft request of `kind` on a parcel; pressing twice gives the same draft back.

    `applicant`: in whose name, by a mandate to act for the land (None = one's own); ForbiddenError without one.

    `extract_digest` names the answer the person saw; '' = none. The draft rests on today's answer, which is composed
    and frozen here. Raises SignInRequiredError, BadInputError, NotFoundError (with suggestions),
    AnswerChangedError when today's answer is another than the one seen, and ConflictError when a request is open
    on the same land: its tracking number in `details.open` only for its own applicant.
    """
    if person.pk is None or not person.is_active:
        raise sign_in_required()
    wanted = permit_kind(kind)
    seen = read_digest(extract_digest)
    _check_offered(wanted)
    parcel = _parcel(parcel_code, clock.today())
    begun = Begun(applicant or person, person, parcel, wanted, channel)
    already = _same_draft(begun)
    if already is not None:
        return already
    try:
        check_free(person=begun.by, land_code=parcel.land_code)
        return _open(begun, seen=seen)
    except ConflictError:
        # Pressed twice at once: the other press of the same person won.
        winner = _same_draft(begun)
        if winner is None:
            raise
        return winner


def check_free(*, person: Person, land_code: str) -> None:
    """Raises the ConflictError that `start` would raise now; nothing is written."""
    standing = open_on_land(land_code=land_code, person=person)
    if standing is not None:
        raise open_already(standing)


def sign_in_required() -> SignInRequiredError:
    """The error for whoever is not signed in."""
    return SignInRequiredError(
        fa="برای ثبت درخواست با شمارهٔ همراه وارد شوید.",
        en="Sign in with your mobile number to start a request.",
    )


@transaction.atomic
def _open(begun: Begun, *, seen: str) -> PermitRequest:
    check_in_name_of(begun.by, begun.owner, channel=begun.channel, land_code=begun.parcel.land_code)
    today = clock.today()
    now = evidence_of.of_now(parcel_code=begun.parcel.code, kind=begun.kind.value, on=today)
    _check_seen(now, seen)
    opening = Opening(channel=begun.channel, opened_by=begun.by, type_version=kinds.keep(kinds.needs_of(begun.kind)))
    case = open_case(parcel=begun.parcel, applicant=begun.owner, case_type=CODE, prefix=PREFIX, opening=opening)
    request = PermitRequest(
        case=case,
        kind=begun.kind,
        extract_digest=now.digest,
        extract_law=now.law,
        extract_known_at=now.known_at,
        examined_version=now.law,
        examined_on=today,
    )
    evidence_of.rely(request, now)
    request.save()
    named = in_name_of(case, capacities(case, begun.by))
    data = {"permit_kind": begun.kind.value, "extract_digest": now.digest, "seen": seen, **named}
    append_history(case=case, actor=begun.by, kind="start", data=data)
    transaction.on_commit(wake_if_behind, robust=True)
    return request


def _same_draft(begun: Begun) -> PermitRequest | None:
    """The draft that the same person opened before; an agent gets back only what they may still see."""
    found = (
        PermitRequest.objects.select_related("case", "case__parcel")
        .filter(case__applicant=begun.owner, case__parcel=begun.parcel, case__status=DRAFT, kind=begun.kind)
        .first()
    )
    if found is not None and begun.by.pk != begun.owner.pk and not capacities(found.case, begun.by):
        return None
    return found


def _check_offered(kind: PermitKind) -> None:
    if not kinds.offered(kind.value):
        raise ConflictError(
            fa=f"این شهر «{kind.label}» را از راه سامانه نمی‌پذیرد.",
            en=f"This city does not offer the permit kind {kind.value} here.",
            kind=kind.value,
        )


def _check_seen(now: Evidence, seen: str) -> None:
    """Whoever saw another answer than the one that holds reads this one first."""
    if seen and seen != now.digest:
        raise answer_changed(now.digest)


def _parcel(code: str, on: date) -> Parcel:
    """The parcel as it stands today: a request is about the land of now, whatever day the extract was for."""
    return Parcel.objects.get(pk=parcel_by_code(code, on=on, known_at=clock.now()).parcel_id)
