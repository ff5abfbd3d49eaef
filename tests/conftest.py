"""Shared by all tests: limits that start at zero, people, and small square parcels."""

import uuid
from collections.abc import Callable

import hypothesis
import pytest
from django.conf import settings as django_settings
from django.contrib.gis.geos import MultiPolygon, Polygon
from django.test import Client
from django.utils import translation
from pytest_django import Settings

from apps.cadastre.models import Parcel, ParcelVersion
from apps.parties.models import Person
from apps.parties.services import ensure_person

# A busy machine is no fault of the code: no absolute times in tests.
hypothesis.settings.register_profile("house", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("house")

ORIGIN = (560_000, 3_610_000)  # metres, in the city's CRS
SIDE = 10


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Append-only tables refuse TRUNCATE; only a test run, which empties its own database, may ask for it."""
    options = django_settings.DATABASES["default"]["OPTIONS"]
    options["options"] = f"{options.get('options', '')} -c parvaneh.allow_truncate=on".strip()


@pytest.fixture(autouse=True)
def own_cache(settings: Settings) -> None:
    """A key prefix of its own for each test, so that no test counts another's calls."""
    default = {**settings.CACHES["default"], "KEY_PREFIX": uuid.uuid4().hex}
    settings.CACHES = {**settings.CACHES, "default": default}


@pytest.fixture(autouse=True)
def city_language() -> None:
    """Each test begins in the city's language, whatever page the one before it looked at."""
    translation.deactivate()


@pytest.fixture
def person(db: None) -> Person:
    return ensure_person(mobile="09120000001", name_fa="نمونه یک", name_en="Sample One", synthetic=True, verified=True)


@pytest.fixture
def other_person(db: None) -> Person:
    return ensure_person(mobile="09120000002", name_fa="نمونه دو", name_en="Sample Two", synthetic=True, verified=True)


@pytest.fixture
def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


MakeParcel = Callable[..., Parcel]


@pytest.fixture
def make_parcel(db: None) -> MakeParcel:
    """`make_parcel("3-2-14-5", col=0, row=0)`: a 10 m square on a grid, one version without end."""

    def make(code: str, *, col: int = 0, row: int = 0) -> Parcel:
        parts = (code.split("-") + ["0"] * 7)[:7]
        parcel = Parcel.objects.create(code="-".join(parts), land_code="-".join(parts[:4]))
        west, south = ORIGIN[0] + col * SIDE, ORIGIN[1] + row * SIDE
        geom = MultiPolygon(Polygon.from_bbox((west, south, west + SIDE, south + SIDE)))
        geom.srid = ParcelVersion._meta.get_field("geom").srid
        web = geom.transform(3857, clone=True)
        ParcelVersion.objects.create(
            parcel=parcel,
            legal=("2000-01-01", None),
            known=("2000-01-01T00:00:00Z", None),
            drawn_area_dm2=SIDE * SIDE * 100,
            deed_area_dm2=SIDE * SIDE * 100,
            search=parcel.code,
            chunk=west // 1000 * 1_000_000 + south // 1000,
            geom=geom,
            geom_web=web,
        )
        return parcel

    return make
