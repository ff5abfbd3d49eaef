"""HTML to PDF by WeasyPrint, without the network and without anything that differs between two runs."""

import logging
import threading
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from apps.common.errors import UnavailableError
from apps.documents.fonts import FILES, SCHEME, font_file

log = logging.getLogger(__name__)
logging.getLogger("weasyprint.progress").setLevel(logging.WARNING)  # it tells every page it lays out
VARIANT = "pdf/ua-1"
_WAIT_SECONDS = 20.0
# Type layout is heavy and its libraries share state: one document at a time per process.
_press = threading.Lock()


@dataclass(frozen=True, slots=True)
class Paper:
    """What is printed: finished HTML, style sheet, the JSON attached inside, its name, and the stated instant."""

    html: str
    css: str
    attached: bytes
    attached_name: str
    stated_at: datetime
    identifier: str


def printed(paper: Paper) -> bytes:
    """The PDF. Equal paper gives equal bytes. Raises UnavailableError when fonts are missing or the press is busy."""
    for name in FILES:
        font_file(name)
    if not _press.acquire(timeout=_WAIT_SECONDS):
        raise UnavailableError(
            fa="چاپ سند اکنون شلوغ است. چند لحظهٔ دیگر دوباره بخواهید؛ چیزی از دست نرفته است.",
            en="The document press is busy. Ask again in a moment; nothing was lost.",
            retry_after=5,
        )
    try:
        return _print(paper)
    finally:
        _press.release()


def _print(paper: Paper) -> bytes:
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

    fetcher = _fetcher()
    fonts = FontConfiguration()
    style = weasyprint.CSS(string=paper.css, font_config=fonts, url_fetcher=fetcher)
    attached = weasyprint.Attachment(
        string=paper.attached,
        name=paper.attached_name,
        created=paper.stated_at,
        modified=paper.stated_at,
        relationship="Data",
        url_fetcher=fetcher,
    )
    made: bytes = weasyprint.HTML(string=paper.html, base_url=None, url_fetcher=fetcher).write_pdf(
        stylesheets=[style],
        font_config=fonts,
        attachments=[attached],
        attachment_relationships=["Data"],
        pdf_variant=VARIANT,
        pdf_identifier=paper.identifier.encode(),
    )
    return made


def _fetcher() -> Any:
    """Answers for the two font files and for nothing else, whatever a document names."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OurFilesOnly(URLFetcher):  # type: ignore[misc] # untyped library
        def fetch(self, url: str, headers: Any = None) -> Any:  # noqa: ARG002 - the library's signature
            name = url.removeprefix(SCHEME)
            if url == name or name not in FILES:
                log.warning("a document named the address %.80s; it was not asked", url)
                raise ValueError("documents fetch nothing")
            return URLFetcherResponse(url, font_file(name).read_bytes(), {"Content-Type": "font/ttf"})

    return OurFilesOnly()
