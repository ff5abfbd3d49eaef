"""The files of a run: taken over from uploads into a folder of its own, which lives as long as the run's edition."""

import shutil
import zipfile
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from uuid import UUID

from django.conf import settings

from apps.common.errors import BadInputError, IntakeError
from apps.desk import upload_files
from apps.desk.models import IntakeRun, Upload
from apps.desk.upload_limits import LAYERS, SHAPE_PARTS

_SHAPES = ".shp"
MAIN, COVERAGE = "layer", "coverage"


def folder_of(run: UUID) -> Path:
    """Where a run's files lie."""
    return Path(settings.MEDIA_ROOT) / "desk" / "runs" / str(run)


def layer_file(run: IntakeRun) -> Path:
    """The layer's file. Raises IntakeError when it is no longer on the disk."""
    return _there(folder_of(run.pk) / MAIN / run.file_name, run.file_name)


def coverage_file(run: IntakeRun) -> Path:
    """The file of the coverage. Raises IntakeError when it is no longer on the disk."""
    return _there(folder_of(run.pk) / COVERAGE / run.coverage_name, run.coverage_name)


def gather(uploads: Sequence[Upload], into: Path) -> str:
    """Move uploads into the folder as one file; the parts of a shapefile are zipped. Returns the file's name.

    Raises BadInputError for files that are not one layer together.
    """
    name = together([upload.file_name for upload in uploads])
    shutil.rmtree(into, ignore_errors=True)
    into.mkdir(parents=True)
    if len(uploads) == 1:
        shutil.move(upload_files.path_of(uploads[0].pk), into / name)
        return name
    with zipfile.ZipFile(into / name, "w", zipfile.ZIP_DEFLATED) as bundle:
        for upload in uploads:
            bundle.write(upload_files.path_of(upload.pk), upload.file_name)
    for upload in uploads:
        upload_files.remove(upload.pk)
    return name


def together(names: Sequence[str]) -> str:
    """The name under which these files are one layer: its own, or the zip of a shapefile. Raises BadInputError."""
    paths = [PurePosixPath(name) for name in names]
    suffixes = [path.suffix for path in paths]
    if len(paths) == 1 and suffixes[0] in LAYERS:
        return names[0]
    one_name = len({path.stem for path in paths}) == 1
    if one_name and _SHAPES in suffixes and set(suffixes) <= SHAPE_PARTS and len(set(suffixes)) == len(suffixes):
        return f"{paths[0].stem}.zip"
    raise BadInputError(
        fa="یک لایه در یک پرونده بفرستید (GeoPackage، GeoJSON یا زیپ)، یا همهٔ پرونده‌های هم‌نام یک شیپ‌فایل را با هم "
        "(.shp و .shx و .dbf، و اگر هست .prj و .cpg).",
        en="Send one layer in one file (GeoPackage, GeoJSON or zip), or all files of one shapefile together, under one "
        "name (.shp, .shx, .dbf, and .prj and .cpg if there are any).",
    )


def forget(run: UUID) -> None:
    """Delete the files of a run."""
    shutil.rmtree(folder_of(run), ignore_errors=True)


def _there(path: Path, name: str) -> Path:
    if not path.is_file():
        raise IntakeError(
            fa=f"پروندهٔ {name} دیگر نزد ما نیست. آن را دوباره بفرستید.",
            en=f"The file {name} is no longer here. Send it again.",
            file=name,
        )
    return path
