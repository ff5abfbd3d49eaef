"""The permit as a case type: its states and steps are code here, what it asks for is the city's data by kind."""

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from apps.cases.types.definition import CaseType, Place
from apps.common.text import Text
from apps.permits.kinds import CODE, KindNeeds, needs_of_case
from apps.permits.states import STATES
from apps.permits.workflow import TABLE

if TYPE_CHECKING:
    from apps.cases.models import Case

__all__ = ["CODE", "PREFIX", "permit_type", "permit_type_of"]
PREFIX = "PR"


@lru_cache(maxsize=1)
def permit_type() -> CaseType:
    """The definition that `apps.cases` knows permits by; what is asked for depends on the kind (`permit_type_of`)."""
    return CaseType(
        code=CODE,
        name=Text("پروانهٔ ساختمانی", "Building permit"),
        prefix=PREFIX,
        place=Place.PARCEL,
        states=STATES,
        steps=TABLE,
        channels=("portal", "api", "counter"),
        holds_land=True,
    )


def permit_type_of(case: "Case") -> CaseType:
    """The definition of one request, with the questions and documents of its kind."""
    return _of_kind(needs_of_case(case))


@lru_cache(maxsize=256)
def _of_kind(needs: KindNeeds) -> CaseType:
    return replace(
        permit_type(),
        guide=needs.guide,
        fields=needs.fields,
        documents=needs.documents,
        consent=needs.consent,
        sample=needs.sample,
        digest=needs.version,
    )
