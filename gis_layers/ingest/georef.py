"""Whether the coordinates of a file fit the reference system it declares, and the likely cause when they do not."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from apps.common.city import current_city
from apps.common.errors import IntakeError
from gis_layers import crs as frames

if TYPE_CHECKING:
    import pyproj

_HALF_TURN = 180.0


def resolve(declared: str | None, *, given: str | None, called: str) -> "pyproj.CRS":
    """The file's own reference system; `given` only fills its silence. Raises IntakeError."""
    own = frames.parse_crs(declared) if declared else None
    said = frames.parse_crs(given) if given else None
    if given and said is None:
        raise IntakeError(
            fa=f"سامانهٔ مختصات «{given}» شناخته نیست. آن را مانند EPSG:32639 بنویسید.",
            en=f"The reference system “{given}” is not known. Write it like EPSG:32639.",
            file=called,
        )
    if own is not None and said is not None and own != said and not _same_code(own, said):
        raise IntakeError(
            fa=f"پروندهٔ {called} خود می‌گوید {frames.name_of(own)} است؛ --crs را بردارید یا خود پرونده را درست کنید.",
            en=f"{called} itself declares {frames.name_of(own)}: leave out --crs, or correct the file.",
            file=called,
        )
    chosen = own or said
    if chosen is None:
        raise IntakeError(
            fa=f"پروندهٔ {called} سامانهٔ مختصات ندارد (برای شیپ‌فایل: پروندهٔ .prj). آن را با --crs EPSG:n بگویید.",
            en=f"{called} does not say its reference system (for a shapefile: the .prj file). Say it by --crs EPSG:n.",
            file=called,
        )
    return chosen


def to_city(shapes: Any, crs: "pyproj.CRS", *, called: str) -> Any:
    """2-D geometries in the city's CRS. Raises IntakeError where no exact transformation is known."""
    import pyproj

    try:
        return frames.to_city(shapely.force_2d(shapes), crs)
    except pyproj.exceptions.ProjError as error:
        raise IntakeError(
            fa=f"از {frames.name_of(crs)} به سامانهٔ شهر تبدیل دقیقی شناخته نیست. "
            f"{called} را در نرم‌افزار خود تبدیل کنید.",
            en=f"No exact way from {frames.name_of(crs)} to the city's reference system is known. "
            f"Convert {called} in your software.",
            file=called,
        ) from error


def require_some_inside(originals: Any, moved: Any, crs: "pyproj.CRS", *, called: str) -> None:
    """IntakeError with the likely cause when shapes can be read, but not one of them meets the city's bounds."""
    bounds = frames.city_bounds()
    there = [i for i, shape in enumerate(originals) if shape is not None and not shape.is_empty]
    if not there or any(_meets(moved[i], bounds) for i in there):
        return
    points = shapely.get_coordinates(shapely.force_2d(np.array([originals[i] for i in there])))
    points = points[np.isfinite(points).all(axis=1)]
    if not len(points):
        return
    cause = _cause(points, crs)
    x, y = points[0]
    west, south, east, north = current_city().bounds
    raise IntakeError(
        fa=f"همهٔ شکل‌های {called} بیرون از محدودهٔ شهر می‌افتند (نخستین نقطه: {x:.6g}, {y:.6g} در {frames.name_of(crs)}). "
        f"{cause[0]} محدودهٔ شهر: طول {west} تا {east}، عرض {south} تا {north}.",
        en=f"All shapes of {called} fall outside the city's bounds (first point: {x:.6g}, {y:.6g} in "
        f"{frames.name_of(crs)}). {cause[1]} The city: longitude {west} to {east}, latitude {south} to {north}.",
        file=called,
        crs=frames.name_of(crs),
        cause=cause[2],
    )


def _cause(points: Any, crs: "pyproj.CRS") -> tuple[str, str, str]:
    like_degrees = bool((np.abs(points[:, 0]) <= _HALF_TURN).all() and (np.abs(points[:, 1]) <= _HALF_TURN).all())
    if crs.is_projected and like_degrees:
        return (
            "مختصات به درجه است ولی سامانهٔ اعلام‌شده متری است؛ سامانهٔ درست (مانند EPSG:4326) را به پرونده بدهید.",
            "The coordinates are degrees, but the declared system is metric: declare the right one, such as EPSG:4326.",
            "degrees_in_metric",
        )
    if crs.is_geographic and not like_degrees:
        return (
            "مختصات به متر است ولی سامانهٔ اعلام‌شده درجه‌ای است؛ سامانهٔ درست (مانند UTM) را به پرونده بدهید.",
            "The coordinates are metres, but the declared system is in degrees: declare the right one, such as UTM.",
            "metres_in_geographic",
        )
    if _lands_inside(points[:, ::-1], crs):
        return (
            "جای طول و عرض عوض شده است؛ محورها را جابه‌جا کنید (نخست طول/شرق، سپس عرض/شمال).",
            "The axes are swapped: put longitude (easting) first, latitude (northing) second.",
            "axes_swapped",
        )
    return (
        "شاید سامانه یا زون دیگری است، یا پروندهٔ شهر دیگری.",
        "It may be in another system or zone, or of another city.",
        "elsewhere",
    )


def _lands_inside(points: Any, crs: "pyproj.CRS") -> bool:
    moved = frames.to_city(shapely.points(points), crs)
    return any(_meets(point, frames.city_bounds()) for point in moved)


def _meets(shape: Any, bounds: shapely.Polygon) -> bool:
    if shape is None or shape.is_empty or not np.isfinite(shapely.get_coordinates(shape)).all():
        return False
    return bool(shapely.box(*shape.bounds).intersects(bounds))


def _same_code(one: "pyproj.CRS", other: "pyproj.CRS") -> bool:
    codes: Sequence[int | None] = (one.to_epsg(min_confidence=70), other.to_epsg(min_confidence=70))
    return codes[0] is not None and codes[0] == codes[1]
