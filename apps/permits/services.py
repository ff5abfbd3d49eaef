"""Write doors of permit requests."""

import re
from datetime import date

from django.db import transaction

from apps.cadastre.models import Parcel
from apps.cadastre.selectors import parcel_by_code
from apps.cases.models import Case
from apps.cases.selectors import open_on_land
from apps.cases.services import append_history, open_already, open_case, take_step
from apps.common import clock
from apps.common.errors import AnswerChangedError, BadInputError, ConflictError, SignInRequiredError
from apps.extracts.services import compose
from apps.parties.models import Person
from apps.permits.models import PermitKind, PermitRequest
from apps.permits.selectors import permit_kind
from apps.permits.workflow import DRAFT, TABLE

CASE_TYPE = "permit"
PREFIX = "PR"
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")


def start(
    *,
    person: Person,
    parcel_code: str,
    kind: str,
    extract_digest: str,
    channel: str = "portal",
) -> PermitRequest:
    """A draft request of `kind` on a parcel; pressing twice gives the same draft back.

    `extract_digest` names the answer the person saw; '' = none. The draft keeps the digest of today's answer, which
    is composed here. Raises SignInRequiredError, BadInputError, NotFoundError (with suggestions),
    AnswerChangedError when today's answer is another than the one seen, and ConflictError when a request is open
    on the same land: its tracking number in `details.open` only for its own applicant.
    """
    if person.pk is None or not person.is_active:
        raise sign_in_required()
    wanted = permit_kind(kind)
    seen = _digest(extract_digest)
    parcel = _parcel(parcel_code, clock.today())
    already = _same_draft(person=person, parcel=parcel, kind=wanted)
    if already is not None:
        return already
    try:
        check_free(person=person, land_code=parcel.land_code)
        digest = _digest_of_today(parcel, wanted, seen=seen)
        return _open(person=person, parcel=parcel, kind=wanted, digest=digest, seen=seen, channel=channel)
    except ConflictError:
        # Pressed twice at once: the other press of the same person won.
        winner = _same_draft(person=person, parcel=parcel, kind=wanted)
        if winner is None:
            raise
        return winner


def cancel(*, person: Person, tracking: str) -> Case:
    """Give up a draft; its land is free again. Raises NotFoundError or ConflictError with the reason."""
    return take_step(tracking=tracking, actor=person, verb="cancel", table=TABLE)


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
def _open(*, person: Person, parcel: Parcel, kind: PermitKind, digest: str, seen: str, channel: str) -> PermitRequest:
    case = open_case(parcel=parcel, applicant=person, case_type=CASE_TYPE, prefix=PREFIX, channel=channel)
    request = PermitRequest.objects.create(case=case, kind=kind, extract_digest=digest)
    append_history(
        case=case,
        actor=person,
        kind="start",
        data={"permit_kind": kind.value, "extract_digest": digest, "seen": seen},
    )
    return request


def _same_draft(*, person: Person, parcel: Parcel, kind: PermitKind) -> PermitRequest | None:
    return (
        PermitRequest.objects.select_related("case", "case__parcel")
        .filter(case__applicant=person, case__parcel=parcel, case__status=DRAFT, kind=kind)
        .first()
    )


def _digest_of_today(parcel: Parcel, kind: PermitKind, *, seen: str) -> str:
    """The digest of the answer that holds now. Whoever saw another one reads this one first."""
    now = compose(parcel=parcel.code, permit_kind=kind.value).digest
    if seen and seen != now:
        raise AnswerChangedError(
            fa="پاسخ امروز این قطعه با آنچه دیدید یکی نیست: روز یا قانون عوض شده است. پاسخ تازه را بخوانید و از همان‌جا "
            "درخواست دهید.",
            en="Today's answer for this parcel is not the one you saw: the day or the law has changed. Read the new "
            "answer and start from there.",
            digest=now,
        )
    return now


def _parcel(code: str, on: date) -> Parcel:
    """The parcel as it stands today: a request is about the land of now, whatever day the extract was for."""
    return Parcel.objects.get(pk=parcel_by_code(code, on=on, known_at=clock.now()).parcel_id)


def _digest(raw: str) -> str:
    if raw and not _DIGEST.fullmatch(raw):
        raise BadInputError(
            fa="اثر انگشت چکیده خوانا نیست. چکیده را دوباره باز کنید و از همان‌جا درخواست دهید.",
            en="The extract digest cannot be read (sha256: and 64 hex digits). Open the extract again and start there.",
            value=raw[:80],
        )
    return raw
