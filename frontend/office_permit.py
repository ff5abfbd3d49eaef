"""What a permit's page at an office has besides: holds, today's answer, drawings, the former permit."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from apps.common.text import Text
from apps.permits.case_type import CODE
from apps.permits.drawing_checks import failed_checks, waiting_checks
from apps.permits.facts import RequestFacts, facts_of
from apps.permits.former import waiting_former
from apps.permits.held import HeldFacts, held_facts
from apps.permits.kinds import warnings_of
from apps.permits.proposals import latest
from apps.permits.selectors import visible_request
from apps.permits.states import DRAWING_REVIEW, ROLE_OF, SUBMITTED
from frontend.case_page_reader import Look, link
from frontend.request_page import Row, rows


@dataclass(frozen=True, slots=True)
class OpenCheck:
    """A check of the drawings: its code, what it is about, and why it is as it is."""

    code: str
    label: Text
    why: Text


@dataclass(frozen=True, slots=True)
class PermitAtOffice:
    """`proposal`: address of its page. `waiting`: checks that want a signed reason; `may_sign`: the reader may give it.

    `former`: the former permit that nobody has looked up yet; `may_check`: the reader may say so. `warnings`: what the
    form should say and does not.
    """

    item: RequestFacts
    held: HeldFacts
    rows: tuple[Row, ...]
    version: int
    proposal: str
    failed: tuple[OpenCheck, ...]
    waiting: tuple[OpenCheck, ...]
    may_sign: bool
    former: Mapping[str, Any] | None
    may_check: bool
    warnings: tuple[Text, ...]


def permit_at_office(look: Look) -> PermitAtOffice | None:
    """The panel; None for other types."""
    if look.case.case_type != CODE:
        return None
    row = visible_request(tracking=look.case.tracking, person=look.person)
    held, drawn = held_facts(row), latest(row)
    return PermitAtOffice(
        item=facts_of(row, seen_because=look.seen_because),
        held=held,
        rows=tuple(rows(held.comparison.differences)),
        version=drawn.version if drawn else 0,
        proposal=link("proposal", look.case.tracking) if drawn else "",
        failed=tuple(map(_open, failed_checks(row))),
        waiting=tuple(map(_open, waiting_checks(row))),
        may_sign=look.case.status == DRAWING_REVIEW and ROLE_OF[DRAWING_REVIEW] in look.held,
        former=waiting_former(look.case),
        may_check=not look.held.isdisjoint({ROLE_OF[SUBMITTED], "zoning_officer"}),
        warnings=warnings_of(look.case),
    )


def _open(check: Mapping[str, Any]) -> OpenCheck:
    why = check.get("why") or check.get("reason") or ""
    return OpenCheck(code=check["code"], label=Text.of(check["label"]), why=Text.of(why))
