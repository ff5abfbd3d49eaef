"""Write doors of permit requests."""

from datetime import date

from django.db import transaction

from apps.cadastre.models import Parcel
from apps.cadastre.selectors import parcel_by_code
from apps.cases.models import Case
from apps.cases.selectors import open_on_land, visible_case
from apps.cases.services import Opening, append_history, open_already, open_case, take_step
from apps.common import clock
from apps.common.errors import ConflictError, SignInRequiredError
from apps.parties.models import Person
from apps.permits import evidence as evidence_of
from apps.permits.case_type import CODE, PREFIX
from apps.permits.evidence import Evidence, read_digest
from apps.permits.examined import wake_if_behind
from apps.permits.filing import answer_changed, file_case
from apps.permits.models import PermitKind, PermitRequest
from apps.permits.selectors import permit_kind
from apps.permits.workflow import DRAFT, TABLE


def start(
    *,
    person: Person,
    parcel_code: str,
    kind: str,
    extract_digest: str,
    channel: str = "portal",
) -> PermitRequest:
    """A draft request of `kind` on a parcel; pressing twice gives the same draft back.

    `extract_digest` names the answer the person saw; '' = none. The draft rests on today's answer, which is composed
    and frozen here. Raises SignInRequiredError, BadInputError, NotFoundError (with suggestions),
    AnswerChangedError when today's answer is another than the one seen, and ConflictError when a request is open
    on the same land: its tracking number in `details.open` only for its own applicant.
    """
    if person.pk is None or not person.is_active:
        raise sign_in_required()
    wanted = permit_kind(kind)
    seen = read_digest(extract_digest)
    parcel = _parcel(parcel_code, clock.today())
    already = _same_draft(person=person, parcel=parcel, kind=wanted)
    if already is not None:
        return already
    try:
        check_free(person=person, land_code=parcel.land_code)
        return _open(person=person, parcel=parcel, kind=wanted, seen=seen, channel=channel)
    except ConflictError:
        # Pressed twice at once: the other press of the same person won.
        winner = _same_draft(person=person, parcel=parcel, kind=wanted)
        if winner is None:
            raise
        return winner


def cancel(*, person: Person, tracking: str) -> Case:
    """Give up a draft, or withdraw what was sent in; the land is free again.

    Raises NotFoundError or ConflictError with the reason.
    """
    verb = "cancel" if visible_case(tracking=tracking, person=person).status == DRAFT else "withdraw"
    return take_step(tracking=tracking, actor=person, verb=verb, table=TABLE)


@transaction.atomic
def submit(*, person: Person, tracking: str, accepted: str = "") -> PermitRequest:
    """Send a draft in: the extract of this instant is frozen, the filing day noted.

    `accepted`: digest of the answer the person has read; needed when it is another than the one the draft rests on.
    Raises NotFoundError, ConflictError (held, being examined, sent in already), AnswerChangedError.
    """
    filed: list[PermitRequest] = []
    take_step(
        tracking=tracking,
        actor=person,
        verb="submit",
        table=TABLE,
        before=lambda case: filed.append(file_case(case, person=person, accepted=read_digest(accepted))),
    )
    transaction.on_commit(wake_if_behind, robust=True)
    filed[0].case.refresh_from_db()
    return filed[0]


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
def _open(*, person: Person, parcel: Parcel, kind: PermitKind, seen: str, channel: str) -> PermitRequest:
    today = clock.today()
    now = evidence_of.of_now(parcel_code=parcel.code, kind=kind.value, on=today)
    _check_seen(now, seen)
    case = open_case(parcel=parcel, applicant=person, case_type=CODE, prefix=PREFIX, opening=Opening(channel=channel))
    request = PermitRequest(
        case=case,
        kind=kind,
        extract_digest=now.digest,
        extract_law=now.law,
        extract_known_at=now.known_at,
        examined_version=now.law,
        examined_on=today,
    )
    evidence_of.rely(request, now)
    request.save()
    data = {"permit_kind": kind.value, "extract_digest": now.digest, "seen": seen}
    append_history(case=case, actor=person, kind="start", data=data)
    transaction.on_commit(wake_if_behind, robust=True)
    return request


def _same_draft(*, person: Person, parcel: Parcel, kind: PermitKind) -> PermitRequest | None:
    return (
        PermitRequest.objects.select_related("case", "case__parcel")
        .filter(case__applicant=person, case__parcel=parcel, case__status=DRAFT, kind=kind)
        .first()
    )


def _check_seen(now: Evidence, seen: str) -> None:
    """Whoever saw another answer than the one that holds reads this one first."""
    if seen and seen != now.digest:
        raise answer_changed(now.digest)


def _parcel(code: str, on: date) -> Parcel:
    """The parcel as it stands today: a request is about the land of now, whatever day the extract was for."""
    return Parcel.objects.get(pk=parcel_by_code(code, on=on, known_at=clock.now()).parcel_id)
