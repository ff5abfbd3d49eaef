"""A digest of what is taken in and how it is read: the same digest means the same edition."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from gis_layers.ingest.coverage import Coverage
from gis_layers.ingest.formats import require_file

_BLOCK = 1024 * 1024


def digest_of(
    path: Path,
    *,
    theme: str,
    mapping: Mapping[str, str],
    layer: str | None,
    coverage: Coverage,
    crs: str | None,
    encoding: str | None,
) -> str:
    """SHA-256 (hex) over the bytes of the file and of the coverage's file, and over the way they are read.

    A file's name does not count. Raises IntakeError when a file is not there.
    """
    how = {
        "theme": theme,
        "mapping": dict(sorted(mapping.items())),
        "layer": layer,
        "coverage": [coverage.layer, coverage.of_features, *coverage.without_place],
        "coverage_file": file_digest(coverage.path) if coverage.path else None,
        "crs": crs,
        "encoding": encoding,
        "file": file_digest(path),
        **_other_place(coverage),
    }
    return hashlib.sha256(json.dumps(how, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _other_place(coverage: Coverage) -> dict[str, str]:
    """Named only where it is used: what was taken in before these ways existed keeps its digest."""
    said = {"coverage_edition": coverage.edition} if coverage.edition else {}
    drawn = {"coverage_polygon": hashlib.sha256(coverage.polygon).hexdigest()} if coverage.polygon else {}
    return said | drawn


def file_digest(path: Path) -> str:
    """SHA-256 (hex) of a file; of a folder or a shapefile: of all its parts in the order of their names."""
    require_file(path)
    total = hashlib.sha256()
    parts = _parts(path)
    for part in parts:
        if len(parts) > 1:
            total.update(f"{part.suffix}:{part.stat().st_size}\0".encode())
        with part.open("rb") as file:
            while block := file.read(_BLOCK):
                total.update(block)
    return total.hexdigest()


def _parts(path: Path) -> list[Path]:
    if path.is_dir():
        return sorted(p for p in path.rglob("*") if p.is_file() and p.suffix != ".lock")
    if path.suffix.lower() == ".shp":
        return sorted(p for p in path.parent.iterdir() if p.is_file() and p.stem == path.stem)
    return [path]
