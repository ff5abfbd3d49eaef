"""Names of uploaded files: what is left of them when folders and hidden marks are gone."""

from pathlib import PurePosixPath

from apps.common.errors import BadInputError
from apps.desk.upload_limits import SUFFIXES

_HIDDEN = dict.fromkeys([*range(0x20), 0x7F, *range(0x200E, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A)])


def clean_name(raw: str) -> str:
    """The bare name of a file, without folders and hidden marks. Raises BadInputError for kinds that are not taken."""
    name = PurePosixPath(raw.replace("\\", "/")).name.translate(_HIDDEN).strip().strip(".")
    stem, dot, suffix = name.rpartition(".")
    name = f"{stem[:150].strip()}{dot}{suffix.lower()}" if stem.strip() else ""
    if not name or f".{suffix.lower()}" not in SUFFIXES:
        listed = " ".join(sorted(SUFFIXES))
        raise BadInputError(
            fa=f"پروندهٔ «{name or raw[:60]}» از نوعی نیست که پذیرفته شود. نوع‌های پذیرفته: {listed}",
            en=f"“{name or raw[:60]}” is not of a kind that is taken. Kinds taken: {listed}",
        )
    return name
