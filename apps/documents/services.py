"""The door of the room: the document of a parcel's extract, ready to print or printed before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from apps.cadastre.parcel_code import scheme
from apps.common.city import City, current_city
from apps.common.errors import BadInputError
from apps.common.text import Text
from apps.documents import held
from apps.documents.links import page_link, qr_svg
from apps.documents.pdf import Paper, printed
from apps.documents.pen import Pen
from apps.documents.plan.reading import plan_of
from apps.documents.sheet.build import sheet
from apps.documents.words import WORDS
from apps.extracts.services import issue
from gis_layers.models import Theme

LANGUAGES = ("fa", "en")
_CSS = Path(__file__).parent / "templates" / "documents" / "extract.css"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document before printing: its paper, its key, the extract's digest, and a file name to save it under."""

    paper: Paper
    key: str
    digest: str
    file_name: str

    def held(self) -> bytes | None:
        """The PDF when it was printed before."""
        return held.read(self.key)

    def print(self) -> bytes:
        """Print it (a second or two of work) and hold it. Raises UnavailableError."""
        document = printed(self.paper)
        held.keep(self.key, document)
        return document


def prepare(
    *,
    parcel: str,
    page: str,
    kind_label: Text,
    permit_kind: str,
    language: str,
    on: date | None = None,
    known_at: datetime | None = None,
) -> Prepared:
    """Compose the extract and write its document. `page`: absolute address of the parcel's page.

    Raises BadInputError for an unknown language, and what apps.extracts.services.issue raises.
    """
    if language not in LANGUAGES:
        raise BadInputError(
            fa=f"سند به زبان «{language}» نوشته نمی‌شود؛ یکی از این‌ها را بنویسید: fa، en.",
            en=f"Documents are not written in “{language}”; use one of: fa, en.",
            value=language,
        )
    found = issue(parcel=parcel, on=on, known_at=known_at, permit_kind=permit_kind)
    extract, city = found.data, current_city()
    html = written(extract, city=city, page=page, kind=kind_label.in_language(language), language=language)
    css = _CSS.read_text(encoding="utf-8")
    code = extract["parcel"]["code"]
    key = held.key_of(html.encode(), css.encode(), found.body, _press_version().encode())
    paper = Paper(
        html=html,
        css=css,
        attached=found.body,
        attached_name=f"extract-{code}.json",
        stated_at=datetime.fromisoformat(extract["known_at"]),
        identifier=key[:32],
    )
    return Prepared(paper, key, found.digest, file_name=f"parvaneh-{code}-{extract['on']}-{language}.pdf")


def written(extract: Mapping[str, Any], *, city: City, page: str, kind: str, language: str) -> str:
    """The document as HTML, complete in itself."""
    pen = Pen(language, city.calendar, city.time_zone, _names(language))
    link, code_name = page_link(extract, page=page), scheme().name.in_language(language)
    context = {
        "sheet": sheet(pen, extract, law=city.law, kind=kind, code_name=code_name[:1].upper() + code_name[1:]),
        "plan": plan_of(pen, extract),
        "w": {key: text.in_language(language) for key, text in WORDS.items()},
        "lang": language,
        "dir": "rtl" if pen.persian else "ltr",
        "link": link,
        "qr": mark_safe(qr_svg(link, label=pen.word("link_alt"))),  # noqa: S308 - our own drawing
        "stated_at": extract["known_at"],
        "credits": [(credit.text.in_language(language), credit.licence, credit.url) for credit in city.credits],
    }
    return render_to_string("documents/extract.html", context)


def _names(language: str) -> dict[str, str]:
    """Codes of zones and uses by name, as the layers' legends say them, and inputs of the proposal by label."""
    styles = Theme.objects.values_list("style", flat=True)
    entries = [entry for style in styles for entry in style.get("colors", ())]
    codes = {str(entry["code"]): Text.of(entry["label"]).in_language(language) for entry in entries}
    return {i.name: i.label.in_language(language).lower() for i in current_city().law.inputs} | codes


def _press_version() -> str:
    import weasyprint

    return str(weasyprint.__version__)
