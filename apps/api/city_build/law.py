"""The law of a city: offices, people, themes, editions, rulebooks."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from apps.api.city_build.acts import person_of
from apps.api.city_build.ledger import Ledger
from apps.api.city_build.package import Entry, entries, fingerprint, located
from apps.common.city import City
from apps.legal.models import Instrument, InstrumentKind, Rank
from apps.legal.rulebooks import load_rulebook
from apps.legal.services import register_instrument
from apps.parties.services import ensure_office
from gis_layers.models import ThemeKind
from gis_layers.services import register_theme, take_in

RANKS = {"city": Rank.CITY_PLAN, "local": Rank.LOCAL_PLAN}


def build_offices(city: City, ledger: Ledger) -> None:
    """Offices and the demo's people."""
    offices, people = entries(city, "offices", "office"), entries(city, "people", "person")
    ledger.run("offices", fingerprint(offices), lambda: f"{len([_office(o) for o in offices])} offices")
    ledger.run("people", fingerprint(people), lambda: f"{len([person_of(p) for p in people])} synthetic people")


def build_themes(city: City, ledger: Ledger) -> None:
    """Themes with their tolerances and styles."""
    themes = entries(city, "themes", "theme")
    ledger.run("themes", fingerprint(themes), lambda: f"{len([_theme(t) for t in themes])} themes")


def build_editions(city: City, folder: Path, ledger: Ledger, key: str) -> None:
    """Every layer of law through the same intake that planners use."""
    for entry in entries(city, "editions", "edition"):
        name = f"edition:{entry['instrument']}"
        ledger.run(name, fingerprint(key, entry), partial(_edition, entry, [folder, city.root]))


def build_rulebooks(city: City, ledger: Ledger) -> None:
    """Every decision table."""
    for entry in entries(city, "rulebooks", "rulebook"):
        path = located(entry, "file", [city.root])
        ledger.run(
            f"rulebook:{entry['instrument']}",
            fingerprint(entry, path),
            partial(_rulebook, entry, path),
        )


def _office(entry: Entry) -> object:
    return ensure_office(code=entry["code"], name=entry.text("name"), contact=entry.text("contact"))


def _theme(entry: Entry) -> object:
    return register_theme(
        code=entry["code"],
        kind=entry.choice("kind", {kind.value: kind for kind in ThemeKind}),
        label=entry.text("label"),
        tolerance_m2=float(entry["tolerance_m2"]),
        tolerance_share=float(entry["tolerance_share"]),
        office_code=entry["office"],
        position=int(entry["position"]),
        style=entry.get("style", {}),
    )


def _edition(entry: Entry, folders: Sequence[Path]) -> str:
    from gis_layers.ingest.coverage import Coverage

    path = located(entry, "file", folders)
    instrument = _instrument(entry, InstrumentKind.EDITION)
    coverage = Coverage(
        path=located(entry, "coverage_file", folders) if entry.get("coverage_file") else None,
        layer=entry.get("coverage_layer"),
        of_features=bool(entry.get("coverage_is_extent_of_features", False)),
    )
    report = take_in(
        path=path,
        theme=entry["theme"],
        instrument=instrument.code,
        mapping=entry["mapping"],
        coverage=coverage,
        layer=entry.get("layer"),
        crs=entry.get("crs"),
        encoding=entry.get("encoding"),
    )
    return f"{report.features} features, {len(report.quarantined)} quarantined, {report.unplaced} without a place"


def _rulebook(entry: Entry, path: Path) -> str:
    instrument = _instrument(entry, InstrumentKind.RULEBOOK)
    rulebook = load_rulebook(instrument=instrument, path=path, source=entry["source"], code=entry["code"])
    return f"{rulebook.rows.count()} provisions"


def _instrument(entry: Entry, kind: InstrumentKind) -> Instrument:
    title = entry.text("title")
    return register_instrument(
        code=entry["instrument"],
        kind=kind,
        title_fa=title.fa,
        title_en=title.en,
        rank=entry.choice("rank", RANKS, "city"),
        sample=bool(entry.get("sample", True)),
    )
