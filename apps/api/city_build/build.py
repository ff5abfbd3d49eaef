"""The order in which a city is built."""

from dataclasses import dataclass
from pathlib import Path

from apps.api.city_build import acts, ground, law
from apps.api.city_build.files import files_of, generated, make_files
from apps.api.city_build.inspection import inspect_city
from apps.api.city_build.ledger import CITY, Ledger, Say, city_key, claim_city
from apps.api.city_build.overlays import finish_overlays
from apps.api.city_build.package import entries
from apps.api.city_build.sample_cases import build_cases
from apps.cadastre.models import Parcel
from apps.common.city import City
from apps.common.models import BuildStep
from gis_layers.postgis_maintenance import refresh_statistics

DEFAULT_PARCELS = 12_000
DEFAULT_SEED = 1


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for; None = as it stands, or the default. `overlays`: queue, here or skip."""

    parcels: int | None = None
    seed: int | None = None
    overlays: str = "queue"


def build_city(city: City, order: Order, say: Say) -> int:
    """Build what does not stand yet; returns the number of steps done. Raises ParvanehError with what to do."""
    parcels, seed = _asked(order)
    key = city_key(city.code, parcels, seed)
    ledger, folder, stands = Ledger(say), files_of(city, parcels=parcels, seed=seed), _stands(city)
    inspect_city(city, folder, files=not generated(city) and not stands)
    claim_city(key, filled=Parcel.objects.exists())
    if not stands:
        make_files(city, folder, parcels=parcels, seed=seed, say=say)
    law.build_offices(city, ledger)
    law.build_themes(city, ledger)
    ground.build_frame(city, folder, ledger, key)
    # Editions before parcels: their overlays are then asked for once, when the parcels come.
    law.build_editions(city, folder, ledger, key)
    law.build_rulebooks(city, ledger)
    acts.build_acts(city, ledger)
    ground.build_parcels(city, folder, ledger, key)
    if ledger.done:
        refresh_statistics()
    overlaid = order.overlays != "skip" and finish_overlays(say, here=order.overlays == "here")
    if overlaid:
        refresh_statistics()
    if order.overlays != "skip":
        build_cases(city, ledger)
    return ledger.done + int(overlaid)


def check_package(city: City) -> None:
    """Read the whole package, with the files that it brings itself; writes nothing and asks no database.

    Raises IntakeError or ImproperlyConfigured for the first mistake.
    """
    own = not generated(city)
    inspect_city(city, files_of(city, parcels=DEFAULT_PARCELS, seed=DEFAULT_SEED), files=own)


def sample_files(city: City) -> list[Path]:
    """Files for trying the planners' desk, beside the others of the generated city that stands; none for a real one."""
    if not generated(city):
        return []
    parcels, seed = _asked(Order())
    return sorted(files_of(city, parcels=parcels, seed=seed).glob("sample_revision_*.gpkg"))


def _asked(order: Order) -> tuple[int, int]:
    standing = BuildStep.objects.filter(name__startswith=CITY).values_list("name", flat=True).first()
    parcels, seed = (int(n) for n in standing.split(":")[2:]) if standing else (DEFAULT_PARCELS, DEFAULT_SEED)
    return order.parcels or parcels, seed if order.seed is None else order.seed


def _stands(city: City) -> bool:
    """Whether every step that reads the city's files is stamped: then the files need not exist any more."""
    frame = {"districts"} if generated(city) else {"sides"} if ground.sides_of(city) else set()
    needed = {*frame, ground.PARCELS, *(f"edition:{e['instrument']}" for e in entries(city, "editions", "edition"))}
    return BuildStep.objects.filter(name__in=needed).count() == len(needed)
