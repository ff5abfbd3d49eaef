"""The doors of proposals: save a version, check it at once, freeze it with a submission, compare with today."""

from typing import Any

import orjson
from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from apps.cases.capacities import acting_as, capacities, hold_mandate
from apps.cases.opening import check_owners_turn
from apps.cases.owners import forget_consents
from apps.cases.services import append_history, locked_case
from apps.common import clock
from apps.common.errors import BadInputError, ConflictError, ForbiddenError
from apps.common.packing import packed, unpacked
from apps.extracts.canonical import canonical, digest
from apps.extracts.services import compose
from apps.parties.models import Person
from apps.permits.models import FrozenChecks, PermitProposal, PermitRequest
from apps.permits.proposal_checked import Checked, DifferingCheck, Draft, checks_of, differing, refuse_faults
from apps.permits.proposal_document import Origin, document_of, proposal_of
from apps.permits.proposal_kinds import needs_proposal
from apps.permits.proposal_shape import coordinates_of, from_coordinates
from gis_layers.crs import city_srid

__all__ = ["Checked", "Draft", "checks_of", "compare_with_today", "content_of", "draft_of", "freeze", "frozen_checks"]
__all__ += ["latest", "may_write", "save_proposal", "today_checks", "today_extract"]

_LEVEL = 6
MOST_VERSIONS = 500


@transaction.atomic
def save_proposal(*, person: Person, tracking: str, draft: Draft, seen: int | None = None) -> PermitProposal:
    """Keep a version while the request is in its owner's hands; the same content again is the same version.

    `seen`: the version that the page was opened with (0 = none yet); another one saved meanwhile refuses. Raises
    NotFoundError, ForbiddenError, ConflictError, BadInputError with `details.problems`.
    """
    case = locked_case(tracking=tracking, actor=person)
    held = capacities(case, person)
    check_owners_turn(case, held)
    hold_mandate(case, person, held)
    request = _request_of(case.pk)
    before = latest(request)
    stood = before.version if before else 0
    content = content_to_keep(draft)
    mark = digest(content)
    if before is not None and before.digest == mark:
        return before
    if seen is not None and seen != stood:
        raise _moved_on(stood)
    if stood >= MOST_VERSIONS:
        raise _too_often()
    refuse_faults(draft, today_extract(request))
    made = PermitProposal.objects.create(
        request=request,
        version=stood + 1,
        author=person,
        saved_at=clock.now(),
        body=canonical(content),
        digest=mark,
        source_sha256=draft.origin.sha256,
    )
    data = {"version": made.version, "digest": mark, "as": acting_as(held)}
    append_history(case=case, actor=person, kind="proposal", data=data)
    forget_consents(case, because="proposal")
    return made


def may_write(request: PermitRequest, person: Person | AnonymousUser) -> bool:
    """Whether a page should offer to write: the doors judge again."""
    try:
        check_owners_turn(request.case, capacities(request.case, person))
    except (ForbiddenError, ConflictError):
        return False
    return True


def content_to_keep(draft: Draft) -> dict[str, Any]:
    """The canonical document of a draft."""
    shape = [] if draft.footprint is None else coordinates_of(draft.footprint)
    return document_of(draft.proposal, shape, f"EPSG:{city_srid()}", draft.origin)


def latest(request: PermitRequest) -> PermitProposal | None:
    """The newest version."""
    return PermitProposal.objects.filter(request=request).order_by("-version").first()


def content_of(row: PermitProposal) -> dict[str, Any]:
    """The kept document, with its digest inside."""
    found: dict[str, Any] = orjson.loads(bytes(row.body))
    return {**found, "digest": row.digest}


def draft_of(row: PermitProposal) -> Draft:
    """A kept version as it was brought."""
    content = content_of(row)
    return Draft(proposal_of(content), from_coordinates(content["footprint"]), Origin(**content["source"]))


def today_extract(request: PermitRequest) -> dict[str, Any]:
    """The extract that a draft is checked with: of today, for the request's parcel and kind."""
    return compose(parcel=request.case.land.code, on=clock.today(), permit_kind=request.kind).data


def today_checks(request: PermitRequest) -> Checked | None:
    """The newest version against today's extract; None when nothing was proposed."""
    row = latest(request)
    return None if row is None else checks_of(draft_of(row), today_extract(request))


def freeze(request: PermitRequest, *, extract: dict[str, Any]) -> FrozenChecks:
    """Keep proposal and checks with the extract that a submission rests on. Under the case's lock.

    Raises ConflictError when the kind of permit needs a proposal and there is none.
    """
    row = latest(request)
    if row is None and needs_proposal(request.kind):
        raise ConflictError(
            fa="این درخواست هنوز طرح ندارد. در صفحهٔ «طرح پیشنهادی» سطح اشغال و طبقه‌ها را بنویسید و دوباره بفرستید.",
            en="This request has no proposal yet. Write footprint and storeys on its proposal page, then send it in.",
            missing="proposal",
        )
    checked = None if row is None else checks_of(draft_of(row), extract).as_dict()
    body = {
        "schema": "parvaneh-frozen-checks/1",
        "extract": extract["digest"],
        "proposal": None if row is None else content_of(row),
        "version": None if row is None else row.version,
        "checks": checked,
    }
    mark = digest(body)
    return FrozenChecks.objects.create(
        request=request,
        proposal=row,
        extract_digest=extract["digest"],
        body=packed(canonical(body), level=_LEVEL),
        digest=mark,
        frozen_at=clock.now(),
    )


def frozen_checks(request: PermitRequest) -> dict[str, Any] | None:
    """What the last submission was frozen with, with its digest; None before the first."""
    row = FrozenChecks.objects.filter(request=request).order_by("-frozen_at", "-pk").first()
    if row is None:
        return None
    body: dict[str, Any] = orjson.loads(unpacked(bytes(row.body)))
    return {**body, "digest": row.digest, "frozen_at": row.frozen_at.isoformat()}


def compare_with_today(request: PermitRequest) -> tuple[DifferingCheck, ...] | None:
    """What the frozen checks say otherwise than today's extract says of the same proposal; None when nothing is frozen.

    Raises NotFoundError when the parcel does not stand any more.
    """
    frozen = frozen_checks(request)
    if frozen is None or frozen["checks"] is None:
        return None
    content = frozen["proposal"]
    draft = Draft(proposal_of(content), from_coordinates(content["footprint"]), Origin(**content["source"]))
    now = checks_of(draft, today_extract(request)).as_dict()
    return differing(frozen["checks"]["checks"], now["checks"])


def _request_of(case: int) -> PermitRequest:
    found = PermitRequest.objects.select_related("case", "case__parcel").filter(case=case).first()
    if found is None:
        raise BadInputError(
            fa="این پرونده درخواست پروانه نیست و طرح ندارد.", en="This case is no permit request and has no proposal."
        )
    return found


def _moved_on(version: int) -> ConflictError:
    return ConflictError(
        fa="از هنگامی که صفحه را باز کردید نسخهٔ دیگری از طرح ذخیره شده است. صفحه را تازه کنید و دوباره بنویسید.",
        en="Another version of the proposal was saved since you opened the page. Reload it and write again.",
        version=version,
    )


def _too_often() -> ConflictError:
    return ConflictError(
        fa=f"از این طرح {MOST_VERSIONS} نسخه ذخیره شده است و بیش از آن نگه داشته نمی‌شود. درخواست را بفرستید.",
        en=f"{MOST_VERSIONS} versions of this proposal are kept, and no more will be. Send the request in.",
    )
