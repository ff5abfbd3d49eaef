"""An impact report in words: the table that its page and its file show."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from apps.common.text import Text
from apps.impact.models import ImpactReport
from apps.impact.words import COURSES, REASONS, Names, name_of, names, told
from apps.legal.models import Instrument, LegalAct
from apps.legal.models import InstrumentKind as Kind
from apps.permits.selectors import permit_kinds

_FIRST = ("max_storeys", "max_density", "max_height", "max_coverage", "permitted_use")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: what was, what would be, how many; `key` finds the parcels behind it."""

    key: str
    was: Text
    would_be: Text
    course: Text
    why: tuple[Text, ...]
    parcels: int
    area_m2: float
    districts: tuple[tuple[str, int, float], ...]


@dataclass(frozen=True, slots=True)
class Group:
    """All lines about one theme, subject or duty; `more_lines`: how many are only counted, by course."""

    name: Text
    what: str
    lines: tuple[Line, ...]
    more_lines: int
    courses: tuple[tuple[Text, int, float], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One permit kind: its code and name, the whole, the groups."""

    code: str
    kind: Text
    parcels: int
    area_m2: float
    districts: tuple[tuple[str, int, float], ...]
    themes: tuple[Group, ...]
    subjects: tuple[Group, ...]
    duties: tuple[Group, ...]
    opens: tuple[tuple[Text, Line], ...]

    @property
    def anything(self) -> bool:
        """Whether anything changes at all for this kind."""
        return self.parcels > 0


def table_of(report: ImpactReport, kind: str) -> Table:
    """The table of one permit kind."""
    raw = report.summary.get(kind, {"parcels": 0, "area_m2": 0, "districts": {}, "groups": []})
    known = names()
    listed = [_group(one, known) for one in sorted(raw["groups"], key=_rank)]
    return Table(
        code=kind,
        kind=next((one.label for one in permit_kinds() if one.code == kind), Text.of(kind)),
        parcels=raw["parcels"],
        area_m2=raw["area_m2"],
        districts=_districts(raw),
        themes=tuple(g for g in listed if g.what == "theme"),
        subjects=tuple(g for g in listed if g.what == "subject"),
        duties=tuple(g for g in listed if g.what == "duty"),
        opens=tuple((g.name, line) for g in listed if g.what == "open" for line in g.lines),
    )


def drafts_to_choose() -> list[Instrument]:
    """Layers and rulebooks that could still become law, with what they are called."""
    bound = LegalAct.objects.filter(kind="promulgate").values("instrument")
    return list(
        Instrument.objects.filter(kind__in=[Kind.EDITION, Kind.RULEBOOK]).exclude(pk__in=bound).order_by("code")
    )


def title_of(instrument: Instrument) -> Text:
    """An instrument's title."""
    return Text(instrument.title_fa, instrument.title_en)


def _rank(group: Mapping[str, Any]) -> tuple[int, str]:
    """The big numbers first."""
    name = group["name"]
    return (_FIRST.index(name) if name in _FIRST else len(_FIRST), name)


def _group(raw: Mapping[str, Any], known: Names) -> Group:
    return Group(
        name=name_of(raw["what"], raw["name"], known),
        what=raw["what"],
        lines=tuple(_line(raw, line) for line in raw["lines"]),
        more_lines=raw["more_lines"],
        courses=tuple((COURSES[c], sums["parcels"], sums["area_m2"]) for c, sums in raw["courses"].items()),
    )


def _line(group: Mapping[str, Any], raw: Mapping[str, Any]) -> Line:
    valued = group["what"] in ("theme", "subject")
    nothing = Text("", "")
    return Line(
        key=raw["key"],
        was=told(group["what"], group["name"], raw["was"]) if valued else nothing,
        would_be=told(group["what"], group["name"], raw["would_be"]) if valued else nothing,
        course=COURSES[raw["course"]],
        why=tuple(REASONS.get(why, Text.of(why)) for why in raw["why"]),
        parcels=raw["parcels"],
        area_m2=raw["area_m2"],
        districts=_districts(raw),
    )


def _districts(raw: Mapping[str, Any]) -> tuple[tuple[str, int, float], ...]:
    """(number or 'none', parcels, m²), 'none' last."""
    rows = ((n or "none", d["parcels"], d["area_m2"]) for n, d in raw["districts"].items())
    return tuple(sorted(rows, key=lambda row: (row[0] == "none", row[0].zfill(4))))
