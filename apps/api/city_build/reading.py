"""Entries of the package as the doors below take them. Pure reading: a mistake is named before anything is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from apps.api.city_build.package import Entry, located
from apps.common.calendar import parse_day
from apps.common.city_law import SOURCES
from apps.common.errors import BadInputError
from apps.common.text import Text
from apps.legal.models import Rank
from gis_layers.models import ThemeKind

RANKS = {"city": Rank.CITY_PLAN, "local": Rank.LOCAL_PLAN}
KINDS = {kind.value: kind for kind in ThemeKind}
_SOURCES = {name: name for name in SOURCES}


@dataclass(frozen=True, slots=True)
class ActDay:
    """When an act was done, when it takes effect, and when the city learned of it."""

    act_date: date
    effective_on: date
    recorded_at: datetime


def office(entry: Entry) -> dict[str, Any]:
    """Arguments of apps.parties.services.ensure_office."""
    return {"code": entry["code"], "name": entry.text("name"), "contact": entry.text("contact")}


def theme(entry: Entry) -> dict[str, Any]:
    """Arguments of gis_layers.services.register_theme."""
    return {
        "code": entry["code"],
        "kind": entry.choice("kind", KINDS),
        "label": entry.text("label"),
        "tolerance_m2": entry.amount("tolerance_m2"),
        "tolerance_share": entry.amount("tolerance_share", most=1.0),
        "office_code": entry["office"],
        "position": int(entry.amount("position")),
        "style": entry.get("style", {}),
    }


def instrument(entry: Entry) -> dict[str, Any]:
    """Arguments of apps.legal.services.register_instrument, but its kind."""
    title: Text = entry.text("title")
    return {
        "code": entry["instrument"],
        "title_fa": title.fa,
        "title_en": title.en,
        "rank": entry.choice("rank", RANKS, "city"),
        "sample": bool(entry.get("sample", True)),
    }


def edition(entry: Entry, folders: Sequence[Path]) -> dict[str, Any]:
    """Arguments of gis_layers.services.take_in, but its instrument."""
    from gis_layers.ingest.coverage import Coverage

    try:
        coverage = Coverage(
            path=located(entry, "coverage_file", folders) if entry.get("coverage_file") else None,
            layer=entry.get("coverage_layer"),
            of_features=bool(entry.get("coverage_is_extent_of_features", False)),
            without_place=tuple(entry.get("without_place", ())),
        )
    except BadInputError as error:
        raise entry.wrong("coverage_…", error.message.fa, error.message.en) from error
    return {
        "path": located(entry, "file", folders),
        "theme": entry["theme"],
        "mapping": _mapping(entry),
        "coverage": coverage,
        "layer": entry.get("layer"),
        "crs": entry.get("crs"),
        "encoding": entry.get("encoding"),
    }


def rulebook(entry: Entry, root: Path) -> dict[str, Any]:
    """Arguments of apps.legal.rulebooks.load_rulebook, but its instrument."""
    return {
        "path": located(entry, "file", [root]),
        "source": entry.choice("source", _SOURCES),
        "code": entry["code"],
    }


def act_day(entry: Entry) -> ActDay:
    """The three times of an act."""
    return ActDay(day_of(entry, "act_date"), day_of(entry, "effective_on"), _instant(entry, "recorded_at"))


def instruments_of(entry: Entry) -> tuple[str, ...]:
    """The instruments that an act speaks of."""
    return tuple(entry.get("instruments") or (entry["instrument"],))


def _mapping(entry: Entry) -> Mapping[str, str]:
    mapping = entry["mapping"]
    if not isinstance(mapping, Mapping) or "code" not in mapping:
        raise entry.wrong("mapping", "ستونی برای code ندارد.", "it names no field for code.")
    return mapping


def day_of(entry: Entry, key: str) -> date:
    """A Jalali or ISO day; IntakeError naming the key when it is none."""
    try:
        return parse_day(str(entry[key]))
    except BadInputError as error:
        raise entry.wrong(key, error.message.fa, error.message.en) from error


def _instant(entry: Entry, key: str) -> datetime:
    raw = entry[key]
    try:
        instant = raw if isinstance(raw, datetime) else datetime.fromisoformat(str(raw))
    except ValueError as error:
        raise entry.wrong(key, "زمان ISO نیست.", "it is not an ISO instant.") from error
    if instant.tzinfo is None:
        raise entry.wrong(key, "منطقهٔ زمانی ندارد.", "it has no time zone.")
    return instant
