"""In which ways people are told, and when: by message and by e-mail, at once or with the daily digest."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from apps.notices.due import due_at
from apps.notices.models import Mode, Preference


@dataclass(frozen=True, slots=True)
class Way:
    """What one person wants. `email` '' = none that is confirmed."""

    sms: bool = True
    email: str = ""
    cases: str = Mode.AT_ONCE

    def due(self, mode: str, now: datetime) -> tuple[datetime | None, datetime | None]:
        """When a notice in this mode leaves by message and by e-mail; None = not that way."""
        at = due_at(mode, now)
        return (at if self.sms else None), (at if self.email else None)


def ways_of(people: Iterable[int]) -> dict[int, Way]:
    """The wishes of these people (ids); who never said anything is told by message at once."""
    wanted = set(people)
    found = dict.fromkeys(wanted, Way())
    for row in Preference.objects.filter(person__in=wanted):
        found[row.person_id] = Way(sms=row.sms, email=row.email if row.email_confirmed_at else "", cases=row.cases)
    return found
