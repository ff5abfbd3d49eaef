"""The ground of a city: districts, places, map furniture, parcels and their sides."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from apps.api.city_build.ledger import Ledger, Say
from apps.api.city_build.package import Entry, fingerprint, located, table
from apps.cadastre.services import load_districts, load_parcels, load_places, load_sides
from apps.cadastre.sources import ParcelSource, SideSource, parcel_source, side_source
from apps.common.city import City
from gis_layers.services import replace_backdrop

PARCELS = "parcels"


def build_frame(city: City, folder: Path, ledger: Ledger, key: str) -> None:
    """Districts, searchable places and the backdrop, as far as the city has them."""
    loads: dict[str, Callable[[Path], str]] = {
        "districts": lambda path: f"{load_districts(path=path)} districts",
        "places": lambda path: f"{load_places(path=path)} places",
        "backdrop": partial(_backdrop, city),
    }
    ranks = city.raw.get("backdrop_ranks", {})
    for name, load in loads.items():
        if has(city, folder, name):
            how = fingerprint(key, ranks) if name == "backdrop" else fingerprint(key)
            ledger.run(name, how, partial(_loaded, load, city, folder, name))


def build_parcels(city: City, folder: Path, ledger: Ledger, key: str) -> None:
    """All parcels, in chunks, in one transaction; they hold since ever, because the history of law is older."""
    ledger.run(PARCELS, fingerprint(key), lambda: _parcels(city, folder, ledger.say))
    source = sides_of(city)
    if source is not None:
        ledger.run("sides", fingerprint(key), lambda: _sides(city, folder, source))


def parcels_of(city: City) -> ParcelSource:
    """How the file of parcels is read. Raises IntakeError naming table and key."""
    entry = table(city, "files", PARCELS)
    try:
        return parcel_source(entry.body if entry else {}, attributes=tuple(f.column for f in city.law.parcel_facts))
    except ValueError as error:
        raise _declared(city, PARCELS).wrong("columns", str(error), str(error)) from error


def sides_of(city: City) -> SideSource | None:
    """How the file of sides is read; None when the city has none. Raises IntakeError naming table and key."""
    entry = table(city, "files", "sides")
    if entry is None:
        return None
    for key in ("parcel", "kind", "kinds"):
        entry[key]
    try:
        return side_source(entry.body)
    except ValueError as error:
        raise entry.wrong("kinds", str(error), str(error)) from error


def has(city: City, folder: Path, name: str) -> bool:
    """Whether the city has such a file: it names one, or one of the usual name lies there."""
    return table(city, "files", name) is not None or (folder / f"{name}.gpkg").exists()


def file_of(city: City, folder: Path, name: str) -> Path:
    """The file that `[files.<name>]` names, else `<name>.gpkg`. Raises IntakeError when it is not there."""
    entry = table(city, "files", name) or _declared(city, name)
    named = entry if "file" in entry.body else replace(entry, body={**entry.body, "file": f"{name}.gpkg"})
    return located(named, "file", [folder])


def _declared(city: City, name: str) -> Entry:
    return Entry(f"{city.root.name}/city.toml", 0, {}, f"[files.{name}]")


def _loaded(load: Callable[[Path], str], city: City, folder: Path, name: str) -> str:
    return load(file_of(city, folder, name))


def _sides(city: City, folder: Path, source: SideSource) -> str:
    return f"{load_sides(path=file_of(city, folder, 'sides'), source=source):,} sides"


def _parcels(city: City, folder: Path, say: Say) -> str:
    count = load_parcels(
        path=file_of(city, folder, PARCELS),
        source=parcels_of(city),
        progress=lambda done, total: say(f"  {done:,} of {total:,} parcels"),
    )
    return f"{count:,} parcels"


def _backdrop(city: City, path: Path) -> str:
    ranks = {str(kind): int(rank) for kind, rank in city.raw.get("backdrop_ranks", {}).items()}
    return ", ".join(f"{count} {kind}" for kind, count in replace_backdrop(path=path, ranks=ranks).items())
