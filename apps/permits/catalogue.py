"""The catalogue of services: the city's own and the permit, under their headings, found by any word of theirs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from apps.cases.types.definition import CaseType, Place, State, Term, Turn
from apps.cases.types.registry import GROUPS, case_type, case_types, is_brought
from apps.common.city import current_city
from apps.common.text import Text, search_key
from apps.permits.case_type import CODE as PERMIT
from apps.permits.selectors import permit_kinds

OTHER = Text("خدمت‌های دیگر", "Other services")
_PERMIT_GROUP = "planning"
_PERMIT_GUIDE = Text(
    "ساختن، افزودن، بازسازی یا تعمیر. قطعه را روی نقشه برگزینید: ضوابط آن و آنچه می‌توان ساخت همان جا با دلیل نوشته شده "
    "است، و درخواست از همان صفحه آغاز می‌شود. نوع پروانه را پیش از آغاز برگزینید.",
    "To build, extend, rebuild or repair. Choose the parcel on the map: its rules and what may be built there are said "
    "with their reasons, and the request is started from that page. Choose the kind of permit first.",
)
_PERMIT_WHO = Text(
    "مالک زمین، یا نماینده‌ای که مالک به او اختیار اقدام داده است.",
    "The owner of the land, or an agent whom the owner gave a mandate to act.",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A service as the catalogue shows it. `term`: of the first office that has one; `kinds`: of permits, by name."""

    type: CaseType
    group: Text
    guide: Text
    who: Text
    term: Term | None
    kinds: tuple[Text, ...] = ()

    @property
    def by_data(self) -> bool:
        """Whether its steps are data: it is started from its own page, a permit from its parcel."""
        return not is_brought(self.type.code)

    @property
    def of_land(self) -> bool:
        """Whether it is about a parcel."""
        return self.type.place is Place.PARCEL


@dataclass(frozen=True, slots=True)
class Group:
    """A heading with its services in the order of their numbers."""

    name: Text
    entries: tuple[Entry, ...]


def catalogue(q: str = "", *, of_land: bool = False) -> tuple[Group, ...]:
    """Headings that have something to show: what matches every word of `q`; with `of_land` only what is about land."""
    found = [entry_of(definition) for definition in case_types().values()]
    wanted = [e for e in found if _matches(e, q) and (e.of_land or not of_land)]
    grouped = [(name, [e for e in wanted if e.group == name]) for name in _headings().values()]
    return tuple(Group(name, _in_order(entries)) for name, entries in grouped if entries)


def entry(code: str) -> Entry:
    """One service. Raises NotFoundError."""
    return entry_of(case_type(code))


def entry_of(definition: CaseType) -> Entry:
    """A definition as it is shown; the permit gets the words of the house."""
    permit = definition.code == PERMIT
    return Entry(
        type=definition,
        group=_heading(definition.group or (_PERMIT_GROUP if permit else "")),
        guide=_PERMIT_GUIDE if permit else definition.guide,
        who=_PERMIT_WHO if permit else definition.who,
        term=_first_term(definition.states),
        kinds=tuple(kind.label for kind in permit_kinds()) if permit else (),
    )


def _first_term(states: Iterable[State]) -> Term | None:
    return next((s.term for s in states if s.turn is Turn.OFFICE and s.term is not None), None)


def _matches(entry: Entry, q: str) -> bool:
    made = entry.type
    texts = [made.name, entry.guide, entry.who, *entry.kinds, *(d.name for d in made.documents)]
    said = search_key(" ".join([*(f"{t.fa} {t.en}" for t in texts), *made.keywords, str(made.number or "")]))
    return all(word in said for word in search_key(q[:200]).split())


def _headings() -> dict[str, Text]:
    """Names of the headings by code, in the city's order; what has none of them comes last."""
    raw: Mapping[str, Mapping[str, Any]] = current_city().raw.get(GROUPS, {})
    return {**{code: Text.of(group["label"]) for code, group in raw.items()}, "": OTHER}


def _heading(code: str) -> Text:
    return _headings().get(code, OTHER)


def _in_order(entries: list[Entry]) -> tuple[Entry, ...]:
    return tuple(sorted(entries, key=lambda e: (e.by_data, e.type.number is None, e.type.number or 0, e.type.code)))
