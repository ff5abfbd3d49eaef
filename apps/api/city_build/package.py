"""Entries of the city package's TOML files, with errors that name file, entry and key."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from apps.common.city import City
from apps.common.errors import IntakeError
from apps.common.text import Text


@dataclass(frozen=True, slots=True)
class Entry:
    """One table of a TOML file: `[[theme]]` number 3 of themes.toml; `[files.parcels]`, named, of city.toml."""

    file: str
    number: int
    body: Mapping[str, Any]
    name: str = ""

    def __getitem__(self, key: str) -> Any:
        """The value; IntakeError naming file, entry and key when it is missing."""
        try:
            return self.body[key]
        except KeyError as error:
            raise self.wrong(key, "کلید نیست.", "the key is missing.") from error

    def get(self, key: str, default: Any = None) -> Any:
        """The value, or the default."""
        return self.body.get(key, default)

    def text(self, key: str) -> Text:
        """A bilingual value; IntakeError when it lacks fa or en."""
        value = self[key]
        try:
            return Text.of(value)
        except (KeyError, TypeError) as error:
            raise self.wrong(key, "باید fa و en داشته باشد.", "it needs fa and en.") from error

    def choice(self, key: str, choices: Mapping[str, Any], default: str | None = None) -> Any:
        """The value that a word stands for; IntakeError listing the words that are known."""
        word = self.get(key, default) if default is not None else self[key]
        if word not in choices:
            known = ", ".join(choices)
            raise self.wrong(key, f"«{word}» شناخته نیست؛ یکی از: {known}.", f"“{word}” is not one of {known}.")
        return choices[word]

    def amount(self, key: str, *, most: float | None = None) -> float:
        """A number from 0 to `most`; IntakeError for anything else."""
        value = self[key]
        if isinstance(value, bool) or not isinstance(value, int | float) or value < 0 or (most and value > most):
            fa, en = (f" تا {most:g}", f" to {most:g}") if most else ("", "")
            raise self.wrong(key, f"باید عددی از ۰{fa} باشد.", f"it must be a number from 0{en}.")
        return float(value)

    def wrong(self, key: str, fa: str, en: str) -> IntakeError:
        """An error about one key of this entry."""
        return IntakeError(
            fa=f"{self.file}، {self.name or f'مورد {self.number}'}، کلید {key}: {fa}",
            en=f"{self.file}, {self.name or f'entry {self.number}'}, key {key}: {en}",
            file=self.file,
            entry=self.name or self.number,
            key=key,
        )


def entries(city: City, name: str, kind: str) -> list[Entry]:
    """The `[[kind]]` tables of `name`.toml. Raises IntakeError naming the file that is missing or broken."""
    file = f"{city.root.name}/{name}.toml"
    try:
        bodies = city.toml(name).get(kind, ())
    except ImproperlyConfigured as error:
        raise _unreadable(file, error) from error
    return [Entry(file, n, body) for n, body in enumerate(bodies, start=1)]


def table(city: City, *names: str) -> Entry | None:
    """The table `[a.b]` of city.toml; None when the city has none."""
    body: Any = city.raw
    for name in names:
        body = body.get(name, {})
    return Entry(f"{city.root.name}/city.toml", 0, body, f"[{'.'.join(names)}]") if body else None


def located(entry: Entry, key: str, folders: Sequence[Path]) -> Path:
    """The file that an entry names, in the first folder that has it; IntakeError when none has."""
    name = str(entry[key])
    for folder in folders:
        if (folder / name).exists():
            return folder / name
    looked = ", ".join(folder.name for folder in folders)
    raise entry.wrong(key, f"پروندهٔ {name} پیدا نشد (در {looked}).", f"the file {name} was not found (in {looked}).")


def fingerprint(*parts: object) -> str:
    """SHA-256 (hex) over JSON-like values, entries and files' bytes."""
    total = hashlib.sha256()
    for part in parts:
        total.update(part.read_bytes() if isinstance(part, Path) else _plain(part))
        total.update(b"\0")
    return total.hexdigest()


def _unreadable(file: str, error: ImproperlyConfigured) -> IntakeError:
    missing = isinstance(error.__cause__, FileNotFoundError)
    why = "the file is missing" if missing else f"it is no valid TOML: {error.__cause__}"
    why_fa = "پرونده نیست" if missing else f"TOML درستی نیست: {error.__cause__}"
    return IntakeError(
        fa=f"{file}: {why_fa}. آن را از راهنمای docs/how-to/add-a-city.md بسازید یا درست کنید.",
        en=f"{file}: {why}. Write or mend it by docs/how-to/add-a-city.md.",
        file=file,
    )


def _plain(part: object) -> bytes:
    body = [entry.body for entry in part] if isinstance(part, list) else part
    body = body.body if isinstance(body, Entry) else body
    return json.dumps(body, sort_keys=True, ensure_ascii=False, default=str).encode()
