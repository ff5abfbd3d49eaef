"""Layers of a checked source as plain arrays, whole or in chunks of rows. Nothing is judged here."""

import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
from pyogrio import list_layers, raw, read_info, set_gdal_config_options
from pyogrio.errors import DataLayerError, DataSourceError, FeatureError, FieldError, GeometryError

from apps.common.errors import IntakeError
from gis_layers.ingest import choosing
from gis_layers.ingest.choosing import choose_layer
from gis_layers.ingest.encoding import encoding_of
from gis_layers.ingest.formats import FILE_GDB, GEOPACKAGE, SHAPEFILE, Source

# Reading must not leave GDAL's statistics (.aux.xml) beside the files it reads.
set_gdal_config_options({"GDAL_PAM_ENABLED": False})
# GDAL's words for shapes that GEOS cannot hold; reading would silently turn them into straight lines.
_CURVED = ("%CURVE%", "%CIRCULAR%", "%SURFACE%", "TIN%")
_READ_ERRORS = (DataLayerError, DataSourceError, FeatureError, FieldError, GeometryError)


@dataclass(frozen=True, slots=True)
class Layer:
    """Where a layer is and what it says of itself. `crs`: EPSG code or WKT, None when the file is silent."""

    source: Source
    name: str
    crs: str | None
    fields: tuple[str, ...]
    count: int
    encoding: str | None


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of a layer in file order: WKB (None where a row has no shape), columns by field, curved ones as WKT.

    `first`: 1-based number of the first row; people count rows from one.
    """

    first: int
    wkb: "np.ndarray[Any, np.dtype[np.object_]]"
    columns: Mapping[str, "np.ndarray[Any, Any]"]
    curved: Mapping[int, str]

    def __len__(self) -> int:
        return len(self.wkb)


def layer_names(source: Source) -> list[str]:
    """Layers of a source that have shapes, in file order. Raises IntakeError."""
    with reading(source):
        return [str(name) for name, kind in list_layers(source.path) if kind is not None]


def describe(source: Source, *, layer: str | None, besides: Sequence[str] = (), encoding: str | None = None) -> Layer:
    """The layer to read: the named one, or the only one with shapes that is not in `besides`. Raises IntakeError."""
    name = choose_layer(source, layer_names(source), layer=layer, besides=besides)
    if source.driver == SHAPEFILE:
        encoding = encoding_of(source.path, called=source.name, given=encoding)
    with reading(source):
        info = read_info(source.path, layer=name, encoding=encoding, force_feature_count=True)
    if info["driver"] != source.driver:
        raise unreadable(source, f"{info['driver']} ≠ {source.driver}")
    return Layer(
        source=source,
        name=name,
        crs=info["crs"],
        fields=tuple(str(f) for f in info["fields"]),
        count=int(info["features"]),
        encoding=encoding,
    )


def read_rows(layer: Layer) -> Rows:
    """The whole layer. Raises IntakeError when the file breaks off before the rows it promised."""
    return _slice(layer, skip=0, at_most=None, curved=_curved(layer))


def read_first(layer: Layer, most: int) -> Rows:
    """The first rows of the layer, at most so many. Raises IntakeError."""
    return _slice(layer, skip=0, at_most=most, curved=_curved(layer))


def read_chunks(layer: Layer, *, size: int) -> Iterator[Rows]:
    """The layer in slices of `size` rows, so that memory does not grow with the file."""
    curved = _curved(layer)
    for skip in range(0, layer.count, size):
        yield _slice(layer, skip=skip, at_most=size, curved=curved)


def _slice(layer: Layer, *, skip: int, at_most: int | None, curved: Mapping[int, str]) -> Rows:
    wanted = layer.count - skip if at_most is None else min(at_most, layer.count - skip)
    with reading(layer.source):
        meta, fids, wkb, columns = raw.read(
            layer.source.path,
            layer=layer.name,
            encoding=layer.encoding,
            skip_features=skip,
            max_features=wanted if at_most is not None else None,
            return_fids=True,
            datetime_as_string=True,
        )
    if wkb is None:
        raise unreadable(layer.source, "no geometry")
    if len(wkb) != wanted:
        raise unreadable(layer.source, f"{len(wkb)} rows of {wanted}")
    return Rows(
        first=skip + 1,
        wkb=wkb,
        columns={str(name): column for name, column in zip(meta["fields"], columns, strict=True)},
        curved={index: curved[int(fid)] for index, fid in enumerate(fids) if int(fid) in curved},
    )


def require_fields(layer: Layer, wanted: Sequence[str]) -> None:
    """IntakeError naming the missing fields, the ones there are and near names."""
    choosing.require_fields(layer.source, layer.name, layer.fields, wanted)


@contextmanager
def reading(source: Source) -> Iterator[None]:
    """GDAL's refusals as IntakeErrors; its warnings are dropped, because every row is judged afterwards."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        except UnicodeDecodeError as error:
            raise IntakeError(
                fa=f"نوشته‌های {source.name} با {error.encoding} خوانا نیست. رمزگذاری درست را با --encoding بدهید.",
                en=f"The text in {source.name} cannot be read as {error.encoding}. Give the right one by --encoding.",
                file=source.name,
                encoding=error.encoding,
            ) from error
        except _READ_ERRORS as error:
            raise unreadable(source, str(error)) from error


def unreadable(source: Source, why: str) -> IntakeError:
    """The file is damaged or of another kind; `why` in the library's words, without paths of this machine."""
    called, why = source.name, why.replace(f"{source.path.parent}/", "").strip()[:300]
    return IntakeError(
        fa=f"پروندهٔ {called} خوانده نشد ({why}). شاید ناقص رسیده است؛ دوباره از نرم‌افزار خود خروجی بگیرید.",
        en=f"{called} could not be read ({why}). It may have arrived damaged: export it again from your software.",
        file=called,
        why=why,
    )


def _curved(layer: Layer) -> dict[int, str]:
    """Feature id → WKT of the rows whose shape is made of arcs or surfaces."""
    if layer.source.driver not in {GEOPACKAGE, FILE_GDB}:
        return {}
    where = " OR ".join(f"OGR_GEOMETRY LIKE '{kind}'" for kind in _CURVED)
    name = layer.name.replace('"', '\\"')
    with reading(layer.source):
        _, fids, _, columns = raw.read(
            layer.source.path,
            sql=f'SELECT OGR_GEOM_WKT AS wkt FROM "{name}" WHERE {where}',  # noqa: S608 - OGR's reader, on a file
            sql_dialect="OGRSQL",
            read_geometry=False,
            return_fids=True,
        )
    return {int(fid): str(wkt) for fid, wkt in zip(fids, columns[0], strict=True)}
