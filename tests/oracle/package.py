"""What a city package says, read with the standard library: law, rules, themes and facts, without shapes."""

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import jdatetime
import shapely
from shapely.geometry.base import BaseGeometry

RANKS = {"city": 1, "local": 2}
GREGORIAN_FROM = 1700
SOURCES = ("detailed_plan", "heritage_zones")
CONDITION = "when:"
PLAIN = ("row", "article", "subject", "effect", "value", "theme", "zone")


@dataclass(frozen=True)
class Act:
    """One act on one instrument. `lifts`: number of the suspension; `scope`: the place it is limited to."""

    instrument: str
    kind: str
    number: str
    act_date: date
    effective_on: date
    recorded_at: datetime
    scope: BaseGeometry | None = None
    lifts: str | None = None
    replaced_by: str | None = None


@dataclass(frozen=True)
class Theme:
    """A question answered by place; tolerances in m² and as a share 0..1."""

    code: str
    partition: bool
    tolerance_m2: float
    tolerance_share: float


@dataclass(frozen=True)
class Row:
    """One row of a rulebook. `when`: fact name to condition cell, empty cells left out."""

    book: str
    row: str
    article: str
    subject: str
    effect: str
    value: str
    theme: str
    zone: str
    when: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Package:
    """A city package. `rows` and `source_of` go by the rulebook's instrument, `rank_of` by any instrument."""

    root: Path
    city: Mapping[str, Any]
    themes: tuple[Theme, ...]
    editions: tuple[Mapping[str, Any], ...]
    acts: tuple[Act, ...]
    rows: Mapping[str, tuple[Row, ...]]
    source_of: Mapping[str, str]
    rank_of: Mapping[str, int]

    @property
    def sources(self) -> tuple[str, ...]:
        """Which sources are asked in this city."""
        return tuple(self.city.get("rule_sources", SOURCES))


def load(root: Path, *, books: Path | None = None) -> Package:
    """The package in `root`; `books`: another folder to read the rulebooks from."""
    editions, rulebooks = _list(root, "editions", "edition"), _list(root, "rulebooks", "rulebook")
    folder = books or root
    return Package(
        root=root,
        city=_toml(root / "city.toml"),
        themes=tuple(
            Theme(t["code"], t["kind"] == "partition", float(t["tolerance_m2"]), float(t["tolerance_share"]))
            for t in _list(root, "themes", "theme")
        ),
        editions=tuple(editions),
        acts=tuple(act for entry in _list(root, "acts", "act") for act in _acts(entry)),
        rows={b["instrument"]: read_rows(folder / b["file"], b["instrument"]) for b in rulebooks},
        source_of={b["instrument"]: b["source"] for b in rulebooks},
        rank_of={e["instrument"]: RANKS[e["rank"]] for e in (*editions, *rulebooks)},
    )


def read_rows(path: Path, book: str) -> tuple[Row, ...]:
    """The rows of one CSV file."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return tuple(row_of(cells, book) for cells in csv.DictReader(file))


def row_of(cells: Mapping[str, str], book: str) -> Row:
    """A row from its cells by column name."""
    plain: dict[str, Any] = {name: (cells[name] or "").strip() for name in PLAIN}
    when = {
        name.removeprefix(CONDITION): cell.strip()
        for name, cell in cells.items()
        if name.startswith(CONDITION) and cell and cell.strip()
    }
    return Row(book=book, when=when, **plain)


def _acts(entry: Mapping[str, Any]) -> list[Act]:
    names = entry.get("instruments") or [entry["instrument"]]
    first = _instant(entry["recorded_at"])
    scope = shapely.from_wkt(entry["scope_wkt"]) if entry.get("scope_wkt") else None
    return [
        Act(
            instrument=name,
            kind=entry["kind"],
            number=entry["number"],
            act_date=day(str(entry["act_date"])),
            effective_on=day(str(entry["effective_on"])),
            recorded_at=first + timedelta(microseconds=step),
            scope=scope,
            lifts=entry.get("lifts"),
            replaced_by=entry.get("replaced_by"),
        )
        for step, name in enumerate(names)
    ]


def day(written: str) -> date:
    """`1393-07-05` as a Jalali day, `2014-09-27` as a Gregorian one."""
    year, month, number = (int(part) for part in written.split("-"))
    if year >= GREGORIAN_FROM:
        return date(year, month, number)
    turned: date = jdatetime.date(year, month, number).togregorian()
    return turned


def _instant(raw: Any) -> datetime:
    read = raw if isinstance(raw, datetime) else datetime.fromisoformat(str(raw))
    return read.astimezone(UTC)


def _toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _list(root: Path, name: str, key: str) -> list[dict[str, Any]]:
    return list(_toml(root / f"{name}.toml")[key])
