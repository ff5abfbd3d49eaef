"""Mandates between the API's shapes and the doors of apps.parties."""

from typing import Any

from apps.api.mandate_schemas import TermsIn
from apps.cases.mandate_subjects import checked_offer
from apps.common.errors import NotFoundError
from apps.parties import mandate_asks
from apps.parties.mandate_facts import MandateFacts
from apps.parties.mandate_rules import Offer
from apps.parties.mandate_telling import in_words
from apps.parties.models import MandateAsk, Organisation, Person


def offer_in(principal: Person, body: TermsIn) -> Offer:
    """What the body says, checked."""
    return checked_offer(
        principal=principal,
        kind=body.kind,
        scopes=list(body.scopes),
        last_day=body.until,
        land_code=body.land_code,
        tracking=body.tracking,
        basis=body.basis,
    )


def office_in(person: Person, chosen: int | None) -> Organisation | None:
    """The organisation in whose name it is asked."""
    if chosen is None:
        return None
    return mandate_asks.office_of(person, chosen)


def found_out(rows: list[MandateFacts], pk: int) -> dict[str, Any]:
    """The answer about one of them."""
    for facts in rows:
        if facts.id == pk:
            return mandate_out(facts)
    raise NotFoundError(fa="این نمایندگی دیگر در فهرست شما نیست.", en="This mandate is no longer in your list.")


def mandate_out(facts: MandateFacts) -> dict[str, Any]:
    """The answer about one mandate."""
    return {
        "id": facts.id,
        "kind": facts.kind.value,
        "scopes": [scope.value for scope in facts.scopes],
        "land_code": facts.land_code,
        "tracking": facts.tracking,
        "principal": facts.principal.as_dict(),
        "agent": facts.agent.as_dict(),
        "basis": facts.basis,
        "since": facts.since,
        "until": facts.until,
        "state": facts.state.value,
        "ended_at": facts.ended_at,
        "ended_because": facts.ground.as_dict() if facts.ground else None,
    }


def ask_out(ask: MandateAsk, person: Person) -> dict[str, Any]:
    """The answer about one ask."""
    return {
        "id": ask.pk,
        "allows": in_words(ask).as_dict(),
        "lapses_at": ask.lapses_at,
        "own": ask.principal_id == person.pk,
    }
