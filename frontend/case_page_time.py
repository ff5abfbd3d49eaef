"""One line of time: every step, document, message, ask and deadline of a case, newest first, and who did it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from apps.cases.capacities import CO_OWNER, OWNER_SIDE
from apps.cases.models import CaseEvent, CaseParty, Deadline
from apps.cases.telling import messages_to
from apps.common.calendar import day_en, jalali_fa
from apps.common.text import NOTHING, Text
from apps.parties.models import Person, Role
from apps.parties.roles import ROLE_NAMES
from frontend.case_page_details import details_of, written_in
from frontend.case_page_reader import CAPACITY_NAMES, Look, name_of
from frontend.case_page_standing import names_of
from frontend.case_page_words import DEADLINES, GROUPS, MESSAGES, words_of

YOU = Text("شما", "you")
SYSTEM = Text("سامانه", "the system")
CITY = Text("شهرداری", "the city")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing on the line. `detail`: said by us in both languages; `written`: by a person, as they wrote it."""

    at: datetime
    group: str
    title: Text
    who: Text
    detail: Text = NOTHING
    written: str = ""
    article: str = ""


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter above the line, with how much it shows."""

    code: str
    name: Text
    count: int


class Actors:
    """Who did something, for this reader: people of the owner's side by name, officers by their role alone."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self._people = {p.pk: p for p in Person.objects.filter(pk__in={e.actor_id for e in look.events if e.actor_id})}
        self._known = {e.actor_id: str(e.data["as"]) for e in look.events if e.actor_id and e.data.get("as")}
        self._co_owners = set(_co_owners(look))

    def of(self, event: CaseEvent) -> Text:
        """Who did this."""
        return self.named(event.actor_id, str(event.data.get("as", "")), self._people.get(event.actor_id or 0))

    def named(self, person_id: int | None, capacity: str, person: Person | None) -> Text:
        """A person in a capacity; what is not known to be of the owner's side is the city."""
        if person_id is None:
            return SYSTEM
        if person_id == self._look.person.pk:
            return YOU
        capacity = capacity or self._capacity(person_id)
        if capacity in OWNER_SIDE and person is not None:
            name, role = name_of(person), CAPACITY_NAMES[capacity]
            return Text(f"{name.fa} ({role.fa})", f"{name.en} ({role.en})")
        return ROLE_NAMES[Role(capacity)] if capacity in Role.values else CITY

    def _capacity(self, person_id: int) -> str:
        if person_id == self._look.case.applicant_id:
            return "applicant"
        return CO_OWNER if person_id in self._co_owners else self._known.get(person_id, "")


def line_of(look: Look) -> list[Entry]:
    """Everything, newest first. In a fixed number of queries."""
    actors = Actors(look)
    entries = [*_events(look, actors), *_posts(look, actors), *_told(look), *_deadlines(look)]
    return sorted(entries, key=lambda entry: entry.at, reverse=True)


def filters_of(entries: list[Entry]) -> list[Filter]:
    """The filters that have something to show."""
    counts = {code: sum(entry.group == code for entry in entries) for code in GROUPS}
    return [Filter(code, GROUPS[code], count) for code, count in counts.items() if count]


def _events(look: Look, actors: Actors) -> Iterator[Entry]:
    parties = _party_names(look)
    for event in look.events:
        words = words_of(event, look.definition)
        yield Entry(
            at=event.at,
            group=words.group,
            title=words.text,
            who=actors.of(event),
            detail=details_of(event, look.definition, parties),
            written=written_in(event),
            article=str(event.data.get("article", "")),
        )


def _posts(look: Look, actors: Actors) -> Iterator[Entry]:
    for post in look.case.posts.select_related("author"):
        who = actors.named(post.author_id, post.capacity, post.author)
        yield Entry(at=post.at, group=MESSAGES, title=_WROTE, who=who, written=post.text)


def _told(look: Look) -> Iterator[Entry]:
    for message in messages_to(look.person, look.case):
        text = Text(message.text_fa, message.text_en)
        yield Entry(at=message.created_at, group=MESSAGES, title=_TOLD, who=SYSTEM, detail=text)


def _deadlines(look: Look) -> Iterator[Entry]:
    names = names_of(look.definition)
    for row in Deadline.objects.filter(case=look.case):
        name = names.get(row.code, Text.of(""))
        yield Entry(at=row.started_at, group=DEADLINES, title=_RUNS, who=SYSTEM, detail=_until(row, name))


def _until(row: Deadline, name: Text) -> Text:
    if row.due_at is None:
        return name
    day = row.due_at.astimezone().date()
    return Text(f"{name.fa}: تا {jalali_fa(day)}", f"{name.en}: until {day_en(day)}")


def _co_owners(look: Look) -> Iterator[int]:
    yield from (party.person_id for party in look.parties if party.person_id is not None)


def _party_names(look: Look) -> Mapping[int, Text]:
    """Names of everybody who is or was named as a co-owner."""
    return {party.pk: Text.of(party.name) for party in CaseParty.objects.filter(case=look.case) if party.name}


_WROTE = Text("پیام در گفت‌وگو", "Message in the conversation")
_TOLD = Text("به شما گفته شد", "You were told")
_RUNS = Text("مهلت آغاز شد", "A deadline began")
