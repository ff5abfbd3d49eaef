"""The ground of a city: districts, places, map furniture, parcels."""

from pathlib import Path

from apps.api.city_build.ledger import Ledger, Say
from apps.api.city_build.package import fingerprint
from apps.cadastre.services import load_districts, load_parcels, load_places
from apps.common.city import City
from gis_layers.services import replace_backdrop


def build_frame(city: City, folder: Path, ledger: Ledger, key: str) -> None:
    """Districts, searchable places and the backdrop. A real city may lack the last two."""
    ledger.run("districts", fingerprint(key), lambda: f"{load_districts(path=folder / 'districts.gpkg')} districts")
    places, backdrop = folder / "places.gpkg", folder / "backdrop.gpkg"
    if places.exists():
        ledger.run("places", fingerprint(key), lambda: f"{load_places(path=places)} places")
    if backdrop.exists():
        ranks = {str(kind): int(rank) for kind, rank in city.raw.get("backdrop_ranks", {}).items()}
        ledger.run("backdrop", fingerprint(key, ranks), lambda: _told(replace_backdrop(path=backdrop, ranks=ranks)))


def build_parcels(folder: Path, ledger: Ledger, key: str) -> None:
    """All parcels, in chunks, in one transaction; they hold since ever, because the history of law is older."""
    ledger.run("parcels", fingerprint(key), lambda: _parcels(folder / "parcels.gpkg", ledger.say))


def _parcels(path: Path, say: Say) -> str:
    count = load_parcels(path=path, progress=lambda done, total: say(f"  {done:,} of {total:,} parcels"))
    return f"{count:,} parcels"


def _told(counts: dict[str, int]) -> str:
    return ", ".join(f"{count} {kind}" for kind, count in counts.items())
