"""The permit as a case type: its states and steps are code here, what it asks for is the city's data."""

from apps.cases.types.definition import CaseType, Place
from apps.common.text import Text
from apps.permits.workflow import STATES, TABLE

CODE = "permit"
PREFIX = "PR"


def permit_type() -> CaseType:
    """The definition that `apps.cases` knows permits by."""
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
