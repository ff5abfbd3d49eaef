"""The one catalogue of translations: msgids are English, found in our Python and templates; Persian in django.po.

Reads and writes with Babel (a development package), so that no gettext programs need be installed.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO, StringIO
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation.template import templatize

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

LANGUAGE = "fa"
ROOMS = ("frontend", "apps")
_HEADER = "# Persian for the pages of Parvaneh. Written by `manage.py translations`; only the msgstr lines are by hand."
_STILL = datetime(2026, 1, 1, tzinfo=UTC)  # no clock in the files: the same sentences give the same bytes
_KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def po_path() -> Path:
    """The Persian catalogue."""
    return Path(settings.LOCALE_PATHS[0]) / LANGUAGE / "LC_MESSAGES" / "django.po"


def sources(root: Path) -> Iterator[Path]:
    """Python files and templates that may hold sentences, in a fixed order."""
    for room in ROOMS:
        for path in sorted((root / room).rglob("*")):
            if path.suffix in {".py", ".html"} and "migrations" not in path.parts:
                yield path


def messages(root: Path) -> set[str]:
    """Every msgid that the sources use."""
    from babel.messages.extract import extract

    found: set[str] = set()
    for path in sources(root):
        text = path.read_text(encoding="utf-8")
        code = templatize(text, origin=str(path)) if path.suffix == ".html" else text
        for _line, message, _comments, _context in extract("python", BytesIO(code.encode()), _KEYWORDS):
            found.update([message] if isinstance(message, str) else [m for m in message if m])
    return found - {""}


def read() -> "Catalog":
    """The Persian catalogue as it is written."""
    from babel.messages.pofile import read_po

    return read_po(StringIO(po_path().read_text(encoding="utf-8")), locale=LANGUAGE)


def update(root: Path) -> list[str]:
    """Write django.po with exactly the msgids in use, keeping translations. Returns those without Persian."""
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import write_po

    old = read() if po_path().exists() else Catalog(locale=LANGUAGE)
    new = Catalog(locale=LANGUAGE, project="Parvaneh", header_comment=_HEADER, fuzzy=False)
    for msgid in sorted(messages(root)):
        known = old.get(msgid)
        new.add(msgid, known.string if known else "")
    _still(new)
    out = BytesIO()
    write_po(out, new, width=120, sort_output=True)
    po_path().parent.mkdir(parents=True, exist_ok=True)
    po_path().write_bytes(out.getvalue())
    return [str(m.id) for m in new if m.id and not m.string]


def compiled() -> bytes:
    """The bytes of django.mo for the catalogue as it is written."""
    from babel.messages.mofile import write_mo

    out = BytesIO()
    write_mo(out, _still(read()), use_fuzzy=False)
    return out.getvalue()


def _still(catalog: "Catalog") -> "Catalog":
    catalog.creation_date = catalog.revision_date = _STILL
    catalog.msgid_bugs_address = catalog.last_translator = catalog.language_team = "Parvaneh"
    return catalog
