"""The doors to watch something and to stop: a parcel, an area, a district, a theme."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.gis.gdal import GDALException
from django.contrib.gis.geos import GEOSException, GEOSGeometry, MultiPolygon, Polygon
from django.db import IntegrityError, transaction

from apps.cadastre.models import District
from apps.cadastre.selectors import parcel_by_code
from apps.common import clock
from apps.common.errors import BadInputError, ConflictError, NotFoundError
from apps.common.text import persian_digits
from apps.notices.models import Mode, Watch, WatchKind
from apps.parties.models import Person
from gis_layers.models import Theme

MOST_WATCHES = 50
LARGEST_KM2 = 50.0
MOST_POINTS = 500
LONGEST_NAME = 80
_KM2 = 1_000_000.0
_WGS84 = 4326
_LONGEST_SHAPE = 200_000


def watch_parcel(*, person: Person, parcel: str, mode: str = Mode.AT_ONCE) -> Watch:
    """Watch a parcel by its code. Watching it twice is once, in the mode asked for last. Raises as parcel_by_code."""
    facts = parcel_by_code(parcel)
    return _watch(person, WatchKind.PARCEL, mode, parcel=facts.code)


def watch_theme(*, person: Person, theme: str, mode: str = Mode.AT_ONCE) -> Watch:
    """Watch all acts about a theme. Raises NotFoundError."""
    if not Theme.objects.filter(code=theme).exists():
        raise NotFoundError(
            fa="چنین لایه‌ای نیست. یکی از فهرست برگزینید.", en="There is no such layer. Choose one listed."
        )
    return _watch(person, WatchKind.THEME, mode, theme=theme)


def watch_district(*, person: Person, number: int, mode: str = Mode.AT_ONCE) -> Watch:
    """Watch a municipal district. Raises NotFoundError."""
    district = District.objects.filter(number=number).first()
    if district is None:
        raise NotFoundError(
            fa="چنین منطقه‌ای نیست. یکی از فهرست برگزینید.", en="There is no such district. Choose one listed."
        )
    return _watch(person, WatchKind.DISTRICT, mode, district=district)


def watch_area(*, person: Person, shape: str, name: str = "", mode: str = Mode.AT_ONCE) -> Watch:
    """Watch an area given as GeoJSON geometry in WGS 84. Raises BadInputError for what is no area or too large."""
    area = _area(shape)
    return _watch(person, WatchKind.AREA, mode, area=area, name=name.strip()[:LONGEST_NAME])


def end_watch(*, person: Person, watch: int) -> None:
    """Stop watching. Raises NotFoundError for what is not this person's. Ending twice is once."""
    if not Watch.objects.filter(pk=watch, person=person).exists():
        raise NotFoundError(
            fa="چنین پیگیری‌ای در فهرست شما نیست.", en="There is no such watch in your list.", watch=watch
        )
    Watch.objects.filter(pk=watch, person=person, ended_at__isnull=True).update(ended_at=clock.now())


def _watch(person: Person, kind: WatchKind, mode: str, **what: Any) -> Watch:
    if mode not in Mode.values:
        raise BadInputError(
            fa="زمان خبر را «همان لحظه» یا «خلاصهٔ روزانه» برگزینید.", en="Choose news at once or as a daily digest."
        )
    now = clock.now()
    with transaction.atomic():
        Person.objects.select_for_update(no_key=True).get(pk=person.pk)  # counts one after the other
        held = Watch.objects.filter(person=person, ended_at__isnull=True)
        same = None if kind == WatchKind.AREA else held.filter(kind=kind, **what).first()
        if same is not None:
            Watch.objects.filter(pk=same.pk).update(mode=mode)
            same.mode = mode
            return same
        if held.count() >= MOST_WATCHES:
            raise _too_many()
        return _make(person, kind, mode, now, what)


def _make(person: Person, kind: WatchKind, mode: str, now: datetime, what: dict[str, Any]) -> Watch:
    try:
        return Watch.objects.create(person=person, kind=kind, mode=mode, created_at=now, **what)
    except IntegrityError as error:
        raise ConflictError(fa="همین حالا افزوده شد.", en="It was added a moment ago.") from error


def _too_many() -> ConflictError:
    return ConflictError(
        fa=f"بیش از {persian_digits(MOST_WATCHES)} پیگیری نمی‌توان داشت. یکی را از فهرست بردارید و دوباره بخواهید.",
        en=f"You cannot watch more than {MOST_WATCHES} things. Take one off the list and ask again.",
    )


def _area(raw: str) -> MultiPolygon:
    """The area in the city's CRS."""
    try:
        shape = GEOSGeometry(raw.strip()) if raw and len(raw) <= _LONGEST_SHAPE else None
    except (ValueError, GEOSException, GDALException) as error:
        raise _bad_area() from error
    if isinstance(shape, Polygon):
        shape = MultiPolygon(shape, srid=shape.srid)
    if not isinstance(shape, MultiPolygon) or shape.empty or not shape.valid or shape.num_coords > MOST_POINTS:
        raise _bad_area()
    shape.srid = _WGS84
    return _within_reach(shape)


def _within_reach(shape: MultiPolygon) -> MultiPolygon:
    """In the city's CRS, when it is neither nothing nor half the country."""
    west, south, east, north = shape.extent
    if east - west > 1 or north - south > 1 or max(abs(south), abs(north)) > 85:  # noqa: PLR2004 - degrees
        raise _large()
    try:
        area = shape.transform(settings.CITY_SRID, clone=True)
    except (GEOSException, GDALException) as error:  # a place that is nowhere
        raise _bad_area() from error
    if not isinstance(area, MultiPolygon) or not area.valid or area.area < 1:
        raise _bad_area()
    if area.area > LARGEST_KM2 * _KM2:
        raise _large()
    return area


def _bad_area() -> BadInputError:
    return BadInputError(
        fa=f"محدوده خوانا نیست. روی نقشه یک چندضلعی بکشید که خود را نبرد و بیش از {persian_digits(MOST_POINTS)} "
        "گوشه نداشته باشد.",
        en=f"The area cannot be read. Draw a polygon on the map that does not cross itself, of at most {MOST_POINTS} "
        "corners.",
    )


def _large() -> BadInputError:
    return BadInputError(
        fa=f"محدوده از {persian_digits(int(LARGEST_KM2))} کیلومتر مربع بزرگ‌تر است. کوچک‌تر بکشید، یا یک منطقه یا "
        "یک لایه را پیگیری کنید.",
        en=f"The area is larger than {LARGEST_KM2:.0f} km². Draw a smaller one, or watch a district or a layer.",
    )
