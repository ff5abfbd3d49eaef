"""What this room tells the rooms above. Ids only, no personal data."""

from dataclasses import dataclass

from apps.common.events import Event


@dataclass(frozen=True, slots=True)
class MobileConfirmed(Event):
    """A person has proved for the first time to hold their number: what waits for that number is theirs now."""

    person_id: int


@dataclass(frozen=True, slots=True)
class OrganisationRegistered(Event):
    """An organisation is known here from now on: what waits for its identifier is its members' now."""

    organisation_id: int


@dataclass(frozen=True, slots=True)
class MandateAsked(Event):
    """Somebody asks to act for a person, who has yet to confirm it."""

    ask_id: int
    principal_id: int


@dataclass(frozen=True, slots=True)
class MandateGiven(Event):
    """A mandate stands. Its principal is always told, whoever pressed the button."""

    mandate_id: int
    principal_id: int
    land_code: str
    case_tracking: str


@dataclass(frozen=True, slots=True)
class MandateEnded(Event):
    """A mandate was revoked, renounced or ended by the city. One that lapsed ends without an event."""

    mandate_id: int
    principal_id: int
    by_id: int
    ground: str
    land_code: str
    case_tracking: str
