"""What a file is: decided by its first bytes, which must agree with its name."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from apps.common.errors import IntakeError
from gis_layers.ingest.archive import ZipLimits, unpack

GEOPACKAGE = "GPKG"
SHAPEFILE = "ESRI Shapefile"
GEOJSON = "GeoJSON"
FILE_GDB = "OpenFileGDB"
ACCEPTED = "GeoPackage (.gpkg), Shapefile (.zip), GeoJSON (.geojson, .json), FileGDB (.zip, .gdb)"
_BY_SUFFIX = {
    ".gpkg": GEOPACKAGE,
    ".shp": SHAPEFILE,
    ".geojson": GEOJSON,
    ".json": GEOJSON,
    ".gdb": FILE_GDB,
}
_NEEDED = (".shx", ".dbf")
# By these words GDAL takes a text for orders of its own, whatever its name and first letter: to open other files of
# this machine, to call addresses, to run a pipeline. It looks into the first kilobytes only; we look further.
_ORDERS = (b"<ogrvrtdatasource", b"<ogrwfsdatasource", b"<vrtdataset", b"gdal_streamed_alg")
_LOOKED_AT = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Source:
    """A dataset ready to be read. `name`: what people called the file; `path`: where it lies now."""

    name: str
    path: Path
    driver: str


def require_file(path: Path) -> None:
    """IntakeError when there is nothing at the path."""
    if not path.exists():
        raise IntakeError(
            fa=f"پرونده‌ای به نام {path} نیست. نشانی آن را بازبینی کنید.",
            en=f"There is no file {path}. Check its path.",
            file=path.name,
        )


@contextmanager
def open_source(path: Path, *, layer: str | None = None, limits: ZipLimits | None = None) -> Iterator[Source]:
    """The dataset in a file, a folder (.gdb) or a zip, with its nature checked; unpacked files vanish at the end.

    A zip with several datasets needs `layer` (the file's name without ending). Raises IntakeError.
    """
    require_file(path)
    if path.suffix.lower() != ".zip":
        yield checked(path, called=path.name)
        return
    with TemporaryDirectory(prefix="intake-") as folder:
        _magic(path, path.name, b"PK\x03\x04", "zip")
        unpack(path, Path(folder), limits=limits)
        yield _inside(Path(folder), archive=path.name, layer=layer)


@contextmanager
def open_all(path: Path, *, limits: ZipLimits | None = None) -> Iterator[list[Source]]:
    """Every dataset in a file, a folder or a zip, to be looked at; unpacked files vanish at the end."""
    require_file(path)
    if path.suffix.lower() != ".zip":
        yield [checked(path, called=path.name)]
        return
    with TemporaryDirectory(prefix="intake-") as folder:
        _magic(path, path.name, b"PK\x03\x04", "zip")
        unpack(path, Path(folder), limits=limits)
        found = _datasets(Path(folder))
        if not found:
            _inside(Path(folder), archive=path.name, layer=None)  # raises: it says what there is instead
        yield [checked(one, called=f"{path.name}/{one.name}") for one in found]


def checked(path: Path, *, called: str) -> Source:
    """The file as a Source, its first bytes and its companions checked. Raises IntakeError."""
    driver = _BY_SUFFIX.get(path.suffix.lower())
    if driver == GEOPACKAGE:
        _magic(path, called, b"SQLite format 3\x00", "GeoPackage")
        _geopackage_id(path, called)
    elif driver == SHAPEFILE:
        _magic(path, called, b"\x00\x00\x27\x0a", "Shapefile")
        _companions(path, called)
        _whole_shapefile(path, called)
    elif driver == GEOJSON:
        _braces(path, called)
    elif driver == FILE_GDB:
        if not (path / "a00000001.gdbtable").is_file():
            raise _not_what_it_says(called, "FileGDB")
    else:
        raise IntakeError(
            fa=f"قالب پروندهٔ {called} پذیرفته نیست. یکی از این‌ها را بدهید: {ACCEPTED}.",
            en=f"The format of {called} is not accepted. Give one of: {ACCEPTED}.",
            file=called,
        )
    return Source(name=called, path=path, driver=driver)


def _inside(folder: Path, *, archive: str, layer: str | None) -> Source:
    found = _datasets(folder)
    if len(found) > 1 and layer is not None:
        found = [p for p in found if p.stem == layer] or found
    if len(found) == 1:
        return checked(found[0], called=f"{archive}/{found[0].name}")
    names = ", ".join(p.name for p in found)
    if found:
        raise IntakeError(
            fa=f"در {archive} چند لایه هست: {names}. با --layer بگویید کدام (نام بی پسوند).",
            en=f"{archive} holds several layers: {names}. Say which with --layer (the name without its ending).",
            file=archive,
            layers=[p.stem for p in found],
        )
    held = ", ".join(sorted(p.name for p in folder.rglob("*") if p.is_file())[:10]) or "-"
    raise IntakeError(
        fa=f"در {archive} لایه‌ای پیدا نشد؛ درون آن: {held}. یکی از این‌ها باید باشد: {ACCEPTED}.",
        en=f"No layer was found in {archive}; it holds: {held}. There must be one of: {ACCEPTED}.",
        file=archive,
    )


def _datasets(folder: Path) -> list[Path]:
    return sorted(p for p in folder.rglob("*") if p.suffix.lower() in _BY_SUFFIX and _is_dataset(p))


def _is_dataset(path: Path) -> bool:
    hidden = any(part.startswith(("__MACOSX", "._")) for part in path.parts)
    in_geodatabase = any(parent.suffix.lower() == ".gdb" for parent in path.parents)
    return not hidden and not in_geodatabase and path.is_dir() == (path.suffix.lower() == ".gdb")


def _magic(path: Path, called: str, expected: bytes, kind: str) -> None:
    if not path.is_file():
        raise _not_what_it_says(called, kind)
    with path.open("rb") as file:
        if file.read(len(expected)) != expected:
            raise _not_what_it_says(called, kind)


def _geopackage_id(path: Path, called: str) -> None:
    """SQLite's application id at byte 68 tells a GeoPackage from any other SQLite file."""
    with path.open("rb") as file:
        file.seek(68)
        if file.read(4) not in {b"GPKG", b"GP10", b"GP11"}:
            raise _not_what_it_says(called, "GeoPackage")


def _companions(path: Path, called: str) -> None:
    there = {p.suffix.lower() for p in path.parent.iterdir() if p.stem == path.stem}
    missing = [suffix for suffix in _NEEDED if suffix not in there]
    if missing:
        lacking = ", ".join(missing)
        raise IntakeError(
            fa=f"شیپ‌فایل {called} ناقص است: {lacking} همراه آن نیست. همهٔ پرونده‌های هم‌نام آن را با هم زیپ کنید.",
            en=f"The shapefile {called} is incomplete: {lacking} is missing. Zip all files of the same name together.",
            file=called,
            missing=missing,
        )


def _whole_shapefile(path: Path, called: str) -> None:
    """The headers of .shp and .dbf say how long the files must be: a broken transfer is told, not quarantined."""
    table = next(p for p in path.parent.iterdir() if p.stem == path.stem and p.suffix.lower() == ".dbf")
    with path.open("rb") as shapes, table.open("rb") as rows:
        promised_shapes = 2 * int.from_bytes(shapes.read(28)[24:28], "big")
        head = rows.read(12)
    count, start, each = (int.from_bytes(head[a:b], "little") for a, b in ((4, 8), (8, 10), (10, 12)))
    for part, promised in ((path, promised_shapes), (table, start + count * each)):
        if part.stat().st_size < promised:
            raise IntakeError(
                fa=f"{called}: پروندهٔ {part.name} ناقص است ({part.stat().st_size} از {promised} بایت). دوباره بفرستید.",
                en=f"{called}: {part.name} breaks off ({part.stat().st_size} of {promised} bytes). Send it again.",
                file=called,
                part=part.name,
            )


def _braces(path: Path, called: str) -> None:
    if not path.is_file():
        raise _not_what_it_says(called, "GeoJSON")
    with path.open("rb") as file:
        head = file.read(_LOOKED_AT).removeprefix(b"\xef\xbb\xbf").lstrip()
    if not head.startswith(b"{") or any(word in head.lower() for word in _ORDERS):
        raise _not_what_it_says(called, "GeoJSON")


def _not_what_it_says(called: str, kind: str) -> IntakeError:
    return IntakeError(
        fa=f"پروندهٔ {called} آن چیزی نیست که نامش می‌گوید: درون آن {kind} نیست. از نرم‌افزار خود دوباره خروجی بگیرید.",
        en=f"{called} is not what its name says: it does not contain a {kind}. Export it again from your software.",
        file=called,
        expected=kind,
    )
