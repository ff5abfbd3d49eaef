"""What people fill in to give a mandate or to ask for one, kept as written when it has to be shown again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpRequest, QueryDict

from apps.cases.mandate_subjects import checked_offer
from apps.common import clock
from apps.common.calendar import parse_day
from apps.common.text import Text
from apps.parties.mandate_rules import Offer
from apps.parties.mandate_words import KIND_NAMES, SCOPE_HELP, SCOPE_NAMES
from apps.parties.models import MandateKind, Person, Scope

LASTING = (30, 90, 180, 365, 730)  # days that are offered


@dataclass(frozen=True, slots=True)
class Written:
    """As it was written. Names are those of the form's fields."""

    kind: str
    scopes: tuple[str, ...]
    until: str
    land: str
    case: str
    mobile: str
    office: str
    basis: str

    def offer(self, principal: Person) -> Offer:
        """What it says, checked. Raises BadInputError, NotFoundError."""
        return checked_offer(
            principal=principal,
            kind=self.kind,
            scopes=list(self.scopes),
            last_day=parse_day(self.until),
            land_code=self.land,
            tracking=self.case,
            basis=self.basis,
        )


def written(request: HttpRequest) -> Written:
    """What the form brought; before that, what a link on a parcel's or case's page asks for."""
    said: QueryDict = request.POST if request.method == "POST" else request.GET
    return Written(
        kind=said.get("kind", MandateKind.TECHNICAL_AGENT),
        scopes=tuple(said.getlist("scopes")) if request.method == "POST" else ("view",),
        until=said.get("until", days()[1].isoformat()),
        **{name: said.get(name, "")[:200] for name in ("land", "case", "mobile", "office", "basis")},
    )


def days() -> list[date]:
    """Last days that are offered."""
    return [clock.today() + timedelta(days=days) for days in LASTING]


def choices() -> Mapping[str, object]:
    """What the forms offer to choose from."""
    return {
        "kinds": [(kind.value, KIND_NAMES[kind]) for kind in MandateKind],
        "scopes": [Choice(scope.value, SCOPE_NAMES[scope], SCOPE_HELP[scope]) for scope in Scope],
        "days": days(),
    }


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to tick, with what follows from it."""

    code: str
    name: Text
    follows: Text
