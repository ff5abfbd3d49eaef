"""The files a city is built from: part of its package, or made by the generator."""

import json
import os
import subprocess
import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from django.conf import settings

from apps.api.city_build.ledger import Say
from apps.common.city import City
from apps.common.errors import UnavailableError

GENERATOR = "tools.synth_city"


def generated(city: City) -> bool:
    """Whether the generator makes this city's files: it is synthetic, and its package brings none of its own."""
    return city.synthetic and not (city.root / "files").is_dir()


def files_of(city: City, *, parcels: int, seed: int) -> Path:
    """The folder of the city's files; it need not exist yet."""
    if not generated(city):
        return city.root / "files"
    return Path(settings.VAR_DIR) / "cities" / f"{city.code}-{parcels}-{seed}"


def make_files(city: City, folder: Path, *, parcels: int, seed: int, say: Say) -> None:
    """Run the generator unless its files stand whole (its manifest is written last). Raises UnavailableError."""
    if not generated(city) or _whole(folder, parcels=parcels, seed=seed):
        return
    say(f"generating {parcels} synthetic parcels (ساختگی) …")
    folder.parent.mkdir(parents=True, exist_ok=True)
    asked = ["--parcels", str(parcels), "--seed", str(seed), "--out", str(folder), "--frame", str(city.root / "frame")]
    with subprocess.Popen(
        [sys.executable, "-m", GENERATOR, *asked],
        cwd=settings.BASE_DIR,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    ) as process:
        last = _relay(process, say)
    if process.returncode or not _whole(folder, parcels=parcels, seed=seed):
        raise UnavailableError(
            fa=f"ساختن پرونده‌های شهر ناتمام ماند: {last}. فضای دیسک و پیام‌های بالا را ببینید و دوباره اجرا کنید.",
            en=f"Making the city's files did not finish: {last}. See the disk space and the lines above; run again.",
            code=process.returncode,
        )


def _relay(process: "subprocess.Popen[str]", say: Say) -> str:
    last = ""
    for line in process.stdout or ():
        last = line.rstrip() or last
        say(f"  {line.rstrip()}")
    return last


def _whole(folder: Path, *, parcels: int, seed: int) -> bool:
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return False
    told = manifest["parcels_asked"] == parcels and manifest["seed"] == seed
    standing = all((folder / entry["file"]).exists() for entry in manifest["files"])
    return told and standing and manifest.get("version") == _version()


def _version() -> str | None:
    """The generator's version: one that has learnt something since writes other files, so older ones are made anew."""
    return getattr(import_module(GENERATOR), "VERSION", None) if find_spec(GENERATOR) else None
